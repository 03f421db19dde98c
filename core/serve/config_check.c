/* SPDX-License-Identifier: Apache-2.0 */
/* config_check.c - from where the configuration comes, whether it makes sense, and how it is shown.
 */
#include "serve/config.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define HELP_WIDTH 76

const char *settings_default_file(struct settings *s, bool *ret_exists)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	const char *installed = WENLU_CONFDIR "/wenlu.conf";

	while (n > 0 && exe[n - 1] != '/')
		n--;
	if (n > 0) {
		const char *beside = arena_printf(&s->arena, "%.*sin-place.conf", (int)n, exe).ptr;

		if (access(beside, F_OK) == 0) {
			*ret_exists = true;
			return beside;
		}
	}
	*ret_exists = access(installed, F_OK) == 0;
	return installed;
}

static void want(struct problems *p, const char *key, const char *path, mode_t kind)
{
	struct stat st;

	if (stat(path, &st) < 0)
		problem_add(p, true, path, 0, 0, "%s; the setting '%s' names it", error_text(errno),
			    key);
	else if ((st.st_mode & S_IFMT) != kind)
		problem_add(p, true, path, 0, 0, "this is not a %s; the setting '%s' names it",
			    kind == S_IFDIR ? "folder" : "file", key);
}

unsigned settings_workers(const struct settings *s)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	uint64_t n = 0;

	if (strcmp(s->workers, "auto") == 0)
		n = cores < 1 ? 1 : (uint64_t)cores;
	else
		(void)view_to_u64(view_of(s->workers), &n);
	return n < 1 ? 1 : n > WORKERS_MAX ? WORKERS_MAX : (unsigned)n;
}

static bool is_workers(const char *text)
{
	uint64_t n;

	return strcmp(text, "auto") == 0 ||
	       (view_to_u64(view_of(text), &n) == 0 && n >= 1 && n <= WORKERS_MAX);
}

/* In the server's own process nobody can wait for another system. */
static void check_plugins(const struct settings *s, struct problems *problems)
{
	struct plugin_settings all = {s->of_plugins.items, s->of_plugins.n};

	for (size_t i = 0; i < all.n; i++) {
		const struct plugin_setting *one = &all.items[i];

		if (strcmp(one->key, "isolate") == 0 && strcmp(one->value, "no") == 0 &&
		    plugin_setting_of(&all, one->plugin, "allow_hosts"))
			problem_add(problems, true, NULL, 0, 0,
				    "[plugin %s]: isolate = no and allow_hosts exclude each other: "
				    "code in the server's process must not wait",
				    one->plugin);
	}
}

int settings_check(const struct settings *s, struct problems *problems)
{
	size_t n_before = problems_errors(problems);
	struct fault why;

	want(problems, "intents", s->intents, S_IFDIR);
	want(problems, "regions", s->regions, S_IFDIR);
	want(problems, "wording", s->wording, S_IFREG);
	for (size_t i = 0; i < s->plugins.n; i++)
		want(problems, "plugins", s->plugins.items[i], S_IFDIR);
	check_plugins(s, problems);
	if (!s->tls_certificate[0] != !s->tls_key[0])
		problem_add(problems, true, NULL, 0, 0,
			    "tls_certificate and tls_key: only one of them is set; TLS needs both");
	if (!is_workers(s->workers))
		problem_add(problems, true, NULL, 0, 0,
			    "workers: '%s' is no number from 1 to %d; or write auto", s->workers,
			    WORKERS_MAX);
	if (strcmp(s->require_signed, "yes") == 0 && s->trusted_keys.n == 0)
		problem_add(problems, true, NULL, 0, 0,
			    "require_signed = yes without trusted_keys would let no plugin in");
	for (size_t i = 0; i < s->trusted_keys.n; i++)
		if (trust_check_key(s->trusted_keys.items[i], &why) < 0)
			problem_add(problems, true, NULL, 0, 0, "trusted_keys: %s", why.text);
	if (s->max_connections_per_address > s->max_connections)
		problem_add(
		    problems, false, NULL, 0, 0,
		    "max_connections_per_address (%lld) is above max_connections (%lld) and "
		    "has no effect",
		    (long long)s->max_connections_per_address, (long long)s->max_connections);
	if (s->max_question_bytes > s->max_frame_bytes)
		problem_add(problems, false, NULL, 0, 0,
			    "max_question_bytes (%lld) is above max_frame_bytes (%lld): longer "
			    "questions cannot arrive",
			    (long long)s->max_question_bytes, (long long)s->max_frame_bytes);
	return problems_errors(problems) > n_before ? -EINVAL : 0;
}

int settings_load_file(struct settings *s, const char *path, struct problems *problems)
{
	bool exists = true;

	settings_init(s);
	if (!path)
		path = settings_default_file(s, &exists);
	return exists ? settings_read(s, path, problems) : 0;
}

int settings_load(struct settings *s, const char *path, struct problems *problems)
{
	int r = settings_load_file(s, path, problems);

	return r < 0 ? r : settings_check(s, problems);
}

void settings_paths(const struct settings *s, struct generation_paths *ret)
{
	*ret = (struct generation_paths){
	    .of_plugins = {s->of_plugins.items, s->of_plugins.n},
	    .intents_dir = s->intents,
	    .regions_dir = s->regions,
	    .wording_file = s->wording,
	    .plugin_dirs = s->plugins.items,
	    .n_plugin_dirs = s->plugins.n,
	    .host_program = s->host_program,
	    .cache_dir = s->cache_dir[0] ? s->cache_dir : NULL,
	    .state_dir = s->state_dir[0] ? s->state_dir : NULL,
	    .trust = {.keys = s->trusted_keys.items,
		      .n_keys = s->trusted_keys.n,
		      .is_required = strcmp(s->require_signed, "yes") == 0},
	};
}

/* Words of `text` in lines of at most HELP_WIDTH, each behind `margin`. */
static void wrap(struct buf *out, const char *margin, const char *text)
{
	struct view rest = view_of(text), word;
	size_t column = 0;

	while (view_split(&rest, ' ', &word)) {
		if (column == 0 || column + 1 + word.len > HELP_WIDTH - strlen(margin)) {
			if (column > 0)
				buf_char(out, '\n');
			buf_str(out, margin);
			column = 0;
		} else {
			buf_char(out, ' ');
			column++;
		}
		buf_view_add(out, word);
		column += word.len;
	}
	buf_char(out, '\n');
}

static void bounds(struct buf *out, const struct setting_row *row)
{
	if (row->type == SETTING_NUMBER || row->type == SETTING_SIZE)
		buf_printf(out, " (%lld to %lld)", (long long)row->min, (long long)row->max);
	else if (row->type == SETTING_CHOICE)
		buf_printf(out, " (%s)", row->choices);
}

void settings_help(struct buf *out)
{
	size_t n;
	const struct setting_row *rows = settings_rows(&n);
	struct settings s;

	settings_init(&s);
	for (size_t i = 0; i < n; i++) {
		if (!rows[i].key) {
			buf_printf(out, "\n%s\n", rows[i].group);
			continue;
		}
		buf_printf(out, "  %s = %s", rows[i].key,
			   settings_default(&s.arena, &rows[i], true));
		bounds(out, &rows[i]);
		buf_char(out, '\n');
		wrap(out, "      ", rows[i].doc);
	}
	settings_done(&s);
}

void settings_sample(struct buf *out, bool installed)
{
	size_t n;
	const struct setting_row *rows = settings_rows(&n);
	struct settings s;

	settings_init(&s);
	buf_str(out,
		"# wenlu.conf - the configuration of wenlud and wenlu.\n"
		"#\n"
		"# Every setting is here with its default; take the # away to change one. Lists "
		"are parted\n"
		"# by commas, sizes may end in K or M, relative paths are taken from this "
		"file's folder.\n"
		"# `wenlud -t` checks it, `wenlud --help` explains it, and so does "
		"wenlu.conf(5).\n");
	for (size_t i = 0; i < n; i++) {
		const char *value;

		if (!rows[i].key) {
			buf_printf(out, "\n# ---- %s\n", rows[i].group);
			continue;
		}
		buf_char(out, '\n');
		wrap(out, "# ", rows[i].doc);
		if (rows[i].type == SETTING_NUMBER || rows[i].type == SETTING_SIZE)
			buf_printf(out, "# From %lld to %lld.\n", (long long)rows[i].min,
				   (long long)rows[i].max);
		else if (rows[i].type == SETTING_CHOICE)
			buf_printf(out, "# One of %s.\n", rows[i].choices);
		buf_printf(out, "#%s =", rows[i].key);
		value = settings_default(&s.arena, &rows[i], installed);
		buf_printf(out, value[0] ? " %s\n" : "%s\n", value);
	}
	buf_str(
	    out,
	    "\n# ---- Plugins, behind all of the above: their own settings, and what they may do\n"
	    "\n# Code that may ask these hosts, and no others; what else stands here is for it "
	    "alone.\n"
	    "#[plugin suzhou]\n"
	    "#allow_hosts = api.example.gov.cn\n"
	    "#service = https://api.example.gov.cn/permits\n");
	buf_str(out,
		"\n# ---- Bots of messaging platforms, at the end of the file: wenlu-bots(7)\n"
		"\n# An account of WeChat at /bots/wechat. Secrets stand in files of their own.\n"
		"#[bot wechat]\n"
		"#app_id = wx0123456789abcdef\n"
		"#token_file = /etc/wenlu/wechat.token\n"
		"#aes_key_file = /etc/wenlu/wechat.aes\n");
	settings_done(&s);
}
