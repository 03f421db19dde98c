/* SPDX-License-Identifier: Apache-2.0 */
/* problem.h - what is wrong with a guide or with the intents, as a list for the author. */
#ifndef KNOW_PROBLEM_H
#define KNOW_PROBLEM_H

#include <stdbool.h>

#include "base/error.h"
#include "base/vec.h"

/* What is wrong; warnings do not keep a guide out. */
struct problem {
	struct fault fault;
	bool is_error;
	bool is_stale; /* about a review date that has passed */
};
/* Zero-initialise; owned by whoever holds it. Holds LIMIT_PROBLEMS entries, then only counts. */
struct problems {
	VEC(struct problem) list;
	size_t n_errors; /* also those that found no room in the list */
	size_t n_warnings;
};

/* Add one. The place is filled from file, line, column; the format is looked up by say(). */
void problem_add(struct problems *p, bool is_error, const char *file, unsigned line,
		 unsigned column, const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* A warning that a review date has passed. */
void problem_add_stale(struct problems *p, const char *file, unsigned line, unsigned column,
		       const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* One more of the same kind, text and place. */
void problem_copy(struct problems *p, const struct problem *from);
/* False if it would only be counted: then nobody need look for its place. */
bool problems_have_room(const struct problems *p, bool is_error);
void problems_done(struct problems *p);
size_t problems_errors(const struct problems *p);
/* The first error into *ret; false if there is none. */
bool problems_first_error(const struct problems *p, struct fault *ret);

#endif
