/* SPDX-License-Identifier: Apache-2.0 */
/*
 * content.h - how new content comes into the running server.
 *
 * A changed folder, SIGHUP and the administrator's `reload` lead to the same: the builder makes the
 * next generation beside the loop, the engine switches between two questions. Whose engine that is
 * - our own, or those of workers - is the owner's business.
 */
#ifndef SERVE_CONTENT_H
#define SERVE_CONTENT_H

#include "engine/builder.h"
#include "serve/config.h"

struct content;

/* What there is after a switch. */
struct content_facts {
	uint64_t number;
	size_t n_plugins, n_left_out;
	double switch_ms;
};

struct content_owner {
	struct loop *loop;
	const struct settings *settings;
	/* Use what was built from now on. */
	void (*use)(void *data, const struct builder_report *report, struct content_facts *ret);
	/* What was built is refused. */
	void (*refused)(void *data);
	/* A person asked for it: certificates, pages and bots too. Whoever asked reads in `out`
	 * what was wrong. */
	void (*refresh)(void *data, struct buf *out);
	/* The answer to an administrator's reload. */
	void (*tell)(void *data, uint64_t ticket, struct view text);
	void *data;
};

/* The first generation, before the server starts. 0, or -errno with what is wrong in `problems`. */
int content_first(const struct settings *s, struct builder **ret_builder, struct generation **ret,
		  struct problems *problems);
/* Watch, and take what the builder makes. Takes the builder over. */
struct content *content_start(const struct content_owner *owner, struct builder *builder);
/* NULL is fine. */
void content_stop(struct content *c);
/* Have the next generation built; `tell` is called for this ticket when it is in use or refused, 0
 * asks for no answer. */
void content_reload(struct content *c, uint64_t ticket);
/* Changes are not followed any more. */
void content_rest(struct content *c);
/* Why what was built last is not in use; NULL if it is (or `c` is NULL). */
const char *content_refused(const struct content *c);
/* Log what is wrong with plugins. */
void content_log(const struct problems *problems);

#endif
