/* SPDX-License-Identifier: Apache-2.0 */
/* config.h - the sections `[bot NAME]` of wenlu.conf into bots with their secrets read. */
#ifndef BOTS_CONFIG_H
#define BOTS_CONFIG_H

#include "bots/platform.h"
#include "know/problem.h"
#include "serve/config.h"

struct bot_list {
	struct bot *items;
	size_t n;
};

/*
 * All bots of the settings. What is wrong goes to `problems`; a bot with an error is left out, so
 * that a missing secret is never an open door. 0, or -EINVAL if there was an error.
 */
int bots_read(const struct settings *s, struct bot_list *ret, struct problems *problems);
/* All of them, or -EINVAL with the first error and none. */
int bots_load(const struct settings *s, struct bot_list *ret, struct fault *why);
void bot_list_done(struct bot_list *l);
void bot_done(struct bot *b);
/* The same platform and settings, secrets too. */
bool bot_eq(const struct bot *a, const struct bot *b);
const struct bot_platform *bot_platform_find(struct view name);
struct bot *bot_list_find(const struct bot_list *l, struct view name);

/* The keys every bot has, whatever its platform. */
extern const struct bot_key bot_common_keys[];
extern const size_t n_bot_common_keys;

#endif
