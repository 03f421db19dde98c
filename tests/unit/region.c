/* SPDX-License-Identifier: Apache-2.0 */
/* region.c - tests of the table of places, on the real data. */
#include "know/region.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "tests/unit/tap.h"

static struct arena arena;
static struct region_table t;

static const struct region *at(const char *id)
{
	return region_find(&t, view_of(id));
}

static const struct region_name *called(const char *name, size_t *ret_n)
{
	return region_names_of(&t, view_of(name), ret_n);
}

static void parent_is(const char *id, const char *parent, const char *name)
{
	ok(at(id) && at(id)->parent == at(parent), "%s", name);
}

/* The first of these names is this place, and far enough ahead to be assumed. */
static void means(const char *name, const char *id)
{
	size_t n;
	const struct region_name *first = called(name, &n);

	ok(first && first->region == at(id), "%s is first of all %s", name, id);
	ok(n == 1 || (first && first[1].weight * 2 <= first->weight), "%s need not be asked back",
	   name);
}

static void is_asked(const char *name)
{
	size_t n;
	const struct region_name *first = called(name, &n);

	ok(n > 1 && first[1].weight * 2 > first->weight, "%s must be asked back", name);
}

static void test_tree(void)
{
	ok(at("100000") == &t.items[0] && !t.items[0].parent,
	   "the nation is the first and has no parent");
	ok(!at("000000") && !at("") && !at("999999") && !at("41010"), "wrong ids are not found");
	parent_is("410105", "410100", "a district's parent is its city");
	parent_is("410100", "410000", "a city's parent is its province");
	parent_is("410000", "100000", "a province's parent is the nation");
	parent_is("310115", "310000", "浦东's parent is 上海 itself");
	parent_is("419001", "410000", "济源 stands directly under its province");
	parent_is("429004", "420000", "仙桃 stands directly under its province");
	parent_is("469001", "460000", "五指山 stands directly under its province");
	parent_is("659001", "650000", "石河子 stands directly under its region");
	parent_is("500229", "500000", "a county of 重庆 stands directly under it");
	parent_is("410173", "410100", "a development zone keeps its statistical code");
	parent_is("area:xiongan", "130600", "雄安 lies in 保定");
	parent_is("cluster:gba", "100000", "a group's parent is the nation");
	ok(!at("110100") && !at("419000") && !at("500200"), "pseudo cities are gone");
	ok(at("653228") && at("653229"), "the counties of 2024 are there");
	is_view(at("653228")->name, "和康县", "653228 is 和康县");
	ok(region_lies_in(at("410105"), at("410000")), "金水区 lies in 河南");
	ok(region_lies_in(at("410105"), at("100000")), "everything lies in the nation");
	ok(region_lies_in(at("410105"), at("410105")), "a place lies in itself");
	ok(!region_lies_in(at("410000"), at("410105")), "a province does not lie in a district");
	ok(!region_lies_in(at("410105"), at("440000")), "金水区 does not lie in 广东");
}

static void test_clusters(void)
{
	ok(region_lies_in(at("440305"), at("cluster:gba")),
	   "南山区 lies in 大湾区 through its city");
	ok(!region_lies_in(at("445100"), at("cluster:gba")), "潮州 does not lie in 大湾区");
	ok(!region_lies_in(at("440000"), at("cluster:gba")), "广东 does not lie in 大湾区");
	ok(region_lies_in(at("320500"), at("cluster:yangtze_delta")), "苏州 lies in 长三角");
	ok(region_lies_in(at("cluster:jiangzhehu"), at("cluster:yangtze_delta")),
	   "江浙沪 lies in 长三角");
	ok(!region_lies_in(at("cluster:yangtze_delta"), at("cluster:jiangzhehu")),
	   "长三角 does not lie in 江浙沪");
	ok(region_lies_in(at("cluster:gba"), at("100000")), "a group lies in the nation");
	is_int((int)at("cluster:chengyu")->n_members, 2, "成渝 has two members");
	is_int((int)at("410100")->n_clusters, 0, "郑州 belongs to no group");
	ok(region_lies_in(at("area:hengqin"), at("cluster:gba")),
	   "an area belongs to its city's groups");
}

static void test_names(void)
{
	static const char *const plain[][2] = {
	    {"南山", "440305"},
	    {"朝阳", "110105"},
	    {"朝阳区", "110105"},
	    {"通州", "110112"},
	    {"通州区", "110112"},
	    {"白云", "440111"},
	    {"西湖", "330106"},
	    {"普陀", "310107"},
	    {"宝山", "310113"},
	    {"中山", "442000"},
	    {"西安", "610100"},
	    {"长沙", "430100"},
	    {"海南", "460000"},
	    {"河北", "130000"},
	    {"河南", "410000"},
	    {"大同", "140200"},
	    {"内蒙古", "150000"},
	    {"广西", "450000"},
	    {"延边", "222400"},
	    {"恩施", "422800"},
	    {"西双版纳", "532800"},
	    {"恩施州", "422800"},
	    {"香港", "810000"},
	    {"积石山", "622927"},
	    {"浦东", "310115"},
	    {"昆山", "320583"},
	    {"沪", "310000"},
	    {"粤", "440000"},
	    {"魔都", "310000"},
	    {"羊城", "440100"},
	    {"陆家嘴", "310115"},
	    {"燕郊", "131082"},
	    {"长三角", "cluster:yangtze_delta"},
	    {"郑东新区", "area:zhengdong"},
	    {"郑州高新区", "410172"},
	    {"苏州工业园区", "320571"},
	    {"龙华", "440309"},
	    {"吉林市", "220200"},
	    {"吉林省", "220000"},
	    {"东乡族自治县", "622926"},
	    {"江浙沪", "cluster:jiangzhehu"},
	    {"兴安盟", "152200"},
	    {"铁西区", "210106"},
	};
	static const char *const asked[] = {"鼓楼区", "鼓楼",   "城关区", "新华区", "市中区",
					    "高新区", "开发区", "经开区", "吉林",   "和平区"};
	static const char *const nothing[] = {"城", "矿", "郊", "市中", "北", "新", "", "赵"};
	size_t n;

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		means(plain[i][0], plain[i][1]);
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		is_asked(asked[i]);
	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
		const struct region_name *names = called(nothing[i], &n);

		ok(!names || names[0].kind == REGION_NAME_ABBR, "'%s' is no short name",
		   nothing[i]);
	}
	ok(!called("沪", &n)->is_weak && !called("粤", &n)->is_weak, "沪 and 粤 may decide");
	ok(called("申", &n)->is_weak && called("新", &n)->is_weak, "申 and 新 never decide alone");
	ok(called("城区", &n)->is_weak, "城区 counts only behind its city");
	ok(called("和平", &n)->is_weak, "a place called like a common word never decides alone");
}

static void test_shape(void)
{
	size_t bad = 0, short_one = 0;

	for (size_t i = 1; i < t.n_names; i++)
		bad += view_cmp(t.names[i - 1].name, t.names[i].name) > 0;
	is_int((int)bad, 0, "names are sorted");
	for (size_t i = 0; i < t.n_names; i++)
		short_one += utf8_count(t.names[i].name) < 2 && t.names[i].kind != REGION_NAME_ABBR;
	is_int((int)short_one, 0, "only abbreviations have one character");
	for (size_t i = bad = 0; i < t.n_items; i++)
		bad += t.items[i].index != i || region_find(&t, t.items[i].id) != &t.items[i];
	is_int((int)bad, 0, "every place is found by its id");
}

static void test_full_names(void)
{
	is_view(region_full_name(&arena, at("410105")), "郑州市金水区",
		"a district has its city in front");
	is_view(region_full_name(&arena, at("310115")), "上海市浦东新区", "浦东 has 上海 in front");
	is_view(region_full_name(&arena, at("220200")), "吉林省吉林市",
		"吉林市 has its province in front");
	is_view(region_full_name(&arena, at("410100")), "郑州市", "other cities stand alone");
	is_view(region_full_name(&arena, at("419001")), "河南省济源市",
		"济源 has its province in front");
	is_view(region_full_name(&arena, at("410172")), "郑州高新技术产业开发区",
		"a zone that names its city stands alone");
	is_view(region_full_name(&arena, at("430121")), "长沙市长沙县",
		"长沙县 has its city in front");
	is_view(region_full_name(&arena, at("100000")), "全国", "the nation stands alone");
	is_view(region_full_name(&arena, at("cluster:gba")), "粤港澳大湾区",
		"a group stands alone");
}

static void test_nearest(void)
{
	ok(region_nearest(&t, VIEW("cluster:yangtse_delta")) == at("cluster:yangtze_delta"),
	   "a misspelt group is found");
	ok(region_nearest(&t, VIEW("41010")) != NULL,
	   "a code with a digit missing has a neighbour");
	ok(region_nearest(&t, VIEW("郑州市")) == at("410100"),
	   "a name instead of a code is understood");
	ok(!region_nearest(&t, VIEW("something else entirely")), "nonsense has no neighbour");
}

/* A folder of tables, `divisions` as given, the others empty; loading it must fail. */
static void broken(const char *divisions, const char *aliases, const char *word, const char *name)
{
	char dir[] = "/tmp/wenlu-region-XXXXXX";
	const char *files[] = {"divisions.tsv", "areas.tsv", "clusters.tsv", "aliases.tsv"};
	const char *texts[] = {divisions, "", "", aliases};
	struct region_table other = {0};
	struct fault why = {0};
	int r;

	if (!mkdtemp(dir))
		return;
	for (int i = 0; i < 4; i++)
		file_write(file_join(&arena, dir, files[i]), view_of(texts[i]), 0600);
	r = region_table_load(&arena, dir, &other, &why);
	ok(r < 0 && strstr(why.text, word), "%s", name);
	if (!(r < 0 && strstr(why.text, word)))
		printf("# %d, said: %s\n", r, why.text);
	ok(other.n_items == 0, "… and the output is left alone");
	for (int i = 0; i < 4; i++)
		unlink(file_join(&arena, dir, files[i]));
	rmdir(dir);
}

static void test_broken(void)
{
#define NATION "100000\tnation\t-\t全国\t全国\t1w\t-\n"
	struct region_table other = {0};
	struct fault why;

	is_int(region_table_load(&arena, "/nonexistent", &other, &why), -ENOENT,
	       "a missing folder is told");
	broken("", "", "missing", "a table without the nation is refused");
	broken(NATION "410000\tprovince\n", "", "columns", "a short line is refused");
	broken(NATION "410000\tprovince\t100000\t河南省\t河南\t200\t200\t9\n", "", "columns",
	       "a long line is refused");
	broken(NATION "41\tprovince\t100000\t河南省\t河南\t200\t200\n", "", "six digits",
	       "a short code is refused");
	broken(NATION "410000\tstate\t100000\t河南省\t河南\t200\t200\n", "", "level",
	       "an unknown level is refused");
	broken(NATION "410000\tprovince\t120000\t河南省\t河南\t200\t200\n", "", "no such place",
	       "an unknown parent is refused");
	broken(NATION "410000\tprovince\t410000\t河南省\t河南\t200\t200\n", "", "wider place",
	       "a place that is its own parent is refused");
	broken(NATION NATION, "", "twice", "an id that stands twice is refused");
	broken(NATION "410000\tprovince\t100000\t河南省\t河南\t300\t200\n", "", "weight",
	       "a weight past 255 is refused");
	broken(NATION "410000\tprovince\t100000\t河南省\t豫\t200\t200\n", "", "two characters",
	       "a short name of one character is refused");
	broken(NATION, "豫\t410000\tabbr\t80\n", "no such place", "an alias of nothing is refused");
	broken(NATION, "豫\t100000\tname\t80\n", "kind", "an alias of unknown kind is refused");
	broken(NATION, "\xff\xff\t100000\tabbr\t80\n", "UTF-8", "bad UTF-8 is refused");
}

int main(void)
{
	const char *srcdir = getenv("srcdir");
	struct fault why = {0};
	int r;

	arena_init(&arena, 0);
	r = region_table_load(&arena, file_join(&arena, srcdir ? srcdir : ".", "core/know/regions"),
			      &t, &why);
	ok(r == 0, "the table of places loads");
	if (r < 0) {
		printf("# %s:%u: %s\n", why.file, why.line, why.text);
		return done();
	}
	test_tree();
	test_clusters();
	test_names();
	test_shape();
	test_full_names();
	test_nearest();
	test_broken();
	arena_done(&arena);
	return done();
}
