/* SPDX-License-Identifier: Apache-2.0 */
/* listen.c - opening listening sockets, and accepting from them. */
#include "serve/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"

#define BACKLOG         4096
#define ACCEPT_AT_ONCE  64
#define SAY_EVERY_MS    60000
#define NOT_OURS_MS     2
#define LATE_AT_ONCE    4 /* of those that nobody else came for */
#define FIRST_PASSED_FD 3
#define PASSED_FDS_MAX  16

struct endpoint {
	struct sockaddr_storage address;
	socklen_t len;
	bool is_any; /* "*": IPv6 that also takes IPv4 */
	bool has_port;
};

static int parse_port(struct view v, uint16_t *ret)
{
	uint64_t n;

	if (view_to_u64(v, &n) < 0 || n > 65535)
		return -EINVAL;
	*ret = (uint16_t)n;
	return 0;
}

/* The host part, and the port behind it if there is one. */
static int split_port(struct view text, struct view *ret_host, struct endpoint *e, uint16_t *port)
{
	struct view host = text, tail = VIEW("");
	const char *colon = memchr(text.ptr, ':', text.len);

	if (text.ptr[0] == '[') {
		ptrdiff_t end = view_find(text, VIEW("]"));

		if (end < 0)
			return -EINVAL;
		host = view_sub(text, 1, (size_t)end - 1);
		tail = view_sub(text, (size_t)end + 1, text.len);
	} else if (colon && !memchr(colon + 1, ':', text.len - (size_t)(colon + 1 - text.ptr))) {
		host = view_make(text.ptr, (size_t)(colon - text.ptr));
		tail = view_sub(text, host.len, text.len);
	}
	*ret_host = host;
	if (tail.len == 0)
		return 0;
	e->has_port = true;
	return tail.ptr[0] == ':' ? parse_port(view_sub(tail, 1, tail.len), port) : -EINVAL;
}

static int parse_endpoint(const char *text, uint16_t port, struct endpoint *ret)
{
	struct endpoint e = {.len = 0};
	struct sockaddr_in *in = (struct sockaddr_in *)&e.address;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&e.address;
	struct view host;
	char copy[INET6_ADDRSTRLEN];

	if (!text[0] || split_port(view_of(text), &host, &e, &port) < 0 || host.len >= sizeof(copy))
		return -EINVAL;
	memcpy(copy, host.ptr, host.len);
	copy[host.len] = '\0';
	e.is_any = view_is(host, "*");
	if (e.is_any || inet_pton(AF_INET6, copy, &in6->sin6_addr) == 1) {
		in6->sin6_family = AF_INET6;
		in6->sin6_port = htons(port);
		e.len = sizeof(*in6);
	} else if (inet_pton(AF_INET, copy, &in->sin_addr) == 1) {
		in->sin_family = AF_INET;
		in->sin_port = htons(port);
		e.len = sizeof(*in);
	} else {
		return -EINVAL;
	}
	*ret = e;
	return 0;
}

static int bound_port(int fd, char name[LISTENER_NAME_MAX])
{
	struct sockaddr_storage address;
	struct sockaddr_in *in = (struct sockaddr_in *)&address;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&address;
	socklen_t len = sizeof(address);
	char text[INET6_ADDRSTRLEN] = "";

	if (getsockname(fd, (struct sockaddr *)&address, &len) < 0)
		return -errno;
	if (address.ss_family == AF_INET) {
		inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text));
		snprintf(name, LISTENER_NAME_MAX, "%s:%u", text, ntohs(in->sin_port));
		return ntohs(in->sin_port);
	}
	if (address.ss_family == AF_INET6) {
		inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof(text));
		snprintf(name, LISTENER_NAME_MAX, "[%s]:%u", text, ntohs(in6->sin6_port));
		return ntohs(in6->sin6_port);
	}
	snprintf(name, LISTENER_NAME_MAX, "unix:%s", ((struct sockaddr_un *)&address)->sun_path);
	return 0;
}

/* Takes the descriptor. */
static int add(struct listeners *l, int fd, const char *unlink_path)
{
	struct listener *one = calloc(1, sizeof(*one));
	int port;

	if (!one)
		die_oom(sizeof(*one));
	one->fd = fd;
	one->unlink_path = unlink_path ? strdup(unlink_path) : NULL;
	*vec_push(&l->list) = one;
	port = bound_port(fd, one->name);
	if (port > 0 && l->port == 0)
		l->port = port;
	return port < 0 ? port : 0;
}

static int open_socket(const struct endpoint *e)
{
	int on = 1, off = 0, r;
	int fd = socket(e->address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -errno;
	/* Over at once after a restart; not SO_REUSEPORT, so that two servers cannot share by
	 * mistake. */
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (e->address.ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, e->is_any ? &off : &on, sizeof(on));
	if (bind(fd, (const struct sockaddr *)&e->address, e->len) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	r = -errno;
	close(fd);
	return r;
}

int listen_check(const char *text, struct fault *why)
{
	struct endpoint e;

	if (strncmp(text, "unix:", 5) == 0 ? text[5] != '\0' : parse_endpoint(text, 0, &e) == 0)
		return 0;
	fault_set(why, "listen: '%s' is no address; write 127.0.0.1, [::1]:8080, * or unix:/path",
		  text);
	return -EINVAL;
}

static int open_internet(struct listeners *l, const char *text, int64_t default_port,
			 struct fault *why)
{
	struct endpoint e;
	int fd;

	/* Port 0 is drawn once; the other addresses follow. */
	if (default_port == 0)
		default_port = l->port;
	if (parse_endpoint(text, (uint16_t)default_port, &e) < 0)
		return listen_check(text, why);
	fd = open_socket(&e);
	if (fd == -EAFNOSUPPORT && e.is_any) {
		struct sockaddr_in in = {.sin_family = AF_INET};

		in.sin_port = ((struct sockaddr_in6 *)&e.address)->sin6_port;
		memcpy(&e.address, &in, sizeof(in));
		e.len = sizeof(in);
		fd = open_socket(&e);
	}
	if (fd == -EADDRINUSE)
		fault_set(why,
			  "listen: %s port %lld is in use; stop the other server or choose another "
			  "port (-p, 0 for any)",
			  text, (long long)default_port);
	else if (fd < 0)
		fault_set(why, "listen: %s: %s", text, error_text(fd));
	return fd < 0 ? fd : add(l, fd, NULL);
}

/* A socket file that nobody listens on any more is in the way of its next owner. */
static void remove_stale(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct stat st;

	if (fd < 0)
		return;
	if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) < 0 &&
	    errno == ECONNREFUSED && lstat(address->sun_path, &st) == 0 && S_ISSOCK(st.st_mode))
		unlink(address->sun_path);
	close(fd);
}

/* What comes and goes with the machine's start (/run) may have lost it; bind() says if it cannot.
 */
static void make_folder_of(const char *path)
{
	char *folder = strdup(path), *slash = folder ? strrchr(folder, '/') : NULL;

	if (slash && slash > folder) {
		*slash = '\0';
		(void)file_make_folder(folder, 0755);
	}
	free(folder);
}

int listen_unix(const char *path, unsigned mode)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	mode_t old;
	int fd, r;

	if (strlen(path) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	memcpy(address.sun_path, path, strlen(path));
	make_folder_of(path);
	remove_stale(&address);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	/* Never, not for a moment, more open than `mode`. */
	old = umask(~(mode_t)mode & 0777);
	r = bind(fd, (const struct sockaddr *)&address, sizeof(address));
	r = r < 0 ? -errno : 0;
	umask(old);
	if (r == 0 && listen(fd, BACKLOG) < 0)
		r = -errno;
	if (r == 0)
		return fd;
	close(fd);
	return r;
}

static int open_unix(struct listeners *l, const char *path, struct fault *why)
{
	int fd = listen_unix(path, 0666);

	if (fd < 0)
		fault_set(why, "listen: unix:%s: %s", path, error_text(fd));
	return fd < 0 ? fd : add(l, fd, path);
}

/* Sockets that the service manager opened for us (sd_listen_fds(3)). */
static int passed_count(void)
{
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");
	uint64_t n_pid = 0, n_fds = 0;

	if (!pid || !fds || view_to_u64(view_of(pid), &n_pid) < 0 || n_pid != (uint64_t)getpid() ||
	    view_to_u64(view_of(fds), &n_fds) < 0)
		return 0;
	return n_fds > PASSED_FDS_MAX ? PASSED_FDS_MAX : (int)n_fds;
}

static int open_passed(struct listeners *l, int n, struct fault *why)
{
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_FDNAMES");
	for (int fd = FIRST_PASSED_FD; fd < FIRST_PASSED_FD + n; fd++) {
		int listening = 0, r;
		socklen_t len = sizeof(listening);

		if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &len) < 0 || !listening) {
			fault_set(why, "descriptor %d of LISTEN_FDS is no listening socket", fd);
			return -ENOTSOCK;
		}
		if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
			return -errno;
		r = add(l, fd, NULL);
		if (r < 0)
			return r;
	}
	return 0;
}

int listen_open(struct listeners *l, const struct settings *s, struct fault *why)
{
	int r = 0, passed = passed_count();

	memset(l, 0, sizeof(*l));
	if (passed > 0)
		r = open_passed(l, passed, why);
	for (size_t i = 0; passed == 0 && r == 0 && i < s->listen.n; i++) {
		const char *text = s->listen.items[i];

		r = strncmp(text, "unix:", 5) == 0 ? open_unix(l, text + 5, why)
						   : open_internet(l, text, s->port, why);
	}
	if (r == 0 && l->list.n == 0) {
		fault_set(why, "listen: no address is given; write for example 127.0.0.1");
		r = -EINVAL;
	}
	if (r < 0)
		listen_close(l);
	return r;
}

void listen_inherit(struct listeners *l, const struct listeners *from)
{
	memset(l, 0, sizeof(*l));
	l->port = from->port;
	for (size_t i = 0; i < from->list.n; i++) {
		struct listener *one = calloc(1, sizeof(*one));

		if (!one)
			die_oom(sizeof(*one));
		one->fd = from->list.items[i]->fd;
		memcpy(one->name, from->list.items[i]->name, sizeof(one->name));
		*vec_push(&l->list) = one;
	}
}

static void on_ready(void *data, int fd, int events);

static void watch_all(struct listeners *l)
{
	for (size_t i = 0; i < l->list.n; i++)
		loop_io_start(l->loop, &l->list.items[i]->io, l->list.items[i]->fd, LOOP_READ,
			      on_ready, l);
}

static void on_pause_over(void *data)
{
	watch_all(data);
}

bool listen_is_short(int err)
{
	return err == EMFILE || err == ENFILE || err == ENOBUFS || err == ENOMEM;
}

/* Out of descriptors or memory: the sockets would be ready for ever, so look away for a moment. */
static void take_pause(struct listeners *l, int err)
{
	int64_t now = clock_ms();

	if (l->said_ms == 0 || now - l->said_ms >= SAY_EVERY_MS) {
		log_warn("no more connections can be accepted: %s; clients wait", error_text(err));
		l->said_ms = now;
	}
	for (size_t i = 0; i < l->list.n; i++)
		loop_io_stop(l->loop, &l->list.items[i]->io);
	loop_timer_start(l->loop, &l->pause, LISTEN_PAUSE_MS, 0, on_pause_over, l);
}

static void leave_to_others(struct listeners *l)
{
	for (size_t i = 0; i < l->list.n; i++)
		loop_io_stop(l->loop, &l->list.items[i]->io);
	l->has_waited = true;
	loop_timer_start(l->loop, &l->pause, NOT_OURS_MS, 0, on_pause_over, l);
}

static void on_ready(void *data, int fd, int events)
{
	struct listeners *l = data;
	int most = l->has_waited ? LATE_AT_ONCE : ACCEPT_AT_ONCE;

	(void)events;
	for (int i = 0; i < most; i++) {
		struct sockaddr_storage from = {.ss_family = AF_UNSPEC};
		socklen_t len = sizeof(from);
		int on = 1;
		int client;

		if (l->is_turn && !l->has_waited && !l->is_turn(l->data)) {
			leave_to_others(l);
			return;
		}
		client = accept4(fd, (struct sockaddr *)&from, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (client < 0) {
			l->has_waited = false;
			if (listen_is_short(errno))
				take_pause(l, errno);
			/* A client that gave up while it waited is no reason to stop. */
			if (errno == ECONNABORTED || errno == EINTR)
				continue;
			return;
		}
		if (from.ss_family != AF_UNIX)
			setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		l->accepted(l->data, client, &from);
	}
	l->has_waited = false;
}

void listen_take_turns(struct listeners *l, bool (*is_turn)(void *data))
{
	l->is_turn = is_turn;
}

void listen_start(struct listeners *l, struct loop *loop, listen_accepted *accepted, void *data)
{
	l->loop = loop;
	l->accepted = accepted;
	l->data = data;
	watch_all(l);
}

void listen_close(struct listeners *l)
{
	if (l->loop)
		loop_timer_stop(l->loop, &l->pause);
	for (size_t i = 0; i < l->list.n; i++) {
		struct listener *one = l->list.items[i];

		if (l->loop)
			loop_io_stop(l->loop, &one->io);
		close(one->fd);
		if (one->unlink_path)
			unlink(one->unlink_path);
		free(one->unlink_path);
		free(one);
	}
	vec_done(&l->list);
}
