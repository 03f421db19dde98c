/* SPDX-License-Identifier: Apache-2.0 */
/* voice.c - sentences from the wording file into the buffer. */
#include "dialog/voice.h"

#include <string.h>

struct view voice_take(const struct voice *v, size_t mark)
{
	struct view taken = arena_copy(
	    v->arena, view_make(v->out->ptr ? v->out->ptr + mark : "", v->out->len - mark));

	v->out->len = mark;
	if (v->out->ptr)
		v->out->ptr[mark] = '\0';
	return taken;
}

/* The entry of the matter talked about, if it says this in its own words. */
static const char *own_entry(const struct voice *v, const char *entry, char *room, size_t size)
{
	static const char prefix[] = "matter.";
	size_t at = sizeof(prefix) - 1, len = strlen(entry), name;

	if (!v->matter)
		return entry;
	name = v->matter->name.len;
	if (at + name + 1 + len >= size)
		return entry;
	memcpy(room, prefix, at);
	memcpy(room + at, v->matter->name.ptr, name);
	room[at + name] = '.';
	memcpy(room + at + name + 1, entry, len + 1);
	return wording_has(v->wording, room) ? room : entry;
}

void voice_say(const struct voice *v, const char *entry, const char *name1, struct view value1,
	       const char *name2, struct view value2)
{
	struct word_value values[6];
	char room[160];
	size_t n = 0;

	if (name1)
		values[n++] = (struct word_value){name1, value1};
	if (name2)
		values[n++] = (struct word_value){name2, value2};
	if (v->scope) {
		values[n++] = (struct word_value){"matters", v->scope->matters};
		values[n++] = (struct word_value){"about", v->scope->about};
		values[n++] = (struct word_value){"examples", v->scope->examples};
	}
	if (v->matter)
		values[n++] = (struct word_value){"matter", v->matter->title};
	wording_put(v->wording, v->out, own_entry(v, entry, room, sizeof(room)), v->turn, values,
		    n);
}

struct view voice_words(const struct voice *v, const char *entry, const char *name1,
			struct view value1, const char *name2, struct view value2)
{
	size_t mark = voice_mark(v);

	voice_say(v, entry, name1, value1, name2, value2);
	return voice_take(v, mark);
}

struct view voice_region(const struct voice *v, const struct region *r)
{
	return region_full_name(v->arena, r);
}
