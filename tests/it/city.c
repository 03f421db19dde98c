/* SPDX-License-Identifier: Apache-2.0 */
/*
 * city.c - a city's system for tests: a small HTTP server on the loopback.
 *
 *	city PORT-FILE
 *
 * /status says its method, body and whether X-From came; /slow says nothing; /large has a
 * million bytes;
 * /away sends elsewhere (to /status); anything else is 404. Ends when its parent does.
 *
 * Below /right, /line, /json, /page and /away stands what a messaging platform may find at a bot's
 * address: its word, the same with a line's end, and what other servers say.
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(int fd, const char *status, const char *more, const char *body)
{
	char out[2048];
	int n = snprintf(out, sizeof(out), "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n%s", status,
			 more, strlen(body), body);

	if (send(fd, out, (size_t)n, MSG_NOSIGNAL) < 0)
		exit(0);
}

/* The word that a platform's check of an address wants to see again. */
static void echo(int fd, const char *head, const char *behind)
{
	const char *word = strstr(head, "echostr=");
	char text[256] = "";

	if (word)
		snprintf(text, sizeof(text), "%.*s%s", (int)strcspn(word + 8, "& \r"), word + 8,
			 behind);
	say(fd, "200 OK", "Content-Type: text/plain\r\n", text);
}

static void answer(int fd, char *head, const char *body)
{
	static const char endless[4096] = {[0 ... 4095] = 'x'};
	char text[512];

	if (strstr(head, " /status ")) {
		snprintf(text, sizeof(text), "%.4s[%s]%s", head, body,
			 strstr(head, "\r\nX-From: wenlu\r\n") ? "已受理" : "");
		say(fd, "200 OK", "Content-Type: text/plain; charset=utf-8\r\n", text);
	} else if (strstr(head, " /slow ")) {
		sleep(60);
	} else if (strstr(head, " /large ")) {
		dprintf(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
		while (send(fd, endless, sizeof(endless), MSG_NOSIGNAL) > 0)
			;
	} else if (strstr(head, " /right/")) {
		echo(fd, head, "");
	} else if (strstr(head, " /line/")) {
		echo(fd, head, "\n");
	} else if (strstr(head, " /json/")) {
		say(fd, "200 OK", "Content-Type: application/json\r\n", "{\"code\":0}");
	} else if (strstr(head, " /page/")) {
		say(fd, "200 OK", "Content-Type: text/html\r\n", "<html>nginx</html>");
	} else if (strstr(head, " /away ") || strstr(head, " /away/")) {
		say(fd, "302 Found", "Location: /status\r\n", "elsewhere");
	} else {
		say(fd, "404 Not Found", "", "nothing here");
	}
}

static void serve(int fd)
{
	char in[8192];
	size_t n = 0;

	for (;;) {
		char *end, *length;
		size_t body = 0;
		ssize_t got = recv(fd, in + n, sizeof(in) - 1 - n, 0);

		if (got <= 0)
			return;
		n += (size_t)got;
		in[n] = '\0';
		end = strstr(in, "\r\n\r\n");
		if (!end)
			continue;
		length = strstr(in, "Content-Length: ");
		if (length && length < end)
			body = strtoul(length + 16, NULL, 10);
		if (n < (size_t)(end - in) + 4 + body)
			continue;
		in[(size_t)(end - in) + 4 + body] = '\0';
		answer(fd, in, end + 4);
		n = 0;
	}
}

int main(int argc, char **argv)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(at);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	FILE *file;

	if (argc != 2)
		return 2;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGCHLD, SIG_IGN);
	if (bind(listener, (struct sockaddr *)&at, sizeof(at)) < 0 || listen(listener, 8) < 0 ||
	    getsockname(listener, (struct sockaddr *)&at, &len) < 0)
		return 1;
	file = fopen(argv[1], "w");
	if (!file)
		return 1;
	fprintf(file, "%d\n", ntohs(at.sin_port));
	fclose(file);
	for (;;) {
		int fd = accept(listener, NULL, NULL);

		if (fd < 0)
			continue;
		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			serve(fd);
			_exit(0);
		}
		close(fd);
	}
}
