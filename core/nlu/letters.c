/* SPDX-License-Identifier: Apache-2.0 */
/*
 * letters.c - finding places typed in letters: zhengzhou, zai yi wu, Hong Kong, zz.
 *
 * Whole words are compared with the spelling of every name, so that jinan is 济南 whichever way it
 * is cut; inside a longer run (zhengzhoujuzhuzheng) its syllables are.
 */
#include "base/utf8.h"
#include "nlu/cue.h"
#include "nlu/gazetteer.h"
#include "text/pinyin.h"

#define ROW_MIN 2 /* cities before the one that is believed */
/* " haishi " */
#define JOIN_LETTERS 8
/* Of a county that no larger place is called after. */
#define PLAIN_WEIGHT 8
/* 罗湖 is spelt as 落户 is, and 喀什 as 卡是. */
#define LUOHU 440303
#define KASHI 653100

/* Two letters that stand for a city beside a word of a matter: "zz jzz zenme ban". */
static const struct {
	const char *letters, *id;
} city_letters[] = {
    {"zz", "410100"}, {"bj", "110000"}, {"gz", "440100"}, {"sz", "440300"}, {"hz", "330100"},
    {"nj", "320100"}, {"cd", "510100"}, {"cq", "500000"}, {"tj", "120000"}, {"wh", "420100"},
    {"xa", "610100"}, {"sh", "310000"}, {"xm", "350200"}, {"dg", "441900"}, {"fs", "440600"},
};

static const struct place *next_typed(const struct search *s, const struct place *p)
{
	return p->next_typed ? &s->g->places[p->next_typed - 1] : NULL;
}

static const struct place *next_heard(const struct search *s, const struct place *p)
{
	return p->next_heard ? &s->g->places[p->next_heard - 1] : NULL;
}

/* What people ask about beside the matters: dg luohu, yiwu jifen, taicang shebao. */
static const char *const things[] = {"luohu",      "luo hu",        "jifen",
				     "ji fen",     "shebao",        "she bao",
				     "yibao",      "yi bao",        "huzhao",
				     "ruhu",       "hukou",         "hu kou",
				     "huji",       "gongjijin",     "zizhi",
				     "yanglao",    "yiliao",        "nonghe",
				     "xin nonghe", "shiye baoxian", "shi ye bao xian",
				     "shiye jin",  "gongshang",     "shengyu",
				     "tuixiu",     "shenfenzheng",  "shenfen zheng",
				     "医保",       "社保",          "落户",
				     "积分",       "养老",          "入户",
				     "失业",       "户口",          "公积金",
				     "资质",       "身份证",        "退休"};

static bool is_before_thing(const struct search *s, uint32_t end)
{
	if (end >= s->text->n_chars)
		return false;
	if (s->text->chars[end] == ' ')
		end++;
	else if (!han_is(s->text->chars[end]))
		return false;
	return view_starts_any(text_part(s->text, end, s->text->n_chars), things,
			       sizeof(things) / sizeof(*things)) > 0;
}

/* Of the whole text, which is looked through once. */
static bool names_thing(const struct search *s)
{
	return s->has_thing;
}

static void find_thing(struct search *s)
{
	s->is_thing_told = true;
	s->has_thing = term_hits_have(s->terms, true) ||
		       view_has_any(text_part(s->text, 0, s->text->n_chars), things,
				    sizeof(things) / sizeof(*things));
}

/* yiwu de juzhuzheng, yiwu shi juzhuzheng, yiwu jzz */
static bool is_of_term(const struct search *s, uint32_t end)
{
	static const char *const between[] = {" de ", " shi ", " "};
	struct view rest = text_part(s->text, end, s->text->n_chars);

	for (size_t i = 0; i < sizeof(between) / sizeof(between[0]); i++)
		if (view_starts(rest, view_of(between[i]))) {
			end += (uint32_t)strlen(between[i]);
			break;
		}
	return term_hits_from(s->terms, end, end, false) || is_before_thing(s, end) ||
	       (end > 0 && is_before_thing(s, end - 1));
}

/* zai dongli shangban */
static bool is_lived_in(const struct search *s, uint32_t end)
{
	static const char *const what[] = {" shangban", " shang ban", " gongzuo", " dagong",
					   " da gong"};
	struct view rest = text_part(s->text, end, s->text->n_chars);

	return view_starts_any(rest, what, sizeof(what) / sizeof(what[0])) > 0;
}

/* qingwen weihai juzhuzheng: a question begins here. */
static bool is_asking(const struct search *s, uint32_t start)
{
	static const char *const leads[] = {"qingwen ", "qing wen ", "xiangwen ", "xiang wen ",
					    "zixun "};

	return start == 0 || view_ends_any(text_part(s->text, 0, start), leads,
					   sizeof(leads) / sizeof(leads[0])) > 0;
}

static bool is_begin(const struct search *s, uint32_t start)
{
	static const char *const selves[] = {"women ", "wo "};
	struct view behind = text_part(s->text, 0, start);

	if (is_asking(s, start))
		return true;
	for (size_t i = 0; i < sizeof(selves) / sizeof(selves[0]); i++)
		if (view_eq(behind, view_of(selves[i])))
			return true;
	return false;
}

/* qingdao yantai weihai: the last of several cities in a row. */
static bool is_in_row(const struct search *s, const struct place *p, uint32_t start)
{
	for (size_t back = 1; back <= ROW_MIN; back++) {
		const struct mention *m = s->n >= back ? &s->found[s->n - back] : NULL;

		if (!m || m->end + 1 != start || s->text->chars[m->end] != ' ' ||
		    m->candidates[0]->level != REGION_CITY)
			return false;
		start = m->start;
	}
	return p->candidates[0]->level == REGION_CITY;
}

/* yuelu 区 */
static bool is_kind_behind(const struct search *s, const struct place *p, uint32_t end)
{
	struct view behind;

	if (end < s->text->n_chars && s->text->chars[end] == ' ')
		end++;
	if (end >= s->text->n_chars || p->name->kind != REGION_NAME_SHORT)
		return false;
	behind = text_part(s->text, end, end + 1);
	return view_is(behind, "区") || view_is(behind, "县") || view_is(behind, "市")
		   ? view_ends(p->candidates[0]->name, behind)
		   : false;
}

/* ", wenling" at the end, ", wo shi wenling de": a clause of its own. */
static bool is_clause(const struct search *s, uint32_t start, uint32_t end)
{
	static const char *const selves[] = {",wo shi ", " wo shi ", " women shi ", " wo men shi "};
	static const char *const of[] = {" de", " 的", "的"};
	const uint32_t *chars = s->text->chars;
	struct view behind = text_part(s->text, 0, start),
		    ahead = text_part(s->text, end, s->text->n_chars);
	size_t self = view_ends_any(behind, selves, sizeof(selves) / sizeof(*selves)),
	       possessive = view_starts_any(ahead, of, sizeof(of) / sizeof(*of));

	/* What stands in front of it is no part of the word. */
	start -= self ? (uint32_t)self - 1 : 0;
	end += (uint32_t)utf8_count(view_sub(ahead, 0, possessive));
	if (start > 0 && chars[start - 1] == ' ')
		start--;
	if (start == 0 || chars[start - 1] != ',')
		return false;
	return search_is_over(s->text, end);
}

/* nali, zenme: what is asked of the place in front. */
static bool is_asked_of(const struct search *s, uint32_t end)
{
	static const char *const asks[] = {" nali ", " na li ", " nar ",    " zai na",  " gai ",
					   " ban ",  " zenme ", " zen me ", " you mei", " neng ",
					   " keyi ", " ke yi ", " xuyao ",  " xu yao ", " yao "};

	return view_starts_any(text_part(s->text, end, s->text->n_chars), asks,
			       sizeof(asks) / sizeof(*asks)) > 0;
}

/*
 * ", wenling", tongxiang这边; jiashan nali de chuangkou, where the question comes next; wo zai
 * jiashan, … and what is done or asked there.
 */
static bool stands_alone(const struct search *s, const struct place *p, uint32_t start,
			 uint32_t end)
{
	bool is_asked = is_asked_of(s, end);

	if (is_clause(s, start, end) || cue_is_lived_in(&s->g->cues, s->text, end))
		return true;
	if (is_asking(s, start) && (is_asked || is_of_term(s, end)))
		return true;
	return p->alike == ALIKE_NOTHING &&
	       (is_asked || end == s->text->n_chars || s->text->chars[end] == ',' ||
		is_lived_in(s, end)) &&
	       cue_before_letters(&s->g->cues, s->text, start);
}

/* The place that the word from `at` on spells; NULL: none. */
static const struct place *spelt_at(const struct search *s, uint32_t at)
{
	uint32_t sum = SPELLING_START, state;

	for (uint32_t to = letters_end(s->text, at); at < to; at++)
		sum = spelling_add(sum, s->text->chars[at]);
	state = trie_step(&s->g->typed, 0, sum);
	return state ? &s->g->places[s->g->typed.values[state] - 1] : NULL;
}

/*
 * weihai rongcheng, changde li xian: behind it stands a part of it. Of jian and xian only what is
 * surely no other word, or is named in full.
 */
static bool is_part_spelt(const struct search *s, const struct place *p, uint32_t end)
{
	struct spelt all[SPELT_MOST];
	size_t n;

	if (end + 1 >= s->text->n_chars || s->text->chars[end] != ' ')
		return false;
	n = search_spelt(s, end + 1, (uint32_t)s->text->n_chars, all);
	for (size_t i = 0; i < n; i++)
		for (const struct place *part = all[i].place; part; part = next_typed(s, part)) {
			bool is_full = part->name->kind == REGION_NAME_FULL;

			if (places_are_near(part, p) &&
			    (is_full || part->name->kind == REGION_NAME_SHORT) &&
			    (p->alike != ALIKE_MUCH || is_full || part->alike == ALIKE_NOTHING) &&
			    search_is_cut_well(s, part, end + 1, all[i].end, all[i].n_words))
				return true;
		}
	return false;
}

/* hainan he guangdong: what is joined to it is a place. */
static bool is_joined_ahead(const struct search *s, uint32_t end)
{
	const uint32_t *chars = s->text->chars, n_chars = (uint32_t)s->text->n_chars;
	uint32_t from = end, at = cue_join_end(&s->g->cues, s->text, end);
	const struct place *other;

	/* A blank is left out in front of 和. */
	if (at == end && end < n_chars && chars[end] == ' ')
		at = cue_join_end(&s->g->cues, s->text, ++from);
	if (at == from || at >= n_chars ||
	    (char_is_letter(chars[at - 1]) && (chars[end] != ' ' || chars[at] != ' ')))
		return false;
	at += chars[at] == ' ';
	other = spelt_at(s, at);
	return other && other->weights[0] >= HEARD_WEIGHT;
}

/* Nothing but a place stands there: alone at the end, what a question begins with, tongxiang这边.
 */
static bool is_set_apart(const struct search *s, const struct place *p, uint32_t start,
			 uint32_t end)
{
	const struct mention *last = s->n ? &s->found[s->n - 1] : NULL;

	if (p->is_weak || p->weights[0] < PLAIN_WEIGHT ||
	    (p->alike == ALIKE_WORD && p->weights[0] < HEARD_WEIGHT))
		return false;
	/* ben ren qu ban ma: what few mean is one word. */
	for (uint32_t i = start; i < end && p->weights[0] < CUED_WEIGHT; i++)
		if (s->text->chars[i] == ' ')
			return false;
	/* zhengzhou he xinxiang */
	if (last && last->end + JOIN_LETTERS >= start &&
	    cue_joins(&s->g->cues, s->text, last->end, start))
		return true;
	return stands_alone(s, p, start, end) && names_thing(s) &&
	       !cue_is_other_word(&s->g->cues, s->text, start);
}

/* anhui funan, funan de yibao: what was named once is named again. */
static bool is_named_before(const struct search *s, const struct place *p)
{
	for (size_t i = 0; i < s->n; i++)
		for (size_t j = 0; j < p->n; j++)
			if (s->found[i].candidates[0] == p->candidates[j])
				return true;
	return false;
}

/* jifen luohu, shenzhen luohu tiaojian: 落户, though 罗湖 lies there. */
static bool is_settling(const struct search *s, const struct place *p, uint32_t end)
{
	static const char *const settling[] = {"jifen",     "ji fen", "points", "tiaojian",
					       "tiao jian", "rencai", "benke",  "dazhuan",
					       "bachelor",  "degree", "xueli",  "yingjie"};

	return p->candidates[0]->code == LUOHU &&
	       !view_starts(text_part(s->text, end, s->text->n_chars), VIEW(" qu")) &&
	       view_has_any(text_part(s->text, 0, s->text->n_chars), settling,
			    sizeof(settling) / sizeof(*settling));
}

/* Letters are no proof; how much more it takes depends on how well the place is known. */
static bool is_believed(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	bool is_near =
	    search_is_led(s, p, start) || search_is_followed(s, p, end) || is_part_spelt(s, p, end);
	bool is_apart = !s->n || s->found[s->n - 1].end + 1 < start;
	enum cue_letters cue = CUE_LETTERS_NONE;

	if (is_settling(s, p, end))
		return false;

	/* yanta qu luohu: qu is the district, not 去. */
	if (is_apart)
		cue = cue_before_letters(&s->g->cues, s->text, start);
	if (((char_is_letter(p->chars[0]) || is_named_before(s, p)) && p->alike == ALIKE_NOTHING) ||
	    is_kind_behind(s, p, end))
		return true;
	/* zai rizhao gai: what is a word too is none that is typed there. */
	if (p->is_weak && p->name->kind == REGION_NAME_SHORT &&
	    p->candidates[0]->level == REGION_CITY && p->alike == ALIKE_NOTHING && names_thing(s) &&
	    stands_alone(s, p, start, end))
		return true;
	if (p->is_weak && p->name->kind == REGION_NAME_SHORT)
		return search_is_led(s, p, start) || is_part_spelt(s, p, end) ||
		       (p->weights[0] >= HEARD_WEIGHT && is_of_term(s, end) &&
			(cue == CUE_LETTERS_IN || is_begin(s, start)));
	if (p->name->kind == REGION_NAME_APP)
		return p->alike == ALIKE_NOTHING;
	if (p->alike == ALIKE_MUCH)
		return cue == CUE_LETTERS_ENGLISH ||
		       (is_begin(s, start) && p->weights[0] >= HEARD_WEIGHT && is_of_term(s, end));
	if (is_near || is_in_row(s, p, start) ||
	    (p->candidates[0]->level == REGION_PROVINCE && is_joined_ahead(s, end)))
		return true;
	/* zhengding xian: in full, and something is asked for. */
	if (is_apart && p->name->kind == REGION_NAME_FULL && p->n_chars >= 3 &&
	    p->alike == ALIKE_NOTHING && names_thing(s))
		return true;
	if (is_set_apart(s, p, start, end))
		return true;
	/* nanchang xian, qingdao shinan qu: what fewer mean is only believed so. */
	if (p->weights[0] < CUED_WEIGHT || p->is_weak)
		return false;
	if (cue == CUE_LETTERS_ENGLISH)
		return true;
	/* weihai juzhuzheng: a question does not begin with 危害. */
	if (p->alike == ALIKE_WORD)
		return cue == CUE_LETTERS_IN
			   ? p->weights[0] >= HEARD_WEIGHT || is_lived_in(s, end)
			   : is_begin(s, start) && p->weights[0] >= HEARD_WEIGHT &&
				 is_of_term(s, end) &&
				 !cue_is_other_word(&s->g->cues, s->text, start);
	return p->weights[0] >= HEARD_WEIGHT || cue == CUE_LETTERS_IN ||
	       (p->weights[0] >= CUED_WEIGHT && is_of_term(s, end)) ||
	       ((p->weights[0] >= TYPED_WEIGHT || is_begin(s, start)) && names_thing(s));
}

bool search_is_cut_well(const struct search *s, const struct place *p, uint32_t start, uint32_t end,
			uint32_t n_words)
{
	uint16_t syllables[32];
	uint32_t at = start, n = p->n_chars;

	/* yibao ka shi 上海 de: 卡是 */
	if (n_words == 2 && p->candidates[0]->code == KASHI)
		return false;
	if (n_words == 1 || n > 3 || char_is_letter(p->chars[0]) ||
	    (n == 3 && p->name->kind == REGION_NAME_SHORT))
		return true;
	pinyin_text(p->chars, n, syllables);
	for (uint32_t i = 0; i < n; i++) {
		at += (uint32_t)strlen(pinyin_spell(syllables[i]));
		/* weihai shi: the stem may be one word. */
		if (i + 2 < n && n_words == 2)
			continue;
		if (at != end && at < s->text->n_chars && char_is_letter(s->text->chars[at]))
			return false;
		if (at < end)
			at++;
	}
	return true;
}

/* One of all that is spelt the same. */
static bool is_one_believed(const struct search *s, const struct place *p, uint32_t start,
			    uint32_t end, uint32_t n_words)
{
	for (; p; p = next_typed(s, p))
		if (search_is_cut_well(s, p, start, end, n_words) && is_believed(s, p, start, end))
			return true;
	return false;
}

void search_add_typed(struct search *s, const struct place *first, uint32_t start, uint32_t end)
{
	const struct region **candidates;
	size_t n = 0, max = 0;
	struct mention *m;
	uint8_t *weights;

	for (const struct place *p = first; p; p = next_typed(s, p))
		max += p->n;
	candidates = ARENA_ARRAY(s->arena, max, const struct region *);
	weights = ARENA_ARRAY(s->arena, max, uint8_t);
	for (const struct place *p = first; p; p = next_typed(s, p)) {
		/* What is a word too, or what few mean, is one more reading only behind its city.
		 */
		if (p != first &&
		    (p->is_weak ||
		     (p->weights[0] < CUED_WEIGHT && first->weights[0] >= CUED_WEIGHT)) &&
		    !search_is_led(s, p, start))
			continue;
		for (size_t i = 0; i < p->n; i++) {
			size_t at = n++;

			for (; at > 0 && weights[at - 1] < p->weights[i]; at--) {
				weights[at] = weights[at - 1];
				candidates[at] = candidates[at - 1];
			}
			weights[at] = p->weights[i];
			candidates[at] = p->candidates[i];
		}
	}
	search_add(s, first, start, end, !char_is_letter(first->chars[0]));
	m = &s->found[s->n - 1];
	m->candidates = candidates;
	m->weights = weights;
	m->n_candidates = n;
}

/* beijing lu 88 hao, nanjing lu buxingjie */
static bool is_street_behind(const struct search *s, uint32_t end)
{
	static const char *const streets[] = {" lu", " jie"};
	static const char *const behind[] = {" buxing", " fujin", " paichusuo", " shequ",
					     " nabian", " zhe",   ",",          "-"};
	struct view rest = text_part(s->text, end, s->text->n_chars);

	for (size_t i = 0; i < sizeof(streets) / sizeof(streets[0]); i++) {
		uint32_t at = end + (uint32_t)strlen(streets[i]);
		struct view next;

		if (!view_starts(rest, view_of(streets[i])))
			continue;
		next = text_part(s->text, at, s->text->n_chars);
		if (next.len == 0 ||
		    view_starts_any(next, behind, sizeof(behind) / sizeof(*behind)))
			return true;
		if (at + 1 < s->text->n_chars && s->text->chars[at] == ' ' &&
		    char_is_digit(s->text->chars[at + 1]))
			return true;
	}
	return false;
}

/* linyi县: of all that is spelt so the only one that is called so in full; NULL: none, or several.
 */
static const struct place *in_full(const struct search *s, const struct place *first, uint32_t kind)
{
	const struct place *only = NULL;

	for (const struct place *p = first; p; p = next_typed(s, p)) {
		uint32_t state = 0;

		for (uint32_t i = 0; i < p->n_chars && (i == 0 || state); i++)
			state = trie_step(&s->g->exact, state, p->chars[i]);
		state = state ? trie_step(&s->g->exact, state, kind) : 0;
		if (!state || !s->g->exact.values[state])
			continue;
		if (only && only != &s->g->places[s->g->exact.values[state] - 1])
			return NULL;
		only = &s->g->places[s->g->exact.values[state] - 1];
	}
	return only;
}

size_t search_spelt(const struct search *s, uint32_t start, uint32_t limit,
		    struct spelt out[SPELT_MOST])
{
	uint32_t sum = SPELLING_START, n_words = 0;
	const uint32_t *chars = s->text->chars;
	size_t n = 0;

	for (uint32_t i = start; n_words < SPELT_MOST && i < limit && char_is_letter(chars[i]);) {
		uint32_t end = letters_end(s->text, i), state;

		while (i < end)
			sum = spelling_add(sum, chars[i++]);
		n_words++;
		state = trie_step(&s->g->typed, 0, sum);
		if (state && end <= limit)
			out[n++] = (struct spelt){&s->g->places[s->g->typed.values[state] - 1], end,
						  n_words};
		if (i < s->text->n_chars &&
		    (chars[i] == ' ' || chars[i] == '\'' || chars[i] == '-'))
			i++;
	}
	return n;
}

/* What is spelt so in [start, end); gives the end with its kind. */
static uint32_t add_spelt(struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	const uint32_t *chars = s->text->chars;
	const struct place *full =
	    end < s->text->n_chars && han_is(chars[end]) ? in_full(s, p, chars[end]) : NULL;

	if (full)
		search_add(s, full, start, ++end, true);
	else
		search_add_typed(s, p, start, end);
	return end;
}

/* The longest name that whole words from `start` on spell; gives its end, or 0. */
static uint32_t find_words(struct search *s, uint32_t start, uint32_t limit)
{
	struct spelt all[SPELT_MOST];
	size_t n = search_spelt(s, start, limit, all);

	while (n-- > 0) {
		const struct place *p = all[n].place;

		/* xi an is no 先 any more. */
		if (!is_one_believed(s, p, start, all[n].end, all[n].n_words) &&
		    !(all[n].n_words == 2 && p->alike == ALIKE_MUCH && p->n_chars == 2 &&
		      p->weights[0] >= HEARD_WEIGHT))
			continue;
		return is_street_behind(s, all[n].end) ? 0 : add_spelt(s, p, start, all[n].end);
	}
	return 0;
}

static bool sounds_exactly(const struct search *s, const struct place *p, size_t from)
{
	uint16_t syllables[32];

	pinyin_text(p->chars, p->n_chars, syllables);
	for (uint32_t i = 0; i < p->n_chars; i++)
		if (s->sounds->items[from + i].syllable != syllables[i])
			return false;
	return true;
}

/* wozaikunshan: in the same run */
static bool is_led_in_run(const struct search *s, size_t from)
{
	static const char *const leads[] = {"zai", "dao", "cong", "lai", "qu"};
	const struct sound *before = from ? &s->sounds->items[from - 1] : NULL;

	if (!before || !before->is_typed || before->end != s->sounds->items[from].start)
		return false;
	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++)
		if (view_is(view_of(pinyin_spell(before->syllable)), leads[i]))
			return true;
	return false;
}

/* beijinglu 88 hao: the run ends with the word for a street. */
static bool is_street(const struct search *s, size_t at)
{
	static const char *const streets[] = {"lu", "jie"};
	const struct sound *x = &s->sounds->items[at];
	uint32_t end;

	if (at >= s->sounds->n || !x->is_typed || x->start != x[-1].end)
		return false;
	end = letters_end(s->text, x->start);
	for (size_t i = 0; i < sizeof(streets) / sizeof(streets[0]); i++)
		if (view_is(text_part(s->text, x->start, end), streets[i]))
			return true;
	return false;
}

/* yiwujuzhuzheng: the run begins with it, and a word of a matter follows. */
static bool is_thing_next(const struct search *s, size_t from, size_t last)
{
	const struct sound *items = s->sounds->items;

	return (items[from].start == 0 || !char_is_letter(s->text->chars[items[from].start - 1])) &&
	       term_hits_from(s->terms, items[last].end, items[last].end, true);
}

/* dezhoulaoling: in the same run behind a place, and with what ends the run, a part of it. */
static size_t find_part_inside(struct search *s, size_t from, uint32_t limit)
{
	const struct sound *items = s->sounds->items;
	const struct place *best = NULL;
	uint32_t sum = SPELLING_START;
	size_t end = from;

	if (!s->n || s->found[s->n - 1].end != items[from].start)
		return from;
	for (size_t i = from; i < s->sounds->n && items[i].is_typed && items[i].end <= limit &&
			      (i == from || items[i].start == items[i - 1].end);
	     i++) {
		uint32_t state;

		for (uint32_t at = items[i].start; at < items[i].end; at++)
			sum = spelling_add(sum, s->text->chars[at]);
		if (items[i].end != letters_end(s->text, items[i].start) &&
		    !term_hits_from(s->terms, items[i].end, items[i].end, true))
			continue;
		state = trie_step(&s->g->typed, 0, sum);
		for (uint32_t at = state ? s->g->typed.values[state] : 0; at;
		     at = s->g->places[at - 1].next_typed)
			if (search_is_led(s, &s->g->places[at - 1], items[from].start)) {
				best = &s->g->places[at - 1];
				end = i + 1;
				break;
			}
	}
	if (best)
		search_add(s, best, items[from].start, items[end - 1].end, true);
	return end;
}

/* Syllables of one run of letters that are not all of it; only what is known well. */
static size_t find_inside(struct search *s, size_t from, uint32_t limit)
{
	const struct sound *items = s->sounds->items;
	const struct place *best = NULL;
	uint32_t state = 0;
	size_t end = from;
	int least = is_led_in_run(s, from) ? COUNTY_WEIGHT : HEARD_WEIGHT, enough;

	end = find_part_inside(s, from, limit);
	if (end > from)
		return end;
	for (size_t i = from; i < s->sounds->n && items[i].syllable && items[i].end <= limit &&
			      (i == from || items[i].start == items[i - 1].end);
	     i++) {
		state = trie_step(&s->g->sound, state, items[i].fuzzy);
		if (!state || !items[i].is_typed)
			break;
		if (!s->g->sound.values[state])
			continue;
		enough = is_thing_next(s, from, i) ? COUNTY_WEIGHT : least;
		for (const struct place *p = &s->g->places[s->g->sound.values[state] - 1];
		     p && p->weights[0] >= enough; p = next_heard(s, p))
			if (!p->is_weak && p->alike == ALIKE_NOTHING &&
			    sounds_exactly(s, p, from)) {
				best = p;
				end = i + 1;
				break;
			}
	}
	if (!best || is_street(s, end) || is_street_behind(s, items[end - 1].end) ||
	    cue_is_other_word(&s->g->cues, s->text, items[from].start))
		return from;
	search_add(s, best, items[from].start, items[end - 1].end, true);
	return end;
}

static const struct place *letters_place(const struct search *s, const struct sound *x)
{
	struct view run = text_part(s->text, x->start, x->end);

	if (x->syllable || run.len != 2 ||
	    !(term_hits_have(s->terms, true) || is_before_thing(s, x->end)))
		return NULL;
	for (size_t i = 0; i < sizeof(city_letters) / sizeof(city_letters[0]); i++)
		if (view_is(run, city_letters[i].letters))
			return s->g->letters[i];
	return NULL;
}

size_t search_typed(struct search *s, size_t from, uint32_t limit)
{
	const struct sound *x = &s->sounds->items[from];
	bool is_start = x->start == 0 || !char_is_letter(s->text->chars[x->start - 1]);
	const struct place *p;
	uint32_t end;

	if (!s->is_thing_told)
		find_thing(s);
	if (is_start) {
		end = find_words(s, x->start, limit);
		if (end) {
			while (from < s->sounds->n && s->sounds->items[from].start < end)
				from++;
			return from;
		}
		p = letters_place(s, x);
		if (p) {
			search_add(s, p, x->start, x->end, true);
			return from + 1;
		}
	}
	return find_inside(s, from, limit);
}

void gazetteer_link_letters(struct gazetteer *g, const struct region_table *table)
{
	for (size_t i = 0; i < sizeof(city_letters) / sizeof(city_letters[0]); i++) {
		const struct region *r = region_find(table, view_of(city_letters[i].id));

		for (size_t j = 0; r && j < g->n_places && !g->letters[i]; j++)
			if (g->places[j].candidates[0] == r &&
			    g->places[j].name->kind == REGION_NAME_SHORT)
				g->letters[i] = &g->places[j];
	}
}
