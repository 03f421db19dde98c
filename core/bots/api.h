/* SPDX-License-Identifier: Apache-2.0 */
/* api.h - what calls of platforms' interfaces have in common. */
#ifndef BOTS_API_H
#define BOTS_API_H

#include "bots/platform.h"
#include "wire/json.h"
#include "wire/tree.h"

/* As a part of an address: %XX for all but letters, digits, - . _ ~ */
struct view url_part(struct arena *a, struct view v);
/* A JSON string with its quotes, in the arena. */
struct view json_quoted(struct arena *a, struct view v);
/* The headers of a call whose body is JSON. */
void call_is_json(struct bot_call *call);
/* The object of a response; false, with *why, if it is none. */
bool reply_object(struct arena *a, int status, struct view body, struct json_value *ret,
		  struct fault *why);

/* Is a time in a header, in units of unit_ms, no number or too far from now? */
bool time_is_stale(struct view digits, int64_t unit_ms, int64_t now_ms, int64_t window_ms);
/* For bot_mirror.explain: its time, in units of unit_ms, is so far from now. */
void explain_time(struct view digits, int64_t unit_ms, int64_t now_ms, struct buf *out);
/* bot_mirror.read of platforms whose response only acknowledges. */
int mirror_read_nothing(const struct bot *b, struct view body, struct arena *a, struct view *ret,
			struct fault *why);

#endif
