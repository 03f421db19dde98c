/* SPDX-License-Identifier: Apache-2.0 */
/*
 * content.h - how new content comes into the running server.
 *
 * A changed folder, SIGHUP and the administrator's `reload` lead to the same: the builder makes the
 * next generation beside the loop, the engine switches between two questions.
 */
#ifndef SERVE_CONTENT_H
#define SERVE_CONTENT_H

#include "engine/builder.h"
#include "serve/config.h"

struct server;

/* The first generation, before the server starts. 0, or -errno with what is wrong in `problems`. */
int content_first(const struct settings *s, struct builder **ret_builder, struct generation **ret,
		  struct problems *problems);
/* Watch, and take what the builder makes. Takes the builder over. */
void content_start(struct server *s, struct builder *builder);
void content_stop(struct server *s);
/* Log what is wrong with plugins. */
void content_log(const struct problems *problems);

#endif
