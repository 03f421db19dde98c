/* SPDX-License-Identifier: Apache-2.0 */
/* admin_plugins.c - which plugins are in use, how they are, and which were left out and why. */
#include "serve/admin_plugins.h"

#include "plugin/confine.h"
#include "serve/server.h"

void healths_take(struct server *s, struct healths *ret)
{
	const struct registry *r = engine_generation(s->engine)->registry;

	for (size_t i = 0; i < registry_count(r); i++) {
		const struct plugin *p = registry_at(r, i);
		struct plugin_health *h;

		if (!p->has_code || p->name.len >= sizeof(h->name))
			continue;
		h = vec_push(&ret->list);
		memcpy(h->name, p->name.ptr, p->name.len);
		h->health = engine_health(s->engine, p);
	}
}

void healths_add(struct healths *to, const struct plugin_health *more)
{
	struct plugin_health *h = NULL;

	for (size_t i = 0; i < to->list.n && !h; i++)
		if (strcmp(to->list.items[i].name, more->name) == 0)
			h = &to->list.items[i];
	if (!h) {
		*vec_push(&to->list) = *more;
		return;
	}
	h->health.is_running |= more->health.is_running;
	h->health.n_starved += more->health.n_starved;
	h->health.n_short += more->health.n_short;
	if (more->health.rests_ms > h->health.rests_ms ||
	    more->health.n_failures > h->health.n_failures) {
		struct host_health sum = h->health;

		h->health = more->health;
		h->health.is_running = sum.is_running;
		h->health.n_starved = sum.n_starved;
		h->health.n_short = sum.n_short;
	}
}

static struct host_health health_of(struct server *s, const struct healths *all,
				    const struct plugin *p)
{
	if (!all)
		return engine_health(s->engine, p);
	for (size_t i = 0; i < all->list.n; i++)
		if (view_is(p->name, all->list.items[i].name))
			return all->list.items[i].health;
	return (struct host_health){.is_running = false};
}

static void put_plugin_json(const struct plugin *p, const struct host_health *health,
			    struct buf *out)
{
	buf_str(out, "{\"name\":");
	json_string(out, p->name);
	buf_str(out, ",\"version\":");
	json_string(out, p->version);
	buf_str(out, ",\"path\":");
	json_string(out, view_of(p->path));
	buf_printf(out,
		   ",\"code\":%s,\"regions\":%zu,\"topics\":%zu,\"state\":\"%s\","
		   "\"running\":%s,\"failures\":%u,\"starved\":%llu,\"too_little_time\":%llu,"
		   "\"rests_ms\":%lld,\"why\":",
		   p->has_code ? "true" : "false", p->guide.regions.n, p->guide.topics.n,
		   p->trouble.len ? "kept" : "live", health->is_running ? "true" : "false",
		   health->n_failures, (unsigned long long)health->n_starved,
		   (unsigned long long)health->n_short, (long long)health->rests_ms);
	json_string(out, p->trouble.len ? p->trouble : view_of(health->reason));
	if (p->has_code && confined_missing(p->confined))
		buf_printf(out, ",\"without\":\"%s\"", confined_missing(p->confined));
	buf_char(out, '}');
}

static void put_plugin(const struct plugin *p, const struct host_health *health, struct buf *out)
{
	buf_printf(out, "%-20.*s %-14.*s %s  %zu regions, %zu topics  %s\n", VIEW_ARG(p->name),
		   VIEW_ARG(p->version), p->has_code ? "code " : "guide", p->guide.regions.n,
		   p->guide.topics.n, p->path ? p->path : "");
	if (p->has_code && confined_missing(p->confined))
		buf_printf(out, "    its code runs without %s\n", confined_missing(p->confined));
	if (p->trouble.len)
		buf_printf(out, "    the last good version, since: %.*s\n", VIEW_ARG(p->trouble));
	if (health->rests_ms > 0)
		buf_printf(out, "    rests for %lld ms after %u failures: %s\n",
			   (long long)health->rests_ms, health->n_failures, health->reason);
	if (health->n_starved > 0)
		buf_printf(out, "    %llu answers not waited for: " HOST_STARVED "\n",
			   (unsigned long long)health->n_starved);
	if (health->n_short > 0)
		buf_printf(out,
			   "    %llu answers not waited for: too little time was left for them\n",
			   (unsigned long long)health->n_short);
}

void admin_plugins(struct server *s, const struct healths *healths, struct view argument,
		   struct buf *out)
{
	const struct registry *r = engine_generation(s->engine)->registry;
	bool lines = view_is(argument, "json lines");
	bool json = lines || view_is(argument, "json");
	const char *between = lines ? "\n" : ",";
	size_t n = registry_count(r);
	const char *path;
	struct view why;

	buf_str(out, json && !lines ? "[" : "");
	for (size_t i = 0; i < n; i++) {
		const struct plugin *p = registry_at(r, i);
		struct host_health health = health_of(s, healths, p);

		if (json && i)
			buf_str(out, between);
		(json ? put_plugin_json : put_plugin)(p, &health, out);
	}
	for (size_t i = 0; registry_left_out(r, i, &path, &why); i++) {
		if (!json) {
			buf_printf(out, "left out: %.*s\n", VIEW_ARG(why));
			continue;
		}
		if (n + i)
			buf_str(out, between);
		buf_str(out, "{\"state\":\"out\",\"path\":");
		json_string(out, view_of(path));
		buf_str(out, ",\"why\":");
		json_string(out, why);
		buf_char(out, '}');
	}
	buf_str(out, lines ? "\n" : json ? "]\n" : "");
}
