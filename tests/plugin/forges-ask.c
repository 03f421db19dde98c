/* SPDX-License-Identifier: Apache-2.0 */
/* forges-ask.c - asks in the server's language behind the host's back, with a source nobody knows.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "zoo.h"

/* Members one after another: numbers of four bytes, text behind its length. */
static unsigned char packet[400];
static size_t len;

static void put(uint32_t n)
{
	memcpy(packet + len, &n, sizeof(n));
	len += sizeof(n);
}

static void put_text(const char *text)
{
	put((uint32_t)strlen(text));
	memcpy(packet + len, text, strlen(text));
	len += strlen(text);
}

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)out;
	/* An answer to the ask whose id is the question: OK, kept for ever, no reason. */
	put(7);
	put((uint32_t)atoi(request->text));
	put(0);
	put(0);
	put(UINT32_MAX);
	put_text("");
	put_text("可以。");
	put_text("T1");
	for (int i = 0; i < 10; i++) /* no other facts */
		put(0);
	put_text("overdue_days");
	put_text("逾期几天？");
	put_text("T9");
	send(3, packet, len, 0);
	return WENLU_DEFER;
}

ZOO_ANIMAL("forges-ask", answer);
