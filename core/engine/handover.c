/* SPDX-License-Identifier: Apache-2.0 */
/* handover.c - see handover.h and unix(7), SCM_RIGHTS. */
#include "engine/handover.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/limits.h"

/* The kernel takes 253 at once. */
#define FDS_PER_PACKET 64
/* Archive, model, and an image a plugin. */
#define FDS_MOST (LIMIT_PLUGINS + 8)

union control {
	struct cmsghdr align;
	char room[CMSG_SPACE(FDS_PER_PACKET * sizeof(int))];
};

static int send_some(int socket, const int *fds, size_t n, bool is_last)
{
	char mark = is_last ? '.' : '+';
	struct iovec text = {&mark, 1};
	union control control;
	struct msghdr m = {.msg_iov = &text, .msg_iovlen = 1};
	struct cmsghdr *c;

	if (n > 0) {
		memset(&control, 0, sizeof(control));
		m.msg_control = control.room;
		m.msg_controllen = CMSG_SPACE(n * sizeof(int));
		c = CMSG_FIRSTHDR(&m);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(n * sizeof(int));
		memcpy(CMSG_DATA(c), fds, n * sizeof(int));
	}
	for (;;) {
		if (sendmsg(socket, &m, MSG_NOSIGNAL) >= 0)
			return 0;
		if (errno != EINTR)
			return -errno;
	}
}

int handover_send(int socket, const int *fds, size_t n)
{
	int r;

	do {
		size_t some = n < FDS_PER_PACKET ? n : FDS_PER_PACKET;

		r = send_some(socket, fds, some, some == n);
		if (some) /* there may be none at all, and then no array either */
			fds += some;
		n -= some;
	} while (r == 0 && n > 0);
	return r;
}

static void take(struct handover *h, struct msghdr *m)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
		size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t i = 0; i < n; i++)
			memcpy(vec_push(&h->fds), CMSG_DATA(c) + i * sizeof(int), sizeof(int));
	}
}

int handover_receive(struct handover *h, int socket, bool wait)
{
	char mark = 0;
	struct iovec text = {&mark, 1};
	union control control;
	struct msghdr m = {.msg_iov = &text,
			   .msg_iovlen = 1,
			   .msg_control = control.room,
			   .msg_controllen = sizeof(control.room)};
	ssize_t n;

	do
		n = recvmsg(socket, &m, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	if (n == 0)
		return -EPIPE;
	take(h, &m);
	if ((m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) || (mark != '.' && mark != '+') ||
	    h->fds.n > FDS_MOST)
		return -EBADMSG;
	h->is_whole = mark == '.';
	return 0;
}

void handover_done(struct handover *h)
{
	for (size_t i = 0; i < h->fds.n; i++)
		if (h->fds.items[i] >= 0)
			close(h->fds.items[i]);
	vec_done(&h->fds);
	*h = (struct handover){.is_whole = false};
}
