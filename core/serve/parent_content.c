/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parent_content.c - new content for all workers at once, or for none.
 *
 *	builder ── sealed memory ──▶ all workers make their generation of it   (PREPARING)
 *	all have it ──▶ all are told to switch                                 (SWITCHING)
 *	all have switched ──▶ the builder's next falls back to this one        (QUIET)
 *
 * One that cannot, or ends while it is at it, keeps the old content for all.
 */
#include "serve/parent_inside.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "bots/carry.h"
#include "serve/http.h"
#include "serve/link.h"
#include "serve/worker.h"

static bool is_there(const struct child_worker *c)
{
	return c->pid && c->link;
}

static void go_on(struct parent *p);

static void on_handed(void *data, const int *fds, size_t n_fds)
{
	struct parent *p = data;
	struct buf body = BUF_INIT;

	/* The link wants a byte for some descriptors. */
	memset(buf_reserve(&body, n_fds), 0, n_fds);
	body.len = n_fds;
	p->phase = PARENT_PREPARING;
	p->load_ms = 0;
	p->facts = (struct content_facts){.number = p->number + 1};
	for (unsigned i = 0; i < p->n; i++) {
		struct child_worker *c = &p->workers[i];

		c->has_loaded = c->has_switched = !is_there(c);
		link_send_fds(c->link, WORKER_PREPARE, p->number + 1, buf_view(&body), fds, n_fds);
	}
	buf_done(&body);
	go_on(p);
}

static void tell_all(struct parent *p, uint32_t type, uint64_t number)
{
	for (unsigned i = 0; i < p->n; i++)
		link_send(p->workers[i].link, type, number, VIEW(""), LINK_WAITING_MAX);
}

static void give_up(struct parent *p, const struct fault *why)
{
	tell_all(p, WORKER_DROP, p->number + 1);
	p->phase = PARENT_QUIET;
	builder_taken(p->builder, p->load_ms, why);
}

static void go_on(struct parent *p)
{
	bool have_loaded = true, have_switched = true;

	for (unsigned i = 0; i < p->n; i++) {
		have_loaded &= p->workers[i].has_loaded;
		have_switched &= p->workers[i].has_switched;
	}
	if (p->phase == PARENT_PREPARING && have_loaded) {
		p->phase = PARENT_SWITCHING;
		tell_all(p, WORKER_SWITCH, p->number + 1);
	}
	if (p->phase != PARENT_SWITCHING || !have_switched)
		return;
	p->phase = PARENT_QUIET;
	p->number++;
	/* From now on workers begin with what the builder has. */
	generation_unref(p->first);
	p->first = NULL;
	builder_taken(p->builder, p->load_ms, NULL);
}

static void take_loaded(struct parent *p, struct child_worker *c, struct view body)
{
	struct worker_loaded loaded;

	if (body.len != sizeof(loaded))
		return;
	memcpy(&loaded, body.ptr, sizeof(loaded));
	if (!loaded.is_good) {
		give_up(p, &loaded.why);
		return;
	}
	c->has_loaded = true;
	p->facts.n_plugins = loaded.n_plugins;
	p->facts.n_left_out = loaded.n_left_out;
	if (loaded.load_ms > p->load_ms)
		p->load_ms = loaded.load_ms;
	go_on(p);
}

void parent_heard(struct parent *p, struct child_worker *c, uint32_t type, uint64_t number,
		  struct view body)
{
	int64_t ns;

	if (number != p->number + 1)
		return;
	if (type == WORKER_LOADED && p->phase == PARENT_PREPARING) {
		take_loaded(p, c, body);
	} else if (type == WORKER_SWITCHED && p->phase == PARENT_SWITCHING &&
		   body.len == sizeof(ns)) {
		memcpy(&ns, body.ptr, sizeof(ns));
		c->has_switched = true;
		if ((double)ns / 1e6 > p->facts.switch_ms)
			p->facts.switch_ms = (double)ns / 1e6;
		go_on(p);
	}
}

void parent_lost(struct parent *p, const struct child_worker *c)
{
	struct child_worker *lost = &p->workers[c->index];
	struct fault why;

	if (p->phase == PARENT_PREPARING && !lost->has_loaded) {
		fault_set(&why, "worker %u ended while it was loading it", c->index + 1);
		give_up(p, &why);
		return;
	}
	lost->has_loaded = lost->has_switched = true;
	if (p->phase != PARENT_QUIET)
		go_on(p);
}

/* ---- what content.c calls ---- */

static void use(void *data, const struct builder_report *report, struct content_facts *ret)
{
	(void)report;
	*ret = ((struct parent *)data)->facts;
}

static void refused(void *data)
{
	(void)data;
}

/* The bots are read here and once, so that all workers have the same. */
static void refresh(void *data, struct buf *out)
{
	struct parent *p = data;
	struct bot_list list;
	int fd = -1;

	if (http_bots_read(p->settings, &list, out) == 0) {
		fd = bot_list_seal(&list);
		bot_list_done(&list);
	}
	for (unsigned i = 0; i < p->n; i++)
		link_send_fds(p->workers[i].link, WORKER_REFRESH, 0, VIEW(""), &fd, fd >= 0);
	if (fd < 0)
		return;
	/* For those who come later. */
	close(p->bots_fd);
	p->bots_fd = fd;
}

static void tell(void *data, uint64_t ticket, struct view text)
{
	parent_answer_later(data, ticket, text);
}

void parent_follow(struct parent *p)
{
	struct content_owner owner = {
	    .loop = p->loop,
	    .settings = p->settings,
	    .use = use,
	    .refused = refused,
	    .refresh = refresh,
	    .tell = tell,
	    .data = p,
	};

	p->content = content_start(&owner, p->builder);
	builder_pass_on(p->builder, on_handed, p);
}
