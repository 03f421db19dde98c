/* SPDX-License-Identifier: Apache-2.0 */
/* link.c - a buffer each way; descriptors travel with the byte at which their packet begins. */
#include "serve/link.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/vec.h"

#define READ_BYTES      65536
#define FDS_PER_MESSAGE 64 /* the kernel takes 253 */
#define FDS_MOST        16384
#define KEEP_BYTES      (1 << 18) /* of an empty buffer */

struct head {
	uint32_t len, type;
	uint64_t id;
	uint32_t n_fds, nothing;
};

/* Descriptors that go out with one byte. */
struct cargo {
	size_t at; /* in `out` */
	size_t n;
	int fds[FDS_PER_MESSAGE];
};

struct link {
	struct loop *loop;
	struct link_user user;
	int fd;
	struct loop_io reads, writes;
	struct buf in, out;
	size_t sent; /* of out */
	VEC(struct cargo) cargo;
	size_t n_shipped; /* of cargo */
	VEC(int) fds;
	bool is_ended, is_in_call, is_closed;
};

union control {
	struct cmsghdr align;
	char room[CMSG_SPACE(FDS_PER_MESSAGE * sizeof(int))];
};

static void on_readable(void *data, int fd, int events);

static void close_fds(int *fds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

struct link *link_open(struct loop *loop, int fd, const struct link_user *user)
{
	struct link *l = calloc(1, sizeof(*l));

	if (!l)
		die_oom(sizeof(*l));
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	l->loop = loop;
	l->fd = fd;
	l->user = *user;
	loop_io_start(loop, &l->reads, fd, LOOP_READ, on_readable, l);
	return l;
}

static void shut(struct link *l)
{
	loop_io_stop(l->loop, &l->reads);
	loop_io_stop(l->loop, &l->writes);
	l->is_ended = true;
}

static void free_link(struct link *l)
{
	close(l->fd);
	buf_done(&l->in);
	buf_done(&l->out);
	for (size_t i = l->n_shipped; i < l->cargo.n; i++)
		close_fds(l->cargo.items[i].fds, l->cargo.items[i].n);
	vec_done(&l->cargo);
	close_fds(l->fds.items, l->fds.n);
	vec_done(&l->fds);
	free(l);
}

void link_close(struct link *l)
{
	if (!l || l->is_closed)
		return;
	shut(l);
	l->is_closed = true;
	if (!l->is_in_call)
		free_link(l);
}

/* Once; the user may close it in the call. */
static void end(struct link *l)
{
	if (l->is_ended)
		return;
	shut(l);
	l->user.ended(l->user.data);
}

/* ---- sending ---- */

/* Up to where the next cargo begins, since it belongs to that byte. */
static ssize_t send_run(struct link *l)
{
	struct iovec text = {l->out.ptr + l->sent, l->out.len - l->sent};
	union control control;
	struct msghdr m = {.msg_iov = &text, .msg_iovlen = 1};
	size_t next = l->n_shipped;

	if (next < l->cargo.n && l->cargo.items[next].at == l->sent) {
		struct cargo *c = &l->cargo.items[next++];
		struct cmsghdr *head;

		memset(&control, 0, sizeof(control));
		m.msg_control = control.room;
		m.msg_controllen = CMSG_SPACE(c->n * sizeof(int));
		head = CMSG_FIRSTHDR(&m);
		head->cmsg_level = SOL_SOCKET;
		head->cmsg_type = SCM_RIGHTS;
		head->cmsg_len = CMSG_LEN(c->n * sizeof(int));
		memcpy(CMSG_DATA(head), c->fds, c->n * sizeof(int));
	}
	if (next < l->cargo.n)
		text.iov_len = l->cargo.items[next].at - l->sent;
	return sendmsg(l->fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void forget_sent(struct link *l)
{
	if (l->sent < l->out.len)
		return;
	l->sent = 0;
	vec_clear(&l->cargo);
	l->n_shipped = 0;
	if (l->out.cap > KEEP_BYTES)
		buf_done(&l->out);
	else
		buf_clear(&l->out);
}

static void on_writable(void *data, int fd, int events);

/* 0, -EAGAIN, or what is wrong. */
static int send_all(struct link *l)
{
	while (l->sent < l->out.len) {
		ssize_t n = send_run(l);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (l->n_shipped < l->cargo.n && l->cargo.items[l->n_shipped].at == l->sent) {
			struct cargo *c = &l->cargo.items[l->n_shipped++];

			close_fds(c->fds, c->n);
		}
		l->sent += (size_t)n;
	}
	forget_sent(l);
	return 0;
}

/* That it is broken is told by the reading side, from the loop. */
static void send_more(struct link *l)
{
	int r = send_all(l);

	if (r == 0)
		loop_io_stop(l->loop, &l->writes);
	else if (r == -EAGAIN && !l->writes.active)
		loop_io_start(l->loop, &l->writes, l->fd, LOOP_WRITE, on_writable, l);
	else if (r != -EAGAIN)
		shutdown(l->fd, SHUT_RDWR);
}

static void on_writable(void *data, int fd, int events)
{
	(void)fd;
	(void)events;
	send_more(data);
}

static void put(struct link *l, uint32_t type, uint64_t id, struct view body, size_t n_fds)
{
	struct head h = {.len = (uint32_t)body.len, .type = type, .id = id};

	/* What was sent long ago need not be kept in front of what waits. */
	if (l->sent > KEEP_BYTES && l->cargo.n == 0) {
		memmove(l->out.ptr, l->out.ptr + l->sent, l->out.len - l->sent);
		l->out.len -= l->sent;
		l->sent = 0;
	}
	h.n_fds = (uint32_t)n_fds;
	buf_add(&l->out, &h, sizeof(h));
	buf_view_add(&l->out, body);
}

bool link_send(struct link *l, uint32_t type, uint64_t id, struct view body, size_t bound)
{
	size_t waiting;

	if (!l || l->is_ended || body.len > LINK_BODY_MAX)
		return false;
	waiting = link_waiting(l);
	if (waiting + body.len > LINK_WAITING_MAX || (waiting > 0 && waiting + body.len > bound))
		return false;
	put(l, type, id, body, 0);
	if (!l->writes.active)
		send_more(l);
	return true;
}

bool link_send_fds(struct link *l, uint32_t type, uint64_t id, struct view body, const int *fds,
		   size_t n_fds)
{
	size_t at;

	if (!l || l->is_ended || n_fds > FDS_MOST)
		return false;
	put(l, type, id, body, n_fds);
	at = l->out.len - body.len - sizeof(struct head);
	/* Each byte carries some; there has to be one more byte than that. */
	for (size_t i = 0; i < n_fds; at++) {
		struct cargo *c = vec_push(&l->cargo);

		c->at = at;
		while (i < n_fds && c->n < FDS_PER_MESSAGE)
			c->fds[c->n++] = fcntl(fds[i++], F_DUPFD_CLOEXEC, 0);
		assert(at + 1 < l->out.len);
	}
	if (!l->writes.active)
		send_more(l);
	return true;
}

size_t link_waiting(const struct link *l)
{
	return l->out.len - l->sent;
}

void link_flush(struct link *l, int ms)
{
	int64_t until = clock_ms() + ms, left;
	struct pollfd p = {.fd = l->fd, .events = POLLOUT};

	while (!l->is_ended && send_all(l) == -EAGAIN && (left = until - clock_ms()) > 0)
		poll(&p, 1, (int)left);
}

/* ---- receiving ---- */

static void take_fds(struct link *l, struct msghdr *m)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
		size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t i = 0; i < n; i++)
			memcpy(vec_push(&l->fds), CMSG_DATA(c) + i * sizeof(int), sizeof(int));
	}
}

/* 0 and the packet's whole size; -EAGAIN: not all of it is there; -EBADMSG. */
static int look(struct view bytes, struct head *ret)
{
	if (bytes.len < sizeof(*ret))
		return -EAGAIN;
	memcpy(ret, bytes.ptr, sizeof(*ret));
	if (ret->len > LINK_BODY_MAX || ret->n_fds > FDS_MOST || ret->nothing != 0)
		return -EBADMSG;
	return bytes.len < sizeof(*ret) + ret->len ? -EAGAIN : 0;
}

/* All packets that are whole. The link may be closed in a call: then it still is there. */
static int read_packets(struct link *l)
{
	size_t at = 0;
	struct head h;
	int r = 0;

	while (!l->is_ended) {
		struct view rest = view_make(l->in.ptr + at, l->in.len - at);
		struct link_packet p;

		r = look(rest, &h);
		if (r < 0)
			break;
		if (h.n_fds > l->fds.n) {
			r = -EBADMSG;
			break;
		}
		p = (struct link_packet){.type = h.type, .id = h.id, .n_fds = h.n_fds};
		p.body = view_make(rest.ptr + sizeof(h), h.len);
		p.fds = l->fds.items;
		l->user.packet(l->user.data, &p);
		close_fds(l->fds.items, h.n_fds);
		if (h.n_fds > 0) {
			l->fds.n -= h.n_fds;
			memmove(l->fds.items, l->fds.items + h.n_fds, l->fds.n * sizeof(int));
		}
		at += sizeof(h) + h.len;
	}
	if (at == 0)
		return r == -EAGAIN ? 0 : r;
	/* Questions were in it. */
	memmove(l->in.ptr, l->in.ptr + at, l->in.len - at);
	l->in.len -= at;
	explicit_bzero(l->in.ptr + l->in.len, at);
	if (l->in.len == 0 && l->in.cap > KEEP_BYTES)
		buf_done(&l->in);
	return r == -EAGAIN ? 0 : r;
}

static void receive(struct link *l)
{
	struct iovec text = {buf_reserve(&l->in, READ_BYTES), READ_BYTES};
	union control control;
	struct msghdr m = {.msg_iov = &text,
			   .msg_iovlen = 1,
			   .msg_control = control.room,
			   .msg_controllen = sizeof(control.room)};
	ssize_t n = recvmsg(l->fd, &m, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		end(l);
		return;
	}
	l->in.len += (size_t)n;
	take_fds(l, &m);
	if ((m.msg_flags & MSG_CTRUNC) || read_packets(l) < 0)
		end(l);
}

static void on_readable(void *data, int fd, int events)
{
	struct link *l = data;

	(void)fd;
	(void)events;
	l->is_in_call = true;
	receive(l);
	l->is_in_call = false;
	if (l->is_closed)
		free_link(l);
}

ssize_t link_parse(struct view bytes, const struct link_user *user)
{
	struct link l = {.fd = -1, .user = *user};
	size_t len = bytes.len;
	int r;

	buf_view_add(&l.in, bytes);
	r = read_packets(&l);
	len -= l.in.len;
	buf_done(&l.in);
	return r < 0 ? r : (ssize_t)len;
}
