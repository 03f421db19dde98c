/* SPDX-License-Identifier: Apache-2.0 */
/* spy.c - tries what a plugin may not do, and tells what worked. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "zoo.h"

static void try(char *report, size_t cap, const char *what, int worked)
{
	size_t n = 0;

	while (report[n])
		n++;
	if (worked)
		snprintf(report + n, cap - n, " %s", what);
}

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	char report[300] = "worked:";
	pid_t child;

	(void)state;
	(void)request;
	try(report, sizeof(report), "reading", open("/etc/passwd", O_RDONLY) >= 0);
	try(report, sizeof(report), "writing", open("/tmp/spy", O_WRONLY | O_CREAT, 0600) >= 0);
	try(report, sizeof(report), "socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
	try(report, sizeof(report), "signal", kill(getppid(), 0) == 0);
	child = fork();
	if (child == 0)
		_exit(0);
	try(report, sizeof(report), "fork", child > 0);
	if (child > 0)
		waitpid(child, NULL, 0);
	return host->set_summary(out, report, "T1");
}

ZOO_ANIMAL("spy", answer);
