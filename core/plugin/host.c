/* SPDX-License-Identifier: Apache-2.0 */
/* host.c - the pool of children that run plugin code: what others call. */
#include "plugin/host.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <wenlu/plugin.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "plugin/pool.h"

static char *copy_cstr(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		die_oom(strlen(text));
	return copy;
}

void *pool_zeroed(size_t size)
{
	void *p = calloc(1, size);

	if (!p)
		die_oom(size);
	return p;
}

struct host_pool *host_pool_new(struct loop *loop, const char *host_program)
{
	struct host_pool *p = pool_zeroed(sizeof(*p));

	p->loop = loop;
	p->program = copy_cstr(host_program);
	arena_init(&p->arena, 0);
	return p;
}

/* All asks that wait anywhere: their callbacks now, without the loop. */
static void tell_all(struct host_pool *p)
{
	struct errand *a;

	for (struct runner *h = p->runners; h; h = h->next) {
		if (h->sent.n || h->waiting.n)
			runner_fail(h, "the server is ending");
	}
	while ((a = p->telling)) {
		p->telling = a->next;
		errand_finish(a, HOST_FAILED, NULL, a->text);
	}
}

void host_pool_free(struct host_pool *p)
{
	struct corpse *c;
	struct errand *a;
	int status;

	if (!p)
		return;
	tell_all(p);
	while (p->runners)
		runner_free(p->runners);
	while ((c = p->corpses)) {
		p->corpses = c->next;
		loop_io_stop(p->loop, &c->io);
		child_reap(&c->child, true, &status);
		child_close(&c->child);
		free(c);
	}
	while ((a = p->spare)) {
		p->spare = a->next;
		buf_done(&a->packet);
		free(a);
	}
	net_client_free(p->net);
	for (size_t i = 0; i < p->settings.n; i++) {
		free(p->settings.items[i].plugin);
		free(p->settings.items[i].key);
		free(p->settings.items[i].value);
	}
	vec_done(&p->settings);
	arena_done(&p->arena);
	free(p->program);
	free(p);
}

static bool is_in_use(const struct host_pool *p, const struct runner *h)
{
	for (size_t i = 0; i < registry_count(p->registry); i++) {
		const struct plugin *plugin = registry_at(p->registry, i);

		if (plugin->image_id == h->image_id && view_eq(plugin->name, h->name))
			return true;
	}
	return false;
}

void host_pool_switch(struct host_pool *p, const struct registry *registry)
{
	p->registry = registry;
	for (struct runner *h = p->runners; h; h = h->next) {
		h->is_old = !is_in_use(p, h);
		loop_timer_start(p->loop, &h->idle_timer, runner_idle_ms(h), 0, runner_on_idle, h);
	}
}

void host_pool_set_log(struct host_pool *p, host_log *log, void *data)
{
	p->log = log;
	p->log_data = data;
}

void host_pool_set_conf(struct host_pool *p, const char *plugin, const char *key, const char *value)
{
	struct setting *s = vec_push(&p->settings);

	s->plugin = copy_cstr(plugin);
	s->key = copy_cstr(key);
	s->value = copy_cstr(value);
}

const char *pool_setting(const struct host_pool *p, struct view plugin, const char *key)
{
	for (size_t i = 0; i < p->settings.n; i++)
		if (view_is(plugin, p->settings.items[i].plugin) &&
		    strcmp(p->settings.items[i].key, key) == 0)
			return p->settings.items[i].value;
	return NULL;
}

static void write_ask(struct errand *a, const struct host_request *req)
{
	struct packet_slot slots[PACKET_SLOTS];
	struct packet m = {.type = PACKET_ASK};
	size_t n = req->n_slots < PACKET_SLOTS ? req->n_slots : PACKET_SLOTS;

	for (size_t i = 0; i < n; i++) {
		slots[i].name = req->slots[i].name;
		slots[i].value = req->slots[i].value;
	}
	m.ask = (struct packet_ask){
	    .id = a->id,
	    .deadline = a->deadline,
	    .region = req->region,
	    .intent = req->intent,
	    .text = utf8_clip(req->text, TEXT_MOST),
	    .slots = slots,
	    .n_slots = n,
	};
	packet_put(&a->packet, &m);
}

uint64_t host_ask(struct host_pool *p, const struct plugin *plugin, const struct host_request *req,
		  host_done *done, void *data)
{
	struct runner *h = runner_find(p, plugin);
	struct errand *a = errand_new(p);
	char text[192];

	assert(plugin->has_code && plugin->image_fd >= 0);
	if (!h)
		h = runner_new(p, plugin);
	if (p->registry && !h->is_asked) {
		/* An ask of an older generation may bring an old one back. */
		h->is_asked = true;
		h->is_old = !is_in_use(p, h);
	}
	a->plugin = plugin;
	a->done = done;
	a->data = data;
	a->budget_ms = req->budget_ms > 0 ? req->budget_ms : 0;
	a->full_budget_ms = req->full_budget_ms > a->budget_ms ? req->full_budget_ms : a->budget_ms;
	loop_timer_start(p->loop, &h->idle_timer, runner_idle_ms(h), 0, runner_on_idle, h);
	if (h->rest_until > clock_ms()) {
		snprintf(text, sizeof(text), HOST_RESTING "%s", h->reason);
		errand_tell_later(a, HOST_FAILED, text);
		return a->id;
	}
	if (h->waiting.n >= QUEUE_MOST) {
		errand_tell_later(a, HOST_FAILED, "too many questions wait for this plugin");
		return a->id;
	}
	a->runner = h;
	a->deadline = clock_ms() + a->budget_ms;
	write_ask(a, req);
	loop_timer_start(p->loop, &a->timer, a->budget_ms, 0, runner_on_errand_timer, a);
	queue_add(&h->waiting, a);
	runner_go_on(h);
	return a->id;
}

void host_cancel(struct host_pool *p, uint64_t id)
{
	for (struct errand *a = p->telling; a; a = a->next)
		if (a->id == id) {
			errand_unlink(&p->telling, a);
			errand_free(a);
			return;
		}
	for (struct runner *h = p->runners; h; h = h->next) {
		/* The child goes on with it; its time still runs, the answer is dropped. */
		for (struct errand *a = h->sent.first; a; a = a->next)
			if (a->id == id) {
				a->done = NULL;
				if (a == h->sent.first)
					runner_fetch_stop(h, true);
				return;
			}
		for (struct errand *a = h->waiting.first; a; a = a->next)
			if (a->id == id) {
				queue_remove(&h->waiting, a);
				errand_free(a);
				return;
			}
	}
}

struct host_health host_health(const struct host_pool *p, const struct plugin *plugin)
{
	const struct runner *h = runner_find(p, plugin);
	struct host_health health = {.is_running = false};
	int64_t rest;

	if (!h)
		return health;
	rest = h->rest_until - clock_ms();
	health.is_running = h->is_running;
	health.n_failures = h->n_failures;
	health.n_starved = h->n_starved;
	health.n_short = h->n_short;
	health.rests_ms = rest > 0 ? rest : 0;
	snprintf(health.reason, sizeof(health.reason), "%s", h->reason);
	return health;
}
