/* SPDX-License-Identifier: Apache-2.0 */
/* target.c - what the model of places looks at, and that it has its say where rules have none. */
#include "nlu/target.h"

#include "nlu-places.h"

/* The text as the model sees it, in the arena. */
static void read_text(const char *question, struct search *s, struct target_text *ret)
{
	static struct question q;

	read_question(question, &q);
	*s = (struct search){.arena = &arena,
			     .g = gazetteer,
			     .text = &q.text,
			     .sounds = &q.sounds,
			     .terms = &q.terms};
	mentions_find(s);
	target_text_begin(s, ret);
	target_text_finish(ret);
}

static void groups(void)
{
	static struct target_text t;
	struct search s;

	read_text("江苏苏州昆山的居住证", &s, &t);
	is_int((long)t.n, 1, "a province, its city and its county are one place");
	ok(view_is(t.groups[0].region->id, "320583"), "... which is the narrowest");
	is_int((long)t.n_tokens, 5, "... and one token");
	read_text("老家在绵阳，人在成都，成都居住证怎么办", &s, &t);
	is_int((long)t.n, 3, "each time that a place is named counts");
	is_int(t.groups[1].same, 6, "the same place is known again");
	is_int(t.groups[0].same, 1, "... and told from others");
	read_text("昆山，苏州", &s, &t);
	is_int(t.groups[0].same, 3, "what lies in another is the same as that");
	read_text("居住证怎么办", &s, &t);
	is_int((long)t.n, 0, "no place, no group");
}

static void pieces(void)
{
	static struct target_pieces seen, again, blind;
	static struct target_text t;
	struct search s;

	read_text("老家在绵阳，人在成都，成都居住证怎么办", &s, &t);
	target_describe(&t, 1, false, &seen);
	target_describe(&t, 1, false, &again);
	target_describe(&t, 1, true, &blind);
	ok(seen.n_firm == again.n_firm && seen.n_grams == again.n_grams &&
	       memcmp(seen.grams, again.grams, seen.n_grams * sizeof(*seen.grams)) == 0,
	   "the same place has the same pieces");
	ok(seen.n_grams == blind.n_grams && seen.n_firm > blind.n_firm,
	   "the blind do not see what the rules say, and all else");
	ok(target_margin(&seen) == target_margin(&again), "... and the same margin");
}

static void ties(void)
{
	static struct target_text t;
	struct search s;

	read_text("我住昆山，在上海上班，居住证去哪办", &s, &t);
	ok(t.ties[0].before == TIE_LIVES && t.ties[0].behind == TIE_NONE, "one lives in a place");
	ok(t.ties[1].before == TIE_NONE && t.ties[1].behind == TIE_WORKS, "... works in another");
	ok(t.ties[0].who == TIE_SELF && t.ties[1].who == TIE_SELF, "... oneself");
	read_text("在昆山上班住上海", &s, &t);
	ok(t.ties[0].behind == TIE_WORKS && t.ties[1].before == TIE_LIVES,
	   "what stands between two places belongs to either");
	read_text("社保在昆山，我爸在苏州，户口无锡", &s, &t);
	ok(t.ties[0].before == TIE_INSURED && t.ties[2].before == TIE_HOUSEHOLD,
	   "insurance and household");
	is_int(t.ties[1].who, TIE_OTHERS, "a father is somebody else");
	read_text("wo zhu zai suzhou, gongsi zai shanghai", &s, &t);
	ok(t.n == 2 && t.ties[0].before == TIE_LIVES && t.ties[1].before == TIE_WORKS,
	   "the same in letters");
	read_text("昆山居住证", &s, &t);
	ok(t.ties[0].behind == TIE_NONE, "the name of a permit ties nobody");
	read_text("this teacher asks for another in suzhou, weita deng", &s, &t);
	ok(!t.is_for_others, "this, teacher and another are no words for somebody else");
	read_text("kunshan suzhou, ta de juzhuzheng", &s, &t);
	ok(t.is_for_others, "... as ta de is");
	read_text("the suzhou permit is his", &s, &t);
	ok(t.is_for_others, "... and his, at the end too");
}

/* As long as a question may be, and full of places. */
static void long_text(void)
{
	static struct target_pieces p;
	static struct target_text t;
	static char question[4096];
	struct search s;
	size_t n = 0;

	while (n + 16 < sizeof(question)) {
		memcpy(question + n, "\xe9\x83\x91\xe5\xb7\x9e\xe5\x92\x8c\xe4\xb8\x8a\xe6\xb5\xb7",
		       15);
		n += 15;
	}
	read_text(question, &s, &t);
	ok(t.n > 1 && t.n <= LIMIT_MENTIONS, "no more groups than mentions");
	target_describe(&t, t.n - 1, false, &p);
	ok(p.n_grams <= TARGET_GRAM_MAX && p.n_firm <= TARGET_FIRM_MAX,
	   "a text full of places has no more pieces than there is room for");
	ok(scan(question).n_targets == 2, "... and is understood");
}

/* What no rule says. */
static void overrules(void)
{
	asks("我叫李重庆，在成都锦江区上班，居住证怎么续", "510104");
	asks("别再给我看合肥的了，我问的是芜湖居住证", "340200");
	asks("gongsi zai suzhou, ren zai wuhu, wuhu juzhuzheng zenme ban", "340200");
	asks("我是江西宜春人，社保卡丢了在哪补", "360900");
	asks("户口在遵义，跟老乡在义乌打工，义乌的居住证要什么材料", "330782");
	asks("公司在扬州，工地在滁州，工人在滁州办居住证要公司出证明吗", "341100");
	asks("南昌那边的朋友三天就拿到了，我在九江等了半个月，九江居住证到底多久", "360400");
	asks("张贵阳同志的医保卡密码怎么重置", "");
	asks("我是清远的，居住证怎么办", "");
	asks("我住昆山，在上海上班，居住证去哪办", "320583");
	asks("老公在苏州，我在无锡，他的居住证怎么办", "320500");
	/* … and where rules leave no doubt it keeps silent. */
	asks("除了苏州，哪里居住证好办", "");
	asks("除了苏州和无锡，哪里居住证好办", "");
	asks("北京和上海和广州和深圳和杭州和南京和成都居住证多久能办好",
	     "110000,310000,440100,440300,330100,320100,510100");
	asks("郑州居住证多久能办好？上海呢？", "410100,310000");
}

int main(void)
{
	places_init();
	groups();
	pieces();
	ties();
	long_text();
	overrules();
	places_done();
	return done();
}
