/* SPDX-License-Identifier: Apache-2.0 */
/* request.c - one message from a client, from JSON or plain words into a struct. */
#include "wire/json.h"

#include <errno.h>
#include <json-c/json.h>
#include <limits.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/utf8.h"

__attribute__((format(printf, 3, 4))) static int refuse(struct message_fault *why, const char *code,
							const char *fmt, ...)
{
	va_list ap;

	why->code = code;
	va_start(ap, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, ap);
	va_end(ap);
	return -EBADMSG;
}

/* A string field; other kinds are refused, null and absence leave the view empty. */
static int take_string(struct arena *a, struct json_object *o, const char *name, struct view *ret,
		       struct message_fault *why)
{
	struct json_object *v;

	if (!json_object_object_get_ex(o, name, &v) || !v)
		return 0;
	if (!json_object_is_type(v, json_type_string))
		return refuse(why, "bad_field", "“%s” 应当是字符串。", name);
	*ret = arena_copy(
	    a, view_make(json_object_get_string(v), (size_t)json_object_get_string_len(v)));
	return 0;
}

/* Ids may be numbers too: many clients count their questions. */
static int take_id(struct arena *a, struct json_object *o, size_t max, struct view *ret,
		   struct message_fault *why)
{
	struct json_object *v;

	if (!json_object_object_get_ex(o, "id", &v) || !v)
		return 0;
	if (json_object_is_type(v, json_type_int)) {
		*ret = arena_printf(a, "%lld", (long long)json_object_get_int64(v));
		return 0;
	}
	if (!json_object_is_type(v, json_type_string))
		return refuse(why, "bad_field", "“id” 应当是字符串或整数。");
	if ((size_t)json_object_get_string_len(v) > max)
		return refuse(why, "id_too_long", "“id” 太长，最多 %zu 字节，请换一个短的。", max);
	return take_string(a, o, "id", ret, why);
}

static int take_seq(struct json_object *o, uint64_t *ret, struct message_fault *why)
{
	struct json_object *v;

	if (!json_object_object_get_ex(o, "seq", &v) || !v)
		return 0;
	if (!json_object_is_type(v, json_type_int) || json_object_get_int64(v) < 0)
		return refuse(why, "bad_field", "“seq” 应当是不小于 0 的整数。");
	*ret = (uint64_t)json_object_get_int64(v);
	return 0;
}

static int take_type(struct json_object *o, enum message_type *ret, struct message_fault *why)
{
	static const char *const names[] = {"hello", "ask", "choose", "feedback", "suggest"};
	struct json_object *v;
	const char *name;

	if (!json_object_object_get_ex(o, "type", &v) || !v) {
		/* {"text": "…"} alone is plain enough. */
		if (json_object_object_get_ex(o, "text", &v)) {
			*ret = MESSAGE_ASK;
			return 0;
		}
		return refuse(why, "missing_type",
			      "缺少 “type”：hello、ask、choose、feedback 或 suggest。");
	}
	if (!json_object_is_type(v, json_type_string))
		return refuse(why, "bad_type", "“type” 应当是字符串。");
	name = json_object_get_string(v);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0) {
			*ret = (enum message_type)i;
			return 0;
		}
	}
	return refuse(why, "bad_type", "“type” 应当是 hello、ask、choose、feedback 或 suggest。");
}

/* What each type cannot do without. */
static int check_needs(const struct message *m, struct message_fault *why)
{
	switch (m->type) {
	case MESSAGE_ASK:
	case MESSAGE_SUGGEST:
		if (view_trim(m->text).len == 0)
			return refuse(why, "missing_text", "请把问题写在 “text” 里。");
		break;
	case MESSAGE_CHOOSE:
		if (m->option.len == 0)
			return refuse(why, "missing_option", "请把选项的编号写在 “option” 里。");
		if (m->option.len > LIMIT_ID_BYTES)
			return refuse(why, "bad_option", "“option” 太长，请用选项的 id。");
		break;
	case MESSAGE_FEEDBACK:
		if (!view_is(m->value, "up") && !view_is(m->value, "down"))
			return refuse(why, "bad_value", "“value” 应当是 up 或 down。");
		break;
	case MESSAGE_HELLO:
		break;
	}
	/* A place that is no id at all is refused here; whether it exists, the engine knows. */
	if (m->region.len > LIMIT_ID_BYTES)
		return refuse(why, "bad_region", "“region” 应当是行政区划代码，例如 410100。");
	return 0;
}

static int read_object(struct arena *a, struct json_object *o, size_t max_id_bytes,
		       struct message *ret, struct message_fault *why)
{
	const struct {
		const char *name;
		struct view *to;
	} strings[] = {
	    {"session", &ret->session}, {"text", &ret->text},   {"region", &ret->region},
	    {"option", &ret->option},   {"value", &ret->value},
	};
	struct json_object *v;
	int r;

	r = take_id(a, o, max_id_bytes, &ret->id, why);
	if (r == 0)
		r = take_type(o, &ret->type, why);
	for (size_t i = 0; r == 0 && i < sizeof(strings) / sizeof(strings[0]); i++)
		r = take_string(a, o, strings[i].name, strings[i].to, why);
	if (r == 0)
		r = take_seq(o, &ret->seq, why);
	if (r < 0)
		return r;
	ret->why = json_object_object_get_ex(o, "why", &v) && json_object_get_boolean(v);
	return check_needs(ret, why);
}

static int read_json(struct arena *a, struct view frame, size_t max_id_bytes, struct message *ret,
		     struct message_fault *why)
{
	struct json_tokener *tok = json_tokener_new_ex(LIMIT_JSON_DEPTH);
	struct json_object *o = NULL;
	int r;

	if (!tok || frame.len > INT_MAX) {
		r = refuse(why, "bad_json", "这条消息读不了，请稍后再试。");
		goto out;
	}
	o = json_tokener_parse_ex(tok, frame.ptr, (int)frame.len);
	if (json_tokener_get_error(tok) == json_tokener_error_depth)
		r = refuse(why, "bad_json", "JSON 嵌套太深，最多 %d 层。", LIMIT_JSON_DEPTH);
	else if (!o || json_tokener_get_error(tok) != json_tokener_success)
		r = refuse(why, "bad_json", "这不是完整的 JSON 对象（第 %zu 字节附近）。",
			   json_tokener_get_parse_end(tok));
	else if (view_trim(view_sub(frame, json_tokener_get_parse_end(tok), frame.len)).len > 0)
		r = refuse(why, "bad_json", "一条消息只放一个 JSON 对象。");
	else
		r = read_object(a, o, max_id_bytes, ret, why);
out:
	json_object_put(o);
	json_tokener_free(tok);
	return r;
}

int message_read(struct arena *a, struct view frame, size_t max_id_bytes, struct message *ret,
		 struct message_fault *why)
{
	struct message m = {.type = MESSAGE_ASK};
	struct view trimmed = view_trim(frame);
	int r;

	if (!utf8_is_valid(frame, NULL))
		return refuse(why, "bad_utf8", "请用 UTF-8 编码发送。");
	if (trimmed.len > 0 && trimmed.ptr[0] == '{') {
		r = read_json(a, trimmed, max_id_bytes, &m, why);
	} else if (trimmed.len > 0) {
		m.text = arena_copy(a, trimmed);
		r = 0;
	} else {
		r = refuse(why, "missing_text", "请输入要问的问题。");
	}
	/* The id goes out even with a fault, so that the client knows which message it was. */
	ret->id = m.id;
	if (r == 0)
		*ret = m;
	return r;
}
