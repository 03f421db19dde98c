/* SPDX-License-Identifier: Apache-2.0 */
/* config.c - reading wenlu.conf by the table in config_rows.c. */
#include "serve/config.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "know/nearest.h"

#define CONFIG_BYTES_MAX 262144
#define VALUE_ITEMS_MAX  64

/* The folders of an installation, by the names that stand for them in the table. */
static const struct {
	const char *name, *here, *debian;
} folders[] = {
    {"@data@", WENLU_DATADIR, "/usr/share/wenlu"},
    {"@plugins@", WENLU_PLUGINDIR, "/usr/lib/wenlu/plugins"},
    {"@libexec@", WENLU_LIBEXECDIR, "/usr/libexec"},
    {"@state@", WENLU_STATEDIR, "/var/lib/wenlu"},
    {"@cache@", WENLU_CACHEDIR, "/var/cache/wenlu"},
    {"@run@", WENLU_RUNDIR, "/run/wenlu"},
};

const char *settings_default(struct arena *a, const struct setting_row *row, bool installed)
{
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		struct view name = view_of(folders[i].name);

		if (view_starts(view_of(row->value), name))
			return arena_printf(a, "%s%s",
					    installed ? folders[i].here : folders[i].debian,
					    row->value + name.len)
			    .ptr;
	}
	return row->value;
}

static const struct setting_row *find_row(struct view key, size_t *ret_index)
{
	size_t n;
	const struct setting_row *rows = settings_rows(&n);

	for (size_t i = 0; i < n; i++) {
		if (rows[i].key && view_is(key, rows[i].key)) {
			*ret_index = i;
			return &rows[i];
		}
	}
	return NULL;
}

static int unknown_key(struct view key, struct fault *why)
{
	struct nearest near = NEAREST_INIT(key);
	size_t n;
	const struct setting_row *rows = settings_rows(&n);

	for (size_t i = 0; i < n; i++)
		if (rows[i].key)
			nearest_offer(&near, view_of(rows[i].key));
	if (near.best.ptr)
		fault_set(why, "there is no setting '%.*s'; did you mean '%.*s'?", VIEW_ARG(key),
			  VIEW_ARG(near.best));
	else
		fault_set(why, "there is no setting '%.*s'; wenlud --help lists all of them",
			  VIEW_ARG(key));
	return -EINVAL;
}

static int parse_number(const struct setting_row *row, struct view value, int64_t *ret,
			struct fault *why)
{
	uint64_t n, unit = 1;
	struct view digits = value;
	char last = value.len ? value.ptr[value.len - 1] : '\0';

	if (row->type == SETTING_SIZE &&
	    (last == 'K' || last == 'k' || last == 'M' || last == 'm')) {
		unit = last == 'K' || last == 'k' ? 1024 : 1048576;
		digits.len--;
	}
	if (view_to_u64(view_trim(digits), &n) < 0 || n > INT64_MAX / unit) {
		fault_set(why, "%s: '%.*s' is no %s", row->key, VIEW_ARG(value),
			  row->type == SETTING_SIZE ? "size (a number, or a number and K or M)"
						    : "whole number");
		return -EINVAL;
	}
	n *= unit;
	if ((int64_t)n < row->min || (int64_t)n > row->max) {
		fault_set(why, "%s: %llu is out of bounds; it may be %lld to %lld", row->key,
			  (unsigned long long)n, (long long)row->min, (long long)row->max);
		return -EINVAL;
	}
	*ret = (int64_t)n;
	return 0;
}

static int parse_choice(struct arena *a, const struct setting_row *row, struct view value,
			const char **ret, struct fault *why)
{
	struct view rest = view_of(row->choices), choice;

	while (view_split(&rest, '|', &choice)) {
		if (view_eq(choice, value)) {
			*ret = arena_copy(a, value).ptr;
			return 0;
		}
	}
	fault_set(why, "%s: '%.*s' is none of %s", row->key, VIEW_ARG(value), row->choices);
	return -EINVAL;
}

static const char *path_from(struct arena *a, const char *base_dir, struct view value)
{
	const char *path = arena_copy(a, value).ptr;

	return value.len == 0 ? "" : file_join(a, base_dir, path);
}

static int parse_list(struct arena *a, const struct setting_row *row, const char *base_dir,
		      struct view value, struct text_list *ret, struct fault *why)
{
	const char **items = ARENA_ARRAY(a, VALUE_ITEMS_MAX, const char *);
	struct view rest = value, item;
	size_t n = 0;

	while (view_split(&rest, ',', &item)) {
		item = view_trim(item);
		if (item.len == 0)
			continue;
		if (n == VALUE_ITEMS_MAX) {
			fault_set(why, "%s: more than %d items", row->key, VALUE_ITEMS_MAX);
			return -EINVAL;
		}
		items[n++] = row->type == SETTING_PATHS ? path_from(a, base_dir, item)
							: arena_copy(a, item).ptr;
	}
	*ret = (struct text_list){items, n};
	return 0;
}

static int set_row(struct settings *s, const struct setting_row *row, struct view value,
		   const char *base_dir, struct fault *why)
{
	void *to = (char *)s + row->offset;

	switch (row->type) {
	case SETTING_TEXT:
		*(const char **)to = arena_copy(&s->arena, value).ptr;
		return 0;
	case SETTING_PATH:
		*(const char **)to = path_from(&s->arena, base_dir, value);
		return 0;
	case SETTING_LIST:
	case SETTING_PATHS:
		return parse_list(&s->arena, row, base_dir, value, to, why);
	case SETTING_NUMBER:
	case SETTING_SIZE:
		return parse_number(row, value, to, why);
	case SETTING_CHOICE:
		return parse_choice(&s->arena, row, value, to, why);
	}
	return -EINVAL;
}

void settings_init(struct settings *s)
{
	size_t n;
	const struct setting_row *rows = settings_rows(&n);
	struct fault why;

	_Static_assert(sizeof(s->given) * 8 >= 64, "a bit for every row");
	memset(s, 0, sizeof(*s));
	arena_init(&s->arena, 0);
	if (n > 64)
		die("more settings than bits in settings.given");
	for (size_t i = 0; i < n; i++) {
		if (!rows[i].key)
			continue;
		if (set_row(s, &rows[i], view_of(settings_default(&s->arena, &rows[i], true)), NULL,
			    &why) < 0)
			die("the default of a setting is wrong: %s", why.text);
	}
}

void settings_done(struct settings *s)
{
	vec_done(&s->bots);
	vec_done(&s->bot_lines);
	vec_done(&s->of_plugins);
	arena_done(&s->arena);
}

/* Behind the `=`: quotes taken off, or a trailing comment cut. */
static int clean_value(struct view raw, struct view *ret, struct fault *why)
{
	struct view v = view_trim(raw);

	if (v.len > 0 && v.ptr[0] == '"') {
		ptrdiff_t end = view_find(view_sub(v, 1, v.len), VIEW("\""));
		struct view rest;

		if (end < 0) {
			fault_set(why, "the closing quote is missing");
			return -EINVAL;
		}
		rest = view_trim(view_sub(v, (size_t)end + 2, v.len));
		if (rest.len > 0 && rest.ptr[0] != '#') {
			fault_set(why, "something stands behind the closing quote");
			return -EINVAL;
		}
		*ret = view_sub(v, 1, (size_t)end);
		return 0;
	}
	for (size_t i = 0; i < v.len; i++)
		if (v.ptr[i] == '#' && (i == 0 || v.ptr[i - 1] == ' ' || v.ptr[i - 1] == '\t'))
			v.len = i;
	*ret = view_trim(v);
	return 0;
}

struct reading {
	struct settings *settings;
	const char *name, *base_dir;
	uint64_t seen;
	const char *plugin;     /* whose section this is */
	bool in_section, skips; /* the head of this section was wrong, and that was said */
	unsigned line;
};

/* Short, and good in an address. */
static bool is_bot_name(struct view v)
{
	for (size_t i = 0; i < v.len; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-_", v.ptr[i]))
			return false;
	return v.len > 0 && v.len <= 32;
}

static int read_plugin_head(struct reading *r, struct view name, struct fault *why)
{
	struct settings *s = r->settings;

	name = view_trim(view_sub(name, 7, name.len));
	for (size_t i = 0; i < name.len; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", name.ptr[i]))
			name.len = 0;
	if (name.len == 0 || name.len > 64) {
		fault_set(why, "[plugin NAME] needs the name of a plugin: of a-z, 0-9 and -");
		return -EINVAL;
	}
	r->plugin = arena_copy(&s->arena, name).ptr;
	r->skips = false;
	return 0;
}

static int read_plugin_line(struct reading *r, struct view key, struct view value,
			    struct fault *why)
{
	struct settings *s = r->settings;
	struct plugin_setting one = {.plugin = r->plugin};
	int res = clean_value(value, &value, why);

	if (res < 0)
		return res;
	one.key = arena_copy(&s->arena, key).ptr;
	one.value = arena_copy(&s->arena, value).ptr;
	for (size_t i = 0; i < s->of_plugins.n; i++) {
		const struct plugin_setting *other = &s->of_plugins.items[i];

		if (strcmp(other->plugin, one.plugin) == 0 && strcmp(other->key, one.key) == 0) {
			fault_set(why, "%s is set twice for this plugin", one.key);
			return -EINVAL;
		}
	}
	res = plugin_setting_check(&one, why);
	if (res == 0)
		*vec_push(&s->of_plugins) = one;
	return res;
}

static int read_head(struct reading *r, struct view line, struct fault *why)
{
	struct settings *s = r->settings;
	struct view name = view_trim(view_sub(line, 1, line.len - 2));

	r->in_section = r->skips = true;
	r->plugin = NULL;
	if (view_ends(line, VIEW("]")) && view_starts(name, VIEW("plugin ")))
		return read_plugin_head(r, name, why);
	if (!view_ends(line, VIEW("]")) || !view_starts(name, VIEW("bot "))) {
		fault_set(why, "'%.*s' is no section; there are [bot NAME] and [plugin NAME]",
			  VIEW_ARG(line));
		return -EINVAL;
	}
	name = view_trim(view_sub(name, 4, name.len));
	if (!is_bot_name(name)) {
		fault_set(why, "'%.*s' is no name for a bot: up to 32 of a-z, 0-9, - and _",
			  VIEW_ARG(name));
		return -EINVAL;
	}
	for (size_t i = 0; i < s->bots.n; i++) {
		if (view_is(name, s->bots.items[i].name)) {
			fault_set(why, "there is a [bot %s] already", s->bots.items[i].name);
			return -EINVAL;
		}
	}
	if (s->bots.n == LIMIT_BOTS) {
		fault_set(why, "more than %d bots", LIMIT_BOTS);
		return -EINVAL;
	}
	*vec_push(&s->bots) =
	    (struct settings_section){.name = arena_copy(&s->arena, name).ptr,
				      .file = arena_strdup(&s->arena, r->name),
				      .base_dir = arena_strdup(&s->arena, r->base_dir),
				      .line = r->line};
	r->skips = false;
	return 0;
}

static int read_bot_line(struct reading *r, struct view key, struct view value, struct fault *why)
{
	struct settings *s = r->settings;
	size_t section = s->bots.n - 1;
	int res = clean_value(value, &value, why);

	if (res < 0)
		return res;
	for (size_t i = 0; i < s->bot_lines.n; i++) {
		if (s->bot_lines.items[i].section == section &&
		    view_is(key, s->bot_lines.items[i].key)) {
			fault_set(why, "%.*s is set twice for this bot", VIEW_ARG(key));
			return -EINVAL;
		}
	}
	*vec_push(&s->bot_lines) = (struct settings_line){
	    section, r->line, arena_copy(&s->arena, key).ptr, arena_copy(&s->arena, value).ptr};
	return 0;
}

static int read_line(struct reading *r, struct view line, struct fault *why)
{
	const struct setting_row *row;
	struct view key, value = line;
	size_t index;
	int res;

	if (line.ptr[0] == '[')
		return read_head(r, line, why);
	if (r->skips)
		return 0;
	if (!view_split(&value, '=', &key) || !value.ptr) {
		fault_set(why, "'%.*s' is no setting; a line is 'key = value'", VIEW_ARG(line));
		return -EINVAL;
	}
	key = view_trim(key);
	if (r->plugin)
		return read_plugin_line(r, key, value, why);
	if (r->in_section)
		return read_bot_line(r, key, value, why);
	row = find_row(key, &index);
	if (!row)
		return unknown_key(key, why);
	if (r->seen & (uint64_t)1 << index) {
		fault_set(why, "%s is set twice in this file", row->key);
		return -EINVAL;
	}
	r->seen |= (uint64_t)1 << index;
	res = clean_value(value, &value, why);
	if (res == 0)
		res = set_row(r->settings, row, value, r->base_dir, why);
	if (res == 0)
		r->settings->given |= (uint64_t)1 << index;
	return res;
}

int settings_read_text(struct settings *s, struct view text, const char *name, const char *base_dir,
		       struct problems *problems)
{
	struct reading r = {.settings = s, .name = name, .base_dir = base_dir ? base_dir : ""};
	struct view rest = text, line;
	size_t bad, n_before = problems_errors(problems);
	unsigned number = 0;

	if (view_starts(text, VIEW("\xef\xbb\xbf")))
		rest = view_sub(text, 3, text.len);
	if (!utf8_is_valid(rest, &bad)) {
		problem_add(problems, true, name, 0, 0, "this file is not UTF-8 (byte %zu)", bad);
		return -EBADMSG;
	}
	while (view_split(&rest, '\n', &line)) {
		struct fault why;

		r.line = ++number;
		line = view_trim(line);
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (read_line(&r, line, &why) < 0)
			problem_add(problems, true, name, number, 1, "%s", why.text);
	}
	return problems_errors(problems) > n_before ? -EBADMSG : 0;
}

static const char *folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	char here[PATH_MAX];
	struct view folder = slash ? view_make(path, (size_t)(slash - path)) : VIEW("");

	if (path[0] == '/')
		return folder.len ? arena_copy(a, folder).ptr : "/";
	if (!getcwd(here, sizeof(here)))
		return arena_copy(a, folder).ptr;
	return folder.len ? arena_printf(a, "%s/%.*s", here, VIEW_ARG(folder)).ptr
			  : arena_strdup(a, here);
}

int settings_read(struct settings *s, const char *path, struct problems *problems)
{
	struct view text;
	int r = file_read(&s->arena, path, CONFIG_BYTES_MAX, &text);

	s->file = arena_strdup(&s->arena, path);
	if (r < 0) {
		problem_add(problems, true, path, 0, 0, "cannot be read: %s", error_text(r));
		return r;
	}
	return settings_read_text(s, text, path, folder_of(&s->arena, path), problems);
}

int settings_set(struct settings *s, const char *assignment, struct fault *why)
{
	struct view value = view_of(assignment), key;
	const struct setting_row *row;
	char here[PATH_MAX] = "";
	size_t index;
	int r;

	if (!view_split(&value, '=', &key) || !value.ptr) {
		fault_set(why, "'%s' is no setting; write key=value", assignment);
		return -EINVAL;
	}
	key = view_trim(key);
	row = find_row(key, &index);
	if (!row)
		return unknown_key(key, why);
	if (!getcwd(here, sizeof(here)))
		here[0] = '\0';
	r = set_row(s, row, view_trim(value), here, why);
	if (r == 0)
		s->given |= (uint64_t)1 << index;
	return r;
}

bool settings_is_given(const struct settings *s, const char *key)
{
	size_t index;

	return find_row(view_of(key), &index) && s->given >> index & 1;
}
