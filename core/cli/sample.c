/* SPDX-License-Identifier: Apache-2.0 */
/* sample.c - reading labelled questions. */
#include "cli/sample.h"

#include <errno.h>

#include "base/file.h"
#include "base/utf8.h"

/* A file of questions, for a tool that runs by hand. */
#define SAMPLES_MAX ((size_t)256 << 20)

static unsigned column_of(struct view line, size_t offset)
{
	return (unsigned)utf8_count(view_sub(line, 0, offset)) + 1;
}

/* *ret_column is where something is wrong. */
static int read_line(struct sample *s, struct view line, unsigned *ret_column, struct fault *why)
{
	struct view whole = line;
	size_t bad;

	if (!utf8_is_valid(line, &bad)) {
		fault_set(why, "not valid UTF-8 at byte %zu of the line", bad + 1);
		*ret_column = column_of(line, bad);
		return -EBADMSG;
	}
	*ret_column = column_of(line, line.len);
	view_split(&line, '\t', &s->label);
	s->label = view_trim(s->label);
	if (!line.ptr || s->label.len == 0) {
		fault_set(why, "a line is a label, a tab, and a question");
		return -EBADMSG;
	}
	*ret_column = column_of(whole, whole.len - line.len);
	view_split(&line, '\t', &s->text);
	s->text = view_trim(s->text);
	if (line.ptr)
		view_split(&line, '\t', &s->style);
	s->has_regions = line.ptr && view_split(&line, '\t', &s->regions);
	if (s->text.len > 0)
		return 0;
	fault_set(why, "there is no question behind the label");
	return -EBADMSG;
}

int samples_read(struct samples *s, struct arena *a, const char *path, struct fault *why)
{
	const char *file = arena_strdup(a, path);
	struct view rest, line;
	unsigned number = 0, column;
	int r = file_read(a, path, SAMPLES_MAX, &rest);

	if (r < 0) {
		fault_set(why, "%s", error_text(r));
		fault_place(why, path, 0, 0);
		return r;
	}
	while (view_split(&rest, '\n', &line)) {
		struct sample new = {.file = file, .line = ++number};

		if (view_ends(line, VIEW("\r")))
			line.len--;
		if (view_trim(line).len == 0 || line.ptr[0] == '#')
			continue;
		r = read_line(&new, line, &column, why);
		if (r < 0) {
			fault_place(why, path, number, column);
			return r;
		}
		*vec_push(&s->list) = new;
	}
	return 0;
}

void samples_of_catalog(struct samples *s, const struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->n_intents; i++) {
		const struct intent *in = &catalog->intents[i];

		for (size_t k = 0; k < in->n_examples; k++)
			*vec_push(&s->list) = (struct sample){.label = in->name,
							      .text = in->examples[k].text,
							      .style = in->examples[k].style,
							      .file = in->file,
							      .line = in->examples[k].line};
	}
}

unsigned samples_column(struct samples *s, struct arena *a, const struct sample *at)
{
	struct view rest, line = VIEW("");
	size_t from = 0;
	ptrdiff_t found;

	if (s->file != at->file && file_read(a, at->file, SAMPLES_MAX, &s->text) < 0)
		s->text = VIEW("");
	s->file = at->file;
	rest = s->text;
	for (unsigned i = 0; i < at->line; i++)
		if (!view_split(&rest, '\n', &line))
			return 1;
	/* The label may have the question's words in it. */
	if (view_starts(line, at->label) && line.len > at->label.len)
		from = at->label.len;
	found = view_find(view_sub(line, from, line.len), at->text);
	return found < 0 ? 1 : column_of(line, from + (size_t)found);
}

void samples_done(struct samples *s)
{
	vec_done(&s->list);
}
