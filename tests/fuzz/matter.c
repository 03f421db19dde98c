/* SPDX-License-Identifier: Apache-2.0 */
/* matter.c - fuzz target: any bytes as a matter.yaml, and all that is built from it. */
#include <assert.h>

#include "dialog/facet.h"
#include "dialog/scope.h"
#include "know/catalog.h"
#include "know/wording.h"
#include "nlu/cue.h"
#include "nlu/gloss.h"
#include "nlu/term.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(struct arena *a, const struct matter *m)
{
	const struct catalog catalog = {.matters = m, .n_matters = 1};
	const struct wording_matters matters = {m, 1};
	struct term_table *terms = term_table_new(&catalog);
	struct wording *w = NULL;
	struct facets facets;
	struct scope scope;
	struct cues cues;
	struct fault why;
	uint32_t chars[GLOSS_CHARS];

	assert(m->name.len && m->title.len && m->n_terms);
	for (size_t i = 0; i < m->n_glosses; i++)
		assert(gloss_find(&catalog, m->glosses[i].english, chars) <= GLOSS_CHARS);
	cues_init(&cues, &catalog);
	cues_done(&cues);
	facets_load(a, &catalog, &facets);
	scope_load(a, &catalog, &scope);
	assert(scope.matters.len >= m->title.len);
	(void)wording_parse(a, VIEW("bye: 再见\n"), "w.yaml", &matters, &w, &why);
	term_table_free(terms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view text = view_make((const char *)data, size);
	struct problems problems = {0};
	const struct yaml_node *root;
	struct matter m = {.n_terms = 0};
	struct fault why;
	struct arena a;

	arena_init(&a, 0);
	if (yaml_read(&a, text, "input", &root, &why) == 0) {
		const struct reader r = {&a, "input", &problems};
		const struct yaml_node *name = yaml_get(root, "matter");

		matter_read(&r, root, name ? name->text : VIEW(""), &m);
		if (problems_errors(&problems) == 0)
			use(&a, &m);
	}
	problems_done(&problems);
	arena_done(&a);
	return 0;
}
