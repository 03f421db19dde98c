/* SPDX-License-Identifier: Apache-2.0 */
/*
 * withdrawn.c - a place that is taken back before another is said, in words of their own:
 * 我在大连 不对 我在营口; nanchang, shuo cuo le, jiujiang. See role.h.
 *
 * What stands right in front of the other place (不对，是营口) cue.c knows.
 */
#include "base/utf8.h"
#include "nlu/role.h"

/* Between the place and the words that take it back: 我是阳江的建筑公司 不对. */
#define REACH 8
#define NON   0x975e /* 非 */

static const char *const sorry[] = {
    "不对",     "啊不是",  "啊不",      "哦不是", "哦不",     "噢不",     "呃不",    "说错了",
    "讲错了",   "打错了",  "写错了",    "搞错了", "我说错了", "我搞错了", "bu dui",  "budui",
    "shuo cuo", "shuocuo", "da cuo le", "dacuo",  "唔啱",     "i mean",   "no wait", "不不不"};
/* Something else is wrong: 地址 不对. */
static const char *const wrong[] = {"地址", "信息", "名字",   "姓名", "号码", "日期",
				    "金额", "照片", "密码",   "资料", "数据", "编号",
				    "显示", "积分", "有效期", "学历", "年限", "余额"};

/* Where the words end that take back what ends at `from`, and that stand alone; 0: there are none.
 */
static uint32_t end_of_sorry(const struct text *text, uint32_t from, uint32_t limit)
{
	for (uint32_t at = from; at < limit && at <= from + REACH; at++) {
		struct view ahead = text_part(text, at, text->n_chars);
		size_t len = search_is_gap(text, at) ? STARTS(ahead, sorry) : 0;
		uint32_t end = at + (uint32_t)utf8_count(view_sub(ahead, 0, len));

		if (len && search_is_gap(text, end))
			return end;
	}
	return 0;
}

/* Where the words end that take the place back; 0: nothing does. */
static uint32_t taken_back(const struct search *s, size_t at)
{
	const struct mention *m = &s->found[at];
	uint32_t limit = at + 1 < s->n ? m[1].start : (uint32_t)s->text->n_chars;
	uint32_t end = end_of_sorry(s->text, m->end, limit);

	if (!end || HOLDS(text_part(s->text, m->end, end), wrong) ||
	    STARTS(text_part(s->text, end, s->text->n_chars), wrong) ||
	    term_hits_from(s->terms, m->end, end, true))
		return 0;
	return end;
}

#define TICK "✅"

/* 昆山❌ 吴江✅, 昆山居住证❌ 吴江居住证✅; but 居住证不要了❌ says how somebody feels. */
static bool is_crossed_out(const struct search *s, size_t at)
{
	static const char *const crosses[] = {"❌", "❎", "✖", "🚫"};
	const struct text *text = s->text;
	uint32_t from = text->origin[s->found[at].end - 1],
		 to = text->origin[s->found[at + 1].start];
	struct view between = view_sub(text->raw, from, to - from);

	return HOLDS(between, crosses) && view_find(between, VIEW(TICK)) < 0 &&
	       view_find(text->raw, VIEW(TICK)) >= 0;
}

/* 非太仓，昆山居住证: all that its clause says. */
static bool is_set_aside(const struct text *text, const struct mention *m)
{
	return m->start > 0 && text->chars[m->start - 1] == NON &&
	       search_is_gap(text, m->start - 1) && m->end < text->n_chars &&
	       !han_is(text->chars[m->end]) && !char_is_letter(text->chars[m->end]);
}

/* The place behind what takes another one back is asked about: 啊不是 在白城 is no 不是在. */
static void restore(struct mention *m, uint32_t end)
{
	if (m->role == MENTION_NEGATED && m->start <= end + 1)
		m->role = MENTION_TARGET;
}

void roles_withdraw(const struct search *s)
{
	for (size_t i = 0; i + 1 < s->n; i++) {
		struct mention *m = &s->found[i];
		uint32_t end = m->role == MENTION_NEGATED ? 0 : taken_back(s, i);
		bool is_out = end || is_crossed_out(s, i) || is_set_aside(s->text, m);
		bool has_other = false;

		if (end)
			restore(&m[1], end);
		for (size_t j = i + 1; j < s->n && is_out; j++)
			has_other |= s->found[j].role == MENTION_TARGET &&
				     roles_are_elsewhere(m, &s->found[j]);
		/* With what it lies in, and where it was said before. */
		for (size_t j = 0; j <= i && has_other; j++)
			if (j == i || s->found[j].candidates[0] == m->candidates[0] ||
			    region_lies_in(m->candidates[0], s->found[j].candidates[0]))
				s->found[j].role = MENTION_NEGATED;
	}
}
