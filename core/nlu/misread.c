/* SPDX-License-Identifier: Apache-2.0 */
/*
 * misread.c - names with one wrong character: 深训, 东完, 昆三.
 *
 * Every name is kept once for each of its characters, with a hole there; what stands in the hole
 * must sound or look like what is missing, and has a price. How much may be paid depends on how
 * surely a place stands there: 深训 alone is nothing, 深训居住证 is 深圳.
 */
#include "nlu/cue.h"
#include "nlu/gazetteer.h"
#include "text/pinyin.h"
#include "text/shape.h"

#define HOLE       1u /* no character of a name */
#define CHARS_MIN  2
#define CHARS_MAX  5
#define FULL_MIN   3 /* 的城市 would be 应城市 */
#define LONG_CHARS 4
#define DEAREST    3 /* only where nothing but a city can stand */
#define NEVER      100
#define UNTOLD     (-1)

/* 沛县 has no shorter name, so that its kind may be misspelt: 徐州沛线. */
static bool is_brief(const struct place *p)
{
	return p->name->kind == REGION_NAME_FULL && p->n_chars == CHARS_MIN;
}

/* 余杭区: behind its city the first and the last character are enough, 杭州余行区. */
static bool is_part(const struct place *p)
{
	return p->name->kind == REGION_NAME_FULL && p->n_chars == FULL_MIN &&
	       p->candidates[0]->level == REGION_COUNTY;
}

static bool is_readable(const struct place *p)
{
	enum region_level level = p->candidates[0]->level;

	return (!p->is_weak || p->weights[0] >= CUED_WEIGHT) && p->n_chars >= CHARS_MIN &&
	       p->n_chars <= CHARS_MAX && han_is(p->chars[0]) &&
	       (p->name->kind == REGION_NAME_SHORT || is_brief(p) || is_part(p) ||
		(p->name->kind == REGION_NAME_FULL && p->n_chars > FULL_MIN)) &&
	       level >= REGION_PROVINCE;
}

static void add_holes(struct gazetteer *g, uint32_t index, struct holes *holes)
{
	const struct place *p = &g->places[index];
	uint32_t chars[CHARS_MAX], n = p->n_chars;

	/* Without 市, 县 it is another name. */
	if (p->name->kind == REGION_NAME_FULL && !is_brief(p))
		n--;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t *at;

		memcpy(chars, p->chars, p->n_chars * sizeof(*chars));
		chars[i] = HOLE;
		at = i ? trie_put(&holes->inside, chars, p->n_chars)
		       : trie_put(&holes->first, chars + 1, p->n_chars - 1);
		*vec_push(&g->hole_places) = (struct hole){index, *at};
		*at = (uint32_t)g->hole_places.n;
	}
}

void gazetteer_add_holes(struct gazetteer *g, uint32_t index)
{
	const struct place *p = &g->places[index];

	if (!is_readable(p))
		return;
	if (p->is_weak || is_part(p) || is_brief(p))
		add_holes(g, index, &g->part_holes);
	if (!p->is_weak && ((!is_part(p) && !is_brief(p)) || p->n == 1))
		add_holes(g, index, &g->holes);
}

/* 石家村 is no 石家庄. */
static bool is_kind(uint32_t c)
{
	static const uint32_t kinds[] = {
	    0x6751 /* 村 */, 0x9547 /* 镇 */, 0x4e61 /* 乡 */, 0x8def /* 路 */, 0x8857 /* 街 */,
	    0x91cc /* 里 */, 0x6e7e /* 湾 */, 0x56ed /* 园 */, 0x5be8 /* 寨 */, 0x5c6f /* 屯 */,
	    0x6865 /* 桥 */, 0x575d /* 坝 */, 0x5761 /* 坡 */, 0x5e02 /* 市 */, 0x533a /* 区 */,
	    0x53bf /* 县 */, 0x7701 /* 省 */, 0x5c9b /* 岛 */, 0x5c71 /* 山 */, 0x6cb3 /* 河 */,
	    0x6e56 /* 湖 */, 0x6c5f /* 江 */, 0x6d77 /* 海 */, 0x5e84 /* 庄 */, 0x5e97 /* 店 */,
	    0x53e3 /* 口 */, 0x6e2f /* 港 */, 0x57ce /* 城 */, 0x5dde /* 州 */, 0x6d32 /* 洲 */,
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i] == c)
			return true;
	return false;
}

/* 服 for 肥: the syllable begins right. */
static bool begins_alike(uint16_t a, uint16_t b)
{
	struct view onset = pinyin_onset(a);

	return onset.len && view_eq(onset, pinyin_onset(b));
}

/* 鄂尔多期, 巴彦卓尔: of a name so long the others say all. */
static bool is_long(const struct place *p)
{
	return p->n_chars >= LONG_CHARS && p->name->kind == REGION_NAME_SHORT &&
	       p->weights[0] >= COUNTY_WEIGHT;
}

/* What it costs to take `written` for a character of `p`. */
static int price_of(const struct search *s, uint32_t written, const struct place *p, uint32_t hole)
{
	uint32_t meant = p->chars[hole];
	uint16_t a, b;
	int price;

	/* What is written right and was not taken is none: 办成都要. */
	if (written == meant)
		return NEVER;
	a = pinyin_of(written);
	b = pinyin_of(meant);
	price = cue_is_common_char(&s->g->cues, written);
	if (a && a == b)
		return price + !shape_is_alike(written, meant);
	if (a && pinyin_fuzzy(a) == pinyin_fuzzy(b))
		return price + 2 - shape_is_alike(written, meant);
	/* 绳池县, though 绳 is common */
	if (is_part(p) && shape_is_alike(written, meant))
		return price + 1;
	/* Of a long name the others are enough: 双丫山; but 阿拉 is not 阿拉善. */
	if ((p->name->kind == REGION_NAME_SHORT || (is_part(p) && hole > 0)) && p->n_chars > 2 &&
	    (hole + 1 < p->n_chars || is_long(p)) && !is_kind(written))
		return price + 2;
	/* 连云巷 */
	if (p->n_chars > CHARS_MIN && p->weights[0] >= HEARD_WEIGHT &&
	    shape_compare(written, meant) == SHAPE_REMINDS)
		return price + 1;
	/* Looks alone are enough for what everybody means: 平板 is not 平泉. */
	if (p->weights[0] >= HEARD_WEIGHT && shape_is_alike(written, meant))
		return price + 2;
	/* Of 合肥 the first character; but 绑定 is not 保定. */
	return p->n_chars == CHARS_MIN && hole > 0 && !price && begins_alike(a, b) ? DEAREST
										   : NEVER;
}

/* 廊坊想河; but 贵州规定 is no 贵定. */
static bool is_behind_city(const struct search *s)
{
	return s->n && s->found[s->n - 1].candidates[0]->level == REGION_CITY;
}

/* 桂林|阳朔县: two characters and the word for a district, so that what is before is a city. */
bool search_is_district_next(const struct text *text, uint32_t end)
{
	static const char *const kinds[] = {"区", "县", "旗"};
	static const char *const others[] = {"小区", "社区", "地区", "市区", "城区", "郊区",
					     "园区", "片区", "辖区", "校区", "全县", "县区"};
	struct view name = text_part(text, end, end + 3);

	if (end + 3 > text->n_chars || !han_is(text->chars[end]) || !han_is(text->chars[end + 1]))
		return false;
	return view_ends_any(name, kinds, sizeof(kinds) / sizeof(*kinds)) &&
	       !view_has_any(name, others, sizeof(others) / sizeof(*others));
}

bool search_is_thing(const struct search *s, uint32_t at)
{
	static const char *const things[] = {
	    "建筑",   "资质",     "安全",     "施工", "装修",   "装饰",     "劳务",     "开公司",
	    "注册",   "落户",     "入户",     "社保", "积分",   "护照",     "公积金",   "流动人口",
	    "户口",   "医保",     "营业执照", "执照", "个体户", "新农合",   "合作医疗", "养老",
	    "身份证", "低保",     "户籍",     "生育", "工伤",   "失业",     "职工",     "居民医",
	    "居民养", "城乡居民", "电子营业", "退休", "异地",   "灵活就业", "参保",     "新生儿"};

	return term_hits_from(s->terms, at, at, true) ||
	       view_starts_any(text_part(s->text, at, s->text->n_chars), things,
			       sizeof(things) / sizeof(*things)) > 0;
}

bool search_has_thing(const struct search *s, uint32_t end)
{
	return term_hits_from(s->terms, end, end + OF_REACH, false) || search_is_thing(s, end);
}

/* What may be paid for a place in [start, end); UNTOLD: nothing says that one is there. */
static int budget_of(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	struct cue_slot slot = cue_slot(&s->g->cues, s->text, start, end);
	bool is_followed = search_has_thing(s, end) || search_is_joined(s, start, end);
	int less = p->weights[0] < HEARD_WEIGHT;

	/* 枞杨县居住证: in full, and only as it sounds or looks. */
	if (is_part(p) && !p->is_weak && (start == 0 || slot.is_strong) &&
	    (search_is_thing(s, end) || (slot.is_strong && slot.ahead)))
		return search_is_led(s, p, start) || p->n_chars > CHARS_MIN ? 2 : 1;
	/* 悠县居住证: by a rare sign that sounds the same. */
	if (is_brief(p) && !p->is_weak && (start == 0 || slot.is_strong) && search_is_thing(s, end))
		return 1;
	/* What is a word too is misspelt behind its city alone. */
	if ((p->is_weak || is_part(p) || is_brief(p)) && !search_is_led(s, p, start))
		return UNTOLD;
	if (search_is_led(s, p, start) || search_is_followed(s, p, end))
		return p->weights[0] >= CUED_WEIGHT || is_behind_city(s) ? 2 : UNTOLD;
	/* Of what fewer mean too many words remind: 房子 is not 坊子. */
	if (p->weights[0] < COUNTY_WEIGHT)
		return UNTOLD;
	if (slot.behind && is_followed)
		return 2;
	if (slot.behind && !less && p->candidates[0]->level == REGION_CITY &&
	    search_is_district_next(s->text, end))
		return 2;
	if (slot.behind && !less && cue_is_lived_in(&s->g->cues, s->text, end))
		return 2;
	if (slot.is_strong && slot.ahead)
		return 2 - (less && !cue_is_lived_in(&s->g->cues, s->text, end));
	if (is_long(p))
		return DEAREST;
	return end - start > CHARS_MIN && (slot.is_strong || is_followed) ? 2 - less : UNTOLD;
}

/* 合服居住证, 在合服上班; 长少望成区 */
static bool is_surely_city(const struct search *s, const struct place *p, uint32_t start,
			   uint32_t end)
{
	bool is_led = cue_leads(&s->g->cues, s->text, start);

	if (p->is_weak || p->candidates[0]->level != REGION_CITY || p->weights[0] < HEARD_WEIGHT)
		return false;
	if ((is_led && cue_is_lived_in(&s->g->cues, s->text, end)) ||
	    search_is_part_heard(s, p, end))
		return true;
	return is_led ? search_is_thing(s, end)
		      : start == 0 && term_hits_from(s->terms, end, end, true);
}

struct find {
	const struct place *place;
	int price;
	bool is_open; /* another one is as likely */
	bool is_rivalled; /* another one would be, if something paid for it: 宁渡 is 宁德 or 宁都 */
};

static void weigh(const struct search *s, const struct place *p, uint32_t start, uint32_t hole,
		  struct find *best)
{
	uint32_t end = start + p->n_chars, written = s->text->chars[start + hole];
	int price = han_is(written) ? price_of(s, written, p, hole) : NEVER, budget;
	bool is_better;

	if (price == NEVER || search_is_tail(s, p, start))
		return;
	budget = price == DEAREST && is_surely_city(s, p, start, end) ? DEAREST
								      : budget_of(s, p, start, end);
	if (price > budget) {
		best->is_rivalled = true;
		return;
	}
	if (best->place && price == best->price && p->weights[0] == best->place->weights[0] &&
	    p->candidates[0] != best->place->candidates[0])
		best->is_open = true;
	is_better = !best->place || price < best->price ||
		    (price == best->price && p->weights[0] > best->place->weights[0]);
	if (is_better)
		*best = (struct find){p, price, false, best->is_rivalled};
}

struct weighing {
	const struct search *s;
	uint32_t start;
	bool is_name;                    /* a name stands there, however short */
	struct find best[CHARS_MAX + 1]; /* of so many characters */
};

static void weigh_hole(void *data, const struct place *p, uint32_t hole)
{
	struct weighing *w = data;

	weigh(w->s, p, w->start, hole, &w->best[p->n_chars]);
}

static void ask_chain(const struct gazetteer *g, uint32_t at, uint32_t hole, hole_fn *fn,
		      void *data)
{
	for (; at; at = g->hole_places.items[at - 1].next)
		fn(data, &g->places[g->hole_places.items[at - 1].place], hole);
}

void gazetteer_each_hole(const struct gazetteer *g, const struct holes *h, const uint32_t *chars,
			 uint32_t n_chars, hole_fn *fn, void *data)
{
	uint32_t max = n_chars < CHARS_MAX ? n_chars : CHARS_MAX;
	uint32_t state = trie_step(&h->first, 0, chars[1]),
		 prefix = trie_step(&h->inside, 0, chars[0]);

	for (uint32_t n = 2; state; n++) {
		ask_chain(g, h->first.values[state], 0, fn, data);
		state = n < max ? trie_step(&h->first, state, chars[n]) : 0;
	}
	for (uint32_t hole = 1; prefix && hole < max; hole++) {
		state = trie_step(&h->inside, prefix, HOLE);
		for (uint32_t n = hole + 1; state; n++) {
			ask_chain(g, h->inside.values[state], hole, fn, data);
			state = n < max ? trie_step(&h->inside, state, chars[n]) : 0;
		}
		prefix = trie_step(&h->inside, prefix, chars[hole]);
	}
}

/* A word of a matter begins where a name from `start` on may end, or something leads to a name. */
static bool is_promising(const struct search *s, uint32_t start)
{
	if (term_hits_from(s->terms, start + CHARS_MIN, start + CHARS_MAX + OF_REACH, false) ||
	    (start == 0 && s->text->n_chars > CHARS_MIN))
		return true;
	if (s->n && s->found[s->n - 1].end == start)
		return true;
	return cue_leads(&s->g->cues, s->text, start);
}

static uint32_t find_misread(struct search *s, uint32_t start, uint32_t limit)
{
	struct weighing w = {.s = s, .start = start};
	const uint32_t *chars = s->text->chars + start;
	const struct find *best = w.best;

	gazetteer_each_hole(s->g, &s->g->holes, chars, limit - start, weigh_hole, &w);
	if (search_is_behind(s, start))
		gazetteer_each_hole(s->g, &s->g->part_holes, chars, limit - start, weigh_hole, &w);
	for (uint32_t n = CHARS_MAX; n >= CHARS_MIN; n--) {
		if (!best[n].place || best[n].is_open || search_is_term(s, start, start + n) ||
		    (best[n].is_rivalled && best[n].price == DEAREST) ||
		    cue_is_inside_word(&s->g->cues, s->text, start, start + n, CUE_NAME_MISSPELT))
			continue;
		search_add(s, best[n].place, start, start + n, true);
		return start + n;
	}
	return 0;
}

struct longer {
	const struct search *s;
	uint32_t start;
	bool is_word; /* what is written there has two characters or more */
	struct find best;
};

static void weigh_long(void *data, const struct place *p, uint32_t hole)
{
	struct longer *l = data;
	int price;

	/* 大兴安|全吗 */
	if (!is_long(p) || (hole + 1 == p->n_chars && l->is_word))
		return;
	price = price_of(l->s, l->s->text->chars[l->start + hole], p, hole);
	if (price != NEVER && (!l->best.place || price < l->best.price))
		l->best = (struct find){.place = p, .price = price};
}

uint32_t search_misread_long(struct search *s, const struct mention *written, uint32_t limit)
{
	struct longer l = {
	    .s = s, .start = written->start, .is_word = written->end - written->start >= CHARS_MIN};
	const struct place *p;

	if (written->start + LONG_CHARS > limit)
		return 0;
	gazetteer_each_hole(s->g, &s->g->holes, s->text->chars + written->start,
			    limit - written->start, weigh_long, &l);
	p = l.best.place;
	if (!p || written->start + p->n_chars <= written->end ||
	    p->candidates[0] == written->candidates[0])
		return 0;
	search_add(s, p, written->start, written->start + p->n_chars, true);
	return written->start + p->n_chars;
}

struct wider {
	const struct search *s;
	const struct mention *written;
	const struct place *best;
	bool is_open;
};

/* All but its first character is written, and that sounds the same. */
static void weigh_wider(void *data, const struct place *p, uint32_t hole)
{
	struct wider *w = data;
	uint32_t n = w->written->end - w->written->start;
	uint16_t sound = pinyin_of(w->s->text->chars[w->written->start - 1]);

	if (hole == 0 && p->n_chars == n + 1 && p->name->kind == REGION_NAME_FULL && sound &&
	    sound == pinyin_of(p->chars[0])) {
		w->is_open |= w->best && w->best->candidates[0] != p->candidates[0];
		w->best = p;
	}
}

bool search_misread_wide(struct search *s, const struct mention *written)
{
	struct wider w = {.s = s, .written = written};
	uint32_t start = written->start;

	/* 工厂|沙县, 能用|和县: what is in front of it must begin something. */
	if (start == 0 || written->end - start < CHARS_MIN ||
	    !(search_is_gap(s->text, start - 1) || cue_leads(&s->g->cues, s->text, start - 1)) ||
	    !han_is(s->text->chars[start - 1]) || (s->n && s->found[s->n - 1].end >= start) ||
	    cue_leads(&s->g->cues, s->text, start))
		return false;
	gazetteer_each_hole(s->g, &s->g->holes, s->text->chars + start - 1,
			    written->end - start + 1, weigh_wider, &w);
	if (!w.best || w.is_open)
		return false;
	search_add(s, w.best, start - 1, written->end, true);
	return true;
}

/* Asked at nearly every character, and nearly always told no. */
uint32_t search_misread(struct search *s, uint32_t start, uint32_t limit)
{
	if (start + CHARS_MIN > limit || !is_promising(s, start) ||
	    search_is_term(s, start, start + CHARS_MIN) ||
	    cue_is_other_word(&s->g->cues, s->text, start))
		return 0;
	return find_misread(s, start, limit);
}
