/* SPDX-License-Identifier: Apache-2.0 */
/*
 * host-main.c - the program wenlu-host: a plugin's code runs in here and nowhere else.
 *
 * Started by the server (child.c) with a socket and the plugin's image on fixed descriptors. It
 * gives up what it does not need before it opens the image. Not meant to be started by hand.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "plugin/child.h"
#include "plugin/confine.h"
#include "plugin/serve.h"

/* Nothing of the server's is left open, whatever it forgot to mark. */
static void close_others(void)
{
	int nothing = open("/dev/null", O_RDWR);

	for (int fd = 0; fd < 3 && nothing >= 0; fd++)
		if (nothing != fd && (fd != 2 || !getenv("WENLU_HOST_STDERR")))
			dup2(nothing, fd);
#ifdef __NR_close_range
	if (syscall(__NR_close_range, CHILD_IMAGE_FD + 1, ~0U, 0) == 0)
		return;
#endif
	for (int fd = CHILD_IMAGE_FD + 1; fd < 4096; fd++)
		close(fd);
}

/* End when the server ends, also when it did before this call. */
static void follow_parent(const char *parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != (pid_t)strtol(parent, NULL, 10))
		_exit(EXIT_FAILURE);
}

int main(int argc, char **argv)
{
	struct serve_options options = {.socket = CHILD_SOCKET_FD};
	char image[32];
	int r;

	if (argc != 3 || fcntl(CHILD_SOCKET_FD, F_GETFD) < 0 ||
	    fcntl(CHILD_IMAGE_FD, F_GETFD) < 0) {
		fputs("wenlu-host is started by wenlud, not by hand.\n", stderr);
		return EXIT_FAILURE;
	}
	follow_parent(argv[2]);
	close_others();
	snprintf(image, sizeof(image), "/proc/self/fd/%d", CHILD_IMAGE_FD);
	options.image = image;
	options.describe = strcmp(argv[1], "describe") == 0;
	r = confine_self();
	if (r < 0)
		return EXIT_FAILURE;
	options.confined = (unsigned)r;
	return serve_run(&options) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
