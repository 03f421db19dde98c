/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tap.h - the test protocol TAP for C tests, header only.
 *
 *	int main(void)
 *	{
 *		ok(region_parent(r) == city, "a county's parent is its city");
 *		is_view(v, "郑州", "the short name has no 市");
 *		return done();
 *	}
 *
 * Names are true sentences. A failing check says where it stands and what it saw.
 */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/view.h"

static int tap_count, tap_failed;

#define ok(cond, ...)           tap_ok((cond), #cond, __FILE__, __LINE__, __VA_ARGS__)
#define is_int(got, want, ...)  tap_int((got), (want), __FILE__, __LINE__, __VA_ARGS__)
#define is_str(got, want, ...)  tap_view(view_of(got), (want), __FILE__, __LINE__, __VA_ARGS__)
#define is_view(got, want, ...) tap_view((got), (want), __FILE__, __LINE__, __VA_ARGS__)

__attribute__((format(printf, 2, 0))) static inline void tap_line(int good, const char *fmt,
								  va_list ap)
{
	tap_count++;
	tap_failed += !good;
	printf("%s %d - ", good ? "ok" : "not ok", tap_count);
	vprintf(fmt, ap);
	putchar('\n');
}

__attribute__((format(printf, 5, 6))) static inline int
tap_ok(int good, const char *cond, const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tap_line(good, fmt, ap);
	va_end(ap);
	if (!good)
		printf("# %s:%d: not true: %s\n", file, line, cond);
	fflush(stdout);
	return good;
}

__attribute__((format(printf, 5, 6))) static inline int
tap_int(long long got, long long want, const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tap_line(got == want, fmt, ap);
	va_end(ap);
	if (got != want)
		printf("# %s:%d: got %lld, wanted %lld\n", file, line, got, want);
	fflush(stdout);
	return got == want;
}

__attribute__((format(printf, 5, 6))) static inline int
tap_view(struct view got, const char *want, const char *file, int line, const char *fmt, ...)
{
	int good = view_is(got, want);
	va_list ap;

	va_start(ap, fmt);
	tap_line(good, fmt, ap);
	va_end(ap);
	if (!good)
		printf("# %s:%d: got '%.*s', wanted '%s'\n", file, line, VIEW_ARG(got), want);
	fflush(stdout);
	return good;
}

static inline int done(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
