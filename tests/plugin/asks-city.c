/* SPDX-License-Identifier: Apache-2.0 */
/* asks-city.c - asks a city's system over HTTP, and answers from its guide when that fails. */
#include <stdio.h>
#include <string.h>

#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	const struct wenlu_http_host *http = host->get_extension(host, WENLU_EXTENSION_HTTP);
	struct wenlu_http_reply reply = {.struct_size = sizeof(reply)};
	struct wenlu_http_request ask = {.struct_size = sizeof(ask)};
	static const char *const headers[] = {"X-From: wenlu", NULL};
	char base[200], path[40], url[256], text[512];
	int32_t r = WENLU_EFAULT;

	(void)state;
	(void)request;
	if (host->conf(host, "base", base, sizeof(base)) < 0 ||
	    host->conf(host, "path", path, sizeof(path)) < 0)
		return WENLU_EFAULT;
	snprintf(url, sizeof(url), "%s%s", base, path);
	ask.url = url;
	ask.headers = headers;
	/* Long before its own time is up: machines are busy. */
	if (strcmp(path, "/slow") == 0 || strncmp(base, "https:", 6) == 0)
		ask.timeout_ms = 500;
	if (http)
		r = http->request(host, &ask, &reply);
	if (http && r == WENLU_OK && strcmp(path, "/status") == 0) {
		/* The second, with a body; what the first said is not needed any more. */
		ask.method = "POST";
		ask.body = "more";
		ask.body_len = 4;
		r = http->request(host, &ask, &reply);
	}
	if (r == WENLU_OK)
		snprintf(text, sizeof(text), "系统说%d：%.300s", (int)reply.status, reply.body);
	else
		snprintf(text, sizeof(text), "系统没有回答（%d），杭州约2个工作日", (int)r);
	host->set_max_age(out, WENLU_AGE_NEVER);
	r = host->fill_from_guide(out, NULL);
	return r == WENLU_OK ? host->set_summary(out, text, "T1") : r;
}

ZOO_ANIMAL("asks-city", answer);
