/* SPDX-License-Identifier: Apache-2.0 */
/* settle.c - once a rule has decided: which intent, which places, what was carried over. */
#include "dialog/situation.h"

#include "base/buf.h"
#include "dialog/aspect.h"
#include "dialog/elsewhere.h"
#include "dialog/emergency.h"
#include "dialog/phrase.h"
#include "dialog/point.h"
#include "dialog/topic.h"

#define OFFERED_LEAST 3
#define TOLD_LEAST    0.20f

static void region_add(struct decision *d, const struct region *r, const char *how)
{
	for (size_t i = 0; i < d->n_regions; i++) {
		if (d->regions[i].region == r)
			return;
	}
	if (d->n_regions < LIMIT_COMPARE)
		d->regions[d->n_regions++] = (struct decided_region){r, how};
}

static void intent_from(struct decision *d, const struct understanding *u)
{
	d->intent = understanding_first(u);
	d->confidence = u->n_ranking ? u->ranking[0].probability : 0;
}

/* 普通居住证呢 after that of other people, 那我自己的呢 after who may go for me: how one gets it.
 */
static bool is_for_others(const struct policy_input *in, const struct intent *before)
{
	if (!before->matter || before->matter->n_facets == 0)
		return false;
	if (before->n_whenever)
		return kind_is_usual(in) || ((in->cues & CUE_SELF) && !in->memory->person);
	return (in->cues & CUE_SELF) && view_is(intent_facet(before), "proxy");
}

/* 那医保卡呢 after a question about another matter: the same about this one, if it has that. */
static void intent_carried(const struct policy_input *in, const struct situation *s,
			   struct decision *d)
{
	const struct intent *intent = in->memory->intent;

	if (s->named && intent && intent->matter && intent->matter != s->named)
		intent = catalog_sibling(in->catalog, s->named, intent);
	if (intent && is_for_others(in, intent))
		intent = catalog_find(in->catalog, intent->matter->facets[0].intent);
	/* 40天 behind several answers is for the one that asked for it. */
	if ((s->signs & FIGURE_ONLY) && in->memory->figure_intent)
		intent = in->memory->figure_intent;
	d->intent = intent;
	d->confidence = 1;
	if (intent)
		d->carried |= CARRIED_INTENT;
}

/* can my wife go for me: not clearly of any matter, so of the one talked about. */
static void intent_here(const struct policy_input *in, const struct situation *s,
			struct decision *d)
{
	const struct matter *here = memory_matter(in->memory);
	const struct intent *same;

	if (d->action != DO_ANSWER || !here || s->named || !d->intent || !d->intent->matter ||
	    d->intent->matter == here || (s->signs & SURE))
		return;
	same = catalog_sibling(in->catalog, here, d->intent);
	if (same)
		d->intent = same;
}

static bool is_topic_of(const struct matter_point *point, const struct intent *intent)
{
	for (size_t i = 0; intent && i < point->n_topics; i++)
		if (view_eq(point->topics[i], intent->name))
			return true;
	return false;
}

/* 学生证行吗 asks which papers; 罚钱吗, of what was talked about. */
static void intent_of_point(const struct policy_input *in, const struct situation *s,
			    struct decision *d)
{
	const struct matter *m = memory_matter(in->memory);
	const struct matter_point *named = point_named(m, in->what->text.folded);
	const struct matter_point *point = named ? named : in->point;
	const struct intent *its = point ? catalog_find(in->catalog, point->intent) : NULL;

	/* 没社保行不行 is answered where guides speak of it, as what was talked about may do. */
	if (!its || its == in->memory->intent || is_topic_of(point, in->memory->intent))
		intent_carried(in, s, d);
	else
		d->intent = its;
	d->confidence = 1;
	d->asks_point = d->intent == in->memory->intent;
	d->point = point;
}

/* The clearest reading there is: the text's own, then with its matter in front, then remembered. */
static void settle_intent(const struct policy_input *in, const struct situation *s,
			  struct decision *d)
{
	bool own = (s->signs & SURE) && (s->signs & QUESTION);

	if (strcmp(d->rule, "refused") == 0) {
		intent_from(d, in->what);
	} else if (s->signs & CHOSE) {
		d->intent = s->chosen->intent;
		d->confidence = 1;
		if (s->chosen->region && d->intent == in->memory->intent &&
		    (s->signs & OFFERED_PLACES))
			d->point = in->memory->point;
		if (!d->intent && in->memory->intent)
			intent_carried(in, s, d);
	} else if ((s->signs & ANY) && in->memory->n_options > 0) {
		d->intent = in->memory->intent;
		if (!(s->signs & OFFERED_PLACES) && in->memory->options[0].intent)
			d->intent = in->memory->options[0].intent;
		d->confidence = 1;
	} else if (s->special && strncmp(d->rule, "special", 7) == 0) {
		d->intent = s->special;
		d->confidence = 1;
		d->aspect = aspect_asked(in, d);
		d->is_aspect_again = d->aspect && d->intent == in->memory->intent;
	} else if (s->signs & (RETURNS | REVERSES) && in->memory->intent) {
		d->intent = in->memory->intent;
		d->confidence = 1;
		d->carried |= CARRIED_INTENT;
	} else if (d->repeats ||
		   ((s->signs & (PLACE_ONLY | FIGURE_ONLY | MATTER_ONLY)) && in->memory->intent)) {
		intent_carried(in, s, d);
		/* 郑州呢 after 上海居住证能邮寄吗 */
		if ((s->signs & PLACE_ONLY) && d->intent == in->memory->intent)
			d->point = in->memory->point;
	} else if ((s->signs & POINT_ONLY) && in->memory->intent) {
		intent_of_point(in, s, d);
	} else if (own) {
		intent_from(d, in->what);
	} else if (s->signs & LEANS) {
		intent_from(d, in->leaned);
	} else if (in->memory->intent && (d->action == DO_COMPARE || d->action == DO_FASTEST ||
					  (s->signs & PLACE_ASKED))) {
		intent_carried(in, s, d);
	} else if (!(s->signs & PLACE_ONLY)) {
		intent_from(d, in->what);
		intent_here(in, s, d);
	}
}

static void carry_regions(const struct policy_input *in, struct decision *d)
{
	const size_t n = in->memory->n_regions;
	const struct memory_topic *asker =
	    n <= 1 && (d->signs & FIGURE_ONLY) ? memory_asker(in->memory) : NULL;

	if (asker) {
		if (asker->region)
			region_add(d, asker->region, "context");
		d->carried |= asker->region ? CARRIED_REGION : 0;
		return;
	}
	for (size_t i = 0; i < n; i++)
		region_add(d, in->memory->regions[d->signs & REVERSES ? n - 1 - i : i], "context");
	if (in->memory->n_regions > 0)
		d->carried |= CARRIED_REGION;
}

/* Named in the text; else given by the client; else remembered. */
static void settle_regions(const struct policy_input *in, const struct situation *s,
			   struct decision *d)
{
	if ((s->signs & CHOSE) && s->chosen->region) {
		region_add(d, s->chosen->region, "name");
		return;
	}
	/* 随便: any place is the whole country, any question the first of those offered. */
	if ((s->signs & ANY) && in->memory->n_options > 0) {
		if (!(s->signs & OFFERED_PLACES) && in->memory->options[0].region)
			region_add(d, in->memory->options[0].region, "context");
		return;
	}
	if (s->signs & COMPARES_MORE)
		carry_regions(in, d); /* these first */
	for (size_t i = 0; i < s->n_places; i++)
		region_add(d, s->places[i].region, s->places[i].found_by);
	if (d->n_regions > 0) {
		d->carried |= s->is_persons ? CARRIED_REGION : 0;
		return;
	}
	if (in->referred) {
		region_add(d, in->referred, "context");
		d->carried |= CARRIED_REGION;
	} else if (in->given)
		region_add(d, in->given, "request");
	else if (!(s->signs & NATIONWIDE))
		carry_regions(in, d);
}

/* One province or group of places, in which others lie; 上海 is a city to people. */
static bool is_wide(const struct decision *d)
{
	const struct region *r = d->n_regions == 1 ? d->regions[0].region : NULL;

	return r && (r->level == REGION_CLUSTER ||
		     (r->level == REGION_PROVINCE && !view_ends(r->name, VIEW("市"))));
}

/* 那我妈呢: of the place where she is nothing was said yet. */
static bool is_elsewhere(const struct policy_input *in, const struct decision *d)
{
	return d->n_regions > 0 &&
	       (in->memory->n_regions != 1 || in->memory->regions[0] != d->regions[0].region);
}

static void note_left_out(struct arena *a, const struct situation *s, struct decision *d)
{
	const struct region **out;

	if (s->n_places <= LIMIT_COMPARE)
		return;
	out = ARENA_ARRAY(a, s->n_places, const struct region *);
	for (size_t i = LIMIT_COMPARE; i < s->n_places; i++)
		out[d->n_left_out++] = s->places[i].region;
	d->left_out = out;
}

/* A reading that was assumed is said when that place is answered for. */
static void note_assumed(const struct policy_input *in, struct decision *d)
{
	const struct mention *assumed = in->what->mentions.assumed;

	if (!assumed || assumed->n_candidates == 0)
		return;
	for (size_t i = 0; i < d->n_regions; i++) {
		if (d->regions[i].region == assumed->candidates[0])
			d->assumed = assumed;
	}
}

static void settle_compare(const struct policy_input *in, const struct situation *s,
			   struct decision *d)
{
	const struct mentions *m = &in->what->mentions;
	const struct facet *named = facets_named(in->facets, d->matter, in->what->text.folded);

	for (size_t i = 0; i < m->n && (s->signs & MOVED); i++) {
		if (m->items[i].role == MENTION_LEFT && m->items[i].n_candidates > 0)
			region_add(d, m->items[i].candidates[0], "name");
	}
	if (named && ((s->signs & COMPARES_MORE) || d->action == DO_FASTEST))
		d->facet = named;
	else if (d->intent && d->intent->kind == INTENT_QUESTION)
		d->facet = facets_of(in->facets, d->intent);
	else if (named)
		d->facet = named;
	else if (in->memory->intent &&
		 ((s->signs & COMPARES_MORE) || (d->carried & CARRIED_REGION)))
		d->facet = facets_of(in->facets, in->memory->intent);
	/* Compared in what? */
	if (!d->facet && !d->matter && in->catalog->n_matters > 1)
		d->action = DO_ASK_WHAT;
	/* Only one place after all: there is nothing to put beside it. */
	if (d->n_regions < 2 && d->action == DO_COMPARE)
		d->action = DO_ANSWER;
}

/* A group of places stands for its members when they are to be compared. */
static void expand_cluster(struct decision *d)
{
	const struct region *cluster = d->n_regions == 1 ? d->regions[0].region : NULL;

	if (!cluster || cluster->level != REGION_CLUSTER || !cluster->n_members)
		return;
	d->n_regions = 0;
	for (size_t i = 0; i < cluster->n_members; i++)
		region_add(d, cluster->members[i], "name");
	d->action = DO_COMPARE;
}

static void nearest_add(struct decision *d, const struct intent *intent)
{
	for (size_t i = 0; i < d->n_nearest; i++) {
		if (d->nearest[i] == intent)
			return;
	}
	if (d->n_nearest < sizeof(d->nearest) / sizeof(d->nearest[0]))
		d->nearest[d->n_nearest++] = intent;
}

/* 电子居住证多久能批 is never meant of a company. */
static void nearest_from(struct decision *d, const struct understanding *u, float least)
{
	const struct matter *only = u ? topic_only_named(u) : NULL;

	for (size_t i = 0; u && i < u->n_ranking; i++) {
		const struct intent *in = u->ranking[i].intent;

		/* What is compared has been named: 医保卡密码各地有什么不同. */
		if (!intent_is_asked(in) || u->ranking[i].probability < least ||
		    (in->kind == INTENT_COMPARE && d->matter && in->matter != d->matter) ||
		    (only && in->matter && in->matter != only))
			continue;
		if (d->n_nearest < OFFERED_LEAST)
			nearest_add(d, in);
	}
}

/* The default questions of one matter, up to `most` in all. */
static void nearest_default(const struct policy_input *in, struct decision *d,
			    const struct matter *matter, size_t most)
{
	for (size_t i = 0; i < in->facets->n && d->n_nearest < most; i++) {
		const struct facet *f = &in->facets->items[i];

		if (f->is_default && facet_is_of(f, matter))
			nearest_add(d, f->intent);
	}
}

/* The last question back was which matter a question is of: options of several. */
static bool asked_which_matter(const struct memory *m)
{
	const struct matter *first =
	    m->n_options > 0 && m->options[0].intent ? m->options[0].intent->matter : NULL;

	for (size_t i = 1; first && i < m->n_options; i++)
		if (m->options[i].intent && m->options[i].intent->matter != first &&
		    view_eq(intent_facet(m->options[i].intent), intent_facet(m->options[0].intent)))
			return true;
	return false;
}

/* 材料, and then 郑州的: still the papers, there. */
static void nearest_again(const struct policy_input *in, struct decision *d)
{
	for (size_t i = 0; i < in->memory->n_options; i++)
		if (in->memory->options[i].intent)
			nearest_add(d, in->memory->options[i].intent);
	d->action = DO_ASK_INTENT;
	d->words = "ask.matter";
}

/* Between two readings only likely ones are offered; a decline always has three. */
static void settle_nearest(const struct policy_input *in, struct decision *d)
{
	const struct catalog *c = in->catalog;

	if (strcmp(d->rule, "place-only") == 0 && asked_which_matter(in->memory)) {
		nearest_again(in, d);
		return;
	}
	if ((in->cues & CUE_ERRAND) && d->action == DO_ASK_INTENT) {
		for (size_t i = 0; i < c->n_matters; i++)
			nearest_default(in, d, &c->matters[i], d->n_nearest + 1);
		return;
	}
	if (d->signs & WHICH_MATTER && d->action == DO_ASK_INTENT) {
		for (size_t i = 0; i < in->n_rivals; i++)
			nearest_add(d, in->rivals[i]);
		return;
	}
	if (d->action == DO_ASK_INTENT) {
		nearest_from(d, in->what, d->signs & OWN_DATA ? 0.03f : 0.10f);
		if (d->n_nearest == 0)
			nearest_default(in, d, d->matter ? d->matter : &in->catalog->matters[0],
					OFFERED_LEAST);
		return;
	}
	if (d->action == DO_DECLINE || d->action == DO_HANDOFF) {
		/* A person is told what was probably meant, and nothing that was not. */
		nearest_from(d, in->leaned, d->action == DO_HANDOFF ? TOLD_LEAST : 0.05f);
		nearest_from(d, in->what, d->action == DO_HANDOFF ? TOLD_LEAST : 0.03f);
	}
	if (d->action == DO_HANDOFF)
		return;
	/* Of the matter talked about, else one of each. */
	if (d->matter)
		nearest_default(in, d, d->matter, OFFERED_LEAST);
	for (size_t i = 0; i < c->n_matters && !d->matter; i++)
		nearest_default(in, d, &c->matters[i], d->n_nearest + 1);
	nearest_default(in, d, NULL, OFFERED_LEAST);
}

static void settle_shared(const struct policy_input *in, const struct situation *s,
			  struct decision *d)
{
	d->shared = s->shared;
	if (d->action != DO_ANSWER)
		return;
	/* Asked once already: take the likelier one and say so. */
	d->n_regions = 0;
	d->carried &= ~(unsigned)CARRIED_REGION;
	region_add(d, s->shared->candidates[0], "name");
	d->assumed = s->shared;
	(void)in;
}

/*
 * 北京和重庆医保卡密码有什么不同: compared is the matter that is named. It needs no intent for
 * that; what the words alone are nearest to may be another matter's.
 */
static void compare_what_is_named(const struct policy_input *in, const struct situation *s,
				  struct decision *d)
{
	if (!s->named || !d->intent || d->intent->kind != INTENT_COMPARE ||
	    d->intent->matter == s->named)
		return;
	d->intent = catalog_sibling(in->catalog, s->named, d->intent);
	d->matter = s->named;
}

void situation_settle(struct arena *a, const struct policy_input *in, const struct situation *s,
		      struct decision *d)
{
	d->in_full = strcmp(d->rule, "more") == 0;
	d->in_short = strcmp(d->rule, "simpler") == 0;
	d->repeats = d->in_full || d->in_short || d->action == DO_SOURCES ||
		     strcmp(d->rule, "repeat") == 0 || strcmp(d->rule, "return") == 0;
	/* 总结一下 after a comparison */
	if (d->in_short && in->memory->n_regions > 1)
		d->action = DO_COMPARE;
	/* 纽约的居住证: there is no such place here. */
	if (strcmp(d->rule, "own-law") == 0 && s->n_places == 0)
		d->words = "refuse.abroad";
	if (strcmp(d->rule, "distress") == 0 && emergency_is(in->what))
		d->words = "refuse.emergency";
	d->matter = s->matter;
	settle_intent(in, s, d);
	compare_what_is_named(in, s, d);
	if (d->intent && d->intent->matter)
		d->matter = d->intent->matter;
	if (d->action == DO_CHAT || d->action == DO_RESET ||
	    (d->action == DO_REFUSE && !decision_is_other_kind(d)))
		return;
	if (d->repeats) {
		/* 刚才说的那个app叫什么, though the last answer named none. */
		const struct facet *named =
		    facets_named(in->facets, d->matter, in->what->text.folded);

		d->otherwise = named && named->intent != d->intent ? named->intent : NULL;
		/* Another place than the last answer's: what was said there is not known any more.
		 */
		if (d->otherwise && s->n_places == 1 &&
		    (in->memory->n_regions == 0 || s->places[0].region != in->memory->regions[0]))
			d->intent = d->otherwise;
	}
	settle_regions(in, s, d);
	d->is_persons = s->is_persons && is_elsewhere(in, d);
	/* 爸妈的居住证要多久, and they are in two places. */
	if (s->is_persons && d->n_regions > 1 && d->action == DO_ANSWER &&
	    intent_is_asked(d->intent))
		d->action = DO_COMPARE;
	if (d->action == DO_FASTEST && (d->carried & CARRIED_REGION) && !s->is_persons &&
	    (!is_wide(d) || view_find(in->what->text.folded, VIEW("全国")) >= 0)) {
		/* 全国最快的是哪里: the city talked about is no place to look in. */
		d->n_regions = 0;
		d->carried &= ~(unsigned)CARRIED_REGION;
	}
	d->is_again = !d->repeats && !(s->signs & CHOSE) && d->action == DO_ANSWER && d->intent &&
		      d->intent == in->memory->intent && (d->carried & CARRIED_REGION) &&
		      !d->is_persons;
	if (d->action == DO_REFUSE)
		return;
	note_left_out(a, s, d);
	note_assumed(in, d);
	if (s->shared)
		settle_shared(in, s, d);
	if (d->action == DO_COMPARE || d->action == DO_FASTEST)
		settle_compare(in, s, d);
	if (d->action == DO_ANSWER && d->intent && d->intent->kind == INTENT_COMPARE)
		expand_cluster(d);
	if (d->action == DO_ANSWER && !intent_is_asked(d->intent))
		d->action = DO_ASK_WHAT;
	/* 医保密码谁规定的 after 居住证编号怎么查: of that matter nothing like it was answered. */
	if (d->action == DO_SOURCES && !d->intent)
		d->action = DO_ASK_WHAT;
	if (d->action == DO_ASK_INTENT || d->action == DO_DECLINE || d->action == DO_ASK_WHAT ||
	    d->action == DO_HANDOFF)
		settle_nearest(in, d);
	/* 我的身份证是 … tells who somebody is, not what they want. */
	if (d->action == DO_DECLINE && !in->has_numbers)
		d->other = elsewhere_named(in->catalog, &in->what->terms);
	if (d->action == DO_ASK_PLACE && !intent_is_asked(d->intent))
		d->intent = in->memory->intent;
}
