/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leave.c - places that somebody has left, or that something goes from: 在长沙办的证，调到株洲了,
 * 保山社保转昆明.
 */
#include "base/utf8.h"
#include "nlu/cue.h"
#include "nlu/role.h"
#include "nlu/story.h"

static bool is_left_for(const struct search *s, const struct mention *old,
			const struct mention *now)
{
	return old->role == MENTION_TARGET && roles_are_elsewhere(old, now) &&
	       old->name->kind != REGION_NAME_APP &&
	       cue_is_past(&s->g->cues, s->text, old->start, old->end) && !thing_is_lost(s, old) &&
	       !thing_is_asked_about(s, old) &&
	       !(thing_is_insured_at(s, old) && thing_is_where_insured(s));
}

void roles_leave(const struct search *s, size_t at)
{
	s->found[at].role = MENTION_LEFT;
	for (size_t i = at + 1; i < s->n && roles_are_one_place(s, &s->found[i - 1], &s->found[i]);
	     i++)
		s->found[i].role = MENTION_LEFT;
}

/* 人在广州荔湾，…去荔湾交还是回禅城: what is spoken of again was not only passed through. */
static bool is_named_again(const struct search *s, size_t at)
{
	size_t end = at + 1;

	while (end < s->n && roles_are_one_place(s, &s->found[end - 1], &s->found[end]))
		end++;
	for (size_t i = end; i < s->n; i++)
		for (size_t j = at; j < end; j++)
			if (s->found[i].candidates[0] == s->found[j].candidates[0])
				return true;
	return false;
}

/* 昆山的证丢了，人在太仓，还得回昆山吗: 昆山 is asked about. */
static bool is_returned_from(const struct search *s, size_t now)
{
	if (is_named_again(s, now))
		return false;
	for (size_t i = now + 1; i < s->n; i++)
		for (size_t j = 0; j < now; j++)
			if (s->found[j].candidates[0] == s->found[i].candidates[0] &&
			    s->found[j].role == MENTION_TARGET &&
			    roles_are_elsewhere(&s->found[j], &s->found[now]) &&
			    cue_is_back(&s->g->cues, s->text, s->found[i].start)) {
				roles_leave(s, now);
				return true;
			}
	return false;
}

/* 中山的居住证不要了，想在珠海办 */
static void leave_dropped(const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];

		if (m->role != MENTION_TARGET || !thing_is_dropped(s, m))
			continue;
		for (size_t j = 0; j <= i; j++)
			if (s->found[j].role == MENTION_TARGET &&
			    s->found[j].candidates[0] == m->candidates[0])
				s->found[j].role = MENTION_LEFT;
	}
}

/* 深圳→东莞: in front of the character at `at`, as it was typed. */
static bool has_arrow(const struct text *text, uint32_t at)
{
	static const char *const arrows[] = {"→", "->", "➡", "⇒", "=>", ">"};
	struct view typed = view_sub(text->raw, text->origin[at - 1], text->origin[at]);

	return view_has_any(typed, arrows, sizeof(arrows) / sizeof(*arrows));
}

/* 户口迁移：泉州到福州 */
static bool is_moved_to(const struct text *text, uint32_t from, uint32_t to)
{
	return to == from + 1 &&
	       (text->chars[from] == 0x5230 /* 到 */ || text->chars[from] == 0x81f3 /* 至 */) &&
	       view_find(text_part(text, 0, text->n_chars), VIEW("户口迁")) >= 0;
}

/* 四川达州→东莞: the place is left, and what it is named with. */
static void leave_whole(const struct search *s, size_t at)
{
	s->found[at].role = MENTION_LEFT;
	while (at > 0 && s->found[at - 1].role == MENTION_TARGET &&
	       roles_are_one_place(s, &s->found[at - 1], &s->found[at]))
		s->found[--at].role = MENTION_LEFT;
}

/* 在长沙办的证，调到株洲了; 北京！不对是天津. */
static void give_way(const struct search *s)
{
	for (size_t i = 1; i < s->n; i++) {
		const struct mention *m = &s->found[i];
		struct mention *last = &s->found[i - 1];

		if (m->role != MENTION_TARGET)
			continue;
		if (last->role == MENTION_TARGET && roles_are_elsewhere(last, m) &&
		    cue_is_correction(&s->g->cues, s->text, m->start))
			last->role = MENTION_NEGATED;
		/* 从福州→柳州: of the arrow nothing is left. And 北京转天津. */
		if (last->role == MENTION_TARGET && roles_are_elsewhere(last, m) &&
		    ((last->end == m->start && (has_arrow(s->text, m->start) ||
						cue_is_from(&s->g->cues, s->text, last->start))) ||
		     is_moved_to(s->text, last->end, m->start) ||
		     cue_is_move(&s->g->cues, s->text, last->end, m->start)))
			leave_whole(s, i - 1);
		if (!cue_is_now(&s->g->cues, s->text, m->start) || is_returned_from(s, i))
			continue;
		for (size_t j = 0; j < i; j++) {
			struct mention *old = &s->found[j];

			if (!is_left_for(s, old, m))
				continue;
			old->role = MENTION_LEFT;
			for (size_t k = j + 1;
			     k < i && roles_are_one_place(s, &s->found[k - 1], &s->found[k]); k++)
				s->found[k].role = MENTION_LEFT;
			if (j > 0 && s->found[j - 1].role == MENTION_TARGET &&
			    old->start - s->found[j - 1].end <= 1)
				s->found[j - 1].role = MENTION_LEFT;
		}
	}
}

/* 来苏州，一开始在昆山，现在在园区: the part of a place where somebody was at first. */
static void leave_parts(const struct search *s)
{
	static const char *const now[] = {"现在", "目前", "如今", "后来", "眼下"};

	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];
		struct view behind = text_part(s->text, m->end, s->text->n_chars);
		bool is_past = cue_is_past(&s->g->cues, s->text, m->start, m->end), moved = false;

		for (size_t j = 0; j < sizeof(now) / sizeof(now[0]) && is_past; j++)
			moved |= view_find(behind, view_of(now[j])) >= 0;
		for (size_t j = 0; j < s->n && moved; j++)
			if (j != i && s->found[j].role == MENTION_TARGET &&
			    m->role == MENTION_TARGET && s->found[j].end != m->start &&
			    s->found[j].candidates[0] != m->candidates[0] &&
			    region_lies_in(m->candidates[0], s->found[j].candidates[0]))
				m->role = MENTION_PART;
	}
}

/* 户口早就迁到合肥了，想迁回桐城老家: where the household is, if it is to go back. */
static void leave_household(const struct search *s)
{
	static const char *const moved[] = {"迁到", "迁来", "迁去", "转到",
					    "落到", "落在", "迁至", "迁进"};
	static const char *const back[] = {"迁回",     "转回",     "落回",     "迁回到",
					   "移回",     "迁回老家", "转回老家", "落回老家",
					   "迁回家乡", "迁回原籍"};
	static const char *const held[] = {"户口", "户籍"};

	for (size_t i = 0; i + 1 < s->n; i++) {
		struct mention *m = &s->found[i];
		uint32_t from = m->start;
		bool has_back = false;

		while (from > 0 && s->text->chars[from - 1] != ',')
			from--;
		if ((m->role != MENTION_TARGET && m->role != MENTION_LEFT) ||
		    !ENDS(text_part(s->text, 0, m->start), moved) ||
		    !HOLDS(text_part(s->text, from, m->start), held))
			continue;
		for (size_t j = i + 1; j < s->n; j++) {
			struct mention *next = &s->found[j];

			if ((next->role != MENTION_TARGET && next->role != MENTION_ORIGIN) ||
			    !roles_are_elsewhere(m, next) ||
			    !ENDS(text_part(s->text, 0, next->start), back))
				continue;
			next->role = MENTION_TARGET;
			has_back = true;
		}
		for (size_t j = 0; j < s->n && has_back; j++)
			if (s->found[j].role == MENTION_TARGET &&
			    s->found[j].candidates[0] == m->candidates[0])
				roles_leave(s, j);
	}
}

/* 保山社保转昆明: where it goes is asked, unless both are. */
static void leave_insurance(const struct search *s)
{
	static const char *const held[] = {"社保",   "医保",     "养老", "养老保险", "公积金",
					   "保险",   "医疗保险", "关系", "的",       "嘅",
					   "shebao", "yibao",    " ",    "she bao",  "yi bao"};
	static const char *const both[] = {"两边", "两地", "互转",   "分别", "各",
					   "哪边", "哪个", "来转去", "区别", "一样"};
	static const char *const carried[] = {"能", "可以", "想", "要", "怎么", "咋"};
	static const char *const to[] = {"转",   "转到", "转移", "转移到", "转入",   "转去",
					 "转至", "转往", "转回", "转过来", "zhuan ", "zhuan dao "};
	struct view all = text_part(s->text, 0, s->text->n_chars);

	for (size_t i = 0; i + 1 < s->n && !HOLDS(all, both); i++) {
		struct mention *m = &s->found[i], *next = m + 1;
		struct view between = text_part(s->text, m->end, next->start);
		size_t len = 0, taken, n = 0;

		if (m->role != MENTION_TARGET || next->role != MENTION_TARGET ||
		    !roles_are_elsewhere(m, next) || is_named_again(s, i))
			continue;
		while ((taken = STARTS(view_sub(between, len, between.len), held)) > 0) {
			len += taken;
			n++;
		}
		len += STARTS(view_sub(between, len, between.len), carried);
		between = view_sub(between, len, between.len);
		if (n > 0 && between.len > 0 && ENDS(between, to) == between.len)
			roles_leave(s, i);
	}
}

void roles_give_way(const struct search *s)
{
	leave_household(s);
	leave_insurance(s);
	give_way(s);
	leave_parts(s);
	leave_dropped(s);
}
