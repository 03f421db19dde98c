/* SPDX-License-Identifier: Apache-2.0 */
/*
 * memo.h - answers of plugins' code that need not be asked for twice.
 *
 * Within one generation, by plugin, place, intent and figures; for as long as the plugin allows
 * (set_max_age). A fixed number of places: a newer answer takes the place of an older one. Emptied
 * at every switch, so its pointers never outlive their generation.
 */
#ifndef ENGINE_MEMO_H
#define ENGINE_MEMO_H

#include "nlu/understand.h"
#include "plugin/host.h"
#include "plugin/registry.h"

struct memo;

struct memo_key {
	const struct plugin *plugin;
	const struct region *region; /* asked about */
	const struct intent *intent;
	const struct slot *slots;
	size_t n_slots;
};

struct memo *memo_new(void);
void memo_free(struct memo *m);
void memo_clear(struct memo *m);
/* Valid until the next memo_keep() or memo_clear(); NULL if it must be asked. */
const struct host_answer *memo_find(const struct memo *m, const struct memo_key *key,
				    int64_t now_ms);
/* A copy, for as long as the answer says. */
void memo_keep(struct memo *m, const struct memo_key *key, const struct host_answer *answer,
	       int64_t now_ms);

#endif
