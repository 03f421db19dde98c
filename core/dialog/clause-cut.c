/* SPDX-License-Identifier: Apache-2.0 */
/* clause-cut.c - where a message goes on to another question without a mark. */
#include "dialog/clause-cut.h"

#include "dialog/phrase.h"
#include "dialog/point.h"
#include "dialog/topic.h"

/* What joins the pieces of a list; the first needs no list before it. */
static const char *const joints[] = {"、", "和", "跟", "以及"};

size_t clause_count_asking(struct view text)
{
	static const char *const words[] = {"什么", "啥",   "多久", "几", "多少",   "咩",
					    "吗",   "怎么", "咋",   "哪", "能不能", "可不可以"};
	size_t n = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		n += view_find(text, view_of(words[i])) >= 0;
	return n;
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
	ptrdiff_t best = -1;

	for (size_t i = 0; i < (is_list ? N_OF(joints) : 1); i++) {
		ptrdiff_t at = view_find(v, view_of(joints[i]));

		if (at >= 0 && (best < 0 || at < best)) {
			best = at;
			*ret_len = strlen(joints[i]);
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

/* 编号和身份证号一样吗, 资质和执照哪个先办: 和 joins what is put side by side. */
static bool is_comparing(const struct understanding *u, struct view v)
{
	static const char *const words[] = {"一样", "一回事", "两回事", "关系", "不同",
					    "区别", "差别",   "同一",   "哪个", "哪边",
					    "哪里", "比",     "冲突",   "先后", "一套"};

	return u->mentions.n_targets > 1 || view_has_any(v, words, N_OF(words));
}

/* 材料|和|费用是多少: two things by their names, right beside it. */
static bool names_meet(const struct plan_input *in, const struct matter *m, struct view left,
		       struct view right)
{
	bool ends = false, begins = false;

	for (size_t i = 0; i < in->facets->n; i++) {
		const struct facet *f = &in->facets->items[i];

		for (size_t k = 0; m && facet_is_of(f, m) && k < f->n_words; k++) {
			ends |= view_ends(left, f->words[k]) && !point_named(m, f->words[k]);
			begins |= view_starts(right, f->words[k]) && !point_named(m, f->words[k]);
		}
	}
	return ends && begins && clause_count_asking(right) > 0;
}

/* 要多少钱、在哪办 · 要什么材料和多少钱: both sides of it ask. */
static ptrdiff_t question_joint(const struct plan_input *in, const struct plan *p, struct view v,
				size_t *ret_len)
{
	ptrdiff_t at = list_mark(v, true, ret_len);
	struct view left, right;

	if (at <= 0 || is_comparing(&p->what, v))
		return -1;
	left = view_sub(v, 0, (size_t)at);
	right = view_sub(v, (size_t)at + *ret_len, SIZE_MAX);
	return (clause_count_asking(left) > 0 && clause_count_asking(right) > 0) ||
		       names_meet(in, topic_named(&p->what), left, right)
		   ? at
		   : -1;
}

/* 网上能办吗|要带什么东西: it asks on behind what ends a question; but 能办吗怎么办 is one. */
static ptrdiff_t breath(struct view v)
{
	static const char *const ends[] = {"吗", "嘛"};

	for (size_t i = 0; i < N_OF(ends); i++) {
		ptrdiff_t at = view_find(v, view_of(ends[i]));
		size_t len = at < 0 ? 0 : (size_t)at + strlen(ends[i]);
		struct view behind = view_sub(v, len, SIZE_MAX);

		if (at > 0 && clause_count_asking(behind) > 0 && !phrase_is_how(behind) &&
		    !view_ends(view_sub(v, 0, len), behind))
			return (ptrdiff_t)len;
	}
	return -1;
}

static void insert_cut(struct view texts[SPLIT_MAX], size_t n, size_t i, size_t at, size_t len)
{
	memmove(&texts[i + 2], &texts[i + 1], (n - i - 1) * sizeof(texts[0]));
	texts[i + 1] = view_sub(texts[i], at + len, SIZE_MAX);
	texts[i].len = at;
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

		if (at > 0 && !is_list && count_facets(in, matter, texts[i]) < 2)
			at = -1;
		is_list = at > 0;
		/* Further on in a story it is no list. */
		if (at <= 0 && i == 0)
			at = question_joint(in, p, texts[i], &len);
		if (at <= 0) {
			len = 0;
			at = breath(texts[i]);
		}
		if (at > 0)
			insert_cut(texts, n++, i, (size_t)at, len);
	}
	return n;
}

bool clauses_are_of_all(const struct plan *p)
{
	return p->what.n_ranking > 0 && p->what.ranking[0].intent->n_whenever > 0;
}

size_t clauses_cut(const struct plan_input *in, const struct plan *p, struct view texts[SPLIT_MAX],
		   size_t n)
{
	if (in->catalog->n_matters > 1)
		n = cut_at_matters(p, texts, n);
	return clauses_are_of_all(p) ? n : cut_at_facets(in, p, texts, n);
}

bool clause_is_listed(struct view text, struct view clause)
{
	size_t at = (size_t)(clause.ptr - text.ptr);
	struct view before = view_sub(text, 0, at),
		    behind = view_sub(text, at + clause.len, text.len);

	for (size_t i = 0; i < N_OF(joints); i++)
		if (view_ends(before, view_of(joints[i])) ||
		    view_starts(behind, view_of(joints[i])))
			return true;
	return split_is_list(text) && split_is_listed(text, clause);
}
