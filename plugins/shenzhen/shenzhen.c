/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shenzhen.c - 申领 and 签注 by the months a person has been registered and insured.
 *
 * Of two figures a conversation keeps one, so that what is missing is asked for together with the
 * other. Everything else is a table, in shenzhen.yaml. The ids of sources are those of that file:
 * P20 is 《深圳经济特区居住证条例》第十九条, P21 its rules on 签注, P22 第二十五条.
 */
#include "../figure.h"

WENLU_GUIDE_EMBED("shenzhen.yaml");

#define APPLY_LIVED      12
#define APPLY_INSURED    12 /* without a break */
#define APPLY_INSURED_2Y 18 /* in the last two years, with breaks */
#define ENDORSE_MONTHS   8  /* of each, in the last year */
#define RESTORE_DAYS     730
#define DAYS_BEFORE      60 /* 签注 is possible so many days before a year is over */

enum judgement {
	NOT_YET,
	DEPENDS, /* on what was not said */
	ENOUGH,
};

/* 10个月, 11个多月, 3至4个月, 12个月以上 */
static void word_figure(char *text, size_t cap, const struct figure *f)
{
	if (f->most == 0)
		snprintf(text, cap, "不到1个月");
	else if (f->least == f->most)
		snprintf(text, cap, f->is_more ? "%ld个多月" : "%ld个月", f->least);
	else if (f->most > 12 * 100)
		snprintf(text, cap, "%ld个月以上", f->least);
	else if (f->least == 0)
		snprintf(text, cap, "不超过%ld个月", f->most);
	else
		snprintf(text, cap, "%ld至%ld个月", f->least, f->most);
}

/* 还差2个月; nothing where it cannot be said. */
static void word_missing(char *text, size_t cap, const struct figure *f, long wanted,
			 const char *least)
{
	if (f->least != f->most)
		snprintf(text, cap, "还不够");
	else if (f->is_more)
		snprintf(text, cap, "还差不到%ld个月", wanted - f->least);
	else
		snprintf(text, cap, "%s还差%ld个月", least, wanted - f->least);
}

static enum judgement judge(const struct figure *f, long wanted)
{
	return !f->is_known         ? DEPENDS
	       : f->least >= wanted ? ENOUGH
	       : f->most < wanted   ? NOT_YET
				    : DEPENDS;
}

/* ---- 申领 ---- */

static void word_lived(char *text, size_t cap, const struct figure *lived)
{
	char said[64], missing[64];

	word_figure(said, sizeof(said), lived);
	word_missing(missing, sizeof(missing), lived, APPLY_LIVED, "至少");
	switch (judge(lived, APPLY_LIVED)) {
	case ENOUGH:
		snprintf(text, cap,
			 "居住%s：从办理居住登记那天算起连续满12个月的，达到居住登记的要求。",
			 said);
		break;
	case NOT_YET:
		snprintf(text, cap,
			 "居住%s：居住登记要连续满12个月，%s（从办理居住登记那天算起）。", said,
			 missing);
		break;
	case DEPENDS:
		snprintf(text, cap,
			 "居住%s：居住登记要连续满12个月，够不够要从办理居住登记那天数起。", said);
		break;
	}
}

/* 12 months without a break do; of those with one, 18 are wanted. */
static enum judgement judge_insured(const struct figure *f)
{
	if (f->is_known && f->is_broken && f->least < APPLY_INSURED_2Y && f->most >= APPLY_INSURED)
		return DEPENDS;
	return judge(f, APPLY_INSURED);
}

static void word_insured(char *text, size_t cap, const struct figure *insured)
{
	char said[64], whole[64], in_all[64];

	word_figure(said, sizeof(said), insured);
	word_missing(whole, sizeof(whole), insured, APPLY_INSURED, "");
	word_missing(in_all, sizeof(in_all), insured, APPLY_INSURED_2Y, "");
	if (!insured->is_known)
		snprintf(text, cap,
			 "社保断过的，最近2年内要累计满18个月；断开以后连续满12个月的也算。");
	else if (insured->least >= APPLY_INSURED_2Y)
		snprintf(text, cap,
			 "社保%s：连续满12个月，或者最近2年内累计满18个月的，达到社保的要求。",
			 said);
	else if (insured->most < APPLY_INSURED)
		snprintf(text, cap,
			 "社保%s：要连续满12个月，%s；中间断过的，最近2年内要累计满18个月。", said,
			 whole);
	else if (insured->least < APPLY_INSURED || insured->most >= APPLY_INSURED_2Y)
		snprintf(
		    text, cap,
		    "社保%s：要连续满12个月，或者最近2年内累计满18个月，够不够以系统核对为准。",
		    said);
	else if (insured->is_broken)
		snprintf(
		    text, cap,
		    "社保%s：不连续的，最近2年内要累计满18个月，%s；其中有连续满12个月的，也达到"
		    "要求。",
		    said, in_all);
	else
		snprintf(
		    text, cap,
		    "社保%s：连续满12个月的达到要求；中间断过的，最近2年内要累计满18个月，%s。",
		    said, in_all);
}

static const char *judge_apply(const struct figure *lived, const struct figure *insured)
{
	enum judgement one = judge(lived, APPLY_LIVED), two = judge_insured(insured);

	if (one == NOT_YET || two == NOT_YET)
		return "按您说的时间，现在还不到深圳居住证的申领条件。";
	if (one == ENOUGH && two == ENOUGH)
		return "按您说的时间，可能已经符合深圳居住证的申领条件，以系统核对为准。";
	return "深圳居住证要居住登记和社保两项同时满足。";
}

static int32_t ask_for(const struct wenlu_host *host, struct wenlu_answer *out, const char *name,
		       const char *text, const char *source)
{
	const struct wenlu_condition_host *condition =
	    host->get_extension(host, WENLU_EXTENSION_CONDITION);

	return condition ? condition->ask_for(host, out, name, text, source) : WENLU_OK;
}

static int32_t answer_apply(const struct wenlu_host *host, struct wenlu_answer *out,
			    const struct figure *lived, const struct figure *insured)
{
	char text[1200], one[400] = "", two[400] = "";
	int32_t r;

	if (!lived->is_known && !insured->is_known && !insured->is_broken)
		return ask_for(host, out, "lived_months",
			       "请告诉我居住登记和社保各满几个月（例如“住了10个月，社保交了8个月”"
			       "），我可以说得更准确。",
			       "P20");
	if (lived->is_known)
		word_lived(one, sizeof(one), lived);
	if (insured->is_known || insured->is_broken)
		word_insured(two, sizeof(two), insured);
	snprintf(text, sizeof(text), "%s据公开报道的特区条例第十九条，%s%s",
		 judge_apply(lived, insured), one, two);
	r = host->set_summary(out, text, "P20");
	if (r == WENLU_OK && (!lived->is_known || !insured->is_known))
		return ask_for(host, out, lived->is_known ? "insured_months" : "lived_months",
			       "把居住登记和社保各满几个月一起告诉我（例如“住了10个月，社保交了8个"
			       "月”），我可以说得更准确。",
			       "P20");
	return r;
}

/* ---- 签注 ---- */

static int32_t answer_late(const struct wenlu_host *host, struct wenlu_answer *out,
			   const struct figure *days)
{
	char text[640], said[64];

	figure_days(said, sizeof(said), days);
	if (days->least > RESTORE_DAYS) {
		snprintf(
		    text, sizeof(text),
		    "您逾期%s，已经超过2年。据公开报道，深圳居住证过期超过2年的会被注销，要重新"
		    "申办。请先在“深圳公安”查居住证状态。",
		    said);
		return host->set_summary(out, text, "P24");
	}
	if (days->most < RESTORE_DAYS) {
		snprintf(
		    text, sizeof(text),
		    "您逾期%s，没有超过2年。据公开报道，特区条例第二十五条规定，中止2年内补办签注"
		    "且符合条件的，自签注之日起恢复使用。补办前使用功能中止。",
		    said);
		return host->set_summary(out, text, "P22");
	}
	snprintf(
	    text, sizeof(text),
	    "您逾期%s，有没有超过2年，要从中止那天数起。据公开报道，特区条例第二十五条规定，中止"
	    "2年内补办签注且符合条件的，自签注之日起恢复使用；超过2年的会被注销，要重新申办。请"
	    "先在“深圳公安”查居住证状态。",
	    said);
	return host->set_summary(out, text, "P22");
}

static int32_t answer_early(const struct wenlu_host *host, struct wenlu_answer *out,
			    const struct figure *left)
{
	char text[512];

	figure_left(text, sizeof(text), left, "据公开报道，深圳在每满一年前60日内申办签注，",
		    DAYS_BEFORE);
	return host->set_summary(out, text, "P21");
}

static void word_months(char *text, size_t cap, const char *what, const struct figure *months)
{
	char said[64], missing[64];

	text[0] = '\0';
	if (!months->is_known)
		return;
	word_figure(said, sizeof(said), months);
	word_missing(missing, sizeof(missing), months, ENDORSE_MONTHS, "");
	switch (judge(months, ENDORSE_MONTHS)) {
	case ENOUGH:
		snprintf(text, cap, "%s%s，最近一年内满8个月的达到要求。", what, said);
		break;
	case NOT_YET:
		snprintf(text, cap, "%s%s，最近一年内要累计满8个月，%s。", what, said, missing);
		break;
	case DEPENDS:
		snprintf(text, cap, "%s%s，最近一年内要累计满8个月，够不够以系统核对为准。", what,
			 said);
		break;
	}
}

static int32_t answer_months(const struct wenlu_host *host, struct wenlu_answer *out,
			     const struct figure *lived, const struct figure *insured)
{
	enum judgement first = judge(lived, ENDORSE_MONTHS);
	enum judgement second = judge(insured, ENDORSE_MONTHS);
	char text[900], one[300], two[300];

	word_months(one, sizeof(one), "居住登记", lived);
	word_months(two, sizeof(two), "社保", insured);
	snprintf(text, sizeof(text),
		 "%s据公开报道，深圳签注要最近一年内居住登记和社保各累计满8个月。%s%s",
		 first == NOT_YET || second == NOT_YET ? "按您说的时间，现在还不到深圳签注的条件。"
		 : first == ENOUGH && second == ENOUGH
		     ? "按您说的时间，可能已经符合深圳签注的条件，以系统核对为准。"
		     : "",
		 one, two);
	return host->set_summary(out, text, "P21");
}

static int32_t answer_endorse(const struct wenlu_host *host, struct wenlu_answer *out,
			      const struct wenlu_request *request, const struct figure *lived,
			      const struct figure *insured)
{
	const struct figure days = figure_of(request, "overdue_days");
	const struct figure left = figure_of(request, "left_days");

	if (days.is_known && days.most > 0)
		return answer_late(host, out, &days);
	if (lived->is_known || insured->is_known)
		return answer_months(host, out, lived, insured);
	if (left.is_known)
		return answer_early(host, out, &left);
	/* Not for months as well: a bare 9个月 would be either. */
	return ask_for(host, out, "overdue_days",
		       "已经逾期的，请告诉我逾期了多少天（例如“逾期20天”），我可以说得更准确。",
		       "P22");
}

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	const struct figure lived = figure_of(request, "lived_months");
	const struct figure insured = figure_of(request, "insured_months");

	(void)state;
	if (host->fill_from_guide(out, NULL) != WENLU_OK)
		return WENLU_DEFER;
	if (strcmp(request->intent, "permit.apply") == 0)
		return answer_apply(host, out, &lived, &insured);
	return answer_endorse(host, out, request, &lived, &insured);
}

static const char *const claims[] = {"permit.apply", "permit.endorse", NULL};

WENLU_PLUGIN(.name = "shenzhen", .version = NULL, WENLU_GUIDE, .claims = claims, .answer = answer);
