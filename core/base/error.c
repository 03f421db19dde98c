/* SPDX-License-Identifier: Apache-2.0 */
/* error.c - words for failures. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/utf8.h"

/* Cut an incomplete UTF-8 sequence off the end of a truncated text. */
static void trim_partial(char *text, size_t len)
{
	size_t from = len;
	uint32_t cp;

	while (from > 0 && len - from < UTF8_MAX && ((unsigned char)text[from - 1] & 0xc0) == 0x80)
		from--;
	if (from > 0)
		from--;
	if (utf8_decode(view_make(text + from, len - from), &cp) != (int)(len - from))
		text[from] = '\0';
}

void fault_set(struct fault *f, const char *fmt, ...)
{
	va_list ap;
	int n;

	f->file[0] = '\0';
	f->line = f->column = 0;
	va_start(ap, fmt);
	n = vsnprintf(f->text, sizeof(f->text), say(fmt), ap);
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
		snprintf(buf, cap, say("%s:%u:%u: %s"), f->file, f->line, f->column, f->text);
	else if (f->file[0])
		snprintf(buf, cap, say("%s: %s"), f->file, f->text);
	else
		snprintf(buf, cap, "%s", f->text);
	return buf;
}

const char *error_text(int err)
{
	const char *text = strerrordesc_np(err < 0 ? -err : err);

	return say(text ? text : "unknown error");
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
