/* SPDX-License-Identifier: Apache-2.0 */
/* language.c - see language.h; the Chinese is zh_CN.po, made into a table by gen-messages.awk. */
#include "cli/language.h"

#include <stdlib.h>

#include "base/view.h"

static const struct saying chinese_items[] = {
#include "cli/messages-zh.inc"
};
static const struct sayings chinese = {chinese_items,
				       sizeof(chinese_items) / sizeof(chinese_items[0])};

/* What the locale of messages is called; "C" if nobody says. */
static struct view locale_name(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		const char *value = getenv(variables[i]);

		if (value && *value)
			return view_of(value);
	}
	return VIEW("C");
}

/* "zh" of zh, zh_CN, zh-Hans and zh_CN.UTF-8. */
static bool is_in(struct view name, const char *language)
{
	size_t n = 0;

	while (n < name.len && ((name.ptr[n] >= 'a' && name.ptr[n] <= 'z') ||
				(name.ptr[n] >= 'A' && name.ptr[n] <= 'Z')))
		n++;
	return view_is(view_sub(name, 0, n), language);
}

const struct sayings *language_sayings(void)
{
	struct view locale = locale_name(), list, name;
	const char *wishes = getenv("LANGUAGE");

	if (view_is(locale, "C") || view_is(locale, "POSIX"))
		return NULL;
	list = view_of(wishes ? wishes : "");
	while (view_split(&list, ':', &name)) {
		if (is_in(name, "zh"))
			return &chinese;
		/* What the messages are written in. */
		if (is_in(name, "en") || is_in(name, "C"))
			return NULL;
	}
	return is_in(locale, "zh") ? &chinese : NULL;
}
