/* SPDX-License-Identifier: Apache-2.0 */
/*
 * neighbour.h - the guides that are installed, which a guide must get on with.
 *
 * Two guides that speak for one place, or names that stand for two: the daemon decides by who was
 * there first, an author wants to know before.
 */
#ifndef CLI_NEIGHBOUR_H
#define CLI_NEIGHBOUR_H

#include "base/arena.h"
#include "base/vec.h"
#include "know/guide.h"
#include "serve/config.h"

struct neighbour {
	struct guide guide;
	const char *path;
};
/* Zero-initialise. Guides live in the arena they were read into. */
struct neighbours {
	VEC(struct neighbour) list;
};

/* The guide of a .yaml or a .so as text; else *why has a sentence. */
int guide_text(struct arena *a, const char *host_program, const char *path, struct view *ret,
	       struct fault *why);
/* All guides of the configured folders that can be read. */
void neighbours_read(struct neighbours *n, struct arena *a, const struct settings *settings);
/* What this guide claims and another has, but for an earlier state of itself (the same name). */
void neighbours_check(const struct neighbours *n, const struct guide *g, const char *file,
		      const struct region_table *regions, struct problems *problems);
void neighbours_done(struct neighbours *n);

#endif
