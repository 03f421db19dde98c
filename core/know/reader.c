/* SPDX-License-Identifier: Apache-2.0 */
/* reader.c - typed access to a YAML tree with faults that name place, key and right values. */
#include "know/reader.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/say.h"
#include "base/utf8.h"
#include "know/nearest.h"

static void add(const struct reader *r, const struct yaml_node *at, bool is_error, const char *fmt,
		va_list ap) __attribute__((format(printf, 4, 0)));
static void add(const struct reader *r, const struct yaml_node *at, bool is_error, const char *fmt,
		va_list ap)
{
	char text[FAULT_TEXT_MAX + 8];

	vsnprintf(text, sizeof(text), say(fmt), ap);
	problem_add(r->problems, is_error, r->file, at ? at->line : 0, at ? at->column : 0, "%s",
		    text);
}

void reader_error(const struct reader *r, const struct yaml_node *at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(r, at, true, fmt, ap);
	va_end(ap);
}

void reader_warn(const struct reader *r, const struct yaml_node *at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(r, at, false, fmt, ap);
	va_end(ap);
}

static void unknown_key(const struct reader *r, const struct yaml_node *child, const char *what,
			const char *const *keys, size_t n_keys)
{
	struct view near = nearest_of(child->key, keys, n_keys);
	struct view shown = utf8_clip(child->key, 60);

	if (view_find(child->key, VIEW("：")) >= 0)
		problem_add(r->problems, true, r->file, child->key_line, child->key_column,
			    "unknown key '%.*s' in %s: its colon is full-width, write ': '",
			    VIEW_ARG(shown), say(what));
	else if (view_find(child->key, VIEW(":")) > 0)
		problem_add(r->problems, true, r->file, child->key_line, child->key_column,
			    "unknown key '%.*s' in %s: a blank is missing behind the colon",
			    VIEW_ARG(shown), say(what));
	else if (near.ptr)
		problem_add(r->problems, true, r->file, child->key_line, child->key_column,
			    "unknown key '%.*s' in %s: did you mean '%.*s'?", VIEW_ARG(shown),
			    say(what), VIEW_ARG(near));
	else
		problem_add(r->problems, true, r->file, child->key_line, child->key_column,
			    "unknown key '%.*s' in %s", VIEW_ARG(shown), say(what));
}

/* Why something became a text that was meant to be more. */
static const char *hint(const struct yaml_node *node, enum yaml_kind wanted)
{
	if (wanted == YAML_LIST && node->kind == YAML_MAP)
		return say(": write '- ' in front of each element");
	if (node->kind != YAML_TEXT)
		return "";
	if (node->text.len == 0)
		return say(", an empty one: fill it in or leave it out");
	if (wanted == YAML_LIST && node->text.ptr[0] == '-')
		return say(": a blank is missing behind the '-'");
	if (wanted == YAML_LIST)
		return say(": write '- ' in front of each element");
	if (wanted == YAML_MAP && view_find(node->text, VIEW("：")) >= 0)
		return say(": its colon is full-width, write ': '");
	if (wanted == YAML_MAP && view_find(node->text, VIEW(":")) > 0)
		return say(": a blank is missing behind the colon");
	return "";
}

bool reader_any_map(const struct reader *r, const struct yaml_node *node, const char *what)
{
	if (!node)
		return false;
	if (node->kind == YAML_MAP)
		return true;
	reader_error(r, node, "%s must be a map (key: value), this is %s%s", say(what),
		     yaml_kind_name(node->kind), hint(node, YAML_MAP));
	return false;
}

bool reader_map(const struct reader *r, const struct yaml_node *node, const char *what,
		const char *const *keys, size_t n_keys)
{
	if (!reader_any_map(r, node, what))
		return false;
	yaml_each (child, node) {
		size_t i = 0;

		while (i < n_keys && !view_is(child->key, keys[i]))
			i++;
		if (i == n_keys)
			unknown_key(r, child, what, keys, n_keys);
	}
	return true;
}

bool reader_element(const struct reader *r, const struct yaml_node *node, const char *what,
		    const char *before, const char *after, const char *const *keys, size_t n_keys)
{
	struct view text = node->kind == YAML_TEXT ? view_trim(node->text) : VIEW("");
	const char *quote = "";

	if (text.len == 0 || hint(node, YAML_MAP)[0])
		return reader_map(r, node, what, keys, n_keys);
	for (size_t i = 0; i < text.len && !quote[0]; i++)
		quote = strchr(",:#[]{}", text.ptr[i]) ? "\"" : "";
	reader_error(r, node, "%s is more than a text: write - %s%s%.*s%s%s", say(what), before,
		     quote, VIEW_ARG(utf8_clip(text, 90)), quote, after);
	return false;
}

bool reader_list(const struct reader *r, const struct yaml_node *node, const char *what, size_t max)
{
	if (!node)
		return false;
	if (node->kind != YAML_LIST) {
		reader_error(r, node, "%s must be a list ('- …' lines or [a, b]), this is %s%s",
			     say(what), yaml_kind_name(node->kind), hint(node, YAML_LIST));
		return false;
	}
	if (node->n <= max)
		return true;
	reader_error(r, node, "%s has %zu elements, at most %zu are allowed", say(what), node->n,
		     max);
	return false;
}

/* Escapes in quotes can bring in anything; only line breaks make sense in a text. */
static bool has_control(struct view text)
{
	for (size_t i = 0; i < text.len; i++)
		if (((unsigned char)text.ptr[i] < ' ' && text.ptr[i] != '\n') ||
		    text.ptr[i] == '\x7f')
			return true;
	return false;
}

struct view reader_text(const struct reader *r, const struct yaml_node *node, const char *what)
{
	struct view text;

	if (!node)
		return VIEW("");
	if (node->kind != YAML_TEXT) {
		reader_error(r, node, "%s must be a text, this is %s (quote it if it holds ': ')",
			     say(what), yaml_kind_name(node->kind));
		return VIEW("");
	}
	text = view_trim(node->text);
	if (text.len == 0 && node->comment)
		reader_error(r, node,
			     "%s is empty, for a '#' behind a blank begins a comment: put the text "
			     "in quotes \"…\", or leave it out",
			     say(what));
	else if (text.len == 0)
		reader_error(r, node, "%s is empty: fill it in or leave it out", say(what));
	if (has_control(text)) {
		reader_error(r, node, "%s holds a control character", say(what));
		return VIEW("");
	}
	if (text.len <= LIMIT_GUIDE_TEXT)
		return text;
	reader_error(r, node, "%s has %zu bytes, at most %d are allowed", say(what), text.len,
		     LIMIT_GUIDE_TEXT);
	return VIEW("");
}

struct view reader_need(const struct reader *r, const struct yaml_node *map, const char *key)
{
	const struct yaml_node *node = yaml_get(map, key);

	if (!node)
		reader_error(r, map, "'%s' is missing", key);
	return reader_text(r, node, key);
}

int32_t reader_number(const struct reader *r, const struct yaml_node *node, const char *what,
		      int32_t most, int32_t none)
{
	uint64_t value;

	if (!node)
		return none;
	if (node->kind == YAML_TEXT && view_to_u64(node->text, &value) == 0 &&
	    value <= (uint64_t)most)
		return (int32_t)value;
	reader_error(r, node, "%s must be a whole number from 0 to %d", say(what), (int)most);
	return none;
}

void reader_texts(const struct reader *r, const struct yaml_node *node, const char *what,
		  const struct view **ret_items, size_t *ret_n)
{
	struct view *items;
	size_t n = 0;

	*ret_items = NULL;
	*ret_n = 0;
	if (!node || !reader_list(r, node, what, LIMIT_GUIDE_LIST) || node->n == 0)
		return;
	items = ARENA_ARRAY(r->arena, node->n, struct view);
	yaml_each (child, node) {
		struct view text = reader_text(r, child, what);

		if (text.len)
			items[n++] = text;
	}
	*ret_items = items;
	*ret_n = n;
}

/* What people write who think of the thing and not of its name here. */
static const char *const meant[][2] = {
    {"公众号", "account"},
    {"小程序", "mini_program"},
    {"网站", "website"},
    {"网页", "website"},
    {"网址", "website"},
    {"web", "website"},
    {"窗口", "window"},
    {"大厅", "window"},
    {"派出所", "window"},
    {"热线", "hotline"},
    {"电话", "hotline"},
    {"phone", "hotline"},
    {"自助", "machine"},
    {"机器", "machine"},
    {"客户端", "app"},
    {"手机应用", "app"},
    {"工作日", "working_day"},
    {"分钟", "minute"},
    {"小时", "hour"},
    {"天", "day"},
    {"日", "day"},
    {"月", "month"},
    {"年", "year"},
    {"法", "law"},
    {"条例", "law"},
    {"规定", "law"},
    {"政府", "government"},
    {"官网", "government"},
    {"官方", "government"},
    {"办事指南", "government"},
    {"新闻", "press"},
    {"报", "press"},
    {"媒体", "press"},
    {"文章", "article"},
    {"自媒体", "article"},
};

static bool is_among(const char *name, const char *const *names, size_t n_names)
{
	for (size_t i = 0; i < n_names; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* The name meant by a text: written otherwise (APP, working day), in Chinese, or misspelt. */
static struct view choice_meant(struct view text, const char *const *names, size_t n_names)
{
	char plain[64];
	struct view same = view_make(plain, text.len);
	const char *best = NULL;

	if (text.len < sizeof(plain)) {
		for (size_t i = 0; i < text.len; i++) {
			char c = text.ptr[i];

			plain[i] = (char)(c >= 'A' && c <= 'Z'   ? c + 'a' - 'A'
					  : c == '-' || c == ' ' ? '_'
								 : c);
		}
		for (size_t i = 0; i < n_names; i++)
			if (view_is(same, names[i]))
				return view_of(names[i]);
	}
	for (size_t i = 0; i < sizeof(meant) / sizeof(meant[0]) && !best; i++)
		if (view_find(text, view_of(meant[i][0])) >= 0 &&
		    is_among(meant[i][1], names, n_names))
			best = meant[i][1];
	return best ? view_of(best) : nearest_of(text, names, n_names);
}

int reader_choice(const struct reader *r, const struct yaml_node *node, const char *what,
		  const char *const *names, size_t n_names)
{
	struct view near;
	char all[200];
	size_t len = 0;

	for (size_t i = 0; i < n_names; i++) {
		if (node && node->kind == YAML_TEXT && view_is(node->text, names[i]))
			return (int)i;
		len += (size_t)snprintf(all + len, len < sizeof(all) ? sizeof(all) - len : 0,
					"%s%s", i ? ", " : "", names[i]);
		if (len >= sizeof(all))
			len = sizeof(all) - 1;
	}
	if (!node || node->kind != YAML_TEXT || node->text.len == 0) {
		reader_error(r, node, "%s is missing or no text: it must be one of %s", say(what),
			     all);
		return -1;
	}
	near = choice_meant(node->text, names, n_names);
	if (near.len)
		reader_error(r, node, "%s '%.*s' is not known: did you mean '%.*s'? (one of %s)",
			     say(what), VIEW_ARG(utf8_clip(node->text, 60)), VIEW_ARG(near), all);
	else
		reader_error(r, node, "%s '%.*s' is not known: it must be one of %s", say(what),
			     VIEW_ARG(utf8_clip(node->text, 60)), all);
	return -1;
}

bool reader_yes(const struct reader *r, const struct yaml_node *node, const char *what)
{
	static const char *const names[] = {"no", "yes"};

	return node && reader_choice(r, node, what, names, N_OF(names)) == 1;
}
