/* SPDX-License-Identifier: Apache-2.0 */
/* personal.c - numbers of persons are lifted out, other numbers stay. */
#include "text/personal.h"

#include "base/utf8.h"
#include "text/fold.h"
#include "tests/unit/tap.h"

static struct arena arena;

static struct personal_text lift(const char *s)
{
	struct personal_text p;

	personal_lift(&arena, view_of(s), &p);
	return p;
}

static void is_lifted(const char *raw, const char *want, enum personal_kind kind,
		      const char *digits, const char *name)
{
	struct personal_text p = lift(raw);

	is_view(p.text, want, "%s is lifted", name);
	ok(p.n_found == 1 && p.found[0].kind == kind && view_is(p.found[0].digits, digits),
	   "and known as what it is");
}

static void is_kept(const char *raw, const char *name)
{
	struct personal_text p = lift(raw);

	ok(p.n_found == 0 && p.text.ptr == raw, "%s stays: %s", name, raw);
}

static void test_citizen(void)
{
	is_lifted("我的身份证11010519491231002X过期了", "我的身份证〔＊〕过期了", PERSONAL_CITIZEN,
		  "11010519491231002X", "a citizen number");
	is_lifted("身份证 110105194912310021", "身份证 〔＊〕", PERSONAL_CITIZEN,
		  "110105194912310021", "one with a wrong check digit");
	is_lifted("410105900307123", "〔＊〕", PERSONAL_CITIZEN, "410105900307123",
		  "one of 15 digits");
	is_lifted("号码110105 19491231 002x谢", "号码〔＊〕谢", PERSONAL_CITIZEN,
		  "11010519491231002X", "one in groups");
	is_lifted("１１０１０５１９４９１２３１００２Ｘ", "〔＊〕", PERSONAL_CITIZEN,
		  "11010519491231002X", "one in full width");
	ok(personal_citizen_is_valid(VIEW("11010519491231002X")) &&
	       personal_citizen_is_valid(VIEW("11010519491231002x")),
	   "a right check digit is right");
	ok(!personal_citizen_is_valid(VIEW("110105194912310021")) &&
	       !personal_citizen_is_valid(VIEW("1101051949123100")) &&
	       !personal_citizen_is_valid(VIEW("1101051949123l002X")),
	   "a wrong one is wrong");
}

static void test_phone(void)
{
	is_lifted("打13800138000找我", "打〔＊〕找我", PERSONAL_PHONE, "13800138000",
		  "a mobile number");
	is_lifted("138 0013 8000", "〔＊〕", PERSONAL_PHONE, "13800138000", "one with blanks");
	is_lifted("138-0013-8000。", "〔＊〕。", PERSONAL_PHONE, "13800138000", "one with dashes");
	is_lifted("1 3 8 0 0 1 3 8 0 0 0", "〔＊〕", PERSONAL_PHONE, "13800138000",
		  "one spaced out");
	is_lifted("+86 138 0013 8000", "+86 〔＊〕", PERSONAL_PHONE, "13800138000",
		  "one with a country");
	is_lifted("138\xe2\x80\x8b"
		  "00138000",
		  "〔＊〕", PERSONAL_PHONE, "13800138000", "one with an invisible character");
	is_lifted("我的号一三八零零一三八零零零记下", "我的号〔＊〕记下", PERSONAL_PHONE,
		  "13800138000", "one in Chinese");
	is_lifted("138零零138000", "〔＊〕", PERSONAL_PHONE, "13800138000", "one in both");
	is_lifted("①③⑧⓪⓪①③⑧⓪⓪⓪", "〔＊〕", PERSONAL_PHONE, "13800138000", "one in circles");
	is_lifted("0371-6666888", "〔＊〕", PERSONAL_PHONE, "03716666888", "a fixed line");
	is_lifted("(010) 6234 5678", "(〔＊〕", PERSONAL_PHONE, "01062345678", "one in brackets");
}

static void test_shapes(void)
{
	static const char *const groups[] = {
	    "138_0013_8000",   "138*0013*8000",
	    "138：0013：8000", "138。0013。8000",
	    "138'0013'8000",   "1380013+8000",
	    "13 8001 38000",   "1380 - 013 - 8000",
	    "138\n0013\n8000", "13-80-01-38-000",
	    "⑬⑧⓪⓪⑬⑧⓪⓪⓪",       "138 0013 8000a",
	    "¹³⁸⁰⁰¹³⁸⁰⁰⁰",     "１３８：００１３＊８０００",
	    "⑴⑶⑻⑴⑴⑴⑶⑻⑴⑴⑴",
	};
	struct personal_text p;
	struct text t;

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		size_t digits = 0;

		p = lift(groups[i]);
		text_fold(&arena, p.text, &t);
		for (size_t j = 0; j < t.folded.len; j++)
			digits += t.folded.ptr[j] >= '0' && t.folded.ptr[j] <= '9';
		ok(digits == 0 && p.n_found == 1, "nothing is left of number %zu in groups", i + 1);
	}
	is_lifted("证4101 0519 9001 0112 35过期", "证〔＊〕过期", PERSONAL_CITIZEN,
		  "410105199001011235", "a citizen number by fours");
	is_lifted("410105 1990 01 01 1234", "〔＊〕", PERSONAL_CITIZEN, "410105199001011234",
		  "one with its date apart");
	is_lifted("微信a138 0013 8000", "微信a〔＊〕", PERSONAL_PHONE, "13800138000",
		  "one behind a letter");
	is_kept("14:00-17:30 8:30", "opening hours alone");
	is_kept("1990-01-01 123", "a date and a figure");
	is_kept("1500.00-2000.5元", "a range of prices");
	is_kept("2025年12月31日至2026.1.31", "a span of dates");
}

static void test_other(void)
{
	is_lifted("卡号6222 0200 0000 0000 000", "卡号〔＊〕", PERSONAL_BANK_CARD,
		  "6222020000000000000", "a bank card");
	is_lifted("卡4111111111111111啊", "卡〔＊〕啊", PERSONAL_BANK_CARD, "4111111111111111",
		  "one in a run");
	is_lifted("证号R41010519A0001在", "证号〔＊〕在", PERSONAL_NUMBER, "R41010519A0001",
		  "a permit's mixture");
	is_lifted("编号12345678", "编号〔＊〕", PERSONAL_NUMBER, "12345678", "any 8 digits");
	is_lifted("护照EA1234567", "护照〔＊〕", PERSONAL_NUMBER, "EA1234567", "a passport");
	is_lifted("香港A123456(7)办", "香港〔＊〕办", PERSONAL_NUMBER, "A1234567",
		  "a Hong Kong card");
	is_lifted("A123456(A)", "〔＊〕", PERSONAL_NUMBER, "A123456A",
		  "one with a letter at the end");
	is_lifted("wx13800138000", "〔＊〕", PERSONAL_NUMBER, "WX13800138000",
		  "a name with a number");
	is_lifted("https://a.cn/?id=123456789", "https://a.cn/?id=〔＊〕", PERSONAL_NUMBER,
		  "123456789", "8 digits in an address");
}

static void test_kept(void)
{
	is_kept("打12345投诉", "a hotline");
	is_kept("110 120 119 12345 12388", "a row of hotlines");
	is_kept("2025-06-01到2026-06-01", "a date");
	is_kept("2016年1月1日国令663号", "an order of the State Council");
	is_kept("7-10个工作日", "a span of days");
	is_kept("12位还是18位", "a number of digits");
	is_kept("2019 2020 2021 2022 2023", "a row of years");
	is_kept("t-shirt2024和windows2025", "a word with a year");
	is_kept("https://www.abc123def456.gov.cn/a1b2c3d4e5", "a word of an address");
	is_kept("一、二、三、四、五、六、七、八、九、十、十一、十二", "a Chinese count");
	is_kept("一三五七九", "a few Chinese digits");
	is_kept("上午9:30-11:30 下午14:00-17:30", "opening hours");
	is_kept("400-820-8208", "a service line");
	is_kept("", "nothing");
}

static void test_many(void)
{
	char raw[400] = "";
	struct personal_text p;

	for (int i = 0; i < 12; i++)
		strcat(raw, "a 13800138000,");
	p = lift(raw);
	is_int((long long)p.n_found, PERSONAL_MAX, "at most so many are listed");
	ok(view_find(p.text, VIEW("138")) < 0, "but all are replaced");
	is_view(p.found[7].value, "13800138000", "each with its value");
	p = lift("我13800138000，妻13900139000。");
	is_view(p.text, "我〔＊〕，妻〔＊〕。", "what stands between stays");
}

static void test_anything(void)
{
	static const char *const parts[] = {"1",  "38", "0013", "8000", "２",           "①",
					    "一", "零", "-",    " ",    "\xe2\x80\x8b", "X",
					    "a",  "证", "(",    "12345"};
	uint32_t seed = 7;
	bool clean = true, valid = true;

	for (int round = 0; round < 20000; round++) {
		char raw[128] = "";
		struct personal_text p;
		size_t row = 0;

		for (int i = 0; i < 12; i++) {
			seed = seed * 1664525 + 1013904223;
			strcat(raw, parts[(seed >> 20) % 16]);
		}
		p = lift(raw);
		for (size_t i = 0; i < p.text.len; i++) {
			row = p.text.ptr[i] >= '0' && p.text.ptr[i] <= '9' ? row + 1 : 0;
			clean = clean && row < 8;
		}
		valid = valid && utf8_is_valid(p.text, NULL);
		arena_reset(&arena);
	}
	ok(clean, "no 8 digits in a row are ever left");
	ok(valid, "the text stays UTF-8");
}

int main(void)
{
	arena_init(&arena, 0);
	test_citizen();
	test_phone();
	test_shapes();
	test_other();
	test_kept();
	test_many();
	test_anything();
	arena_done(&arena);
	return done();
}
