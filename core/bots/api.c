/* SPDX-License-Identifier: Apache-2.0 */
/* api.c - addresses and JSON of platforms' interfaces. */
#include "bots/api.h"

#include <errno.h>

#include "base/buf.h"

#define REPLY_DEPTH 8

struct view url_part(struct arena *a, struct view v)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_alloc(a, 3 * v.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < v.len; i++) {
		unsigned char c = (unsigned char)v.ptr[i];

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c && strchr("-._~", c))) {
			out[n++] = (char)c;
		} else {
			out[n++] = '%';
			out[n++] = digits[c >> 4];
			out[n++] = digits[c & 15];
		}
	}
	return view_make(out, n);
}

struct view json_quoted(struct arena *a, struct view v)
{
	struct buf out = BUF_INIT;
	struct view copy;

	json_string(&out, v);
	copy = arena_copy(a, buf_view(&out));
	explicit_bzero(out.ptr, out.cap);
	buf_done(&out);
	return copy;
}

void call_is_json(struct bot_call *call)
{
	call->headers[call->n_headers++] = VIEW("Content-Type: application/json; charset=utf-8");
}

bool reply_object(struct arena *a, int status, struct view body, struct json_value *ret,
		  struct fault *why)
{
	if (json_read(a, body, REPLY_DEPTH, ret) == 0 && ret->kind == JSON_MAP)
		return true;
	fault_set(why, "status %d, and no JSON object", status);
	return false;
}

bool time_is_stale(struct view digits, int64_t unit_ms, int64_t now_ms, int64_t window_ms)
{
	uint64_t n;
	int64_t away;

	if (view_to_u64(digits, &n) < 0 || n > (uint64_t)(INT64_MAX / 2 / unit_ms))
		return true;
	away = now_ms - (int64_t)n * unit_ms;
	return away > window_ms || away < -window_ms;
}

int mirror_read_nothing(const struct bot *b, struct view body, struct arena *a, struct view *ret,
			struct fault *why)
{
	struct json_value v;

	(void)b;
	*ret = VIEW("");
	return reply_object(a, 200, body, &v, why) ? 0 : -EBADMSG;
}

void explain_time(struct view digits, int64_t unit_ms, int64_t now_ms, struct buf *out)
{
	uint64_t n;

	if (view_to_u64(digits, &n) < 0 || n > (uint64_t)(INT64_MAX / 2 / unit_ms)) {
		buf_str(out, "Its time is no number.\n");
		return;
	}
	buf_printf(
	    out,
	    "It was signed %lld s away from this machine's time. Set the clock (timedatectl), "
	    "or it is an old request that somebody sends again.\n",
	    (long long)((now_ms - (int64_t)n * unit_ms) / 1000));
}
