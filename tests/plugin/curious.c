/* SPDX-License-Identifier: Apache-2.0 */
/* curious.c - asks for figures, rightly and wrongly: the question says how. */
#include <string.h>

#include "zoo.h"

static int is_refused(const struct wenlu_condition_host *c, const struct wenlu_host *host,
		      struct wenlu_answer *out, const char *name, const char *text,
		      const char *source)
{
	return c->ask_for(host, out, name, text, source) == WENLU_EINVAL;
}

static int32_t ask_wrongly(const struct wenlu_condition_host *c, const struct wenlu_host *host,
			   struct wenlu_answer *out)
{
	char name[66] = "";

	memset(name, 'x', sizeof(name) - 1);
	return is_refused(c, host, out, NULL, "几天？", "T1") &&
		       is_refused(c, host, out, "", "几天？", "T1") &&
		       is_refused(c, host, out, "two words", "几天？", "T1") &&
		       is_refused(c, host, out, "天", "几天？", "T1") &&
		       is_refused(c, host, out, name, "几天？", "T1") &&
		       is_refused(c, host, out, "overdue_days", "\xe5\xb1", "T1") &&
		       is_refused(c, host, out, "overdue_days", "几天？", "T9") &&
		       is_refused(c, host, out, "overdue_days", "几天？", NULL)
		   ? WENLU_OK
		   : WENLU_EFAULT;
}

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	const struct wenlu_condition_host *c = host->get_extension(host, WENLU_EXTENSION_CONDITION);
	static char text[2100];

	(void)state;
	if (!c)
		return WENLU_EFAULT;
	if (strcmp(request->text, "only") == 0)
		return c->ask_for(host, out, "overdue_days", "逾期几天？", "T1");
	if (host->fill_from_guide(out, NULL) != WENLU_OK)
		return WENLU_EFAULT;
	if (strcmp(request->text, "wrong") == 0)
		return ask_wrongly(c, host, out);
	if (strcmp(request->text, "unknown") == 0)
		return c->ask_for(host, out, "shoe_size", "穿多大的鞋？", "T1");
	if (strcmp(request->text, "silent") == 0)
		return c->ask_for(host, out, "overdue_days", NULL, "T1");
	if (c->ask_for(host, out, "overdue_days", "逾期几天？", "T1") != WENLU_OK)
		return WENLU_EFAULT;
	if (strcmp(request->text, "two") == 0)
		return c->ask_for(host, out, "lived_months", "住了几个月？", "T1");
	memset(text, 'x', sizeof(text) - 1);
	/* Whoever looks at no result is told all the same. */
	c->ask_for(host, out, "overdue_days", text, "T1");
	return WENLU_OK;
}

ZOO_ANIMAL("curious", answer);
