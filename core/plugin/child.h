/* SPDX-License-Identifier: Apache-2.0 */
/* child.h - starting wenlu-host, from the server's side, and putting its end into words. */
#ifndef PLUGIN_CHILD_H
#define PLUGIN_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Where wenlu-host finds its two descriptors. */
#define CHILD_SOCKET_FD 3
#define CHILD_IMAGE_FD  4

struct child {
	pid_t pid;
	int socket; /* ours of the pair */
	int pidfd;  /* readable when it has ended; -1 on kernels before 5.3 */
};

/* Start `program` in `mode` ("serve" or "describe") on an image. 0 or -errno. */
int child_start(const char *program, const char *mode, int image_fd, struct child *ret);
/* SIGKILL. Harmless when it has ended already. */
void child_kill(const struct child *c);
/* Collect it: true if it had ended, then *ret_status is as in waitpid(). With `wait` always true.
 */
bool child_reap(struct child *c, bool wait, int *ret_status);
/* Processor time that its process has had until now, in ns; 0 if that cannot be known. */
int64_t child_cpu_ns(const struct child *c);
/* Whether it would go on this moment if it were given a processor, or a page from the disk: it
 * neither sleeps nor has it ended. false if that cannot be known. */
bool child_wants_cpu(const struct child *c);
/* Whether it would work, but the machine has given it less than a quarter of a processor in these
 * worked_ms, at whose beginning it had had cpu_ns. */
bool child_is_starved(const struct child *c, int64_t worked_ms, int64_t cpu_ns);
/* Close the descriptors that are open. */
void child_close(struct child *c);

/* "it crashed (signal 11, Segmentation fault)", "it ended by itself (exit code 3)". */
const char *child_status_text(int status, char *buf, size_t cap);

#endif
