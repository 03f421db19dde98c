/* SPDX-License-Identifier: Apache-2.0 */
/*
 * loader.h - a generation is made from what the builder handed over, in a thread beside the loop.
 *
 * The same descriptors may go to several processes: each makes its own structs from them, and what
 * is large (archive, model) is the same memory for all.
 */
#ifndef ENGINE_LOADER_H
#define ENGINE_LOADER_H

#include <pthread.h>

#include "base/loop.h"
#include "engine/generation.h"
#include "engine/handover.h"

/* One such work; the thread's alone while it runs. */
struct loading {
	const struct generation_paths *paths;
	struct handover in;    /* archive, model, then images of plugins with code */
	struct ground *ground; /* one that is here already, used if it is the same; NULL: none */
	int64_t began_ms;
	/* out */
	struct generation *generation; /* NULL: failed, see why; its number is 0 */
	struct problems problems;
	struct fault why;
	bool is_trained;
	size_t n_canaries;
	int64_t load_ms;
};

/* Here and now. Images are moved out of `in`, archive and model stay in it. */
void loading_run(struct loading *l);
/* Without a generation: problems, is_trained, n_canaries; true if one can be made of it. */
bool loading_look(struct loading *l);
/* Free all, also what was not taken out. */
void loading_done(struct loading *l);

struct loader {
	struct loop *loop;
	struct loop_io wakes;
	int wake; /* eventfd: the thread has finished */
	bool is_running;
	pthread_t thread;
	struct loading *loading;
	struct ground *ground;    /* of the last it made: the next one mostly stands on the same */
	void (*done)(void *data); /* from the loop */
	void *data;
};

void loader_init(struct loader *l, struct loop *loop, void (*done)(void *data), void *data);
/* One at a time; `loading` is the caller's again when `done` is called. 0 or -errno with its why.
 */
int loader_start(struct loader *l, struct loading *loading);
/* Waits for the thread; `done` is not called any more. Fine for one that is all zero. */
void loader_end(struct loader *l);

#endif
