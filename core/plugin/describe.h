/* SPDX-License-Identifier: Apache-2.0 */
/*
 * describe.h - what a shared object says it is, read by a short-lived child.
 *
 * Even to look at a plugin's constant its file must be opened by the dynamic linker, which runs its
 * constructors: so not here.
 */
#ifndef PLUGIN_DESCRIBE_H
#define PLUGIN_DESCRIBE_H

#include "plugin/packet.h"

struct description {
	struct packet_about about;
	struct view guide; /* its YAML text */
};

/*
 * Waits for the child, at most some seconds: for start-up and the builder, never on the event loop.
 * The description lives in the arena. 0, or -errno with a sentence in *why (no place set).
 */
int describe_image(struct arena *a, const char *host_program, int image_fd, struct description *ret,
		   struct fault *why);

/* The same, for at most patience_ms. -ETIMEDOUT: it said nothing till then. */
int describe_image_within(struct arena *a, const char *host_program, int image_fd,
			  int64_t patience_ms, struct description *ret, struct fault *why);

#endif
