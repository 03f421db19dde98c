/* SPDX-License-Identifier: Apache-2.0 */
/* record.c - texts out of one JSON object; see record.h. */
#include "wire/record.h"

#include <errno.h>
#include <json-c/json.h>
#include <limits.h>

#include "base/limits.h"

int record_text(struct arena *a, struct view line, const char *const *names, size_t n,
		struct view *ret)
{
	struct json_tokener *tok = json_tokener_new_ex(LIMIT_JSON_DEPTH);
	struct json_object *o = NULL, *v;
	struct view text = {NULL, 0};
	int r = -EBADMSG;

	if (tok && line.len <= INT_MAX)
		o = json_tokener_parse_ex(tok, line.ptr, (int)line.len);
	if (o && json_object_is_type(o, json_type_object)) {
		r = 0;
		for (size_t i = 0; i < n && !text.ptr; i++)
			if (json_object_object_get_ex(o, names[i], &v) &&
			    json_object_is_type(v, json_type_string))
				text =
				    arena_copy(a, view_make(json_object_get_string(v),
							    (size_t)json_object_get_string_len(v)));
		*ret = text;
	}
	json_object_put(o);
	if (tok)
		json_tokener_free(tok);
	return r;
}
