/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clause.c - questions by their marks and words; wishes and troubles (居住证丢了) by their matter.
 *
 * A story names what is amiss and then asks about it: a wish counts only where no question, and no
 * later wish, is of the same matter.
 */
#include "dialog/clause.h"

#include "dialog/carry.h"
#include "dialog/elsewhere.h"
#include "dialog/phrase.h"
#include "dialog/topic.h"

#define STORY_SURE   0.60f /* the last question of a story */
#define BREATH_LEAST 3
#define NAMED_SURE   0.60f /* one of several questions that each name their own matter */
#define WHOLE_TRACE  5e-4f /* the whole message must show a trace of it as well */

static const struct matter *matter_of(const struct clause *c)
{
	return c->what.n_ranking ? c->what.ranking[0].intent->matter : NULL;
}

/* A clause without its matter is understood with it: the whole text, or the memory, has one. */
static int understand_clause(struct arena *a, const struct plan_input *in, const struct plan *p,
			     struct clause *c)
{
	const struct topic_input topic = {in->understander, in->catalog};
	const struct matter *matter = topic_named(&p->what);
	struct understanding with;
	int r;

	r = understand(in->understander, a, c->text, &c->what);
	/* What is clearly about something else is nothing of what was talked about. */
	if (!matter && !elsewhere_is(&c->what))
		matter = memory_matter(&p->memory);
	if (r < 0 || !matter || c->what.has_term)
		return r;
	if (topic_is_asked(&c->what))
		return topic_keep(a, &topic, matter, &c->what);
	r = understand(in->understander, a,
		       arena_printf(a, "%.*s%.*s", VIEW_ARG(matter->title), VIEW_ARG(c->text)),
		       &with);
	if (r == 0 && topic_is_asked(&with))
		c->what = with;
	return r;
}

static bool is_of_other_matter(const struct clause *c, const struct understanding *u)
{
	const struct matter *own = topic_named(&c->what);

	return own && u->n_ranking > 0 && u->ranking[0].intent->matter &&
	       u->ranking[0].intent->matter != own;
}

#define HOLDS(v, list) view_has_any(v, list, sizeof(list) / sizeof((list)[0]))

static bool names_several(const struct plan *p)
{
	const struct matter *first = NULL;

	for (size_t i = 0; i < p->what.terms.n; i++) {
		const struct matter *m = p->what.terms.items[i].term->matter;

		if (m && first && m != first)
			return true;
		first = m ? m : first;
	}
	return false;
}

/* It names its matter, others name theirs, and it says something of it. */
static bool is_own(struct arena *a, const struct plan_input *in, const struct plan *p,
		   const struct clause *c)
{
	const struct matter *own = topic_named(&c->what);

	return own && matter_of(c) == own && c->what.ranking[0].intent->kind == INTENT_QUESTION &&
	       c->what.ranking[0].probability >= NAMED_SURE && names_several(p) &&
	       carry_rest(a, &c->what, in->catalog) == CARRY_WORDS;
}

/* 我想重置医保卡密码 · 居住证也丢了: what is wanted, or what is amiss and not mended yet. */
static bool is_wish(struct arena *a, const struct plan_input *in, const struct plan *p,
		    const struct clause *c)
{
	static const char *const words[] = {"想",   "要办", "需要", "咨询",   "帮我", "丢",
					    "忘",   "过期", "到期", "坏了",   "锁",   "不见",
					    "掉了", "没了", "搬",   "找不到", "落脱", "冇咗"};
	static const char *const settled[] = {"好了", "办完", "补完", "拿到", "解决",
					      "搞定", "没事", "ok",   "OK"};

	return is_own(a, in, p, c) && HOLDS(c->text, words) && !HOLDS(c->text, settled);
}

/* How many words ask in it. */
static size_t count_asking(struct view text)
{
	static const char *const words[] = {"什么",   "啥",   "多久", "几天",    "多少",
					    "咩",     "吗",   "怎么", "咋",      "哪",
					    "能不能", "几耐", "几钱", "可不可以"};
	size_t n = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		n += view_find(text, view_of(words[i])) >= 0;
	return n;
}

/* 居住证？上海？多久？: the first two only say what is asked about; but 要哪些资质 asks. */
static bool is_heading(struct arena *a, const struct plan_input *in, const struct clause *c)
{
	enum carry_rest rest = carry_rest(a, &c->what, in->catalog);

	return count_asking(c->text) == 0 && view_find(c->text, VIEW("呢")) < 0 &&
	       (rest == CARRY_TERM || rest == CARRY_NOTHING);
}

/* A question, clear by itself, and no slip of a few words: the whole message points there too. */
static bool is_clear(const struct plan *p, const struct clause *c)
{
	if (!topic_is_asked(&c->what) || c->what.ranking[0].probability < CLAUSE_SURE)
		return false;
	/* 多久？多少钱？ are questions by their own marks; one about another matter than the rest
	 * by that matter's name; 要哪些资质 by the name of its thing. */
	if (c->is_marked || is_of_other_matter(c, &p->what) || c->what.has_term)
		return true;
	for (size_t i = 0; i < p->what.n_ranking; i++) {
		if (p->what.ranking[i].intent == c->what.ranking[0].intent)
			return p->what.ranking[i].probability >= WHOLE_TRACE;
	}
	return false;
}

/* …，上海呢？ after a question: the same about another place. */
static bool is_place_too(struct arena *a, const struct plan_input *in, const struct clause *c)
{
	return c->what.mentions.n_targets > 0 && view_find(c->text, VIEW("呢")) >= 0 &&
	       carry_rest(a, &c->what, in->catalog) == CARRY_NOTHING;
}

/* Where a word of a matter begins, with the place right in front of it. */
static struct view from_term(const struct understanding *u, const struct term_hit *hit)
{
	const struct text *t = &u->text;
	uint32_t start = hit->start;

	for (size_t i = 0; i < u->mentions.n; i++)
		if (u->mentions.items[i].end == hit->start)
			start = u->mentions.items[i].start;
	return view_sub(t->folded, t->bytes[start], t->bytes[hit->end] - t->bytes[start]);
}

/* 医保卡密码忘了居住证也丢了: said in one breath, so the name of another matter begins a clause. */
static size_t cut_at_matters(const struct plan *p, struct view texts[SPLIT_MAX], size_t n)
{
	const struct understanding *u = &p->what;
	const struct matter *last = NULL;
	size_t at = 0, from = 0;

	for (size_t i = 0; i < u->terms.n && at < n; i++) {
		const struct matter *m = u->terms.items[i].term->matter;
		struct view name = from_term(u, &u->terms.items[i]);
		ptrdiff_t pos = -1;

		if (!m)
			continue;
		while (at < n && (pos = view_find(view_sub(texts[at], from, SIZE_MAX), name)) < 0) {
			at++;
			from = 0;
			last = NULL;
		}
		if (at == n)
			break;
		pos += (ptrdiff_t)from;
		if (last && m != last && pos > 0 && n < SPLIT_MAX) {
			memmove(&texts[at + 2], &texts[at + 1], (n - at - 1) * sizeof(texts[0]));
			texts[at + 1] = view_sub(texts[at], (size_t)pos, SIZE_MAX);
			texts[at].len = (size_t)pos;
			n++;
			at++;
			pos = 0;
		}
		last = m;
		from = (size_t)pos + name.len;
	}
	return n;
}

/* Where a list goes on: at a mark, and behind the first of these at 和 too. */
static ptrdiff_t list_mark(struct view v, bool is_list, size_t *ret_len)
{
	static const char *const marks[] = {"、", "和", "以及"};
	ptrdiff_t best = -1;

	for (size_t i = 0; i < (is_list ? sizeof(marks) / sizeof(marks[0]) : 1); i++) {
		ptrdiff_t at = view_find(v, view_of(marks[i]));

		if (at >= 0 && (best < 0 || at < best)) {
			best = at;
			*ret_len = strlen(marks[i]);
		}
	}
	return best;
}

static size_t count_facets(const struct plan_input *in, const struct matter *matter, struct view v)
{
	const struct facet *last = NULL;
	size_t n = 0, len = 0;
	ptrdiff_t at;

	do {
		const struct facet *f;

		at = list_mark(v, n > 0, &len);
		f = facets_named(in->facets, matter, at < 0 ? v : view_sub(v, 0, (size_t)at));
		n += f && f != last;
		last = f ? f : last;
		v = view_sub(v, (size_t)at + len, SIZE_MAX);
	} while (at >= 0);
	return n;
}

/* 材料、时间和费用分别是什么: a list of what is asked is as many questions. */
static size_t cut_at_facets(const struct plan_input *in, const struct plan *p,
			    struct view texts[SPLIT_MAX], size_t n)
{
	const struct matter *matter = topic_named(&p->what);
	bool is_list = false;

	for (size_t i = 0; i < n && n < SPLIT_MAX; i++) {
		size_t len = 0;
		ptrdiff_t at = list_mark(texts[i], is_list, &len);

		if (at <= 0 || (!is_list && count_facets(in, matter, texts[i]) < 2)) {
			is_list = false;
			continue;
		}
		memmove(&texts[i + 2], &texts[i + 1], (n - i - 1) * sizeof(texts[0]));
		texts[i + 1] = view_sub(texts[i], (size_t)at + len, SIZE_MAX);
		texts[i].len = (size_t)at;
		is_list = true;
		n++;
	}
	return n;
}

static bool is_in_list(struct view text, struct view clause)
{
	static const char *const marks[] = {"、", "和", "以及"};
	size_t at = (size_t)(clause.ptr - text.ptr);
	struct view before = view_sub(text, 0, at),
		    behind = view_sub(text, at + clause.len, text.len);

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (view_ends(before, view_of(marks[i])) || view_starts(behind, view_of(marks[i])))
			return true;
	return split_is_list(text) && split_is_listed(text, clause);
}

/* What a question or a later wish of the same matter stands for is its story. */
static size_t drop_stories(struct clause *out, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		bool told = false;

		for (size_t j = 0; j < n && out[i].is_wish; j++)
			told |= j != i && matter_of(&out[j]) == matter_of(&out[i]) &&
				(j > i || !out[j].is_wish);
		if (!told)
			out[kept++] = out[i];
	}
	return kept;
}

static bool is_asking(struct view text)
{
	return phrase_is_question(text) && !view_starts(text, VIEW("或者"));
}

/* 时间 in such a list asks by its name alone. */
static void name_facet(const struct plan_input *in, const struct plan *p, struct clause *c)
{
	const struct matter *m = topic_named(&p->what);
	const struct facet *f =
	    facets_named(in->facets, m ? m : memory_matter(&p->memory), c->text);

	if (!f || (topic_is_asked(&c->what) && c->what.ranking[0].probability >= CLAUSE_SURE))
		return;
	c->what.ranking[0] = (struct nlu_score){f->intent, 1};
	c->what.n_ranking = c->what.n_ranking ? c->what.n_ranking : 1;
	c->what.decision = NLU_SURE;
}

/* 1: it is one of those looked for, 0: not. */
static int read_clause(struct arena *a, const struct plan_input *in, const struct plan *p,
		       struct clause *c, bool has_others)
{
	bool is_list = is_in_list(in->text, c->text), asks = is_list || is_asking(c->text);
	int r = 0;

	c->is_wish = false;
	c->is_marked =
	    is_list || (asks && (view_ends(c->text, VIEW("？")) || view_ends(c->text, VIEW("?"))));
	c->what = (struct understanding){.n_ranking = 0};
	if (!asks && !names_several(p))
		return 0;
	r = understand_clause(a, in, p, c);
	if (r < 0)
		return r;
	if (is_list)
		name_facet(in, p, c);
	c->is_wish = !asks && is_wish(a, in, p, c);
	if (is_list && topic_is_asked(&c->what) && c->what.ranking[0].probability >= NAMED_SURE)
		return 1;
	if (asks && !is_list && is_heading(a, in, c))
		return 0;
	if (asks)
		return is_clear(p, c) || is_own(a, in, p, c) ||
		       (has_others && is_place_too(a, in, c));
	return c->is_wish;
}

static int find_in(struct arena *a, const struct plan_input *in, const struct plan *p,
		   const struct view *texts, size_t n, struct clause out[SPLIT_MAX], size_t *ret_n,
		   struct clause *ret_last)
{
	size_t n_clear = 0;

	*ret_n = 0;
	*ret_last = (struct clause){.text = VIEW("")};
	for (size_t i = 0; i < n && n > 1; i++) {
		struct clause *c = &out[n_clear];
		int r;

		c->text = texts[i];
		r = read_clause(a, in, p, c, n_clear > 0);
		if (r < 0)
			return r;
		if (is_asking(texts[i]) && topic_is_asked(&c->what) &&
		    c->what.ranking[0].probability >= STORY_SURE)
			*ret_last = *c;
		n_clear += r > 0;
	}
	*ret_n = drop_stories(out, n_clear);
	return 0;
}

struct found {
	const struct facet *facet;
	size_t at;
};

/* Where the first word of each facet of the matter stands, in the order of the text. */
static size_t find_facets(const struct plan_input *in, const struct matter *m, struct view text,
			  struct found out[SPLIT_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < in->facets->n && n < SPLIT_MAX; i++) {
		const struct facet *f = &in->facets->items[i];
		size_t at = SIZE_MAX, j = n;

		for (size_t k = 0; facet_is_of(f, m) && k < f->n_words; k++) {
			ptrdiff_t pos = view_find(text, f->words[k]);

			if (pos >= 0 && (size_t)pos < at)
				at = (size_t)pos;
		}
		if (at == SIZE_MAX)
			continue;
		for (; j > 0 && out[j - 1].at > at; j--)
			out[j] = out[j - 1];
		out[j] = (struct found){f, at};
		n++;
	}
	return n;
}

/* 居住证要带什么多久好多少钱网上能办吗: no mark at all, and so many things named that it is a list.
 */
static int find_in_breath(struct arena *a, const struct plan_input *in, const struct plan *p,
			  struct clause out[SPLIT_MAX], size_t *ret_n)
{
	const struct matter *m = topic_named(&p->what);
	struct view text = p->what.text.folded;
	struct found found[SPLIT_MAX];
	size_t n;

	*ret_n = 0;
	m = m ? m : memory_matter(&p->memory);
	if (!m || !phrase_is_question(text) ||
	    (topic_is_asked(&p->what) && count_asking(text) < BREATH_LEAST))
		return 0;
	n = find_facets(in, m, text, found);
	for (size_t i = 0; i < n && n >= BREATH_LEAST; i++) {
		size_t to = i + 1 < n ? found[i + 1].at : text.len;
		struct clause *c = &out[i];
		int r;

		*c = (struct clause){.text = view_sub(text, found[i].at, to - found[i].at),
				     .is_marked = true};
		r = understand(in->understander, a, c->text, &c->what);
		if (r < 0)
			return r;
		c->what.ranking[0] = (struct nlu_score){found[i].facet->intent, 1};
		c->what.n_ranking = 1;
		c->what.decision = NLU_SURE;
		*ret_n = i + 1;
	}
	return 0;
}

int clauses_find(struct arena *a, const struct plan_input *in, const struct plan *p,
		 struct clause out[SPLIT_MAX], size_t *ret_n, struct clause *ret_last)
{
	struct view texts[SPLIT_MAX], cut[SPLIT_MAX];
	size_t n = split_clauses(in->text, texts), n_cut = n;

	memcpy(cut, texts, n * sizeof(texts[0]));
	if (in->catalog->n_matters > 1)
		n_cut = cut_at_matters(p, cut, n);
	n_cut = cut_at_facets(in, p, cut, n_cut);
	if (n_cut > n) {
		int r = find_in(a, in, p, cut, n_cut, out, ret_n, ret_last);

		/* 有居住证怎么办医保卡 is one question. */
		if (r < 0 || *ret_n > 1)
			return r;
	}
	if (n == 1) {
		int r = find_in_breath(a, in, p, out, ret_n);

		if (r < 0 || *ret_n > 1) {
			*ret_last = (struct clause){.text = VIEW("")};
			return r;
		}
	}
	return find_in(a, in, p, texts, n, out, ret_n, ret_last);
}
