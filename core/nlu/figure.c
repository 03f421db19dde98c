/* SPDX-License-Identifier: Apache-2.0 */
/* figure.c - the words before and behind a duration: 最近…, 还差…, 要满…, …内, …后. */
#include "nlu/figure.h"

bool figure_follows_any(const struct text *t, size_t at, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_follows(t, at, words[i]))
			return true;
	return false;
}

static struct view without_end(struct view v, const char *const *words, size_t n)
{
	size_t len;

	while ((len = view_ends_any(v, words, n)) > 0)
		v = view_sub(v, 0, v.len - len);
	return v;
}

static void look_before(const struct text *t, struct figure *f)
{
	static const char *const windows[] = {
	    "最近", "近", "过去", "去年", "今年", "前年", "上", "这", "每", "前", "头",
	    "第",   "下", "本",   "该",   "每满", "往前", "同", "那", "哪", "某", "当"};
	static const char *const missing[] = {
	    "还有", "还剩", "还剩下", "剩",   "剩下", "剩余", "差",   "差了",   "还缺", "缺",
	    "缺了", "少",   "少了",   "少交", "少缴", "离",   "距",   "再过",   "再",   "再交",
	    "再缴", "再住", "还要",   "还得", "还需", "等",   "差着", "少交了", "还早"};
	static const char *const required[] = {"需要", "要",   "必须", "得", "须",     "需",  "应",
					       "应该", "要求", "规定", "算", "算不算", "才算"};
	static const char *const soon[] = {"快要", "就要", "马上要"};
	static const char *const verbs[] = {"住", "交",   "缴",   "满",   "够", "到",
					    "先", "有",   "了",   "是",   "为", "达",
					    "过", "社保", "登记", "居住", "的"};
	static const char *const sums[] = {"累计", "总共", "一共", "1共",    "合计",
					   "总计", "共",   "累积", "加起来", "加1起"};
	static const char *const runs[] = {"连续", "连着", "没断过", "没断"};
	const struct view front = view_sub(t->folded, 0, t->bytes[f->d.from]);
	const struct view bare = without_end(front, verbs, N_OF(verbs));

	f->is_window = ENDS(front, windows) > 0;
	f->is_missing = ENDS(front, missing) > 0;
	f->is_sum = ENDS(bare, sums) > 0;
	f->is_run = ENDS(bare, runs) > 0;
	f->is_required = ENDS(without_end(without_end(bare, runs, N_OF(runs)), sums, N_OF(sums)),
			      required) > 0 &&
			 ENDS(bare, soon) == 0;
}

static void look_behind(const struct text *t, struct figure *f)
{
	/* 半年是从哪天算, 满一年之日前, 住满半年就要办: what is required, whoever says so. */
	static const char *const required[] = {
	    "之日",   "是从",   "从哪", "从那", "怎么算", "的居住", "的时间", "的要求",
	    "的条件", "的规定", "就要", "就得", "才能",   "才可以", "才行",   "算不算",
	    "才发",   "才办",   "才给", "才让", "才受理", "才批",   "才有"};
	static const char *const within[] = {"内",   "之内", "以内", "里", "之间", "期间",
					     "当中", "之中", "中",   "间", "来"};
	static const char *const after[] = {"后", "之后", "以后", "过后"};
	static const char *const ago[] = {"前", "之前", "以前"};

	f->is_within = figure_follows_any(t, f->d.to, within, N_OF(within));
	f->is_required_behind = figure_follows_any(t, f->d.to, required, N_OF(required));
	f->is_after = figure_follows_any(t, f->d.to, after, N_OF(after));
	f->is_ago = figure_follows_any(t, f->d.to, ago, N_OF(ago));
}

/* 我听说, 我想问: that somebody asks, not whose case it is. */
static bool is_own_case(const struct text *t, const struct figure *f)
{
	static const char *const asks[] = {"听说", "想", "问", "看到", "看见", "记得"};
	static const char *const own[] = {"已经", "现在都", "本人"};
	const struct view me = VIEW("我");
	struct view rest = t->folded;
	ptrdiff_t at;

	while ((at = view_find(rest, me)) >= 0) {
		rest = view_sub(rest, (size_t)at + me.len, rest.len);
		if (STARTS(rest, asks) == 0)
			return true;
	}
	return HOLDS(t->folded, own) || text_follows(t, f->d.to, "了");
}

/* Whether a limit is the rule's: one's own figure is no limit, and is told of somebody. */
static bool asks_the_rule(const struct text *t, const struct figure *f)
{
	static const char *const asks[] = {
	    "是不是", "是否", "都可以", "都能", "都行",   "都算",   "都得",   "都要",
	    "都不",   "都会", "就要",   "就得", "就不能", "就不可", "就能",   "就可以",
	    "对吗",   "对吧", "对不对", "是吗", "是吧",   "听说",   "规定是", "有没有超过"};
	const bool is_limit = f->is_within || (f->d.least.months == 0 && f->d.least.days == 0) ||
			      f->d.most.days >= DURATION_DAYS_MAX;

	return is_limit && HOLDS(t->folded, asks) && !is_own_case(t, f);
}

/* 1日 of 10月1日, 上个月 of 上个月15号 */
static bool is_of_date(const struct duration *d, const struct date *dates, size_t n_dates)
{
	for (size_t i = 0; i < n_dates; i++)
		if (d->start < dates[i].end && d->end > dates[i].start)
			return true;
	return false;
}

size_t figures_find(const struct text *t, const struct date *dates, size_t n_dates,
		    struct figure figures[FIGURES_MAX])
{
	struct duration found[FIGURES_MAX];
	size_t n_found = durations_find(t, found, FIGURES_MAX), n = 0;

	for (size_t i = 0; i < n_found; i++) {
		if (is_of_date(&found[i], dates, n_dates))
			continue;
		figures[n] = (struct figure){.d = found[i]};
		look_before(t, &figures[n]);
		look_behind(t, &figures[n]);
		figures[n].is_rule = asks_the_rule(t, &figures[n]);
		n++;
	}
	return n;
}
