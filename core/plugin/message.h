/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message.h - what the server and a plugin's process say to each other.
 *
 * One message is one packet of a SOCK_SEQPACKET pair: a type, then its members one after another,
 * numbers as they lie in memory (both ends are the same machine and the same build), text as a
 * length and bytes. Plugin code shares its process with the writer of what the server reads here,
 * so message_parse() believes nothing: lengths, counts, ranges, UTF-8 and caps are all checked.
 */
#ifndef PLUGIN_MESSAGE_H
#define PLUGIN_MESSAGE_H

#include <sys/types.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"
#include "know/facts.h"

enum message_type {
	MESSAGE_REFUSED = 1, /* child: this plugin cannot be used, and why         */
	MESSAGE_ABOUT,       /* child: the descriptor; `guide_len` bytes follow    */
	MESSAGE_GUIDE,       /* child: the next piece of the guide                 */
	MESSAGE_CONF,        /* server: one setting; before the first ask          */
	MESSAGE_READY,       /* child: init() went well                            */
	MESSAGE_ASK,         /* server                                             */
	MESSAGE_ANSWER,      /* child, one for each ask                            */
	MESSAGE_LOG,         /* child, at any time                                 */
};

/* What keeps the plugin's process in, as far as this kernel has it. */
enum message_confined {
	CONFINED_RLIMITS = 1,
	CONFINED_LANDLOCK = 2,
	CONFINED_SECCOMP = 4,
};

struct message_about {
	struct view name;
	struct view version; /* "" = the guide's */
	const struct view *claims;
	size_t n_claims;
	uint32_t guide_len;
	uint32_t abi_minor;
	uint32_t confined;
	bool has_code;
};

struct message_slot {
	struct view name;
	int64_t value;
};

struct message_ask {
	uint64_t id;
	uint32_t budget_ms;
	struct view region, intent, text;
	const struct message_slot *slots;
	size_t n_slots;
};

struct message_answer {
	uint64_t id;
	int32_t result;     /* WENLU_OK …                                  */
	int32_t max_age_ms; /* -1: as long as the generation; 0: not kept  */
	struct view reason; /* in words, where the result is a failure     */
	struct facts facts; /* all empty unless the result is WENLU_OK     */
};

struct message {
	enum message_type type;
	union {
		struct view text; /* REFUSED, GUIDE */
		struct message_about about;
		struct message_ask ask;
		struct message_answer answer;
		struct {
			int32_t level;
			struct view text;
		} log;
		struct {
			struct view key, value;
		} conf;
	};
};

/* Bytes of one piece of a guide, and slots and claims in a message. */
#define MESSAGE_PIECE  32768
#define MESSAGE_SLOTS  32
#define MESSAGE_CLAIMS 128

/* Put `m` behind what is in `out`. */
void message_put(struct buf *out, const struct message *m);
/*
 * Read one packet. Text in *ret points into `bytes`, lists into the arena. 0, or -EBADMSG with the
 * first thing that is wrong in *why.
 */
int message_parse(struct arena *a, struct view bytes, struct message *ret, struct fault *why);
/* Replace the time left in an ask that message_put() wrote at the start of `packet`. */
void message_set_budget(struct buf *packet, uint32_t budget_ms);

/* True if a plugin may say this: UTF-8, at most `max` bytes, no control characters but \n and \t.
 */
bool message_text_ok(struct view text, size_t max);
/* True for 1 to `max` printable ASCII characters without blanks: names, versions, intent ids. */
bool message_word_ok(struct view word, size_t max);
/* True for "", http://… and https://…. */
bool message_url_ok(struct view url);

/* Send one packet. 0, -EAGAIN if the other side does not read and `wait` is false, else -errno. */
int message_send(int fd, struct view packet, bool wait);
/* Receive one into buf[cap]: its length, 0 when the other side is gone, -EMSGSIZE, -EAGAIN … */
ssize_t message_receive(int fd, char *buf, size_t cap, bool wait);

#endif
