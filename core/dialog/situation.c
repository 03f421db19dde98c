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
#define NUMBERS_MAX_CHARS 24
#define ASKED_LEAST       0.80f /* a number alone reminds of much */
#define PRYING            0.95f /* surely somebody else's data, in whatever words */
#define CROOKED           0.85f /* … or a false paper */
#define SIMPLER_CHARS     20
#define POINTED_CHARS     16
#define DECIDING_CHARS    24
#define PIECE_CHARS       4

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
	const struct intent *first = understanding_first(in->what);
	const struct matter *called = matter_called(in);

	s->named = s->matter = topic_named(in->what);
	if (!s->named && called &&
	    ((in->memory->intent && called != memory_matter(in->memory)) || !(s->signs & SURE))) {
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
		    (u->text.chars[m->start] < 0x80 && !m->is_slurred))
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

/* 我妈的医保卡: where she is, it was said before. */
static void read_people(const struct policy_input *in, struct situation *s)
{
	if (!in->people || s->n_places > 0 || s->shared || in->referred || (s->signs & NATIONWIDE))
		return;
	for (size_t i = 0; i < in->people->n; i++)
		place_add(s, in->people->regions[i], "context");
	s->is_persons = s->n_places > 0;
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
	read_people(in, s);
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

/* 全国呢: here the whole country is a place like any other. */
static void read_nation(struct arena *a, const struct policy_input *in, struct situation *s)
{
	if (s->n_places == 0 && !s->shared && view_find(in->what->text.folded, VIEW("全国")) >= 0 &&
	    carry_rest(a, in->what, in->catalog) == CARRY_NOTHING)
		place_add(s, &in->regions->items[0], "name");
}

/* What a statement means behind the matter's name it must show a trace of by itself. */
static bool is_traced(const struct policy_input *in)
{
	const struct intent *leaned = understanding_first(in->leaned);

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

/* No question can be read in it: nothing may be answered for sure. */
static void read_mumbling(const struct policy_input *in, struct situation *s)
{
	if (words_are_mumbled(in->what))
		s->signs = (s->signs & ~(uint64_t)(SURE | CLEAR | LIKELY | WHICH_MATTER)) | FILLERS;
	if (words_are_unread(in->what) || (words_are_one_char(in->what) && !in->memory->intent &&
					   !((s->signs & SURE) && (s->signs & CHATS))))
		s->signs &= ~(uint64_t)(SURE | CLEAR | LIKELY | LEANS);
}

/* 刚才上海那个: its place is the topic's, and all else was about something else. */
static void read_return(struct situation *s)
{
	s->signs |= RETURNS;
	s->signs &= ~(uint64_t)(SEVERAL_PLACES | SHARED_PLACE | SPECIAL | CHOSE | CHOICE_MISSED |
				NATIONWIDE);
	s->n_places = 0;
	s->is_persons = false;
	s->shared = NULL;
}

/* What somebody tells of themselves asks nothing. */
static void read_telling(const struct policy_input *in, struct situation *s)
{
	if (in->what->mentions.n_targets > 0 && !s->shared &&
	    !((s->signs & SURE) && (s->signs & QUESTION)) &&
	    ((s->n_places == 1 && person_tells_place(in->what)) || people_are_told(in->what)))
		s->signs = (s->signs | PLACE_ONLY) & ~(uint64_t)LEANS;
	if ((s->signs & OUT_OF_SCOPE) && person_says(in->what))
		s->signs |= TELLS;
	if (person_tells(in->what))
		s->signs = (s->signs | TELLS) & ~(uint64_t)(is_traced(in) ? 0 : LEANS);
	/* Without a question before it, only this is nothing but a beginning. */
	if ((s->signs & TELLS) && !in->memory->intent && !person_opens(in->what) &&
	    !person_presents(in->what))
		s->signs &= ~(uint64_t)TELLS;
	if (kind_is_denied(in->what) && !(s->signs & PLACE_ONLY))
		s->signs = (s->signs | (in->what->has_term ? MATTER_ONLY : TELLS)) &
			   ~(uint64_t)(SURE | CLEAR | LIKELY | BETWEEN | LEANS | QUESTION);
}

/* It reminds of what is never done, and is none of it. */
static void read_pardon(struct arena *a, const struct policy_input *in, struct situation *s)
{
	static const char *const false_ones[] = {"假",   "p",    "修",   "改",  "借",
						 "别人", "他人", "冒",   "编",  "造",
						 "买",   "代替", "顶替", "做1", "做个"};

	if (!(s->signs & REFUSES))
		return;
	/* 她在重庆: nobody's data are asked for. */
	if (view_is(understanding_first(in->what)->name, "refuse.others") &&
	    carry_rest(a, in->what, in->catalog) == CARRY_NOTHING && people_are_told(in->what))
		s->signs &= ~(uint64_t)REFUSES;
	/* 租客的居住证要我签字吗: business with others, and nobody's data are wanted. */
	if ((in->cues & (CUE_HANDLES | CUE_HOWTO)) &&
	    view_is(understanding_first(in->what)->name, "refuse.others") &&
	    in->what->ranking[0].probability < PRYING)
		s->signs &= ~(uint64_t)REFUSES;
	/* 没有新的照片，用旧的行吗: a paper is asked about, and nothing false. */
	if (view_is(understanding_first(in->what)->name, "refuse.forgery") &&
	    in->what->ranking[0].probability < CROOKED &&
	    point_named(memory_matter(in->memory), in->what->text.folded) &&
	    phrase_is_question(in->what->text.folded) && !HOLDS(in->what->text.folded, false_ones))
		s->signs &= ~(uint64_t)REFUSES;
	/* 伪造居住证判几年: the law is asked about, and nobody says that they mean to break it. */
	if ((in->cues & CUE_ABOUT) &&
	    view_is(understanding_first(in->what)->name, "refuse.forgery"))
		s->signs &= ~(uint64_t)REFUSES;
}

/* Whose data are wanted, and numbers that were lifted out. */
static void read_data(const struct policy_input *in, struct situation *s)
{
	if (person_is_looked_up(in->what))
		s->signs |= OTHERS_DATA;
	else if (person_is_oneself(in->what))
		s->signs |= OWN_DATA;
	if (!in->has_numbers)
		return;
	/* 138…是谁的号: a number, and whose it is. */
	if (in->cues & CUE_WHOSE)
		s->signs |= OTHERS_DATA;
	/* Nothing but the number: whatever it reminds the classifier of. */
	if (!words_are_there(in->what) || words_ask_if_right(in->what))
		s->signs |= NUMBERS_ONLY;
	if ((!(s->signs & LEANS) || in->leaned->ranking[0].probability < ASKED_LEAST) &&
	    in->what->text.n_chars <= NUMBERS_MAX_CHARS &&
	    (s->signs & (SURE | QUESTION)) != (SURE | QUESTION) &&
	    !phrase_is_question(in->what->text.folded))
		s->signs |= NUMBERS_ONLY;
}

/* Nothing else would be done with it than to ask or to decline. Of what sounds like no matter of
 * ours only few words that belong together are taken. */
static bool is_open(const struct policy_input *in, const struct situation *s)
{
	static const char *const parts[] = {" ", "，", ","};
	const uint64_t likely = LONE | LIKELY | QUESTION;

	if (s->signs & (SURE | CLEAR) || (s->signs & likely) == likely)
		return false;
	return !(s->signs & OUT_OF_SCOPE) ||
	       (in->what->text.n_chars <= POINTED_CHARS &&
		!view_has_any(in->what->text.folded, parts, N_OF(parts)));
}

static size_t count_asking(struct view folded)
{
	struct view clauses[SPLIT_MAX];
	size_t n = split_clauses(folded, clauses), asking = 0;

	for (size_t i = 0; i < n; i++)
		asking += phrase_is_question(clauses[i]);
	return asking;
}

/* Its question is asked, and no other: in few words, or in the only clause that asks of what is not
 * clear otherwise. */
static bool is_decided(const struct policy_input *in, const struct situation *s,
		       const struct matter_point *point)
{
	const struct text *t = &in->what->text;

	return point->is_decisive &&
	       (t->n_chars <= DECIDING_CHARS ||
		(!(s->signs & SURE) && point_is_asked(point, t->folded, DECIDING_CHARS) &&
		 count_asking(t->folded) == 1));
}

/* Guides speak of it under its own question; 社保 stands among the conditions, whatever is asked.
 */
static bool is_own_topic(const struct matter_point *point)
{
	for (size_t i = 0; i < point->n_topics; i++)
		if (view_eq(point->topics[i], point->intent))
			return true;
	return false;
}

/* 残疾人办居住证有照顾吗: what is not understood otherwise is understood by a thing it names that
 * counters are asked about, beside the matter's own name. */
static void read_point(const struct policy_input *in, struct situation *s)
{
	const struct matter *m = s->named ? s->named : memory_matter(in->memory);
	const struct matter_point *point = point_named(m, in->what->text.folded);
	const struct intent *its = NULL;

	if (point &&
	    (is_decided(in, s, point) || (s->named && is_own_topic(point) && is_open(in, s))))
		its = catalog_find(in->catalog, point->intent);
	if (!its || s->special || ((s->signs & SURE) && its == understanding_first(in->what)))
		return;
	s->special = its;
	s->signs = (s->signs | SPECIAL) & ~(uint64_t)OUT_OF_SCOPE;
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
	read_nation(a, in, ret);
	if (phrase_has_claim(in->what->text.folded))
		ret->signs |= CLAIM;
	if (!words_say_something(in->what))
		ret->signs |= SILENT;
	situation_recall(a, in, ret);
	read_whole(in, ret);
	if (ret->signs & MATTER_ONLY)
		ret->signs &= ~(uint64_t)LEANS;
	/* 我是香港人在深圳: more than a place. */
	if (ret->special && kind_special_named(in, ret->matter))
		ret->signs &= ~(uint64_t)PLACE_ONLY;
	else if (person_goes_home(in->what) && in->memory->intent)
		ret->signs = (ret->signs | PLACE_ONLY) & ~(uint64_t)(LEANS | OUT_OF_SCOPE);
	read_mumbling(in, ret);
	situation_choose(in, ret);
	if (in->returns)
		read_return(ret);
	kind_read(in, ret);
	if ((in->cues & CUE_SIMPLER) && !in->what->has_term && in->what->mentions.n == 0 &&
	    in->what->text.n_chars <= SIMPLER_CHARS)
		ret->signs |= SIMPLER;
	read_pardon(a, in, ret);
	read_point(in, ret);
	read_telling(in, ret);
	if (abroad_is_asked(in->what, in->memory->intent != NULL))
		ret->signs = (ret->signs | OWN_LAW) &
			     ~(uint64_t)(OUT_OF_SCOPE | CHATS | SEVERAL_PLACES | WANTS_PERSON);
	if (emergency_is(in->what))
		ret->signs |= DISTRESS;
	read_data(in, ret);
}
