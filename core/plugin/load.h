/* SPDX-License-Identifier: Apache-2.0 */
/*
 * load.h - opening a plugin and shaking hands. Only in wenlu-host: never in the server.
 */
#ifndef PLUGIN_LOAD_H
#define PLUGIN_LOAD_H

#include <wenlu/plugin.h>

#include "base/error.h"
#include "base/view.h"

struct loaded {
	struct wenlu_plugin entry; /* members the plugin is too old to have are 0 */
	struct view guide;
	size_t n_claims;
	void *handle; /* of dlopen(), for load_close() */
};

/*
 * Open the shared object and check its descriptor. The constructors in it run. Where that
 * fails it stays open: only images that a child has described are opened elsewhere than in one. 0,
 * or -errno with a sentence for the plugin's author in *why.
 */
int load_open(const char *path, struct loaded *ret, struct fault *why);

/* The handshake alone: is `entry` a descriptor that this host can use? */
int load_handshake(const struct wenlu_plugin *entry, struct loaded *ret, struct fault *why);

/* Let it go; nothing of it may be in use any more. */
void load_close(struct loaded *l);

#endif
