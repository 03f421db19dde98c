/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notes.c - the loop's end and the thread of notes: two lists of errands, one there, one back.
 *
 * An errand belongs to the thread while it is in `out`, to the loop again when it is in `back`.
 */
#include "store/notes.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "store/notes-file.h"

#define SWEEP_MS     60000
#define TOGETHER_MAX 64 /* errands in one transaction */

enum errand_kind {
	ERRAND_PUT,
	ERRAND_DROP,
	ERRAND_FIND,
	ERRAND_OWE,
	ERRAND_SETTLE,
	ERRAND_CLAIM,
};

struct errand {
	struct errand *next;
	enum errand_kind kind;
	uint64_t id;
	struct note_key keys[NOTE_KEYS_MAX];
	size_t n_keys;
	struct buf values[NOTE_KEYS_MAX];
	bool is_there[NOTE_KEYS_MAX];
	int64_t until_ms, due_ms;
	int r;
	struct fault why;
	notes_found *found; /* the loop's: NULL when cancelled */
	void *data;
	struct errand *asked_next, **asked_link; /* of the lookups that wait */
};

struct errands {
	struct errand *first, **end;
};

struct notes {
	struct notes_options options;
	struct notes_file *file;
	struct loop_io taps;
	struct errand *asked;
	uint64_t last_id;
	int event_fd;
	bool is_failing;
	struct notes_counts counts;
	pthread_t thread;

	pthread_mutex_t lock; /* guards the rest */
	pthread_cond_t to_thread;
	struct errands out, back;
	bool is_ending;
};

static void add(struct errands *list, struct errand *e)
{
	e->next = NULL;
	*list->end = e;
	list->end = &e->next;
}

static struct errand *take_all(struct errands *list)
{
	struct errand *e = list->first;

	list->first = NULL;
	list->end = &list->first;
	return e;
}

static void errand_free(struct errand *e)
{
	for (size_t i = 0; i < NOTE_KEYS_MAX; i++) {
		if (e->values[i].ptr)
			explicit_bzero(e->values[i].ptr, e->values[i].cap);
		buf_done(&e->values[i]);
	}
	free(e);
}

static void claim(struct notes_file *f, struct errand *e)
{
	struct note_key key;
	int r = notes_file_claim(f, clock_wall_ms(), e->due_ms, &key, &e->values[0], &e->why);

	e->is_there[0] = e->is_there[1] = r == 0;
	if (r == 0)
		buf_add(&e->values[1], key.bytes, sizeof(key.bytes));
	else if (r != -ENOENT)
		e->r = r;
}

static void run(struct notes_file *f, struct errand *e)
{
	switch (e->kind) {
	case ERRAND_PUT:
		e->r =
		    notes_file_put(f, &e->keys[0], buf_view(&e->values[0]), e->until_ms, &e->why);
		break;
	case ERRAND_DROP:
		e->r = notes_file_drop(f, &e->keys[0], &e->why);
		break;
	case ERRAND_FIND:
		for (size_t i = 0; i < e->n_keys; i++) {
			int r = notes_file_find(f, &e->keys[i], clock_wall_ms(), &e->values[i],
						&e->why);

			e->is_there[i] = r == 0;
			if (r < 0 && r != -ENOENT)
				e->r = r;
		}
		break;
	case ERRAND_OWE:
		e->r = notes_file_owe(f, &e->keys[0], buf_view(&e->values[0]), e->due_ms,
				      e->until_ms, &e->why);
		break;
	case ERRAND_SETTLE:
		e->r = notes_file_settle(f, &e->keys[0], &e->why);
		break;
	case ERRAND_CLAIM:
		claim(f, e);
		break;
	}
}

/* Under load there are several: one transaction for them costs little more than for one. */
static void run_all(struct notes_file *f, struct errand *first)
{
	bool is_together = first->next && notes_file_begin(f);
	struct fault why;
	int r;

	for (struct errand *e = first; e; e = e->next)
		run(f, e);
	r = is_together ? notes_file_commit(f, &why) : 0;
	for (struct errand *e = first; r < 0 && e; e = e->next) {
		if (e->kind != ERRAND_FIND && e->r == 0) {
			/* What was claimed is nobody's again. */
			e->is_there[0] = e->is_there[1] = false;
			e->r = r;
			e->why = why;
		}
	}
}

/* Off the front of those that wait; not more than other workers can wait for. */
static struct errand *take_some(struct errands *list)
{
	struct errand *first = list->first, *last = first;

	for (int i = 1; i < TOGETHER_MAX && last->next; i++)
		last = last->next;
	list->first = last->next;
	if (!list->first)
		list->end = &list->first;
	last->next = NULL;
	return first;
}

static void *work(void *data)
{
	struct notes *n = data;
	int64_t sweep_ms = clock_ms() + SWEEP_MS;

	pthread_mutex_lock(&n->lock);
	for (;;) {
		struct errand *e, *next;
		struct timespec until = {.tv_sec = sweep_ms / 1000};
		struct fault why;

		if (n->out.first) {
			e = take_some(&n->out);
			pthread_mutex_unlock(&n->lock);
			run_all(n->file, e);
			pthread_mutex_lock(&n->lock);
			for (; e; e = next) {
				next = e->next;
				add(&n->back, e);
			}
			eventfd_write(n->event_fd, 1);
		} else if (n->is_ending) {
			break;
		} else if (clock_ms() >= sweep_ms) {
			sweep_ms = clock_ms() + SWEEP_MS;
			pthread_mutex_unlock(&n->lock);
			/* What is wrong will be seen when something is put. */
			(void)notes_file_sweep(n->file, clock_wall_ms(), LIMIT_NOTES, &why);
			pthread_mutex_lock(&n->lock);
		} else {
			pthread_cond_timedwait(&n->to_thread, &n->lock, &until);
		}
	}
	pthread_mutex_unlock(&n->lock);
	return NULL;
}

/* Once when it begins, once when it is over. */
static void note_health(struct notes *n, const struct errand *e)
{
	bool is_failing = e->r < 0;

	n->counts.failures += is_failing;
	if (is_failing != n->is_failing && n->options.say)
		n->options.say(n->options.data, is_failing,
			       is_failing ? e->why.text : "notes are being kept again");
	n->is_failing = is_failing;
}

static void forget_asked(struct errand *e)
{
	*e->asked_link = e->asked_next;
	if (e->asked_next)
		e->asked_next->asked_link = e->asked_link;
}

static void call_back(struct errand *e)
{
	struct view values[NOTE_KEYS_MAX] = {{NULL, 0}};

	for (size_t i = 0; i < NOTE_KEYS_MAX; i++)
		if (e->is_there[i])
			values[i] = buf_view(&e->values[i]);
	forget_asked(e);
	if (e->found)
		e->found(e->data, values);
}

static void on_tap(void *data, int fd, int events)
{
	struct notes *n = data;
	struct errand *e, *next;
	eventfd_t taps;

	(void)events;
	(void)eventfd_read(fd, &taps);
	pthread_mutex_lock(&n->lock);
	e = take_all(&n->back);
	pthread_mutex_unlock(&n->lock);
	for (; e; e = next) {
		next = e->next;
		note_health(n, e);
		if (e->asked_link)
			call_back(e);
		errand_free(e);
	}
}

static void start_thread(struct notes *n)
{
	pthread_condattr_t clock;
	sigset_t all, before;

	pthread_mutex_init(&n->lock, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&n->to_thread, &clock);
	pthread_condattr_destroy(&clock);
	/* Signals are the loop's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (pthread_create(&n->thread, NULL, work, n))
		die("the thread of the notes cannot be started");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

int notes_open(const char *dir, const struct notes_options *options, struct notes **ret,
	       struct fault *why)
{
	struct notes *n = calloc(1, sizeof(*n));
	int r;

	if (!n)
		die_oom(sizeof(*n));
	n->options = *options;
	n->out.end = &n->out.first;
	n->back.end = &n->back.first;
	r = notes_file_open(dir, &n->file, why);
	n->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (n->event_fd < 0)
		die("no eventfd: %s", error_text(errno));
	start_thread(n);
	loop_io_start(options->loop, &n->taps, n->event_fd, LOOP_READ, on_tap, n);
	*ret = n;
	return r;
}

void notes_close(struct notes *n)
{
	struct errand *e, *next;

	if (!n)
		return;
	pthread_mutex_lock(&n->lock);
	n->is_ending = true;
	pthread_cond_signal(&n->to_thread);
	pthread_mutex_unlock(&n->lock);
	pthread_join(n->thread, NULL);
	loop_io_stop(n->options.loop, &n->taps);
	for (e = take_all(&n->back); e; e = next) {
		next = e->next;
		errand_free(e);
	}
	close(n->event_fd);
	notes_file_close(n->file);
	pthread_cond_destroy(&n->to_thread);
	pthread_mutex_destroy(&n->lock);
	free(n);
}

static struct errand *errand_new(struct notes *n, enum errand_kind kind,
				 const struct note_key *keys, size_t n_keys)
{
	struct errand *e = calloc(1, sizeof(*e));

	if (!e)
		die_oom(sizeof(*e));
	e->kind = kind;
	e->id = ++n->last_id;
	e->n_keys = n_keys;
	for (size_t i = 0; i < n_keys; i++)
		e->keys[i] = keys[i];
	return e;
}

static void send_off(struct notes *n, struct errand *e)
{
	pthread_mutex_lock(&n->lock);
	add(&n->out, e);
	pthread_cond_signal(&n->to_thread);
	pthread_mutex_unlock(&n->lock);
}

void notes_put(struct notes *n, const struct note_key *key, struct view value, int64_t keep_ms)
{
	struct errand *e = errand_new(n, ERRAND_PUT, key, 1);

	buf_view_add(&e->values[0], value);
	e->until_ms = clock_wall_ms() + keep_ms;
	n->counts.puts++;
	send_off(n, e);
}

void notes_drop(struct notes *n, const struct note_key *key)
{
	send_off(n, errand_new(n, ERRAND_DROP, key, 1));
}

static uint64_t ask(struct notes *n, struct errand *e, notes_found *found, void *data)
{
	uint64_t id = e->id;

	e->found = found;
	e->data = data;
	e->asked_next = n->asked;
	e->asked_link = &n->asked;
	if (e->asked_next)
		e->asked_next->asked_link = &e->asked_next;
	n->asked = e;
	send_off(n, e);
	return id;
}

uint64_t notes_find(struct notes *n, const struct note_key *keys, size_t n_keys, notes_found *found,
		    void *data)
{
	n->counts.lookups++;
	return ask(n, errand_new(n, ERRAND_FIND, keys, n_keys), found, data);
}

uint64_t notes_owe(struct notes *n, const struct note_key *key, struct view value, int64_t mine_ms,
		   int64_t keep_ms, notes_found *found, void *data)
{
	struct errand *e = errand_new(n, ERRAND_OWE, key, 1);

	buf_view_add(&e->values[0], value);
	e->due_ms = clock_wall_ms() + mine_ms;
	e->until_ms = clock_wall_ms() + keep_ms;
	n->counts.puts++;
	return ask(n, e, found, data);
}

void notes_settle(struct notes *n, const struct note_key *key)
{
	send_off(n, errand_new(n, ERRAND_SETTLE, key, 1));
}

uint64_t notes_claim(struct notes *n, int64_t mine_ms, notes_found *found, void *data)
{
	struct errand *e = errand_new(n, ERRAND_CLAIM, NULL, 0);

	e->due_ms = clock_wall_ms() + mine_ms;
	n->counts.lookups++;
	return ask(n, e, found, data);
}

/* `found`, `data` and the list are the loop's alone, wherever the errand is. */
void notes_cancel(struct notes *n, uint64_t id)
{
	for (struct errand *e = n->asked; e; e = e->asked_next)
		if (e->id == id)
			e->found = NULL;
}

struct notes_counts notes_counts(const struct notes *n)
{
	return n->counts;
}
