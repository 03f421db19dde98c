/* SPDX-License-Identifier: Apache-2.0 */
/* admin-client.c - the other end of serve/admin.c. */
#include "cli/admin-client.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"

static int open_socket(const char *path)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	struct timeval patience = {.tv_sec = ADMIN_PATIENCE_S};
	int fd, r;

	if (strlen(path) >= sizeof(at.sun_path))
		return -ENAMETOOLONG;
	memcpy(at.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	r = -errno;
	close(fd);
	return r;
}

static int send_line(int fd, struct view line)
{
	struct buf out = BUF_INIT;
	size_t sent = 0;
	int r = 0;

	buf_view_add(&out, line);
	buf_char(&out, '\n');
	while (sent < out.len && r == 0) {
		ssize_t n = send(fd, out.ptr + sent, out.len - sent, MSG_NOSIGNAL);

		if (n < 0 && errno != EINTR)
			r = -errno;
		else if (n > 0)
			sent += (size_t)n;
	}
	buf_done(&out);
	/* No more will come: the server closes when it has said all. */
	if (r == 0)
		shutdown(fd, SHUT_WR);
	return r;
}

int admin_ask(const char *socket_path, struct view line, struct buf *out)
{
	int fd = open_socket(socket_path), r;
	char piece[4096];
	size_t before = out->len;
	ssize_t n = 1;

	if (fd < 0)
		return fd;
	r = send_line(fd, line);
	while (r == 0 && n != 0) {
		n = recv(fd, piece, sizeof(piece), 0);
		if (n > 0)
			buf_view_add(out, view_make(piece, (size_t)n));
		else if (n < 0 && errno != EINTR)
			r = errno == EAGAIN ? -ETIMEDOUT : -errno;
	}
	close(fd);
	if (r == 0 && out->len - before >= 2 && out->ptr[out->len - 2] == '\n')
		out->len--;
	return r;
}
