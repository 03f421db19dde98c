/* SPDX-License-Identifier: Apache-2.0 */
/* fold.c - different spellings become one, and every character knows where it came from. */
#include "text/fold.h"

#include <errno.h>

#include "base/utf8.h"
#include "tests/unit/tap.h"

static struct arena arena;

static struct text fold(const char *s)
{
	struct text t = {0};

	if (text_fold(&arena, view_of(s), &t) != 0)
		t.folded = VIEW("(refused)");
	return t;
}

#define is_fold(raw, want, ...) is_view(fold(raw).folded, want, __VA_ARGS__)

/* Origins never fall, begin characters of raw and stay inside; bytes agree with the UTF-8. */
static bool is_sound(const struct text *t)
{
	for (size_t i = 0; i < t->n_chars; i++)
		if (t->origin[i] > t->origin[i + 1] || t->bytes[i] >= t->bytes[i + 1] ||
		    t->origin[i] >= t->raw.len ||
		    ((unsigned char)t->raw.ptr[t->origin[i]] & 0xc0) == 0x80 ||
		    text_char_at(t, t->bytes[i]) != i)
			return false;
	return t->origin[t->n_chars] == t->raw.len && t->bytes[t->n_chars] == t->folded.len &&
	       t->folded.ptr[t->folded.len] == '\0';
}

static void test_width_and_case(void)
{
	is_fold("ＡＢＣ１２３", "abc123", "full width becomes half width and lower case");
	is_fold("Ⅳ类㎡①㈠", "iv类m21(一)", "compatibility characters are taken apart");
	is_fold("ｶﾞ한각", "ガ한각", "other scripts are composed");
	is_fold("jūzhùzhèng lǜ nu\xcc\x88 über", "juzhuzheng lv nv uber",
		"accents go, ü stays known");
	is_fold("居\xef\xb8\x80住\xe2\x80\x8b证\xef\xbb\xbf\xcc\x81", "居住证",
		"invisible characters are gone");
	is_fold("a\x01\x02z\x7f", "az", "control characters are gone");
	is_fold("⼈⼝登记 \xef\xa4\x80", "人口登记岂",
		"radicals and compatibility ideographs are ordinary");
	is_fold("", "", "nothing stays nothing");
	is_fold(" \n\t ", "", "blanks alone are nothing");
}

static void test_blanks(void)
{
	is_fold("居 住 证　编 号", "居住证编号", "blanks inside Chinese go");
	is_fold("  let   me\tin ", "let me in", "blanks between other words are one");
	is_fold("jzz 号 12 位", "jzz号12位", "blanks between Chinese and others go");
	is_fold("谢谢😭👍🏻怎么查🙏", "谢谢怎么查", "emoji are blanks");
	is_fold("ok👌🏽fine", "ok fine", "an emoji between words keeps them apart");
	is_fold("我在郑州\n怎么办\r\n\r\nhi", "我在郑州,怎么办,hi",
		"a line break between words is a comma");
	is_fold("好。\n行", "好。行", "a line break behind a mark is nothing");
	is_fold("办证→领证", "办证领证", "an arrow is a blank");
}

static void test_punctuation(void)
{
	is_fold("你好，在吗？（急）", "你好,在吗?(急)", "Chinese marks take their ASCII form");
	is_fold("《条例》【急】“好”和「好」", "<条例>[急]\"好\"和\"好\"",
		"brackets and quotes have one form");
	is_fold("办不了！！！！", "办不了!", "a run of one mark is one");
	is_fold("真的？！？！？", "真的?!", "a mixed run of ? and ! is ?!");
	is_fold("这个……那个...嗯。。。", "这个…那个…嗯…", "two and more stops are an ellipsis");
	is_fold("好. 1.5 www.gov.cn 完.", "好。1.5 www.gov.cn完。",
		"a point is a stop unless inside a word");
	is_fold("一——二～三·四、五。", "一-二~三·四、五。",
		"dashes, tildes, dots and stops have one form");
	is_fold("https://a.cn/b", "https://a.cn/b", "an address keeps its slashes");
	is_fold("a , b", "a,b", "no blank stands beside a mark");
}

static void test_repetition(void)
{
	is_fold("在哪查啊啊啊啊啊", "在哪查啊", "a drawn-out particle is one");
	is_fold("soooooo goood", "soo good", "three and more letters are two");
	is_fold("谢谢谢谢 看看 妈妈", "谢谢看看妈妈", "doubled characters stay doubled");
	is_fold("急急急急", "急急", "three and more characters are two");
	is_fold("10000 www", "10000 www", "digits and www are not repetition");
}

static void test_variants(void)
{
	is_fold("請問居住證號碼可以在哪裡查詢？", "请问居住证号码可以在哪里查询?",
		"Traditional becomes Simplified");
	is_fold("網路 軟體 資訊 簡訊 身分證", "网络软件信息短信身份证",
		"Taiwan words become mainland words");
	is_fold("网路 软体", "网络软件", "they do so in Simplified characters too");
	is_fold("選單 选单", "菜单选单",
		"a word may change only where it was typed in Traditional");
	is_fold("檔案編號", "档案编号", "a word that means something else here stays");
	is_fold("查詢資料 執行", "查询资料执行", "words that are as usual here stay");
	is_fold("乾坤 乾隆 餅乾 乾淨", "乾坤乾隆饼干干净", "a character is chosen by its word");
	is_fold("乾道 幹道", "乾道干道", "and by what was typed");
	is_fold("計畫 回覆 瞭解 瞭望", "计划回复了解瞭望",
		"phrases are more than their characters");
	is_fold("看著 著名 顯著", "看着著名显著", "著 is 着 but for its own words");
	is_fold("喺邊度攞，點樣搞，唔係冇嘅", "喺边度攞,点样搞,唔係冇嘅",
		"Cantonese stays recognisable");
	is_fold("關係 係數", "关系系数", "係 is 系 in written words");
	is_fold("烏茲別克 烏茲別克斯坦", "乌兹别克斯坦乌兹别克斯坦",
		"a long name is not made longer");
	ok(han_simplify(0x8b49) == 0x8bc1 && han_simplify('a') == 'a',
	   "証's cousin is simplified alone");
	ok(han_is(0x4e00) && han_is(0x20000) && !han_is('a') && !han_is(0x3042),
	   "Han is told from others");
}

static void test_numerals(void)
{
	is_fold("十二位 两百张 二十一天", "12位200张21天", "numerals before counters are digits");
	is_fold("两个月 三年 一次 第九条", "2个月3年1次第9条", "single ones too");
	is_fold("一万二千元 一百零五个 一百二十块钱", "12000元105个120块钱", "and large ones");
	is_fold("二〇二五年 二零一六年 二○二五年", "2025年2016年2025年",
		"years are read digit by digit");
	is_fold("九八年 二十多天", "98年20多天", "two digits of a year; more than twenty");
	is_fold("俩月 他俩 俩孩子 两月", "2个月他俩2个孩子2个月", "俩 is two, but not in a pair");
	is_fold("半年 一起 三亚 统一个人 周一个", "半年一起三亚统一个人周一个",
		"what is no number stays");
	is_fold("三四天 一两个 百年 万一个", "三四天一两个百年万一个", "about that many stays");
	is_fold("十一天气 一次性 一块去 三元里 有一点", "十一天气一次性一块去三元里有一点",
		"a counter that belongs to the next word does not count");
	is_fold("早上七点 下午一点 十分钟 三星期 十分", "早上7点下午1点10分钟3星期十分",
		"times of day");
	is_fold("十 二 位", "12位", "blanks inside do not matter");
	is_fold("3千个 九九八十一个", "3千个九九八十一个", "mixtures stay");
}

static void test_origins(void)
{
	struct text t = fold(" 網 路、１２位！！㎡");
	static const uint32_t want[] = {1, 5, 8, 11, 14, 17, 20, 26, 26};
	struct text sub;

	is_view(t.folded, "网络、12位!m2", "a mixed text folds");
	ok(t.n_chars == 9 && memcmp(t.origin, want, sizeof(want)) == 0,
	   "each character knows its origin");
	ok(is_sound(&t), "it is sound");
	is_view(text_part(&t, 3, 6), "12位", "a part of the folded text");
	is_view(text_typed(&t, 3, 6), "１２位", "and what was typed for it");
	is_view(text_typed(&t, 7, 8), "㎡", "one of two from one gives that one");
	is_view(text_typed(&t, 0, 2), "網 路", "a word with a blank inside is given as typed");
	ok(text_part(&t, 5, 99).len == 6 && text_part(&t, 9, 3).len == 0, "ranges are clipped");
	text_sub(&arena, &t, 3, 6, &sub);
	ok(sub.n_chars == 3 && sub.bytes[0] == 0 && sub.bytes[3] == sub.folded.len &&
	       sub.origin[0] == 11 && sub.chars[2] == 0x4f4d,
	   "a part is a text of its own");
	is_view(sub.folded, "12位", "with its own bytes");
	t = fold("俩月一万个軟體");
	is_view(t.folded, "2个月10000个软件", "numbers may be longer than numerals");
	ok(is_sound(&t), "their origins are in order");
	is_view(text_typed(&t, 3, 8), "一万", "and lead to the numeral");
}

static void test_anything(void)
{
	static const char *const parts[] = {
	    "居", "證", " ",  "\n", "十", "两", "个", "月",       "網",
	    "路", ".",  "！", "…",  "ｱ",  "ﾞ",  "e",  "\xcc\x81", "😀",
	    "ﷺ",  "㍿", "啊", "俩", "乾", "坤", "A",  "1",        "\xe2\x80\x8d",
	    "ü",  "?",  "〇", "一", "万"};
	uint32_t seed = 1;
	bool sound = true, stable = true;

	for (int round = 0; round < 20000; round++) {
		char raw[64] = "";
		struct text t, again;

		for (int i = 0; i < 8; i++) {
			seed = seed * 1664525 + 1013904223;
			strcat(raw, parts[(seed >> 20) % 32]);
		}
		t = fold(raw);
		again = fold(t.folded.ptr);
		sound = sound && is_sound(&t) && utf8_is_valid(t.folded, NULL);
		if (stable && !view_eq(t.folded, again.folded)) {
			printf("# %s > %s > %s\n", raw, t.folded.ptr, again.folded.ptr);
			stable = false;
		}
		arena_reset(&arena);
	}
	ok(sound, "any mixture has sound origins and bytes");
	ok(stable, "folding what is folded changes nothing");
}

static void test_errors(void)
{
	struct text t = {.n_chars = 77};
	char *marks = malloc(60001);

	is_int(text_fold(&arena, VIEW("好\xff"), &t), -EILSEQ, "bad bytes are refused");
	is_int(text_fold(&arena, VIEW("\xe5\xb1"), &t), -EILSEQ, "a cut character is refused");
	is_int(text_fold(&arena, VIEW("\xed\xa0\x80"), &t), -EILSEQ, "a surrogate is refused");
	is_int((long long)t.n_chars, 77, "nothing is set then");
	for (int i = 0; i < 30000; i++)
		memcpy(marks + 2 * i, i & 1 ? "\xcc\x81" : "\xcc\xa3", 2);
	memcpy(marks, "\xd0\xb8", 2);
	is_int(text_fold(&arena, view_make(marks, 60000), &t), 0, "a tower of marks folds");
	ok(t.n_chars < 20 && is_sound(&t), "to a low one");
	for (int i = 0; i < 20000; i++)
		memcpy(marks + 3 * i, "ﷺ", 3);
	is_int(text_fold(&arena, view_make(marks, 60000), &t), 0, "characters that expand fold");
	ok(t.n_chars > 300000 && is_sound(&t), "to all they stand for");
	free(marks);
}

int main(void)
{
	arena_init(&arena, 0);
	test_width_and_case();
	test_blanks();
	test_punctuation();
	test_repetition();
	test_variants();
	test_numerals();
	test_origins();
	test_anything();
	test_errors();
	arena_done(&arena);
	return done();
}
