/* SPDX-License-Identifier: Apache-2.0 */
/* error.c - words for failures. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cut an incomplete UTF-8 sequence off the end of a truncated text. */
static void trim_partial(char *text, size_t len)
{
	size_t back = 0;

	while (back < 4 && back < len && ((unsigned char)text[len - 1 - back] & 0xc0) == 0x80)
		back++;
	if (back < len && ((unsigned char)text[len - 1 - back] & 0xc0) == 0xc0)
		text[len - 1 - back] = '\0';
}

void fault_set(struct fault *f, const char *fmt, ...)
{
	va_list ap;
	int n;

	f->file[0] = '\0';
	f->line = f->column = 0;
	va_start(ap, fmt);
	n = vsnprintf(f->text, sizeof(f->text), fmt, ap);
	va_end(ap);
	if (n >= (int)sizeof(f->text))
		trim_partial(f->text, strlen(f->text));
}

void fault_place(struct fault *f, const char *file, unsigned line, unsigned column)
{
	if (file)
		snprintf(f->file, sizeof(f->file), "%s", file);
	f->line = line;
	f->column = column;
}

char *fault_format(const struct fault *f, char *buf, size_t cap)
{
	if (f->file[0] && f->line)
		snprintf(buf, cap, "%s:%u:%u: %s", f->file, f->line, f->column, f->text);
	else if (f->file[0])
		snprintf(buf, cap, "%s: %s", f->file, f->text);
	else
		snprintf(buf, cap, "%s", f->text);
	return buf;
}

const char *error_text(int err)
{
	const char *text = strerrordesc_np(err < 0 ? -err : err);

	return text ? text : "unknown error";
}

void die_oom(size_t wanted)
{
	die("out of memory (%zu bytes wanted)", wanted);
}

void die(const char *fmt, ...)
{
	va_list ap;

	fputs("wenlu: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}
