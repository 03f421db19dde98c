/* SPDX-License-Identifier: Apache-2.0 */
/* letters-belief.c - whether what is typed in letters means the place that it spells. */
#include "base/utf8.h"
#include "nlu/cue.h"
#include "nlu/letters.h"

#define WHOLE_LEAST 2 /* whole words of a text whose blanks part words, not syllables */
#define ROW_MIN     2 /* cities before the one that is believed */
/* " haishi " */
#define JOIN_LETTERS 8
/* Of a county that no larger place is called after. */
#define PLAIN_WEIGHT 8
#define XIAN         0x53bf /* 县 */
/* 罗湖 is spelt as 落户 is. */
#define LUOHU 440303

/* What people ask about beside the matters: dg luohu, yiwu jifen, taicang shebao. */
static const char *const things[] = {"luohu",        "luo hu",        "jifen",
				     "ji fen",       "shebao",        "she bao",
				     "yibao",        "yi bao",        "huzhao",
				     "ruhu",         "hukou",         "hu kou",
				     "huji",         "gongjijin",     "zizhi",
				     "yanglao",      "yiliao",        "nonghe",
				     "xin nonghe",   "shiye baoxian", "shi ye bao xian",
				     "shiye jin",    "gongshang",     "shengyu",
				     "tuixiu",       "shenfenzheng",  "shenfen zheng",
				     "医保",         "社保",          "落户",
				     "积分",         "养老",          "入户",
				     "zhizhao",      "kai gongsi",    "kaigongsi",
				     "zhuce gongsi", "gongsi zhuce",  "ban gongsi",
				     "rencai",       "ren cai",       "xukezheng",
				     "gongsi",       "gong si",       "qiye",
				     "getihu",       "yingyezhi",     "yingye zhi",
				     "失业",         "户口",          "公积金",
				     "资质",         "身份证",        "退休"};

/* heyuanybk, heyuan yb: the word from `at` on is what people write short. */
static bool is_short_form(const struct search *s, uint32_t at)
{
	return sound_is_short_form(text_part(s->text, at, sounds_word_end(s->sounds, s->text, at)));
}

/* Runs of letters that have more than one syllable. */
static size_t whole_words(const struct search *s)
{
	const struct sound *items = s->sounds->items;
	size_t n = 0;

	for (size_t i = 1; i < s->sounds->n; i++)
		n += items[i].syllable && items[i].is_typed && items[i - 1].is_typed &&
		     items[i].start == items[i - 1].end &&
		     (i < 2 || !items[i - 2].is_typed || items[i - 2].end != items[i - 1].start);
	return n;
}

bool letters_are_parted(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	/* jishishan xian is called so in short. */
	if ((p->name->kind != REGION_NAME_SHORT && p->name->kind != REGION_NAME_NICKNAME) ||
	    p->chars[p->n_chars - 1] == XIAN)
		return false;
	for (uint32_t i = start; i < end; i++)
		if (s->text->chars[i] == ' ')
			return whole_words(s) >= WHOLE_LEAST;
	return false;
}

bool letters_are_before_thing(const struct search *s, uint32_t end)
{
	const uint32_t *chars = s->text->chars, n_chars = (uint32_t)s->text->n_chars;
	bool is_blank = end < n_chars && chars[end] == ' ';

	end += is_blank;
	if (end >= n_chars)
		return false;
	if (is_short_form(s, end))
		return true;
	return (is_blank || han_is(chars[end])) &&
	       view_starts_any(text_part(s->text, end, n_chars), things,
			       sizeof(things) / sizeof(*things)) > 0;
}

/* 有限公司, 监理资质, 城乡居民, 户口想, 高龄补贴, 全程网办, 背景调查: however they are parted. */
static const char *const phrases[] = {
    "youxiangongsi", "youxianze",         "youxianhehuo",      "youxianquan",   "jianligongsi",
    "jianlizizhi",   "jianliqiye",        "jianligongcheng",   "jianlidanwei",  "chengxiangjumin",
    "chengxiangyi",  "chengxiangyanglao", "chengxiangjianshe", "hukouxiang",    "gaolingbu",
    "gaolinglao",    "gaolingfu",         "quanchengwang",     "quanchengdian", "quanchengzai",
    "quanchengban",  "beijingdiaocha"};

bool letters_are_phrase(const struct search *s, uint32_t start)
{
	const uint32_t *chars = s->text->chars;

	for (size_t i = 0; i < sizeof(phrases) / sizeof(*phrases); i++) {
		const char *rest = phrases[i];

		for (uint32_t at = start; *rest && at < s->text->n_chars; at++)
			if (chars[at] == (unsigned char)*rest)
				rest++;
			else if (chars[at] != ' ')
				break;
		if (!*rest)
			return true;
	}
	return false;
}

/* Of the whole text, which is looked through once. */
static bool names_thing(const struct search *s)
{
	return s->has_thing;
}

static bool has_short_form(const struct search *s)
{
	for (size_t i = 0; i < s->sounds->n; i++) {
		const struct sound *x = &s->sounds->items[i];

		if (x->is_typed && !x->syllable &&
		    sound_is_short_form(text_part(s->text, x->start, x->end)))
			return true;
	}
	return false;
}

void letters_find_thing(struct search *s)
{
	s->is_thing_told = true;
	s->has_thing = term_hits_have(s->terms, true) || has_short_form(s) ||
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
	return term_hits_from(s->terms, end, end, false) || letters_are_before_thing(s, end) ||
	       (end > 0 && letters_are_before_thing(s, end - 1));
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
	static const char *const leads[] = {
	    "qingwen ",      "qing wen ",    "xiangwen ",    "xiang wen ",  "zixun ",
	    "gaosu wo ",     "gao su wo ",   "wen yixia ",   "wen yi xia ", "wen xia ",
	    "xiang zhidao ", "xiangzhidao ", "bang wo cha ", "bangwo cha ", "bang wo kankan "};

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

/* zhuxiao changde gongsi, ban xian juzhuzheng: a question begins here, or what is to be done. */
static bool is_begun(const struct search *s, uint32_t start)
{
	static const char *const does[] = {" ban ",      " banli ",    " ban li ",   " cha ",
					   " chaxun ",   " zhuce ",    " zhu ce ",   " zhuxiao ",
					   " zhu xiao ", " shenqing ", " shen qing "};

	return is_begin(s, start) || ENDS(text_part(s->text, 0, start), does);
}

/* qingdao yantai weihai: the last of several cities in a row. */
static bool is_in_row(const struct search *s, const struct place *p, uint32_t start)
{
	for (size_t back = 1; back <= ROW_MIN; back++) {
		const struct mention *m = s->n >= back ? &s->found[s->n - back] : NULL;

		if (!m || m->end + 1 != start ||
		    (s->text->chars[m->end] != ' ' && s->text->chars[m->end] != ',') ||
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
	static const char *const asks[] = {" nali ",   " na li ",  " nar ",   " zai na",
					   " gai ",    " ban ",    " zenme ", " zen me ",
					   " you mei", " neng ",   " keyi ",  " ke yi ",
					   " xuyao ",  " xu yao ", " yao ",   " kai "};

	return view_starts_any(text_part(s->text, end, s->text->n_chars), asks,
			       sizeof(asks) / sizeof(*asks)) > 0;
}

/* xuanhan de yibao, xuanhan de jzz */
static bool is_thing_of(const struct search *s, uint32_t end)
{
	return view_starts(text_part(s->text, end, s->text->n_chars), VIEW(" de ")) &&
	       is_of_term(s, end);
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
	if (p->alike != ALIKE_NOTHING)
		return false;
	/* laojia xuyi yibao: whatever is asked of it */
	if (cue_is_home(&s->g->cues, s->text, start) || is_thing_of(s, end))
		return true;
	return (is_asked || end == s->text->n_chars || s->text->chars[end] == ',' ||
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
		for (const struct place *part = all[i].place; part;
		     part = place_next_typed(s, part)) {
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
	       (!term_hits_have(s->terms, true) ||
		view_has_any(text_part(s->text, 0, s->text->n_chars), settling,
			     sizeof(settling) / sizeof(*settling)));
}

/* bu shi wuhan, shi yichang: what is set against another. */
static bool is_set_against(const struct search *s, uint32_t start)
{
	static const char *const denied[] = {"bu shi ", "bushi ", "bu si ",
					     "不是",    "budui",  "bu dui"};
	struct view behind = text_part(s->text, 0, start);

	return s->n && view_ends(behind, VIEW("shi ")) && HOLDS(behind, denied) &&
	       !ENDS(behind, denied);
}

/* Everybody knows it. */
static bool is_city_known(const struct place *p)
{
	return p->weights[0] >= HEARD_WEIGHT && p->candidates[0]->level == REGION_CITY &&
	       !p->is_weak;
}

/* xiangyang yichang juzhuzheng: two cities, the thing behind them. */
static bool is_of_two(const struct search *s, const struct place *p, uint32_t start, uint32_t end)
{
	const struct mention *last = s->n ? &s->found[s->n - 1] : NULL;
	const struct place *next;
	struct spelt all[SPELT_MOST];

	if (!is_city_known(p) || end + 1 >= s->text->n_chars || s->text->chars[end] != ' ')
		return false;
	if (last && last->end + 1 == start && is_city_known(last->place))
		return is_of_term(s, end);
	if (!is_begun(s, start) || search_spelt(s, end + 1, (uint32_t)s->text->n_chars, all) == 0)
		return false;
	next = all[0].place;
	return is_city_known(next) && is_of_term(s, all[0].end);
}

/* na ji yang zhengjian; but kun shan juzhuzheng, zhu kun shan */
static bool is_two_words(const struct search *s, const struct place *p, uint32_t start,
			 uint32_t end)
{
	static const char *const leads[] = {"zhu ", "zhuzai ", "zhu zai ",
					    " he ", " gen ",   " shi "};

	return p->weights[0] < HEARD_WEIGHT && !is_begin(s, start) && !is_of_term(s, end) &&
	       !ENDS(text_part(s->text, 0, start), leads) && letters_are_parted(s, p, start, end);
}

bool letters_are_believed(const struct search *s, const struct place *p, uint32_t start,
			  uint32_t end)
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
	if (is_apart && cue == CUE_LETTERS_NONE && is_set_against(s, start))
		cue = CUE_LETTERS_IN;
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
			(cue == CUE_LETTERS_IN || is_begun(s, start)));
	if (p->name->kind == REGION_NAME_APP)
		return p->alike == ALIKE_NOTHING;
	if (p->alike == ALIKE_MUCH)
		return cue == CUE_LETTERS_ENGLISH ||
		       (is_begun(s, start) && p->weights[0] >= HEARD_WEIGHT && is_of_term(s, end));
	if (is_near || is_in_row(s, p, start) ||
	    (p->candidates[0]->level == REGION_PROVINCE && is_joined_ahead(s, end)))
		return true;
	/* zhengding xian: in full, and something is asked for. */
	if (is_apart && p->name->kind == REGION_NAME_FULL && p->n_chars >= 3 &&
	    p->alike == ALIKE_NOTHING && names_thing(s))
		return true;
	if (cue == CUE_LETTERS_NONE && is_two_words(s, p, start, end))
		return false;
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
			   : ((is_begun(s, start) && p->weights[0] >= HEARD_WEIGHT &&
			       is_of_term(s, end)) ||
			      is_of_two(s, p, start, end)) &&
				 !cue_is_other_word(&s->g->cues, s->text, start);
	return p->weights[0] >= HEARD_WEIGHT || cue == CUE_LETTERS_IN ||
	       (p->weights[0] >= CUED_WEIGHT && is_of_term(s, end)) ||
	       ((p->weights[0] >= TYPED_WEIGHT || is_begin(s, start)) && names_thing(s));
}
