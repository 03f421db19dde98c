/* SPDX-License-Identifier: Apache-2.0 */
/* situation.c - the signs of a situation (the decision they lead to is filled in by settle.c). */
#include "dialog/situation.h"

#include "dialog/abroad.h"
#include "dialog/emergency.h"
#include "dialog/person.h"
#include "dialog/phrase.h"
#include "dialog/point.h"
#include "dialog/topic.h"
#include "dialog/words.h"

#define NEAREST_MIN       0.10f /* below this a reading is not worth offering */
#define SURELY_ELSEWHERE  0.93f /* so clearly out of scope that no context saves it */
#define NUMBERS_MAX_CHARS 24
#define SHORT_CHARS       12    /* no question of its own */
#define POINTED_LEAST     0.30f /* 那里周末上班吗: it is about what was talked about */
#define ASKED_LEAST       0.80f /* a number alone reminds of much */
#define CHATTY            0.80f /* small talk, though behind a matter it reminds of something */
#define PRYING            0.95f /* surely somebody else's data, in whatever words */
#define SIMPLER_CHARS     20
#define PIECE_CHARS       4
#define POINT_CHARS       40

static const struct intent *top(const struct understanding *u)
{
	return u && u->n_ranking ? u->ranking[0].intent : NULL;
}

static bool is_asked(const struct intent *i)
{
	return i && (i->kind == INTENT_QUESTION || i->kind == INTENT_COMPARE);
}

/* 公司 · 医保: nothing but a piece of one matter's name. */
static const struct matter *matter_called(const struct policy_input *in)
{
	static const char *const tails[] = {"呢", "啊", "呀", "吧", "哦", "嘛", "的",
					    "了", "？", "?",  "。", "！", "!"};
	const struct matter *found = NULL;
	struct view name = view_trim(in->what->text.folded);
	size_t len;

	if (in->what->text.n_chars < 2 || in->what->text.n_chars > PIECE_CHARS)
		return NULL;
	while (name.len > 2 * strlen("呢") &&
	       (len = view_ends_any(name, tails, sizeof(tails) / sizeof(tails[0]))) > 0)
		name.len -= len;
	for (size_t i = 0; i < in->catalog->n_matters; i++) {
		const struct matter *m = &in->catalog->matters[i];

		if (view_find(m->title, name) < 0)
			continue;
		if (found)
			return NULL;
		found = m;
	}
	return found;
}

static void read_matter(const struct policy_input *in, struct situation *s)
{
	const struct intent *first = top(in->what);
	const struct matter *called = matter_called(in);

	s->named = s->matter = topic_named(in->what);
	if (!s->named && called &&
	    ((in->memory->intent && called != memory_matter(in->memory)) ||
	     (s->signs & OUT_OF_SCOPE))) {
		s->named = s->matter = called;
		s->signs =
		    (s->signs | MATTER_ONLY) & ~(uint64_t)(OUT_OF_SCOPE | SURE | LIKELY | BETWEEN);
	}
	if (!s->matter && first && (s->signs & SURE))
		s->matter = first->matter;
	if (!s->matter)
		s->matter = memory_matter(in->memory);
	if (!s->matter && first && (s->signs & LIKELY))
		s->matter = first->matter;
	/* Whom a matter is not for, it says itself. */
	if (!matter_words(s->matter, "refuse.foreign"))
		s->signs &= ~(uint64_t)FOREIGN_PERMIT;
}

/* How the name that led to a target stands for it. */
static const char *found_by(const struct mentions *m, const struct region *target)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct mention *it = &m->items[i];

		if (it->role != MENTION_TARGET || !it->name)
			continue;
		for (size_t j = 0; j < it->n_candidates; j++) {
			if (it->candidates[j] != target)
				continue;
			switch (it->name->kind) {
			case REGION_NAME_APP:
				return "app";
			case REGION_NAME_ABBR:
			case REGION_NAME_NICKNAME:
			case REGION_NAME_LANDMARK:
				return "alias";
			case REGION_NAME_FULL:
			case REGION_NAME_SHORT:
			case REGION_NAME_CLUSTER:
				return "name";
			}
		}
	}
	return "name";
}

static void place_add(struct situation *s, const struct region *r, const char *how)
{
	for (size_t i = 0; i < s->n_places; i++) {
		if (s->places[i].region == r)
			return;
	}
	if (s->n_places < LIMIT_MENTIONS)
		s->places[s->n_places++] = (struct decided_region){r, how};
}

static struct view slice(const struct text *t, uint32_t start, uint32_t end)
{
	return view_sub(t->folded, t->bytes[start], t->bytes[end] - t->bytes[start]);
}

/* What was read otherwise than it was typed: a place before a word of the matter. */
static void read_corrections(const struct policy_input *in, struct situation *s)
{
	const struct understanding *u = in->what;

	for (size_t i = 0; i < u->terms.n && s->corrected.len == 0; i++) {
		const struct term_hit *hit = &u->terms.items[i];

		/* Letters are a way of writing, no slip. */
		if (!hit->is_corrected || u->text.chars[hit->start] < 0x80)
			continue;
		s->corrected = slice(&u->text, hit->start, hit->end);
		s->corrected_to = hit->term->written;
	}
	for (size_t i = 0; i < u->mentions.n; i++) {
		const struct mention *m = &u->mentions.items[i];

		if (!m->is_corrected || m->role != MENTION_TARGET || m->n_candidates == 0 ||
		    u->text.chars[m->start] < 0x80)
			continue;
		s->corrected = slice(&u->text, m->start, m->end);
		s->corrected_to = m->candidates[0]->name;
		s->is_place_corrected = true;
		return;
	}
}

/* Of one place of a name it is said where it lies: that one. 河北的, and there are two: which? */
static void read_namesakes(struct arena *a, const struct policy_input *in, struct situation *s)
{
	const struct region *const *found;
	struct region_name *name;
	struct mention *shared;
	size_t n;

	if (s->n_places != 1)
		return;
	n = carry_namesakes(a, s->places[0].region, in->memory, in->regions,
			    (in->cues & CUE_CORRECTS) || carry_is_which(in->what), &found);
	if (n > 0)
		s->places[0].region = found[0];
	if (n < 2)
		return;
	name = ARENA_NEW(a, struct region_name);
	name->name = found[0]->name;
	name->region = found[0];
	shared = ARENA_NEW(a, struct mention);
	shared->name = name;
	shared->candidates = found;
	shared->n_candidates = n;
	s->shared = shared;
	s->n_places = 0;
	s->signs |= SHARED_PLACE;
}

static void read_places(struct arena *a, const struct policy_input *in, struct situation *s)
{
	const struct mentions *m = &in->what->mentions;

	for (size_t i = 0; i < m->n_targets; i++)
		place_add(s, m->targets[i], found_by(m, m->targets[i]));
	if (person_goes_home(in->what))
		place_add(s, person_goes_home(in->what), "name");
	for (size_t i = 0; i < m->n; i++) {
		if (m->items[i].role == MENTION_LEFT)
			s->signs |= MOVED;
	}
	if (m->ambiguous) {
		const struct region *near = carry_place_within(m->ambiguous, in->memory);

		if (near) {
			place_add(s, near, "name");
		} else if (s->n_places == 0) {
			s->shared = m->ambiguous;
			s->signs |= SHARED_PLACE;
		}
	}
	read_namesakes(a, in, s);
	if (s->n_places == 1 && region_has_own_law(s->places[0].region))
		s->signs |= OWN_LAW;
	/* 上海和深圳 were compared: 要带什么 means both. */
	if (s->n_places > 1 || (s->n_places == 0 && !s->shared && !in->given && !in->referred &&
				!(s->signs & NATIONWIDE) && in->memory->n_regions > 1))
		s->signs |= SEVERAL_PLACES;
	/* Within one city "the quickest" is an office, not a place. */
	if ((s->signs & ASKS_FASTEST) && s->n_places == 0 && in->memory->n_regions > 1 &&
	    !(in->cues & CUE_ANYWHERE)) {
		/* 哪个最快 after a comparison: of those. */
		s->signs &= ~(uint64_t)ASKS_FASTEST;
		s->signs |= COMPARES_MORE;
	}
	if (s->n_places > 1 || (s->n_places == 1 && s->places[0].region->level != REGION_CLUSTER &&
				s->places[0].region->level != REGION_PROVINCE &&
				s->places[0].region->level != REGION_NATION))
		s->signs &= ~(uint64_t)ASKS_FASTEST;
}

/* The very question back that was put last time, and it was not answered. */
static bool asks_again(const struct policy_input *in)
{
	const struct intent *first = NULL;

	for (size_t i = 0; i < in->what->n_ranking && !first; i++) {
		if (is_asked(in->what->ranking[i].intent))
			first = in->what->ranking[i].intent;
	}
	return in->what->decision == NLU_BETWEEN && in->memory->n_options > 0 &&
	       in->memory->failed_rounds > 0 && first && in->memory->options[0].intent == first;
}

/* 全国呢: here the whole country is a place like any other. */
static bool asks_nation(struct arena *a, const struct policy_input *in)
{
	return view_find(in->what->text.folded, VIEW("全国")) >= 0 &&
	       carry_rest(a, in->what, in->catalog) == CARRY_NOTHING;
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

static void read_conversation(struct arena *a, const struct policy_input *in, struct situation *s)
{
	const struct memory *memory = in->memory;
	bool own = (s->signs & SURE) && (s->signs & QUESTION);
	enum carry_rest rest;

	if (s->n_places == 0 && !s->shared && asks_nation(a, in))
		place_add(s, &in->regions->items[0], "name");
	if (memory->intent)
		s->signs |= REMEMBERS;
	if (memory->n_options > 0)
		s->signs |= OFFERED;
	if (memory->n_options > 1 && memory->options[0].region && memory->intent &&
	    memory->options[1].region != memory->options[0].region)
		s->signs |= OFFERED_PLACES;
	if (phrase_has_claim(in->what->text.folded))
		s->signs |= CLAIM;
	if (!words_say_something(in->what))
		s->signs |= SILENT;
	if (memory->failed_rounds >= 2 || asks_again(in))
		s->signs |= GIVE_UP;
	/* 签注要什么条件 after 怎么签注: what else, if not that? */
	if ((s->signs & BETWEEN) && memory->intent && top(in->what) == memory->intent)
		s->signs |= CLEAR;
	rest = carry_rest(a, in->what, in->catalog);
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
	if (rest == CARRY_WORDS && !s->shared && !(s->signs & SILENT) &&
	    (carry_is_point(a, in->what, memory_matter(memory)) || is_about_point(in, s) ||
	     in->point))
		s->signs = (s->signs | POINT_ONLY) & ~(uint64_t)(OUT_OF_SCOPE | WHICH_MATTER);
	else if (in->n_rivals > 0)
		s->signs |= WHICH_MATTER;
	if (memory_matter(memory) && in->leaned && !own && rest == CARRY_WORDS &&
	    (in->leaned->decision == NLU_SURE ||
	     ((in->cues & CUE_POINTS) && in->leaned->ranking[0].probability >= POINTED_LEAST)) &&
	    is_asked(top(in->leaned)) &&
	    !((s->signs & CHATS) && in->what->ranking[0].probability >= CHATTY) &&
	    !((s->signs & OUT_OF_SCOPE) && in->what->ranking[0].probability >= SURELY_ELSEWHERE))
		s->signs |= LEANS;
	if (s->n_places == 0 && !s->shared && !own && rest == CARRY_NOTHING)
		s->signs |= FILLERS;
	/* 那70天呢 · 登记才3个月呢 */
	if (s->n_places == 0 && !s->shared &&
	    (rest == CARRY_FIGURE ||
	     (!own && in->what->n_slots > 0 && memory->intent && !(s->signs & LEANS) &&
	      in->what->text.n_chars <= SHORT_CHARS)))
		s->signs |= FIGURE_ONLY;
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

/* What a statement means behind the matter's name it must show a trace of by itself. */
static bool is_traced(const struct policy_input *in)
{
	const struct intent *leaned = top(in->leaned);

	for (size_t i = 0; i < in->what->n_ranking; i++)
		if (in->what->ranking[i].intent == leaned)
			return in->what->ranking[i].probability >= NEAREST_MIN;
	return false;
}

/* 那我自己的呢 · 我想办个证: the words as a whole, whatever they remind the classifier of. */
static void read_whole(const struct policy_input *in, struct situation *s)
{
	const uint64_t others = SURE | CLEAR | LIKELY | BETWEEN | CHATS | OUT_OF_SCOPE | REFUSES |
				LEANS | WANTS_PERSON | ASKS_SOURCE | PLACE_ONLY;

	if ((in->cues & CUE_SELF) && in->memory->intent)
		s->signs = (s->signs | MATTER_ONLY) & ~others;
	else if ((in->cues & CUE_ERRAND) && !memory_matter(in->memory))
		s->signs = (s->signs | WHICH_MATTER) & ~others;
}

void situation_read(struct arena *a, const struct policy_input *in, struct situation *ret)
{
	memset(ret, 0, sizeof(*ret));
	ret->signs = signs_of_classifier(in->what) | signs_of_phrases(in->cues);
	read_matter(in, ret);
	read_corrections(in, ret);
	read_places(a, in, ret);
	ret->special = kind_special(in, ret);
	if (ret->special) {
		ret->signs |= SPECIAL;
		kind_drop_origins(in, ret);
	}
	read_conversation(a, in, ret);
	read_whole(in, ret);
	if (ret->signs & MATTER_ONLY)
		ret->signs &= ~(uint64_t)LEANS;
	/* 我是香港人在深圳: more than a place. */
	if (ret->special && kind_special_named(in, ret->matter))
		ret->signs &= ~(uint64_t)PLACE_ONLY;
	else if (person_goes_home(in->what) && in->memory->intent)
		ret->signs = (ret->signs | PLACE_ONLY) & ~(uint64_t)(LEANS | OUT_OF_SCOPE);
	if (words_are_mumbled(in->what))
		ret->signs =
		    (ret->signs & ~(uint64_t)(SURE | CLEAR | LIKELY | WHICH_MATTER)) | FILLERS;
	if (words_are_unread(in->what) || (words_are_one_char(in->what) && !in->memory->intent &&
					   !((ret->signs & SURE) && (ret->signs & CHATS))))
		ret->signs &= ~(uint64_t)(SURE | CLEAR | LIKELY | LEANS);
	read_choice(in, ret);
	if (!(ret->signs & CHOSE) && words_are_a_number(in->what))
		read_number(in, ret);
	/* One at a time. */
	if (in->memory->n_options + in->memory->n_next > 0 && words_are_numbers(in->what))
		ret->signs |= CHOICE_MISSED;
	if (in->returns) {
		/* Its place is the topic's, and all else was about something else. */
		ret->signs |= RETURNS;
		ret->signs &= ~(uint64_t)(SEVERAL_PLACES | SHARED_PLACE | SPECIAL | CHOSE |
					  CHOICE_MISSED | NATIONWIDE);
		ret->n_places = 0;
		ret->shared = NULL;
	}
	kind_read(in, ret);
	if ((in->cues & CUE_SIMPLER) && !in->what->has_term && in->what->mentions.n == 0 &&
	    in->what->text.n_chars <= SIMPLER_CHARS)
		ret->signs |= SIMPLER;
	if (ret->n_places == 1 && person_tells_place(in->what) &&
	    !((ret->signs & SURE) && (ret->signs & QUESTION)))
		ret->signs = (ret->signs | PLACE_ONLY) & ~(uint64_t)LEANS;
	if ((ret->signs & OUT_OF_SCOPE) && person_says(in->what))
		ret->signs |= TELLS;
	if (person_tells(in->what))
		ret->signs = (ret->signs | TELLS) & ~(uint64_t)(is_traced(in) ? 0 : LEANS);
	/* 租客的居住证要我签字吗: business with others, and nobody's data are wanted. */
	if ((in->cues & (CUE_HANDLES | CUE_HOWTO)) && (ret->signs & REFUSES) &&
	    view_is(top(in->what)->name, "refuse.others") &&
	    in->what->ranking[0].probability < PRYING)
		ret->signs &= ~(uint64_t)REFUSES;
	/* 伪造居住证判几年: the law is asked about, and nobody says that they mean to break it. */
	if ((in->cues & CUE_ABOUT) && (ret->signs & REFUSES) &&
	    view_is(top(in->what)->name, "refuse.forgery"))
		ret->signs &= ~(uint64_t)REFUSES;
	/* Without a question before it, only this is nothing but a beginning. */
	if ((ret->signs & TELLS) && !in->memory->intent && !person_opens(in->what))
		ret->signs &= ~(uint64_t)TELLS;
	if (kind_is_denied(in->what) && !(ret->signs & PLACE_ONLY))
		ret->signs = (ret->signs | (in->what->has_term ? MATTER_ONLY : TELLS)) &
			     ~(uint64_t)(SURE | CLEAR | LIKELY | BETWEEN | LEANS | QUESTION);
	if (abroad_is_asked(in->what, in->memory->intent != NULL))
		ret->signs = (ret->signs | OWN_LAW) &
			     ~(uint64_t)(OUT_OF_SCOPE | CHATS | SEVERAL_PLACES | WANTS_PERSON);
	if (emergency_is(in->what))
		ret->signs |= DISTRESS;
	if (person_is_looked_up(in->what))
		ret->signs |= OTHERS_DATA;
	else if (person_is_oneself(in->what))
		ret->signs |= OWN_DATA;
	/* 138…是谁的号: a number, and whose it is. */
	if (in->has_numbers && (in->cues & CUE_WHOSE))
		ret->signs |= OTHERS_DATA;
	/* Nothing but the number: whatever it reminds the classifier of. */
	if (in->has_numbers && (!words_are_there(in->what) || words_ask_if_right(in->what)))
		ret->signs |= NUMBERS_ONLY;
	if (in->has_numbers &&
	    (!(ret->signs & LEANS) || in->leaned->ranking[0].probability < ASKED_LEAST) &&
	    in->what->text.n_chars <= NUMBERS_MAX_CHARS &&
	    (ret->signs & (SURE | QUESTION)) != (SURE | QUESTION) &&
	    !phrase_is_question(in->what->text.folded))
		ret->signs |= NUMBERS_ONLY;
}
