/* SPDX-License-Identifier: Apache-2.0 */
/*
 * term.h - the words of a matter (居住证, 签注 …) in a text, as written, by sound or by shape.
 *
 * 居住正, 居主证, 居往证, "juzhuzheng" and "jzz" all land on 居住证; what lands on no known term is
 * left as it is.
 */
#ifndef NLU_TERM_H
#define NLU_TERM_H

#include "base/arena.h"
#include "know/catalog.h"
#include "nlu/sound.h"

struct term {
	struct view written;
	const uint32_t *chars; /* what it is read as: for letters (jzz) the matter's first term */
	size_t n_chars;
	const struct matter *matter; /* NULL: something that is no matter of ours */
};

struct term_hit {
	uint32_t start, end; /* characters of the text */
	const struct term *term;
	bool is_corrected; /* found by sound, shape or initials, not as written */
};

struct term_hits {
	const struct term_hit *items; /* in the order of the text, not overlapping */
	size_t n;
};

static inline bool term_hits_have(const struct term_hits *hits, bool of_ours)
{
	for (size_t i = 0; i < hits->n; i++)
		if ((hits->items[i].term->matter != NULL) == of_ours)
			return true;
	return false;
}

/* The first that starts in [from, to], of a matter of ours if so asked; NULL: none. */
static inline const struct term_hit *term_hits_from(const struct term_hits *hits, uint32_t from,
						    uint32_t to, bool of_ours)
{
	for (size_t i = 0; i < hits->n; i++)
		if (hits->items[i].start >= from && hits->items[i].start <= to &&
		    (!of_ours || hits->items[i].term->matter))
			return &hits->items[i];
	return NULL;
}

struct term_table;

/* NULL catalogue: an empty table. Keeps pointing into the catalogue. */
struct term_table *term_table_new(const struct catalog *catalog);
void term_table_free(struct term_table *t);
/* Longest first, as written before corrected; in the arena. */
void term_scan(const struct term_table *t, struct arena *a, const struct text *text,
	       const struct sounds *sounds, struct term_hits *ret);

#endif
