/* SPDX-License-Identifier: Apache-2.0 */
/* point.c - which thing a question names. */
#include "dialog/point.h"

#include "base/utf8.h"
#include "dialog/phrase.h"

static bool has_one(struct view text, const struct view *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (view_find(text, words[i]) >= 0)
			return true;
	return false;
}

bool point_is_told(const struct matter_point *point, struct view text)
{
	return point->n_told > 0 ? has_one(text, point->told, point->n_told)
				 : has_one(text, point->words, point->n_words);
}

#define WORD(text) VIEW_INIT(text)

static const struct view by_others[] = {
    WORD("代办"),     WORD("找人代办"), WORD("请人代办"), WORD("别人代办"), WORD("他人代办"),
    WORD("家人代办"), WORD("委托"),     WORD("委托别人"), WORD("委托他人"), WORD("代理"),
    WORD("代领"),     WORD("代取"),     WORD("别人代"),   WORD("他人代"),   WORD("找人办"),
    WORD("找人帮"),   WORD("帮忙办"),   WORD("替我办"),   WORD("帮我办"),   WORD("别人办"),
    WORD("本人去"),   WORD("本人来"),   WORD("本人办"),   WORD("本人到"),   WORD("本人到场"),
    WORD("亲自"),     WORD("本人吗"),   WORD("本人嘛"),   WORD("本人么"),   WORD("本人亲"),
    WORD("必须本人"), WORD("非本人"),   WORD("非得本人"), WORD("本人才"),
};
static const struct view validity[] = {
    WORD("有效期"),   WORD("有效时间"), WORD("过期"),     WORD("到期"),
    WORD("逾期"),     WORD("期满"),     WORD("失效"),     WORD("延期"),
    WORD("续期"),     WORD("几年有效"), WORD("终身有效"), WORD("长期有效"),
    WORD("有效几年"), WORD("有效多久"), WORD("管几年"),   WORD("能用几年")};
static const struct view progress[] = {WORD("进度"),     WORD("办到哪"),   WORD("办到哪1步"),
				       WORD("办到哪步"), WORD("到哪1步"),  WORD("审核状态"),
				       WORD("审批状态"), WORD("办理状态"), WORD("办理情况")};
static const struct view loss[] = {WORD("丢"),   WORD("遗失"),   WORD("挂失"), WORD("补领"),
				   WORD("掉了"), WORD("不见了"), WORD("补办"), WORD("补证")};
static const struct view change[] = {WORD("变更"), WORD("改地址"), WORD("换地址")};
static const struct view use[] = {WORD("用处"),   WORD("好处"),     WORD("作用"),
				  WORD("福利"),   WORD("有什么用"), WORD("有啥用"),
				  WORD("有用吗"), WORD("干什么用")};
static const struct view conditions[] = {WORD("条件"),   WORD("门槛"),   WORD("外地人"),
					 WORD("谁能办"), WORD("谁可以"), WORD("什么人"),
					 WORD("哪些人")};
static const struct view face[] = {WORD("刷脸"), WORD("人脸识别"), WORD("人脸"), WORD("实名认证")};

/* What may be asked of any matter, though only some have an intent for it. Guides call it by its
 * name alone: 期满 stands in lines about other things. */
static const struct matter_point general[] = {
    {.name = WORD("代办"), .words = by_others, .n_words = N_OF(by_others)},
    {.name = WORD("有效期"), .words = validity, .n_words = N_OF(validity)},
    {.name = WORD("进度"), .words = progress, .n_words = N_OF(progress)},
    {.name = WORD("遗失"), .words = loss, .n_words = N_OF(loss)},
    {.name = WORD("变更"), .words = change, .n_words = N_OF(change)},
    {.name = WORD("用处"), .words = use, .n_words = N_OF(use)},
    {.name = WORD("条件"), .words = conditions, .n_words = N_OF(conditions)},
    {.name = WORD("刷脸"), .words = face, .n_words = N_OF(face)},
};

/* One of the matter's own questions is asked by it. */
static bool is_asked_by(const struct matter_point *point, const struct matter *m)
{
	for (size_t i = 0; i < m->n_facets; i++)
		for (size_t j = 0; j < m->facets[i].n_words; j++)
			if (point_is_told(point, m->facets[i].words[j]))
				return true;
	return false;
}

/* The matter's own, then the general ones that none of its questions is about. */
static const struct matter_point *point_next(const struct matter *m, size_t *i)
{
	if (!m)
		return NULL;
	if (*i < m->n_points)
		return &m->points[(*i)++];
	while (*i - m->n_points < N_OF(general)) {
		const struct matter_point *point = &general[(*i)++ - m->n_points];

		if (!is_asked_by(point, m))
			return point;
	}
	return NULL;
}

bool point_is_general(const struct matter_point *point)
{
	for (size_t i = 0; i < N_OF(general); i++)
		if (point == &general[i])
			return true;
	return false;
}

bool point_is_of_any(const struct matter *m, struct view folded)
{
	for (size_t i = 0; i < N_OF(general); i++)
		if (point_is_told(&general[i], folded) && !is_asked_by(&general[i], m))
			return true;
	return false;
}

const struct matter_point *point_called(const struct matter *m, struct view name)
{
	const struct matter_point *point;
	size_t at = 0;

	while (name.len > 0 && (point = point_next(m, &at)) != NULL)
		if (view_eq(point->name, name))
			return point;
	return NULL;
}

/* What a matter says of a general one itself: whose question it is. */
static const struct matter_point *own_of(const struct matter *m, const struct matter_point *point)
{
	for (size_t i = 0; i < m->n_points && point_is_general(point); i++)
		if (view_eq(m->points[i].name, point->name))
			return &m->points[i];
	return point;
}

/* 户口 is a thing to be asked about where it is compared: 居住证和户口有什么区别. */
static bool is_beside_others(const struct matter_point *point, struct view folded)
{
	return point->n_beside == 0 || has_one(folded, point->beside, point->n_beside);
}

const struct matter_point *point_named(const struct matter *m, struct view folded)
{
	const struct matter_point *best = NULL, *point;
	size_t longest = 0, at = 0;

	while ((point = point_next(m, &at)) != NULL)
		for (size_t j = 0; is_beside_others(point, folded) && j < point->n_words; j++) {
			struct view word = point->words[j];

			if (word.len > longest && view_find(folded, word) >= 0) {
				longest = word.len;
				best = point;
			}
		}
	return best ? own_of(m, best) : NULL;
}

bool point_is_asked(const struct matter_point *point, struct view folded, size_t most)
{
	struct view clauses[SPLIT_MAX];
	size_t n = split_clauses(folded, clauses);

	for (size_t i = 0; i < n; i++)
		if (phrase_is_question(clauses[i]) && utf8_count(clauses[i]) <= most &&
		    has_one(clauses[i], point->words, point->n_words) &&
		    is_beside_others(point, folded))
			return true;
	return false;
}

size_t points_asked(const struct matter *m, struct view folded,
		    const struct matter_point *out[SPLIT_MAX])
{
	struct view clauses[SPLIT_MAX];
	size_t n_clauses = split_clauses(folded, clauses), n = 0;

	for (size_t i = 0; i < n_clauses; i++) {
		const struct matter_point *point =
		    phrase_is_question(clauses[i]) || point_is_lacking(clauses[i])
			? point_named(m, clauses[i])
			: NULL;
		bool again = !point;

		for (size_t j = 0; j < n && !again; j++)
			again = out[j] == point;
		if (!again)
			out[n++] = point;
	}
	/* One may be named in front of what asks about it: 没有租房合同，可以办吗. */
	if (n < 2) {
		out[0] = point_named(m, folded);
		n = out[0] != NULL;
	}
	return n;
}

const struct matter_point *point_asked_by(const struct matter *m, struct view facet)
{
	static const struct {
		const char *facet, *name;
	} pairs[] = {
	    {"proxy", "代办"}, {"endorse", "有效期"}, {"status", "进度"}, {"replace", "遗失"}};

	for (size_t i = 0; i < N_OF(pairs); i++)
		for (size_t j = 0; view_is(facet, pairs[i].facet) && j < N_OF(general); j++)
			if (view_is(general[j].name, pairs[i].name))
				return own_of(m, &general[j]);
	return NULL;
}

bool point_shares_word(struct view word)
{
	for (size_t i = 0; i < N_OF(general); i++)
		for (size_t j = 0; j < general[i].n_words; j++)
			if (view_find(word, general[i].words[j]) >= 0 ||
			    view_find(general[i].words[j], word) >= 0)
				return true;
	return false;
}

static size_t longest_word_at(const struct matter_point *point, struct view v, size_t best)
{
	for (size_t i = 0; i < point->n_words; i++)
		if (point->words[i].len > best && view_starts(v, point->words[i]))
			best = point->words[i].len;
	return best;
}

size_t point_at(const struct matter *m, struct view v)
{
	const struct matter_point *point;
	size_t best = 0, at = 0;

	/* What is asked about only beside others is nothing by its name alone. */
	while ((point = point_next(m, &at)) != NULL)
		if (point->n_beside == 0)
			best = longest_word_at(point, v, best);
	return best;
}

size_t point_general_at(struct view v)
{
	size_t best = 0;

	for (size_t i = 0; i < N_OF(general); i++)
		best = longest_word_at(&general[i], v, best);
	return best;
}

bool point_is_lacking(struct view text)
{
	static const char *const words[] = {"没",     "無",     "无",     "缺",     "丢",   "冇",
					    "开不出", "拿不到", "不给交", "不给开", "不肯", "不交"};

	return view_has_any(text, words, sizeof(words) / sizeof(words[0]));
}
