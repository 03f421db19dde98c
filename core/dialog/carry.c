/* SPDX-License-Identifier: Apache-2.0 */
/* carry.c - follow-ups: places with nothing beside them, questions without their matter. */
#include "dialog/carry.h"

#include "base/buf.h"
#include "dialog/filler.h"
#include "dialog/point.h"
#include "nlu/duration.h"
#include "nlu/sound.h"

#define LEAN_MAX_CHARS 24

static bool is_mark(char c)
{
	return c == ' ' || c == ',' || c == '.' || c == '!' || c == '?' || c == '~' || c == ':' ||
	       c == ';' || c == '-' || c == '"' || c == '/' || c == '\n';
}

static size_t starts_with_mark(struct view v)
{
	static const char *const wide[] = {"。", "，", "！", "？", "、", "…", "“", "”", "：", "；"};

	if (v.len > 0 && is_mark(v.ptr[0]))
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		if (view_starts(v, view_of(wide[i])))
			return strlen(wide[i]);
	}
	return 0;
}

static size_t starts_with_term(struct view v, const struct catalog *c)
{
	size_t best = 0;

	for (size_t i = 0; i < c->n_matters; i++) {
		const struct matter *m = &c->matters[i];

		for (size_t j = 0; j < m->n_terms; j++) {
			if (m->terms[j].len > best && view_starts(v, m->terms[j]))
				best = m->terms[j].len;
		}
		if (m->title.len > best && view_starts(v, m->title))
			best = m->title.len;
	}
	return best;
}

static bool has_digits(const struct text *t, uint32_t to)
{
	for (uint32_t i = 0; i < to; i++)
		if (char_is_digit(t->chars[i]))
			return true;
	return false;
}

/* 70天, 两个半月, 快一年; 10月1号 */
static size_t starts_with_figure(struct arena *a, struct view v, int32_t today)
{
	struct duration d;
	struct date date;
	struct text t;

	if (text_fold(a, v, &t) < 0)
		return 0;
	/* 今天 and 去年 begin a sentence of any kind. */
	if (dates_find(&t, today, &date, 1) == 1 && date.start == 0 && has_digits(&t, date.end))
		return view_starts(v, text_part(&t, 0, date.end)) ? t.bytes[date.end] : 0;
	if (durations_find(&t, &d, 1) == 0 || d.from > 0 || d.is_moment)
		return 0;
	/* What is folded already stays as it is, so these are bytes of the view. */
	return view_starts(v, text_part(&t, 0, d.to)) ? t.bytes[d.to] : 0;
}

struct view carry_beside_places(struct arena *a, const struct understanding *what)
{
	const struct text *t = &what->text;
	char *out = arena_alloc(a, t->folded.len + 1);
	size_t len = 0, from = 0;

	for (size_t i = 0; i <= what->mentions.n; i++) {
		const struct mention *m = i < what->mentions.n ? &what->mentions.items[i] : NULL;
		size_t to;

		if (m && m->role == MENTION_PART)
			continue;
		to = m ? t->bytes[m->start] : t->folded.len;
		if (to > from) {
			memcpy(out + len, t->folded.ptr + from, to - from);
			len += to - from;
		}
		if (m)
			from = t->bytes[m->end];
	}
	return view_make(out, len);
}

enum carry_rest carry_rest(struct arena *a, const struct understanding *what,
			   const struct catalog *catalog)
{
	enum carry_rest rest = CARRY_NOTHING;
	struct view v;

	/* Nobody wraps a bare place in this many words. */
	if (what->text.n_chars > 40)
		return CARRY_WORDS;
	v = carry_beside_places(a, what);
	while (v.len > 0) {
		size_t n = starts_with_term(v, catalog);

		if (n) {
			rest = CARRY_TERM;
		} else if ((n = starts_with_figure(a, v, what->today)) > 0) {
			rest = CARRY_FIGURE;
		} else {
			n = starts_with_mark(v);
			if (!n)
				n = filler_at(v);
			if (!n)
				return CARRY_WORDS;
		}
		v = view_sub(v, n, v.len);
	}
	return rest;
}

/* 密码会过期吗: two characters or more of what is talked about anyway. */
static size_t piece_at(const struct matter *matter, struct view v)
{
	size_t n = 2 * strlen("密"), best = 0;

	while (n <= v.len && view_find(matter->title, view_sub(v, 0, n)) >= 0) {
		best = n;
		n += strlen("密");
	}
	return best;
}

/* Nothing but things asked about of this matter and what adds nothing to them. */
static bool is_made_of(struct view v, const struct matter *matter,
		       size_t (*thing_at)(const struct matter *, struct view),
		       size_t (*filler)(struct view))
{
	bool found = false;

	while (v.len > 0) {
		size_t n = thing_at(matter, v);

		found |= n > 0;
		n = n ? n : starts_with_mark(v);
		n = n ? n : filler(v);
		n = n ? n : piece_at(matter, v);
		if (!n)
			return false;
		v = view_sub(v, n, v.len);
	}
	return found;
}

bool carry_is_point(struct arena *a, const struct understanding *what, const struct matter *matter)
{
	return matter && !what->has_term && what->text.n_chars <= LEAN_MAX_CHARS &&
	       is_made_of(carry_beside_places(a, what), matter, point_at,
			  point_is_of_any(matter, what->text.folded) ? filler_of_general_at
								     : filler_of_point_at);
}

static size_t general_at(const struct matter *matter, struct view v)
{
	(void)matter;
	return point_general_at(v);
}

bool carry_is_general(struct arena *a, const struct understanding *what,
		      const struct matter *matter)
{
	return !what->has_term && what->text.n_chars <= LEAN_MAX_CHARS &&
	       is_made_of(carry_beside_places(a, what), matter, general_at, filler_of_general_at);
}

/* 我问的是补办 -> 补办 */
static struct view without_lead(struct view v)
{
	static const char *const leads[] = {
	    "我问的是", "我是问", "我想问的是", "我想问", "想问", "问的是", "我说的是", "我是说",
	    "不对",     "不是",   "那么",       "那",     "请问", "还有",   "再问一下", "再问",
	    "那里",     "那边",   "那儿",       "那个",   "这里", "这边",   "这儿",     "这个",
	    "它",       "咁",     "and ",       "so ",    ",",    "，",     " "};
	size_t best = 1;

	while (best > 0) {
		best = 0;
		for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
			struct view lead = view_of(leads[i]);

			/* 那里 before 那, whatever their order here. */
			if (lead.len > best && v.len > lead.len && view_starts(v, lead))
				best = lead.len;
		}
		v = view_sub(v, best, v.len);
	}
	return v;
}

bool carry_is_usual(struct view folded)
{
	static const char *const words[] = {
	    "普通",     "内地人",   "内地居民", "大陆人",   "内地嘅",   "大陆居民", "一般的居住证",
	    "是内地的", "内地的呢", "内地的要", "内地的怎", "内地户口", "中国人",   "中国公民"};

	return view_has_any(folded, words, sizeof(words) / sizeof(words[0]));
}

struct view carry_lean(struct arena *a, const struct understanding *what,
		       const struct memory *memory)
{
	const struct intent *before = memory->intent;
	const struct matter *m = memory_matter(memory);

	if (!m || what->has_term || what->text.n_chars == 0 || what->text.n_chars > LEAN_MAX_CHARS)
		return view_make("", 0);
	return arena_printf(
	    a, "%.*s%.*s",
	    VIEW_ARG(before && before->n_whenever && !carry_is_usual(what->text.folded)
			 ? before->title
			 : m->title),
	    VIEW_ARG(without_lead(what->text.folded)));
}

const struct region *carry_place_within(const struct mention *shared, const struct memory *memory)
{
	for (size_t i = 0; i < memory->n_regions; i++) {
		/* 浦东 was talked about: its city is near enough to tell two 宝山区 apart. The
		 * nearest one is meant: itself, then what lies in its city. */
		for (const struct region *wide = memory->regions[i];
		     wide && wide->level != REGION_NATION; wide = wide->parent) {
			for (size_t j = 0; j < shared->n_candidates; j++) {
				if (region_lies_in(shared->candidates[j], wide))
					return shared->candidates[j];
			}
		}
	}
	return NULL;
}

/* 成都高新区 lies in 成都: its own part of the name is 高新区. */
static struct view own_name(const struct region *r)
{
	struct view name = r->short_name.len ? r->short_name : r->name;

	if (r->parent && view_starts(name, r->parent->short_name) &&
	    name.len > r->parent->short_name.len)
		return view_sub(name, r->parent->short_name.len, name.len);
	return name;
}

/* How near a place's name is to another's: 0 is not at all. Of the same short name a city is meant
 * rather than a county of another kind: 辽宁的 of a 朝阳区 is 朝阳市. */
static unsigned likeness(const struct region *r, const struct region *before)
{
	if (!view_eq(own_name(r), own_name(before)))
		return 0;
	if (r->level == REGION_COUNTY)
		return view_eq(r->name, before->name) || before->short_name.len == 0 ? 3 : 1;
	return r->level == REGION_CITY ? 2 : 0;
}

size_t carry_namesakes(struct arena *a, const struct region *place, const struct memory *memory,
		       const struct region_table *regions, bool is_correction,
		       const struct region *const **ret)
{
	const struct region *before = NULL, **out;
	unsigned best = 1;
	size_t n = 0;

	/* Offered just now, though perhaps not all that there are. */
	for (size_t i = 0; i < memory->n_options && !before; i++)
		before = memory->options[i].region;
	if (!before && is_correction && memory->n_regions == 1)
		before = memory->regions[0];
	if (!before || before->level != REGION_COUNTY || place->level == REGION_COUNTY)
		return 0;
	out = ARENA_ARRAY(a, regions->n_items, const struct region *);
	for (size_t i = 0; i < regions->n_items; i++) {
		const struct region *r = &regions->items[i];
		unsigned like = r != place && region_lies_in(r, place) ? likeness(r, before) : 0;

		if (like < best)
			continue;
		if (like > best)
			n = 0;
		best = like;
		out[n++] = r;
	}
	*ret = out;
	return n;
}

bool carry_is_which(const struct understanding *what)
{
	static const char *const softeners[] = {"吧", "啦", "啊", "呀", "哦", "。", ".",
						"！", "!",  "~",  " ",  "，", ","};
	static const char *const which[] = {"的",       "那个",   "那1个",
					    "那边那个", "那个区", "的那个区"};
	struct view v = view_trim(what->text.folded);
	size_t len;

	while ((len = view_ends_any(v, softeners, sizeof(softeners) / sizeof(softeners[0]))) > 0)
		v.len -= len;
	return !view_starts(v, VIEW("那")) &&
	       view_ends_any(v, which, sizeof(which) / sizeof(which[0])) > 0;
}
