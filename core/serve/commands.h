/* SPDX-License-Identifier: Apache-2.0 */
/* commands.h - what the administrator can ask a server for, and how several workers' answers become
 * one. */
#ifndef SERVE_COMMANDS_H
#define SERVE_COMMANDS_H

#include "base/buf.h"

struct listeners;
struct server;

/* A command and its help, in the order of the help. */
struct command_row {
	const char *name, *help;
};
const struct command_row *command_rows(size_t *ret_n);
void commands_help(struct buf *out);
void commands_unknown(struct view name, struct buf *out);

/* The answer of one server. True: `out` has it; false: it comes by admin_answer(). */
bool command_run(struct server *s, uint64_t ticket, struct view name, struct view argument,
		 struct buf *out);
/* log LEVEL, for this process. */
void command_log(const char *form, struct view level, struct buf *out);

/* The figures of `status`; those of workers are added up. */
struct figures {
	uint64_t pid, uptime_s, is_draining, port;
	uint64_t generation, plugins, intents, regions;
	uint64_t left_out, kept; /* of the plugins: not in use, and in use as they were before */
	uint64_t unsaved;        /* true: conversations or the inbox cannot be written */
	uint64_t connections, websockets, sessions;
	uint64_t asks, answers, clarifies, compares, declines, errors;
};
void figures_take(struct server *s, struct figures *ret);
void figures_add(struct figures *to, const struct figures *more);
/* `json` without its last brace, or lines for people. `refused`: why new content is not in use,
 * NULL if it is. */
void figures_put(const struct figures *f, const struct listeners *l, const char *refused, bool json,
		 struct buf *out);

/* Figures of several workers as one: counters and gauges are added, except where the highest is
 * meant. */
void metrics_merge(const struct view *texts, size_t n, struct buf *out);

#endif
