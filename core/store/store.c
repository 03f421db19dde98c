/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store.c - the two ends of the road between the loop and the store's thread.
 *
 * There are two parcels: one being filled by the loop, one on its way. The thread touches only the
 * one on its way, and only between `is_sent` and `is_back`, which the lock guards.
 */
#include "store/store.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/parcel.h"
#include "store/sqlite.h"

#define BATCH_MAX        512 /* conversations in a parcel: the loop copies them in one go */
#define LOOKUPS_MAX      64  /* likewise */
#define RETRY_MS         1000
#define SWEEP_MS         60000
#define PUT_MAX          4096      /* put at once and waiting; more are lost */
#define WAITING_TEXT_MAX (8 << 20) /* bytes of replies that wait, likewise */
#define NOTES_MAX        256       /* notes that wait, likewise */

struct store {
	struct store_options options;
	struct backend *backend;
	struct store_giver giver;
	struct parcel parcels[2];
	struct parcel *filling, *away;
	VEC(struct request) waiting;
	size_t n_taken; /* of these, from the front */
	uint64_t last_id;
	struct loop_io taps;
	struct loop_timer timer;
	int event_fd;
	bool is_away;    /* a parcel is; the loop's own knowledge */
	bool is_eager;   /* send the next as soon as this one is back */
	bool is_failing; /* the last batch was not saved */
	bool is_inbox_failing;
	bool is_flushing; /* the loop waits: nobody is to be called */
	struct store_counts counts;
	pthread_t thread;

	pthread_mutex_t lock; /* guards the rest */
	pthread_cond_t to_thread, to_loop;
	bool is_sent, is_back, is_ending;
};

static void *must(void *p)
{
	if (!p)
		die_oom(sizeof(struct store));
	return p;
}

/* One portion of forgetting; when the next is due. Errors will be seen when writing. */
static int64_t sweep(struct store *s, int64_t now_ms)
{
	struct fault why;
	int r = s->backend->type->sweep(s->backend, clock_wall_ms() - s->options.keep_ms, &why);
	int notes_r = s->options.inbox ? inbox_sweep(s->options.inbox, clock_wall_ms(), &why) : 0;

	return now_ms + (r == 1 || notes_r == 1 ? STORE_DELAY_MS : SWEEP_MS);
}

static void wait_until(struct store *s, int64_t ms)
{
	struct timespec until = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

	pthread_cond_timedwait(&s->to_thread, &s->lock, &until);
}

static void *work(void *data)
{
	struct store *s = data;
	int64_t sweep_ms = clock_ms() + RETRY_MS;

	pthread_mutex_lock(&s->lock);
	while (s->is_sent || !s->is_ending) {
		if (s->is_sent) {
			pthread_mutex_unlock(&s->lock);
			parcel_work(s->away, s->backend, s->options.inbox);
			pthread_mutex_lock(&s->lock);
			s->is_sent = false;
			s->is_back = true;
			pthread_cond_signal(&s->to_loop);
			eventfd_write(s->event_fd, 1);
		} else if (clock_ms() >= sweep_ms && s->options.leaves_sweeping) {
			sweep_ms = clock_ms() + SWEEP_MS;
		} else if (clock_ms() >= sweep_ms) {
			pthread_mutex_unlock(&s->lock);
			sweep_ms = sweep(s, clock_ms());
			pthread_mutex_lock(&s->lock);
		} else {
			wait_until(s, sweep_ms);
		}
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static bool has_waiting(const struct store *s)
{
	return s->n_taken < s->waiting.n;
}

/* At most LOOKUPS_MAX of those who wait, in their order. */
static void take_lookups(struct store *s, struct parcel *p)
{
	while (s->n_taken < s->waiting.n && p->lookups.n < LOOKUPS_MAX)
		vec_push(&p->lookups)->request = s->waiting.items[s->n_taken++];
	if (s->n_taken == s->waiting.n) {
		vec_clear(&s->waiting);
		s->n_taken = 0;
	}
}

/* What there is goes to the thread, if the road is free. False if there was nothing. */
static bool hand_over(struct store *s)
{
	struct parcel *p = s->filling;
	size_t more = 0;

	if (s->is_away) {
		s->is_eager = true;
		return true;
	}
	if (s->giver.collect)
		more = s->giver.collect(s->giver.data, &p->batch, BATCH_MAX);
	take_lookups(s, p);
	if (parcel_is_empty(p))
		return false;
	p->forget_before_ms = clock_wall_ms() - s->options.keep_ms;
	s->is_eager = more > 0 || has_waiting(s);
	s->filling = s->away;
	s->is_away = true;
	pthread_mutex_lock(&s->lock);
	s->away = p;
	s->is_sent = true;
	pthread_cond_signal(&s->to_thread);
	pthread_mutex_unlock(&s->lock);
	return true;
}

static void on_timer(void *data)
{
	hand_over(data);
}

static void arm(struct store *s)
{
	if (!s->timer.active)
		loop_timer_start(s->options.loop, &s->timer,
				 s->is_failing ? RETRY_MS : STORE_DELAY_MS, 0, on_timer, s);
}

static void say(struct store *s, bool is_error, const char *line)
{
	if (s->options.say)
		s->options.say(s->options.data, is_error, line);
}

static void say_why(struct store *s, const char *what, const struct fault *why)
{
	struct fault line;

	fault_set(&line, "%s: %s", what, why->text);
	say(s, true, line.text);
}

static void not_saved(struct store *s, struct parcel *p)
{
	s->counts.failed_batches++;
	s->counts.lost_replies += p->batch.replies.n;
	for (size_t i = 0; i < p->batch.sessions.n && s->giver.unsaved; i++)
		if (p->batch.sessions.items[i].slot != UINT32_MAX)
			s->giver.unsaved(s->giver.data, p->batch.sessions.items[i].slot);
	/* What is to be forgotten is not given up. */
	for (size_t i = 0; i < p->batch.forgets.n; i++)
		*vec_push(&s->filling->batch.forgets) = p->batch.forgets.items[i];
	if (!s->is_failing)
		say_why(s, "conversations are not being saved", &p->why);
	s->is_failing = true;
	s->is_eager = has_waiting(s);
	if (!s->is_flushing)
		arm(s);
}

static void saved(struct store *s, struct parcel *p)
{
	bool is_any = batch_has_any(&p->batch);

	s->counts.batches += is_any;
	s->counts.sessions += p->batch.sessions.n;
	s->counts.replies += p->batch.replies.n;
	if (s->is_failing && is_any) {
		s->is_failing = false;
		say(s, false, "conversations are saved again");
	}
}

/* Notes are not kept for another try: what matters is asked again. */
static void count_notes(struct store *s, const struct parcel *p)
{
	if (p->notes_r < 0) {
		s->counts.lost_notes += p->notes.n;
		if (!s->is_inbox_failing)
			say_why(s, "unanswered questions are not being saved", &p->notes_why);
		s->is_inbox_failing = true;
	} else if (p->notes.n > 0) {
		s->counts.notes += p->notes.n;
		if (s->is_inbox_failing)
			say(s, false, "unanswered questions are saved again");
		s->is_inbox_failing = false;
	}
}

static void answer(struct store *s, struct parcel *p)
{
	for (size_t i = 0; i < p->lookups.n; i++) {
		struct lookup *l = &p->lookups.items[i];
		store_found *found = l->request.found;

		s->counts.lookups++;
		l->request.found = NULL;
		if (found && !s->is_flushing)
			found(l->request.data, l->is_found ? &l->record : NULL);
	}
	for (size_t i = 0; i < p->errands.n; i++)
		p->errands.items[i].done(p->errands.items[i].data, s->is_flushing);
}

/* The parcel is back. While its lookups are answered new ones may come, but nothing is sent. */
static void receive(struct store *s)
{
	struct parcel *p = s->away;

	if (p->r < 0)
		not_saved(s, p);
	else
		saved(s, p);
	count_notes(s, p);
	answer(s, p);
	parcel_clear(p);
	s->is_away = false;
	if (s->is_eager && !s->is_flushing)
		hand_over(s);
}

static void on_tap(void *data, int fd, int events)
{
	struct store *s = data;
	eventfd_t n;
	bool is_back;

	(void)events;
	eventfd_read(fd, &n);
	pthread_mutex_lock(&s->lock);
	is_back = s->is_back;
	s->is_back = false;
	pthread_mutex_unlock(&s->lock);
	if (is_back)
		receive(s);
}

static void wait_back(struct store *s)
{
	if (!s->is_away)
		return;
	pthread_mutex_lock(&s->lock);
	while (!s->is_back)
		pthread_cond_wait(&s->to_loop, &s->lock);
	s->is_back = false;
	pthread_mutex_unlock(&s->lock);
	receive(s);
}

static void start_thread(struct store *s)
{
	pthread_condattr_t monotonic;
	sigset_t all, old;

	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&s->to_thread, &monotonic);
	pthread_cond_init(&s->to_loop, NULL);
	pthread_condattr_destroy(&monotonic);
	/* Signals are the loop's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	if (pthread_create(&s->thread, NULL, work, s) != 0)
		die("a thread cannot be started");
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

struct store *store_new(const struct store_options *options, struct backend *backend)
{
	struct store *s = must(calloc(1, sizeof(*s)));

	s->options = *options;
	s->backend = backend;
	s->filling = &s->parcels[0];
	s->away = &s->parcels[1];
	s->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (s->event_fd < 0)
		die("an event descriptor cannot be had: %s", error_text(errno));
	loop_io_start(options->loop, &s->taps, s->event_fd, LOOP_READ, on_tap, s);
	start_thread(s);
	return s;
}

int store_open(const char *dir, const struct store_options *options, struct store **ret,
	       struct fault *why)
{
	struct backend *backend;
	int r = sqlite_open(dir, &options->limits, &backend, why);

	if (r >= 0)
		*ret = store_new(options, backend);
	return r;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	store_flush(s);
	pthread_mutex_lock(&s->lock);
	s->is_ending = true;
	pthread_cond_signal(&s->to_thread);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	s->backend->type->close(s->backend);
	inbox_close(s->options.inbox);
	for (size_t i = 0; i < s->filling->errands.n; i++)
		s->filling->errands.items[i].done(s->filling->errands.items[i].data, true);
	loop_io_stop(s->options.loop, &s->taps);
	loop_timer_stop(s->options.loop, &s->timer);
	close(s->event_fd);
	for (size_t i = 0; i < 2; i++)
		parcel_done(&s->parcels[i]);
	vec_done(&s->waiting);
	pthread_cond_destroy(&s->to_thread);
	pthread_cond_destroy(&s->to_loop);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

void store_set_giver(struct store *s, const struct store_giver *giver)
{
	s->giver = giver ? *giver : (struct store_giver){.collect = NULL};
}

void store_wake(struct store *s)
{
	arm(s);
}

void store_put(struct store *s, const struct session *session)
{
	struct batch_session *to;

	if (s->filling->batch.sessions.n >= PUT_MAX)
		return;
	to = vec_push(&s->filling->batch.sessions);
	to->session = *session;
	to->slot = UINT32_MAX;
	arm(s);
}

void store_put_reply(struct store *s, struct view token, uint64_t seq, struct view text)
{
	struct batch *b = &s->filling->batch;
	struct batch_reply *to;

	if (token.len != SESSION_TOKEN_LEN || s->options.limits.max_replies == 0)
		return;
	if (b->text.len + text.len > WAITING_TEXT_MAX) {
		s->counts.lost_replies++;
		return;
	}
	to = vec_push(&b->replies);
	/* The thread makes the id of it. */
	memcpy(to->id.bytes, token.ptr, token.len);
	to->seq = seq;
	to->at = b->text.len;
	to->len = text.len;
	buf_view_add(&b->text, text);
	arm(s);
}

/* The text of a reply that waits stays in its buffer until the parcel is cleared. */
static void drop_waiting(struct batch *b, struct view token)
{
	size_t kept = 0;

	for (size_t i = 0; i < b->replies.n; i++)
		if (memcmp(b->replies.items[i].id.bytes, token.ptr, token.len) != 0)
			b->replies.items[kept++] = b->replies.items[i];
	b->replies.n = kept;
	kept = 0;
	for (size_t i = 0; i < b->sessions.n; i++)
		if (memcmp(b->sessions.items[i].session.token, token.ptr, token.len) != 0)
			b->sessions.items[kept++] = b->sessions.items[i];
	b->sessions.n = kept;
}

void store_forget(struct store *s, struct view token)
{
	struct batch_forget *f;

	if (token.len != SESSION_TOKEN_LEN)
		return;
	drop_waiting(&s->filling->batch, token);
	f = vec_push(&s->filling->batch.forgets);
	memcpy(f->id.bytes, token.ptr, token.len);
	f->is_token = true;
	arm(s);
}

bool store_has_inbox(const struct store *s)
{
	return s->options.inbox != NULL;
}

void store_put_note(struct store *s, const struct inbox_note *note)
{
	if (!s->options.inbox)
		return;
	if (s->filling->notes.n >= NOTES_MAX) {
		s->counts.lost_notes++;
		return;
	}
	*vec_push(&s->filling->notes) = *note;
	arm(s);
}

bool store_run(struct store *s, store_work *what, store_worked *done, void *data)
{
	if (!s->options.inbox)
		return false;
	*vec_push(&s->filling->errands) = (struct errand){what, done, data};
	arm(s);
	return true;
}

void store_flush(struct store *s)
{
	uint64_t failed;

	s->is_flushing = true;
	wait_back(s);
	failed = s->counts.failed_batches;
	while (s->counts.failed_batches == failed && hand_over(s))
		wait_back(s);
	s->is_flushing = false;
	if (s->is_failing)
		arm(s);
}

uint64_t store_find(struct store *s, struct view token, store_found *found, void *data)
{
	struct request *l = vec_push(&s->waiting);

	l->id = ++s->last_id;
	l->found = found;
	l->data = data;
	memcpy(l->token, token.ptr, token.len < SESSION_TOKEN_LEN ? token.len : SESSION_TOKEN_LEN);
	hand_over(s);
	return l->id;
}

void store_cancel(struct store *s, uint64_t id)
{
	struct parcel *both[] = {s->filling, s->away};

	for (size_t i = s->n_taken; i < s->waiting.n; i++)
		if (s->waiting.items[i].id == id)
			s->waiting.items[i].found = NULL;
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < both[k]->lookups.n; i++)
			if (both[k]->lookups.items[i].request.id == id)
				both[k]->lookups.items[i].request.found = NULL;
}

bool store_is_failing(const struct store *s)
{
	return s->is_failing || s->is_inbox_failing;
}

struct store_counts store_counts(const struct store *s)
{
	return s->counts;
}
