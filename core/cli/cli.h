/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli.h - the `wenlu` command: one file a subcommand, each ending in one constant of facts.
 *
 * A subcommand gets its own argv (argv[0] is its name) and gives the exit status: 0 done, 1 it
 * found something wrong with what it was given, 2 it was called wrongly.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "engine/engine.h"
#include "serve/config.h"

struct command {
	const char *name;
	const char *arguments; /* for the list of commands: "[QUESTION…]" */
	const char *summary;
	int (*run)(int argc, char **argv);
};

extern const struct command command_admin;
extern const struct command command_ask;
extern const struct command command_bot;
extern const struct command command_check;
extern const struct command command_data;
extern const struct command command_eval;
extern const struct command command_inbox;
extern const struct command command_noise;
extern const struct command command_plugin;
extern const struct command command_region;
extern const struct command command_train;

/* All the content, loaded in this process: what most subcommands need. */
struct world {
	struct settings settings;
	struct generation *generation;
};

/*
 * Read the configuration (`path`: NULL for the usual one) and build a generation. Says on stderr
 * what is wrong and gives -errno if it fails; problems of single plugins are only said if
 * `is_verbose`.
 */
int world_open(struct world *w, const char *path, bool is_verbose);
void world_close(struct world *w);

/* Only the configuration; what is wrong is said on stderr. settings_done() in any case. */
int world_settings(struct settings *s, const char *path);

/* The same without looking whether what it names is there. */
int world_settings_file(struct settings *s, const char *path);

/* Print all of them on stderr, one a line, as file:line:column: text. */
void cli_problems(const struct problems *problems);
/*
 * What getopt_long() did not take, in the user's language: set opterr to 0 before it is called.
 * Gives the exit status.
 */
int cli_refuse_option(const char *command, char **argv);
/* Today as YYYY-MM-DD, local time; static storage. */
struct view cli_today(void);

#endif
