/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config.h - wenlu.conf: one table of keys, from which the reader, the help and the sample come.
 *
 * A file has lines `key = value`; `#` begins a comment at the start of a line or behind a blank; a
 * value that needs a `#` or outer blanks stands in double quotes; lists are parted by commas; sizes
 * may end in K or M. Paths in a file are taken from the file's own folder, on the command line from
 * where one stands. Lines behind a `[bot NAME]` are that bot's: they are only collected here, and
 * read in bots/config.c. Those behind a `[plugin NAME]` are that plugin's. Knows nothing of
 * sockets.
 */
#ifndef SERVE_CONFIG_H
#define SERVE_CONFIG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/vec.h"
#include "engine/generation.h"
#include "plugin/setting.h"

struct text_list {
	const char *const *items;
	size_t n;
};

/* `[bot NAME]`, and a line behind it. */
struct settings_section {
	const char *name;
	const char *file, *base_dir; /* where it stands, and where its relative paths begin */
	unsigned line;
};
struct settings_line {
	size_t section;
	unsigned line;
	const char *key, *value;
};

/* Every setting, with its default after settings_init(). Empty text means "none". */
struct settings {
	struct arena arena; /* all strings live here */
	const char *file;   /* that was read; NULL: none */

	struct text_list listen;
	int64_t port;
	const char *workers;
	const char *port_file;
	const char *admin_socket;
	const char *tls_certificate;
	const char *tls_key;

	const char *intents;
	const char *regions;
	const char *wording;
	const char *www;
	struct text_list plugins;
	const char *host_program;
	const char *state_dir;
	const char *cache_dir;
	const char *language_model;
	const char *watch;
	const char *require_signed;
	struct text_list trusted_keys;
	const char *handoff;

	int64_t max_question_bytes;
	int64_t max_frame_bytes;
	int64_t max_id_bytes;
	int64_t max_connections;
	int64_t max_connections_per_address;
	int64_t max_send_queue_bytes;
	int64_t max_pending_asks;
	int64_t max_sessions;
	int64_t message_rate;
	int64_t message_burst;
	int64_t replay_messages;
	int64_t replay_bytes;
	const char *explain;

	int64_t inbox_entries;
	int64_t inbox_days;

	int64_t header_timeout;
	int64_t keepalive_timeout;
	int64_t ping_interval;
	int64_t pong_timeout;
	int64_t idle_timeout;
	int64_t drain_seconds;
	int64_t context_minutes;
	int64_t plugin_budget_ms;

	struct text_list allow_origins;
	struct text_list trusted_proxies;

	const char *log_level;
	const char *log_form;

	VEC(struct settings_section) bots;
	VEC(struct settings_line) bot_lines;
	VEC(struct plugin_setting) of_plugins;

	uint64_t given; /* bit i: row i was set by a file or by hand */
};

enum setting_type {
	SETTING_TEXT,
	SETTING_PATH,
	SETTING_LIST,
	SETTING_PATHS,
	SETTING_NUMBER,
	SETTING_SIZE,
	SETTING_CHOICE,
};

/* One key. The default is written as it would be in a file; "@data@" and the like stand for the
 * folders chosen when the program was built. */
struct setting_row {
	const char *key;
	enum setting_type type;
	size_t offset; /* in struct settings */
	const char *value;
	int64_t min, max;
	const char *choices; /* "error|warn|info|debug" */
	const char *doc;     /* a sentence or two, for people */
	const char *group;   /* the heading above it; NULL: as the row before */
};

const struct setting_row *settings_rows(size_t *ret_n);
/* A row's default with its folder put in: this build's (installed), or Debian's. */
const char *settings_default(struct arena *a, const struct setting_row *row, bool installed);

/* All defaults. settings_done() frees everything. */
void settings_init(struct settings *s);
void settings_done(struct settings *s);

/*
 * Read a file on top of what is there. What is wrong goes to `problems`, each with file and line;
 * 0 if there was no error among them, -EBADMSG if there was, else -errno when the file cannot be
 * read (also in `problems`).
 */
int settings_read(struct settings *s, const char *path, struct problems *problems);

/* The same from text in memory; `name` is for messages, relative paths are taken from `base_dir`.
 */
int settings_read_text(struct settings *s, struct view text, const char *name, const char *base_dir,
		       struct problems *problems);

/* One setting by hand, "key=value". 0, or -EINVAL with *why. */
int settings_set(struct settings *s, const char *assignment, struct fault *why);

/* How many worker processes there are to be; 1: none beside this. */
#define WORKERS_MAX 64
unsigned settings_workers(const struct settings *s);

/* Was this key set by a file or by hand? */
bool settings_is_given(const struct settings *s, const char *key);

/* What no single line shows: a key without its certificate, files that are not there, numbers that
 * contradict each other. 0, or -EINVAL with errors in `problems`. */
int settings_check(const struct settings *s, struct problems *problems);

/*
 * The file that is read when none is named: `in-place.conf` beside the running program (a build
 * that is used where it lies), else the installed one. In the settings' arena. *ret_exists tells
 * whether it is there: a missing one is no error, all keys have defaults.
 */
const char *settings_default_file(struct settings *s, bool *ret_exists);

/*
 * The usual way of a program: defaults, the file (`path`, or NULL for the default file), check.
 * Call settings_done() in any case. 0 or -errno with everything that is wrong in `problems`.
 */
int settings_load(struct settings *s, const char *path, struct problems *problems);
/* The same without the check: for who only asks the server that runs with it. */
int settings_load_file(struct settings *s, const char *path, struct problems *problems);

/* Where the content is, as the generation's builder wants it. Points into `s`. */
void settings_paths(const struct settings *s, struct generation_paths *ret);

/* The commented sample file. `installed`: with this build's folders, else with Debian's. */
void settings_sample(struct buf *out, bool installed);
/* The keys with their defaults, grouped, for --help. */
void settings_help(struct buf *out);

#endif
