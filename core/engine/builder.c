/* SPDX-License-Identifier: Apache-2.0 */
/* builder.c - the server's side of building: a child, then a thread, then the loop. */
#include "engine/builder.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/seal.h"
#include "engine/archive.h"
#include "engine/handover.h"
#include "plugin/child.h"

/* Training takes seconds; a builder that is still at it after this has gone wrong. */
#define PATIENCE_MS 120000
/* Without a pidfd its end is looked for so often. */
#define LOOK_MS 100

/* What the child handed over, becoming a generation: the thread's alone while it runs. */
struct loading {
	const struct generation_paths *paths;
	struct handover in;
	int64_t began_ms;
	/* out */
	struct generation *generation;
	struct problems problems;
	struct fault why;
	bool is_trained;
	size_t n_canaries;
	int64_t load_ms;
};

struct builder {
	struct generation_paths paths;
	char *program;
	struct loop *loop; /* NULL before builder_start() */
	builder_done *done;
	void *data;
	struct generation *live; /* whose copies the next build falls back to */
	int live_archive, live_model;
	struct child child;
	bool is_under_way; /* asked for, and nothing told yet */
	bool is_building;  /* the child lives; it may be tidying up after its result */
	bool is_loading;   /* the thread lives */
	bool is_wanted, may_wait;
	struct loading loading;
	pthread_t thread;
	int wake; /* eventfd: the thread has finished */
	struct loop_io socket_io, pidfd_io, wake_io;
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
	b->live_archive = b->live_model = -1;
	b->child = (struct child){.socket = -1, .pidfd = -1};
	b->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	return b;
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
	archive_put_setting(&out, "require_signed", view_of(p->trust.is_required ? "yes" : "no"));
	/* Nobody is served yet, or nothing but the training is left to do: then it is worth
	 * waiting for. */
	archive_put_setting(&out, "may_wait", view_of(b->may_wait || !b->live ? "yes" : "no"));
	fd = seal_make("wenlu-request", buf_view(&out));
	buf_done(&out);
	return fd;
}

/* What is in use now, so that whoever fails can fall back to it. */
static int send_live(const struct builder *b)
{
	VEC(int) fds = VEC_INIT;
	int r;

	if (b->live) {
		*vec_push(&fds) = b->live_archive;
		*vec_push(&fds) = b->live_model;
		for (size_t i = 0; i < b->live->sources->list.n; i++)
			if (b->live->sources->list.items[i].image_fd >= 0)
				*vec_push(&fds) = b->live->sources->list.items[i].image_fd;
	}
	r = handover_send(b->child.socket, fds.items, fds.n);
	vec_done(&fds);
	return r;
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
	return send_live(b);
}

static void end_child(struct builder *b, int *ret_status)
{
	child_reap(&b->child, true, ret_status);
	child_close(&b->child);
}

/* ---- from what was handed over to a generation ---- */

static int load_generation(struct loading *l, struct view archive, struct view model)
{
	struct generation_input input = {.is_checked = true, .model = model};
	struct sources *sources = calloc(1, sizeof(*sources));
	struct files_archive files;
	int r;

	if (!sources)
		die_oom(sizeof(*sources));
	sources_init(sources);
	files_archive_init(&files, archive);
	input.files = &files.files;
	input.sources = sources;
	r = archive_sources(archive, sources, l->in.fds.items + 2, l->in.fds.n - 2);
	if (r < 0)
		fault_set(&l->why, "the builder wrote rubbish");
	else
		r = generation_make(l->paths, &input, &l->generation, &l->problems, &l->why);
	if (r < 0) {
		sources_done(sources);
		free(sources);
		return r;
	}
	l->generation->sources = sources;
	l->generation->maps[0] = archive;
	l->generation->maps[1] = model;
	return 0;
}

static int load_archive(struct loading *l, struct view archive)
{
	struct arena a;
	struct view model;
	int r = 0;

	arena_init(&a, 0);
	archive_problems(archive, &a, &l->problems);
	l->is_trained = strcmp(archive_setting(archive, &a, "is_trained"), "yes") == 0;
	l->n_canaries = strtoul(archive_setting(archive, &a, "n_canaries"), NULL, 10);
	if (archive_failed(archive, &a, &l->why) || l->in.fds.n < 2)
		r = -EBADMSG;
	arena_done(&a);
	if (r < 0)
		return r;
	r = seal_map(l->in.fds.items[1], &model);
	if (r < 0) {
		fault_set(&l->why, "the builder's model cannot be read: %s", error_text(r));
		return r;
	}
	r = load_generation(l, archive, model);
	if (r < 0)
		seal_unmap(model);
	return r;
}

/* The builder is ours, but it has read what strangers wrote: sealed and whole, or not at all. */
static void load(struct loading *l)
{
	int64_t began = clock_ms();
	struct view archive;
	int r;

	fault_set(&l->why, "the builder failed");
	r = l->in.fds.n ? seal_map(l->in.fds.items[0], &archive) : -EBADMSG;
	if (r < 0)
		return;
	if (archive_is_whole(archive))
		r = load_archive(l, archive);
	else
		r = -EBADMSG;
	if (r < 0)
		seal_unmap(archive);
	l->load_ms = clock_ms() - began;
}

/* The new one is what the next build falls back to. */
static void adopt(struct builder *b)
{
	struct loading *l = &b->loading;

	generation_count(l->generation);
	generation_unref(b->live);
	b->live = generation_ref(l->generation);
	if (b->live_archive >= 0)
		close(b->live_archive);
	if (b->live_model >= 0)
		close(b->live_model);
	b->live_archive = l->in.fds.items[0];
	b->live_model = l->in.fds.items[1];
	l->in.fds.items[0] = l->in.fds.items[1] = -1;
}

static void loading_done(struct loading *l)
{
	handover_done(&l->in);
	problems_done(&l->problems);
	generation_unref(l->generation);
	*l = (struct loading){.began_ms = 0};
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
	if (r == 0)
		load(l);
	else if (r == -ETIMEDOUT)
		child_kill(&b->child);
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
static void finish(struct builder *b)
{
	struct loading *l = &b->loading;
	struct builder_report report = {
	    .generation = l->generation,
	    .problems = &l->problems,
	    .why = l->why,
	    .is_trained = l->is_trained,
	    .n_canaries = l->n_canaries,
	    .build_ms = clock_ms() - l->began_ms - l->load_ms,
	    .load_ms = l->load_ms,
	};

	if (l->generation) {
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

static void *run_thread(void *data)
{
	struct builder *b = data;
	uint64_t one = 1;

	load(&b->loading);
	while (write(b->wake, &one, sizeof(one)) < 0 && errno == EINTR)
		;
	return NULL;
}

static void on_thread_end(void *data, int fd, int events)
{
	struct builder *b = data;
	uint64_t n;

	(void)events;
	if (read(fd, &n, sizeof(n)) < 0)
		return;
	pthread_join(b->thread, NULL);
	b->is_loading = false;
	finish(b);
}

static void start_thread(struct builder *b)
{
	sigset_t all, before;
	int r;

	/* Signals are the loop's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	b->is_loading = true;
	r = pthread_create(&b->thread, NULL, run_thread, b);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (r == 0)
		return;
	b->is_loading = false;
	fault_set(&b->loading.why, "no thread can be started: %s", error_text(r));
	finish(b);
}

static void fail(struct builder *b, const char *reason)
{
	child_kill(&b->child);
	loop_io_stop(b->loop, &b->socket_io);
	fault_set(&b->loading.why, "the builder has no result: %s", reason);
	finish(b);
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
	start_thread(b);
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
	b->may_wait = false;
	if (r < 0 && b->child.pid <= 0) {
		b->loading = (struct loading){.began_ms = clock_ms()};
		fault_set(&b->loading.why, "the builder cannot be started: %s", error_text(r));
		finish(b);
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

void builder_request(struct builder *b)
{
	b->is_wanted = true;
	b->may_wait = false;
	if (!b->is_building && !b->is_loading)
		begin(b);
}

void builder_start(struct builder *b, struct loop *loop, builder_done *done, void *data)
{
	b->loop = loop;
	b->done = done;
	b->data = data;
	loop_io_start(loop, &b->wake_io, b->wake, LOOP_READ, on_thread_end, b);
}

void builder_free(struct builder *b)
{
	int status;

	if (!b)
		return;
	if (b->is_loading)
		pthread_join(b->thread, NULL);
	if (b->loop) {
		loop_io_stop(b->loop, &b->wake_io);
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
	generation_unref(b->live);
	if (b->live_archive >= 0)
		close(b->live_archive);
	if (b->live_model >= 0)
		close(b->live_model);
	close(b->wake);
	free(b->program);
	free(b);
}
