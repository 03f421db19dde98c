/* SPDX-License-Identifier: Apache-2.0 */
/* nlu-places.h - all places of the country, for tests of which of them a question asks about. */
#ifndef TESTS_NLU_PLACES_H
#define TESTS_NLU_PLACES_H

#include "nlu/mention.h"

#include "nlu-world.h"

static struct world world;
static struct arena arena;
static struct gazetteer *gazetteer;
static struct term_table *terms;

/* What finding places begins with, in the arena; false: it is not UTF-8. */
struct question {
	struct text text;
	struct sounds sounds;
	struct term_hits terms;
};
static bool read_question(const char *question, struct question *ret)
{
	arena_reset(&arena);
	if (text_fold(&arena, view_of(question), &ret->text) < 0)
		return false;
	sounds_make(&arena, &ret->text, &ret->sounds);
	term_scan(terms, &arena, &ret->text, &ret->sounds, &ret->terms);
	return true;
}

static struct mentions scan(const char *question)
{
	struct mentions m = {.n = 0};
	struct question q;

	if (read_question(question, &q))
		gazetteer_read(gazetteer, &arena, &q.text, &q.sounds, &q.terms, &m);
	return m;
}

/* The targets' ids, joined by commas. */
static void asks(const char *question, const char *want)
{
	struct mentions m = scan(question);
	char got[256] = "";

	for (size_t i = 0; i < m.n_targets; i++)
		snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%.*s", i ? "," : "",
			 VIEW_ARG(m.targets[i]->id));
	is_str(got, want, "%s asks about '%s'", question, want);
}

static void places_init(void)
{
	world_init(&world);
	arena_init(&arena, 0);
	const struct gazetteer_extra extras[] = {
	    {VIEW("随申办"), region_find(&world.regions, VIEW("310000")), REGION_NAME_APP},
	    /* As everybody calls it: the name stays what it is, or "zz" would stand for nothing. */
	    {VIEW("郑州"), region_find(&world.regions, VIEW("410100")), REGION_NAME_NICKNAME},
	};
	gazetteer = gazetteer_new(&world.regions, &world.catalog, extras, 2);
	terms = term_table_new(&world.catalog);
}

static void places_done(void)
{
	gazetteer_free(gazetteer);
	gazetteer_free(NULL);
	term_table_free(terms);
	arena_done(&arena);
	world_done(&world);
}

#endif
