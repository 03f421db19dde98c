/* SPDX-License-Identifier: Apache-2.0 */
/*
 * accept.c - whether a name that is written stands for its place: not as a piece of another word,
 * and a name that is an ordinary word only where places stand.
 */
#include "base/utf8.h"
#include "nlu/cue.h"
#include "nlu/gazetteer.h"
#include "text/pinyin.h"

#define JOIN_REACH 8 /* between two places that are joined: haishi */

/* Some reading of `p` lies in one of these. */
static bool lies_in_any(const struct place *p, const struct region *const *wider, size_t n)
{
	for (size_t i = 0; i < p->n; i++)
		for (size_t j = 0; j < n; j++)
			if (p->candidates[i] != wider[j] &&
			    region_lies_in(p->candidates[i], wider[j]))
				return true;
	return false;
}

bool places_are_near(const struct place *p, const struct place *other)
{
	return lies_in_any(p, other->candidates, other->n);
}

/* The same of what was found, which may be several places: fuyang is 阜阳 and 富阳. */
bool place_lies_in_found(const struct place *p, const struct mention *m)
{
	return lies_in_any(p, m->candidates, m->n_candidates);
}

/* 三水和高明: parts of the same city. */
static bool are_siblings(const struct place *p, const struct mention *m)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->candidates[i]->level == REGION_COUNTY &&
		    p->candidates[i]->parent == m->candidates[0]->parent)
			return true;
	return false;
}

/* 遵义的汇川区和播州区: joined with another part of the place it lies in. */
static bool is_next_part(const struct search *s, const struct place *p, uint32_t start)
{
	const struct mention *last = s->n ? &s->found[s->n - 1] : NULL;

	if (!last || last->end >= start || start - last->end > JOIN_REACH ||
	    !cue_joins(&s->g->cues, s->text, last->end, start))
		return false;
	if (are_siblings(p, last))
		return true;
	for (size_t i = 0; i + 1 < s->n; i++)
		if (places_are_near(p, s->found[i].place) &&
		    places_are_near(last->place, s->found[i].place))
			return true;
	return false;
}

bool search_is_joined(const struct search *s, uint32_t start, uint32_t end)
{
	const struct mention *last = s->n ? &s->found[s->n - 1] : NULL, *next = s->next;

	if (next && end < next->start && next->start - end <= JOIN_CHARS &&
	    cue_joins(&s->g->cues, s->text, end, next->start))
		return true;
	return last && last->end < start && start - last->end <= JOIN_CHARS &&
	       cue_joins(&s->g->cues, s->text, last->end, start);
}

/* Names that never decide alone (和平, 商城) count right behind the place they lie in. */
bool search_is_led(const struct search *s, const struct place *p, uint32_t start)
{
	const struct mention *last = s->n ? &s->found[s->n - 1] : NULL;

	if (is_next_part(s, p, start))
		return true;
	if (!last || last->end > start || start - last->end > 1 ||
	    (start > last->end && han_is(s->text->chars[last->end]) &&
	     s->text->chars[last->end] != 0x7684 /* 的 */))
		return false;
	return place_lies_in_found(p, last);
}

bool search_is_gap(const struct text *text, uint32_t at)
{
	if (at == 0 || at >= text->n_chars || !han_is(text->chars[at]) ||
	    !han_is(text->chars[at - 1]))
		return true;
	/* A blank or a picture, which is more than the character. */
	for (uint32_t i = text->origin[at - 1]; i < text->origin[at]; i++) {
		unsigned char byte = (unsigned char)text->raw.ptr[i];

		if (byte <= ' ' || (byte >= 0xf0 && i > text->origin[at - 1]))
			return true;
	}
	return false;
}

bool search_is_over(const struct text *text, uint32_t at)
{
	while (at < text->n_chars && !han_is(text->chars[at]) && !char_is_letter(text->chars[at]) &&
	       !char_is_digit(text->chars[at]))
		at++;
	return at == text->n_chars;
}

bool search_is_torn(const struct text *text, uint32_t at)
{
	return han_is(text->chars[at]) && han_is(text->chars[at - 1]) && search_is_gap(text, at);
}

/* 意思 南昌 is not 思南; but 思 南 is, as is 上 海 wherever it stands. */
static bool is_split(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	if (p->weights[0] >= HEARD_WEIGHT ||
	    (search_is_gap(s->text, start) && search_is_gap(s->text, end)))
		return false;
	for (uint32_t i = start + 1; i < end; i++)
		if (search_is_torn(s->text, i))
			return true;
	return false;
}

/* 太和县, but not 萧县. */
bool place_is_in_full(const struct place *p)
{
	return p->name->kind == REGION_NAME_FULL && p->n_chars > 2;
}

/* 短信|都; but the character in front is a place's: 信阳|光山. */
bool search_is_tail(const struct search *s, const struct place *p, uint32_t start)
{
	return p->weights[0] < HEARD_WEIGHT && !(s->n && s->found[s->n - 1].end == start) &&
	       !place_is_in_full(p) && cue_is_tail_of_word(&s->g->cues, s->text, start);
}

/* 办居住证, 补 社保卡 */
static bool is_done_about_thing(const struct search *s, uint32_t at)
{
	static const char *const does[] = {"办", "补",   "领",   "续",   "查",
					   "改", "申请", "办理", "注册", "开"};
	struct view ahead = text_part(s->text, at, s->text->n_chars);
	size_t len = view_starts_any(ahead, does, sizeof(does) / sizeof(*does));

	return len > 0 && search_is_thing(s, at + (uint32_t)utf8_count(view_sub(ahead, 0, len)));
}

/* 不是汉中，安康医保: of a city behind a comma as well. */
static bool begins_clause(const struct text *text, const struct place *p, uint32_t start)
{
	return start == 0 ||
	       (text->chars[start - 1] == ',' && p->candidates[0]->level == REGION_CITY);
}

static bool is_weak_but_expected(const struct search *s, const struct place *p, uint32_t start,
				 uint32_t end)
{
	bool is_full = p->name->kind == REGION_NAME_FULL;

	/* 我在青岛，公司在市北区; 在苏州，搬到园区了 */
	for (size_t i = 0; i < s->n && (is_full || cue_leads(&s->g->cues, s->text, start)); i++)
		if (places_are_near(p, s->found[i].place))
			return true;
	if (p->weights[0] == STEM_WEIGHT && p->candidates[0]->level == REGION_COUNTY)
		return false;
	/* What was named once is named again: 搬到集美, 是在思明改还是集美改. */
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i].place == p)
			return true;
	if (p->n > 1)
		return false;
	/* 汉中和安康 */
	if (s->n && p->candidates[0]->level == REGION_CITY &&
	    cue_joins(&s->g->cues, s->text, s->found[s->n - 1].end, start))
		return true;
	if (p->name->kind == REGION_NAME_NICKNAME)
		return cue_is_place(&s->g->cues, s->text, start, end);
	/* 合肥 … 在滨湖: what is called so there is not the one that lies elsewhere. */
	for (size_t i = 0; i < s->n && p->weights[0] < HEARD_WEIGHT; i++)
		if (!places_are_near(p, s->found[i].place))
			return false;
	/* 集美落户, 安康 医保, 日照办居住证: a question does not begin with the word. */
	if (begins_clause(s->text, p, start) && p->weights[0] >= TYPED_WEIGHT &&
	    (search_is_thing(s, end) || is_done_about_thing(s, end)))
		return true;
	/* 单县有没有自助机 */
	if (start == 0 && is_full && p->n_chars == 2 && p->candidates[0]->level == REGION_COUNTY &&
	    cue_slot(&s->g->cues, s->text, start, end).ahead)
		return true;
	return (is_full || p->name->kind == REGION_NAME_SHORT) &&
	       cue_is_slot(&s->g->cues, s->text, start, end);
}

bool search_has_use(const struct search *s, uint32_t end)
{
	return search_has_thing(s, end) || cue_is_lived_in(&s->g->cues, s->text, end);
}

/*
 * 在宜昌看三峡门票 is not 三门峡: what is written so has to stand where a place does; 海上 is a
 * word, so that of two characters it takes more: 海上居住证, 津天和青岛.
 */
static bool is_lapse_there(const struct search *s, const struct place *p, uint32_t start,
			   uint32_t end)
{
	struct cue_slot slot = cue_slot(&s->g->cues, s->text, start, end);

	if (p->n_chars > 2)
		return slot.behind && slot.ahead;
	return (slot.is_strong && slot.ahead && !cue_is_other_word(&s->g->cues, s->text, start)) ||
	       ((slot.is_strong || start == 0 || !han_is(s->text->chars[start - 1])) &&
		(search_has_use(s, end) || search_is_district_next(s->text, end)));
}

struct tail {
	const uint32_t *chars;
	bool is_heard;
};

static void hear_county(void *data, const struct place *p, uint32_t hole)
{
	struct tail *t = data;

	t->is_heard |= p->name->kind == REGION_NAME_FULL && p->n_chars == 3 && hole < 2 &&
		       pinyin_of(p->chars[hole]) == pinyin_of(t->chars[hole]);
}

/* 沈|邱县 is 沈丘县, misspelt: a county of two characters ends a longer one that sounds so. */
static bool is_end_of_county(const struct search *s, const struct place *p, uint32_t start)
{
	struct tail t = {s->text->chars + start - 1, false};

	if (p->name->kind != REGION_NAME_FULL || p->n_chars != 2 || start == 0 ||
	    search_is_gap(s->text, start) || (s->n && s->found[s->n - 1].end == start))
		return false;
	gazetteer_each_hole(s->g, &s->g->holes, t.chars, 3, hear_county, &t);
	if (!t.is_heard)
		gazetteer_each_hole(s->g, &s->g->part_holes, t.chars, 3, hear_county, &t);
	return t.is_heard;
}

/* 怎么弄 成都 · 办成都的居住证: a word (弄成都) may end with it by chance. */
static bool stands_apart(const struct search *s, const struct place *p, uint32_t start,
			 uint32_t end)
{
	bool is_owner = end < s->text->n_chars && s->text->chars[end] == 0x7684 /* 的 */;

	return !p->is_weak && start > 0 &&
	       (search_is_gap(s->text, start) || search_is_thing(s, end + is_owner));
}

static enum cue_name name_kind(const struct search *s, const struct place *p, uint32_t start,
			       uint32_t end)
{
	if (place_is_in_full(p))
		return CUE_NAME_FULL;
	return stands_apart(s, p, start, end) ? CUE_NAME_APART : CUE_NAME_SHORT;
}

bool search_accepts(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	const struct cues *cues = &s->g->cues;

	if (p->name->kind == REGION_NAME_ABBR && p->n_chars == 1)
		return cue_allows_abbreviation(cues, s->text, start);
	/* Names in letters (an app's) are whole words. */
	if (char_is_letter(p->chars[0]) && start > 0 && char_is_letter(s->text->chars[start - 1]))
		return false;
	if (char_is_letter(p->chars[p->n_chars - 1]) && end < s->text->n_chars &&
	    char_is_letter(s->text->chars[end]))
		return false;
	if (p->is_lapse && !is_lapse_there(s, p, start, end))
		return false;
	if (cue_is_inside_word(cues, s->text, start, end, name_kind(s, p, start, end)) ||
	    search_is_tail(s, p, start))
		return false;
	if (is_split(s, p, start, end) || is_end_of_county(s, p, start))
		return false;
	return !p->is_weak || search_is_led(s, p, start) || is_weak_but_expected(s, p, start, end);
}
