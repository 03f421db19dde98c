/* SPDX-License-Identifier: Apache-2.0 */
/* kind.c - which certificate: the matter's own, or another that has its name in its own. */
#include "dialog/person.h"
#include "dialog/phrase.h"
#include "dialog/situation.h"

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

bool kind_is_usual(const struct policy_input *in)
{
	return carry_is_usual(in->what->text.folded) || carry_is_usual(in->asked);
}

/* 我是香港人 is remembered by its intent's name, until somebody says that they mean the usual. */
static const struct intent *person_known(const struct policy_input *in, const struct situation *s)
{
	if (s->signs & RESET)
		return NULL;
	if (s->special && s->special != in->memory->intent && person_introduces(in->what))
		return s->special;
	return kind_is_usual(in) ? NULL : in->memory->person;
}

static void read_kind(const struct policy_input *in, struct situation *s)
{
	const uint64_t goes_on = LEANS | PLACE_ONLY | FIGURE_ONLY;
	bool asks = (s->signs & goes_on) || ((s->signs & LIKELY) && (s->signs & QUESTION));

	s->kind = kind_named(in);
	if ((in->cues & CUE_FOREIGN) && (s->signs & FOREIGN_PERMIT))
		s->kind = VIEW("refuse.foreign");
	if (s->kind.len > 0 || in->what->has_term || in->memory->kind.len == 0)
		return;
	s->kind = in->memory->kind;
	s->kind_is_carried = true;
	if (!asks || (s->signs & RESET))
		return;
	if (view_is(s->kind, "refuse.foreign"))
		s->signs |= FOREIGN_PERMIT;
}

void kind_read(const struct policy_input *in, struct situation *s)
{
	const struct intent *person = person_known(in, s);

	read_kind(in, s);
	if (s->kind.len == 0 && person)
		s->kind = person->name;
}
