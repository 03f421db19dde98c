/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run.c - the jobs of an ask: guides answer at once, plugins' code by a callback from the loop.
 *
 * A job walks from the place asked about to wider ones. "Not mine" and failures walk on; who is
 * asked while others may have to be leaves them a third of the time that is left, and
 * LIMIT_PLUGIN_RESERVE_MS of the budget is never given away.
 */
#include "engine/ask.h"

#include <wenlu/plugin.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "dialog/judge.h"
#include "dialog/said.h"
#include "dialog/word.h"
#include "nlu/slot.h"
#include "plugin/packet.h"

/* The same complaint about a plugin is no news for so long. */
#define COMPLAINT_MS 1000

/* Without a place the whole country is asked. */
static void job_add(struct ask *a, struct job *job, const struct intent *intent,
		    const struct region *region)
{
	const struct region *from = region ? region : &a->generation->regions.items[0];

	*job = (struct job){
	    .ask = a,
	    .outcome = {.intent = intent, .asked = region},
	    .walk = registry_walk(a->generation->registry, from, intent->name),
	};
}

static void pick_facets(struct ask *a, const struct decision *d, struct part *part)
{
	const struct facets *all = &a->generation->facets;

	part->facets = ARENA_ARRAY(&a->arena, all->n + 1, const struct facet *);
	part->n_facets = 0;
	if (d->facet)
		part->facets[part->n_facets++] = d->facet;
	for (size_t i = 0; i < all->n && !d->facet; i++) {
		if (all->items[i].is_default && facet_is_of(&all->items[i], d->matter))
			part->facets[part->n_facets++] = &all->items[i];
	}
}

struct racer {
	const struct region *region;
	int64_t longest;
};

static bool may_race(const struct decision *d, const struct region *r)
{
	if (!r || r->level == REGION_NATION || r->level == REGION_CLUSTER)
		return false;
	for (size_t i = 0; i < d->n_regions; i++) {
		if (!region_lies_in(r, d->regions[i].region))
			return false;
	}
	return true;
}

/* The places whose guides state a time, the quickest first, become the places compared. */
static void pick_fastest(struct ask *a, struct decision *d)
{
	const struct registry *registry = a->generation->registry;
	struct racer best[LIMIT_COMPARE];
	size_t n = 0;

	for (size_t i = 0; d->facet && i < registry_count(registry); i++) {
		const struct guide *g = &registry_at(registry, i)->guide;
		const struct guide_topic *topic = guide_topic_find(g, d->facet->intent->name);
		const struct timing *time;
		struct racer r = {NULL, topic ? word_longest(&topic->facts, &time) : -1};
		size_t j;

		if (r.longest < 0 || g->regions.n == 0)
			continue;
		r.region = region_find(&a->generation->regions, g->regions.items[0].code);
		if (!may_race(d, r.region))
			continue;
		for (j = n; j > 0 && best[j - 1].longest > r.longest; j--) {
			if (j < LIMIT_COMPARE)
				best[j] = best[j - 1];
		}
		if (j < LIMIT_COMPARE)
			best[j] = r;
		n += n < LIMIT_COMPARE;
	}
	d->n_regions = 0;
	d->carried &= ~(unsigned)CARRIED_REGION;
	for (size_t i = 0; i < n; i++)
		d->regions[d->n_regions++] = (struct decided_region){best[i].region, "default"};
}

static size_t jobs_needed(const struct decision *d, const struct part *part)
{
	switch (d->action) {
	case DO_ANSWER:
		return 1;
	case DO_SOURCES:
		return d->n_regions ? d->n_regions : 1;
	case DO_COMPARE:
	case DO_FASTEST:
		return part->n_facets * d->n_regions;
	default:
		return 0;
	}
}

/* Does the last answer have a channel to be named again? */
static bool names_channel(const struct ask *a, const struct decision *d)
{
	const struct region *from =
	    d->n_regions ? d->regions[0].region : &a->generation->regions.items[0];
	struct registry_walk walk = registry_walk(a->generation->registry, from, d->intent->name);
	struct registry_hop hop;

	return registry_next(&walk, &hop) && (!hop.topic || hop.topic->facts.channels.n > 0);
}

static void part_fill(struct ask *a, struct decision *d, struct part *part)
{
	struct job *job = &a->jobs[part->first_job];

	if (d->action == DO_ANSWER) {
		if (d->otherwise && !names_channel(a, d))
			d->intent = d->otherwise;
		/* Several remembered places and one question: the first is meant. */
		job_add(a, job, d->intent, d->n_regions ? d->regions[0].region : NULL);
		return;
	}
	for (size_t i = 0; d->action == DO_SOURCES && i < part->n_jobs; i++)
		job_add(a, job++, d->intent, d->n_regions ? d->regions[i].region : NULL);
	for (size_t i = 0; i < part->n_facets; i++) {
		for (size_t j = 0; j < d->n_regions; j++)
			job_add(a, job++, part->facets[i]->intent, d->regions[j].region);
	}
}

void ask_make_jobs(struct ask *a)
{
	a->n_jobs = 0;
	for (size_t i = 0; i < a->plan.n; i++) {
		struct decision *d = &a->plan.items[i];
		struct part *part = &a->parts[i];

		*part = (struct part){.first_job = a->n_jobs};
		if (d->action == DO_COMPARE || d->action == DO_FASTEST)
			pick_facets(a, d, part);
		if (d->action == DO_FASTEST)
			pick_fastest(a, d);
		part->n_jobs = jobs_needed(d, part);
		a->n_jobs += part->n_jobs;
	}
	a->jobs = ARENA_ARRAY(&a->arena, a->n_jobs + 1, struct job);
	for (size_t i = 0; i < a->plan.n; i++) {
		if (a->parts[i].n_jobs)
			part_fill(a, &a->plan.items[i], &a->parts[i]);
	}
}

static void job_run(struct job *job);

static struct memo_key key_of(const struct job *job)
{
	const struct understanding *u = &job->ask->plan.what;

	return (struct memo_key){
	    .plugin = job->hop.plugin,
	    .region = job->outcome.asked ? job->outcome.asked : job->hop.level,
	    .intent = job->outcome.intent,
	    .slots = u->slots,
	    .n_slots = u->n_slots,
	};
}

/* Its answer may be given again to whoever asks the same: not what somebody's number led to. */
static void remember(const struct job *job, const struct host_answer *answer)
{
	const struct ask *a = job->ask;
	struct memo_key key = key_of(job);

	if (a->generation == a->engine->generation && !a->has_numbers)
		memo_keep(a->engine->memo, &key, answer, clock_ms());
}

/* Not remembered so: the next one may have said the figures otherwise. */
static void answer_from_code(struct job *job, const struct host_answer *answer)
{
	struct arena *a = &job->ask->arena;
	const struct understanding *u = &job->ask->plan.what;
	const struct host_answer *own = answer_copy(a, answer);
	struct outcome *o = &job->outcome;
	const struct slot_rule *rule = slot_rule_of(o->intent->matter, own->inquiry.figure);
	struct line *asks = &o->inquiry.line;

	o->facts = said_facts(a, &own->facts, u->slots, u->n_slots, u->today);
	o->inquiry = own->inquiry;
	if (asks->text.len > 0)
		asks->text = said_text(a, asks->text, u->slots, u->n_slots);
	else if (rule)
		*asks = (struct line){.text = rule->ask};
	o->guide = &job->hop.plugin->guide;
	o->level = job->hop.level;
}

/* True if the answer is known. */
static bool recall(struct job *job)
{
	struct ask *a = job->ask;
	struct memo_key key = key_of(job);
	const struct host_answer *answer;

	if (a->generation != a->engine->generation || a->has_numbers)
		return false;
	answer = memo_find(a->engine->memo, &key, clock_ms());
	if (!answer)
		return false;
	a->engine->counts.plugin_remembered++;
	answer_from_code(job, answer);
	return true;
}

/* A plugin that fails fails many at once, and a thousand are asked while it rests: one line says
 * it. */
static void complain(struct engine *e, struct view plugin, const char *text)
{
	uint64_t hash = hash_view(plugin) + hash_view(view_of(text));
	struct complaint *c = &e->complaints[hash % COMPLAINTS];
	int64_t now = clock_ms();

	if (strncmp(text, HOST_RESTING, strlen(HOST_RESTING)) == 0 ||
	    (c->hash == hash && now - c->told_ms < COMPLAINT_MS))
		return;
	*c = (struct complaint){hash, now};
	log_warn("plugin '%.*s': %s; the next wider region answers", VIEW_ARG(plugin), text);
}

static void on_host(void *data, enum host_outcome outcome, const struct host_answer *answer,
		    const char *text)
{
	struct job *job = data;
	struct ask *a = job->ask;

	job->host_id = 0;
	a->n_waiting--;
	switch (outcome) {
	case HOST_ANSWERED:
		remember(job, answer);
		answer_from_code(job, answer);
		break;
	case HOST_TOO_LATE:
	case HOST_FAILED:
		a->engine->counts.plugin_failures++;
		complain(a->engine, job->hop.plugin->name, text ? text : "no answer");
		job->outcome.is_degraded = true;
		job_run(job);
		break;
	case HOST_DEFERRED:
		job_run(job);
		break;
	}
	if (a->n_waiting == 0)
		ask_finish(a);
}

/* What a number looks like: all that a plugin ever learns of it. */
static struct host_slot shape_of(struct ask *a, const struct personal *number)
{
	static const int kinds[] = {[PERSONAL_CITIZEN] = WENLU_NUMBER_CITIZEN,
				    [PERSONAL_PHONE] = WENLU_NUMBER_PHONE,
				    [PERSONAL_BANK_CARD] = WENLU_NUMBER_BANK_CARD,
				    [PERSONAL_NUMBER] = WENLU_NUMBER_OTHER};
	char shape[PACKET_SHAPE] = "#";
	size_t n = number->digits.len < sizeof(shape) - 2 ? number->digits.len : sizeof(shape) - 2;
	int is_right = -1;

	for (size_t i = 0; i < n; i++)
		shape[i + 1] =
		    number->digits.ptr[i] >= '0' && number->digits.ptr[i] <= '9' ? '9' : 'A';
	if (number->kind == PERSONAL_CITIZEN || number->digits.len == 18)
		is_right = personal_citizen_is_valid(number->digits);
	return (struct host_slot){arena_copy(&a->arena, view_of(shape)),
				  packet_number(kinds[number->kind], is_right, number->digits.len)};
}

/* Is there code of a wider region that may have to be asked after this one? */
static bool has_wider_code(const struct job *job)
{
	struct registry_walk walk = job->walk;
	struct registry_hop hop;

	while (registry_next(&walk, &hop)) {
		if (hop.ask_code)
			return true;
		if (hop.topic)
			return false;
	}
	return false;
}

/* True if its code was asked and the job now waits. */
static bool ask_code(struct job *job)
{
	struct ask *a = job->ask;
	const struct understanding *u = &a->plan.what;
	int64_t left = a->deadline_ms - clock_ms() - LIMIT_PLUGIN_RESERVE_MS;
	struct host_slot *slots;
	struct host_request req = {
	    .region = job->outcome.asked ? job->outcome.asked->id : job->hop.level->id,
	    .intent = job->outcome.intent->name,
	    .text = u->text.folded,
	    .n_slots = u->n_slots,
	    .budget_ms = left > 2 && has_wider_code(job) ? left - left / 3 : left,
	    .full_budget_ms = a->engine->options.plugin_budget_ms - LIMIT_PLUGIN_RESERVE_MS,
	};

	if (left <= 0)
		return false;
	slots = ARENA_ARRAY(&a->arena, u->n_slots + PERSONAL_MAX, struct host_slot);
	for (size_t i = 0; i < u->n_slots; i++)
		slots[i] = (struct host_slot){u->slots[i].name, u->slots[i].value};
	for (size_t i = 0; i < a->lifted.n_found; i++)
		slots[req.n_slots++] = shape_of(a, &a->lifted.found[i]);
	req.slots = slots;
	a->engine->counts.plugin_asks++;
	job->host_id = host_ask(a->engine->hosts, job->hop.plugin, &req, on_host, job);
	if (job->host_id)
		a->n_waiting++;
	return job->host_id != 0;
}

/* The topic that answers, and what it says of the figures that were given. */
static void answer_from_topic(struct job *job)
{
	struct ask *a = job->ask;
	struct outcome *o = &job->outcome;
	struct judgement judged = {.facts = &job->hop.topic->facts};

	if (job->hop.topic->cases.n > 0) {
		struct voice v = ask_voice(a);

		v.matter = o->intent->matter;
		judged = judge(&v, job->hop.topic, o->intent->matter, &a->plan.what);
	}
	o->facts = judged.facts;
	o->within = judged.within;
	o->instead = judged.within ? job->hop.topic->facts.summary.text : VIEW("");
	if (judged.asks)
		o->inquiry = (struct inquiry){judged.asks->name, {.text = judged.asks->ask}};
	o->guide = &job->hop.plugin->guide;
	o->level = job->hop.level;
}

/* On from where the job stands, until somebody has answered, is asked, or nobody is left. */
static void job_run(struct job *job)
{
	while (registry_next(&job->walk, &job->hop)) {
		if (job->hop.ask_code && job->ask->engine->hosts) {
			if (recall(job) || ask_code(job))
				return;
			job->outcome.is_degraded = true;
			continue;
		}
		if (!job->hop.topic)
			continue;
		answer_from_topic(job);
		return;
	}
}

void ask_run(struct ask *a)
{
	for (size_t i = 0; i < a->n_jobs; i++)
		job_run(&a->jobs[i]);
}
