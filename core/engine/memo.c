/* SPDX-License-Identifier: Apache-2.0 */
/* memo.c - see memo.h. */
#include "engine/memo.h"

#include <stdlib.h>

#include "base/hash.h"
#include "engine/ask.h"

/* Places in the table, figures in a key, and bytes of one answer: at most 8 MiB in all. */
#define PLACES     1024
#define SLOTS_MAX  8
#define BYTES_MAX  8192
#define BLOCK      2048
#define FOR_ALWAYS INT64_MAX

struct entry {
	uint64_t hash; /* 0: empty */
	const struct plugin *plugin;
	const struct region *region;
	const struct intent *intent;
	struct slot slots[SLOTS_MAX];
	size_t n_slots;
	int64_t until_ms;
	const struct host_answer *answer;
	struct arena arena;
};

struct memo {
	struct entry entries[PLACES];
};

struct memo *memo_new(void)
{
	struct memo *m = calloc(1, sizeof(*m));

	if (!m)
		die_oom(sizeof(*m));
	for (size_t i = 0; i < PLACES; i++)
		arena_init(&m->entries[i].arena, BLOCK);
	return m;
}

static void forget(struct entry *e)
{
	e->hash = 0;
	e->answer = NULL;
	arena_done(&e->arena);
}

void memo_clear(struct memo *m)
{
	for (size_t i = 0; i < PLACES; i++)
		if (m->entries[i].hash)
			forget(&m->entries[i]);
}

void memo_free(struct memo *m)
{
	if (m)
		memo_clear(m);
	free(m);
}

static uint64_t hash_key(const struct memo_key *k)
{
	uint64_t h = hash_mix((uint64_t)(uintptr_t)k->plugin) ^ (uint64_t)(uintptr_t)k->region;

	h = hash_mix(h) ^ (uint64_t)(uintptr_t)k->intent;
	for (size_t i = 0; i < k->n_slots; i++)
		h = hash_mix(h ^ hash_view(k->slots[i].name)) + (uint64_t)k->slots[i].value;
	return hash_mix(h) | 1;
}

static bool is_of(const struct entry *e, const struct memo_key *k, uint64_t hash)
{
	if (e->hash != hash || e->plugin != k->plugin || e->region != k->region ||
	    e->intent != k->intent || e->n_slots != k->n_slots)
		return false;
	for (size_t i = 0; i < k->n_slots; i++)
		if (e->slots[i].value != k->slots[i].value ||
		    !view_eq(e->slots[i].name, k->slots[i].name))
			return false;
	return true;
}

const struct host_answer *memo_find(const struct memo *m, const struct memo_key *key,
				    int64_t now_ms)
{
	uint64_t hash = hash_key(key);
	const struct entry *e = &m->entries[hash / 2 % PLACES];

	return is_of(e, key, hash) && now_ms < e->until_ms ? e->answer : NULL;
}

void memo_keep(struct memo *m, const struct memo_key *key, const struct host_answer *answer,
	       int64_t now_ms)
{
	uint64_t hash = hash_key(key);
	struct entry *e = &m->entries[hash / 2 % PLACES];

	if (answer->max_age_ms == 0 || key->n_slots > SLOTS_MAX)
		return;
	forget(e);
	e->answer = answer_copy(&e->arena, answer);
	if (arena_footprint(&e->arena) > BYTES_MAX) {
		forget(e);
		return;
	}
	e->plugin = key->plugin;
	e->region = key->region;
	e->intent = key->intent;
	e->n_slots = key->n_slots;
	for (size_t i = 0; i < key->n_slots; i++)
		e->slots[i] = (struct slot){.name = arena_copy(&e->arena, key->slots[i].name),
					    .value = key->slots[i].value};
	e->until_ms = answer->max_age_ms < 0 ? FOR_ALWAYS : now_ms + answer->max_age_ms;
	e->hash = hash;
}
