/* SPDX-License-Identifier: Apache-2.0 */
/* question.c - one question through all of an understander. */
#include "nlu/slot.h"
#include "nlu/understander.h"

/* Words that ask nothing by themselves: 上海呢, 那郑州的? */
static bool is_particle(uint32_t c)
{
	static const uint32_t particles[] = {
	    0x5462 /* 呢 */, 0x5417 /* 吗 */, 0x554a /* 啊 */, 0x5440 /* 呀 */, 0x7684 /* 的 */,
	    0x90a3 /* 那 */, 0x561b /* 嘛 */, 0x54e6 /* 哦 */, 0x5427 /* 吧 */, 0x548c /* 和 */,
	    0x8ddf /* 跟 */, 0x4e5f /* 也 */, 0x662f /* 是 */, 0x5728 /* 在 */, 0x6211 /* 我 */,
	};

	for (size_t i = 0; i < sizeof(particles) / sizeof(particles[0]); i++)
		if (particles[i] == c)
			return true;
	return !han_is(c) && !char_is_letter(c) && !char_is_digit(c);
}

/* Nothing but places: a follow-up, never a question of its own. */
static bool is_only_places(const struct reading *r)
{
	size_t next = 0;

	if (r->mentions.n == 0)
		return false;
	for (uint32_t i = 0; i < r->text.n_chars; i++) {
		while (next < r->mentions.n && r->mentions.items[next].end <= i)
			next++;
		if (next < r->mentions.n && r->mentions.items[next].start <= i)
			continue;
		if (!is_particle(r->text.chars[i]))
			return false;
	}
	return true;
}

/* The one matter whose words occur; NULL: none, or several. */
static const struct matter *only_named(const struct term_hits *terms)
{
	const struct matter *named = NULL;

	for (size_t i = 0; i < terms->n; i++) {
		const struct matter *m = terms->items[i].term->matter;

		if (m && named && m != named)
			return NULL;
		if (m)
			named = m;
	}
	return named;
}

/*
 * Who names a matter means it: what was learnt as the same question about another one, from more or
 * likelier examples, is the one about this. What cannot be is asked back.
 */
static void heed_matter(const struct catalog *catalog, struct understanding *u)
{
	const struct matter *named = only_named(&u->terms);
	const struct intent *first = understanding_first(u), *same;
	size_t n = 1;

	if (!named || !first || !first->matter || first->matter == named)
		return;
	same = catalog_sibling(catalog, named, first);
	/* 居住证密码是多少: nothing of the kind is asked of this one. */
	if (!same && u->decision == NLU_SURE) {
		u->decision = NLU_BETWEEN;
		u->ranking[0].probability /= 2;
	}
	if (!same)
		return;
	u->ranking[0].intent = same;
	for (size_t i = 1; i < u->n_ranking; i++) {
		if (u->ranking[i].intent == same)
			u->ranking[0].probability += u->ranking[i].probability;
		else
			u->ranking[n++] = u->ranking[i];
	}
	u->n_ranking = n;
}

int understand(const struct understander *u, struct arena *a, struct view raw, int32_t today,
	       struct understanding *ret)
{
	const struct catalog *catalog = u->options.catalog;
	struct reading reading;
	struct understanding out = {.today = today};
	struct verdict v;
	int r = reading_make(&u->lens, a, raw, &reading);

	if (r < 0)
		return r;
	model_ask(&u->model, a, &reading, &v);
	out.text = reading.text;
	out.mentions = reading.mentions;
	out.terms = reading.terms;
	out.has_term = term_hits_have(&reading.terms, true);
	out.has_features = v.evidence.n_known > 0 && !is_only_places(&reading);
	out.decision = out.has_features ? v.decision : NLU_UNSURE;
	for (size_t i = 0; i < v.n; i++)
		out.ranking[out.n_ranking++] = (struct nlu_score){
		    &catalog->intents[v.labels[i]],
		    /* Nothing to go by: no intent is likely, in scope or out. */
		    out.has_features ? v.probabilities[i] : v.probabilities[i] / 10};
	heed_matter(catalog, &out);
	out.n_slots = slots_find(catalog, a, &reading.text, &reading.mentions, today, &out.slots);
	*ret = out;
	return 0;
}
