/* SPDX-License-Identifier: Apache-2.0 */
/* emergency.c - short messages with a word of danger in them, and nothing that belies it. */
#include "dialog/emergency.h"

#define CHARS_MAX 18 /* nobody writes stories then */
#define CRY_CHARS 6

/* 救命啊: beside anything else it is but a sigh. */
static bool is_cry(const struct understanding *u)
{
	static const char *const cries[] = {"救命", "救救我", "快救人", "来人啊"};

	return u->text.n_chars <= CRY_CHARS && HOLDS(u->text.folded, cries);
}

/* 有人打我, but not 有人打我电话; 被打了, but not 被打回来了. */
static bool is_beaten(struct view text)
{
	static const char *const behind[] = {"电话", "手机", "微信", "的", "qq", "语音", "视频"};
	static const char *const beaten[] = {"被打了", "被打伤", "被打怎么", "被人打",
					     "打人了", "打死人", "打起来了", "打架了"};
	ptrdiff_t at = view_find(text, VIEW("打我"));
	struct view rest = at < 0 ? VIEW("") : view_sub(text, (size_t)at + 6, SIZE_MAX);

	if (at >= 0 && view_starts_any(rest, behind, N_OF(behind)) == 0)
		return true;
	/* 被房东打了 */
	return HOLDS(text, beaten) ||
	       (view_starts(text, VIEW("被")) && view_ends(text, VIEW("打了"))) ||
	       (view_find(text, VIEW("我被")) >= 0 && view_ends(text, VIEW("打了")));
}

bool emergency_is(const struct understanding *u)
{
	static const char *const words[] = {
	    "着火",     "起火",   "失火",     "火灾",    "火警",     "煤气泄",   "燃气泄",
	    "爆炸",     "杀人",   "杀我",     "砍人",    "砍我",     "捅人",     "抢劫",
	    "被抢了",   "绑架",   "强奸",     "家暴",    "有小偷",   "进小偷",   "有人跟踪",
	    "晕倒",     "昏倒",   "昏迷",     "救护车",  "急救",     "心脏病犯", "心脏病发",
	    "吐血",     "大出血", "没有呼吸", "没呼吸",  "喘不上气", "喘不过气", "触电",
	    "溺水",     "掉水里", "落水",     "车祸",    "煤气中毒", "食物中毒", "我要报警",
	    "报警电话", "报警打", "怎么报警", "帮我报警"};
	static const char *const belied[] = {
	    "保险", "验收", "证",   "培训",   "考",   "许可", "报警器", "理赔", "报销",
	    "赔",   "备案", "设备", "责任",   "材料", "报告", "回执",   "记录", "费",
	    "钱",   "医保", "社保", "资质",   "公司", "以后", "之后",   "住院", "去年",
	    "以前", "上次", "出过", "急救包", "明天", "app",  "骗"};
	struct view text = u->text.folded;

	if (u->text.n_chars > CHARS_MAX || term_hits_have(&u->terms, true) || HOLDS(text, belied))
		return false;
	return is_cry(u) || is_beaten(text) || HOLDS(text, words);
}
