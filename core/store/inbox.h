/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox.h - what could not be answered, and what people thought of the answers: for whoever looks
 * after the content.
 *
 * One SQLite file, inbox.db, beside the conversations and apart from them: it is kept longer, it
 * may be given to editors, and nothing in it leads to a person. No token, no address, no
 * conversation; personal numbers were lifted out of the words before they came here. Equal ones are
 * one row with a count. All calls may block; the daemon's are made by the store's thread.
 */
#ifndef STORE_INBOX_H
#define STORE_INBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define INBOX_FILE        "inbox.db"
#define INBOX_TEXT_MAX    512 /* bytes of a question or a reason; longer ones are clipped */
#define INBOX_ID_MAX      64
#define INBOX_NEAREST_MAX 3

enum inbox_kind {
	INBOX_UNANSWERED, /* declined, handed over: not understood or not ours */
	INBOX_UNCLEAR,    /* asked back which of several questions is meant    */
	INBOX_MISSING,    /* understood, but no guide knows                    */
	INBOX_UP,         /* feedback on an answer */
	INBOX_DOWN,
	INBOX_KINDS,
};
const char *inbox_kind_name(enum inbox_kind kind);
int inbox_kind_parse(const char *name, enum inbox_kind *ret);

enum inbox_state { INBOX_NEW, INBOX_DONE, INBOX_IGNORED, INBOX_STATES };
const char *inbox_state_name(enum inbox_state state);

struct inbox_nearest {
	char intent[INBOX_ID_MAX];
	float score;
};

/* Feedback has the intent that was answered as the only nearest one. */
struct inbox_note {
	enum inbox_kind kind;
	char text[INBOX_TEXT_MAX];   /* the question, folded; feedback: "" if not known any more */
	char reason[INBOX_TEXT_MAX]; /* of feedback */
	char region[INBOX_ID_MAX];   /* asked about; "" if none */
	char rule[INBOX_ID_MAX];     /* of the policy that decided */
	struct inbox_nearest nearest[INBOX_NEAREST_MAX];
	size_t n_nearest;
	uint64_t generation; /* of the content */
	int64_t when_ms;     /* wall clock */
};

struct inbox_row {
	int64_t n; /* its number */
	struct inbox_note note;
	int64_t count, first_ms; /* note.when_ms is the last time */
	enum inbox_state state;
};

struct inbox_limits {
	size_t max_rows; /* beyond, what is done, then what is rare and old is forgotten */
	int64_t keep_ms; /* not seen for this long: forgotten */
};

struct inbox;

/*
 * The file in this folder, made if it is missing. 0; or 1 with *why if an unusable file was renamed
 * to inbox.db.aside; or -errno with *why.
 */
int inbox_open(const char *dir, const struct inbox_limits *limits, struct inbox **ret,
	       struct fault *why);
void inbox_close(struct inbox *b);
/* All of them or none. What was done comes up anew when it is asked again; what is ignored stays.
 */
int inbox_put(struct inbox *b, const struct inbox_note *notes, size_t n, struct fault *why);
/* Forget some of what is too old or too much. 1: there is more, call again; 0; or -errno. */
int inbox_sweep(struct inbox *b, int64_t now_ms, struct fault *why);
/* The rows of these states (bits 1 << state), the most frequent first; `each` may end it with
 * false. Rows that are not ours are passed over. */
int inbox_list(struct inbox *b, unsigned states, bool (*each)(void *data, const struct inbox_row *),
	       void *data, struct fault *why);
/* One by its number: 0, -ENOENT or -errno with *why. */
int inbox_get(struct inbox *b, int64_t n, struct inbox_row *ret, struct fault *why);
/* 0, -ENOENT or -errno with *why. */
int inbox_mark(struct inbox *b, int64_t n, enum inbox_state state, struct fault *why);

#endif
