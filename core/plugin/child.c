/* SPDX-License-Identifier: Apache-2.0 */
/* child.c - starting and ending wenlu-host processes. */
#include "plugin/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Nothing of the server's environment but what the sanitizers and coverage builds need. */
static void pick_environment(char **out, size_t max)
{
	static char locale[] = "LC_ALL=C.UTF-8";
	static const char *const wanted[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS",
					     "LSAN_OPTIONS", "WENLU_HOST_STDERR"};
	size_t n = 0;

	out[n++] = locale;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted) && n < max - 1; i++) {
		const char *value = getenv(wanted[i]);

		/* The entry in environ itself: NAME= stands right before the value. */
		if (value)
			out[n++] = (char *)value - strlen(wanted[i]) - 1;
	}
	out[n] = NULL;
}

static int spawn(const char *program, const char *mode, int socket_fd, int image_fd, pid_t *ret)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, all;
	char parent[16], *env[8];
	char *argv[] = {(char *)program, (char *)mode, parent, NULL};
	int r;

	snprintf(parent, sizeof(parent), "%ld", (long)getpid());
	pick_environment(env, sizeof(env) / sizeof(*env));
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, socket_fd, CHILD_SOCKET_FD);
	posix_spawn_file_actions_adddup2(&actions, image_fd, CHILD_IMAGE_FD);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	r = posix_spawn(ret, program, &actions, &attr, argv, env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return -r;
}

/* A copy well above the two fixed numbers, so that dup2 in the child does not overwrite it. */
static int high_copy(int fd)
{
	return fcntl(fd, F_DUPFD_CLOEXEC, CHILD_IMAGE_FD + 6);
}

int child_start(const char *program, const char *mode, int image_fd, struct child *ret)
{
	struct child c = {.pidfd = -1};
	int pair[2], theirs, image, r = 0;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return -errno;
	theirs = high_copy(pair[1]);
	image = high_copy(image_fd);
	if (theirs < 0 || image < 0)
		r = -errno;
	else
		r = spawn(program, mode, theirs, image, &c.pid);
	close(pair[1]);
	if (theirs >= 0)
		close(theirs);
	if (image >= 0)
		close(image);
	if (r < 0) {
		close(pair[0]);
		return r;
	}
	c.socket = pair[0];
#ifdef __NR_pidfd_open
	/* Always close-on-exec. Where it is missing, -1 says so. */
	c.pidfd = (int)syscall(__NR_pidfd_open, c.pid, 0);
#endif
	*ret = c;
	return 0;
}

void child_kill(const struct child *c)
{
	if (c->pid > 0)
		kill(c->pid, SIGKILL);
}

bool child_reap(struct child *c, bool wait, int *ret_status)
{
	pid_t pid;

	if (c->pid <= 0)
		return false;
	do
		pid = waitpid(c->pid, ret_status, wait ? 0 : WNOHANG);
	while (pid < 0 && errno == EINTR);
	if (pid == 0)
		return false;
	/* Somebody else collected it: it is gone all the same. */
	if (pid < 0)
		*ret_status = 0;
	c->pid = 0;
	return true;
}

int64_t child_cpu_ns(const struct child *c)
{
	struct timespec t;
	clockid_t clock;

	if (c->pid <= 0 || clock_getcpuclockid(c->pid, &clock) || clock_gettime(clock, &t))
		return 0;
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

bool child_wants_cpu(const struct child *c)
{
	char path[32], text[128];
	const char *name_end;
	ssize_t n;
	int fd;

	if (c->pid <= 0)
		return false;
	snprintf(path, sizeof(path), "/proc/%ld/stat", (long)c->pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n <= 0)
		return false;
	text[n] = '\0';
	/* "1234 (a name) R 1 …": the name may have brackets of its own, nothing after it has. */
	name_end = strrchr(text, ')');
	return name_end && name_end[1] == ' ' && (name_end[2] == 'R' || name_end[2] == 'D');
}

bool child_is_starved(const struct child *c, int64_t worked_ms, int64_t cpu_ns)
{
	return (child_cpu_ns(c) - cpu_ns) / 250000 < worked_ms && child_wants_cpu(c);
}

void child_close(struct child *c)
{
	if (c->socket >= 0)
		close(c->socket);
	if (c->pidfd >= 0)
		close(c->pidfd);
	c->socket = c->pidfd = -1;
}

const char *child_status_text(int status, char *buf, size_t cap)
{
	const char *name;

	if (WIFSIGNALED(status)) {
		name = sigdescr_np(WTERMSIG(status));
		snprintf(buf, cap, "it crashed (signal %d, %s)", WTERMSIG(status),
			 name ? name : "unknown");
	} else {
		snprintf(buf, cap, "it ended by itself (exit code %d)", WEXITSTATUS(status));
	}
	return buf;
}
