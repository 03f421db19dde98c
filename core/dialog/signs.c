/* SPDX-License-Identifier: Apache-2.0 */
/* signs.c - the signs that follow from the classifier and from phrases alone. */
#include "dialog/phrase.h"
#include "dialog/situation.h"

#define NEAREST_MIN 0.10f /* below this a reading is not worth offering */
#define ELSEWHERE   0.60f /* likely enough to say so */
#define CROOKED     0.75f /* likely enough to refuse */
#define CLEARLY     0.90f /* nothing else is worth asking about */

uint64_t signs_of_classifier(const struct understanding *u)
{
	const struct intent *first = understanding_first(u);
	uint64_t signs = 0;
	size_t n_nearest = 0;

	if (u->decision == NLU_SURE)
		signs |= SURE;
	if (u->decision == NLU_BETWEEN)
		signs |= BETWEEN;
	if (first && u->ranking[0].probability >= 0.5f)
		signs |= LIKELY;
	if (u->decision == NLU_BETWEEN && first && u->ranking[0].probability >= CLEARLY)
		signs |= CLEAR;
	for (size_t i = 0; i < u->n_ranking; i++)
		n_nearest += intent_is_asked(u->ranking[i].intent) &&
			     u->ranking[i].probability >= NEAREST_MIN;
	if (n_nearest > 0)
		signs |= n_nearest == 1 ? HAS_NEAREST | LONE : HAS_NEAREST;
	if (!first)
		return signs;
	if (intent_is_asked(first))
		signs |= QUESTION;
	if (first->kind == INTENT_OUT_OF_SCOPE && u->ranking[0].probability >= ELSEWHERE)
		signs |= OUT_OF_SCOPE;
	/* Nobody is called a crook on a guess: 查一下我名下的居住证. */
	if (first->kind == INTENT_REFUSE && u->ranking[0].probability >= CROOKED)
		signs |= REFUSES;
	if (first->kind == INTENT_CHAT)
		signs |= CHATS;
	if (first->kind == INTENT_HANDOFF)
		signs |= WANTS_PERSON;
	if (first->kind == INTENT_SOURCE)
		signs |= ASKS_SOURCE;
	if (first->kind == INTENT_COMPARE && u->decision == NLU_SURE)
		signs |= COMPARES;
	if (view_is(intent_facet(first), "mutual"))
		signs |= MUTUAL;
	return signs;
}

uint64_t signs_of_phrases(uint64_t cues)
{
	static const struct {
		uint64_t cue;
		uint64_t sign;
	} pairs[] = {
	    {CUE_INJECTION, INJECTION},
	    {CUE_FORGERY, FORGERY},
	    {CUE_PAID, PAID_AGENT},
	    {CUE_OTHERS, OTHERS_DATA},
	    {CUE_DISTRESS, DISTRESS},
	    {CUE_ABUSE, ABUSE},
	    {CUE_RESET, RESET},
	    {CUE_REPEAT, REPEATS},
	    {CUE_COMPARES, COMPARES},
	    {CUE_FASTEST, ASKS_FASTEST},
	    {CUE_NONE, NONE_OF_THESE},
	    {CUE_NATIONWIDE, NATIONWIDE},
	    {CUE_MORE, ASKS_MORE},
	    {CUE_DOUBTS, DOUBTS},
	    {CUE_AGREES, AGREES},
	    {CUE_ANY, ANY},
	    {CUE_WHO, WHO},
	    {CUE_FOREIGN, FOREIGN_PERMIT},
	    {CUE_REVERSES, REVERSES},
	    {CUE_PRAISES, PRAISES},
	    {CUE_LANGUAGE, LANGUAGE},
	    {CUE_KEEPS, KEEPS},
	    {CUE_COMPLAINS, COMPLAINS},
	    {CUE_OFFERS, OFFERS},
	};
	uint64_t signs = 0;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (cues & pairs[i].cue)
			signs |= pairs[i].sign;
	}
	return signs;
}
