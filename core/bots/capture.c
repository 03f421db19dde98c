/* SPDX-License-Identifier: Apache-2.0 */
/* capture.c - requests as text. */
#include "bots/capture.h"

#include <errno.h>
#include <strings.h>

#include "bots/api.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* As the server does: %XX is undone, + is a plus sign (base64 has them). */
static struct view decoded(struct arena *a, struct view v)
{
	char *out = arena_alloc(a, v.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < v.len; i++) {
		int high = v.ptr[i] == '%' && i + 2 < v.len ? hex(v.ptr[i + 1]) : -1;
		int low = high >= 0 ? hex(v.ptr[i + 2]) : -1;

		if (low >= 0)
			i += 2;
		out[n++] = low >= 0 ? (char)(high << 4 | low) : v.ptr[i];
	}
	return view_make(out, n);
}

static void take_arguments(struct arena *a, const struct bot_platform *p, struct view query,
			   struct bot_request *q)
{
	struct view rest = query, piece;

	while (view_split(&rest, '&', &piece)) {
		struct view value = piece, key;

		if (!view_split(&value, '=', &key) || !value.ptr)
			continue;
		for (size_t i = 0; i < BOT_VALUES_MAX && p->arguments[i]; i++)
			if (view_is(key, p->arguments[i]) && !q->arguments[i].ptr)
				q->arguments[i] = decoded(a, value);
	}
}

static void take_header(struct arena *a, const struct bot_platform *p, struct view line,
			struct bot_request *q)
{
	struct view value = line, name;

	if (!view_split(&value, ':', &name) || !value.ptr)
		return;
	for (size_t i = 0; i < BOT_VALUES_MAX && p->headers[i]; i++)
		if (name.len == strlen(p->headers[i]) &&
		    !strncasecmp(name.ptr, p->headers[i], name.len))
			q->headers[i] = arena_copy(a, view_trim(value));
}

int capture_read(struct arena *a, const struct bot_platform *p, struct view text,
		 struct bot_request *ret, struct fault *why)
{
	struct bot_request q = {.body = VIEW("")};
	struct view rest = text, line, method, target, path;

	if (!view_split(&rest, '\n', &line) || !view_split(&line, ' ', &method) || !line.ptr ||
	    !view_split(&line, ' ', &target)) {
		fault_set(why, "the first line is no 'GET /bots/NAME?… HTTP/1.1'");
		return -EBADMSG;
	}
	if (!view_is(method, "GET") && !view_is(method, "POST")) {
		fault_set(why, "the method is neither GET nor POST");
		return -EBADMSG;
	}
	q.is_post = view_is(method, "POST");
	target = view_trim(target);
	if (view_split(&target, '?', &path) && target.ptr)
		take_arguments(a, p, target, &q);
	while (view_split(&rest, '\n', &line)) {
		line = view_trim(line);
		if (line.len == 0)
			break;
		take_header(a, p, line, &q);
	}
	q.body = arena_copy(a, rest.ptr ? rest : VIEW(""));
	*ret = q;
	return 0;
}

struct view capture_target(struct arena *a, const struct bot *b, const struct bot_request *q)
{
	const struct bot_platform *p = b->platform;
	struct view target = arena_printf(a, "/bots/%s", b->name);
	char sign = '?';

	for (size_t i = 0; i < BOT_VALUES_MAX && p->arguments[i]; i++) {
		if (!q->arguments[i].ptr)
			continue;
		target = arena_printf(a, "%.*s%c%s=%.*s", VIEW_ARG(target), sign, p->arguments[i],
				      VIEW_ARG(url_part(a, q->arguments[i])));
		sign = '&';
	}
	return target;
}

void capture_write(struct arena *a, const struct bot *b, const struct bot_request *q,
		   const char *type, struct buf *out)
{
	const struct bot_platform *p = b->platform;

	buf_printf(out, "%s %.*s HTTP/1.1\n", q->is_post ? "POST" : "GET",
		   VIEW_ARG(capture_target(a, b, q)));
	if (q->is_post)
		buf_printf(out, "Content-Type: %s\n", type);
	for (size_t i = 0; i < BOT_VALUES_MAX && p->headers[i]; i++)
		if (q->headers[i].ptr)
			buf_printf(out, "%s: %.*s\n", p->headers[i], VIEW_ARG(q->headers[i]));
	buf_char(out, '\n');
	buf_view_add(out, q->body);
}
