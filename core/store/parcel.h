/* SPDX-License-Identifier: Apache-2.0 */
/* parcel.h - what goes from the loop to the store's thread and back; private to the store. */
#ifndef STORE_PARCEL_H
#define STORE_PARCEL_H

#include "store/inbox.h"
#include "store/store.h"

struct request {
	uint64_t id;
	char token[SESSION_TOKEN_LEN + 1];
	store_found *found; /* NULL: cancelled. Only the loop looks at this and at data */
	void *data;
};

struct lookup {
	struct request request;
	bool is_found;
	struct record record;
};

struct errand {
	store_work *work;
	store_worked *done;
	void *data;
};

struct parcel {
	struct batch batch;
	VEC(struct lookup) lookups;
	VEC(struct inbox_note) notes;
	VEC(struct errand) errands;
	int notes_r; /* of putting the notes in */
	struct fault notes_why;
	int64_t forget_before_ms; /* conversations that were quiet since */
	int r;                    /* of writing the batch */
	struct fault why;
};

/* Do all that the parcel asks for, on the store's thread. */
void parcel_work(struct parcel *p, struct backend *b, struct inbox *inbox);
bool parcel_is_empty(const struct parcel *p);
/* Empty it; its memory stays for the next use, but not more than is usual. */
void parcel_clear(struct parcel *p);
void parcel_done(struct parcel *p);

/* The token in a reply's text is replaced by as many bytes that JSON never has, and put back. */
void token_blank(char *text, size_t len, const char *token);
void token_restore(char *text, size_t len, const char *token);

#endif
