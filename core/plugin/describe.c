/* SPDX-License-Identifier: Apache-2.0 */
/* describe.c - asking short-lived children what plugins are, many at a time. */
#include "plugin/describe.h"

#include <errno.h>
#include <poll.h>

#include "base/clock.h"
#include "plugin/child.h"

#define PATIENCE_MS 10000
/* Children at a time: they mostly wait for the disk, or hang. */
#define TALKS_MOST 32
/* On a machine that gives it hardly any processor time it has so many times its patience. */
#define STARVED_TIMES 10
/* So often it is seen whether the machine left us the time that has passed. */
#define SLICE_MS 100
/* Whoever comes after so many rounds of hanging ones still gets this much. */
#define PATIENCE_LAST_MS 200
/* It closed its socket: so long until it has ended, too. */
#define END_MS 500

struct talk {
	struct describe_job *job;
	struct child child;
	int64_t began, deadline;
	size_t len;   /* of the guide, so far */
	char *guide;  /* NULL: it has not said what it is */
	bool is_gone; /* it closed its socket: how it ended is the reason */
};

struct describer {
	struct arena *arena;
	const char *host_program;
	int64_t patience_ms;
	struct describe_job *jobs;
	size_t n_jobs, next;
	struct talk talks[TALKS_MOST];
	size_t n_talks, n_hung;
	char *packet; /* room for one */
};

static int unexpected(struct fault *why)
{
	fault_set(why, "its process wrote rubbish (a message out of turn)");
	return -EBADMSG;
}

/* 1: all is said; 0: more is to come. */
static int take_message(struct describer *d, struct talk *t, const struct packet *m)
{
	struct describe_job *job = t->job;
	size_t whole;

	if (m->type == PACKET_REFUSED) {
		fault_set(&job->why, "%.*s", VIEW_ARG(m->text));
		return -EPROTO;
	}
	if (!t->guide) {
		if (m->type != PACKET_ABOUT)
			return unexpected(&job->why);
		job->description.about = m->about;
		t->guide = arena_alloc(d->arena, m->about.guide_len + 1);
	} else {
		if (m->type != PACKET_GUIDE || m->text.len == 0 ||
		    m->text.len > job->description.about.guide_len - t->len)
			return unexpected(&job->why);
		memcpy(t->guide + t->len, m->text.ptr, m->text.len);
		t->len += m->text.len;
	}
	whole = job->description.about.guide_len;
	job->description.guide = view_make(t->guide, t->len);
	return t->len == whole;
}

/* Text of a message stays valid: each is received into new room. */
static int hear(struct describer *d, struct talk *t)
{
	ssize_t n = packet_receive(t->child.socket, d->packet, LIMIT_HOST_MESSAGE, false);
	struct packet m;
	char *room;
	int r;

	if (n == -EAGAIN)
		return 0;
	if (n == 0 || n == -ECONNRESET) {
		t->is_gone = true;
		t->deadline = clock_ms() + (t->child.pidfd >= 0 ? END_MS : 0);
		return 0;
	}
	if (n < 0) {
		fault_set(&t->job->why, "its process wrote rubbish (%s)", error_text((int)n));
		return -EBADMSG;
	}
	room = arena_alloc(d->arena, (size_t)n);
	memcpy(room, d->packet, (size_t)n);
	r = packet_parse(d->arena, view_make(room, (size_t)n), &m, &t->job->why);
	return r < 0 ? r : take_message(d, t, &m);
}

/* Collect the child. When it was the first to close, how it ended is the reason. */
static void finish(struct describer *d, struct talk *t, int result)
{
	char text[128];
	int status = 0;

	child_kill(&t->child);
	child_reap(&t->child, true, &status);
	child_close(&t->child);
	if (t->is_gone) {
		fault_set(&t->job->why, "%s while it was opened",
			  child_status_text(status, text, sizeof(text)));
		result = -EPIPE;
	}
	t->job->result = result;
	*t = d->talks[--d->n_talks];
}

static void begin(struct describer *d)
{
	struct describe_job *job = &d->jobs[d->next++];
	struct talk *t = &d->talks[d->n_talks];
	int64_t patience = d->patience_ms >> (d->n_hung / TALKS_MOST);
	int r;

	*t = (struct talk){.job = job};
	job->description = (struct description){.guide = VIEW_INIT("")};
	r = child_start(d->host_program, "describe", job->image_fd, &t->child);
	if (r < 0) {
		fault_set(&job->why, "%s cannot be started: %s", d->host_program, error_text(r));
		job->result = r;
		return;
	}
	t->began = clock_ms();
	t->deadline = t->began + (patience > PATIENCE_LAST_MS ? patience : PATIENCE_LAST_MS);
	d->n_talks++;
}

/* A time in which the machine had no processor for us was hardly one in which the children had any:
 * it does not count. */
static void forgive(struct describer *d, int64_t lost_ms)
{
	if (lost_ms < SLICE_MS)
		return;
	for (size_t i = 0; i < d->n_talks; i++)
		d->talks[i].deadline += lost_ms;
}

static bool is_starved(const struct describer *d, const struct talk *t, int64_t now)
{
	return now - t->began < d->patience_ms * STARVED_TIMES &&
	       child_is_starved(&t->child, now - t->began, 0);
}

/* Wait until one of them says something, ends or has had its time. */
static void turn(struct describer *d)
{
	struct pollfd fds[TALKS_MOST];
	int64_t now = clock_ms(), wait = SLICE_MS;

	for (size_t i = 0; i < d->n_talks; i++) {
		const struct talk *t = &d->talks[i];

		fds[i] = (struct pollfd){.fd = t->is_gone ? t->child.pidfd : t->child.socket,
					 .events = POLLIN};
		if (t->deadline - now < wait)
			wait = t->deadline > now ? t->deadline - now : 0;
	}
	if (poll(fds, d->n_talks, (int)wait) < 0)
		return;
	forgive(d, clock_ms() - now - wait);
	now = clock_ms();
	/* From the end: who is finished is replaced by the last one. */
	for (size_t i = d->n_talks; i-- > 0;) {
		struct talk *t = &d->talks[i];
		int r = 0;

		if (t->is_gone) {
			if (fds[i].revents || now >= t->deadline)
				finish(d, t, -EPIPE);
			continue;
		}
		if (fds[i].revents)
			r = hear(d, t);
		else if (now >= t->deadline && !is_starved(d, t, now)) {
			fault_set(&t->job->why, "%s", DESCRIBE_LATE);
			d->n_hung++;
			r = -ETIMEDOUT;
		}
		if (r != 0)
			finish(d, t, r < 0 ? r : 0);
	}
}

void describe_images(struct arena *a, const char *host_program, int64_t patience_ms,
		     struct describe_job *jobs, size_t n)
{
	struct describer *d = ARENA_NEW(a, struct describer);

	*d = (struct describer){.arena = a,
				.host_program = host_program,
				.patience_ms = patience_ms,
				.jobs = jobs,
				.n_jobs = n,
				.packet = arena_alloc(a, LIMIT_HOST_MESSAGE)};
	while (d->n_talks > 0 || d->next < n) {
		while (d->next < n && d->n_talks < TALKS_MOST)
			begin(d);
		if (d->n_talks > 0)
			turn(d);
	}
}

int describe_image(struct arena *a, const char *host_program, int image_fd, struct description *ret,
		   struct fault *why)
{
	struct describe_job job = {.image_fd = image_fd};

	describe_images(a, host_program, PATIENCE_MS, &job, 1);
	if (job.result < 0)
		*why = job.why;
	else
		*ret = job.description;
	return job.result;
}
