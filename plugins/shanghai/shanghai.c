/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shanghai.c - 签注 that is late: what it means depends on how many days; and what a number that
 * somebody sends along looks like.
 *
 * Everything else is a table, in shanghai.yaml. The ids of sources are those of that file.
 */
#include "../figure.h"

WENLU_GUIDE_EMBED("shanghai.yaml");

/* 签注 is possible so many days before the end (P12). */
#define DAYS_BEFORE 30
/* 逾期不超过60日: 居住年限连续计算 (P12). 逾期超过90日: 重新申请 (P17, not confirmed). */
#define DAYS_CONTINUE 60
#define DAYS_RENEW    90

static int32_t within(const struct wenlu_host *host, struct wenlu_answer *out,
		      const struct figure *days)
{
	char text[512], said[64];
	int32_t r;

	figure_days(said, sizeof(said), days);
	snprintf(text, sizeof(text),
		 "您逾期%s，没有超过60日。据公开报道，上海逾期60日内补办签注的，居住年限连续计算；"
		 "补办之前使用功能中止，补办后恢复。",
		 said);
	r = host->set_summary(out, text, "P12");
	if (r != WENLU_OK)
		return r;
	if (days->least != days->most)
		snprintf(text, sizeof(text), "逾期60日的期限从到期日算起，建议尽快补办。");
	else if (days->most == DAYS_CONTINUE)
		snprintf(text, sizeof(text), "逾期60日的期限就在今天，建议马上补办。");
	else
		snprintf(text, sizeof(text), "离逾期60日还有%ld天，建议尽快补办。",
			 DAYS_CONTINUE - days->most);
	return host->add_line(out, WENLU_FIELD_NOTES, text, "P12");
}

static int32_t beyond(const struct wenlu_host *host, struct wenlu_answer *out,
		      const struct figure *days)
{
	char text[512], said[64];

	figure_days(said, sizeof(said), days);
	if (days->least <= DAYS_RENEW) {
		snprintf(text, sizeof(text),
			 "您逾期%s，已经超过60日。据公开报道，上海仍可以补办签注，"
			 "但居住年限和有效期限从补办之日起重新计算。%s",
			 said,
			 days->most <= DAYS_RENEW ? ""
						  : "据资料（未核实），超过90日的要重新申请。");
		return host->set_summary(out, text, "P12");
	}
	snprintf(text, sizeof(text),
		 "您逾期%s，已经超过90日。据资料（未核实），上海逾期超过90日的要重新申请居住证。"
		 "请先到社区事务受理服务中心核实。",
		 said);
	return host->set_summary(out, text, "P17");
}

/* The limit lies within what was said: what becomes of either. */
static int32_t on_either_side(const struct wenlu_host *host, struct wenlu_answer *out,
			      const struct figure *days)
{
	char text[640], said[64];

	figure_days(said, sizeof(said), days);
	snprintf(text, sizeof(text),
		 "您逾期%s，有没有超过60日，要从到期日数起。据公开报道，上海逾期60日内补办签注的，"
		 "居住年限连续计算；超过60日补办的，居住年限和有效期限从补办之日起重新计算。",
		 said);
	return host->set_summary(out, text, "P12");
}

static int32_t not_yet(const struct wenlu_host *host, struct wenlu_answer *out,
		       const struct figure *left)
{
	char text[512];

	figure_left(text, sizeof(text), left, "据公开报道，上海在有效期截止日前30日内办签注，",
		    DAYS_BEFORE);
	return host->set_summary(out, text, "P12");
}

/* A number was sent along: what it looks like, never what it is. */
static int32_t answer_number(const struct wenlu_host *host, struct wenlu_answer *out)
{
	const struct wenlu_number_host *numbers = host->get_extension(host, WENLU_EXTENSION_NUMBER);
	struct wenlu_number number = {.struct_size = sizeof(number)};

	if (!numbers || numbers->count(host) == 0 || numbers->get(host, 0, &number) != WENLU_OK)
		return WENLU_OK;
	if (number.kind == WENLU_NUMBER_CITIZEN && number.is_right != 0)
		return host->set_summary(
		    out,
		    "您发的号码是公民身份号码的样子，不像另外编的居住证编号；条例第四条规定，居住证"
		    "登载公民身份号码，没有规定独立的编号。",
		    "L4");
	if (number.length == 18 && number.is_right == 0)
		return host->set_summary(out,
					 "您发的号码有18位，但不符合公民身份号码的校验规则，请核对"
					 "是否输错；条例第四条规定，"
					 "居住证登载公民身份号码。",
					 "L4");
	return host->set_summary(
	    out,
	    "据资料（未核实），上海居住证编号是系统生成的流水号，位数没有写明，从号码的样子看不出"
	    "对不对，请以证件登载为准。",
	    "S19");
}

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	const struct wenlu_condition_host *condition =
	    host->get_extension(host, WENLU_EXTENSION_CONDITION);
	const struct figure days = figure_of(request, "overdue_days");
	const struct figure left = figure_of(request, "left_days");

	(void)state;
	if (!condition || host->fill_from_guide(out, NULL) != WENLU_OK)
		return WENLU_DEFER;
	if (strcmp(request->intent, "permit.number.format") == 0)
		return answer_number(host, out);
	if (left.is_known && !days.is_known)
		return not_yet(host, out, &left);
	if (!days.is_known || days.most == 0)
		return condition->ask_for(
		    host, out, "overdue_days",
		    "已经逾期的，请告诉我逾期了多少天（例如“逾期20天”），我可以说得更准确。",
		    "P12");
	if (days.most <= DAYS_CONTINUE)
		return within(host, out, &days);
	if (days.least > DAYS_CONTINUE)
		return beyond(host, out, &days);
	return on_either_side(host, out, &days);
}

static const char *const claims[] = {"permit.endorse", "permit.number.format", NULL};

WENLU_PLUGIN(.name = "shanghai", .version = NULL, WENLU_GUIDE, .claims = claims, .answer = answer);
