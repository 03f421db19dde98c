/* SPDX-License-Identifier: Apache-2.0 */
/* target-text.c - the places of a text as groups, and what all of it is about; see target.h. */
#include "nlu/story.h"
#include "nlu/target.h"

static const struct region *read_as(const struct mention *m)
{
	return m->meant ? m->meant : m->candidates[0];
}

static bool is_one(const struct search *s, const struct mention *last, const struct mention *next,
		   const struct region *region)
{
	return places_are_adjacent(s, last, next) &&
	       (read_as(next) == region || region_lies_in(read_as(next), region));
}

static void make_groups(struct target_text *t)
{
	const struct search *s = t->s;

	for (size_t i = 0; i < s->n; i++) {
		struct target_group *g = t->n ? &t->groups[t->n - 1] : NULL;

		if (g && is_one(s, &s->found[i - 1], &s->found[i], g->region)) {
			g->to = i + 1;
			g->region = read_as(&s->found[i]);
			continue;
		}
		t->groups[t->n++] = (struct target_group){i, i + 1, read_as(&s->found[i]), 0};
	}
}

static void link_groups(struct target_text *t)
{
	for (size_t i = 0; i < t->n; i++)
		for (size_t j = 0; j < t->n; j++) {
			const struct region *a = t->groups[i].region, *b = t->groups[j].region;

			if (a == b || region_lies_in(a, b) || region_lies_in(b, a))
				t->groups[i].same |= UINT32_C(1) << j;
		}
}

static void make_tokens(struct target_text *t)
{
	const struct search *s = t->s;
	uint32_t i = 0;
	size_t g = 0;

	t->tokens = ARENA_ARRAY(s->arena, s->text->n_chars + 1, uint32_t);
	while (i < s->text->n_chars) {
		if (g < t->n && i == s->found[t->groups[g].from].start) {
			t->at[g] = t->n_tokens;
			t->tokens[t->n_tokens++] = TARGET_GROUP + (uint32_t)g;
			i = s->found[t->groups[g].to - 1].end;
			g++;
			continue;
		}
		t->tokens[t->n_tokens++] = s->text->chars[i++];
	}
}

void target_text_begin(const struct search *s, struct target_text *t)
{
	t->s = s;
	t->n = t->n_tokens = 0;
	make_groups(t);
}

/* Words between this place and its neighbours, in its clause. */
static void find_ties(struct target_text *t)
{
	const struct search *s = t->s;

	for (size_t i = 0; i < t->n; i++) {
		uint32_t start = s->found[t->groups[i].from].start;
		uint32_t end = s->found[t->groups[i].to - 1].end, from = start, to = end;
		uint32_t least = i ? s->found[t->groups[i - 1].to - 1].end : 0;
		uint32_t most = i + 1 < t->n ? s->found[t->groups[i + 1].from].start
					     : (uint32_t)s->text->n_chars;

		while (from > least && start - from < TARGET_NEAR &&
		       !story_is_end(s->text->chars[from - 1]))
			from--;
		while (to < most && to - end < TARGET_NEAR && !story_is_end(s->text->chars[to]))
			to++;
		ties_find(&s->g->ties, s->text, s->terms,
			  start > TARGET_FAR ? start - TARGET_FAR : 0, from, start, end, to,
			  &t->ties[i]);
	}
}

/* Insurance is asked of the place that gave it, a residence permit of where one lives. */
static uint32_t read_about(const struct text *text)
{
	static const char *const permits[] = {"居住", "暂住", "juzhu", "permit"};
	static const char *const insurances[] = {"医保",     "社保",  "农合",  "养老",
						 "医疗保险", "yibao", "shebao"};
	static const char *const settling[] = {"落户", "积分", "入户", "迁户", "luohu", "jifen"};
	static const char *const firms[] = {"资质", "承包",   "营业执照", "个体户",
					    "公司", "合作社", "刻章",     "注销",
					    "工商", "zizhi",  "zhizhao",  "gongsi"};
	struct view all = text_part(text, 0, text->n_chars);

	return (HOLDS(all, insurances) ? ABOUT_INSURANCE : 0) |
	       (HOLDS(all, permits) ? ABOUT_PERMIT : 0) |
	       (HOLDS(all, settling) ? ABOUT_SETTLING : 0) | (HOLDS(all, firms) ? ABOUT_FIRM : 0);
}

/* Not as a piece of a longer word: his, not this. */
static bool has_whole(struct view hay, struct view word)
{
	const char *end = hay.ptr + hay.len;
	struct view rest = hay;
	ptrdiff_t at;

	while ((at = view_find(rest, word)) >= 0) {
		const char *from = rest.ptr + at, *to = from + word.len;

		if ((from == hay.ptr || !char_is_letter((unsigned char)from[-1])) &&
		    (to == end || !char_is_letter((unsigned char)*to)))
			return true;
		rest = view_make(to, (size_t)(end - to));
	}
	return false;
}

static bool is_for_others(const struct text *text)
{
	static const char *const words[] = {"她", "他的", "他在", "他那", "佢", "帮", "替", "代他"};
	struct view all = text_part(text, 0, text->n_chars);

	return HOLDS(all, words) || has_whole(all, VIEW("ta de")) || has_whole(all, VIEW("his")) ||
	       has_whole(all, VIEW("her"));
}

void target_text_finish(struct target_text *t)
{
	t->about = read_about(t->s->text);
	t->is_for_others = is_for_others(t->s->text);
	find_ties(t);
	t->is_compared = focus_compares(t->s->text);
	link_groups(t);
	make_tokens(t);
}

bool target_is_listed(const struct target_text *t, size_t group)
{
	const struct search *s = t->s;
	uint32_t from, to;

	if (group == 0 || group >= t->n || t->groups[group].same >> (group - 1) & 1)
		return false;
	from = s->found[t->groups[group - 1].to - 1].end;
	to = s->found[t->groups[group].from].start;
	return cue_joins(&s->g->cues, s->text, from, to);
}
