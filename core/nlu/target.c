/* SPDX-License-Identifier: Apache-2.0 */
/* target.c - which places the model takes for asked about, against the rules; see target.h. */
#include "nlu/target.h"

#include "nlu/piece.h"
#include "nlu/story.h"
#include "nlu/target-weights.inc"

#define ALIKE_CHARS 10 /* 的居住证签注, in front of what joins the other */

/* How sure the model must be to overrule the rules: that a place is asked about … */
#define SURE_TARGET 0.3f
#define SURE_ALONE  0.5f   /* the only one named */
#define SURE_NEVER  100.0f /* no margin is as large */
/* … and that it is not. */
#define SURE_ASIDE    0.1f
#define SURE_COMPARED 0.6f /* where something is compared */

float target_margin(const struct target_pieces *p)
{
	int32_t firm = piece_sum(target_weights, p->firm, p->n_firm);
	int32_t grams = piece_sum(target_weights, p->grams, p->n_grams);

	return TARGET_SCALE * ((float)firm + TARGET_GRAM * (float)grams);
}

static void give(const struct search *s, const struct target_group *g, enum mention_role role)
{
	for (size_t i = g->from; i < g->to; i++)
		s->found[i].role = role;
}

/* What is said of a place is said of it wherever it is named. */
static void share_margins(const struct target_text *t, float *margins)
{
	float own[LIMIT_MENTIONS];

	memcpy(own, margins, t->n * sizeof(*own));
	for (size_t i = 0; i < t->n; i++) {
		size_t n = 0;

		margins[i] = 0;
		for (size_t j = 0; j < t->n; j++)
			if (t->groups[j].region == t->groups[i].region) {
				margins[i] += own[j];
				n++;
			}
		margins[i] /= (float)n;
	}
}

/* 杭州 宁波: the group and the one before it, with nothing but a blank between them. */
static bool is_beside(const struct target_text *t, size_t group)
{
	const struct search *s = t->s;
	uint32_t start;

	if (group == 0 || group >= t->n || t->groups[group].same >> (group - 1) & 1 ||
	    t->groups[group].region->level != t->groups[group - 1].region->level)
		return false;
	start = s->found[t->groups[group].from].start;
	return s->found[t->groups[group - 1].to - 1].end == start && search_is_gap(s->text, start);
}

/* 杭州 宁波 温州 */
static bool is_in_row(const struct target_text *t, size_t group)
{
	return is_beside(t, group) && (is_beside(t, group - 1) || is_beside(t, group + 1));
}

static struct view without_of(struct view v)
{
	return view_starts(v, VIEW("的")) ? view_sub(v, strlen("的"), v.len) : v;
}

/* 上海居住证和深圳居住证, 上海的居住证和北京的: what the one has is named of the other, too. */
static bool is_named_alike(const struct target_text *t, size_t group)
{
	const struct search *s = t->s;
	const struct term_hit *hit;
	struct view behind;
	uint32_t from, to;

	if (group == 0 || group >= t->n || t->groups[group].same >> (group - 1) & 1)
		return false;
	from = s->found[t->groups[group - 1].to - 1].end;
	to = s->found[t->groups[group].from].start;
	if (to > from && story_is_list_mark(s, to - 1))
		return true;
	behind = text_part(s->text, s->found[t->groups[group].to - 1].end, s->text->n_chars);
	hit = term_hits_from(s->terms, from, from + 1, true);
	for (uint32_t at = hit ? hit->end : to; at < to && at - from <= ALIKE_CHARS; at++) {
		struct view thing = without_of(text_part(s->text, from, at));

		if (cue_join_end(&s->g->cues, s->text, at) == to)
			return view_starts(behind, VIEW("的")) || view_starts(behind, thing);
	}
	return false;
}

/* 北京和上海, and the rules say both. */
static bool is_asked_with(const struct target_text *t, size_t group)
{
	return (target_is_listed(t, group) || is_in_row(t, group) || is_named_alike(t, group)) &&
	       target_role(t, group) == MENTION_TARGET &&
	       target_role(t, group - 1) == MENTION_TARGET;
}

/* 听说成都这样，绵阳也这样吗 */
static bool is_also(const struct target_text *t, size_t group)
{
	static const char *const same[] = {"也这", "也是", "也一样", "也要",
					   "也得", "也能", "也可以", "也那"};
	static const char *const asks[] = {"吗", "么", "嘛", "不", "吧"};
	const struct search *s = t->s;
	uint32_t from = s->found[t->groups[group].to - 1].end, to = from;

	while (to < s->text->n_chars && !story_is_end(s->text->chars[to]))
		to++;
	return STARTS(text_part(s->text, from, to), same) > 0 &&
	       ENDS(text_part(s->text, from, to), asks) > 0;
}

/* 郑州要多久？上海呢？ */
static bool is_followed_up(const struct target_text *t, size_t group)
{
	const uint32_t *tokens = t->tokens;
	size_t at = t->at[group];

	if (group > 0 && is_also(t, group))
		return true;
	return group > 0 && story_is_end(tokens[at - 1]) && at + 1 < t->n_tokens &&
	       tokens[at + 1] == 0x5462 /* 呢 */ &&
	       (at + 2 == t->n_tokens || story_is_end(tokens[at + 2]));
}

/* 同事说成都这样，…绵阳也这样吗: of what was heard of one place another is asked about. */
static bool is_only_heard_of(const struct target_text *t, size_t group)
{
	const struct search *s = t->s;

	if (!cue_is_of_others(&s->g->cues, s->text, s->found[t->groups[group].from].start))
		return false;
	for (size_t i = group + 1; i < t->n; i++)
		if (t->groups[i].region != t->groups[group].region && is_also(t, i))
			return true;
	return false;
}

static bool has_follow_up(const struct target_text *t)
{
	for (size_t i = 1; i < t->n; i++)
		if (is_followed_up(t, i))
			return true;
	return false;
}

/*
 * 爱人是绵竹的，我们都在德阳: what the place lies in is asked about. 不是 and 除了 leave no doubt,
 * as does a street, dish or firm that bears the name; and people from across the border ask about
 * what is here.
 */
static bool is_ruled_out(const struct target_text *t, size_t group)
{
	const struct region *own = t->groups[group].region;

	if (target_role(t, group) == MENTION_PART || target_role(t, group) == MENTION_NEGATED ||
	    is_only_heard_of(t, group) ||
	    (target_role(t, group) == MENTION_ORIGIN &&
	     (region_has_own_law(own) ||
	      (t->n == 1 && !(t->about & (ABOUT_INSURANCE | ABOUT_FIRM))))))
		return true;
	for (size_t i = 0; i < t->n; i++)
		if (target_role(t, i) == MENTION_TARGET && t->groups[i].region != own &&
		    region_lies_in(own, t->groups[i].region))
			return true;
	return false;
}

/* How sure the model must be to overrule the rules in that a group is asked about, or is not. */
static float least_margin(const struct target_text *t, size_t group)
{
	if (target_role(t, group) != MENTION_TARGET)
		return is_ruled_out(t, group) ? SURE_NEVER : t->n == 1 ? SURE_ALONE : SURE_TARGET;
	if (is_asked_with(t, group) || is_asked_with(t, group + 1) || is_followed_up(t, group))
		return -SURE_NEVER;
	return t->is_compared || t->s->meant == FOCUS_ALL || has_follow_up(t) ? -SURE_COMPARED
									      : -SURE_ASIDE;
}

/* The rules have found it where it is asked about; what comes first is answered first. */
static bool is_asked_elsewhere(const struct target_text *t, const bool *is_target, size_t group)
{
	for (size_t i = 0; i < t->n; i++)
		if (i != group && t->groups[i].region == t->groups[group].region && is_target[i] &&
		    target_role(t, i) == MENTION_TARGET)
			return true;
	return false;
}

void targets_weigh(const struct search *s)
{
	bool is_target[LIMIT_MENTIONS], has_target = false;
	float margins[LIMIT_MENTIONS];
	struct target_pieces pieces;
	struct target_text t;

	target_text_begin(s, &t);
	/* The only place that is named is asked about if the rules say so. */
	if (t.n == 0 || (t.n == 1 && target_role(&t, 0) == MENTION_TARGET) ||
	    s->meant == FOCUS_KNOWN)
		return;
	target_text_finish(&t);
	for (size_t i = 0; i < t.n; i++) {
		target_describe(&t, i, false, &pieces);
		margins[i] = target_margin(&pieces);
	}
	share_margins(&t, margins);
	for (size_t i = 0; i < t.n; i++) {
		is_target[i] = margins[i] > least_margin(&t, i);
		has_target |= is_target[i];
	}
	for (size_t i = 0; i < t.n; i++) {
		if (is_target[i] && !is_asked_elsewhere(&t, is_target, i))
			give(s, &t.groups[i], MENTION_TARGET);
		else if (!is_target[i] && target_role(&t, i) == MENTION_TARGET && has_target)
			give(s, &t.groups[i], MENTION_BESIDE);
	}
}
