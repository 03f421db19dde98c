/* SPDX-License-Identifier: Apache-2.0 */
/*
 * error.h - what is done about failure: -errno upwards, words for people, abort for our own faults.
 *
 * Functions return 0 or -errno. Where a person must act (a file to mend, a setting to change) the
 * reason is put into a struct fault in words: where, what was found, what was expected.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stddef.h>

#define FAULT_TEXT_MAX 480
#define FAULT_FILE_MAX 256

/* One thing that is wrong with something a person wrote. Plain data; copy it freely. */
struct fault {
	char file[FAULT_FILE_MAX]; /* path or name; empty if none          */
	unsigned line, column;     /* from 1; 0 if unknown                 */
	char text[FAULT_TEXT_MAX]; /* one sentence, no newline             */
};

/*
 * Set text (and clear the place). The format is looked up by say(): it goes in here in English. Too
 * long a text is cut at a character's edge.
 */
void fault_set(struct fault *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Set the place; file NULL leaves it as it is. */
void fault_place(struct fault *f, const char *file, unsigned line, unsigned column);
/* "file:line:column: text", or how else it is said, into buf, always terminated; gives buf. */
char *fault_format(const struct fault *f, char *buf, size_t cap);

/* The words for an errno value as say() has them, thread-safe; takes either sign. */
const char *error_text(int err);

/* Out of memory, or a broken promise of our own: one line on stderr, then abort(). */
_Noreturn void die_oom(size_t wanted);
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
