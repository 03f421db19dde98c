/* SPDX-License-Identifier: Apache-2.0 */
/* setting.c - see setting.h. */
#include "plugin/setting.h"

#include <errno.h>
#include <string.h>

#include "base/limits.h"
#include "base/view.h"
#include "know/nearest.h"
#include "plugin/allow.h"
#include "plugin/packet.h"
#include "plugin/registry.h"

#define KEY_MAX 64

static const char *const ours[] = {"isolate", "allow_hosts", "allow_private"};
#define N_OURS (sizeof(ours) / sizeof(ours[0]))

bool plugin_setting_is_ours(const char *key)
{
	for (size_t i = 0; i < N_OURS; i++)
		if (strcmp(key, ours[i]) == 0)
			return true;
	return false;
}

/* So like one of ours that it is hardly the plugin's: one letter more, less or other. */
static bool is_nearly(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return strcmp(a, b) == 0 || (*a && strcmp(a + 1, b) == 0) ||
	       (*b && strcmp(a, b + 1) == 0) || (*a && *b && strcmp(a + 1, b + 1) == 0);
}

int plugin_setting_check(const struct plugin_setting *s, struct fault *why)
{
	if (!packet_word_ok(view_of(s->key), KEY_MAX) ||
	    !packet_text_ok(view_of(s->value), LIMIT_GUIDE_TEXT)) {
		fault_set(why, "a key is a word of at most %d letters, a value one line", KEY_MAX);
		return -EINVAL;
	}
	if (strcmp(s->key, "allow_hosts") == 0)
		return allow_check(view_of(s->value), why);
	if (plugin_setting_is_ours(s->key)) {
		if (strcmp(s->value, "yes") == 0 || strcmp(s->value, "no") == 0)
			return 0;
		fault_set(why, "%s: '%s' is none of yes|no", s->key, s->value);
		return -EINVAL;
	}
	for (size_t i = 0; i < N_OURS; i++) {
		if (!is_nearly(s->key, ours[i]))
			continue;
		fault_set(why, "'%s': did you mean '%s'?", s->key, ours[i]);
		return -EINVAL;
	}
	return 0;
}

const char *plugin_setting_of(const struct plugin_settings *s, const char *plugin, const char *key)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->items[i].plugin, plugin) == 0 && strcmp(s->items[i].key, key) == 0)
			return s->items[i].value;
	return NULL;
}

static bool is_first_of(const struct plugin_settings *s, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (strcmp(s->items[j].plugin, s->items[i].plugin) == 0)
			return false;
	return true;
}

static void match_one(const char *name, const struct registry *registry, struct problems *problems)
{
	struct nearest near = NEAREST_INIT(view_of(name));

	for (size_t i = 0; i < registry_count(registry); i++) {
		const struct plugin *p = registry_at(registry, i);

		if (!view_is(p->name, name)) {
			nearest_offer(&near, p->name);
			continue;
		}
		if (!p->has_code)
			problem_add(
			    problems, false, NULL, 0, 0,
			    "[plugin %s]: this plugin has no code, nothing reads its settings",
			    name);
		return;
	}
	if (near.best.ptr)
		problem_add(problems, false, NULL, 0, 0,
			    "[plugin %s]: no plugin of that name is in use; did you mean '%.*s'?",
			    name, VIEW_ARG(near.best));
	else
		problem_add(problems, false, NULL, 0, 0,
			    "[plugin %s]: no plugin of that name is in use", name);
}

void plugin_settings_match(const struct plugin_settings *s, const struct registry *registry,
			   struct problems *problems)
{
	for (size_t i = 0; i < s->n; i++)
		if (is_first_of(s, i))
			match_one(s->items[i].plugin, registry, problems);
}
