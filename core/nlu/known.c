/* SPDX-License-Identifier: Apache-2.0 */
/* known.c - stories of which it is known what they ask about, whatever else speaks for others. */
#include "nlu/known.h"

#include "base/utf8.h"

/* 注销, and it is not said that it has been done or is not to be done. */
static bool is_to_end(struct view words)
{
	static const char *const ends[] = {
	    "注销",     "销掉", "怎么销", "咋销",    "去销",    "用不用退", "用不用去退",
	    "要不要退", "去退", "退不退", "要退吗",  "交回去",  "住销",     "驻销",
	    "注消",     "注肖", "退回去", "zhuxiao", "zhu xiao"};
	static const char *const not_now[] = {"没", "没有", "未", "已", "已经", "早就", "才", "刚"};
	static const char *const done[] = {"了", "过", "之后", "以后", "后"};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		ptrdiff_t at = view_find(words, view_of(ends[i]));

		if (at >= 0 && !ENDS(view_sub(words, 0, (size_t)at), not_now) &&
		    !STARTS(view_sub(words, (size_t)at + strlen(ends[i]), words.len), done))
			return true;
	}
	return false;
}

/* Where the widest of the names begins that stand right in front of each other. */
static uint32_t chain_start(const struct search *s, const struct mention *m)
{
	while (m > s->found && places_are_adjacent(s, m - 1, m))
		m--;
	return m->start;
}

/* 佛山领的居住证, 苏州那张居住证, 注销居住证 惠州: what is to be given back is of this place. */
static bool is_owner(const struct search *s, const struct mention *m)
{
	static const char *const links[] = {
	    "的",     "办的",     "领的",     "办理的", "拿的",      "那张", "那个", "那边的",
	    "那份",   "这张",     "嗰张",     "张",     "嘅",        "发的", "嘞",   "办的那张",
	    "的那张", "领的那张", " ban de ", " de ",   " ling de ", " "};
	static const char *const named[] = {"注销居住证", "居住证注销",       "注销居住证在",
					    "注销",       "居住证要注销的是", "要注销的是"};
	struct view ahead = text_part(s->text, m->end, s->text->n_chars);
	uint32_t at = m->end + (uint32_t)utf8_count(view_sub(ahead, 0, STARTS(ahead, links)));
	const struct term_hit *hit;

	hit = term_hits_from(s->terms, at, at + THING_REACH, true);
	while (hit && at < hit->start && !story_is_end(s->text->chars[at]))
		at++;
	if (hit && at == hit->start)
		return true;
	return ENDS(text_part(s->text, 0, chain_start(s, m)), named);
}

/*
 * 鄞州居住证 人已到绍兴 怎么销; 之前在中山办的居住证想注销，现在回兴国了: it is given back where it
 * was got, wherever its owner is. True if that is what is asked.
 */
bool known_is_given_back(const struct story *t)
{
	static const char *const anew[] = {"重新", "才能", "新的", "再办", "还能",
					   "影响", "新办", "换成", "转到", "另办"};
	const struct search *s = t->s;
	bool is_own[LIMIT_MENTIONS] = {false}, has_own = false, has_else = false;
	struct view all = text_part(s->text, 0, s->text->n_chars);

	if (HOLDS(all, anew) || focus_holds_compare(all) || !is_to_end(all))
		return false;
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];

		is_own[i] = (m->role == MENTION_TARGET || m->role == MENTION_LEFT) &&
			    m->name->kind != REGION_NAME_APP && is_owner(s, m);
		has_own |= is_own[i];
	}
	/* What it lies in, or what lies in it, goes with it. */
	for (size_t i = 0; i < s->n && has_own; i++)
		for (size_t j = 0; j < s->n && !is_own[i]; j++)
			is_own[i] = is_own[j] && is_owner(s, &s->found[j]) &&
				    !focus_are_apart(&s->found[i], &s->found[j]);
	for (size_t i = 0; i < s->n && has_own; i++)
		has_else |= !is_own[i] && story_asks_about(&s->found[i]);
	if (!has_own || !has_else)
		return false;
	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];

		if (is_own[i] && m->role == MENTION_LEFT)
			m->role = MENTION_TARGET;
		else if (!is_own[i] && story_asks_about(m))
			m->role = MENTION_BESIDE;
	}
	return true;
}

/* 下周去成都报到: in the clause it is said that somebody will be there, and not for a visit. */
static bool is_gone_to(const struct story *t, const struct mention *m)
{
	static const char *const soon[] = {
	    "下周",   "下个月", "下月",   "明年", "明天",     "后天",   "年后",
	    "过几天", "过两天", "月底",   "年底", "马上",     "即将",   "快要",
	    "准备",   "打算",   "计划",   "将要", "过段时间", "过完年", "节后",
	    "国庆后", "下半年", "毕业后", "秋天", "暑假",     "要去",   "想去"};
	static const char *const go[] = {"去",   "到",   "来",   "回",   "搬到",
					 "搬去", "调到", "调去", "派到", "派去"};
	static const char *const visits[] = {"出差", "旅游", "玩",   "看",   "开会",
					     "探亲", "办事", "过年", "喝酒", "培训",
					     "住院", "生孩", "坐月", "待产"};
	const struct clause_at *c = story_clause_of(t, m);
	struct view behind, ahead;
	uint32_t start;

	if (!c)
		return false;
	start = chain_start(t->s, m);
	if (start < c->from)
		return false;
	behind = text_part(t->s->text, c->from, start);
	ahead = text_part(t->s->text, m->end, t->s->text->n_chars);
	return HOLDS(behind, soon) && ENDS(behind, go) && !STARTS(ahead, visits);
}

/*
 * 我现在还在兰州，下周去成都报到，居住证可以提前预约吗: who will live elsewhere asks about that, if
 * nothing of where they are now is spoken of. True if that is what is told.
 */
bool known_is_about_to_go(const struct story *t)
{
	static const char *const held[] = {"社保", "医保",       "养老",   "公积金",
					   "旧证", "转移",       "原来的", "这边的",
					   "重新", "我的居住证", "手里",   "手上"};
	static const char *const here[] = {"在", "住", "人在", "还在", "现在"};
	const struct search *s = t->s;
	struct view all = text_part(s->text, 0, s->text->n_chars);
	const struct mention *goal = NULL;

	if (HOLDS(all, held) || focus_holds_renewal(all) || focus_holds_compare(all) ||
	    focus_holds_carry(all) || focus_is_trouble(all) || is_to_end(all))
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (story_asks_about(&s->found[i]) && is_gone_to(t, &s->found[i]))
			goal = &s->found[i];
	if (!goal)
		return false;
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];

		if (!story_asks_about(m) || !focus_are_apart(m, goal))
			continue;
		if (thing_is_told(s, m) ||
		    (story_clause_of(t, m) && story_clause_of(t, m)->nearness & ASKS) ||
		    !ENDS(text_part(s->text, 0, m->start), here))
			return false;
	}
	for (size_t i = 0; i < s->n; i++)
		if (story_asks_about(&s->found[i]) && focus_are_apart(&s->found[i], goal))
			s->found[i].role = MENTION_BESIDE;
	return true;
}

/* 退休金在丹东领, 丹东退休: the pension is paid there. */
static bool is_paid_at(const struct search *s, const struct mention *m)
{
	static const char *const paid[] = {
	    "退休金在",   "养老金在",   "退休工资在",   "退休在",       "退休金是",     "养老金是",
	    "养老保险在", "退休手续在", "养老金一直在", "退休金一直在", "退休手续是在", "养老在"};
	static const char *const there[] = {
	    "退休",     "那边退休", "领的退休", "领退休",   "领养老", "领的养老",  "办的退休",
	    "发的养老", "发的退休", "的退休",   "的养老金", "退的休", "的养老保险"};
	static const char *const not_paid[] = {"退休后", "退休以后", "退休了想", "退休养老"};
	struct view ahead = text_part(s->text, m->end, s->text->n_chars);

	return ENDS(text_part(s->text, 0, chain_start(s, m)), paid) ||
	       (STARTS(ahead, there) && !STARTS(ahead, not_paid));
}

bool known_is_pension(const struct story *t)
{
	static const char *const proofs[] = {"认证", "停发", "待遇"};
	const struct search *s = t->s;
	struct view all = text_part(s->text, 0, s->text->n_chars);
	const struct mention *payer = NULL;
	bool has_else = false;

	if (!HOLDS(all, proofs) || focus_holds_compare(all) || focus_holds_carry(all))
		return false;
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];

		if (m->role == MENTION_PART || m->role == MENTION_NEGATED || !is_paid_at(s, m))
			continue;
		if (payer && focus_are_apart(payer, m))
			return false;
		payer = m;
	}
	for (size_t i = 0; i < s->n && payer; i++)
		has_else |= story_asks_about(&s->found[i]) && focus_are_apart(&s->found[i], payer);
	for (size_t i = 0; i < s->n && has_else; i++) {
		struct mention *m = &s->found[i];

		if (m->candidates[0] == payer->candidates[0])
			m->role = MENTION_TARGET;
		else if (story_asks_about(m) && focus_are_apart(m, payer))
			m->role = MENTION_BESIDE;
	}
	return has_else;
}

/* 人在南通: somebody is there, and it is not asked what can be done there: 在南通能补吗. */
static bool is_only_present(const struct search *s, const struct mention *m)
{
	static const char *const there[] = {
	    "人在",     "我在",     "现在在", "目前在",  "如今在",     "眼下在", "她在",
	    "他在",     "现居",     "现住",   "住在",    "人到",       "人去",   "还在",
	    "已经在",   "人已在",   "回",     "回了",    "回到",       "来",     "来了",
	    "现在",     "已经到",   "定居",   "常住",    "已到",       "搬到",   "落脚",
	    "人現在",   "人现在",   "住",     "住在我",  "现在住在我", "回老家", "人已经在",
	    "人已经到", "人已经回", "现在回", "辞职回到"};
	static const char *const can[] = {"能", "可以", "可不", "行"};
	struct view behind = text_part(s->text, 0, chain_start(s, m));

	if (ENDS(behind, there))
		return true;
	return view_ends(behind, VIEW("在")) &&
	       !STARTS(text_part(s->text, m->end, s->text->n_chars), can);
}

/* A thing's own places are asked about if somebody only is at the others; false if there are none.
 */
static bool ask_where_it_is(const struct search *s, bool *is_own)
{
	bool has_else = false;

	known_widen(s, is_own);
	for (size_t i = 0; i < s->n; i++) {
		if (is_own[i] || !story_asks_about(&s->found[i]))
			continue;
		if (i + 1 < s->n && places_are_adjacent(s, &s->found[i], &s->found[i + 1]))
			continue;
		if (!is_only_present(s, &s->found[i]))
			return false;
		has_else = true;
	}
	if (has_else)
		known_ask_about(s, is_own);
	return has_else;
}

/* 丢了; 到期了，怎么续, unless somebody has moved. */
static bool is_in_trouble(struct view all)
{
	static const char *const lost[] = {
	    "丢",   "掉了", "掉水", "被偷",     "找不",     "坏了",     "遗失",     "挂失",
	    "折断", "断成", "断裂", "折了",     "刷不了",   "刷不出",   "消磁",     "名字错",
	    "印错", "写错", "锁了", "忘",       "不见",     "被抢",     "掉河",     "弄湿",
	    "损坏", "掉在", "补领", "名字不对", "信息不对", "照片不对", "地址不对", "号码不对"};
	static const char *const expired[] = {"过期", "到期"};
	static const char *const in_order[] = {"没到期",   "没过期", "未到期", "没有到期",
					       "没有过期", "不到期", "没丢",   "没忘"};
	static const char *const renewed[] = {"续", "签", "延", "换"};
	static const char *const moved[] = {"搬", "调", "换工作", "跳槽", "转到", "入职", "迁"};

	return !HOLDS(all, in_order) &&
	       (HOLDS(all, lost) ||
		(HOLDS(all, expired) && HOLDS(all, renewed) && !HOLDS(all, moved)));
}

/* 医保卡丢了，绵阳办的，…: a clause says nothing but who gave it. */
static bool is_giver(const struct search *s, const struct mention *m)
{
	static const char *const given[] = {"办的",     "发的",     "领的",   "的",
					    "那边办的", "老家办的", "办理的", "开的"};
	uint32_t start = chain_start(s, m), end = m->end;
	struct view ahead = text_part(s->text, end, s->text->n_chars);
	size_t len = STARTS(ahead, given);

	end += (uint32_t)utf8_count(view_sub(ahead, 0, len));
	return len > 0 && start > 0 && story_is_end(s->text->chars[start - 1]) &&
	       (end == s->text->n_chars || story_is_end(s->text->chars[end]));
}

void known_widen(const struct search *s, bool *is_own)
{
	for (size_t i = s->n; i-- > 1;)
		is_own[i - 1] |= is_own[i] &&
				 places_are_adjacent(s, &s->found[i - 1], &s->found[i]) &&
				 !focus_are_apart(&s->found[i - 1], &s->found[i]);
}

void known_ask_about(const struct search *s, const bool *is_own)
{
	for (size_t i = 0; i < s->n; i++) {
		struct mention *m = &s->found[i];

		if (is_own[i])
			m->role = MENTION_TARGET;
		else if (story_asks_about(m))
			m->role = MENTION_BESIDE;
	}
}

bool known_is_lost(const struct story *t)
{
	static const char *const anew[] = {"重新", "新办",  "另办",  "再办",
					   "新的", "办1张", "办一张"};
	/* 补一张新的: of the one that was lost. */
	static const char *const again[] = {"挂失", "补办", "补领", "补一", "补1", "补发"};
	const struct search *s = t->s;
	struct view all = text_part(s->text, 0, s->text->n_chars);
	bool is_own[LIMIT_MENTIONS] = {false}, has_own = false;

	if (!is_in_trouble(all) || (HOLDS(all, anew) && !HOLDS(all, again)) ||
	    focus_holds_compare(all) || focus_holds_carry(all))
		return false;
	for (size_t i = 0; i < s->n; i++) {
		enum mention_role role = s->found[i].role;

		is_own[i] = role != MENTION_PART && role != MENTION_NEGATED &&
			    role != MENTION_ORIGIN &&
			    (thing_is_told(s, &s->found[i]) || is_owner(s, &s->found[i]) ||
			     is_giver(s, &s->found[i]));
		has_own |= is_own[i];
	}
	return has_own && ask_where_it_is(s, is_own);
}

/*
 * 老家泸州的营业执照想注销，人在宁波: what is at home is asked about there, if it is neither taken
 * along nor done anew.
 */
bool known_is_at_home(const struct story *t)
{
	const struct search *s = t->s;
	struct view all = text_part(s->text, 0, s->text->n_chars);
	bool is_own[LIMIT_MENTIONS] = {false}, has_own = false;

	if (focus_holds_compare(all) || focus_holds_carry(all) || focus_holds_renewal(all))
		return false;
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];
		uint32_t start = chain_start(s, m);

		is_own[i] = m->role == MENTION_TARGET && cue_is_home(&s->g->cues, s->text, start) &&
			    thing_is_at_home(s, start, m->end);
		has_own |= is_own[i];
	}
	return has_own && ask_where_it_is(s, is_own);
}

/* What a firm is called behind the place it is from, and what may stand between. */
static const char *const kinds[] = {"的",   "建筑", "施工", "装修", "装饰", "劳务",  "工程", "园林",
				    "市政", "幕墙", "防水", "建设", "路桥", "安装",  "消防", "1家",
				    "一家", "小",   "本地", "电力", "环保", "钢结构"};
static const char *const firms[] = {"公司",   "企业",     "施工队", "工程队", "队伍",
				    "包工队", "施工单位", "建企",   "建筑商"};

/* 江苏南通的建筑公司 */
static bool is_firm_behind(const struct search *s, uint32_t at)
{
	struct view ahead = text_part(s->text, at, s->text->n_chars);

	for (size_t len; (len = STARTS(ahead, kinds)) > 0;)
		ahead = view_sub(ahead, len, ahead.len);
	return STARTS(ahead, firms) > 0;
}

/* 总部在石家庄, 在成都注册的, 资质是哈尔滨的: where a firm is from. */
static bool is_home_of_firm(const struct search *s, const struct mention *m)
{
	static const char *const before[] = {"注册在", "注册地在", "注册地是", "总部在", "总公司在",
					     "公司在", "资质是",   "企业在",   "本部在", "公司是"};
	static const char *const behind[] = {"注册的",   "注册",   "的资质", "办的资质",
					     "发的资质", "成立的", "资质",   "开的公司"};

	return is_firm_behind(s, m->end) ||
	       ENDS(text_part(s->text, 0, chain_start(s, m)), before) ||
	       STARTS(text_part(s->text, m->end, s->text->n_chars), behind);
}

/* 接了重庆的活, 在西安有项目, 投长春的标: where it works. */
static bool is_site_of_firm(const struct search *s, const struct mention *m)
{
	static const char *const gets[] = {"投",     "投了", "接了",   "中标", "中标了", "承接",
					   "承接了", "承包", "承包了", "中了", "接到",   "接",
					   "拿下",   "拿到", "做",     "干"};
	static const char *const jobs[] = {"的标",    "的项目",     "的工程",    "的活",
					   "的单",    "的业务",     "的工地",    "项目",
					   "工程",    "的1个项目",  "的1个工程", "1个项目",
					   "1个工程", "的一个项目", "的一个工程"};
	static const char *const goes[] = {"在", "到", "去", "来", "进", "往"};
	static const char *const works[] = {
	    "有项目",    "有工程",    "有工地", "有个项目", "有个工程", "有个工地",
	    "有1个项目", "有1个工程", "接了",   "中标",     "干活",     "施工",
	    "承接",      "做项目",    "做工程", "干工程",   "投标",     "接工程",
	    "接活",      "承揽",      "接项目", "开工",     "包工程",   "包活"};
	struct view behind = text_part(s->text, 0, chain_start(s, m)),
		    ahead = text_part(s->text, m->end, s->text->n_chars);

	return (ENDS(behind, gets) && STARTS(ahead, jobs)) ||
	       (ENDS(behind, goes) && STARTS(ahead, works));
}

bool known_is_worked_at(const struct story *t)
{
	static const char *const about[] = {"资质", "备案", "安许", "许可证",
					    "登记", "报备", "承包", "入库"};
	const struct search *s = t->s;
	struct view all = text_part(s->text, 0, s->text->n_chars);
	const struct mention *site = NULL;
	bool has_home = false;

	if (!HOLDS(all, about) || focus_holds_compare(all) || focus_holds_carry(all))
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i].role == MENTION_TARGET && is_site_of_firm(s, &s->found[i]))
			site = &s->found[i];
	for (size_t i = 0; i < s->n && site; i++) {
		const struct mention *m = &s->found[i];

		if (!story_asks_about(m) || !focus_are_apart(m, site) ||
		    (i + 1 < s->n && places_are_adjacent(s, m, m + 1) &&
		     places_are_near(m[1].place, m->place)))
			continue;
		if (!is_home_of_firm(s, m) || is_site_of_firm(s, m))
			return false;
		has_home = true;
	}
	for (size_t i = 0; i < s->n && has_home; i++)
		if (story_asks_about(&s->found[i]) && focus_are_apart(&s->found[i], site))
			s->found[i].role = MENTION_BESIDE;
	return has_home;
}
