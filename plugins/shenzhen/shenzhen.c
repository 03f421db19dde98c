/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shenzhen.c - 申领 and 签注 by the months a person has been registered and insured.
 *
 * Everything else is a table, in shenzhen.yaml. The ids of sources are those of that file: P20 is
 * 《深圳经济特区居住证条例》第十九条, P21 its rules on 签注, P22 第二十五条.
 */
#include <stdio.h>
#include <string.h>
#include <wenlu/plugin.h>

WENLU_GUIDE_EMBED("shenzhen.yaml");

#define APPLY_LIVED      12
#define APPLY_INSURED    12 /* without a break */
#define APPLY_INSURED_2Y 18 /* in the last two years, with breaks */
#define ENDORSE_MONTHS   8  /* of each, in the last year */
#define RESTORE_DAYS     730

#define UNKNOWN (-1)

/* The figure the person gave, or UNKNOWN. */
static long figure(const struct wenlu_request *request, const char *name)
{
	for (uint32_t i = 0; i < request->n_slots; i++)
		if (strcmp(request->slots[i].name, name) == 0 && request->slots[i].value >= 0 &&
		    request->slots[i].value <= 36500)
			return (long)request->slots[i].value;
	return UNKNOWN;
}

/* ---- 申领 ---- */

static void word_lived(char *text, size_t cap, long lived)
{
	if (lived >= APPLY_LIVED)
		snprintf(text, cap,
			 "居住%ld个月：从办理居住登记那天算起连续满12个月的，达到居住登记的要求。",
			 lived);
	else
		snprintf(text, cap,
			 "居住%ld个月：居住登记要连续满12个月，至少还差%ld个月"
			 "（从办理居住登记那天算起）。",
			 lived, APPLY_LIVED - lived);
}

static void word_insured(char *text, size_t cap, long insured)
{
	if (insured >= APPLY_INSURED_2Y)
		snprintf(text, cap,
			 "社保%ld个月：连续满12个月，或者最近2年内累计满18个月的，达到社保的要求。",
			 insured);
	else if (insured >= APPLY_INSURED)
		snprintf(
		    text, cap,
		    "社保%ld个月：连续满12个月的达到要求；中间断过的，最近2年内要累计满18个月，"
		    "还差%ld个月。",
		    insured, APPLY_INSURED_2Y - insured);
	else
		snprintf(text, cap,
			 "社保%ld个月：要连续满12个月，还差%"
			 "ld个月；中间断过的，最近2年内要累计满18个月。",
			 insured, APPLY_INSURED - insured);
}

static const char *judge_apply(long lived, long insured)
{
	if (lived != UNKNOWN && lived < APPLY_LIVED)
		return "按您说的时间，现在还不到深圳居住证的申领条件。";
	if (insured != UNKNOWN && insured < APPLY_INSURED)
		return "按您说的时间，现在还不到深圳居住证的申领条件。";
	if (lived == UNKNOWN || insured == UNKNOWN)
		return "深圳居住证要居住登记和社保两项同时满足。";
	return "按您说的时间，可能已经符合深圳居住证的申领条件，以系统核对为准。";
}

static int32_t answer_apply(const struct wenlu_host *host, struct wenlu_answer *out, long lived,
			    long insured)
{
	char text[900], one[320] = "", two[320] = "";
	int32_t r;

	if (lived == UNKNOWN && insured == UNKNOWN)
		return host->add_line(
		    out, WENLU_FIELD_NOTES,
		    "告诉我居住登记和社保各满几个月（例如“住了10个月，社保交了8个月”），"
		    "我可以说得更准确。",
		    "P20");
	if (lived != UNKNOWN)
		word_lived(one, sizeof(one), lived);
	if (insured != UNKNOWN)
		word_insured(two, sizeof(two), insured);
	snprintf(text, sizeof(text), "%s据公开报道的特区条例第十九条，%s%s",
		 judge_apply(lived, insured), one, two);
	r = host->set_summary(out, text, "P20");
	if (r == WENLU_OK && (lived == UNKNOWN || insured == UNKNOWN))
		r = host->add_line(out, WENLU_FIELD_NOTES,
				   lived == UNKNOWN ? "再告诉我居住登记满几个月，我可以说得更准确。"
						    : "再告诉我社保交了几个月，我可以说得更准确。",
				   "P20");
	return r;
}

/* ---- 签注 ---- */

static int32_t answer_late(const struct wenlu_host *host, struct wenlu_answer *out, long days)
{
	char text[640];

	if (days <= RESTORE_DAYS) {
		snprintf(
		    text, sizeof(text),
		    "您逾期%"
		    "ld天，没有超过2年。据公开报道，特区条例第二十五条规定，中止2年内补办签注且"
		    "符合条件的，自签注之日起恢复使用。补办前使用功能中止。",
		    days);
		return host->set_summary(out, text, "P22");
	}
	snprintf(
	    text, sizeof(text),
	    "您逾期%ld天，已经超过2年。据公开报道，深圳居住证过期超过2年的会被注销，要重新申办。"
	    "请先在“深圳公安”查居住证状态。",
	    days);
	return host->set_summary(out, text, "P24");
}

static void word_months(char *text, size_t cap, const char *what, long months)
{
	if (months == UNKNOWN)
		text[0] = '\0';
	else if (months >= ENDORSE_MONTHS)
		snprintf(text, cap, "%s%ld个月，最近一年内满8个月的达到要求。", what, months);
	else
		snprintf(text, cap, "%s%ld个月，最近一年内要累计满8个月，还差%ld个月。", what,
			 months, ENDORSE_MONTHS - months);
}

static int32_t answer_months(const struct wenlu_host *host, struct wenlu_answer *out, long lived,
			     long insured)
{
	char text[768], one[240], two[240];
	int is_short = (lived != UNKNOWN && lived < ENDORSE_MONTHS) ||
		       (insured != UNKNOWN && insured < ENDORSE_MONTHS);
	int is_whole = lived != UNKNOWN && insured != UNKNOWN;

	word_months(one, sizeof(one), "居住登记", lived);
	word_months(two, sizeof(two), "社保", insured);
	snprintf(text, sizeof(text),
		 "%s据公开报道，深圳签注要最近一年内居住登记和社保各累计满8个月。%s%s",
		 is_short ? "按您说的时间，现在还不到深圳签注的条件。"
		 : is_whole ? "按您说的时间，可能已经符合深圳签注的条件，以系统核对为准。"
			    : "",
		 one, two);
	return host->set_summary(out, text, "P21");
}

static int32_t answer_endorse(const struct wenlu_host *host, struct wenlu_answer *out, long days,
			      const long months[2])
{
	if (days > 0)
		return answer_late(host, out, days);
	if (months[0] != UNKNOWN || months[1] != UNKNOWN)
		return answer_months(host, out, months[0], months[1]);
	return host->add_line(
	    out, WENLU_FIELD_NOTES,
	    "告诉我最近一年居住登记和社保各满几个月，或者逾期了多久，我可以说得更准确。", "P21");
}

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	const long months[2] = {figure(request, "lived_months"), figure(request, "insured_months")};

	(void)state;
	if (host->fill_from_guide(out, NULL) != WENLU_OK)
		return WENLU_DEFER;
	if (strcmp(request->intent, "permit.apply") == 0)
		return answer_apply(host, out, months[0], months[1]);
	return answer_endorse(host, out, figure(request, "overdue_days"), months);
}

static const char *const claims[] = {"permit.apply", "permit.endorse", NULL};

WENLU_PLUGIN(.name = "shenzhen", .version = NULL, WENLU_GUIDE, .claims = claims, .answer = answer);
