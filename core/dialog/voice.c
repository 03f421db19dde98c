/* SPDX-License-Identifier: Apache-2.0 */
/* voice.c - sentences from the wording file into the buffer. */
#include "dialog/voice.h"

struct view voice_take(const struct voice *v, size_t mark)
{
	struct view taken = arena_copy(
	    v->arena, view_make(v->out->ptr ? v->out->ptr + mark : "", v->out->len - mark));

	v->out->len = mark;
	if (v->out->ptr)
		v->out->ptr[mark] = '\0';
	return taken;
}

void voice_say(const struct voice *v, const char *entry, const char *name1, struct view value1,
	       const char *name2, struct view value2)
{
	struct word_value values[2];
	size_t n = 0;

	if (name1)
		values[n++] = (struct word_value){name1, value1};
	if (name2)
		values[n++] = (struct word_value){name2, value2};
	wording_put(v->wording, v->out, entry, v->turn, values, n);
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
