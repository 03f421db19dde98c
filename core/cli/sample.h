/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sample.h - labelled questions with the place where they stand, from TSV files or the catalogue.
 *
 * A line is label<TAB>text and may go on with <TAB>style<TAB>regions (ids parted by commas or
 * blanks). Lines that begin with # and empty lines are nothing.
 * Where nobody said what a question is about, only which places, the label is "-".
 */
#ifndef CLI_SAMPLE_H
#define CLI_SAMPLE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "know/catalog.h"

#define SAMPLE_UNLABELLED VIEW("-")

struct sample {
	struct view label, text, style, regions;
	bool has_regions; /* there is such a column; it may be empty: no place is asked about */
	const char *file;
	unsigned line;
};

struct samples {
	VEC(struct sample) list;
	const char *file; /* the last that was looked into, and its text */
	struct view text;
};

/* Add all lines of a file; texts live in the arena. 0, or -errno with *why. */
int samples_read(struct samples *s, struct arena *a, const char *path, struct fault *why);
/* Add all examples of the catalogue; they keep pointing there. */
void samples_of_catalog(struct samples *s, const struct catalog *catalog);
/* Where on its line the question begins, in characters from 1; for messages: the file is read. */
unsigned samples_column(struct samples *s, struct arena *a, const struct sample *at);
void samples_done(struct samples *s);

#endif
