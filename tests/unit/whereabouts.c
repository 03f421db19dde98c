/* SPDX-License-Identifier: Apache-2.0 */
/* whereabouts.c - tests of who is spoken of, and who is said to be where. */
#include "nlu/whereabouts.h"

#include "nlu-places.h"

/* "mother=500000 -father=510100": a minus in front of who is not there any more. */
static void told(const char *question, const char *want)
{
	struct whereabouts w[WHEREABOUTS_MAX];
	struct mentions m;
	struct question q;
	char got[512] = "", id[KIN_ID_MAX];
	size_t n;

	if (!read_question(question, &q))
		return;
	gazetteer_read(gazetteer, &arena, &q.text, &q.sounds, &q.terms, &m);
	n = whereabouts_find(&q.text, &m, w);
	for (size_t i = 0; i < n; i++) {
		kin_id(w[i].kin, id);
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%s%s=%.*s", i ? " " : "",
			 w[i].is_left ? "-" : "", id, VIEW_ARG(w[i].region->id));
	}
	is_str(got, want, "%s tells '%s'", question, want);
}

/* The ids of those spoken of; "*" for somebody else's. */
static void speaks_of(const char *question, const char *want)
{
	struct kin_spoken people[KIN_SPOKEN_MAX];
	struct mentions none = {.n = 0};
	struct question q;
	char got[512] = "", id[KIN_ID_MAX];
	size_t n;

	if (!read_question(question, &q))
		return;
	n = kin_spoken(&q.text, &none, people);
	for (size_t i = 0; i < n; i++) {
		kin_id(people[i].kin, id);
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%s", i ? " " : "",
			 people[i].is_others ? "*" : id);
	}
	is_str(got, want, "%s speaks of '%s'", question, want);
}

static void people(void)
{
	speaks_of("我妈的医保卡", "mother");
	speaks_of("母亲的医保卡", "mother");
	speaks_of("老妈和阿爸", "mother father");
	speaks_of("俺娘", "mother");
	speaks_of("我媽媽同我爺爺", "mother fathers_father");
	speaks_of("我爸妈", "parents");
	speaks_of("我大哥，我二哥", "elder_brother1 elder_brother2");
	speaks_of("我表姐", "elder_sister6");
	speaks_of("我有个同事", "colleague");
	speaks_of("我家那个丈母娘", "wifes_mother");
	speaks_of("my mom and my husband", "mother husband");
	speaks_of("wo laogong", "husband");
	speaks_of("我自己的居住证", "self");
	speaks_of("我姐和我姐夫", "elder_sister brother_in_law");
	speaks_of("我舅妈", "aunt_in_law");
	speaks_of("我吗的医保卡", "mother");
}

static void nobody(void)
{
	speaks_of("我同事的老婆", "*");
	speaks_of("我老公他妈", "*");
	speaks_of("你妈的", "");
	speaks_of("其他城市", "");
	speaks_of("服务对象是谁", "");
	speaks_of("我的妈呀", "");
	speaks_of("老公司的资质", "");
	speaks_of("学生证行吗", "");
	speaks_of("另一个同事", "");
	speaks_of("我马上办", "self");
	speaks_of("我把居住证弄丢了", "self");
}

static void places(void)
{
	told("我爸在成都，我妈在重庆，我在西安", "father=510100 mother=500000 self=610100");
	told("我妈现在住在重庆", "mother=500000");
	told("俺爹去了济南", "father=370100");
	told("我妈从成都搬到武汉了", "-mother=510100 mother=420100");
	told("我妈不在重庆了", "-mother=500000");
	told("我把我妈接到深圳了", "mother=440300");
	told("我爸成都，我妈重庆", "father=510100 mother=500000");
	told("奶奶住无锡 爷爷住常州", "fathers_mother=320200 fathers_father=320400");
	told("我媽喺重慶", "mother=500000");
	told("我老公他人在上海", "husband=310000");
	told("我妈医保卡密码忘了，她在重庆", "mother=500000");
	told("她在重庆", "she=500000");
	told("我跟老伴在潍坊", "spouse=370700 self=370700");
	told("我带孩子在苏州", "child=320500 self=320500");
	told("我妈帮我带孩子，她在重庆", "mother=500000");
	told("我一个人在西安", "self=610100");
	told("我妈在四川成都", "mother=510100");
	told("我爸还在老家衡阳", "father=430400");
	told("my mom lives in chongqing", "mother=500000");
	told("我同事在武汉上班，居住证怎么办", "colleague=420100");
}

static void not_said(void)
{
	told("如果我妈在重庆", "");
	told("我妈要是搬到重庆", "");
	told("我妈在重庆吗", "");
	told("我妈在重庆住过", "");
	told("我妈去过重庆", "");
	told("我妈在重庆旅游", "");
	told("我妈是重庆人", "");
	told("我妈以前在重庆", "");
	told("我妈想去重庆", "");
	told("我同事的老婆在上海", "");
	told("我老公的公司在上海", "");
	told("小明在上海", "");
	told("法人住院了，他在上海", "");
	told("我同事的朋友病了，他在上海", "");
	told("我妈在鼓楼区", "");
	told("我朋友在上海，还有一个朋友在北京", "");
	told("我在查重庆的居住证", "");
}

/* Within one message the same people are told apart. */
static void together(void)
{
	asks("我儿子在大连，我女儿在沈阳，女儿的居住证过期了怎么办", "210100");
	asks("我爸妈在曲靖，我在昆明，我妈的居住证丢了怎么补", "530300");
	asks("二姐在大连，大姐在沈阳，大姐的居住证过期了怎么办", "210100");
}

static void sameness(void)
{
	struct kin father = {KIN_FATHER, 0}, parents = {KIN_PARENTS, 0}, son = {KIN_SON, 0};
	struct kin eldest = {KIN_SON, 1}, second = {KIN_SON, 2}, child = {KIN_CHILD, 0};
	struct kin cousin = {KIN_ELDER_SISTER, 6}, sister = {KIN_ELDER_SISTER, 0};
	struct kin he = {KIN_HE, 0}, she = {KIN_SHE, 0}, friend = {KIN_FRIEND, 0};

	ok(kin_may_be(father, parents) && kin_may_be(parents, father), "爸 is one of 爸妈");
	ok(kin_may_be(son, child) && !kin_may_be(father, child), "孩子 may be a son");
	ok(kin_may_be(son, eldest) && !kin_may_be(eldest, second), "大儿子 is not 二儿子");
	ok(!kin_may_be(cousin, sister), "表姐 is not 姐");
	ok(kin_fits(he, father) && !kin_fits(she, father), "爸 is no 她");
	ok(kin_fits(he, friend) && kin_fits(she, friend), "朋友 may be either");
	ok(!kin_fits(he, parents), "爸妈 are two");
}

static void ids(void)
{
	char id[KIN_ID_MAX];
	size_t wrong = 0;

	for (uint8_t who = KIN_SELF; who < KIN_KINDS; who++) {
		struct kin k = {who, 0};

		kin_id(k, id);
		wrong += !kin_is_pronoun(k) && !kin_eq(kin_of_id(view_of(id)), k);
		wrong += kin_is_pronoun(k) && kin_of_id(view_of(id)).who;
	}
	is_int((long long)wrong, 0, "whoever has an id is found by it, and a pronoun is nobody");
	ok(kin_eq(kin_of_id(VIEW("son2")), (struct kin){KIN_SON, 2}), "so is which of them");
	ok(!kin_of_id(VIEW("father2")).who && !kin_of_id(VIEW("son9")).who &&
	       !kin_of_id(VIEW("x")).who && !kin_of_id(VIEW("")).who,
	   "what is no id is nobody");
}

int main(void)
{
	places_init();
	people();
	nobody();
	places();
	not_said();
	together();
	sameness();
	ids();
	places_done();
	return done();
}
