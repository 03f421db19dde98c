/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log.h - one line for the operator, for people or for machines.
 *
 * Who logs: programs and the top floors (engine, serve, bots, cli). Lower floors return errors.
 * A line names its subject and the consequence ("plugin 'henan': …, left out"). Never log what a
 * citizen typed. Safe from any thread.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdarg.h>
#include <stdbool.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };
enum log_form { LOG_FORM_TEXT, LOG_FORM_JSON, LOG_FORM_SYSLOG };

/* Until this is called: text on stderr, level info. `program` must outlive all logging. */
void log_setup(const char *program, enum log_form form, enum log_level level);
bool log_is_on(enum log_level level);
void log_write(enum log_level level, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_vwrite(enum log_level level, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

#define log_error(...) log_write(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warn(...)  log_write(LOG_LEVEL_WARN, __VA_ARGS__)
#define log_info(...)  log_write(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_write(LOG_LEVEL_DEBUG, __VA_ARGS__)

/* "error", "warn", "info", "debug" and "text", "json", "syslog": 0 or -EINVAL. */
int log_level_parse(const char *name, enum log_level *ret);
int log_form_parse(const char *name, enum log_form *ret);

#endif
