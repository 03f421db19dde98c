/* SPDX-License-Identifier: Apache-2.0 */
/* unsourced.c - states facts and does not say who says so. */
#include "zoo.h"

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	if (host->set_summary(out, "没有来源", "T9") != WENLU_EINVAL ||
	    host->set_summary(out, "没有来源", NULL) != WENLU_EINVAL ||
	    host->set_summary(out, "\xff", "T1") != WENLU_EINVAL ||
	    host->add_line(out, WENLU_FIELD_TIMING, "x", "T1") != WENLU_EINVAL ||
	    host->fill_from_guide(out, "permit.nothing") != WENLU_EINVAL ||
	    host->clear_field(out, 99) != WENLU_EINVAL)
		return host->fill_from_guide(out, NULL);
	return WENLU_OK;
}

ZOO_ANIMAL("unsourced", answer);
