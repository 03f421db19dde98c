/* SPDX-License-Identifier: Apache-2.0 */
/* good.c - healthy: fills from its guide, amends it, reads figures, settings and the time left. */
#include <stdio.h>
#include <string.h>

#include "zoo.h"

static int calls;

static int32_t init(const struct wenlu_host *host, void **state)
{
	if (!WENLU_HAS(struct wenlu_host, host, get_extension) ||
	    host->get_extension(host, "wenlu.nothing/1"))
		return WENLU_EFAULT;
	host->log(host, WENLU_LOG_INFO, "ready\nfor questions");
	*state = &calls;
	return WENLU_OK;
}

static int32_t fill(const struct wenlu_host *host, const struct wenlu_request *request,
		    struct wenlu_answer *out)
{
	const struct wenlu_channel channel = {.struct_size = sizeof(channel),
					      .kind = WENLU_CHANNEL_WINDOW,
					      .name = "窗口",
					      .url = "https://example.invalid/",
					      .source = "T1"};
	const struct wenlu_document document = {.struct_size = sizeof(document),
						.name = "居民身份证",
						.form = "原件",
						.purpose = "窗口办理",
						.source = "T1"};
	const struct wenlu_timing timing = {.struct_size = sizeof(timing),
					    .unit = WENLU_UNIT_DAY,
					    .legal_max = 15,
					    .stage = "法定",
					    .source = "T1"};

	if (host->fill_from_guide(out, NULL) || host->clear_field(out, WENLU_FIELD_STEPS) ||
	    host->add_step(out, request->region, "T1") || host->add_channel(out, &channel) ||
	    host->add_document(out, &document) || host->add_timing(out, &timing))
		return WENLU_EFAULT;
	return host->add_line(out, WENLU_FIELD_NOTES, request->text, "T1");
}

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	char text[200], voice[32] = "-";
	int *n = state;

	if (fill(host, request, out))
		return WENLU_EFAULT;
	host->conf(host, "voice", voice, sizeof(voice));
	snprintf(text, sizeof(text), "call %d, %s = %lld, voice %s, %s", ++*n,
		 request->n_slots ? request->slots[0].name : "nothing",
		 request->n_slots ? (long long)request->slots[0].value : 0LL, voice,
		 host->ms_left(host) > 0 ? "in time" : "too late");
	host->set_max_age(out, 1234);
	return host->set_summary(out, text, "T1");
}

ZOO_GUIDE("good");
WENLU_PLUGIN(.name = "good", .version = "7", WENLU_GUIDE_ARRAY(zoo_guide), .claims = NULL,
	     .init = init, .answer = answer);
