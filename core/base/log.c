/* SPDX-License-Identifier: Apache-2.0 */
/* log.c - a line is put together on the stack and written with one write(). */
#include "base/log.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"

#define LINE_MAX_BYTES 4096

static const char *program_name = "wenlu";
static enum log_form log_form = LOG_FORM_TEXT;
static enum log_level log_limit = LOG_LEVEL_INFO;

static const char *const level_names[] = {"error", "warn", "info", "debug"};
static const char *const form_names[] = {"text", "json", "syslog"};

void log_setup(const char *program, enum log_form form, enum log_level level)
{
	program_name = program;
	log_form = form;
	log_limit = level;
	if (form == LOG_FORM_SYSLOG)
		openlog(program, LOG_PID, LOG_DAEMON);
}

bool log_is_on(enum log_level level)
{
	return level <= log_limit;
}

static int find_name(const char *const *names, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -EINVAL;
}

int log_level_parse(const char *name, enum log_level *ret)
{
	int i = find_name(level_names, 4, name);

	if (i < 0)
		return i;
	*ret = (enum log_level)i;
	return 0;
}

int log_form_parse(const char *name, enum log_form *ret)
{
	int i = find_name(form_names, 3, name);

	if (i < 0)
		return i;
	*ret = (enum log_form)i;
	return 0;
}

static size_t stamp(char *out, size_t cap)
{
	struct timespec now;
	struct tm tm;
	size_t n;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	n = strftime(out, cap, "%Y-%m-%dT%H:%M:%S", &tm);
	return n + (size_t)snprintf(out + n, cap - n, ".%03ldZ", now.tv_nsec / 1000000);
}

/* The message as the inside of a JSON string; what is no UTF-8 or a control becomes '?'. */
static size_t json_inside(char *out, size_t cap, struct view msg)
{
	size_t n = 0, at = 0;

	while (at < msg.len && n + 8 < cap) {
		uint32_t cp = 0;
		int len = utf8_decode(view_sub(msg, at, UTF8_MAX), &cp);

		if (len <= 0 || cp < 0x20) {
			out[n++] = cp == '\t' || cp == '\n' ? ' ' : '?';
			len = 1;
		} else {
			if (cp == '"' || cp == '\\')
				out[n++] = '\\';
			memcpy(out + n, msg.ptr + at, (size_t)len);
			n += (size_t)len;
		}
		at += (size_t)len;
	}
	return n;
}

static void write_line(const char *line, size_t len)
{
	/* Nothing sensible is left to do when stderr itself fails. */
	if (write(STDERR_FILENO, line, len) < 0)
		return;
}

static size_t clamp(int n, size_t cap)
{
	return n < 0 ? 0 : (size_t)n >= cap ? cap - 1 : (size_t)n;
}

/* Names of files and words of others stand in it: none of them may begin a line or steer a screen.
 */
static void make_plain(char *msg, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)msg[i], next = (unsigned char)msg[i + 1];

		if (c == '\t' || c == '\n')
			msg[i] = ' ';
		else if (c < 0x20 || c == 0x7f)
			msg[i] = '?';
		else if (c == 0xc2 && next >= 0x80 && next < 0xa0)
			msg[i] = msg[i + 1] = '?';
	}
}

void log_vwrite(enum log_level level, const char *fmt, va_list ap)
{
	static const int priorities[] = {LOG_ERR, LOG_WARNING, LOG_INFO, LOG_DEBUG};
	char line[LINE_MAX_BYTES], msg[LINE_MAX_BYTES / 2], when[40];
	size_t n, len;

	if (!log_is_on(level))
		return;
	len = clamp(vsnprintf(msg, sizeof(msg), fmt, ap), sizeof(msg));
	msg[len] = '\0';
	make_plain(msg, len);
	if (log_form == LOG_FORM_SYSLOG) {
		syslog(priorities[level], "%s", msg);
		return;
	}
	stamp(when, sizeof(when));
	if (log_form == LOG_FORM_JSON) {
		n = clamp(snprintf(line, sizeof(line),
				   "{\"time\":\"%s\",\"level\":\"%s\",\"program\":\"%s\","
				   "\"pid\":%ld,\"message\":\"",
				   when, level_names[level], program_name, (long)getpid()),
			  sizeof(line));
		n += json_inside(line + n, sizeof(line) - n - 4, view_make(msg, len));
		memcpy(line + n, "\"}\n", 3);
		n += 3;
	} else {
		n = clamp(snprintf(line, sizeof(line), "%s %s[%ld] %s: %s\n", when, program_name,
				   (long)getpid(), level_names[level], msg),
			  sizeof(line));
	}
	write_line(line, n);
}

void log_write(enum log_level level, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_vwrite(level, fmt, ap);
	va_end(ap);
}
