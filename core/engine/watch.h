/* SPDX-License-Identifier: Apache-2.0 */
/*
 * watch.h - tells when somebody changed the content: plugin folders, intents, wording.
 *
 * Changes are gathered until it is quiet for a moment, then told once. What changed is not told:
 * the builder reads all folders anyway, so nothing is missed when events were lost. Editors'
 * temporary files (.*, *~, #*) and files of other kinds are not noticed.
 */
#ifndef ENGINE_WATCH_H
#define ENGINE_WATCH_H

#include "base/loop.h"
#include "engine/generation.h"

struct watch;

/*
 * What changes from now on will be told. Before the first build, which takes its time: what is
 * dropped in meanwhile must not be missed. Paths are kept, not copied. NULL if this system cannot
 * watch (errno says why).
 */
struct watch *watch_new(const struct generation_paths *paths);
/* Tell it, from the loop. */
void watch_start(struct watch *w, struct loop *loop, void (*changed)(void *data), void *data);
void watch_free(struct watch *w);

#endif
