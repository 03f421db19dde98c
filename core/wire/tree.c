/* SPDX-License-Identifier: Apache-2.0 */
/* tree.c - json-c's objects copied into an arena, so that nobody has to free them. */
#include "wire/tree.h"

#include <errno.h>
#include <json-c/json.h>
#include <limits.h>
#include <stdlib.h>

#include "base/utf8.h"

static void copy(struct arena *a, struct json_object *o, struct json_value *ret);

static struct view copy_string(struct arena *a, struct json_object *o)
{
	return arena_copy(
	    a, view_make(json_object_get_string(o), (size_t)json_object_get_string_len(o)));
}

static void copy_map(struct arena *a, struct json_object *o, struct json_value *ret)
{
	size_t n = (size_t)json_object_object_length(o), i = 0;
	struct json_value *items = ARENA_ARRAY(a, n + 1, struct json_value);
	struct view *keys = ARENA_ARRAY(a, n + 1, struct view);
	struct json_object_iterator it = json_object_iter_begin(o), end = json_object_iter_end(o);

	for (; !json_object_iter_equal(&it, &end) && i < n; json_object_iter_next(&it), i++) {
		keys[i] = arena_copy(a, view_of(json_object_iter_peek_name(&it)));
		copy(a, json_object_iter_peek_value(&it), &items[i]);
	}
	ret->n = i;
	ret->items = items;
	ret->keys = keys;
}

static void copy_list(struct arena *a, struct json_object *o, struct json_value *ret)
{
	size_t n = json_object_array_length(o);
	struct json_value *items = ARENA_ARRAY(a, n + 1, struct json_value);

	for (size_t i = 0; i < n; i++)
		copy(a, json_object_array_get_idx(o, i), &items[i]);
	ret->n = n;
	ret->items = items;
}

/* As deep as the reader let it be. */
static void copy(struct arena *a, struct json_object *o, struct json_value *ret)
{
	*ret = (struct json_value){.kind = JSON_NULL, .text = VIEW("")};
	switch (json_object_get_type(o)) {
	case json_type_null:
		break;
	case json_type_boolean:
		ret->kind = JSON_BOOL;
		ret->is_true = json_object_get_boolean(o);
		break;
	case json_type_int:
	case json_type_double:
		ret->kind = JSON_NUMBER;
		ret->text = arena_copy(a, view_of(json_object_get_string(o)));
		break;
	case json_type_string:
		ret->kind = JSON_STRING;
		ret->text = copy_string(a, o);
		break;
	case json_type_array:
		ret->kind = JSON_LIST;
		copy_list(a, o, ret);
		break;
	case json_type_object:
		ret->kind = JSON_MAP;
		copy_map(a, o, ret);
		break;
	}
}

int json_read(struct arena *a, struct view text, int max_depth, struct json_value *ret)
{
	struct json_tokener *tok;
	struct json_object *o = NULL;
	int r = -EBADMSG;

	if (text.len == 0 || text.len > INT_MAX || !utf8_is_valid(text, NULL))
		return -EBADMSG;
	tok = json_tokener_new_ex(max_depth);
	if (!tok)
		return -EBADMSG;
	json_tokener_set_flags(tok, JSON_TOKENER_STRICT | JSON_TOKENER_ALLOW_TRAILING_CHARS);
	o = json_tokener_parse_ex(tok, text.ptr, (int)text.len);
	if (json_tokener_get_error(tok) == json_tokener_success &&
	    view_trim(view_sub(text, json_tokener_get_parse_end(tok), text.len)).len == 0) {
		copy(a, o, ret);
		r = 0;
	}
	json_object_put(o);
	json_tokener_free(tok);
	return r;
}

const struct json_value *json_find(const struct json_value *v, const char *path)
{
	struct view rest = view_of(path), key;

	while (v && view_split(&rest, '.', &key)) {
		const struct json_value *found = NULL;

		for (size_t i = 0; v->kind == JSON_MAP && i < v->n; i++)
			if (view_eq(v->keys[i], key))
				found = &v->items[i];
		v = found;
	}
	return v;
}

struct view json_text(const struct json_value *v, const char *path)
{
	const struct json_value *found = json_find(v, path);

	return found && (found->kind == JSON_STRING || found->kind == JSON_NUMBER) ? found->text
										   : VIEW("");
}

int64_t json_number(const struct json_value *v, const char *path, int64_t other)
{
	struct view text = json_text(v, path);
	bool is_negative = text.len > 0 && text.ptr[0] == '-';
	uint64_t n;

	if (view_to_u64(is_negative ? view_sub(text, 1, text.len) : text, &n) < 0 || n > INT64_MAX)
		return other;
	return is_negative ? -(int64_t)n : (int64_t)n;
}
