/* SPDX-License-Identifier: Apache-2.0 */
/* pace.c - buckets in a table of sets: who is in none of a set's places takes the oldest. */
#include "bots/pace.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/limits.h"

#define BURST  10
#define PLACES 4 /* in a set */
#define SETS   (LIMIT_BOT_PACES / PLACES)

struct bucket {
	uint64_t who; /* 0: nobody */
	int64_t at_ms;
	double tokens;
	bool is_told;
};

struct pace {
	struct bucket buckets[SETS][PLACES];
};

struct pace *pace_new(void)
{
	struct pace *p = calloc(1, sizeof(*p));

	if (!p)
		die_oom(sizeof(*p));
	return p;
}

void pace_free(struct pace *p)
{
	free(p);
}

/* Of a keyed hash already: any of its bytes are as good as others. */
static uint64_t hash(struct view who)
{
	uint64_t h = 1469598103934665603u;

	for (size_t i = 0; i < who.len; i++)
		h = (h ^ (unsigned char)who.ptr[i]) * 1099511628211u;
	return h ? h : 1;
}

static struct bucket *bucket_of(struct pace *p, uint64_t who, int64_t now_ms)
{
	struct bucket *set = p->buckets[(who >> 20) % SETS], *oldest = set;

	for (int i = 0; i < PLACES; i++) {
		if (set[i].who == who)
			return &set[i];
		if (set[i].at_ms < oldest->at_ms)
			oldest = &set[i];
	}
	*oldest = (struct bucket){.who = who, .at_ms = now_ms, .tokens = BURST};
	return oldest;
}

enum pace_verdict pace_take(struct pace *p, struct view who, int64_t per_minute, int64_t now_ms)
{
	struct bucket *b = bucket_of(p, hash(who), now_ms);
	bool was_told = b->is_told;

	if (per_minute <= 0)
		return PACE_GOOD;
	b->tokens += (double)(now_ms - b->at_ms) * (double)per_minute / 60000;
	b->tokens = b->tokens < BURST ? b->tokens : BURST;
	b->at_ms = now_ms;
	b->is_told = b->tokens < 1;
	if (b->tokens < 1)
		return was_told ? PACE_SILENT : PACE_TELL;
	b->tokens -= 1;
	return PACE_GOOD;
}
