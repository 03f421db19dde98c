/* SPDX-License-Identifier: Apache-2.0 */
/*
 * describe.h - what shared objects say they are, read by short-lived children.
 *
 * Even to look at a plugin's constant its file must be opened by the dynamic linker, which runs its
 * constructors: so not here. Many are opened side by side, so that one whose constructors wait
 * keeps none of the others.
 */
#ifndef PLUGIN_DESCRIBE_H
#define PLUGIN_DESCRIBE_H

#include "plugin/packet.h"

struct description {
	struct packet_about about;
	struct view guide; /* its YAML text */
};

/* What is wrong with one that hangs (-ETIMEDOUT). */
#define DESCRIBE_LATE                                                                              \
	"it did not say what it is in time: do its constructors wait? It is opened again when it " \
	"changes or somebody asks for a reload"

struct describe_job {
	int image_fd; /* in: sealed; stays the caller's */
	int result;   /* out: 0, or -errno with a sentence in `why` (no place set); -ETIMEDOUT: it
			 said nothing in time */
	struct description description; /* out: lives in the arena */
	struct fault why;
};

/*
 * Ask them all; waits for the children, each at most patience_ms (those that come after many that
 * hung get less): for start-up and the builder, never on the event loop.
 */
void describe_images(struct arena *a, const char *host_program, int64_t patience_ms,
		     struct describe_job *jobs, size_t n);

/* The same of one, patiently. 0, or -errno with a sentence in *why (no place set). */
int describe_image(struct arena *a, const char *host_program, int image_fd, struct description *ret,
		   struct fault *why);

#endif
