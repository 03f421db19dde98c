/* SPDX-License-Identifier: Apache-2.0 */
/* describe.c - asking a short-lived wenlu-host what a plugin is. */
#include "plugin/describe.h"

#include <errno.h>
#include <poll.h>

#include "base/clock.h"
#include "plugin/child.h"

#define PATIENCE_MS 10000

struct talk {
	struct arena *arena;
	struct child child;
	int64_t deadline;
	char *packet; /* room for one */
	bool is_gone; /* the other side closed */
};

/* The next packet, parsed; text in it stays valid (each is received into new room). */
static int next_message(struct talk *t, struct packet *ret, struct fault *why)
{
	struct pollfd p = {.fd = t->child.socket, .events = POLLIN};
	int64_t left = t->deadline - clock_ms();
	char *room;
	ssize_t n;
	int r;

	do
		r = poll(&p, 1, left > 0 ? (int)left : 0);
	while (r < 0 && errno == EINTR);
	if (r <= 0) {
		fault_set(why, "it did not say what it is in time: do its constructors wait?");
		return -ETIMEDOUT;
	}
	n = packet_receive(t->child.socket, t->packet, LIMIT_HOST_MESSAGE, false);
	if (n == 0 || n == -ECONNRESET) {
		t->is_gone = true;
		return -EPIPE;
	}
	if (n < 0) {
		fault_set(why, "its process wrote rubbish (%s)", error_text((int)n));
		return -EBADMSG;
	}
	room = arena_alloc(t->arena, (size_t)n);
	memcpy(room, t->packet, (size_t)n);
	r = packet_parse(t->arena, view_make(room, (size_t)n), ret, why);
	if (r == 0 && ret->type == PACKET_REFUSED) {
		fault_set(why, "%.*s", VIEW_ARG(ret->text));
		r = -EPROTO;
	}
	return r;
}

static int unexpected(struct fault *why)
{
	fault_set(why, "its process wrote rubbish (a message out of turn)");
	return -EBADMSG;
}

static int read_all(struct talk *t, struct description *d, struct fault *why)
{
	struct packet m;
	size_t len = 0;
	char *guide;
	int r = next_message(t, &m, why);

	if (r < 0)
		return r;
	if (m.type != PACKET_ABOUT)
		return unexpected(why);
	d->about = m.about;
	guide = arena_alloc(t->arena, d->about.guide_len + 1);
	while (len < d->about.guide_len) {
		r = next_message(t, &m, why);
		if (r < 0)
			return r;
		if (m.type != PACKET_GUIDE || m.text.len == 0 ||
		    m.text.len > d->about.guide_len - len)
			return unexpected(why);
		memcpy(guide + len, m.text.ptr, m.text.len);
		len += m.text.len;
	}
	d->guide = view_make(guide, len);
	return 0;
}

/* Collect the child. When it was the first to close, how it ended is the reason. */
static void finish(struct talk *t, struct fault *why)
{
	struct pollfd p = {.fd = t->child.pidfd, .events = POLLIN};
	char text[128];
	int status = 0;

	/* It may have closed the socket and live on. */
	if (t->is_gone && t->child.pidfd >= 0)
		poll(&p, 1, 500);
	child_kill(&t->child);
	child_reap(&t->child, true, &status);
	child_close(&t->child);
	if (t->is_gone)
		fault_set(why, "%s while it was opened",
			  child_status_text(status, text, sizeof(text)));
}

int describe_image(struct arena *a, const char *host_program, int image_fd, struct description *ret,
		   struct fault *why)
{
	return describe_image_within(a, host_program, image_fd, PATIENCE_MS, ret, why);
}

int describe_image_within(struct arena *a, const char *host_program, int image_fd,
			  int64_t patience_ms, struct description *ret, struct fault *why)
{
	struct talk t = {.arena = a, .deadline = clock_ms() + patience_ms};
	struct description d = {.guide = VIEW_INIT("")};
	int r = child_start(host_program, "describe", image_fd, &t.child);

	if (r < 0) {
		fault_set(why, "%s cannot be started: %s", host_program, error_text(r));
		return r;
	}
	t.packet = arena_alloc(a, LIMIT_HOST_MESSAGE);
	r = read_all(&t, &d, why);
	finish(&t, why);
	if (r == 0)
		*ret = d;
	return r;
}
