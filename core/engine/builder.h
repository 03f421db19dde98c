/* SPDX-License-Identifier: Apache-2.0 */
/*
 * builder.h - the next generation, made beside the event loop.
 *
 *	server                                   builder process (the same program, exec'd)
 *	builder_request() ── paths, live copies ──▶ copies all files, opens .so in children,
 *	                                            checks, trains, asks the canaries, drops
 *	                                            who fails (trial.h)
 *	a thread makes the ◀── sealed memory: ───── archive of all that was read, trained model,
 *	generation from it     images of plugins
 *	done() on the loop: engine_switch()         keeps last good plugins in state_dir, ends
 *
 * The server never reads a file of the content itself, trains nothing and opens no .so; the loop
 * stands still only for the switch. Whatever goes wrong, the present generation stays.
 */
#ifndef ENGINE_BUILDER_H
#define ENGINE_BUILDER_H

#include "base/loop.h"
#include "engine/generation.h"

struct builder;

/* How it went. Valid during the call. */
struct builder_report {
	struct generation *generation;   /* Take a reference to keep it. NULL if !is_used, or if
					    others made theirs of it */
	bool is_used;                    /* false: failed, see why */
	const struct problems *problems; /* of single plugins, and warnings                     */
	struct fault why;
	bool is_trained; /* false: it still has the model of the one before; a second one follows */
	size_t n_canaries; /* asked                                                            */
	int64_t build_ms;  /* in the builder, from the request on                              */
	int64_t load_ms;   /* in the thread                                                    */
};
typedef void builder_done(void *data, const struct builder_report *report);

/* `program` is this program, which must call builder_main() when started with BUILDER_MODE. Paths
 * are kept, not copied. */
struct builder *builder_new(const struct generation_paths *paths, const char *program);
void builder_free(struct builder *b);
/* The first generation: waits for it. 0, or -errno with *why; problems of plugins are added. */
int builder_first(struct builder *b, struct generation **ret, struct problems *problems,
		  struct fault *why);
/* Before that: changes are noticed from now on, also while the first one is built. 0 or -errno. */
int builder_watch(struct builder *b);
/* From now on `done` is called on the loop after each request. */
void builder_start(struct builder *b, struct loop *loop, builder_done *done, void *data);

/*
 * Instead of making a generation here: `handed` is called when the builder's part is done, with the
 * descriptors a struct loading takes (they stay the builder's), for others to make theirs. When
 * all have, or one could not (`why`), builder_taken() is to be called; then `done` is. After
 * builder_start().
 */
typedef void builder_handed(void *data, const int *fds, size_t n_fds);
void builder_pass_on(struct builder *b, builder_handed *handed, void *data);
void builder_taken(struct builder *b, int64_t load_ms, const struct fault *why);
/* The descriptors of what is in use, for somebody who starts later. */
const int *builder_live(const struct builder *b, size_t *ret_n);

/* After builder_start(): what builder_watch() has noticed is told on the loop. */
void builder_follow(struct builder *b, void (*changed)(void *data), void *data);

/* Make another; if one is being made, once more after it (requests meanwhile become one).
 * `by_hand`: somebody asked for it, so plugins that hung are tried once more. */
void builder_request(struct builder *b, bool by_hand);
/* True from a request until it was answered for. */
bool builder_is_busy(const struct builder *b);

/* argv[1] of the builder process; argv[2] is its parent's pid. */
#define BUILDER_MODE "--build-generation"
/* The builder process: socket and request lie where child.h says. Gives the exit status. */
int builder_main(const char *parent);

#endif
