/* SPDX-License-Identifier: Apache-2.0 */
/* topic.c - a question read behind the name of a matter. */
#include "dialog/topic.h"

#include "base/utf8.h"
#include "dialog/carry.h"
#include "dialog/filler.h"
#include "dialog/phrase.h"
#include "dialog/point.h"

#define CHARS_MAX  14    /* beside places: a longer one says what it is about */
#define LIKELY     0.50f /* read so, it is that rather than anything else */
#define CERTAIN    0.97f /* it is that, whatever was asked before */
#define CLEARLY    0.80f /* read behind this matter's name it is a question of that */
#define TRACE      0.03f /* it may as well be what was asked before */
#define STAY_CHARS 10

bool topic_is_asked(const struct understanding *u)
{
	return u->decision == NLU_SURE && intent_is_asked(understanding_first(u));
}

const struct matter *topic_named(const struct understanding *u)
{
	const struct matter *named = NULL;

	for (size_t i = 0; i < u->terms.n; i++) {
		const struct matter *m = u->terms.items[i].term->matter;

		if (m && understanding_first(u) && understanding_first(u)->matter == m)
			return m;
		if (m && !named)
			named = m;
	}
	return named;
}

const struct matter *topic_only_named(const struct understanding *u)
{
	const struct matter *only = NULL;

	for (size_t i = 0; i < u->terms.n; i++) {
		const struct matter *m = u->terms.items[i].term->matter;

		if (m && only && m != only)
			return NULL;
		if (m)
			only = m;
	}
	return only;
}

/* Read behind the matter's name it asks the same of it: that intent, else NULL. */
static int read_behind(struct arena *a, const struct topic_input *in, const struct matter *matter,
		       const struct understanding *u, struct understanding *ret_with,
		       const struct intent **ret)
{
	const struct intent *sibling = catalog_sibling(in->catalog, matter, understanding_first(u));
	int r;

	*ret = NULL;
	if (!sibling)
		return 0;
	r = understand(
	    in->understander, a,
	    arena_printf(a, "%.*s%.*s", VIEW_ARG(matter->title), VIEW_ARG(u->text.folded)),
	    in->today, ret_with);
	if (r == 0 && understanding_first(ret_with) == sibling &&
	    ret_with->ranking[0].probability >= LIKELY)
		*ret = sibling;
	return r;
}

static bool names_no_matter(const struct understanding *u)
{
	return !u->has_term && intent_is_asked(understanding_first(u)) &&
	       understanding_first(u)->matter;
}

/* A word that some facet of another matter has too, or is called by, says nothing. */
static bool is_shared(const struct catalog *c, const struct matter *own, struct view word)
{
	for (size_t i = 0; i < c->n_matters; i++) {
		const struct matter *m = &c->matters[i];

		for (size_t j = 0; m != own && j < m->n_facets; j++) {
			if (view_find(m->facets[j].title, word) >= 0)
				return true;
			for (size_t k = 0; k < m->facets[j].n_words; k++)
				if (view_find(word, m->facets[j].words[k]) >= 0 ||
				    view_find(m->facets[j].words[k], word) >= 0)
					return true;
		}
	}
	return false;
}

static bool has_own(const struct topic_input *in, const struct understanding *u,
		    const struct view *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (utf8_count(words[i]) > 1 && filler_of_general_at(words[i]) < words[i].len &&
		    view_find(u->text.folded, words[i]) >= 0 && !point_shares_word(words[i]) &&
		    !is_shared(in->catalog, understanding_first(u)->matter, words[i]))
			return true;
	return false;
}

/* 住满, 社保: figures that no other matter asks for. */
static bool names_own_figure(const struct topic_input *in, const struct understanding *u)
{
	const struct matter *own = understanding_first(u)->matter;

	for (size_t i = 0; i < own->n_slots; i++)
		if (has_own(in, u, own->slots[i].words, own->slots[i].n_words))
			return true;
	return false;
}

/*
 * 签注在哪办: a word that is only asked of this matter. Where another one is talked about, which
 * can be asked the same, how one asks for that (时限) says nothing.
 */
static bool tells(const struct topic_input *in, const struct understanding *u,
		  const struct matter *here)
{
	const struct matter *own = understanding_first(u)->matter;

	for (size_t i = 0; i < own->n_facets; i++) {
		const struct matter_facet *f = &own->facets[i];
		const struct intent *asked = catalog_find(in->catalog, f->intent);

		if (here && asked && catalog_sibling(in->catalog, here, asked))
			continue;
		for (size_t j = 0; j < f->n_words; j++)
			if (view_find(u->text.folded, f->words[j]) >= 0 &&
			    !is_shared(in->catalog, own, f->words[j]))
				return true;
	}
	return here && names_own_figure(in, u);
}

/* Where the matter is known, what the same question takes of others is this one's. */
static float pooled(const struct understanding *u)
{
	float sum = 0;

	for (size_t i = 0; i < u->n_ranking; i++) {
		const struct intent *other = u->ranking[i].intent;

		if (other->matter &&
		    view_eq(intent_facet(other), intent_facet(understanding_first(u))))
			sum += u->ranking[i].probability;
	}
	return sum;
}

/* Behind the matter's name it is a question of that, or the one before. */
static bool is_of_matter(const struct understanding *with, const struct matter *matter,
			 const struct intent *before)
{
	const struct intent *first = understanding_first(with);

	return first->matter == matter && intent_is_asked(first) &&
	       with->ranking[0].probability >= (first == before ? LIKELY : CLEARLY);
}

int topic_keep(struct arena *a, const struct topic_input *in, const struct matter *matter,
	       const struct intent *before, struct understanding *u)
{
	const struct intent *same = NULL, *sibling;
	struct understanding with;
	float sum;
	int r = 0;

	if (!matter || u->decision != NLU_SURE || !names_no_matter(u))
		return 0;
	sum = pooled(u);
	if (understanding_first(u)->matter != matter) {
		sibling = catalog_sibling(in->catalog, matter, understanding_first(u));
		/* 办理门槛: each matter has that, whatever its name reminds of. */
		if (sibling && carry_is_general(a, u, matter)) {
			u->ranking[0] = (struct nlu_score){sibling, sum};
			return 0;
		}
		if (tells(in, u, matter))
			return 0;
		r = read_behind(a, in, matter, u, &with, &same);
		if (r < 0)
			return r;
		/* 网上可以查不 is no question about going online, where progress was asked about.
		 */
		if (!same && (u->ranking[0].probability >= CERTAIN || !sibling ||
			      !is_of_matter(&with, matter, before)))
			return 0;
		memcpy(u->ranking, with.ranking, sizeof(u->ranking));
		u->n_ranking = with.n_ranking;
	}
	if (u->ranking[0].probability < sum)
		u->ranking[0].probability = sum;
	return 0;
}

/* 要多少钱, 要带什么: asked of every matter, so nothing that happened to anybody. */
static bool is_of_all(const struct catalog *c, const struct intent *intent)
{
	for (size_t i = 0; i < c->n_matters; i++)
		if (&c->matters[i] != intent->matter && !catalog_sibling(c, &c->matters[i], intent))
			return false;
	return c->n_matters > 1;
}

int topic_stay(struct arena *a, const struct topic_input *in, const struct intent *before,
	       struct understanding *u)
{
	struct understanding with;
	float trace = 0;
	int r;

	if (!before || before->kind != INTENT_QUESTION || u->has_term || u->mentions.n > 0 ||
	    understanding_first(u) == before)
		return 0;
	/* 居住证丢了, and then 怎么办: what else, if it can be asked of that? */
	if (!phrase_is_how(u->text.folded) || is_of_all(in->catalog, before)) {
		if (u->decision == NLU_UNSURE || !names_no_matter(u) ||
		    understanding_first(u)->matter != before->matter ||
		    u->ranking[0].probability >= CERTAIN || u->text.n_chars > STAY_CHARS)
			return 0;
		for (size_t i = 0; i < u->n_ranking; i++)
			if (u->ranking[i].intent == before)
				trace = u->ranking[i].probability;
		if (trace < TRACE)
			return 0;
	}
	r = understand(
	    in->understander, a,
	    arena_printf(a, "%.*s%.*s", VIEW_ARG(before->title), VIEW_ARG(u->text.folded)),
	    in->today, &with);
	if (r < 0 || understanding_first(&with) != before || with.ranking[0].probability < LIKELY)
		return r;
	memcpy(u->ranking, with.ranking, sizeof(u->ranking));
	u->n_ranking = with.n_ranking;
	u->decision = NLU_SURE;
	return 0;
}

static size_t chars_beside_places(const struct understanding *u)
{
	size_t n = u->text.n_chars;

	for (size_t i = 0; i < u->mentions.n; i++)
		n -= u->mentions.items[i].end - u->mentions.items[i].start;
	return n;
}

/* 补签: what no other matter has stands in it. */
static bool names_own_thing(const struct topic_input *in, const struct understanding *u)
{
	const struct matter *own = understanding_first(u)->matter;

	for (size_t i = 0; i < own->n_facets; i++)
		if (has_own(in, u, own->facets[i].words, own->facets[i].n_words))
			return true;
	return names_own_figure(in, u);
}

const struct matter_point *topic_point(const struct topic_input *in, const struct matter *matter,
				       const struct understanding *u)
{
	if (!matter || !names_no_matter(u) || understanding_first(u)->matter == matter ||
	    u->ranking[0].probability < LIKELY || chars_beside_places(u) > CHARS_MAX ||
	    catalog_sibling(in->catalog, matter, understanding_first(u)) || names_own_thing(in, u))
		return NULL;
	return point_asked_by(matter, intent_facet(understanding_first(u)));
}

int topic_rivals(struct arena *a, const struct topic_input *in, const struct understanding *u,
		 const struct intent *const **ret, size_t *ret_n)
{
	const struct catalog *c = in->catalog;
	const struct intent **out;
	bool is_general;
	size_t n = 0;

	*ret_n = 0;
	if (c->n_matters < 2 || u->decision == NLU_UNSURE || !names_no_matter(u) ||
	    chars_beside_places(u) > CHARS_MAX || tells(in, u, NULL))
		return 0;
	out = ARENA_ARRAY(a, c->n_matters + 1, const struct intent *);
	is_general = carry_is_general(a, u, understanding_first(u)->matter);
	out[n++] = understanding_first(u);
	for (size_t i = 0; i < c->n_matters; i++) {
		struct understanding with;
		int r = 0;

		if (&c->matters[i] == understanding_first(u)->matter)
			continue;
		/* 需要本人吗: each matter has that, whatever its name reminds of. */
		if (is_general) {
			out[n] = catalog_sibling(c, &c->matters[i], understanding_first(u));
		} else {
			r = read_behind(a, in, &c->matters[i], u, &with, &out[n]);
			if (r < 0)
				return r;
		}
		n += out[n] != NULL;
	}
	*ret = out;
	*ret_n = n > 1 ? n : 0;
	return 0;
}
