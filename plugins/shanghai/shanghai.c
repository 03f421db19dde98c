/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shanghai.c - 签注 that is late: what it means depends on how many days.
 *
 * Everything else is a table, in shanghai.yaml. The ids of sources are those of that file.
 */
#include <stdio.h>
#include <string.h>
#include <wenlu/plugin.h>

WENLU_GUIDE_EMBED("shanghai.yaml");

/* 逾期不超过60日: 居住年限连续计算 (P12). 逾期超过90日: 重新申请 (P17, not confirmed). */
#define DAYS_CONTINUE 60
#define DAYS_RENEW    90

/* The figure the person gave, or -1. */
static int64_t figure(const struct wenlu_request *request, const char *name)
{
	for (uint32_t i = 0; i < request->n_slots; i++)
		if (strcmp(request->slots[i].name, name) == 0)
			return request->slots[i].value;
	return -1;
}

static int32_t within(const struct wenlu_host *host, struct wenlu_answer *out, long long days)
{
	char text[512];
	int32_t r;

	snprintf(
	    text, sizeof(text),
	    "您逾期%lld天，没有超过60日。据公开报道，上海逾期60日内补办签注的，居住年限连续计算；"
	    "补办之前使用功能中止，补办后恢复。",
	    days);
	r = host->set_summary(out, text, "P12");
	if (r != WENLU_OK)
		return r;
	if (days == DAYS_CONTINUE)
		snprintf(text, sizeof(text), "逾期60日的期限就在今天，建议马上补办。");
	else
		snprintf(text, sizeof(text), "离逾期60日还有%lld天，建议尽快补办。",
			 DAYS_CONTINUE - days);
	return host->add_line(out, WENLU_FIELD_NOTES, text, "P12");
}

static int32_t beyond(const struct wenlu_host *host, struct wenlu_answer *out, long long days)
{
	char text[512];

	if (days <= DAYS_RENEW) {
		snprintf(text, sizeof(text),
			 "您逾期%lld天，已经超过60日。据公开报道，上海仍可以补办签注，"
			 "但居住年限和有效期限从补办之日起重新计算。",
			 days);
		return host->set_summary(out, text, "P12");
	}
	snprintf(
	    text, sizeof(text),
	    "您逾期%lld天，已经超过90日。据资料（未核实），上海逾期超过90日的要重新申请居住证。"
	    "请先到社区事务受理服务中心核实。",
	    days);
	return host->set_summary(out, text, "P17");
}

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	int64_t days = figure(request, "overdue_days");
	int32_t r;

	(void)state;
	r = host->fill_from_guide(out, NULL);
	if (r != WENLU_OK)
		return WENLU_DEFER;
	if (days <= 0 || days > 36500)
		return host->add_line(
		    out, WENLU_FIELD_NOTES,
		    "已经逾期的，请告诉我逾期了多少天（例如“逾期20天”），我可以说得更准确。",
		    "P12");
	return days <= DAYS_CONTINUE ? within(host, out, days) : beyond(host, out, days);
}

static const char *const claims[] = {"permit.endorse", NULL};

WENLU_PLUGIN(.name = "shanghai", .version = NULL, WENLU_GUIDE, .claims = claims, .answer = answer);
