/* SPDX-License-Identifier: Apache-2.0 */
/* cue-part.c - which part a place plays by the words around it, or what else bears its name. */
#include "nlu/cue-read.h"
#include "nlu/gazetteer.h"

#define FOOD_CHARS 5 /* of what is made to eat */
#define WORK_REACH 6 /* from goods to what somebody does there */

/* 我河南的 在上海办: a blank or a picture stands there, and not only another script. */
static bool is_parted(const struct text *text, uint32_t at)
{
	return at < text->n_chars && han_is(text->chars[at]) && search_is_gap(text, at);
}

/* 户口还在学校武汉: the household's place, in the same clause. */
static bool is_of_household(const struct text *text, uint32_t start)
{
	static const char *const where[] = {"户口还在", "户口仍在", "户口还留在", "户口留在",
					    "户口落在", "户口挂在", "户口放在",   "户籍还在"};
	uint32_t from = start;

	while (from > 0 && text->chars[from - 1] != ',' && text->chars[from - 1] != ' ')
		from--;
	return view_has_any(text_part(text, from, start), where, sizeof(where) / sizeof(*where));
}

/* 到湖州来 */
static bool is_come_to(const struct text *text, uint32_t start, uint32_t end)
{
	return start > 0 && text->chars[start - 1] == 0x5230 /* 到 */ && end < text->n_chars &&
	       text->chars[end] == 0x6765 /* 来 */;
}

/* 在南充户口咋上: how one is registered there is asked. */
static bool is_registered_there(const struct cues *c, const struct text *text, uint32_t start,
				uint32_t end)
{
	static const char *const asks[] = {"户口咋",     "户口怎",       "户口如何", "户口哪",
					   "户口在哪上", "户口能不能上", "户口好上"};

	return view_starts_any(text_part(text, end, text->n_chars), asks,
			       sizeof(asks) / sizeof(*asks)) > 0 &&
	       cue_leads(c, text, start);
}

static bool is_origin(const struct cues *c, const struct text *text, uint32_t start, uint32_t end,
		      uint32_t behind, uint32_t far_behind)
{
	static const char *const folk[] = {"老板", "同事", "师傅", "大哥", "大姐", "大叔",
					   "大妈", "阿姨", "室友", "邻居", "工友", "同学",
					   "房东", "客户", "房客", "租客", "朋友", "哥们",
					   "小伙", "姑娘", "老乡", "妹子", "工人", "兄弟"};
	static const char *const offices[] = {
	    "户政",     "户型",     "户籍科", "户籍室", "户籍窗口", "户籍大厅",
	    "户籍民警", "户籍处",   "户口科", "乡下能", "乡下可以", "乡下也",
	    "乡下办",   "乡下怎",   "乡下咋", "乡下哪", "乡下有",   "乡下租",
	    "乡下住",   "乡下居住", "乡下派", "乡下工", "乡下上"};
	static const char *const whereabouts[] = {"人在", "人已", "人现", "人到", "人不",
						  "人刚", "人早", "人都", "人去", "人回"};
	uint32_t len, ahead = cue_after(c, text, end, 0, &len),
		      beyond = cue_after(c, text, end + 1, 0, &len);
	uint32_t of_folk = end + view_starts(text_part(text, end, text->n_chars), VIEW("的"));

	/* 昆山户政, 昆山乡下能办吗: what is there. */
	if (view_starts_any(text_part(text, end, text->n_chars), offices,
			    sizeof(offices) / sizeof(*offices)) > 0)
		return false;
	/* 打算回老家 信阳 开公司: the home is where they go. */
	if (search_is_gap(text, start) && view_ends(text_part(text, 0, start), VIEW("回老家")))
		return false;
	if ((ahead & HOUSEHOLD_AFTER && !is_registered_there(c, text, start, end)) ||
	    (behind & HOME_BEFORE && !(behind & FOREIGN_BEFORE)))
		return true;
	if (far_behind & ORIGIN_BEFORE && !(far_behind & FOREIGN_BEFORE))
		return true;
	/* 注销 湖州 人在苏州: behind a blank it is the one who asks. */
	if (ahead & ORIGIN_AFTER && is_parted(text, end) &&
	    view_starts_any(text_part(text, end, text->n_chars), whereabouts,
			    sizeof(whereabouts) / sizeof(*whereabouts)) > 0)
		return false;
	/* 新杭州人 has come there to live. */
	if (ahead & ORIGIN_AFTER && start > 0 && text->chars[start - 1] == 0x65b0 /* 新 */ &&
	    text->chars[end] == 0x4eba /* 人 */)
		return false;
	/* 嫁到湖州来的 is there now. */
	if (ahead & ORIGIN_AFTER && is_come_to(text, start, end))
		return false;
	/* 安徽人 太仓, but not 安徽人太多: a blank ends the word. */
	if (ahead & ORIGIN_AFTER && (!(ahead & ORIGIN_AFTER_NOT) ||
				     (end + 1 < text->n_chars && han_is(text->chars[end + 1]) &&
				      search_is_gap(text, end + 1))))
		return true;
	/* 隔壁住个河南老板 */
	if (behind & COUNT_BEFORE && view_starts_any(text_part(text, of_folk, text->n_chars), folk,
						     sizeof(folk) / sizeof(*folk)) > 0)
		return true;
	/* 本人湖北荆州，现在… */
	if (behind & SELF_BEFORE && end < text->n_chars && text->chars[end] == ',' &&
	    beyond & THEN_AFTER)
		return true;
	/* 我是河南的，… and 俺河南的，…; but not 我是上海的居住证. */
	cue_after(c, text, end, POSSESSIVE, &len);
	return behind & SELF_BEFORE && ahead & POSSESSIVE &&
	       (cue_is_end(text, end + len) || is_parted(text, end + len) || beyond & THEN_AFTER);
}

/* 离中原区的派出所更近: within a few characters, in the same clause. */
static bool is_distance(const struct cues *c, const struct text *text, uint32_t end)
{
	uint32_t len;

	for (uint32_t i = end; i < text->n_chars && i < end + 12 && text->chars[i] != ','; i++)
		if (cue_after(c, text, i, 0, &len) & NEAR_AFTER)
			return true;
	return false;
}

/* 去过内蒙古也去过陕西, 去过潮州半年: only told of. But 去过杭州派出所 asks what happened there. */
static bool is_visited(const struct cues *c, const struct text *text, uint32_t end, uint32_t behind)
{
	static const char *const over[] = {"也", "又", "和", "还", "半", "几", "好", "大"};
	struct view rest = text_part(text, end, text->n_chars);
	uint32_t len;

	if (!(behind & BEEN_BEFORE))
		return false;
	if (cue_is_end(text, end) || char_is_digit(text->chars[end]) ||
	    cue_after(c, text, end, 0, &len) & PLACE_WORD)
		return true;
	for (size_t i = 0; i < sizeof(over) / sizeof(*over); i++)
		if (view_starts(rest, view_of(over[i])))
			return true;
	return false;
}

/* 洛阳不考虑了, 长沙那边就算了. */
static bool is_ruled_out(const struct cues *c, const struct text *text, uint32_t end)
{
	uint32_t len;

	if (cue_after(c, text, end, PLACE_WORD, &len) & NOT_AFTER)
		return true;
	return len && cue_after(c, text, end + len, 0, &len) & NOT_AFTER;
}

/* 给女儿在陇西交: others are there, but it is the speaker who asks about it. */
static bool is_done_for(const struct cues *c, const struct text *text, uint32_t start)
{
	static const char *const gives[] = {"给", "替", "帮", "为", "给我", "替我", "帮我"};
	uint32_t len;

	cue_before(c, text, start, OTHERS_BEFORE, &len);
	return view_ends_any(text_part(text, 0, start - len), gives,
			     sizeof(gives) / sizeof(*gives));
}

/* 月底要回广西生孩子: not to stay. */
static bool is_visit(const struct text *text, uint32_t end, uint32_t behind)
{
	static const char *const visits[] = {
	    "过年",   "过节",   "过春节",   "生孩子",   "生娃",   "坐月子", "待产", "养胎", "探亲",
	    "结婚",   "奔丧",   "不来了",   "不回来了", "秋收",   "收麦",   "盖房", "看爸", "看妈",
	    "看父母", "看老人", "照顾老人", "照顾爸",   "照顾妈", "相亲",   "办酒", "吃席"};

	return behind & BACK_BEFORE && view_starts_any(text_part(text, end, text->n_chars), visits,
						       sizeof(visits) / sizeof(*visits)) > 0;
}

static bool is_left(const struct cues *c, const struct text *text, uint32_t start, uint32_t end,
		    uint32_t ahead, uint32_t behind, uint32_t far_behind)
{
	uint32_t len, beyond = ahead;

	cue_after(c, text, end, PLACE_WORD, &len);
	if (len)
		beyond |= cue_after(c, text, end + len, 0, &len);
	return (behind & (FROM_BEFORE | FROM_LETTERS) && beyond & LEFT_AFTER) ||
	       beyond & MOVED_AFTER || (ahead | beyond) & OTHERS_AFTER ||
	       behind & (LEFT_BEFORE | PAST_BEFORE | FROM_LETTERS) ||
	       (behind & OTHERS_BEFORE && !is_done_for(c, text, start)) ||
	       far_behind & PAST_BEFORE || (behind & FAR_BEFORE && is_distance(c, text, end));
}

/*
 * 在南京路上, 住在天津路边上 is in a street; but 去南京路上, one is on the way there, and in
 * 深圳路边摆摊 at any street.
 */
static bool is_street(const struct text *text, uint32_t start, uint32_t end)
{
	static const char *const go[] = {"去", "来", "回", "到", "往"};
	static const char *const live[] = {"住",   "住在", "住的", "家在",
					   "租在", "就住", "店在", "开在"};
	struct view behind = text_part(text, 0, start), ahead = text_part(text, end, text->n_chars);

	if (view_starts(ahead, VIEW("路边")))
		return view_ends_any(behind, live, sizeof(live) / sizeof(*live)) > 0;
	if (!view_starts(ahead, VIEW("路上")))
		return false;
	return !view_ends_any(behind, go, sizeof(go) / sizeof(go[0]));
}

/* The character at `at` is one of `chars`. */
static bool is_one_of(const struct text *text, uint32_t at, const char *chars)
{
	return view_find(view_of(chars), text_part(text, at, at + 1)) >= 0;
}

/* 落户长沙需要什么鸭: 呀, written for fun. */
static bool is_particle(const struct text *text, uint32_t from, uint32_t at)
{
	static const char *const asks[] = {"什么", "多少", "怎么", "几", "吗", "啥", "要",
					   "办",   "落户", "能",   "咋", "续", "领"};

	return text->chars[at] == 0x9e2d /* 鸭 */ && search_is_over(text, at + 1) &&
	       view_has_any(text_part(text, from, at), asks, sizeof(asks) / sizeof(*asks));
}

/* 沈阳鸡架店, 钦州大蚝: two or more characters that end in something to eat, and no more. */
static bool is_food(const struct text *text, uint32_t at)
{
	static const char food[] = "鸡鸭鹅虾蟹煲饼糕饺粽酱醋枣橙柚蚝粥汤莓";
	static const char *const names[] = {"宝鸡"};
	static const char *const over[] = {"店", "馆", "铺", "摊", "好", "真", "吗", "不错"};
	static const char *const verbs[] = {"养", "卖", "做", "炒", "买", "送", "吃", "喝", "炖"};

	if (view_starts_any(text_part(text, at, text->n_chars), verbs,
			    sizeof(verbs) / sizeof(*verbs)) > 0)
		return false;
	for (uint32_t i = at + 1; i < text->n_chars && i < at + FOOD_CHARS; i++) {
		if (!han_is(text->chars[i]) || search_is_gap(text, i))
			return false;
		if (is_one_of(text, i, food) && !is_particle(text, at, i) &&
		    (search_is_gap(text, i + 1) ||
		     view_starts_any(text_part(text, i + 1, text->n_chars), over,
				     sizeof(over) / sizeof(*over)) > 0))
			return !view_ends_any(text_part(text, at, i + 1), names,
					      sizeof(names) / sizeof(*names));
	}
	return false;
}

/* 爱吃东台鱼汤面, 穿温州皮鞋: what is eaten, drunk or worn is from there. */
static bool is_consumed(const struct text *text, uint32_t start, uint32_t end)
{
	static const char *const verbs[] = {"吃",     "喝",     "尝",     "穿",     "买了双",
					    "买了件", "买了瓶", "买了盒", "买了箱", "买了斤"};
	static const char *const others[] = {"小吃", "包吃"};
	static const char *const not_goods[] = {"的", "低保", "医保", "社保", "公",   "社",
						"医", "市",   "房",   "车",   "商铺", "地"};

	/* Most are told at once. */
	if (start == 0 || end >= text->n_chars ||
	    !is_one_of(text, start - 1, "吃喝尝穿双件瓶盒箱斤"))
		return false;
	return han_is(text->chars[end]) &&
	       !view_starts_any(text_part(text, end, text->n_chars), not_goods,
				sizeof(not_goods) / sizeof(*not_goods)) &&
	       view_ends_any(text_part(text, 0, start), verbs, sizeof(verbs) / sizeof(*verbs)) &&
	       !view_ends_any(text_part(text, 0, start), others, sizeof(others) / sizeof(*others));
}

/* 我深圳烧烤店打工, 北京冬奥会志愿者: somebody is there. */
static bool is_worked_at(const struct text *text, uint32_t start, uint32_t end)
{
	static const char *const works[] = {"上班", "打工", "工作",   "做工", "养殖", "大学",
					    "学生", "志愿", "开了个", "实习", "兼职"};
	uint32_t to = end;

	while (to < text->n_chars && to < end + WORK_REACH && han_is(text->chars[to]))
		to++;
	return view_has_any(text_part(text, end, to), works, sizeof(works) / sizeof(*works)) ||
	       (start > 0 && text->chars[start - 1] == 0x6211 /* 我 */);
}

/*
 * 亳州药材公司变更法人, 景德镇陶瓷作坊怎么注销: who asks about a firm's papers says where it is.
 * What is cooked so everywhere (兰州拉面) does not.
 */
static bool is_firm(const struct text *text, uint32_t end)
{
	static const char *const firms[] = {"公司", "作坊", "厂", "合作社", "企业", "工作室"};
	static const char *const papers[] = {"执照", "个体", "法人", "变更", "注册", "注销",
					     "许可", "年报", "商标", "股东", "登记"};
	uint32_t to = end;

	while (to < text->n_chars && to < end + WORK_REACH && han_is(text->chars[to]))
		to++;
	return view_has_any(text_part(text, end, to), firms, N_OF(firms)) &&
	       view_has_any(text_part(text, end, text->n_chars), papers, N_OF(papers));
}

/* 盐池县; 沙县 is its whole name. */
static bool is_official(const struct text *text, uint32_t start, uint32_t end)
{
	return end - start > 2 && is_one_of(text, end - 1, "市县区");
}

/*
 * 哈尔滨红肠, but not 在哈尔滨红肠店上班, 温州皮鞋厂 nor 烟台 苹果手机: what only bears the name.
 */
static bool is_borne(const struct cues *c, const struct text *text, uint32_t start, uint32_t end,
		     uint32_t ahead)
{
	static const char *const perceived[] = {"看到", "听到", "想到", "收到",
						"买到", "吃到", "喝到"};

	static const char *const works[] = {"厂", "城", "市场", "产业", "基地", "园", "车间"};
	/* Wherever such a one is. */
	static const char *const counters[] = {"专柜", "专卖", "旗舰", "代理",
					       "经销", "柜台", "导购"};
	struct view behind;
	uint32_t len;

	if (is_consumed(text, start, end))
		return true;
	/* 盐池县滩羊店 is there: goods bear the short name. */
	if ((!(ahead & BORNE_AFTER) && !is_food(text, end)) || is_official(text, start, end))
		return false;
	cue_after(c, text, end, BORNE_AFTER, &len);
	behind = text_part(text, end + len, text->n_chars);
	if (view_starts_any(behind, counters, sizeof(counters) / sizeof(*counters)) > 0)
		return true;
	if (view_starts_any(behind, works, sizeof(works) / sizeof(*works)) > 0 ||
	    is_worked_at(text, start, end + len) || is_firm(text, end))
		return false;
	return !(ahead & PART_AFTER_NOT) && !search_is_gap(text, end) &&
	       (!cue_leads(c, text, start) ||
		view_ends_any(text_part(text, 0, start), perceived,
			      sizeof(perceived) / sizeof(*perceived)));
}

/* 王|大连 */
static bool is_surname(const struct text *text, uint32_t at)
{
	static const char surnames[] = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓"
				       "冯曹彭曾肖萧田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆"
				       "汪范金石廖贾夏韦付白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛"
				       "郝龚邵钱严覃武戴莫孔汤温康施文牛樊葛邢齐易乔伍庞";

	return is_one_of(text, at, surnames);
}

/* The commonest that are hardly ever a slip or the end of a word: 江苏州, 白山 are none. */
static bool is_plain_surname(const struct text *text, uint32_t at)
{
	return is_one_of(
	    text, at,
	    "王李张刘陈杨赵吴周徐孙朱胡郭何罗郑梁谢宋唐许韩邓冯曹彭曾肖萧董袁潘蒋蔡余杜"
	    "叶程魏吕丁姚卢姜崔钟谭陆汪贾韦邹孟熊秦邱尹薛闫段侯陶黎贺顾毛郝龚邵钱严覃莫");
}

/* 孙永康师傅, 马建德经理; 陈乐山老师: a name that a clause begins with. */
static bool is_whole_name(const struct cues *c, const struct text *text, uint32_t start,
			  uint32_t end)
{
	uint32_t len;

	return end - start == 2 && start > 0 && is_plain_surname(text, start - 1) &&
	       (start == 1 || !han_is(text->chars[start - 2])) && end < text->n_chars &&
	       han_is(text->chars[end]) && !is_one_of(text, end, "市县区省州镇") &&
	       !(cue_after(c, text, end, 0, &len) & SLOT_AFTER);
}

bool cue_is_person(const struct cues *c, const struct text *text, uint32_t start, uint32_t end)
{
	uint32_t len, lists;

	/* Most are told at once. */
	if (start > 1 && text->chars[start - 2] == 0x53eb /* 叫 */ && is_surname(text, start - 1))
		return true;
	if (start > 0 && is_one_of(text, start - 1, "叫是为名姓") &&
	    cue_before(c, text, start, 0, &len) & NAMED_BEFORE)
		return end == text->n_chars || !han_is(text->chars[end]);
	if (is_whole_name(c, text, start, end))
		return true;
	if (start < 2)
		return false;
	/* 房东张海宁, 本人李东阳: who somebody is, and the whole name. */
	lists = cue_before(c, text, start - 1, 0, &len);
	return (lists & NAMED_BEFORE || (lists & PERSON_BEFORE && end - start == 2)) &&
	       is_surname(text, start - 1);
}

/* 我不是在东莞吗: it is said that one is there. */
static bool is_rhetorical(const struct text *text, uint32_t start, uint32_t end)
{
	static const char *const not_in[] = {"我不是在",   "他不是在", "她不是在", "我们不是在",
					     "我不是从",   "不是刚到", "我不是来", "家不是在",
					     "他们不是在", "我不是到"};
	static const char *const asks[] = {"吗", "嘛", "么"};
	uint32_t to = end;

	while (to < text->n_chars && to < end + WORK_REACH && text->chars[to] != ',')
		to++;
	return view_ends_any(text_part(text, 0, start), not_in, sizeof(not_in) / sizeof(*not_in)) >
		   0 &&
	       view_has_any(text_part(text, end, to), asks, sizeof(asks) / sizeof(*asks));
}

struct cue_part cue_part(const struct cues *c, const struct text *text, uint32_t start,
			 uint32_t end)
{
	uint32_t len, back = cue_skip_back(c, text, start), far_behind = 0;
	uint32_t ahead = cue_after(c, text, end, 0, &len);
	uint32_t behind = cue_before(c, text, start, 0, &len);

	if (back < start)
		far_behind = cue_before(c, text, back, 0, &len);
	if (ahead & PART_AFTER ? !(ahead & PART_AFTER_NOT) || is_street(text, start, end)
			       : ahead == 0 && cue_heard_after(c, text, end, PART_AFTER))
		return (struct cue_part){MENTION_PART, false};
	if (is_borne(c, text, start, end, ahead))
		return (struct cue_part){MENTION_PART, true};
	/* 非深户, 非沪籍: somebody from elsewhere who is there. */
	if (behind & NON_BEFORE && ahead & HOUSEHOLD_AFTER)
		return (struct cue_part){MENTION_TARGET, false};
	if (behind & NEGATED_BEFORE && !(behind & NEGATED_BEFORE_NOT) &&
	    !is_rhetorical(text, start, end))
		return (struct cue_part){MENTION_NEGATED, false};
	if (is_ruled_out(c, text, end) || (behind & EXCEPT_BEFORE && ahead & EXCEPT_AFTER))
		return (struct cue_part){MENTION_NEGATED, false};
	if (is_origin(c, text, start, end, behind, far_behind) || is_of_household(text, start))
		return (struct cue_part){MENTION_ORIGIN, false};
	if (is_visited(c, text, end, behind))
		return (struct cue_part){MENTION_BESIDE, false};
	if (is_left(c, text, start, end, ahead, behind, far_behind) || is_visit(text, end, behind))
		return (struct cue_part){MENTION_LEFT, false};
	return (struct cue_part){MENTION_TARGET, false};
}
