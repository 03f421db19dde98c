/* SPDX-License-Identifier: Apache-2.0 */
/* builder.c - the server's side of building: a child, then a thread, then the loop. */
#include "engine/builder.h"

#include <errno.h>
#include <poll.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/seal.h"
#include "engine/archive.h"
#include "engine/loader.h"
#include "engine/watch.h"
#include "plugin/child.h"

/* Training takes seconds; a builder that is still at it after this has gone wrong. */
#define PATIENCE_MS 120000
/* Without a pidfd its end is looked for so often. */
#define LOOK_MS 100

struct builder {
	struct generation_paths paths;
	char *program;
	struct watch *watch; /* NULL: nobody asked for it */
	struct loop *loop;   /* NULL before builder_start() */
	builder_done *done;
	void *data;
	builder_handed *handed; /* instead of loading here */
	void *handed_data;
	VEC(int) live, next; /* what is in use, which the next build falls back to; what may be */
	struct child child;
	bool is_under_way; /* asked for, and nothing told yet */
	bool is_building;  /* the child lives; it may be tidying up after its result */
	bool is_loading;   /* the thread lives, or others are at it */
	bool is_wanted, may_wait;
	bool is_by_hand; /* what is wanted */
	struct loading loading;
	struct loader loader;
	struct loop_io socket_io, pidfd_io;
	struct loop_timer patience;
	struct loop_timer look; /* for its end, on kernels without pidfds */
};

static void begin(struct builder *b);

struct builder *builder_new(const struct generation_paths *paths, const char *program)
{
	struct builder *b = calloc(1, sizeof(*b));

	if (!b)
		die_oom(sizeof(*b));
	b->paths = *paths;
	b->program = strdup(program);
	if (!b->program)
		die_oom(strlen(program));
	b->child = (struct child){.socket = -1, .pidfd = -1};
	return b;
}

int builder_watch(struct builder *b)
{
	b->watch = watch_new(&b->paths);
	return b->watch ? 0 : -errno;
}

void builder_follow(struct builder *b, void (*changed)(void *data), void *data)
{
	if (b->watch)
		watch_start(b->watch, b->loop, changed, data);
}

bool builder_is_busy(const struct builder *b)
{
	return b->is_under_way || b->is_wanted;
}

/* ---- the request ---- */

static int make_request(const struct builder *b)
{
	const struct generation_paths *p = &b->paths;
	struct buf out = BUF_INIT;
	int fd;

	archive_put_setting(&out, "intents", view_of(p->intents_dir));
	archive_put_setting(&out, "regions", view_of(p->regions_dir));
	archive_put_setting(&out, "wording", view_of(p->wording_file));
	archive_put_setting(&out, "host_program", view_of(p->host_program));
	archive_put_setting(&out, "cache_dir", view_of(p->cache_dir));
	archive_put_setting(&out, "state_dir", view_of(p->state_dir));
	for (size_t i = 0; i < p->n_plugin_dirs; i++)
		archive_put_setting(&out, "plugins", view_of(p->plugin_dirs[i]));
	for (size_t i = 0; i < p->trust.n_keys; i++)
		archive_put_setting(&out, "trusted_keys", view_of(p->trust.keys[i]));
	for (size_t i = 0; i < p->of_plugins.n; i++) {
		archive_put_setting(&out, "of_plugin", view_of(p->of_plugins.items[i].plugin));
		archive_put_setting(&out, "of_plugin", view_of(p->of_plugins.items[i].key));
		archive_put_setting(&out, "of_plugin", view_of(p->of_plugins.items[i].value));
	}
	archive_put_setting(&out, "require_signed", view_of(p->trust.is_required ? "yes" : "no"));
	/* Nobody is served yet, or nothing but the training is left to do: then it is worth
	 * waiting for. */
	archive_put_setting(&out, "is_patient", view_of(b->is_by_hand ? "yes" : "no"));
	archive_put_setting(&out, "may_wait",
			    view_of(b->may_wait || b->live.n == 0 ? "yes" : "no"));
	fd = seal_make("wenlu-request", buf_view(&out));
	buf_done(&out);
	return fd;
}

static int start_child(struct builder *b)
{
	int fd = make_request(b);
	int r = fd < 0 ? fd : child_start(b->program, BUILDER_MODE, fd, &b->child);

	if (fd >= 0)
		close(fd);
	if (r < 0)
		return r;
	b->loading = (struct loading){.paths = &b->paths, .began_ms = clock_ms()};
	/* What is in use now, so that whoever fails can fall back to it. */
	return handover_send(b->child.socket, b->live.items, b->live.n);
}

static void end_child(struct builder *b, int *ret_status)
{
	child_reap(&b->child, true, ret_status);
	child_close(&b->child);
}

static void close_all(int *fds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

/* Copies, since loading takes some away. */
static void keep_next(struct builder *b)
{
	close_all(b->next.items, b->next.n);
	vec_clear(&b->next);
	for (size_t i = 0; i < b->loading.in.fds.n; i++)
		*vec_push(&b->next) = fcntl(b->loading.in.fds.items[i], F_DUPFD_CLOEXEC, 0);
}

/* The new one is what the next build falls back to. */
static void adopt(struct builder *b)
{
	close_all(b->live.items, b->live.n);
	vec_clear(&b->live);
	for (size_t i = 0; i < b->next.n; i++)
		*vec_push(&b->live) = b->next.items[i];
	vec_clear(&b->next);
}

/* Whatever it hands over, but not for ever. */
static int wait_for_result(struct builder *b, struct handover *in)
{
	struct pollfd p = {.fd = b->child.socket, .events = POLLIN};
	int64_t deadline = clock_ms() + PATIENCE_MS, left;
	int r = 0;

	while (r == 0 && !in->is_whole) {
		left = deadline - clock_ms();
		r = left > 0 ? poll(&p, 1, (int)left) : 0;
		if (r == 0)
			return -ETIMEDOUT;
		if (r < 0)
			r = errno == EINTR ? 0 : -errno;
		else
			r = handover_receive(in, b->child.socket, true);
	}
	return r;
}

int builder_first(struct builder *b, struct generation **ret, struct problems *problems,
		  struct fault *why)
{
	struct loading *l = &b->loading;
	char text[128];
	int status, r = start_child(b);

	if (r < 0) {
		fault_set(why, "the builder %s cannot be started: %s", b->program, error_text(r));
		if (b->child.pid > 0) {
			child_kill(&b->child);
			end_child(b, &status);
		}
		return r;
	}
	r = wait_for_result(b, &l->in);
	if (r == 0) {
		keep_next(b);
		loading_run(l);
	} else if (r == -ETIMEDOUT) {
		child_kill(&b->child);
	}
	end_child(b, &status);
	if (r == -ETIMEDOUT)
		fault_set(&l->why, "the builder was not done within %d s", PATIENCE_MS / 1000);
	else if (r < 0)
		fault_set(&l->why, "the builder has no result: %s",
			  child_status_text(status, text, sizeof(text)));
	for (size_t i = 0; i < l->problems.list.n; i++) {
		const struct problem *p = &l->problems.list.items[i];

		problem_add(problems, p->is_error, p->fault.file, p->fault.line, p->fault.column,
			    "%s", p->fault.text);
	}
	if (l->generation) {
		adopt(b);
		generation_count(l->generation);
		*ret = generation_ref(l->generation);
	} else {
		*why = l->why;
		r = -EBADMSG;
	}
	loading_done(l);
	return r;
}

/* ---- on the loop ---- */

/* Tell, then begin again if somebody asked meanwhile. */
static void finish(struct builder *b, bool is_used)
{
	struct loading *l = &b->loading;
	struct builder_report report = {
	    .generation = l->generation,
	    .is_used = is_used,
	    .problems = &l->problems,
	    .why = l->why,
	    .is_trained = l->is_trained,
	    .n_canaries = l->n_canaries,
	    .build_ms = clock_ms() - l->began_ms - l->load_ms,
	    .load_ms = l->load_ms,
	};

	b->is_loading = false;
	if (is_used) {
		if (l->generation)
			generation_count(l->generation);
		adopt(b);
		/* The names and the facts are live; what people ask is learnt now. */
		b->may_wait = !l->is_trained;
		b->is_wanted |= b->may_wait;
	}
	b->is_under_way = false;
	b->done(b->data, &report);
	loading_done(l);
	if (b->is_wanted && !b->is_building)
		begin(b);
}

static void on_loaded(void *data)
{
	struct builder *b = data;

	finish(b, b->loading.generation != NULL);
}

static void load(struct builder *b)
{
	keep_next(b);
	b->is_loading = true;
	if (!b->handed) {
		if (loader_start(&b->loader, &b->loading) < 0)
			finish(b, false);
	} else if (loading_look(&b->loading)) {
		b->handed(b->handed_data, b->next.items, b->next.n);
	} else {
		finish(b, false);
	}
}

void builder_taken(struct builder *b, int64_t load_ms, const struct fault *why)
{
	b->loading.load_ms = load_ms;
	if (why)
		b->loading.why = *why;
	finish(b, !why);
}

static void fail(struct builder *b, const char *reason)
{
	child_kill(&b->child);
	loop_io_stop(b->loop, &b->socket_io);
	fault_set(&b->loading.why, "the builder has no result: %s", reason);
	finish(b, false);
}

static void on_socket(void *data, int fd, int events)
{
	struct builder *b = data;
	int r = handover_receive(&b->loading.in, fd, false);

	(void)events;
	if (r == -EAGAIN)
		return;
	/* How it ended is known in a moment. */
	if (r == -EPIPE || r == -ECONNRESET) {
		loop_io_stop(b->loop, &b->socket_io);
		return;
	}
	if (r < 0) {
		fail(b, "it wrote rubbish");
		return;
	}
	if (!b->loading.in.is_whole)
		return;
	loop_io_stop(b->loop, &b->socket_io);
	load(b);
}

static void on_child_end(void *data, int fd, int events)
{
	struct builder *b = data;
	bool has_result;
	char text[128];
	int status;

	(void)fd;
	/* Its last words first. */
	while (b->socket_io.active && !b->loading.in.is_whole)
		on_socket(b, b->child.socket, events);
	has_result = b->loading.in.is_whole || b->is_loading;
	if (!child_reap(&b->child, false, &status))
		return;
	loop_io_stop(b->loop, &b->pidfd_io);
	loop_io_stop(b->loop, &b->socket_io);
	loop_timer_stop(b->loop, &b->patience);
	loop_timer_stop(b->loop, &b->look);
	child_close(&b->child);
	b->is_building = false;
	if (!has_result && b->loading.began_ms)
		fail(b, child_status_text(status, text, sizeof(text)));
	else if (b->is_wanted && !b->is_loading)
		begin(b);
}

static void on_look(void *data)
{
	struct builder *b = data;
	siginfo_t info = {.si_pid = 0};

	/* Left uncollected: what it said last is read before. */
	if (waitid(P_PID, (id_t)b->child.pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	    info.si_pid != 0)
		on_child_end(b, -1, LOOP_READ);
}

static void on_patience(void *data)
{
	child_kill(&((struct builder *)data)->child);
}

static void begin(struct builder *b)
{
	int r;

	b->is_wanted = false;
	b->is_under_way = true;
	r = start_child(b);
	b->may_wait = b->is_by_hand = false;
	if (r < 0 && b->child.pid <= 0) {
		b->loading = (struct loading){.began_ms = clock_ms()};
		fault_set(&b->loading.why, "the builder cannot be started: %s", error_text(r));
		finish(b, false);
		return;
	}
	/* If it could not be spoken to, its end says the rest. */
	b->is_building = true;
	loop_io_start(b->loop, &b->socket_io, b->child.socket, LOOP_READ, on_socket, b);
	if (b->child.pidfd >= 0)
		loop_io_start(b->loop, &b->pidfd_io, b->child.pidfd, LOOP_READ, on_child_end, b);
	else
		loop_timer_start(b->loop, &b->look, LOOK_MS, LOOK_MS, on_look, b);
	loop_timer_start(b->loop, &b->patience, PATIENCE_MS, 0, on_patience, b);
}

void builder_request(struct builder *b, bool by_hand)
{
	b->is_wanted = true;
	b->is_by_hand |= by_hand;
	b->may_wait = false;
	if (!b->is_building && !b->is_loading)
		begin(b);
}

void builder_start(struct builder *b, struct loop *loop, builder_done *done, void *data)
{
	b->loop = loop;
	b->done = done;
	b->data = data;
	loader_init(&b->loader, loop, on_loaded, b);
}

void builder_pass_on(struct builder *b, builder_handed *handed, void *data)
{
	b->handed_data = data;
	b->handed = handed;
}

const int *builder_live(const struct builder *b, size_t *ret_n)
{
	*ret_n = b->live.n;
	return b->live.items;
}

void builder_free(struct builder *b)
{
	int status;

	if (!b)
		return;
	watch_free(b->watch);
	loader_end(&b->loader);
	if (b->loop) {
		loop_io_stop(b->loop, &b->socket_io);
		loop_io_stop(b->loop, &b->pidfd_io);
		loop_timer_stop(b->loop, &b->patience);
		loop_timer_stop(b->loop, &b->look);
	}
	if (b->is_building) {
		child_kill(&b->child);
		end_child(b, &status);
	}
	loading_done(&b->loading);
	close_all(b->live.items, b->live.n);
	close_all(b->next.items, b->next.n);
	vec_done(&b->live);
	vec_done(&b->next);
	free(b->program);
	free(b);
}
