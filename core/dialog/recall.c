/* SPDX-License-Identifier: Apache-2.0 */
/* recall.c - the signs that follow from the conversation so far: what goes on, what is chosen. */
#include "dialog/phrase.h"
#include "dialog/point.h"
#include "dialog/situation.h"
#include "dialog/words.h"

#define SURELY_ELSEWHERE 0.93f /* so clearly out of scope that no context saves it */
#define POINTED_LEAST    0.30f /* 那里周末上班吗: it is about what was talked about */
#define CHATTY           0.80f /* small talk, though behind a matter it reminds of something */
#define SHORT_CHARS      12    /* no question of its own */
#define POINT_CHARS      40

/* The very question back that was put last time, and it was not answered. */
static bool asks_again(const struct policy_input *in)
{
	const struct intent *first = NULL;

	for (size_t i = 0; i < in->what->n_ranking && !first; i++) {
		if (intent_is_asked(in->what->ranking[i].intent))
			first = in->what->ranking[i].intent;
	}
	return in->what->decision == NLU_BETWEEN && in->memory->n_options > 0 &&
	       in->memory->failed_rounds > 0 && first && in->memory->options[0].intent == first;
}

static void recall_last(const struct policy_input *in, struct situation *s)
{
	const struct memory *memory = in->memory;

	if (memory->intent)
		s->signs |= REMEMBERS;
	if (memory->n_options > 0)
		s->signs |= OFFERED;
	if (memory->n_options > 1 && memory->options[0].region && memory->intent &&
	    memory->options[1].region != memory->options[0].region)
		s->signs |= OFFERED_PLACES;
	if (memory->failed_rounds >= 2 || asks_again(in))
		s->signs |= GIVE_UP;
	/* 签注要什么条件 after 怎么签注: what else, if not that? */
	if ((s->signs & BETWEEN) && memory->intent &&
	    understanding_first(in->what) == memory->intent)
		s->signs |= CLEAR;
}

/* One of the places talked about: 还有上海呢 is about that alone. */
static bool is_remembered(const struct memory *m, const struct situation *s)
{
	for (size_t i = 0; i < m->n_regions; i++)
		if (m->regions[i] == s->places[0].region)
			return true;
	return false;
}

/* 那个我没有租房合同因为我住朋友家: nothing else is understood, and a thing of the matter is named.
 */
static bool is_about_point(const struct policy_input *in, const struct situation *s)
{
	const struct matter_point *point =
	    point_named(memory_matter(in->memory), in->what->text.folded);

	return point && point->intent.len > 0 && !(s->signs & SURE) && !in->what->has_term &&
	       s->n_places == 0 && in->what->text.n_chars <= POINT_CHARS &&
	       !((s->signs & OUT_OF_SCOPE) &&
		 in->what->ranking[0].probability >= SURELY_ELSEWHERE) &&
	       (phrase_is_question(in->what->text.folded) ||
		point_is_lacking(in->what->text.folded));
}

static size_t places_offered(const struct memory *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n_options; i++)
		n += m->options[i].region != NULL;
	return n;
}

/* It is understood by what was talked about: as a thing of it, or behind its name. */
static void recall_topic(struct arena *a, const struct policy_input *in, struct situation *s,
			 enum carry_rest rest)
{
	const struct memory *memory = in->memory;
	bool own = (s->signs & SURE) && (s->signs & QUESTION);

	if (rest == CARRY_WORDS && !s->shared && !(s->signs & SILENT) &&
	    (carry_is_point(a, in->what, memory_matter(memory)) || is_about_point(in, s) ||
	     in->point))
		s->signs = (s->signs | POINT_ONLY) & ~(uint64_t)(OUT_OF_SCOPE | WHICH_MATTER);
	else if (in->n_rivals > 0)
		s->signs |= WHICH_MATTER;
	if (memory_matter(memory) && in->leaned && !own && rest == CARRY_WORDS &&
	    (in->leaned->decision == NLU_SURE ||
	     ((in->cues & CUE_POINTS) && in->leaned->ranking[0].probability >= POINTED_LEAST)) &&
	    intent_is_asked(understanding_first(in->leaned)) &&
	    !((s->signs & CHATS) && in->what->ranking[0].probability >= CHATTY) &&
	    !((s->signs & OUT_OF_SCOPE) && in->what->ranking[0].probability >= SURELY_ELSEWHERE))
		s->signs |= LEANS;
}

/* Hardly a word beside a place, a figure or a name of the matter. */
static void recall_question(const struct policy_input *in, struct situation *s,
			    enum carry_rest rest)
{
	const struct memory *memory = in->memory;
	bool own = (s->signs & SURE) && (s->signs & QUESTION);

	if (s->n_places > 0 || s->shared) {
		if (rest == CARRY_NOTHING || (rest == CARRY_TERM && (memory->intent || !own)))
			s->signs |= PLACE_ONLY;
	}
	/* 上海那70天呢: place and figure at once */
	if (s->n_places == 1 && rest == CARRY_FIGURE && memory->intent && memory->figure.name.len)
		s->signs |= PLACE_ONLY | FIGURE_ONLY;
	/* 居住证 alone may be clear enough; after another matter it asks the same of this one. */
	if (s->n_places == 0 && !s->shared && rest == CARRY_TERM && s->named &&
	    (!own || (memory->intent && memory->intent->matter != s->named)))
		s->signs |= MATTER_ONLY;
	if (s->n_places == 0 && !s->shared && !own && rest == CARRY_NOTHING)
		s->signs |= FILLERS;
	/* 那70天呢 · 登记才3个月呢 */
	if (s->n_places == 0 && !s->shared &&
	    (rest == CARRY_FIGURE ||
	     (!own && in->what->n_slots > 0 && memory->intent && !(s->signs & LEANS) &&
	      in->what->text.n_chars <= SHORT_CHARS)))
		s->signs |= FIGURE_ONLY;
}

static void recall_places(const struct policy_input *in, struct situation *s)
{
	const struct memory *memory = in->memory;

	/* 哪个便宜 after two places were compared */
	if ((in->cues & (CUE_COMPARES | CUE_SAME)) && s->n_places == 0 && !s->shared &&
	    memory->n_regions > 1 && memory->intent && in->what->text.n_chars <= SHORT_CHARS)
		s->signs |= COMPARES_MORE;
	/* 那珠海呢 after 广州和深圳比呢 · 再加上珠海: one more beside them. */
	if ((s->signs & PLACE_ONLY) && s->n_places == 1 && memory->intent &&
	    (memory->intent->kind == INTENT_COMPARE || (in->cues & CUE_ADDS)) &&
	    memory->n_regions > (in->cues & CUE_ADDS ? 0 : 1) && !is_remembered(memory, s) &&
	    !(in->cues & (CUE_CORRECTS | CUE_SWAPS))) {
		s->signs &= ~(uint64_t)PLACE_ONLY;
		s->signs |= COMPARES_MORE;
	}
	if ((s->signs & COMPARES) && s->n_places == 1 && memory->n_regions > 0 && memory->intent &&
	    memory->regions[0] != s->places[0].region &&
	    s->places[0].region->level != REGION_CLUSTER)
		s->signs |= COMPARES_MORE;
	/* Fewer than were offered are another question: 河北的. */
	if (s->shared && memory->n_options > 0 && s->shared->n_candidates > 0 &&
	    memory->options[0].region == s->shared->candidates[0] &&
	    s->shared->n_candidates >= places_offered(memory))
		s->signs |= PLACE_ASKED;
}

void situation_recall(struct arena *a, const struct policy_input *in, struct situation *s)
{
	enum carry_rest rest = s->is_persons && in->people->is_alone
				   ? CARRY_NOTHING
				   : carry_rest(a, in->what, in->catalog);

	recall_last(in, s);
	recall_topic(a, in, s, rest);
	recall_question(in, s, rest);
	recall_places(in, s);
}

static void read_choice(const struct policy_input *in, struct situation *s)
{
	const struct memory *memory = in->memory;
	enum choice choice;

	if (in->option.len == 0 && (s->signs & (RESET | NONE_OF_THESE)))
		return;
	/* After a comparison 第二个 is the second place; without anything offered it is nothing. */
	if (in->option.len == 0 && memory->n_options == 0 && memory->turns > 0) {
		size_t n = choose_ordinal(in->what->text.folded, memory->n_regions);

		if (n > 0 && n <= memory->n_regions && memory->n_regions > 1) {
			s->places[0] = (struct decided_region){memory->regions[n - 1], "context"};
			s->n_places = 1;
			s->signs &= ~(uint64_t)SEVERAL_PLACES;
			s->signs |= PLACE_ONLY;
			return;
		}
	}
	if (memory->n_options == 0 && memory->n_next > 0)
		choice = choose_next(memory, in->option.len ? in->option : in->what->text.folded,
				     &s->chosen);
	else if (in->option.len == 0 && memory->n_options == 0)
		choice = memory->turns > 0 && choose_ordinal(in->what->text.folded, 0) > 0
			     ? CHOICE_GONE
			     : CHOICE_NONE;
	else
		choice = choose_find(memory, in->option, in->what->text.folded, &s->chosen);
	switch (choice) {
	case CHOICE_NONE:
		break;
	case CHOICE_GONE:
		s->signs |= CHOICE_MISSED;
		break;
	case CHOICE_MADE:
		/* The option "none of these" is the one about nothing. */
		s->signs |= s->chosen->intent || s->chosen->region ? CHOSE : NONE_OF_THESE;
		break;
	}
}

/* 21, and no such thing was offered: as many days as were talked about, or a slip. */
static void read_number(const struct policy_input *in, struct situation *s)
{
	if (in->memory->intent && in->memory->figure.name.len > 0) {
		s->signs &= ~(uint64_t)(CHOICE_MISSED | OUT_OF_SCOPE | CHATS);
		s->signs |= FIGURE_ONLY;
	} else if (in->memory->turns > 0 && !((s->signs & SURE) && (s->signs & CHATS))) {
		s->signs |= CHOICE_MISSED;
	}
}

/* 40天 after two places were compared is for both. */
static void read_figure(const struct policy_input *in, struct situation *s)
{
	const struct memory *memory = in->memory;

	if ((s->signs & FIGURE_ONLY) && s->n_places == 0 && !s->shared && memory->intent &&
	    memory->n_regions > 1 && memory->figure.name.len > 0)
		s->signs |= COMPARES_MORE;
}

void situation_choose(const struct policy_input *in, struct situation *s)
{
	read_choice(in, s);
	if (!(s->signs & CHOSE) && words_are_a_number(in->what))
		read_number(in, s);
	read_figure(in, s);
	/* One at a time. */
	if (in->memory->n_options + in->memory->n_next > 0 && words_are_numbers(in->what))
		s->signs |= CHOICE_MISSED;
}
