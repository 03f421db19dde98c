/* SPDX-License-Identifier: Apache-2.0 */
/* kind.c - which certificate: the matter's own, or another that has its name in its own. */
#include "dialog/person.h"
#include "dialog/phrase.h"
#include "dialog/situation.h"
#include "dialog/who.h"

#define FOUNDED 0.90f /* surely theirs, though nobody says who they are */

/* The message, of which a clause may be looked at: who somebody is stands anywhere in it. */
static const struct understanding *whole(const struct policy_input *in)
{
	return in->whole ? in->whole : in->what;
}

/* How long the word for such people is that stands here; 0: none does. */
static size_t special_at(struct view v, const struct intent *intent)
{
	size_t len = 0;

	for (size_t i = 0; i < intent->n_whenever; i++)
		if (intent->whenever[i].len > len && view_starts(v, intent->whenever[i]))
			len = intent->whenever[i].len;
	return len;
}

/* Of whom it is said, in all places, that they are those whom an intent is for (NULL: from abroad);
 * 0: of nobody. */
static unsigned people_said(const struct understanding *u, const struct intent *intent)
{
	const struct text *t = &u->text;
	unsigned found = 0;

	for (size_t i = 0; i < t->n_chars; i++) {
		struct view v = text_part(t, i, t->n_chars);
		size_t len = intent ? special_at(v, intent) : phrase_starts(v, CUE_FOREIGN);

		if (!len)
			continue;
		found |= who_is(u, t->bytes[i], len);
		i = text_char_at(t, t->bytes[i] + len) - 1;
	}
	return found;
}

static unsigned foreign_said(const struct understanding *u)
{
	return people_said(u, NULL);
}

static unsigned special_said(const struct understanding *u, const struct intent *intent)
{
	return intent->n_whenever ? people_said(u, intent) | who_is_denied_own_law(u) : 0;
}

/* 我老婆内地的: at the end of what is said of somebody, else 在内地的香港人. */
static bool is_from_here(struct view text)
{
	static const char *const words[] = {"内地的", "大陆的", "内地来的", "中国籍", "中国国籍"};
	static const char *const ends[] = {"，", "。", "！", "？", ",", ".",
					   "!",  "?",  " ",  "她", "他"};
	static const char *const negations[] = {"不是", "非", "没有", "没"};

	for (size_t at = 0; at < text.len; at++) {
		struct view v = view_sub(text, at, text.len);
		size_t len = view_starts_any(v, words, sizeof(words) / sizeof(words[0]));

		v = view_sub(v, len, v.len);
		if (len > 0 &&
		    (v.len == 0 || view_starts_any(v, ends, sizeof(ends) / sizeof(ends[0]))) &&
		    !view_ends_any(view_sub(text, 0, at), negations,
				   sizeof(negations) / sizeof(negations[0])))
			return true;
	}
	return false;
}

/* 我不是外国人, to whom it was taken for. */
static bool is_taken_back(const struct policy_input *in)
{
	const struct memory *m = in->memory;
	const struct intent *special = m->person ? m->person : m->intent;
	unsigned said = 0;

	if (special && special->n_whenever)
		said = special_said(whole(in), special);
	else if (m->kind.len > 0)
		said = foreign_said(whole(in));
	return (said & WHO_NOR_I) && !(said & WHO_SELF);
}

bool kind_is_usual(const struct policy_input *in)
{
	struct view text = in->what->text.folded;

	if (view_find(text, VIEW("不是中国")) >= 0)
		return false;
	return carry_is_usual(text) || carry_is_usual(in->asked) || is_from_here(text) ||
	       is_from_here(in->asked) || is_taken_back(in);
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

bool kind_is_denied(const struct understanding *u)
{
	const struct intent *first = understanding_first(u);
	unsigned special = first ? special_said(u, first) : 0, foreign = foreign_said(u);

	return (special && !(special & (WHO_SELF | WHO_OTHER))) ||
	       ((foreign & WHO_NOR_I) && !(foreign & WHO_SELF) && !intent_is_asked(first));
}

bool kind_is_of_here(const struct policy_input *in)
{
	return has_origin_within(in->what) || has_origin_within(whole(in));
}

/* A place of theirs, a paper or a number that only they have. */
static bool names_own_law(const struct understanding *u)
{
	static const char *const theirs[] = {"通行证", "回乡证", "台胞",   "港商", "港生",
					     "港青",   "澳生",   "台生",   "台干", "台青",
					     "810000", "820000", "830000", "hk"};

	for (size_t i = 0; i < u->mentions.n; i++)
		if (u->mentions.items[i].n_candidates > 0 &&
		    region_has_own_law(u->mentions.items[i].candidates[0]))
			return true;
	return HOLDS(u->text.folded, theirs);
}

void kind_doubt(const struct facets *facets, struct understanding *u)
{
	const struct intent *first = understanding_first(u);
	const struct facet *named;

	if (!first || first->n_whenever == 0 || u->ranking[0].probability >= FOUNDED ||
	    people_said(u, first) || names_own_law(u))
		return;
	named = facets_named(facets, first->matter, u->text.folded);
	/* apply is no app. */
	if (named && view_find(u->text.folded, VIEW("appl")) < 0)
		u->ranking[0].intent = named->intent;
}

const struct intent *kind_special_named(const struct policy_input *in, const struct matter *of)
{
	for (size_t i = 0; i < in->catalog->n_intents; i++) {
		const struct intent *intent = &in->catalog->intents[i];

		if ((!of || intent->matter == of) &&
		    (special_said(in->what, intent) & (WHO_SELF | WHO_OTHER)))
			return intent;
	}
	return NULL;
}

const struct intent *kind_special(const struct policy_input *in, const struct situation *s)
{
	const struct intent *before = in->memory->intent, *person = in->memory->person;
	const struct intent *named = kind_special_named(in, s->matter);

	if (named)
		return named;
	if (person && person->matter == s->matter &&
	    intent_is_asked(understanding_first(in->what)) && !kind_is_usual(in) &&
	    !kind_is_of_here(in))
		return person;
	if ((s->signs & SURE) && understanding_first(in->what)->n_whenever &&
	    !kind_is_denied(in->what))
		return understanding_first(in->what);
	if (before && before->n_whenever && !kind_is_usual(in) && before->matter == s->matter &&
	    !in->what->has_term && intent_is_asked(understanding_first(in->what)) &&
	    !kind_is_of_here(in))
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
	struct policy_input all = *in;
	const struct intent *named;

	if (s->signs & RESET)
		return NULL;
	all.what = whole(in);
	named = kind_special_named(&all, NULL);
	if (named ? special_said(whole(in), named) & WHO_SELF
		  : s->special && s->special == understanding_first(in->what) &&
			(who_is_from_own_law(whole(in)) & WHO_SELF))
		return named ? named : s->special;
	return kind_is_usual(in) ? NULL : in->memory->person;
}

/* 他能办居住证吗 after 我老公是外国人 */
static bool is_still_them(const struct policy_input *in)
{
	return view_is(in->memory->kind, "refuse.foreign") && in->people && in->people->is_pronoun;
}

/* 那我自己河北人，要办吗 after 我老公是外国人 */
static bool is_oneself_from_here(const struct policy_input *in)
{
	return view_is(in->memory->kind, "refuse.foreign") && !in->memory->is_foreign &&
	       view_find(in->what->text.folded, VIEW("我自己")) >= 0 && kind_is_of_here(in);
}

static void read_kind(const struct policy_input *in, struct situation *s)
{
	const uint64_t goes_on = LEANS | PLACE_ONLY | FIGURE_ONLY;
	bool asks = (s->signs & goes_on) || ((s->signs & LIKELY) && (s->signs & QUESTION));

	s->kind = kind_named(in);
	if ((in->cues & CUE_FOREIGN) && (s->signs & FOREIGN_PERMIT))
		s->kind = VIEW("refuse.foreign");
	if (s->kind.len > 0 || (in->what->has_term && !s->is_foreign && !is_still_them(in)) ||
	    in->memory->kind.len == 0 || is_taken_back(in) || is_oneself_from_here(in))
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
	unsigned foreign = foreign_said(whole(in));

	s->is_foreign = (foreign & WHO_SELF) || (in->memory->is_foreign && !kind_is_of_here(in));
	s->is_foreign &= !kind_is_usual(in);
	/* 我不是外国人 · 我是外国人的妻子 */
	if (foreign && !(foreign & (WHO_SELF | WHO_OTHER)))
		s->signs &= ~(uint64_t)FOREIGN_PERMIT;
	read_kind(in, s);
	/* 我老公是外国人, before any matter is named. */
	if (s->kind.len == 0 && foreign == WHO_OTHER && !s->matter && person_presents(in->what)) {
		s->kind = VIEW("refuse.foreign");
		s->says_who = true;
	}
	if (s->kind.len == 0 && person) {
		s->kind = person->name;
		s->says_who = person != in->memory->person;
	}
	/* Taken back: nobody is remembered. */
	if (s->kind.len == 0 && !s->is_foreign && (is_taken_back(in) || is_oneself_from_here(in)))
		s->says_who = true;
}
