/* SPDX-License-Identifier: Apache-2.0 */
/* doubt.c - names that no rule takes for a place: which are looked at, and which are taken. */
#include "nlu/doubt.h"

#include "nlu-places.h"

/* What the rules have found, and what is in doubt behind that. */
struct looked {
	struct question q;
	struct mention found[LIMIT_MENTIONS];
	struct search s;
	struct doubt all[DOUBTS_MOST];
	size_t n;
};

static void look(const char *question, struct looked *ret)
{
	read_question(question, &ret->q);
	ret->s = (struct search){.arena = &arena,
				 .g = gazetteer,
				 .text = &ret->q.text,
				 .sounds = &ret->q.sounds,
				 .terms = &ret->q.terms,
				 .found = ret->found,
				 .max = LIMIT_MENTIONS};
	gazetteer_search(&ret->s);
	ret->n = doubts_list(&ret->s, ret->all);
}

static const struct doubt *find(const struct looked *l, const char *id)
{
	for (size_t i = 0; i < l->n; i++)
		if (view_is(l->all[i].place->candidates[0]->id, id))
			return &l->all[i];
	return NULL;
}

static void in_doubt(const char *question, const char *id, enum doubt_kind kind)
{
	static struct looked l;
	const struct doubt *d;

	look(question, &l);
	d = find(&l, id);
	ok(d && d->kind == kind, "'%s' may speak of %s", question, id);
}

static void no_doubt(const char *question, const char *id)
{
	static struct looked l;

	look(question, &l);
	ok(!find(&l, id), "'%s' does not speak of %s", question, id);
}

static void kinds(void)
{
	in_doubt("听说永慷很热", "330784", DOUBT_SOUND);
	in_doubt("听说温林很热", "331081", DOUBT_FUZZY);
	in_doubt("听说廷安很热", "610600", DOUBT_SHAPE);
	in_doubt("听说乌鲁大齐很热", "650100", DOUBT_REST);
	in_doubt("听说怡星很热", "320282", DOUBT_HEARD);
	in_doubt("听说明光很热", "341182", DOUBT_WORD);
	in_doubt("tingshuo yangshuo hen re", "450321", DOUBT_LETTERS);
	in_doubt("tingshuo yang shuo hen re", "450321", DOUBT_LETTERS);
	no_doubt("cha yu'e", "540425");
	no_doubt("在永康办居住证", "330784");
	no_doubt("在永慷办居住证，永康", "330783");
}

static bool are_same(const uint16_t *a, size_t n_a, const uint16_t *b, size_t n_b)
{
	return n_a == n_b && memcmp(a, b, n_a * sizeof(*a)) == 0;
}

static void pieces(void)
{
	struct doubt_pieces seen, elsewhere, other;
	static struct looked l;

	look("听说永慷很热", &l);
	doubt_describe(&l.s, l.all, l.n, 0, &seen);
	ok(seen.n_firm < DOUBT_FIRM_MAX && seen.n_grams < DOUBT_GRAM_MAX, "there is room left");
	look("在永慷办居住证", &l);
	doubt_describe(&l.s, l.all, l.n, 0, &elsewhere);
	ok(!are_same(seen.grams, seen.n_grams, elsewhere.grams, elsewhere.n_grams),
	   "what stands around a name tells");
	ok(doubt_margin(&elsewhere) > doubt_margin(&seen), "... for it or against it");
	look("听说养慷很热", &l);
	ok(l.n == 0, "what shares nothing with a name is none");
	look("听说永糠很热", &l);
	doubt_describe(&l.s, l.all, l.n, 0, &other);
	ok(!are_same(seen.firm, seen.n_firm, other.firm, other.n_firm), "so does what is written");
}

static uint32_t class_of(const char *word)
{
	struct question q;

	read_question(word, &q);
	return doubt_word_class(q.text.chars, (uint32_t)q.text.n_chars);
}

static void words(void)
{
	is_int(class_of("中央"), 3, "what sounds like a place may be a common word");
	ok(class_of("糊口") > 0 && class_of("糊口") < 3, "... or a rarer one");
	is_int(class_of("永慷"), 0, "... or none");
}

static void settled(void)
{
	/* One wrong character, by sound and by looks. */
	asks("永慷居住证怎么办", "330784");
	asks("廷安的医保怎么交", "610600");
	asks("我在滕洲打工，居住证去哪办", "370481");
	asks("义鸟这边补办居住证要几天", "330782");
	asks("请问荷泽的居住证几天能拿", "371700");
	/* Words. */
	asks("明光这边办居住证要什么", "341182");
	asks("我在明光上班，居住证怎么办", "341182");
	/* In letters. */
	asks("yangshuo的居住证", "450321");
	asks("wo zai liyang dagong, juzhuzheng qu na ban", "320481");
	/* … and what is none. */
	asks("中央电视台今天播什么", "");
	asks("声音太大了，居住证怎么办", "");
	asks("养家糊口不容易，居住证要钱吗", "");
	asks("今天阳光真好，适合去办居住证", "");
	asks("一城一证是什么意思", "");
	asks("我是义务帮忙的，居住证能代办吗", "");
	asks("shuo yi xia juzhuzheng zenme ban", "");
	asks("wo xiang zixun juzhuzheng", "");
	/* A common word holds it, or ends in it. */
	asks("在游乐场上班，居住证怎么办", "");
	asks("做个性化定制的，居住证怎么办", "");
	asks("因为海底捞上班，居住证怎么办", "");
	asks("banli liu cheng", "");
	asks("yi yuan li neng gai yibao ka mima ma", "");
	/* A second one beside a place. */
	asks("永慷和义乌，哪个办居住证快", "330784,330782");
}

static void slurred(void)
{
	static struct looked l;
	const struct doubt *d;

	look("zengzou juzhuzheng", &l);
	d = find(&l, "410100");
	ok(d && d->kind == DOUBT_SLURRED && d->slur == SLUR_HISS,
	   "zengzou may be 郑州, said without zh");
	look("lanjing juzhuzheng", &l);
	d = find(&l, "320100");
	ok(d && d->kind == DOUBT_SLURRED && d->slur == SLUR_LIQUID, "lanjing 南京, with l for n");
	look("kunsan juzhuzheng", &l);
	d = find(&l, "320583");
	ok(d && d->slur == SLUR_HISS, "kunsan 昆山, with s for sh");
	look("changzou juzhuzheng", &l);
	ok(find(&l, "320400") && !find(&l, "130900"), "changzou is 常州; 沧州 is further away");
	look("zhengzhou juzhuzheng", &l);
	ok(!find(&l, "410100"), "what is spelt right is no doubt");
	asks("kunsan juzuzen zenme ban", "320583");
	asks("anhui hefei susan qu juzuzen", "340104");
	asks("wo zai ninbo shangban, juzuzen zenme ban", "330200");
	asks("zhu le san ge yue, juzhuzheng neng ban ma", "");
	asks("换job以后provident fund怎么merge，求guide", "");
}

/* The first letters of a city's name. */
static void initials(void)
{
	asks("sjz juzhuzheng zenme ban", "130100");
	asks("hrb de yibaoka mima wang le", "230100");
	asks("我在qhd，居住证怎么办", "130300");
	asks("hhht de juzhuzheng", "150100");
	asks("qqhr jzz na li ling", "230200");
	asks("hr让我办居住证", "");
	asks("app里能查居住证吗", "");
	asks("sys error 居住证申请不了", "");
	asks("居住证 hrb.gov 打不开", "");
	asks("sjz shi shenme", "");
}

int main(void)
{
	places_init();
	kinds();
	pieces();
	words();
	settled();
	slurred();
	initials();
	places_done();
	return done();
}
