/* SPDX-License-Identifier: Apache-2.0 */
/*
 * setting.h - what the operator sets for one plugin: `[plugin NAME]` in wenlu.conf.
 *
 * A few keys are the host's: isolate, allow_hosts, allow_private. All others are the plugin's own,
 * for its conf().
 */
#ifndef PLUGIN_SETTING_H
#define PLUGIN_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct registry;
struct problems;

struct plugin_setting {
	const char *plugin, *key, *value;
};

struct plugin_settings {
	const struct plugin_setting *items;
	size_t n;
};

/* True if the host acts on it, and the plugin does not see it. */
bool plugin_setting_is_ours(const char *key);
/* 0, or -EINVAL with what is wrong in *why. */
int plugin_setting_check(const struct plugin_setting *s, struct fault *why);
/* The value, or NULL. */
const char *plugin_setting_of(const struct plugin_settings *s, const char *plugin, const char *key);

/* Sections that nobody reads, for there is no such plugin, or it has no code: a warning for each.
 */
void plugin_settings_match(const struct plugin_settings *s, const struct registry *registry,
			   struct problems *problems);

#endif
