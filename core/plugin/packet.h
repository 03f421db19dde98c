/* SPDX-License-Identifier: Apache-2.0 */
/*
 * packet.h - what the server and a plugin's process say to each other.
 *
 * One message is one packet of a SOCK_SEQPACKET pair: a type, then its members one after another,
 * numbers as they lie in memory (both ends are the same machine and the same build), text as a
 * length and bytes. Plugin code shares its process with the writer of what the server reads here,
 * so packet_parse() believes nothing: lengths, counts, ranges, UTF-8 and caps are all checked.
 */
#ifndef PLUGIN_PACKET_H
#define PLUGIN_PACKET_H

#include <sys/types.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"
#include "know/facts.h"

enum packet_type {
	PACKET_REFUSED = 1, /* child: this plugin cannot be used, and why         */
	PACKET_ABOUT,       /* child: the descriptor; `guide_len` bytes follow    */
	PACKET_GUIDE,       /* child: the next piece of the guide                 */
	PACKET_CONF,        /* server: one setting; before the first ask          */
	PACKET_READY,       /* child: init() went well                            */
	PACKET_ASK,         /* server                                             */
	PACKET_ANSWER,      /* child, one for each ask                            */
	PACKET_LOG,         /* child, at any time                                 */
	PACKET_FETCH,       /* child, while it works on an ask: one HTTP request  */
	PACKET_FETCHED,     /* server, one for each                               */
};

/* What keeps the plugin's process in, as far as this kernel has it. */
enum packet_confined {
	CONFINED_RLIMITS = 1,
	CONFINED_LANDLOCK = 2,
	CONFINED_SECCOMP = 4,
};

struct packet_about {
	struct view name;
	struct view version; /* "" = the guide's */
	const struct view *claims;
	size_t n_claims;
	uint32_t guide_len;
	uint32_t abi_minor;
	uint32_t confined;
	bool has_code;
};

/*
 * A figure; or, with a name that begins with '#', what a personal number looks like: behind it the
 * shape (struct wenlu_number), the value made by packet_number().
 */
struct packet_slot {
	struct view name;
	int64_t value;
};

struct packet_ask {
	uint64_t id;
	int64_t deadline; /* clock_ms(), which is the same in both processes */
	struct view region, intent, text;
	const struct packet_slot *slots;
	size_t n_slots;
};

struct packet_answer {
	uint64_t id;
	int32_t result;         /* WENLU_OK …                                  */
	int32_t max_age_ms;     /* -1: as long as the generation; 0: not kept  */
	struct view reason;     /* in words, where the result is a failure     */
	struct facts facts;     /* all empty unless the result is WENLU_OK     */
	struct inquiry inquiry; /* so is this; without text: the matter's own sentence */
};

/* Neither a fact nor a question: both ends refuse such an answer. */
static inline bool packet_says_nothing(const struct facts *f, const struct inquiry *q)
{
	return facts_is_empty(f) && q->line.text.len == 0;
}

/* A request for the outside world; not believed in anything. */
struct packet_fetch {
	uint64_t ask;
	uint32_t number;     /* tells its reply from that of one before */
	uint32_t timeout_ms; /* 0: as long as there is time */
	struct view method;
	struct view url;
	struct view body;
	const struct view *headers;
	size_t n_headers;
};

struct packet_fetched {
	uint32_t number;
	int32_t result; /* WENLU_OK and a status, or why not */
	uint32_t status;
	struct view why; /* a sentence */
	struct view content_type;
	struct view body; /* any bytes */
};

struct packet {
	enum packet_type type;
	union {
		struct view text; /* REFUSED, GUIDE */
		struct packet_about about;
		struct packet_ask ask;
		struct packet_answer answer;
		struct packet_fetch fetch;
		struct packet_fetched fetched;
		struct {
			int32_t level;
			struct view text;
		} log;
		struct {
			struct view key, value;
		} conf;
	};
};

static inline int64_t packet_number(int kind, int is_right, size_t length)
{
	return (int64_t)length << 16 | (int64_t)(is_right + 1) << 8 | kind;
}

/* Bytes of one piece of a guide, and slots and claims in a message. */
#define PACKET_PIECE  32768
#define PACKET_SLOTS  32
#define PACKET_CLAIMS 128
/* Bytes of an id: of a source, of a figure, of an intent. */
#define PACKET_ID 64
/* Bytes of an address, and of one header line. */
#define PACKET_URL 2048
/* A number's shape with its '#' and its NUL. */
#define PACKET_SHAPE 32

/* Put `m` behind what is in `out`. */
void packet_put(struct buf *out, const struct packet *m);
/*
 * Read one packet. Text in *ret points into `bytes`, lists into the arena. 0, or -EBADMSG with the
 * first thing that is wrong in *why.
 */
int packet_parse(struct arena *a, struct view bytes, struct packet *ret, struct fault *why);

/* True if a plugin may say this: UTF-8, at most `max` bytes, no control characters but \n and \t.
 */
bool packet_text_ok(struct view text, size_t max);
/* True for 1 to `max` printable ASCII characters without blanks: names, versions, intent ids. */
bool packet_word_ok(struct view word, size_t max);
/* True for "", http://… and https://…. */
bool packet_url_ok(struct view url);

/* Send one packet. 0, -EAGAIN if the other side does not read and `wait` is false, else -errno. */
int packet_send(int fd, struct view packet, bool wait);
/* Receive one into buf[cap]: its length, 0 when the other side is gone, -EMSGSIZE, -EAGAIN … */
ssize_t packet_receive(int fd, char *buf, size_t cap, bool wait);

#endif
