/* SPDX-License-Identifier: Apache-2.0 */
/* guide.c - fuzz target: any bytes as a guide, and as a wording. Neither may crash or run away. */
#include <assert.h>

#include "base/buf.h"
#include "know/guide.h"
#include "know/wording.h"

/* What was read can be found again. */
static void check_places(const struct guide *g)
{
	unsigned line = 0, column = 0;

	guide_place(g, g->name, &line, &column);
	assert(line > 0 && column > 0);
	for (size_t i = 0; i < g->topics.n && i < 8; i++) {
		guide_place(g, g->topics.items[i].intent, &line, &column);
		assert(line > 0 && column > 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Of a case some number is told, and by whom. */
static void check_cases(const struct guide *g, const struct guide_topic *t)
{
	for (size_t i = 0; i < t->cases.n; i++) {
		const struct guide_case *c = &t->cases.items[i];

		assert(c->figure.len && c->line.text.len);
		assert(guide_source_find(g, c->line.source));
		assert(c->least.value >= 0 || c->most.value >= 0);
		assert(c->most.value < 0 || c->least.value <= c->most.value);
	}
}

/* What holds of every guide that was accepted. */
static void check_guide(const struct guide *g)
{
	assert(g->name.len && g->version.len && g->contact.len && g->regions.n);
	for (size_t i = 0; i < g->topics.n; i++) {
		const struct facts *f = &g->topics.items[i].facts;

		for (unsigned k = 0; k < FACTS_LINE_LISTS; k++) {
			struct line_list lines = facts_lines(f, (enum facts_lines)k);

			for (size_t j = 0; j < lines.n; j++)
				assert(guide_source_find(g, lines.items[j].source));
		}
		for (size_t j = 0; j < f->channels.n; j++)
			assert(guide_source_find(g, f->channels.items[j].source));
		check_cases(g, &g->topics.items[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view text = view_make((const char *)data, size), name;
	struct problems problems = {0};
	struct wording *w = NULL;
	struct buf out = BUF_INIT;
	struct fault why;
	struct arena a;
	struct guide g;

	arena_init(&a, 0);
	if (guide_read(&a, text, "input", &g, &problems) == 0) {
		check_guide(&g);
		check_places(&g);
	} else
		assert(problems_errors(&problems) > 0);
	problems_done(&problems);
	if (wording_parse(&a, text, "input", NULL, &w, &why) == 0)
		for (size_t i = 0; wording_entry(w, i, &name); i++)
			wording_put(w, &out, arena_copy(&a, name).ptr, (unsigned)i, NULL, 0);
	buf_done(&out);
	arena_done(&a);
	return 0;
}
