/* SPDX-License-Identifier: Apache-2.0 */
/*
 * household.c - whether a household of a place is to be had, so that the place is asked about.
 *
 * 河南户口的人 tells where somebody is from; 上海户口好落吗, 怎么拿到北京户口, 迁户口 阳泉 ask what
 * it takes to be registered there.
 */
#include "nlu/gazetteer.h"
#include "nlu/story.h"

#include "base/utf8.h"

/* How it is called behind a place, and what only begins so. */
static const char *const households[] = {
    "户",       "籍",       "户口",       "户籍",       "的户口",   "的户籍",   "农户",
    "集体户",   "本地户口", "农村户口",   "农村户籍",   "城镇户口", "城镇户籍", "农业户口",
    "集体户口", "居民户口", "的农村户口", "的城镇户口", "市户口",   "人才户口"};
/* Somebody or something else is spoken of: 北京户口本, 河南户口的人, 深户在广州. */
static const char *const others[] = {"本",   "簿",   "页",   "所在", "地址", "地,", "在",
				     "人",   "的",   "想",   "打算", "准备", "外",  "头",
				     "要在", "要来", "要去", "来",   "去",   "贯",  "地"};
/* … and what only looks so. */
static const char *const of_it[] = {"本科",   "本硕",     "本地落", "的条件", "的政策",
				    "的要求", "的含金量", "的好处", "的门槛", "的流程",
				    "的手续", "的材料",   "的难度", "的申请", "的办理"};
/* In front of the place. */
static const char *const gets[] = {
    "拿到", "拿",   "拿个", "拿下", "得到", "取得",   "获得",   "获取",   "申请", "办理",   "办",
    "想要", "要个", "想办", "换成", "转成", "改成",   "迁成",   "变成",   "变为", "落成",   "落",
    "入",   "迁入", "迁进", "迁到", "加入", "搞到",   "搞个",   "弄到",   "弄个", "弄上",   "混个",
    "落上", "办下", "上个", "落下", "成为", "迁回",   "转为",   "想要个", "要张", "申请个", "攞到",
    "攞",   "入到", "落到", "上到", "娃上", "孩子上", "宝宝上", "能上",   "想上"};
/* … if it is the only place: 刚落了上海户口，居住证怎么处理. */
static const char *const got[] = {"落了", "拿了", "入了", "拿到了", "转了",
				  "迁了", "办好", "落好", "有了"};
/* Behind it. */
static const char *const ways[] = {
    "落吗",    "落不",    "落得",   "落户",   "落下",     "落进",      "好落",     "难落",
    "能落",    "可落",    "么落",   "咋落",   "样落",     "落么",      "落嘛",     "落就落",
    "才落",    "可以落",  "迁入",   "迁进",   "迁回",     "迁出",      "迁走",     "迁得",
    "迁城",    "么迁",    "咋迁",   "能迁",   "好迁",     "进去",      "进来",     "难进",
    "好进",    "能进",    "进得",   "容易进", "以进",     "难拿",      "好拿",     "能拿",
    "拿到",    "拿下",    "么拿",   "咋拿",   "容易拿",   "不难拿",    "么入",     "咋入",
    "能入",    "可以入",  "难入",   "好入",   "申请",     "条件",      "政策",     "新政",
    "新规",    "门槛",    "值得",   "含金量", "值钱",     "要什么",    "需要什么", "要啥",
    "能下来",  "下得来",  "上户",   "报户",   "入户",     "好上",      "能批下来", "好办吗",
    "好办不",  "难办吗",  "难不难", "难吗",   "容易吗",   "要几年",    "多久能",   "要多久",
    "办下来",  "么上",    "咋上",   "样上",   "咋个上",   "么进",      "咋进",     "攞到",
    "qianru",  "qian ru", "luohu",  "luo hu", "tiaojian", "tiao jian", "hao luo",  "nan luo",
    "hao jin", "nan jin", "nan na", "迁移",   "transfer", "么转",      "咋转",     "么弄",
    "咋弄"};
static const char *const moves[] = {"迁户口",   "转户口",   "落户口",   "入户口",   "移户口",
				    "上户口",   "办户口",   "报户口",   "迁户籍",   "转户籍",
				    "迁移户口", "转移户口", "迁户口在", "上户口在", "落户口在",
				    "迁回娘家", "迁回老家", "转回老家", "落回老家", "迁回家乡",
				    "迁到老家", "迁到婆家", "落到老家", "转回娘家", "落回娘家"};
static const char *const not_moves[] = {"没", "未", "不", "没有", "不想", "没能", "不用", "无需"};
/* 把户口落在青岛, unless it is there: 把户口落在青岛了. */
static const char *const placed[] = {"把户口落在", "把户口放在", "把户口挂在", "把户口落到",
				     "把户籍落在", "户口能落在", "户口想落在", "户口可以落在"};
/* 集体户口在武汉，怎么迁出来 */
static const char *const lies[] = {"户口在", "户籍在", "户口还在", "户口是", "户口一直在"};
static const char *const leaves[] = {"迁出", "迁走", "转出", "移出"};
/* 深圳户口本丢了 */
static const char *const books[] = {"户口本", "户口簿", "的户口本", "的户口簿"};
static const char *const troubles[] = {"丢", "补",   "换", "加页", "变更", "分户",
				       "改", "缺页", "坏", "更正", "增项"};
/* Who is from there: 我是河南户口. */
static const char *const selves[] = {"我",   "俺",   "咱",   "本人",   "我们",   "是",   "老公",
				     "老婆", "爱人", "对象", "先生",   "太太",   "孩子", "小孩",
				     "宝宝", "儿子", "女儿", "男朋友", "女朋友", "爸妈", "父母",
				     "我爸", "我妈", "男方", "女方",   "凭",     "拿着", "持"};
static const char *const still[] = {"还是", "到底是", "问的是", "要的是"};

/* What is asked of the place where a household is, wherever its people are: 潮州戶籍的老人換身份證,
 * 户口在呼和浩特，想让父母投靠我. */
static const char *const kept[] = {
    "户口本",    "户口簿",   "户口登记", "户籍登记", "户口可以", "户口当年", "户口想", "户口有",
    "娃儿落户",  "孩子落户", "宝宝落户", "小孩落户", "孙子落户", "迁出",     "迁走",   "迁移",
    "迁回",      "迁到配偶", "分户",     "立户",     "销户",     "户主",     "恢复户", "身份证",
    "出生",      "改名",     "曾用名",   "医保",     "医宝",     "社保",     "农保",   "农合",
    "新农和",    "合作医疗", "养老",     "低保",     "公积金",   "yibao",    "shebao", "回国定居",
    "insurance", "id card",  "回乡",     "返乡",     "投靠我",   "投靠落户", "随迁",   "新生儿",
    "迁入",      "原籍",     "随父母",   "护照",     "户口项目", "户口迁",   "被注销", "被销",
    "怎么恢复"};
/* … or where another one's is: 老公户口在耒阳，我想迁过去. */
static const char *const joined[] = {"迁过去", "转过去", "落过去", "迁到他", "迁到她", "迁去他",
				     "迁去她", "迁进去", "落进去", "落在他", "落在她", "落到他",
				     "落到她", "能上他", "能上她", "跟他落", "跟她落"};
static const char *const mine[] = {"我户口在",   "我的户口在", "我户籍在", "我的户籍在",
				   "我自己户",   "我自己的户", "本人户",   "俺户口在",
				   "我户口还在", "我的户口还"};
/* … or where the one is from with whom somebody lives: 先生是南宁户口，我外省的. */
static const char *const locals[] = {"先生", "老公", "丈夫", "爱人", "对象",   "老婆",   "太太",
				     "妻子", "媳妇", "公婆", "婆婆", "男朋友", "女朋友", "岳父"};
static const char *const guests[] = {"跟他同住", "跟她同住",   "和他同住", "和她同住", "与他同住",
				     "住他家",   "住她家",     "我外地",   "我是外地", "我外省",
				     "我是外省", "我不是本地", "外省户"};
/* … but not what is asked of where they live, or go. */
static const char *const lived[] = {
    "居住",     "居主",   "暂住",   "住证",   "juzhu",    "ju zhu",    "jzz",     "permit",
    "这边",     "这里",   "这儿",   "本地",   "当地",     "外地人",    "zhebian", "zhe bian",
    "zheli",    "zhe li", "老乡",   "luohu",  "luo hu",   "异地",      "yidi",    "yi di",
    "建筑",     "公司",   "资质",   "安许",   "安全生产", "注册",      "转过来",  "迁过来",
    "迁到我家", "我是从", "爸妈是", "父母是", "厂里",     "工作的地方"};

/* Beside a place, where only somebody's household is told. */
#define TOLD_CHARS      5
#define HOUSEHOLD_CHARS 2

static bool has_place_in(const struct search *s, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i].start >= from && s->found[i].start < to &&
		    s->found[i].role != MENTION_PART)
			return true;
	return false;
}

/* 河北户口怎么办居住证: it is another thing that somebody from there asks for. */
static bool has_other_thing(const struct search *s, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < s->terms->n; i++) {
		const struct term_hit *hit = &s->terms->items[i];

		if (hit->term->matter && hit->start >= from && hit->end <= to &&
		    view_find(text_part(s->text, hit->start, hit->end), VIEW("户")) < 0)
			return true;
	}
	return false;
}

static bool is_moved_there(struct view behind)
{
	size_t len = ENDS(behind, moves);

	return len > 0 && !ENDS(view_sub(behind, 0, behind.len - len), not_moves);
}

/* No other place, and no other thing than a household, is spoken of. */
static bool is_all_about(const struct search *s, uint32_t from, uint32_t to)
{
	uint32_t n = (uint32_t)s->text->n_chars;

	return !has_place_in(s, 0, from) && !has_place_in(s, to, n) && !has_other_thing(s, 0, n);
}

/* What is there is to go from there, or its papers are asked for. */
static bool is_held_there(const struct search *s, uint32_t from, uint32_t to)
{
	struct view ahead = text_part(s->text, to, s->text->n_chars);
	size_t len = STARTS(ahead, books);

	if (len > 0 ? !HOLDS(ahead, troubles)
		    : !ENDS(text_part(s->text, 0, from), lies) || !HOLDS(ahead, leaves))
		return false;
	return is_all_about(s, from, to);
}

static bool is_joined(struct view all)
{
	return (HOLDS(all, joined) || (HOLDS(all, locals) && HOLDS(all, guests))) &&
	       !HOLDS(all, mine);
}

bool household_is_kept(const struct search *s)
{
	struct view all = text_part(s->text, 0, s->text->n_chars);
	size_t n_named = 0;

	for (size_t i = 0; i < s->n; i++)
		n_named += s->found[i].end - s->found[i].start;
	/* 塔城地区户籍 is all that is asked; 我是达州户口 asks nothing. */
	if (s->found[0].start == 0 &&
	    STARTS(text_part(s->text, s->found[s->n - 1].end, s->text->n_chars), households) &&
	    s->text->n_chars - n_named <= HOUSEHOLD_CHARS)
		return true;
	return s->text->n_chars - n_named > TOLD_CHARS &&
	       ((HOLDS(all, kept) && !HOLDS(all, lived)) || is_joined(all));
}

bool household_is_wanted(const struct search *s, uint32_t from, uint32_t to)
{
	struct view behind = text_part(s->text, 0, from), ahead;
	size_t len = STARTS(text_part(s->text, to, s->text->n_chars), households);
	uint32_t end, n = (uint32_t)s->text->n_chars;

	if (is_held_there(s, from, to) ||
	    (ENDS(behind, placed) &&
	     !view_starts(text_part(s->text, to, s->text->n_chars), VIEW("了"))))
		return true;
	if (is_moved_there(behind))
		return !has_other_thing(s, 0, n);
	if (len == 0)
		return false;
	to += (uint32_t)utf8_count(view_sub(text_part(s->text, to, s->text->n_chars), 0, len));
	end = story_end_from(s->text, to);
	ahead = text_part(s->text, to, end);
	if (has_place_in(s, to, end) || has_other_thing(s, to, end) ||
	    (STARTS(ahead, others) && !STARTS(ahead, of_it)))
		return false;
	if (ENDS(behind, gets) ||
	    (ENDS(behind, got) && !has_place_in(s, 0, from) && !has_place_in(s, to, n)))
		return true;
	return HOLDS(ahead, ways) && (!ENDS(behind, selves) || ENDS(behind, still));
}
