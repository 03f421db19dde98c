/* SPDX-License-Identifier: Apache-2.0 */
/* pinyin.c - how characters sound, and letters cut into syllables. */
#include "text/pinyin.h"

#include "tests/unit/tap.h"
#include "text/fold.h"

static struct arena arena;

/* The readings of a text, spelt with blanks. */
static const char *sound(const char *s)
{
	static char out[200];
	struct text t;
	uint16_t syllables[40];

	out[0] = '\0';
	if (text_fold(&arena, view_of(s), &t) < 0 || t.n_chars > 40)
		return "(refused)";
	pinyin_text(t.chars, t.n_chars, syllables);
	for (size_t i = 0; i < t.n_chars; i++) {
		strcat(out, i ? " " : "");
		strcat(out, pinyin_spell(syllables[i]));
	}
	return out;
}

static const char *cut(const char *letters)
{
	static char out[400];
	uint16_t syllables[40];
	size_t n = pinyin_cut(view_of(letters), syllables, 40);

	out[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		strcat(out, i ? " " : "");
		strcat(out, pinyin_spell(syllables[i]));
	}
	return out;
}

static uint16_t find(const char *s)
{
	return pinyin_find(view_of(s));
}

static bool sounds_like(const char *a, const char *b)
{
	return find(a) && pinyin_fuzzy(find(a)) == pinyin_fuzzy(find(b));
}

static void test_readings(void)
{
	is_str(sound("居住证编号"), "ju zhu zheng bian hao", "characters have readings");
	is_str(pinyin_spell(pinyin_of(0x8b49)), "zheng", "Traditional characters too");
	is_int(pinyin_of('a'), 0, "a letter has none");
	is_str(sound("银行行长"), "yin hang xing chang", "a word chooses the reading");
	is_str(sound("重庆成都长沙厦门"), "chong qing cheng du chang sha xia men",
	       "names of places");
	is_str(sound("进行业务 家长 多长"), "jin xing ye wu jia zhang duo chang",
	       "the first word wins");
	is_str(sound("女旅绿略"), "nv lv lv lve", "ü is v");
	is_str(sound("a1好"), "  hao", "what has no reading has none");
}

static void test_syllables(void)
{
	size_t good = 0, n = 0;

	for (uint16_t s = 1; pinyin_spell(s)[0]; s++, n++)
		good += find(pinyin_spell(s)) == s &&
			pinyin_fuzzy(pinyin_fuzzy(s)) == pinyin_fuzzy(s) && pinyin_fuzzy(s) != 0;
	ok(n > 390 && n <= PINYIN_MAX && good == n, "every syllable is found by its spelling");
	ok(find("ZHENG") == find("zheng"), "in capitals too");
	ok(!find("") && !find("v") && !find("zh") && !find("zhuangg") && !find("h1") &&
	       !find("bing "),
	   "others are not");
	ok(find("lue") == find("lve") && find("nyu") == find("nv"), "ü is written in several ways");
	is_str(pinyin_spell(0), "", "no reading has no spelling");
	is_str(pinyin_spell(PINYIN_MAX), "", "nor has a number that is no syllable");
	ok(pinyin_initial(find("zheng")) == 'z' && pinyin_initial(0) == 0, "the first letter");
	is_view(pinyin_onset(find("zheng")), "zh", "the initial consonants");
	is_view(pinyin_onset(find("an")), "", "or none");
}

static void test_fuzzy(void)
{
	ok(sounds_like("zhang", "zan") && sounds_like("chi", "ci") && sounds_like("shen", "seng"),
	   "flat and curled tongue, front and back nasal are one");
	ok(sounds_like("nan", "lang") && sounds_like("ning", "lin") && sounds_like("nv", "lv"),
	   "n and l are one");
	ok(sounds_like("hu", "fu") && sounds_like("hui", "fei") && sounds_like("huang", "fan"),
	   "h and f before u are one");
	ok(!sounds_like("zhong", "zhang") && !sounds_like("ha", "fa") && !sounds_like("ji", "qi"),
	   "others are not");
	is_int(pinyin_fuzzy(0), 0, "no reading has no class");
	is_int(pinyin_fuzzy(PINYIN_MAX), 0, "nor has a number that is no syllable");
}

static void test_cut(void)
{
	uint16_t out[3];
	char longest[PINYIN_CUT_MAX + 2];

	is_str(cut("zhengzhou"), "zheng zhou", "a run is cut");
	is_str(cut("juzhuzhengbianhaozenmecha"), "ju zhu zheng bian hao zen me cha",
	       "a long one too");
	is_str(cut("xian"), "xian", "as few syllables as can be");
	is_str(cut("xi'an"), "xi an", "an apostrophe cuts");
	is_str(cut("fangan"), "fang an", "longer syllables come first");
	is_str(cut("nanning"), "nan ning", "a greedy start is taken back");
	is_str(cut("lueyang"), "lve yang", "other spellings are understood");
	is_str(cut("jvzhuzheng"), "ju zhu zheng", "jv, qv, xv and yv are ju, qu, xu and yu");
	is_str(cut("hello"), "", "what is no pinyin is not cut");
	is_str(cut("jzz"), "", "nor are initials");
	is_str(cut("zheng zhou"), "", "nor more than a run");
	is_str(cut("'an"), "", "nor a leading apostrophe");
	is_str(cut("an'"), "", "nor one at the end");
	is_str(cut("xi''an"), "", "nor two");
	is_str(cut(""), "", "nothing is nothing");
	is_int((long long)pinyin_cut(VIEW("bababa"), out, 3), 3, "as many as there is room for");
	is_int((long long)pinyin_cut(VIEW("babababa"), out, 3), 0, "or none");
	memset(longest, 'a', sizeof(longest));
	is_int((long long)pinyin_cut(view_make(longest, sizeof(longest)), out, 3), 0,
	       "nor endless runs");
}

int main(void)
{
	arena_init(&arena, 0);
	test_readings();
	test_syllables();
	test_fuzzy();
	test_cut();
	arena_done(&arena);
	return done();
}
