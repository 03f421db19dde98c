/* SPDX-License-Identifier: Apache-2.0 */
/* metrics_merge.c - figures of several workers as one. */
#include "serve/commands.h"

#include <stdlib.h>

#include "base/vec.h"
#include "base/view.h"

/* Of what all have in common the highest is meant, not the sum. */
static const char *const common[] = {
    "wenlu_uptime_seconds", "wenlu_generation",           "wenlu_addresses",
    "wenlu_reloads_total",  "wenlu_reloads_failed_total",
};

struct figure {
	struct view name; /* with its labels; a comment as a whole line */
	bool is_comment, is_common;
	uint64_t value;
};

struct table {
	VEC(struct figure) list;
};

static bool is_common(struct view name)
{
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		if (view_is(name, common[i]))
			return true;
	return false;
}

/* `hint`: where it stands if all workers list the same. */
static struct figure *find(struct table *t, struct view name, size_t hint)
{
	if (hint < t->list.n && view_eq(t->list.items[hint].name, name))
		return &t->list.items[hint];
	for (size_t i = 0; i < t->list.n; i++)
		if (view_eq(t->list.items[i].name, name))
			return &t->list.items[i];
	return NULL;
}

static void add_line(struct table *t, struct view line, size_t hint)
{
	bool is_comment = view_starts(line, VIEW("#"));
	struct view name = line;
	uint64_t value = 0;
	struct figure *f;

	for (size_t i = line.len; !is_comment && i-- > 0;) {
		if (line.ptr[i] != ' ')
			continue;
		name = view_sub(line, 0, i);
		if (view_to_u64(view_sub(line, i + 1, line.len), &value) < 0)
			return;
		break;
	}
	f = find(t, name, hint);
	if (!f) {
		f = vec_push(&t->list);
		f->name = name;
		f->is_comment = is_comment;
		f->is_common = is_common(name);
	}
	if (!f->is_common)
		f->value += value;
	else if (value > f->value)
		f->value = value;
}

/* A sample that only a later worker has stands at the end, as any order of families is allowed;
 * samples of one family are kept together. */
static void write_family(const struct table *t, size_t first, struct buf *out)
{
	const struct figure *head = &t->list.items[first];
	struct view rest = head->name, word, family;

	view_split(&rest, ' ', &word);
	view_split(&rest, ' ', &word);
	view_split(&rest, ' ', &family);
	for (size_t i = 0; i < t->list.n; i++) {
		const struct figure *f = &t->list.items[i];
		struct view tail = f->name, name;

		if (f->is_comment)
			continue;
		view_split(&tail, '{', &name);
		if (view_eq(name, family))
			buf_printf(out, "%.*s %llu\n", VIEW_ARG(f->name),
				   (unsigned long long)f->value);
	}
}

void metrics_merge(const struct view *texts, size_t n, struct buf *out)
{
	struct table t = {.list = VEC_INIT};

	for (size_t i = 0; i < n; i++) {
		struct view rest = texts[i], line;

		for (size_t hint = 0; rest.len > 0; hint++) {
			view_split(&rest, '\n', &line);
			if (line.len > 0)
				add_line(&t, line, hint);
		}
	}
	for (size_t i = 0; i < t.list.n; i++) {
		if (!t.list.items[i].is_comment)
			continue;
		buf_printf(out, "%.*s\n", VIEW_ARG(t.list.items[i].name));
		if (view_starts(t.list.items[i].name, VIEW("# TYPE ")))
			write_family(&t, i, out);
	}
	vec_done(&t.list);
}
