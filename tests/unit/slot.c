/* SPDX-License-Identifier: Apache-2.0 */
/* slot.c - figures with a unit near the words of a rule. */
#include "nlu/slot.h"

#include "nlu-places.h"

static int32_t today = DATE_NONE;

/* The value of a slot in a question; -1 if it was not found. */
static int64_t slot_in(const char *question, const char *name)
{
	const struct slot *slots;
	struct mentions places = {.n = 0};
	struct question q;
	size_t n;

	if (!read_question(question, &q))
		return -2;
	gazetteer_read(gazetteer, &arena, &q.text, &q.sounds, &q.terms, &places);
	n = slots_find(&world.catalog, &arena, &q.text, &places, today, &slots);
	for (size_t i = 0; i < n; i++)
		if (view_is(slots[i].name, name))
			return slots[i].value;
	return -1;
}

/* A slot's range in a question as "least..most", one number if it is exact, "-" if there is none.
 */
static const char *range_in(const char *question, const char *name)
{
	static char out[64];
	char ending[64];
	int64_t least, most;

	least = slot_in(question, name);
	if (least >= 0) {
		snprintf(out, sizeof(out), "%lld", (long long)least);
		return out;
	}
	snprintf(ending, sizeof(ending), "%s" SLOT_LEAST, name);
	least = slot_in(question, ending);
	snprintf(ending, sizeof(ending), "%s" SLOT_MOST, name);
	most = slot_in(question, ending);
	snprintf(out, sizeof(out), "%lld..%lld", (long long)least, (long long)most);
	return least < 0 && most < 0 ? "-" : out;
}

static void durations(void)
{
	is_int(slot_in("居住证过期20天了", "overdue_days"), 20, "digits and days");
	is_int(slot_in("签注逾期两周了怎么办", "overdue_days"), 14, "weeks become days");
	is_int(slot_in("过期半个月还能补吗", "overdue_days"), 15, "half a month is fifteen days");
	is_int(slot_in("晚了二十五天", "overdue_days"), 25, "Chinese numerals");
	is_int(slot_in("逾期一百零五天", "overdue_days"), 105, "a zero within a number");
	is_int(slot_in("过期两年了", "overdue_days"), 730, "a year has 365 days");
	is_int(slot_in("过期两年零一天", "overdue_days"), 731, "and one more is one more");
	is_int(slot_in("在上海住了半年能办吗", "lived_months"), 6, "half a year is six months");
	is_int(slot_in("我住了一年半", "lived_months"), 18, "a year and a half");
	is_int(slot_in("住了一年零三个月", "lived_months"), 15, "a year and three months");
	is_int(slot_in("住了两个半月", "lived_months"), 2, "months that are over are counted");
	is_int(slot_in("住了11个半月", "lived_months" SLOT_MORE), 1,
	       "and that there is more is told");
	is_int(slot_in("住了11个月", "lived_months" SLOT_MORE), -1, "or not, if there is not");
	is_int(slot_in("交了八个月社保", "insured_months"), 8, "the word may follow the figure");
	is_int(slot_in("社保缴了2年", "insured_months"), 24, "years become months");
	is_int(slot_in("孩子六岁能办吗", "age_years"), 6, "an age");
}

static void ranges(void)
{
	is_str(range_in("居住证逾期两个月", "overdue_days"), "59..62",
	       "two months are 59 to 62 days");
	is_str(range_in("过期两个月零五天", "overdue_days"), "64..67",
	       "what stands behind 零 counts");
	is_str(range_in("过期两个月5天", "overdue_days"), "64..67", "without 零 as well");
	is_str(range_in("逾期一个月零二十天", "overdue_days"), "48..51", "a month and twenty days");
	is_str(range_in("逾期一年零十一个月", "overdue_days"), "699..702", "years and months");
	is_str(range_in("过期半年零三天", "overdue_days"), "184..187",
	       "half a year and three days");
	is_str(range_in("过期2个多月", "overdue_days"), "60..91",
	       "more than two months, not three");
	is_str(range_in("证过期三个月多了", "overdue_days"), "90..122", "多 may stand behind");
	is_str(range_in("过期20多天", "overdue_days"), "21..29", "twenty and some");
	is_str(range_in("过期二十几天", "overdue_days"), "21..29", "in other words");
	is_str(range_in("过期四五十天", "overdue_days"), "40..50", "one of two tens");
	is_str(range_in("过期40到50天", "overdue_days"), "40..50", "in digits");
	is_str(range_in("来了三四个月", "lived_months"), "3..4", "three or four");
	is_str(range_in("过期快三个月了", "overdue_days"), "74..91", "nearly three months");
	is_str(range_in("过期不到两个月", "overdue_days"), "0..61", "fewer than two months");
	is_str(range_in("逾期60天以内", "overdue_days"), "0..60", "within sixty days");
	is_str(range_in("逾期不超过60天", "overdue_days"), "0..60", "not more than sixty");
	is_str(range_in("逾期超过60天", "overdue_days"), "61..36500", "more than sixty");
	is_str(range_in("逾期半年以上", "overdue_days"), "181..36500", "half a year or more");
	is_str(range_in("逾期60天左右", "overdue_days"), "48..72", "about sixty");
	is_str(range_in("上周过期的", "overdue_days"), "1..13", "last week");
	is_str(range_in("昨天过期", "overdue_days"), "1", "yesterday");
	is_str(range_in("住了快一年", "lived_months"), "9..11",
	       "nearly a year is not twelve months");
	is_str(range_in("住了40天", "lived_months"), "1", "days become months that are over");
	is_str(range_in("过期一年零", "overdue_days"), "-", "half a figure is none");
}

/* What says more or less of it, beside the ones that say it of a guide's limits. */
static void more_or_less(void)
{
	is_str(range_in("居住证逾期不多于30天", "overdue_days"), "0..30", "not more");
	is_str(range_in("居住证逾期不小于30天", "overdue_days"), "30..36500", "not less");
	is_str(range_in("居住证逾期超30天", "overdue_days"), "31..36500", "over, in one character");
	is_str(range_in("居住证超30天了", "overdue_days"), "-", "which may be what is overdue");
	is_str(range_in("居住证超了30天", "overdue_days"), "30", "and surely is here");
	is_str(range_in("居住证过期半年多", "overdue_days"), "182..364", "half a year and more");
	is_str(range_in("居住证过期大半年", "overdue_days"), "182..364", "in other words");
	is_str(range_in("居住证过期小半年", "overdue_days"), "89..183", "and less");
	today = date_parse(VIEW("2026-11-30"));
	is_str(range_in("居住证2026年5月29日到期，过期半年了", "overdue_days"), "185",
	       "a day beside it is more exact");
	is_str(range_in("居住证10月31日到期，逾期一个月了", "overdue_days"), "30",
	       "and the figure tells its year");
	is_str(range_in("居住证2025年3月1日到期，逾期一个月了", "overdue_days"), "28..31",
	       "but not one that is quite another");
	today = DATE_NONE;
}

/* A limit that is asked about is the rule's; one that somebody has come to is their own. */
static void rules(void)
{
	is_str(range_in("是不是逾期30天内都可以补签", "overdue_days"), "-", "is it so in general?");
	is_str(range_in("逾期60天内都能补签吗", "overdue_days"), "-", "for everybody");
	is_str(range_in("我听说逾期超过半年就要重新登记", "overdue_days"), "-",
	       "who has heard of it is not who it is about");
	is_str(range_in("居住不到半年就不能办吗", "lived_months"), "-", "an amount as well");
	is_str(range_in("我逾期超过半年是不是要重新登记", "overdue_days"), "182..36500",
	       "my own case");
	is_str(range_in("逾期超过半年了是不是要重新登记", "overdue_days"), "182..36500",
	       "or one that has come so far");
	is_str(range_in("是不是逾期20天也要重新登记", "overdue_days"), "20",
	       "a number is no limit");
	is_str(range_in("逾期60天内怎么办", "overdue_days"), "0..60",
	       "nor is the rule asked about with every limit");
}

static void not_figures(void)
{
	is_int(slot_in("居住证过期了怎么办", "overdue_days"), -1, "no figure, no slot");
	is_int(slot_in("2023年来了上海", "lived_months"), -1, "a date is no duration");
	is_int(slot_in("等了20天。证过期", "overdue_days"), -1, "another sentence is too far");
	is_int(slot_in("7个工作日能拿到吗", "overdue_days"), -1, "a figure without the words");
	is_int(slot_in("", "overdue_days"), -1, "an empty text");
	is_int(slot_in("过期999999999999999天", "overdue_days"), -1, "an absurd number is none");
}

static void roles(void)
{
	is_str(range_in("社保两年内累计17个月", "insured_months"), "17", "a window is no amount");
	is_str(range_in("最近一年社保", "insured_months"), "-", "not even alone");
	is_int(slot_in("社保两年内累计17个月", "insured_months" SLOT_BROKEN), 1,
	       "what is added up need not be in a row");
	is_str(range_in("社保断了3个月", "insured_months"), "-", "a break is no amount");
	is_int(slot_in("社保断了3个月", "insured_months" SLOT_BROKEN), 1, "and told of");
	is_str(range_in("社保3个月没交", "insured_months"), "-", "nor what was not paid");
	is_str(range_in("社保断过一个月累计19个月", "insured_months"), "19",
	       "the sum is the amount");
	is_str(range_in("社保中间断了1个月，总共交了15个月", "insured_months"), "15",
	       "behind a clause of its own");
	is_str(range_in("社保断过，之前缴8个月，后来缴5个月", "insured_months"), "-",
	       "of two pieces neither is");
	is_int(slot_in("社保没断过缴了15个月", "insured_months" SLOT_BROKEN), -1,
	       "no break where it is denied");
	is_int(slot_in("社保断过，后来连续缴了12个月", "insured_months" SLOT_BROKEN), -1,
	       "nor in a row of months");
	is_int(slot_in("断签3个月，社保15个月", "insured_months" SLOT_BROKEN), -1,
	       "another word's piece is no break");
	is_str(range_in("断签15天", "overdue_days"), "15", "but its own figure");
	is_str(range_in("满12个月社保差一个月", "insured_months"), "-",
	       "what is missing is no amount");
	is_str(range_in("登记还差两个月满一年", "lived_months"), "-", "nor what it is missing to");
	is_str(range_in("社保要交满12个月吗", "insured_months"), "-", "nor what is required");
	is_str(range_in("需要居住满半年吗", "lived_months"), "-", "asked as well");
	is_str(range_in("住满半年才发证，我才来", "lived_months"), "-", "nor what is wanted first");
	is_str(range_in("半年是从登记那天算起吗", "lived_months"), "-", "or how it is counted");
	is_str(range_in("住满半年就要去办吗", "lived_months"), "-", "or what follows from it");
	is_str(range_in("没有住满半年", "lived_months"), "0..5", "but what is not yet reached is");
	is_str(range_in("上班四个月,没交社保", "insured_months"), "-",
	       "nor what stands further in front");
	is_int(slot_in("没交社保,住了一年", "insured_months" SLOT_BROKEN), -1,
	       "what never began was not broken off");
	is_int(slot_in("断断续续住了一年", "insured_months" SLOT_BROKEN), -1,
	       "nor was what nobody speaks of");
	is_str(range_in("社保快要满12个月了", "insured_months"), "11", "but what is nearly there");
	is_str(range_in("登记满一年社保两年内累计17个月", "insured_months"), "17",
	       "a figure behind its word is not the next word's");
	is_str(range_in("登记满一年社保两年内累计17个月", "lived_months"), "12", "but its own");
}

static void ends(void)
{
	is_str(range_in("居住证还有3天到期", "left_days"), "3", "what is left");
	is_str(range_in("居住证还有3天到期", "overdue_days"), "-", "is not over");
	is_str(range_in("还差10天过期", "left_days"), "10", "in other words");
	is_str(range_in("离到期还有一个月", "left_days"), "28..31", "behind the word");
	is_str(range_in("3天后到期", "left_days"), "3", "in three days");
	is_str(range_in("明天到期", "left_days"), "1", "tomorrow");
	is_str(range_in("过期20天", "left_days"), "-", "what is over is not left");
	is_str(range_in("3天前到期的", "overdue_days"), "3", "three days ago");
	is_str(range_in("居住证3天前到期的", "lived_months"), "-", "居住证 says nothing of living");
	is_str(range_in("居住证3天前到期的", "overdue_days"), "3", "so that it is not its figure");
	is_str(range_in("到期两个月了", "overdue_days"), "59..62", "since the end");
	is_str(range_in("过期前30天能签吗", "overdue_days"), "-", "before the end");
	is_str(range_in("居住证一年过期吗", "overdue_days"), "-", "how long it is valid");
	is_str(range_in("过期几天可以续", "overdue_days"), "-", "how many days");
	is_str(range_in("过期好几天了", "overdue_days"), "2..9", "some days");
	is_str(range_in("合同还剩一个月到期", "left_days"), "-", "another thing's end");
	is_str(range_in("合同续了,居住证还剩一个月到期", "left_days"), "28..31",
	       "unless it stands in another clause");
	is_str(range_in("过期了,同一天办的", "overdue_days"), "-", "the same day");
	is_str(range_in("没过期，住了10天", "overdue_days"), "-", "it is not over");
	is_str(range_in("两个月没签", "overdue_days"), "59..62", "what was not done for so long");
	is_str(range_in("过期两个月后还能签吗", "overdue_days"), "59..62", "after so long");
}

static void several(void)
{
	const char *q = "我在郑州住了一年，社保交了七个月，居住证过期10天";

	is_int(slot_in(q, "lived_months"), 12, "the first of three figures");
	is_int(slot_in(q, "insured_months"), 7, "the second of three figures");
	is_int(slot_in(q, "overdue_days"), 10, "the third of three figures");
	q = "我在深圳住了8个月社保交了10个月能办居住证不";
	is_int(slot_in(q, "lived_months"), 8, "a figure goes to the word in front of it");
	is_int(slot_in(q, "insured_months"), 10, "and not to the one behind it as well");
	q = "社保缴了也住满了12个月";
	is_int(slot_in(q, "lived_months"), 12, "two words in front share a figure");
	is_int(slot_in(q, "insured_months"), 12, "and both have it");
}

static void dated(void)
{
	today = date_parse(VIEW("2026-11-30"));
	is_str(range_in("居住证2026年10月1日到期了", "overdue_days"), "60", "since a day");
	is_str(range_in("居住证2026-10-01过期", "overdue_days"), "60", "in figures");
	is_str(range_in("二〇二六年十月一日到期", "overdue_days"), "60", "in numerals");
	is_str(range_in("10月1号到期了", "overdue_days"), "60", "the last one, if it is over");
	is_str(range_in("10月1号已经过期", "overdue_days"), "60", "in other words");
	is_str(range_in("10月1号要到期了", "left_days"), "305", "the next one, if it is to come");
	is_str(range_in("10月1号要到期了", "overdue_days"), "-", "and that is not over");
	is_str(range_in("10月1号到期", "overdue_days"), "-", "neither, if nothing tells");
	is_str(range_in("10月1号到期", "left_days"), "-", "nor is so much left");
	is_str(range_in("10月1号到期还能签吗", "overdue_days"), "60", "还能 tells, of a near one");
	is_str(range_in("1月15号到期还能签吗", "overdue_days"), "-", "but of no far one");
	is_str(range_in("12月15号就到期了", "left_days"), "15", "就…了 is said of the nearer one");
	is_str(range_in("10月15号就到期了", "overdue_days"), "46", "on either side");
	is_str(range_in("2027年3月5日到期", "left_days"), "95", "a year tells the side");
	is_str(range_in("有效期到2027.3.5", "left_days"), "95", "what it is valid to");
	is_str(range_in("有效期2025.3.5-2026.3.5", "overdue_days"), "270", "of two the end");
	is_str(range_in("今天到期", "left_days"), "0", "the last day is not over");
	is_str(range_in("今天到期了", "overdue_days"), "-", "whatever is said of it");
	is_str(range_in("9月底到期了", "overdue_days"), "61..70", "the end of a month");
	is_str(range_in("去年10月过期的", "overdue_days"), "395..425", "a month");
	is_str(range_in("11月过期了", "overdue_days"), "1..29", "what of it is over");
	is_str(range_in("2026年11月到期", "overdue_days"), "-", "if that is said");
	is_str(range_in("2024年11月30日过期", "overdue_days"), "730", "two years are 730 days");
	is_str(range_in("2023年11月30日过期", "overdue_days"), "1095..1096",
	       "a leap day may count or not");
	is_str(range_in("居住证过期40天,10月1号到期的", "overdue_days"), "40",
	       "a figure goes before a date");
	is_str(range_in("到期10月1日", "overdue_days"), "-", "1日 of a date is no figure");
	is_str(range_in("过期了,10月1号去办", "overdue_days"), "-", "another thing's day");
	is_str(range_in("9月25日到期了,11月20号补签的", "overdue_days"), "-",
	       "late until another day than today");
	is_str(range_in("10月1日到期了,12月15号去签还来得及吗", "overdue_days"), "-",
	       "which may be to come");
	is_str(range_in("10月1日到期了,今天去签", "overdue_days"), "60", "unless it is today");
	is_str(range_in("2025年3月来的,10月1日到期了", "overdue_days"), "60", "or before");
	is_str(range_in("12月1号到期了", "overdue_days"), "-", "it may be said the day before");
	is_str(range_in("12月1号过期了", "overdue_days"), "364", "but not so");
	is_str(range_in("12月1号已经到期了", "overdue_days"), "364", "nor so");
	is_str(range_in("12月1号快到期了", "left_days"), "1", "soon");
	is_str(range_in("合同过期了,居住证12月1号到期", "overdue_days"), "-", "of another thing");
	is_str(range_in("2025年10月1日签注的居住证过期了", "overdue_days"), "-",
	       "the day it was endorsed is not its end");
	is_str(range_in("10月1号左右到期了", "overdue_days"), "-", "about a day is none");
	is_str(range_in("2025年10月1日办的居住证过期了", "overdue_days"), "-",
	       "the day it was given is not its end");
	is_str(range_in("10月1号上海的居住证到期了", "overdue_days"), "60", "somewhere's permit");
	is_str(range_in("10月1号上海办的居住证到期了", "overdue_days"), "-", "unless it was given");
	is_str(range_in("去年住过的,居住证早已过期", "overdue_days"), "-", "another clause's day");
	is_str(range_in("居住证10月1号到期,忘了", "overdue_days"), "60",
	       "what was forgotten is over");
	is_str(range_in("合同10月1号到期了", "overdue_days"), "-", "another thing's end");
	is_str(range_in("10月1号没到期了", "overdue_days"), "-", "what is denied");
	is_str(range_in("2026年2月30日到期了", "overdue_days"), "-", "no such day");
	is_str(range_in("2026年10月1日前到期", "overdue_days"), "-", "before a day");
	is_str(range_in("居住证2026年9月1日到期的,2026年10月1日到期的", "overdue_days"), "-",
	       "two ends are none");
}

static void ends_of_validity(void)
{
	is_str(range_in("2025年10月1日有效期一年", "overdue_days"), "-",
	       "how long it is valid tells where it begins");
	is_str(range_in("2025年10月1日,有效期为1年", "overdue_days"), "-", "in other words");
	is_str(range_in("有效期是2025年10月1日起一年", "overdue_days"), "-", "behind it as well");
	is_str(range_in("2025年10月1日有效期到2026年10月1日", "overdue_days"), "60",
	       "the end stands behind the word");
	is_str(range_in("有效期是2025年10月1日,过期了吗", "overdue_days"), "425",
	       "without a duration it is the end");
	is_str(range_in("有效期从2025年10月1日到2026年10月1日", "overdue_days"), "60",
	       "from a day to another");
	is_str(range_in("有效期自2025年10月1日起至2026年10月1日止", "overdue_days"), "60",
	       "as it is written on it");
	is_str(range_in("有效期从2025年10月1日开始", "overdue_days"), "-", "from a day alone");
	is_str(range_in("有效期从2025年10月1日", "overdue_days"), "-", "with no word behind it");
}

static void on_the_day(void)
{
	static const char *const words[] = {"11月30号过期了", "11月30号已经到期了", "30号过期了",
					    "11月30号到期"};

	for (size_t i = 0; i < N_OF(words); i++) {
		is_str(range_in(words[i], "overdue_days"), "-", "%s: not a year ago", words[i]);
		is_str(range_in(words[i], "left_days"), "0", "%s: today", words[i]);
	}
	is_str(range_in("11月30号登记的", "lived_months"), "-", "nor did anything begin then");
	today = date_parse(VIEW("2026-12-01"));
	is_str(range_in("1号过期了", "overdue_days"), "-", "nor a month ago");
	is_str(range_in("1号过期了", "left_days"), "0", "but today");
	is_str(range_in("上个月31号到期了", "overdue_days"), "-",
	       "上个月 of a day that does not exist says nothing");
	today = date_parse(VIEW("2026-11-30"));
	is_str(range_in("农历10月1号到期了", "overdue_days"), "-", "of another calendar nothing");
	is_str(range_in("2024年1月1日到期了", "overdue_days"), "1064",
	       "leap days count where no whole years lie between");
}

/* 从3月交到5月: the May after that March, though the next one is nearer to today. */
static void ended(void)
{
	is_str(range_in("社保从3月交到5月", "insured_months"), "-", "what ended in May is over");
	is_str(range_in("从1月居住到6月", "lived_months"), "-", "or in June");
	is_str(range_in("社保从3月交到10月", "insured_months"), "8..9", "to last month it goes on");
	is_str(range_in("社保从3月开始一直交到了11月", "insured_months"), "8..9",
	       "to this one, too");
	is_str(range_in("社保从去年3月交到11月", "insured_months"), "-", "of last year it is over");
	is_str(range_in("社保从10月交到今年3月", "insured_months"), "-",
	       "nothing ends before it began");
}

static void elsewhere(void)
{
	asks("从2025年3月开始在广州居住,深圳能办居住证吗", "440300");
	is_str(range_in("从2025年3月开始在广州居住,深圳能办居住证吗", "lived_months"), "-",
	       "a date of another place");
	is_str(range_in("2025年3月来的广州,深圳居住证怎么办", "lived_months"), "-",
	       "behind the word");
	is_str(range_in("从去年3月开始在东莞交社保,深圳能办居住证吗", "insured_months"), "-",
	       "insured there");
	is_str(range_in("在广州住了20个月,深圳能办居住证吗", "lived_months"), "-",
	       "a figure of another place");
	is_str(range_in("广州住了20个月,深圳住了3个月,深圳能办居住证吗", "lived_months"), "3",
	       "beside one of the asked place");
	is_str(range_in("从广州来深圳住了20个月,能办居住证吗", "lived_months"), "20",
	       "the nearest place is meant");
	is_str(range_in("我是河南人,在深圳住了20个月", "lived_months"), "20",
	       "where somebody is from is not where he lives");
	is_str(range_in("从2025年3月开始在宝安居住,深圳能办居住证吗", "lived_months"), "19..20",
	       "a district of the asked city");
	is_str(range_in("从2025年3月开始居住,今年10月来深圳", "lived_months"), "-",
	       "who moved later began somewhere else");
	is_str(range_in("从2025年3月开始居住,今年10月才到深圳", "lived_months"), "-",
	       "in other words");
	is_str(range_in("从2025年3月开始在深圳居住,今年10月回广州,深圳能办吗", "lived_months"), "-",
	       "who went elsewhere does not live there");
	is_str(range_in("从2025年3月开始居住,今年10月来办过", "lived_months"), "19..20",
	       "who came to an office did not move");
	is_str(range_in("从2025年3月开始居住,今年5月开始居住", "lived_months"), "-",
	       "two beginnings are none");
}

/* Without a word that means to live. */
static void stays(void)
{
	is_str(range_in("来深圳两年了,怎么办居住证", "lived_months"), "24", "come, and so long");
	is_str(range_in("刚来成都三天,要办居住证吗", "lived_months"), "0", "a few days");
	is_str(range_in("到杭州才两个月,居住证能办不", "lived_months"), "2", "with a small word");
	is_str(range_in("来深圳大半年了,能办居住证吗", "lived_months"), "6..11",
	       "more than a half");
	is_str(range_in("在郑州上班八个月了,能办居住证吗", "lived_months"), "8",
	       "what is done where one lives");
	is_str(range_in("在深圳打了三年工,能办居住证吗", "lived_months"), "36", "parted");
	is_str(range_in("人在佛山陶瓷厂上班两年了,怎么办居住证", "lived_months"), "24",
	       "at a workplace");
	is_str(range_in("我在这边打工三年了,居住证怎么办", "lived_months"), "36",
	       "here, without a name");
	is_str(range_in("在深圳龙华干了四个月,能办居住证吗", "lived_months"), "4",
	       "a district behind its city");
	is_str(range_in("半年前来的成都,能办居住证吗", "lived_months"), "6",
	       "the figure stands in front");
	is_str(range_in("三个月前才搬到苏州,居住证怎么办", "lived_months"), "3", "moved");
	is_str(range_in("从成都来广州三个月,居住证怎么办", "lived_months"), "3",
	       "where one is now");
	is_str(range_in("在成都待了三年,来广州三个月,广州居住证怎么办", "lived_months"), "3",
	       "not where one was");
	is_str(range_in("来广州出差三天,要办居住登记吗", "lived_months"), "-",
	       "a journey is no stay");
	is_str(range_in("打算去珠海三个月,要办居住证吗", "lived_months"), "-", "a plan is none");
	is_str(range_in("公司派我来郑州一年,要办居住证吗", "lived_months"), "-",
	       "nor what somebody is sent for");
	is_str(range_in("公司派我来郑州一年了,要办居住证吗", "lived_months"), "12",
	       "unless it is over");
	is_str(range_in("户口在郑州三年了,居住证还用办吗", "lived_months"), "-",
	       "a thing does not live");
	is_str(range_in("居住证寄到杭州三天了,没收到", "lived_months"), "-",
	       "nor what was sent there");
	is_str(range_in("在广州三个月的社保能办居住证吗", "lived_months"), "-",
	       "a figure of something else");
	is_str(range_in("在成都断缴社保三个月了,居住证还能办吗", "lived_months"), "-",
	       "or of what was done there");
	is_str(range_in("在郑州居住证过期三个月了怎么办", "lived_months"), "-", "or happened");
	is_str(range_in("在成都结婚三年了,怎么办居住证", "lived_months"), "-",
	       "what one need not live there for");
}

static void begun(void)
{
	is_str(range_in("从2025年3月开始居住", "lived_months"), "19..20", "since a month");
	is_str(range_in("2025年3月15号登记的", "lived_months"), "20", "since a day");
	is_int(slot_in("2025年12月20号登记的", "lived_months" SLOT_MORE), 1,
	       "eleven and some days");
	is_int(slot_in("2025年12月30号登记的", "lived_months" SLOT_MORE), -1, "eleven to the day");
	is_str(range_in("去年12月来的", "lived_months"), "10..11", "since somebody came");
	is_str(range_in("2025年12月办的居住登记", "lived_months"), "10..11", "registered");
	is_str(range_in("2025年12月办的居住证", "lived_months"), "-", "given a permit is not");
	is_str(range_in("从2025年3月住到现在", "lived_months"), "19..20", "until now");
	is_str(range_in("社保从去年12月交到现在", "insured_months"), "11..12",
	       "months paid for count from the first, and this one may be paid");
	is_str(range_in("社保从去年5月到今年10月", "insured_months"), "18..19",
	       "until the month before");
	is_str(range_in("社保从去年5月交到去年10月", "insured_months"), "-", "not of what is past");
	is_str(range_in("社保从去年5月交到现在,中间断过", "insured_months"), "-",
	       "nor with a break");
	is_int(slot_in("社保从去年5月交到现在,中间断过3个月", "insured_months" SLOT_BROKEN), 1,
	       "which is told");
	is_str(range_in("社保从去年5月交到现在没断过", "insured_months"), "18..19",
	       "unless it is denied");
	is_str(range_in("从2025年3月开始办居住证", "lived_months"), "-",
	       "居住 of 居住证 says nothing of living");
	is_str(range_in("2025年3月来过", "lived_months"), "-", "nor does a visit");
	is_str(range_in("从2027年3月开始居住", "lived_months"), "-", "nor what is to come");
	is_str(range_in("从2025年3月起居住登记新规", "lived_months"), "-", "nor a new rule");
	today = DATE_NONE;
	is_str(range_in("2026年10月1日到期了", "overdue_days"), "-", "without today no dates");
	is_str(range_in("从2025年3月开始居住", "lived_months"), "-", "at all");
}

int main(void)
{
	places_init();
	durations();
	ranges();
	more_or_less();
	rules();
	not_figures();
	roles();
	ends();
	several();
	dated();
	ends_of_validity();
	on_the_day();
	ended();
	elsewhere();
	stays();
	begun();
	places_done();
	return done();
}
