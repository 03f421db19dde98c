/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clause.c - questions by their marks and words; wishes and troubles (居住证丢了) by their matter.
 *
 * A story names what is amiss and then asks about it: a wish counts only where no question, and no
 * later wish, is of the same matter.
 */
#include "dialog/clause.h"

#include "dialog/carry.h"
#include "dialog/clause-cut.h"
#include "dialog/elsewhere.h"
#include "dialog/phrase.h"
#include "dialog/point.h"
#include "dialog/topic.h"

#define STORY_SURE   0.60f /* the last question of a story */
#define BREATH_LEAST 3
#define POINT_BACK   24    /* no point's word begins further in front of what it holds */
#define QUICK_BYTES  24    /* such a list goes on in clauses no longer than this */
#define NAMED_SURE   0.60f /* one of several questions that each name their own matter */
#define WHOLE_TRACE  5e-4f /* the whole message must show a trace of it as well */

static const struct matter *matter_of(const struct clause *c)
{
	return c->what.n_ranking ? c->what.ranking[0].intent->matter : NULL;
}

static float sureness(const struct understanding *u)
{
	return u->n_ranking ? u->ranking[0].probability : 0;
}

static int understand_behind(struct arena *a, const struct plan_input *in, struct view title,
			     struct view text, struct understanding *ret)
{
	return understand(in->understander, a,
			  arena_printf(a, "%.*s%.*s", VIEW_ARG(title), VIEW_ARG(text)), in->today,
			  ret);
}

/* 编号, of 居住证编号几位: the word of a facet right behind the matter's name. */
static struct view thing_of(const struct plan_input *in, const struct plan *p,
			    const struct matter *m)
{
	const struct text *t = &p->what.text;
	struct view longest = VIEW("");

	for (size_t i = 0; i < p->what.terms.n; i++) {
		const struct term_hit *hit = &p->what.terms.items[i];
		struct view behind = view_sub(t->folded, t->bytes[hit->end], SIZE_MAX);

		for (size_t j = 0; hit->term->matter == m && j < in->facets->n; j++) {
			const struct facet *f = &in->facets->items[j];

			for (size_t k = 0; facet_is_of(f, m) && k < f->n_words; k++)
				if (f->words[k].len > longest.len &&
				    view_starts(behind, f->words[k]))
					longest = f->words[k];
		}
	}
	return longest;
}

/* 居住证编号几位？在哪查？: where the number is found, if the permit alone leaves that open. */
static int understand_of_thing(struct arena *a, const struct plan_input *in, const struct plan *p,
			       const struct matter *matter, struct clause *c)
{
	struct view thing = thing_of(in, p, matter);
	struct understanding with;
	int r;

	if (thing.len == 0)
		return 0;
	r = understand_behind(a, in,
			      arena_printf(a, "%.*s%.*s", VIEW_ARG(matter->title), VIEW_ARG(thing)),
			      c->text, &with);
	if (r == 0 && topic_is_asked(&with) && sureness(&with) >= CLAUSE_SURE)
		c->what = with;
	return r;
}

/* A clause without its matter is understood with it: the whole text, or the memory, has one. */
static int understand_clause(struct arena *a, const struct plan_input *in, const struct plan *p,
			     struct clause *c)
{
	const struct topic_input topic = {in->understander, in->catalog, in->today};
	const struct matter *matter = topic_named(&p->what);
	struct understanding with;
	int r;

	r = understand(in->understander, a, c->text, in->today, &c->what);
	/* What is clearly about something else is nothing of what was talked about. */
	if (!matter && !elsewhere_is(&c->what))
		matter = memory_matter(&p->memory);
	if (r < 0 || !matter || c->what.has_term)
		return r;
	if (topic_is_asked(&c->what)) {
		r = topic_keep(a, &topic, matter, NULL, &c->what);
	} else {
		r = understand_behind(a, in, matter->title, c->text, &with);
		if (r == 0 && topic_is_asked(&with))
			c->what = with;
	}
	if (r == 0 && c->is_quick &&
	    (!topic_is_asked(&c->what) || sureness(&c->what) < CLAUSE_SURE))
		r = understand_of_thing(a, in, p, matter, c);
	return r;
}

static bool is_of_other_matter(const struct clause *c, const struct understanding *u)
{
	const struct matter *own = topic_named(&c->what);

	return own && u->n_ranking > 0 && u->ranking[0].intent->matter &&
	       u->ranking[0].intent->matter != own;
}

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

/* 居住证？上海？多久？: the first two only say what is asked about; but 要哪些资质 asks. */
static bool is_heading(struct arena *a, const struct plan_input *in, const struct clause *c)
{
	enum carry_rest rest = carry_rest(a, &c->what, in->catalog);

	return clause_count_asking(c->text) == 0 && view_find(c->text, VIEW("呢")) < 0 &&
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

/* 先问居住证材料: what stands in front says that it is asked. */
static bool is_asking(struct view whole, struct view text)
{
	struct view before = view_trim(view_sub(whole, 0, (size_t)(text.ptr - whole.ptr)));

	return (phrase_is_question(text) || view_ends(before, VIEW("问"))) &&
	       !view_starts(text, VIEW("或者"));
}

/* 怎么办,要带什么,多少钱: so short, and each asks: a list without the marks of one. */
static bool is_quick(const struct plan_input *in, const struct view *texts, size_t n)
{
	size_t asking = 0;

	for (size_t i = 0; i < n; i++)
		asking += clause_count_asking(texts[i]) > 0 &&
			  (i == 0 || texts[i].len <= QUICK_BYTES) && is_asking(in->text, texts[i]);
	return n > 1 && asking == n;
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
	bool is_list = clause_is_listed(in->text, c->text),
	     asks = is_list || is_asking(in->text, c->text);
	int r = 0;

	c->is_wish = false;
	c->is_marked = is_list || c->is_quick ||
		       (asks && (view_ends(c->text, VIEW("？")) || view_ends(c->text, VIEW("?"))));
	c->what = (struct understanding){.n_ranking = 0};
	if (!asks && !names_several(p))
		return 0;
	r = understand_clause(a, in, p, c);
	if (r < 0)
		return r;
	if (is_list)
		name_facet(in, p, c);
	c->is_wish = !asks && is_wish(a, in, p, c);
	/* 上海居住证|以及|杭州居住证到期了怎么办: of both places one thing is asked. */
	if (is_list && c->what.mentions.n_targets > 0 && is_heading(a, in, c))
		return 0;
	if (is_list && topic_is_asked(&c->what) && c->what.ranking[0].probability >= NAMED_SURE)
		return 1;
	if (asks && !is_list && is_heading(a, in, c))
		return 0;
	if (asks)
		return is_clear(p, c) || is_own(a, in, p, c) ||
		       (has_others && is_place_too(a, in, c));
	return c->is_wish;
}

/* 居住证和医保卡密码，都要本人去吗: asked of each matter that is named. How many; or negative. */
static int read_of_all(struct arena *a, const struct plan_input *in, const struct plan *p,
		       struct view text, struct clause out[SPLIT_MAX])
{
	const ptrdiff_t all = view_find(text, VIEW("都"));
	const struct matter *done[SPLIT_MAX];
	size_t n_done = 0;
	int n = 0;

	if (all < 0 || !names_several(p) || !is_asking(in->text, text))
		return 0;
	text = view_sub(text, (size_t)all, SIZE_MAX);
	for (size_t i = 0; i < p->what.terms.n && n_done < SPLIT_MAX; i++) {
		const struct matter *m = p->what.terms.items[i].term->matter;
		struct clause *c = &out[n];
		bool again = !m;
		int r;

		for (size_t j = 0; j < n_done && !again; j++)
			again = done[j] == m;
		if (again)
			continue;
		done[n_done++] = m;
		*c = (struct clause){.text = text, .is_marked = true};
		r = understand_behind(a, in, m->title, text, &c->what);
		if (r < 0)
			return r;
		n += topic_is_asked(&c->what) && matter_of(c) == m;
	}
	return n > 1 ? n : 0;
}

/* What only says of what it is asked goes. */
static size_t put_of_all(struct clause *out, size_t n, const struct clause *all, size_t n_all)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (clause_count_asking(out[i].text) > 0)
			out[kept++] = out[i];
	for (size_t i = 0; i < n_all && kept < SPLIT_MAX; i++)
		out[kept++] = all[i];
	return kept;
}

static int find_in(struct arena *a, const struct plan_input *in, const struct plan *p,
		   const struct view *texts, size_t n, struct clause out[SPLIT_MAX], size_t *ret_n,
		   struct clause *ret_last)
{
	const bool quick = !clauses_are_of_all(p) && is_quick(in, texts, n);
	size_t n_clear = 0;

	*ret_n = 0;
	*ret_last = (struct clause){.text = VIEW("")};
	for (size_t i = 0; i < n && n > 1; i++) {
		struct clause *c = &out[n_clear], each[SPLIT_MAX];
		int r = read_of_all(a, in, p, texts[i], each);

		if (r < 0)
			return r;
		if (r > 0) {
			n_clear = put_of_all(out, n_clear, each, (size_t)r);
			if (n_clear == SPLIT_MAX)
				break;
			continue;
		}
		c->text = texts[i];
		c->is_quick = quick;
		r = read_clause(a, in, p, c, n_clear > 0);
		if (r < 0)
			return r;
		if (is_asking(in->text, texts[i]) && topic_is_asked(&c->what) &&
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

/* 快, of 快递: the word is a piece of a longer one that names a thing by itself. */
static bool is_piece(const struct matter *m, struct view text, size_t at, size_t len)
{
	size_t from = at > POINT_BACK ? at - POINT_BACK : 0;

	for (; from <= at; from++) {
		size_t n = point_at(m, view_sub(text, from, SIZE_MAX));

		if (n > len && from + n >= at + len)
			return true;
	}
	return false;
}

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

			if (pos >= 0 && (size_t)pos < at &&
			    !is_piece(m, text, (size_t)pos, f->words[k].len))
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
	    (topic_is_asked(&p->what) && clause_count_asking(text) < BREATH_LEAST))
		return 0;
	n = find_facets(in, m, text, found);
	for (size_t i = 0; i < n && n >= BREATH_LEAST; i++) {
		size_t to = i + 1 < n ? found[i + 1].at : text.len;
		struct clause *c = &out[i];
		int r;

		*c = (struct clause){.text = view_sub(text, found[i].at, to - found[i].at),
				     .is_marked = true};
		r = understand(in->understander, a, c->text, in->today, &c->what);
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
	n_cut = clauses_cut(in, p, cut, n);
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
