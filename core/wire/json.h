/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.h - the wire format wenlu.v1: messages from clients into structs, replies into JSON text.
 *
 * contrib/schema/ describes both. Reading goes through json-c with caps on depth and size; writing
 * goes straight into a buffer, since it is on the path of every ask.
 */
#ifndef WIRE_JSON_H
#define WIRE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "dialog/reply.h"

enum message_type {
	MESSAGE_HELLO,
	MESSAGE_ASK,
	MESSAGE_CHOOSE,
	MESSAGE_FEEDBACK,
	MESSAGE_SUGGEST,
};

struct message {
	enum message_type type;
	struct view id;      /* the client's own id, "" if none */
	struct view session; /* token, "" if none */
	struct view text;
	struct view region;
	struct view option;
	struct view value; /* feedback: "up" or "down" */
	uint64_t seq;      /* hello: last seq seen; feedback: the reply it is about */
	bool why;
};

/* What is wrong with a message: code for programs, a sentence that says what to do for people. */
struct message_fault {
	const char
	    *code; /* "bad_json", "bad_type", "missing_text", "bad_region", "id_too_long" … */
	char text[240];
};

/*
 * Read one message. A frame that is no JSON object is the question itself (type ASK). Views point
 * into the arena. 0, or -EBADMSG with *why.
 */
int message_read(struct arena *a, struct view frame, size_t max_id_bytes, struct message *ret,
		 struct message_fault *why);

struct reply_envelope {
	uint64_t seq;
	struct view reply_to; /* the client's id, "" if none */
	struct view session;  /* token, "" if none */
	uint64_t generation;
};

/* One JSON object, without a newline, appended to `out`. */
void reply_write(struct buf *out, const struct reply *reply, const struct reply_envelope *envelope);
/* {"type":"error","code":…,"message":…} */
void error_write(struct buf *out, const char *code, const char *message,
		 const struct reply_envelope *envelope);
/* A JSON string with its quotes; invalid UTF-8 becomes U+FFFD. */
void json_string(struct buf *out, struct view v);

#endif
