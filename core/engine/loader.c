/* SPDX-License-Identifier: Apache-2.0 */
/* loader.c - see loader.h. */
#include "engine/loader.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/seal.h"
#include "engine/archive.h"

static int load_generation(struct loading *l, struct view archive, struct view model)
{
	struct generation_input input = {.is_checked = true, .model = model};
	struct sources *sources = calloc(1, sizeof(*sources));
	struct files_archive files;
	struct arena a;
	uint64_t ground;
	int r;

	if (!sources)
		die_oom(sizeof(*sources));
	sources_init(sources);
	files_archive_init(&files, archive);
	input.files = &files.files;
	input.sources = sources;
	arena_init(&a, 0);
	ground = archive_ground(archive, &a);
	arena_done(&a);
	if (ground && l->ground && l->ground->id == ground)
		input.ground = l->ground;
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
	/* One that is there already is read by others. */
	if (!input.ground)
		l->generation->ground->id = ground;
	l->generation->sources = sources;
	l->generation->maps[0] = archive;
	l->generation->maps[1] = model;
	return 0;
}

/* What it says of itself. */
static int read_archive(struct loading *l, struct view archive)
{
	struct arena a;
	int r = 0;

	arena_init(&a, 0);
	archive_problems(archive, &a, &l->problems);
	l->is_trained = strcmp(archive_setting(archive, &a, "is_trained"), "yes") == 0;
	l->n_canaries = strtoul(archive_setting(archive, &a, "n_canaries"), NULL, 10);
	if (archive_failed(archive, &a, &l->why) || l->in.fds.n < 2)
		r = -EBADMSG;
	arena_done(&a);
	return r;
}

static int load_archive(struct loading *l, struct view archive)
{
	struct view model;
	int r = read_archive(l, archive);

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
static int open_archive(struct loading *l, struct view *ret)
{
	int r;

	fault_set(&l->why, "the builder failed");
	r = l->in.fds.n ? seal_map(l->in.fds.items[0], ret) : -EBADMSG;
	if (r < 0 || archive_is_whole(*ret))
		return r;
	seal_unmap(*ret);
	return -EBADMSG;
}

void loading_run(struct loading *l)
{
	int64_t began = clock_ms();
	struct view archive;

	if (open_archive(l, &archive) < 0)
		return;
	if (load_archive(l, archive) < 0)
		seal_unmap(archive);
	l->load_ms = clock_ms() - began;
}

bool loading_look(struct loading *l)
{
	struct view archive;
	int r;

	if (open_archive(l, &archive) < 0)
		return false;
	r = read_archive(l, archive);
	seal_unmap(archive);
	return r == 0;
}

void loading_done(struct loading *l)
{
	handover_done(&l->in);
	problems_done(&l->problems);
	generation_unref(l->generation);
	*l = (struct loading){.began_ms = 0};
}

static void *run_thread(void *data)
{
	struct loader *l = data;
	uint64_t one = 1;

	loading_run(l->loading);
	while (write(l->wake, &one, sizeof(one)) < 0 && errno == EINTR)
		;
	return NULL;
}

static void keep_ground(struct loader *l)
{
	const struct generation *g = l->loading->generation;

	if (!g || g->ground == l->ground)
		return;
	ground_unref(l->ground);
	l->ground = ground_ref(g->ground);
}

static void on_thread_end(void *data, int fd, int events)
{
	struct loader *l = data;
	uint64_t n;

	(void)events;
	if (read(fd, &n, sizeof(n)) < 0)
		return;
	pthread_join(l->thread, NULL);
	l->is_running = false;
	keep_ground(l);
	l->done(l->data);
}

void loader_init(struct loader *l, struct loop *loop, void (*done)(void *data), void *data)
{
	*l = (struct loader){.loop = loop, .done = done, .data = data};
	l->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (l->wake < 0)
		die("an event descriptor cannot be had: %s", error_text(errno));
	loop_io_start(loop, &l->wakes, l->wake, LOOP_READ, on_thread_end, l);
}

int loader_start(struct loader *l, struct loading *loading)
{
	sigset_t all, before;
	int r;

	/* Signals are the loop's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	l->loading = loading;
	loading->ground = l->ground;
	r = pthread_create(&l->thread, NULL, run_thread, l);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	l->is_running = r == 0;
	if (r != 0)
		fault_set(&loading->why, "no thread can be started: %s", error_text(r));
	return -r;
}

void loader_end(struct loader *l)
{
	if (!l->loop)
		return;
	if (l->is_running)
		pthread_join(l->thread, NULL);
	loop_io_stop(l->loop, &l->wakes);
	close(l->wake);
	ground_unref(l->ground);
	l->ground = NULL;
	l->loop = NULL;
}
