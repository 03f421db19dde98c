/* SPDX-License-Identifier: Apache-2.0 */
/* kind.c - which certificate: the matter's own, or another that has its name in its own. */
#include "dialog/person.h"
#include "dialog/phrase.h"
#include "dialog/situation.h"

static const struct intent *top(const struct understanding *u)
{
	return u->n_ranking ? u->ranking[0].intent : NULL;
}

static bool is_asked(const struct intent *i)
{
	return i && (i->kind == INTENT_QUESTION || i->kind == INTENT_COMPARE);
}

bool kind_is_usual(const struct policy_input *in)
{
	return carry_is_usual(in->what->text.folded) || carry_is_usual(in->asked);
}

/* 我老婆是湖南人: somebody else, from here. */
static bool has_origin_within(const struct understanding *u)
{
	for (size_t i = 0; i < u->mentions.n; i++) {
		const struct mention *m = &u->mentions.items[i];

		if (m->role == MENTION_ORIGIN && m->n_candidates > 0 &&
		    !region_has_own_law(m->candidates[0]))
			return true;
	}
	return false;
}

const struct intent *kind_special_named(const struct policy_input *in, const struct matter *of)
{
	for (size_t i = 0; i < in->catalog->n_intents; i++) {
		const struct intent *intent = &in->catalog->intents[i];

		for (size_t j = 0; j < intent->n_whenever && (!of || intent->matter == of); j++) {
			if (view_find(in->what->text.folded, intent->whenever[j]) >= 0)
				return intent;
		}
	}
	return NULL;
}

const struct intent *kind_special(const struct policy_input *in, const struct situation *s)
{
	const struct intent *before = in->memory->intent, *person = in->memory->person;
	const struct intent *named = kind_special_named(in, s->matter);

	if (named)
		return named;
	if (person && person->matter == s->matter && is_asked(top(in->what)) &&
	    !kind_is_usual(in) && !has_origin_within(in->what))
		return person;
	if ((s->signs & SURE) && top(in->what)->n_whenever)
		return top(in->what);
	if (before && before->n_whenever && !kind_is_usual(in) && before->matter == s->matter &&
	    !in->what->has_term && is_asked(top(in->what)))
		return before;
	return NULL;
}

void kind_drop_origins(const struct policy_input *in, struct situation *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n_places; i++) {
		if (!region_has_own_law(s->places[i].region))
			s->places[kept++] = s->places[i];
	}
	if (kept < s->n_places && (kept == 1 || (kept == 0 && in->memory->n_regions < 2)))
		s->signs &= ~(uint64_t)SEVERAL_PLACES;
	s->n_places = kept;
}

/* The longest name of another certificate in the words. */
static struct view kind_named(const struct policy_input *in)
{
	struct view best = VIEW("");

	for (size_t i = 0; i < in->catalog->n_matters; i++) {
		const struct matter *m = &in->catalog->matters[i];

		for (size_t j = 0; j < m->n_kinds; j++)
			if (m->kinds[j].len > best.len &&
			    view_find(in->what->text.folded, m->kinds[j]) >= 0)
				best = m->kinds[j];
	}
	return best;
}

/* 我是香港人 is remembered by its intent's name, until somebody says that they mean the usual. */
static const struct intent *person_known(const struct policy_input *in, const struct situation *s)
{
	const struct intent *named = kind_special_named(in, NULL);

	if (s->signs & RESET)
		return NULL;
	if (!named && s->special == top(in->what))
		named = s->special;
	if (named && person_introduces(in->what))
		return named;
	return kind_is_usual(in) ? NULL : in->memory->person;
}

static void read_kind(const struct policy_input *in, struct situation *s)
{
	const uint64_t goes_on = LEANS | PLACE_ONLY | FIGURE_ONLY;
	bool asks = (s->signs & goes_on) || ((s->signs & LIKELY) && (s->signs & QUESTION));

	s->kind = kind_named(in);
	if ((in->cues & CUE_FOREIGN) && (s->signs & FOREIGN_PERMIT))
		s->kind = VIEW("refuse.foreign");
	if (s->kind.len > 0 || (in->what->has_term && !s->is_foreign) || in->memory->kind.len == 0)
		return;
	s->kind = in->memory->kind;
	s->kind_is_carried = !in->memory->is_foreign;
	if (!asks || (s->signs & RESET))
		return;
	if (view_is(s->kind, "refuse.foreign") && matter_words(s->matter, "refuse.foreign"))
		s->signs |= FOREIGN_PERMIT;
}

void kind_read(const struct policy_input *in, struct situation *s)
{
	const struct intent *person = person_known(in, s);

	s->is_foreign = ((in->cues & CUE_FOREIGN) && person_introduces(in->what)) ||
			(in->memory->is_foreign && !has_origin_within(in->what));
	s->is_foreign &= !kind_is_usual(in);
	read_kind(in, s);
	if (s->kind.len == 0 && person) {
		s->kind = person->name;
		s->says_who = person != in->memory->person;
	}
}
