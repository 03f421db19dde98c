/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan.c - one question or several, a long story, a follow-up.
 *
 * A message is taken apart only when two of its clauses each ask something of their own, clearly.
 * Where the whole is not clear but its last asking clause is, that clause is the question: people
 * tell their story first.
 */
#include "dialog/plan.h"

#include "dialog/clause-cut.h"
#include "dialog/clause.h"
#include "dialog/elsewhere.h"
#include "dialog/emergency.h"
#include "dialog/figure.h"
#include "dialog/person.h"
#include "dialog/phrase.h"
#include "dialog/point.h"
#include "dialog/refer.h"
#include "dialog/situation.h"
#include "dialog/telephone.h"
#include "dialog/topic.h"
#include "dialog/trail.h"

#define STORY_CHARS    30
#define REPLACED_CHARS 6     /* ，不对，是 */
#define STORY_LIKELY   0.70f /* its last question, where the whole … */
#define STORY_VAGUE    0.60f /* … is no more than that */
#define TOLD_CHARS     40    /* so short is what somebody tells of one thing */
#define WHERE_CHARS    12    /* that only say more exactly where */

static struct policy_input policy_input(const struct plan_input *in, const struct plan *p)
{
	return (struct policy_input){
	    .catalog = in->catalog,
	    .regions = in->regions,
	    .facets = in->facets,
	    .what = &p->what,
	    .whole = &p->whole,
	    .asked = p->asked,
	    .leaned = p->has_leaned ? &p->leaned : NULL,
	    .memory = &p->memory,
	    .given = in->given,
	    .referred = p->referred,
	    .returns = p->returns,
	    .option = in->option,
	    .has_numbers = in->has_numbers,
	    .rivals = p->rivals,
	    .n_rivals = p->n_rivals,
	    .point = p->point,
	    .people = &p->people,
	};
}

static struct topic_input topic_input(const struct plan_input *in)
{
	return (struct topic_input){in->understander, in->catalog, in->today};
}

/* Places stand in one clause and hold for the others. */
static void share_places(struct understanding *u, const struct mentions *from)
{
	if (u->mentions.n_targets > 0 || u->mentions.ambiguous)
		return;
	u->mentions.targets = from->targets;
	u->mentions.n_targets = from->n_targets;
	u->mentions.ambiguous = from->ambiguous;
	u->mentions.assumed = from->assumed;
}

/* 社保断过，能办居住证吗: few words tell of nobody else. */
static void share_figures(struct understanding *u, const struct understanding *from)
{
	if (u->n_slots > 0 || from->text.n_chars > TOLD_CHARS)
		return;
	u->slots = from->slots;
	u->n_slots = from->n_slots;
}

/* 去哪办？在哪个窗口？ asks where twice, the second time with nothing of its own. */
static bool asks_where_again(const struct clause *first, const struct clause *second)
{
	static const char *const where[] = {"哪", "边度", "什么地方", "啥地方"};
	bool both = false;

	if (second->what.has_term || second->what.mentions.n_targets > 0)
		return false;
	for (size_t i = 0; i < sizeof(where) / sizeof(where[0]) && !both; i++)
		both = view_find(first->text, view_of(where[i])) >= 0 &&
		       view_find(second->text, view_of(where[i])) >= 0;
	return both && second->what.text.n_chars <= WHERE_CHARS;
}

/* Two clauses about the same thing are one question, unless each names its own place. */
static size_t merge_same(struct clause *clauses, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		bool same = false;

		for (size_t j = 0; j < kept && !same; j++) {
			same = (clauses[i].what.mentions.n_targets == 0 ||
				clauses[j].what.mentions.n_targets == 0) &&
			       (clauses[j].what.ranking[0].intent ==
				    clauses[i].what.ranking[0].intent ||
				asks_where_again(&clauses[j], &clauses[i]));
			if (same)
				share_places(&clauses[j].what, &clauses[i].what.mentions);
		}
		if (!same)
			clauses[kept++] = clauses[i];
	}
	return kept;
}

static void remember(struct memory *m, const struct decision *d)
{
	m->intent = d->intent;
	m->n_regions = 0;
	for (size_t i = 0; i < d->n_regions && i < SESSION_REGIONS_MAX; i++)
		m->regions[m->n_regions++] = d->regions[i].region;
}

/* 能邮寄吗，能加急吗: each is told of its own thing. */
static void name_point(const struct clause *c, struct decision *d)
{
	d->point = point_named(d->matter, c->what.text.folded);
	if (d->point)
		d->part = c->text;
}

static void decide_parts(struct arena *a, const struct plan_input *in, struct plan *p,
			 struct clause *clauses, size_t n)
{
	struct policy_input pi = policy_input(in, p);
	struct memory memory = p->memory;
	const struct mentions *places = &p->what.mentions;
	struct people_asked people;

	pi.people = &people;
	pi.memory = &memory;
	pi.leaned = NULL;
	memory.n_options = 0;
	for (size_t i = 0; i < n; i++) {
		struct decision *d = &p->items[p->n];

		if (p->n == LIMIT_PARTS) {
			if (p->n_more < LIMIT_PARTS)
				p->more[p->n_more++] = (struct plan_more){
				    clauses[i].text, clauses[i].what.ranking[0].intent};
			continue;
		}
		if (clauses[i].what.mentions.n_targets > 0)
			places = &clauses[i].what.mentions;
		people_asked(&clauses[i].what, &p->memory, &people);
		share_places(&clauses[i].what, places);
		pi.what = &clauses[i].what;
		pi.cues = phrase_find(a, &clauses[i].what.text, &clauses[i].what.terms);
		policy_decide(a, &pi, d);
		if (d->action != DO_ANSWER && d->action != DO_COMPARE && d->action != DO_FASTEST)
			continue;
		/* What came from the clause before was said in this very message. */
		if (p->n > 0 && !d->is_persons)
			d->carried = 0;
		name_point(&clauses[i], d);
		remember(&memory, d);
		p->n++;
	}
}

/* Moving reminds of whether a permit holds elsewhere; a long story, of how to get one at all. */
static bool is_vague(const struct understanding *whole)
{
	const struct intent *i = whole->ranking[0].intent;

	return i->kind == INTENT_COMPARE || view_is(intent_facet(i), "mutual") ||
	       (whole->text.n_chars >= STORY_CHARS && i->matter && i->matter->n_facets > 0 &&
		view_eq(i->name, i->matter->facets[0].intent));
}

/* 去年在北京，今年到成都了，成都的居住证要多久: what it ends with says all by itself. */
static bool is_own_question(const struct understanding *whole, const struct clause *last)
{
	const struct intent *asked = last->what.ranking[0].intent;

	return last->what.has_term && last->what.ranking[0].probability >= STORY_LIKELY &&
	       is_vague(whole) && asked->kind == INTENT_QUESTION &&
	       asked != whole->ranking[0].intent && !view_is(intent_facet(asked), "mutual");
}

/* A long story reminds of many things; what it ends with is the question. */
static bool is_clearer(const struct understanding *whole, const struct clause *last)
{
	float sure = last->what.ranking[0].probability, of_all = whole->ranking[0].probability;

	/* 我不是香港人，在厦门怎么办居住证 */
	if (is_own_question(whole, last) || (kind_is_denied(whole) && !kind_is_denied(&last->what)))
		return true;
	return whole->text.n_chars >= STORY_CHARS &&
	       ((sure >= CLAUSE_SURE && of_all < CLAUSE_SURE) ||
		(sure >= STORY_LIKELY && of_all < STORY_VAGUE));
}

/* 捡到一张居住证，用它登记住旅馆行吗: what is surely refused is not asked by a part of it. */
static bool is_refused(const struct understanding *whole)
{
	return signs_of_classifier(whole) & REFUSES;
}

static int try_parts(struct arena *a, const struct plan_input *in, struct plan *p)
{
	struct clause clauses[SPLIT_MAX], last;
	size_t n;
	int r;

	if (is_refused(&p->what))
		return 0;
	r = clauses_find(a, in, p, clauses, &n, &last);
	if (r < 0)
		return r;
	n = merge_same(clauses, n);
	if (n > 1)
		decide_parts(a, in, p, clauses, n);
	if (p->n > 1)
		return 0;
	p->n = p->n_more = 0;
	if (last.text.len > 0 && (!topic_is_asked(&p->what) || is_clearer(&p->what, &last))) {
		p->about = topic_named(&p->what);
		/* 北京居住证以及|上海居住证分别多少钱 */
		if (clause_is_listed(in->text, last.text))
			last.what.mentions.n_targets = 0;
		share_places(&last.what, &p->what.mentions);
		share_figures(&last.what, &p->what);
		p->what = last.what;
	}
	return 0;
}

/* Phrases that are dealt with before anything is answered must not hide in a clause. */
#define NEVER_PARTS                                                                      \
	((uint64_t)(CUE_INJECTION | CUE_FORGERY | CUE_PAID | CUE_OTHERS | CUE_DISTRESS | \
		    CUE_RESET | CUE_NONE | CUE_REPEAT))

static bool may_have_parts(const struct plan_input *in, const struct plan *p, uint64_t cues)
{
	return in->option.len == 0 && p->what.text.n_chars >= 10 && !p->returns &&
	       !(cues & NEVER_PARTS) && !person_is_looked_up(&p->what) && !emergency_is(&p->what);
}

/* Which matter a question is about that names none: the one talked about, or it must be asked. */
static int find_topic(struct arena *a, const struct plan_input *in, struct plan *p)
{
	const struct topic_input topic = topic_input(in);
	const struct matter *matter = p->about ? p->about : memory_matter(&p->memory);

	if (matter) {
		int r = topic_keep(a, &topic, matter, p->memory.intent, &p->what);

		if (r == 0 && !p->about)
			r = topic_stay(a, &topic, p->memory.intent, &p->what);
		if (r == 0 && !p->about && p->memory.intent)
			p->point = topic_point(&topic, matter, &p->what);
		return r;
	}
	return p->n_rivals > 0 ? 0 : topic_rivals(a, &topic, &p->what, &p->rivals, &p->n_rivals);
}

/* Whose thing the question is about; 我妈的医保卡，密码忘了怎么办 says it before. */
static int find_people(struct arena *a, const struct plan_input *in, struct plan *p)
{
	struct view rest;

	if (!in->session || in->option.len > 0)
		return 0;
	people_asked(&p->what, &p->memory, &p->people);
	if (!p->people.kin.who && !p->people.n &&
	    p->what.text.folded.ptr != p->whole.text.folded.ptr)
		people_asked(&p->whole, &p->memory, &p->people);
	rest = p->people.rest;
	return rest.len > 0 && memory_matter(&p->memory)
		   ? understand(in->understander, a, rest, in->today, &p->what)
		   : 0;
}

static int understand_leaned(struct arena *a, const struct plan_input *in, struct plan *p)
{
	const struct policy_input pi = policy_input(in, p);
	const struct matter *m = memory_matter(&p->memory);
	struct memory memory = p->memory;
	struct view lean;
	int r;

	/* 我老婆是湖南人，她要带什么 is asked of the usual certificate. */
	if (m && m->n_facets > 0 && memory.intent && memory.intent->n_whenever &&
	    kind_is_of_here(&pi))
		memory.intent = catalog_find(in->catalog, m->facets[0].intent);
	lean = topic_is_asked(&p->what) ? VIEW("") : carry_lean(a, &p->what, &memory);
	if (lean.len == 0)
		return 0;
	r = understand(in->understander, a, lean, in->today, &p->leaned);
	p->has_leaned = r == 0;
	return r;
}

/* What the words point at is looked up first; they are understood without it. */
static void refer(struct arena *a, const struct plan_input *in, struct plan *p,
		  struct plan_input *ret)
{
	struct view rest;
	struct text folded;

	*ret = *in;
	if (in->option.len > 0)
		return;
	/* 第二個 is typed so, too. */
	if (text_fold(a, in->text, &folded) < 0)
		return;
	p->referred = refer_place(folded.folded, &p->memory, &rest);
	if (p->referred)
		ret->text = arena_copy(a, rest);
	else
		ret->text = refer_retracted(refer_corrected(in->text));
	rest = refer_signs(a, view_trim(in->text));
	ret->text = rest.len > 0 ? rest : refer_signs_within(a, ret->text);
}

/* 不是网上，线下. Places that are taken back know that themselves. */
static int understand_instead(struct arena *a, struct plan_input *in, struct plan *p)
{
	struct view rest;

	if (p->what.mentions.n > 0 || in->option.len > 0)
		return 0;
	rest = refer_instead(in->text);
	if (view_eq(rest, in->text))
		return 0;
	in->text = rest;
	return understand(in->understander, a, rest, in->today, &p->what);
}

/* 青岛，不，烟台的居住证怎么办: as if the first place had not been said. */
static int understand_replaced(struct arena *a, struct plan_input *in, struct plan *p)
{
	const struct text *t = &p->what.text;
	const struct mention *m = p->what.mentions.items;

	if (p->what.mentions.n < 2 || m[0].role != MENTION_NEGATED || m[0].start > 0 ||
	    m[1].role != MENTION_TARGET || m[1].start > m[0].end + REPLACED_CHARS ||
	    in->option.len > 0)
		return 0;
	in->text = text_part(t, m[1].start, t->n_chars);
	return understand(in->understander, a, in->text, in->today, &p->what);
}

/* how are you today is meant as the shortest of them. */
static int understand_greeting(struct arena *a, struct plan_input *in, struct plan *p)
{
	if (in->option.len > 0 || !refer_is_greeting(p->what.text.folded))
		return 0;
	in->text = VIEW("hello");
	return understand(in->understander, a, in->text, in->today, &p->what);
}

/* 你好啊我想问一下 …: a greeting in front of a question is no small talk. */
static int understand_behind_courtesy(struct arena *a, struct plan_input *in, struct plan *p)
{
	const struct intent *first = understanding_first(&p->what);
	struct understanding behind;
	struct view rest;
	int r;

	if (!first || first->kind != INTENT_CHAT || in->option.len > 0)
		return 0;
	rest = refer_behind_courtesy(view_trim(in->text));
	if (rest.len == in->text.len)
		return 0;
	r = understand(in->understander, a, rest, in->today, &behind);
	first = r == 0 ? understanding_first(&behind) : NULL;
	/* 晚上好！成都: a place is something to begin with. */
	if (!first ||
	    ((first->kind == INTENT_CHAT || first->kind == INTENT_OUT_OF_SCOPE) &&
	     behind.mentions.n_targets == 0) ||
	    (rest.len < 3 * strlen("办") && behind.mentions.n_targets == 0 && !behind.has_term))
		return r;
	in->text = rest;
	p->what = behind;
	return 0;
}

/* 南京居住证办理地址电话 asks where one goes, 宁波的电话 for which matter. */
static void understand_telephone(struct arena *a, const struct plan_input *in, struct plan *p)
{
	const struct catalog *c = in->catalog;
	const struct matter *m = telephone_matter(&p->what, c, &p->memory);
	const struct intent **rivals = ARENA_ARRAY(a, c->n_matters + 1, const struct intent *);
	const struct intent *first;
	size_t n = 0;

	if (in->option.len > 0 || !telephone_is_asked(&p->what) ||
	    (!m && (p->what.mentions.n_targets == 0 ||
		    p->what.ranking[0].intent->kind != INTENT_HANDOFF)))
		return;
	for (size_t i = 0; i < c->n_matters; i++) {
		const struct intent *its = telephone_intent(c, &c->matters[i]);

		if (its && (!m || its->matter == m))
			rivals[n++] = its;
	}
	first = n > 0 ? rivals[0] : NULL;
	if (!first)
		return;
	p->what.ranking[0] = (struct nlu_score){first, 1};
	p->what.n_ranking = 1;
	p->what.decision = NLU_SURE;
	p->rivals = rivals;
	p->n_rivals = n > 1 ? n : 0;
}

/* Back to a topic: from here on it is the one remembered, and what is asked of it is the text. */
static int go_back(struct arena *a, struct plan_input *in, struct plan *p, uint64_t cues)
{
	const struct trail_input ti = {
	    .understander = in->understander,
	    .catalog = in->catalog,
	    .what = &p->what,
	    .memory = &p->memory,
	    .today = in->today,
	    .wants_again = cues & CUE_REPEAT,
	};
	struct memory_topic topic;
	struct trail trail;
	int r;

	if (in->option.len > 0 || p->referred || (cues & NEVER_PARTS & ~CUE_REPEAT))
		return 0;
	r = trail_find(a, &ti, &trail);
	if (r < 0 || !trail.topic)
		return r;
	topic = *trail.topic;
	trail_turn(&p->memory, &topic);
	p->returns = trail.asked.len == 0;
	if (p->returns)
		return 0;
	in->text = trail.asked;
	return understand(in->understander, a, in->text, in->today, &p->what);
}

/* 那三个里面哪个最快 */
static size_t places_meant(struct view folded)
{
	if (view_find(folded, VIEW("3个")) >= 0 || view_find(folded, VIEW("三个")) >= 0 ||
	    view_find(folded, VIEW("这几个")) >= 0)
		return 3;
	return view_find(folded, VIEW("4个")) >= 0 || view_find(folded, VIEW("四个")) >= 0 ? 4 : 2;
}

int plan_make(struct arena *a, const struct plan_input *in, struct plan *ret)
{
	struct plan_input pointed;
	struct policy_input pi;
	uint64_t cues;
	int r;

	memset(ret, 0, sizeof(*ret));
	memory_recall(in->session, in->catalog, in->regions, in->now_ms, in->context_ms,
		      &ret->memory);
	refer(a, in, ret, &pointed);
	in = &pointed;
	r = understand(in->understander, a, in->text, in->today, &ret->what);
	if (r == 0)
		r = understand_greeting(a, &pointed, ret);
	if (r == 0)
		r = understand_instead(a, &pointed, ret);
	if (r == 0)
		r = understand_behind_courtesy(a, &pointed, ret);
	if (r == 0)
		r = understand_replaced(a, &pointed, ret);
	if (r == 0)
		kind_doubt(in->facets, &ret->what);
	if (r == 0)
		r = elsewhere_set_aside(a, &pointed, ret);
	if (r < 0)
		return r;
	ret->whole = ret->what;
	ret->asked = ret->what.text.folded;
	cues = phrase_find(a, &ret->what.text, &ret->what.terms);
	r = go_back(a, &pointed, ret, cues);
	if (r < 0)
		return r;
	understand_telephone(a, in, ret);
	if ((cues & CUE_COMPARES) && !(cues & CUE_ANYWHERE) && ret->what.mentions.n == 0)
		memory_recall_both(&ret->memory, places_meant(ret->what.text.folded));
	if (may_have_parts(in, ret, cues)) {
		r = try_parts(a, in, ret);
		if (r < 0 || ret->n > 0)
			return r;
	}
	r = find_people(a, in, ret);
	if (r == 0)
		r = find_topic(a, in, ret);
	if (r == 0)
		r = understand_leaned(a, in, ret);
	if (r < 0)
		return r;
	pi = policy_input(in, ret);
	pi.cues = cues;
	policy_decide(a, &pi, &ret->items[0]);
	ret->n = 1;
	return figure_follow(a, in, ret);
}
