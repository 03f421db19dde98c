/* SPDX-License-Identifier: Apache-2.0 */
/*
 * activate.c - a service manager for tests: a listening socket handed over, notices printed.
 *
 *	activate PROGRAM ARGUMENTS…
 *
 * Opens a socket on a free port of 127.0.0.1, prints "port N", starts the program with it as
 * LISTEN_FDS and with a NOTIFY_SOCKET, prints what is sent there ("notify READY=1"), and gives the
 * program's exit status.
 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;

static void pass_on(int signum)
{
	kill(child, signum);
}

static int open_listener(void)
{
	struct sockaddr_in in = {.sin_family = AF_INET};
	socklen_t len = sizeof(in);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(fd, (struct sockaddr *)&in, sizeof(in)) < 0 || listen(fd, 16) < 0 ||
	    getsockname(fd, (struct sockaddr *)&in, &len) < 0) {
		perror("activate: listen");
		exit(1);
	}
	printf("port %d\n", ntohs(in.sin_port));
	return fd;
}

static int open_notices(char *name, size_t cap)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	snprintf(name, cap, "@wenlu-test-%ld", (long)getpid());
	memcpy(un.sun_path + 1, name + 1, strlen(name) - 1);
	if (bind(fd, (struct sockaddr *)&un,
		 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name))) < 0) {
		perror("activate: notices");
		exit(1);
	}
	return fd;
}

static void run_child(int listener, const char *notices, char **argv)
{
	char pid[32];

	snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	setenv("LISTEN_PID", pid, 1);
	setenv("LISTEN_FDS", "1", 1);
	setenv("NOTIFY_SOCKET", notices, 1);
	if (listener != 3) {
		dup2(listener, 3);
		close(listener);
	}
	execvp(argv[0], argv);
	perror(argv[0]);
	_exit(127);
}

/* One that lies there; false if there is none. */
static bool print_notice(int fd)
{
	char text[512];
	ssize_t n = recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT);

	if (n > 0)
		printf("notify %.*s\n", (int)n, text);
	return n > 0;
}

int main(int argc, char **argv)
{
	char notices[64];
	int listener, fd, status = 0;

	if (argc < 2)
		return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);
	listener = open_listener();
	fd = open_notices(notices, sizeof(notices));
	child = fork();
	if (child == 0)
		run_child(listener, notices, argv + 1);
	close(listener);
	signal(SIGTERM, pass_on);
	signal(SIGHUP, pass_on);
	while (waitpid(child, &status, WNOHANG) == 0) {
		struct pollfd p = {.fd = fd, .events = POLLIN};

		if (poll(&p, 1, 50) > 0)
			print_notice(fd);
	}
	/* It may have said something between our last look and its end. */
	while (print_notice(fd))
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
