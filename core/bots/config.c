/* SPDX-License-Identifier: Apache-2.0 */
/* config.c - a bot from its section: the platform's keys, secrets from where they are kept. */
#include "bots/config.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/file.h"
#include "net/http.h"

#define SECRET_BYTES_MAX 4096
#define USER_RATE        30
#define USER_RATE_MAX    100000

const struct bot_key bot_common_keys[] = {
    {"platform", BOT_KEY_TEXT, false, NULL, NULL,
     "Which platform this is; may be left out where the bot has the platform's name."},
    {"api_base", BOT_KEY_TEXT, false, NULL, NULL,
     "Where the platform's interface is, for private deployments: https://…; http:// only on this "
     "machine."},
    {"ca_file", BOT_KEY_TEXT, false, NULL, NULL,
     "PEM file with the certificates to trust for that instead of the system's."},
    {"user_rate", BOT_KEY_TEXT, false, "30", NULL,
     "Messages a minute that one person may send; 0: any number."},
};
const size_t n_bot_common_keys = sizeof(bot_common_keys) / sizeof(bot_common_keys[0]);

struct reading {
	const struct settings *settings;
	size_t section;
	struct problems *problems;
	struct bot *bot;
};

static const struct settings_section *section_of(const struct reading *r)
{
	return &r->settings->bots.items[r->section];
}

__attribute__((format(printf, 3, 4))) static void complain(struct reading *r, unsigned line,
							   const char *fmt, ...)
{
	const struct settings_section *s = section_of(r);
	char text[FAULT_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	problem_add(r->problems, true, s->file, line ? line : s->line, 1, "[bot %s] %s", s->name,
		    text);
}

static const struct settings_line *line_find(const struct reading *r, const char *key,
					     const char *ending)
{
	for (size_t i = 0; i < r->settings->bot_lines.n; i++) {
		const struct settings_line *l = &r->settings->bot_lines.items[i];
		size_t len = strlen(key);

		if (l->section == r->section && !strncmp(l->key, key, len) &&
		    !strcmp(l->key + len, ending))
			return l;
	}
	return NULL;
}

const struct bot_platform *bot_platform_find(struct view name)
{
	for (size_t i = 0; bot_platforms[i]; i++)
		if (view_is(name, bot_platforms[i]->name))
			return bot_platforms[i];
	return NULL;
}

static const struct bot_platform *take_platform(struct reading *r)
{
	const struct settings_line *l = line_find(r, "platform", "");
	const char *name = l ? l->value : section_of(r)->name;
	const struct bot_platform *p = bot_platform_find(view_of(name));
	char known[256] = "";

	if (p)
		return p;
	for (size_t i = 0; bot_platforms[i]; i++)
		snprintf(known + strlen(known), sizeof(known) - strlen(known), "%s%s",
			 i ? ", " : "", bot_platforms[i]->name);
	complain(r, l ? l->line : 0, "there is no platform '%s'; write platform = one of %s", name,
		 known);
	return NULL;
}

/* Every line is about some key of this platform, or of all. */
static void check_lines(struct reading *r, const struct bot_platform *p)
{
	for (size_t i = 0; i < r->settings->bot_lines.n; i++) {
		const struct settings_line *l = &r->settings->bot_lines.items[i];
		bool is_known = l->section != r->section;

		for (size_t k = 0; k < n_bot_common_keys; k++)
			is_known |= !strcmp(l->key, bot_common_keys[k].name);
		for (size_t k = 0; k < p->n_keys && !is_known; k++) {
			const struct bot_key *key = &p->keys[k];
			size_t len = strlen(key->name);

			if (strncmp(l->key, key->name, len))
				continue;
			is_known = key->kind == BOT_KEY_SECRET
				       ? !strcmp(l->key + len, "_file") ||
					     !strcmp(l->key + len, "_env") || !l->key[len]
				       : !l->key[len];
		}
		if (!is_known)
			complain(r, l->line, "%s has no '%s'; see wenlu-bots(7)", p->name, l->key);
	}
}

static bool read_secret_file(struct reading *r, const struct settings_line *l, struct view *ret)
{
	struct arena *a = &r->bot->arena;
	const char *path = file_join(a, section_of(r)->base_dir, l->value);
	struct stat st;
	int e = file_read(a, path, SECRET_BYTES_MAX, ret);

	if (e < 0) {
		complain(r, l->line, "%s: %s cannot be read: %s", l->key, path, error_text(e));
		return false;
	}
	if (stat(path, &st) == 0 && (st.st_mode & 007))
		problem_add(r->problems, false, section_of(r)->file, l->line, 1,
			    "[bot %s] %s: everybody may read %s; chmod o= it", section_of(r)->name,
			    l->key, path);
	return true;
}

static void take_secret(struct reading *r, const struct bot_key *key, struct view *ret)
{
	const struct settings_line *open = line_find(r, key->name, ""),
				   *file = line_find(r, key->name, "_file"),
				   *env = line_find(r, key->name, "_env");
	const char *value;

	if (open) {
		complain(r, open->line,
			 "%s is a secret and does not belong here; write it into a file of its own "
			 "and %s_file = its path, or %s_env = the name of a variable",
			 key->name, key->name, key->name);
	} else if (file && env) {
		complain(r, env->line, "%s_file and %s_env are both given; one is enough",
			 key->name, key->name);
	} else if (file) {
		if (!read_secret_file(r, file, ret))
			return;
		*ret = view_trim(*ret);
		if (!ret->len)
			complain(r, file->line, "%s: the file is empty", file->key);
	} else if (env) {
		value = getenv(env->value);
		*ret = view_trim(arena_copy(&r->bot->arena, view_of(value ? value : "")));
		if (!ret->len)
			complain(r, env->line, "%s: the variable %s is not set or empty", env->key,
				 env->value);
	} else if (key->is_needed) {
		complain(r, 0, "%s_file (or %s_env) is missing. %s", key->name, key->name,
			 key->doc);
	}
}

static bool is_choice(const char *choices, struct view value)
{
	struct view rest = view_of(choices), one;

	while (view_split(&rest, '|', &one))
		if (view_eq(one, value))
			return true;
	return false;
}

static void take_value(struct reading *r, const struct bot_key *key, struct view *ret)
{
	const struct settings_line *l = line_find(r, key->name, "");

	*ret = view_of(l ? l->value : key->value ? key->value : "");
	if (key->is_needed && !ret->len)
		complain(r, l ? l->line : 0, "%s is missing. %s", key->name, key->doc);
	if (key->kind == BOT_KEY_CHOICE && !is_choice(key->choices, *ret))
		complain(r, l ? l->line : 0, "%s is none of %s", key->name, key->choices);
}

/* Without encryption only where nobody listens. */
static bool is_local(struct view url)
{
	static const char *const here[] = {"http://127.0.0.1", "http://localhost", "http://[::1]"};

	for (size_t i = 0; i < sizeof(here) / sizeof(here[0]); i++) {
		struct view rest = view_sub(url, strlen(here[i]), url.len);

		if (view_starts(url, view_of(here[i])) &&
		    (rest.len == 0 || rest.ptr[0] == ':' || rest.ptr[0] == '/'))
			return true;
	}
	return false;
}

static void take_api(struct reading *r)
{
	struct bot *b = r->bot;
	const struct settings_line *l = line_find(r, "api_base", ""),
				   *ca = line_find(r, "ca_file", "");

	b->api_base = arena_copy(&b->arena, view_of(l ? l->value : b->platform->api_base));
	while (view_ends(b->api_base, VIEW("/")))
		b->api_base.len--;
	b->api_is_plain = is_local(b->api_base);
	if (b->api_base.len && !net_url_is_good(b->api_base, b->api_is_plain))
		complain(r, l ? l->line : 0,
			 "api_base: an address like https://api.example.cn is wanted, or http:// "
			 "on this machine");
	b->ca_file = ca ? file_join(&b->arena, section_of(r)->base_dir, ca->value) : "";
}

static void take_rate(struct reading *r)
{
	const struct settings_line *l = line_find(r, "user_rate", "");
	uint64_t n = USER_RATE;

	if (l && (view_to_u64(view_of(l->value), &n) < 0 || n > USER_RATE_MAX))
		complain(r, l->line, "user_rate: a number from 0 to %d is wanted", USER_RATE_MAX);
	r->bot->user_rate = (int64_t)n;
}

static void read_bot(struct reading *r, const struct bot_platform *p)
{
	struct bot *b = r->bot;
	struct fault why;

	b->name = arena_strdup(&b->arena, section_of(r)->name);
	b->platform = p;
	check_lines(r, p);
	for (size_t i = 0; i < p->n_keys; i++) {
		b->values[i] = VIEW("");
		if (p->keys[i].kind == BOT_KEY_SECRET)
			take_secret(r, &p->keys[i], &b->values[i]);
		else
			take_value(r, &p->keys[i], &b->values[i]);
		b->values[i] = arena_copy(&b->arena, b->values[i]);
	}
	take_api(r);
	take_rate(r);
	if (problems_errors(r->problems) == 0 && p->open && p->open(b, &why) < 0)
		complain(r, 0, "%s", why.text);
}

void bot_done(struct bot *b)
{
	arena_wipe(&b->arena);
	arena_done(&b->arena);
}

bool bot_eq(const struct bot *a, const struct bot *b)
{
	bool is_same = a->platform == b->platform && !strcmp(a->name, b->name) &&
		       view_eq(a->api_base, b->api_base) && !strcmp(a->ca_file, b->ca_file) &&
		       a->user_rate == b->user_rate;

	for (size_t i = 0; is_same && i < a->platform->n_keys; i++)
		is_same = view_eq(a->values[i], b->values[i]);
	return is_same;
}

int bots_read(const struct settings *s, struct bot_list *ret, struct problems *problems)
{
	struct bot_list l = {calloc(s->bots.n + 1, sizeof(struct bot)), 0};
	size_t before = problems_errors(problems);

	if (!l.items)
		die_oom(sizeof(struct bot));
	for (size_t i = 0; i < s->bots.n; i++) {
		struct problems own = {.list = VEC_INIT};
		struct reading r = {s, i, &own, &l.items[l.n]};
		const struct bot_platform *p = take_platform(&r);

		arena_init(&r.bot->arena, 4096);
		if (p)
			read_bot(&r, p);
		if (problems_errors(&own) == 0)
			l.n++;
		else
			bot_done(r.bot);
		for (size_t k = 0; k < own.list.n; k++)
			problem_add(problems, own.list.items[k].is_error,
				    own.list.items[k].fault.file, own.list.items[k].fault.line,
				    own.list.items[k].fault.column, "%s",
				    own.list.items[k].fault.text);
		problems_done(&own);
	}
	*ret = l;
	return problems_errors(problems) > before ? -EINVAL : 0;
}

int bots_load(const struct settings *s, struct bot_list *ret, struct fault *why)
{
	struct problems problems = {.list = VEC_INIT};
	int r = bots_read(s, ret, &problems);

	if (r < 0) {
		if (!problems_first_error(&problems, why))
			fault_set(why, "the bots cannot be read");
		bot_list_done(ret);
	}
	problems_done(&problems);
	return r;
}

void bot_list_done(struct bot_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		bot_done(&l->items[i]);
	free(l->items);
	*l = (struct bot_list){NULL, 0};
}

struct bot *bot_list_find(const struct bot_list *l, struct view name)
{
	for (size_t i = 0; i < l->n; i++)
		if (view_is(name, l->items[i].name))
			return &l->items[i];
	return NULL;
}
