/* SPDX-License-Identifier: Apache-2.0 */
/* watch.c - inotify on the folders of the content. */
#include "engine/watch.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "plugin/source.h"

/* Quiet for so long, or at most so long after the first sign. */
#define QUIET_MS 50
#define MOST_MS  400
/* A folder that was moved away or deleted is looked for again. */
#define SEARCH_MS 1000

/* A file counts when it is whole: moved here, or closed after writing. Never while it grows. */
#define FILES (IN_MOVED_TO | IN_MOVED_FROM | IN_CLOSE_WRITE | IN_DELETE | IN_ATTRIB)
#define SELF  (IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

struct watch {
	struct loop *loop;
	const struct generation_paths *paths;
	void (*changed)(void *data);
	void *data;
	int fd;
	struct loop_io io;
	struct loop_timer quiet, search;
	int64_t first_ms; /* of the signs gathered; 0: none */
	bool is_missing;  /* some folder could not be watched */
};

static void add(struct watch *w, const char *dir, uint32_t mask)
{
	/* One that is watched already stays so. */
	if (inotify_add_watch(w->fd, dir, mask | SELF) < 0)
		w->is_missing = true;
}

static void add_matters(struct watch *w)
{
	const char *const *names;
	struct arena a;
	size_t n;

	arena_init(&a, 0);
	if (file_list(&a, w->paths->intents_dir, NULL, &names, &n) == 0)
		for (size_t i = 0; i < n; i++)
			/* Files among the folders are refused by IN_ONLYDIR. */
			(void)inotify_add_watch(
			    w->fd, file_join(&a, w->paths->intents_dir, names[i]), FILES | SELF);
	arena_done(&a);
}

static void add_all(struct watch *w)
{
	char path[PATH_MAX];

	w->is_missing = false;
	for (size_t i = 0; i < w->paths->n_plugin_dirs; i++)
		add(w, w->paths->plugin_dirs[i], FILES);
	add(w, w->paths->intents_dir, FILES | IN_CREATE);
	add_matters(w);
	add(w, w->paths->regions_dir, FILES);
	if (strlen(w->paths->wording_file) < sizeof(path)) {
		memcpy(path, w->paths->wording_file, strlen(w->paths->wording_file) + 1);
		add(w, dirname(path), FILES);
	}
}

static void on_search(void *data)
{
	struct watch *w = data;
	bool was_missing = w->is_missing;

	add_all(w);
	if (w->is_missing) {
		loop_timer_start(w->loop, &w->search, SEARCH_MS, 0, on_search, w);
	} else if (was_missing) {
		/* It is back: whatever is in it is news. */
		w->changed(w->data);
	}
}

static void on_quiet(void *data)
{
	struct watch *w = data;

	w->first_ms = 0;
	/* There may be new folders. */
	add_all(w);
	if (w->is_missing)
		loop_timer_start(w->loop, &w->search, SEARCH_MS, 0, on_search, w);
	w->changed(w->data);
}

static void gather(struct watch *w)
{
	int64_t now = clock_ms(), delay = QUIET_MS;

	if (!w->first_ms)
		w->first_ms = now;
	if (now + delay > w->first_ms + MOST_MS)
		delay = w->first_ms + MOST_MS - now;
	loop_timer_start(w->loop, &w->quiet, delay > 0 ? delay : 0, 0, on_quiet, w);
}

static bool is_content(const struct inotify_event *e)
{
	static const char *const endings[] = {".yaml", ".so", ".tsv", ".minisig", ".sig"};
	struct view name;

	/* Of the folder itself, or events were lost. */
	if (e->len == 0 || (e->mask & IN_Q_OVERFLOW))
		return !(e->mask & IN_IGNORED);
	name = view_of(e->name);
	if (name.len == 0 || name.ptr[0] == '.' || name.ptr[0] == '#')
		return false;
	if (e->mask & IN_ISDIR)
		return true;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (view_ends(name, view_of(endings[i])))
			return true;
	/* It is not read, but that is told. */
	return source_name_advice(e->name) != NULL;
}

static void on_event(void *data, int fd, int events)
{
	_Alignas(struct inotify_event) char room[16384];
	struct watch *w = data;
	bool any = false;
	ssize_t n;

	(void)events;
	while ((n = read(fd, room, sizeof(room))) > 0)
		for (ssize_t at = 0; at < n;) {
			const struct inotify_event *e = (const struct inotify_event *)(room + at);

			any |= is_content(e);
			at += (ssize_t)(sizeof(*e) + e->len);
		}
	if (any)
		gather(w);
}

struct watch *watch_new(const struct generation_paths *paths)
{
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	struct watch *w;

	if (fd < 0)
		return NULL;
	w = calloc(1, sizeof(*w));
	if (!w)
		die_oom(sizeof(*w));
	w->paths = paths;
	w->fd = fd;
	add_all(w);
	return w;
}

void watch_start(struct watch *w, struct loop *loop, void (*changed)(void *data), void *data)
{
	w->loop = loop;
	w->changed = changed;
	w->data = data;
	loop_io_start(loop, &w->io, w->fd, LOOP_READ, on_event, w);
	if (w->is_missing)
		loop_timer_start(loop, &w->search, SEARCH_MS, 0, on_search, w);
}

void watch_free(struct watch *w)
{
	if (!w)
		return;
	if (w->loop) {
		loop_io_stop(w->loop, &w->io);
		loop_timer_stop(w->loop, &w->quiet);
		loop_timer_stop(w->loop, &w->search);
	}
	close(w->fd);
	free(w);
}
