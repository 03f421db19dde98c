/* SPDX-License-Identifier: Apache-2.0 */
/* nlu-world.h - the region table and a small catalogue, for tests of understanding. */
#ifndef TESTS_NLU_WORLD_H
#define TESTS_NLU_WORLD_H

#include "know/catalog.h"
#include "know/region.h"
#include "tap.h"

struct world {
	struct arena arena;
	struct region_table regions;
	struct catalog catalog;
};

static const struct view world_terms[] = {
    VIEW_INIT("居住证"), VIEW_INIT("暂住证"), VIEW_INIT("居住登记"),
    VIEW_INIT("签注"),   VIEW_INIT("jzz"),
};
static const struct view world_overdue[] = {VIEW_INIT("过期"), VIEW_INIT("逾期"), VIEW_INIT("晚了"),
					    VIEW_INIT("到期"), VIEW_INIT("没签"), VIEW_INIT("断签"),
					    VIEW_INIT("超了")};
static const struct view world_others[] = {VIEW_INIT("合同")};
static const struct view world_left[] = {VIEW_INIT("到期"), VIEW_INIT("过期")};
static const struct view world_lived[] = {VIEW_INIT("住了"), VIEW_INIT("住满"), VIEW_INIT("来了"),
					  VIEW_INIT("登记"), VIEW_INIT("居住")};
static const struct view world_stays[] = {VIEW_INIT("打工"), VIEW_INIT("打了"), VIEW_INIT("上班"),
					  VIEW_INIT("干了")};
static const struct view world_breaks[] = {VIEW_INIT("断"), VIEW_INIT("停缴"), VIEW_INIT("停了"),
					   VIEW_INIT("没交")};
static const struct view world_insured[] = {VIEW_INIT("社保"), VIEW_INIT("缴")};
static const struct view world_age[] = {VIEW_INIT("岁")};
static const struct view world_ends[] = {VIEW_INIT("过期"), VIEW_INIT("到期"), VIEW_INIT("有效期")};
static const struct view world_begins[] = {VIEW_INIT("居住"), VIEW_INIT("登记"), VIEW_INIT("住到"),
					   VIEW_INIT("来的")};
#define WORDS(name_, list) .name_ = (list), .n_##name_ = sizeof(list) / sizeof((list)[0])
static const struct slot_rule world_rules[] = {
    {.name = VIEW_INIT("overdue_days"),
     .unit = VIEW_INIT("day"),
     .counts = COUNTS_SINCE,
     WORDS(words, world_overdue),
     WORDS(others, world_others),
     WORDS(dates, world_ends),
     .said = VIEW_INIT("您逾期{figure}"),
     .today = VIEW_INIT("今天到期"),
     .ask = VIEW_INIT("逾期了多少天？")},
    {.name = VIEW_INIT("left_days"),
     .unit = VIEW_INIT("day"),
     .counts = COUNTS_UNTIL,
     WORDS(words, world_left),
     WORDS(others, world_others),
     WORDS(dates, world_ends),
     .said = VIEW_INIT("离到期还有{figure}"),
     .today = VIEW_INIT("今天到期")},
    {.name = VIEW_INIT("lived_months"),
     .unit = VIEW_INIT("month"),
     WORDS(words, world_lived),
     WORDS(stays, world_stays),
     WORDS(dates, world_begins),
     .said = VIEW_INIT("您住了{figure}")},
    {.name = VIEW_INIT("insured_months"),
     .unit = VIEW_INIT("month"),
     WORDS(words, world_insured),
     WORDS(breaks, world_breaks),
     WORDS(dates, world_insured)},
    {.name = VIEW_INIT("age_years"),
     .unit = VIEW_INIT("year"),
     WORDS(words, world_age),
     .said = VIEW_INIT("您说的是{figure}")},
};
#undef WORDS
static const struct matter world_matter = {
    .name = VIEW_INIT("permit"),
    .title = VIEW_INIT("居住证"),
    .terms = world_terms,
    .n_terms = 5,
    .slots = world_rules,
    .n_slots = 5,
};

#define EX(s)                                       \
	{                                           \
		VIEW_INIT(s), VIEW_INIT("plain"), 0 \
	}
static const struct example world_query[] = {
    EX("居住证编号在哪里查"),   EX("怎么查居住证编号"),     EX("上海居住证编号查询"),
    EX("居住证号码忘了怎么找"), EX("哪里能看到居住证编号"), EX("郑州居住证编号怎么查询"),
    EX("我的居住证号是多少"),   EX("查一下编号"),
};
static const struct example world_timing[] = {
    EX("居住证多久能办好"),     EX("办居住证要几天"),   EX("上海居住证多长时间下来"),
    EX("居住证几个工作日出证"), EX("多久能拿到居住证"), EX("深圳居住证要等多久"),
    EX("为什么这么久还没好"),   EX("居住证时间要多长"),
};
static const struct example world_fee[] = {
    EX("办居住证要钱吗"), EX("居住证收费多少"), EX("补办居住证多少钱"), EX("居住证免费吗"),
    EX("工本费是多少"),   EX("上海居住证费用"), EX("办证要交多少钱"),   EX("居住证要不要交费"),
};
static const struct example world_out[] = {
    EX("今天天气怎么样"), EX("讲个笑话"),         EX("身份证丢了怎么补"), EX("护照多久能办下来"),
    EX("社保卡号在哪看"), EX("驾照到期怎么换"),   EX("晚上吃什么好"),     EX("足球比赛几点开始"),
    EX("帮我写一首诗"),   EX("结婚证多少钱一本"), EX("股票涨了吗"),       EX("营业执照怎么办"),
};
#undef EX

/* Sorted by name, as catalog_load() gives them. */
static struct intent world_intents[] = {
    {.name = VIEW_INIT("out_of_scope"),
     .title = VIEW_INIT("不在服务范围"),
     .kind = INTENT_OUT_OF_SCOPE,
     .examples = world_out,
     .n_examples = 12},
    {.name = VIEW_INIT("permit.fee"),
     .title = VIEW_INIT("费用"),
     .matter = &world_matter,
     .examples = world_fee,
     .n_examples = 8,
     .index = 1},
    {.name = VIEW_INIT("permit.number.query"),
     .title = VIEW_INIT("编号查询"),
     .matter = &world_matter,
     .examples = world_query,
     .n_examples = 8,
     .index = 2},
    {.name = VIEW_INIT("permit.timing"),
     .title = VIEW_INIT("办理时限"),
     .matter = &world_matter,
     .examples = world_timing,
     .n_examples = 8,
     .index = 3},
};

static inline void world_init(struct world *w)
{
	const char *srcdir = getenv("srcdir");
	struct fault why = {.text = ""};
	char path[4096];

	memset(w, 0, sizeof(*w));
	arena_init(&w->arena, 0);
	snprintf(path, sizeof(path), "%s/core/know/regions", srcdir ? srcdir : ".");
	if (region_table_load(&w->arena, path, &w->regions, &why) < 0)
		printf("Bail out! %s\n", why.text), exit(1);
	w->catalog = (struct catalog){
	    .matters = &world_matter,
	    .n_matters = 1,
	    .intents = world_intents,
	    .n_intents = 4,
	    .fingerprint = 7,
	};
}

static inline void world_done(struct world *w)
{
	arena_done(&w->arena);
}

#endif
