/* SPDX-License-Identifier: Apache-2.0 */
/*
 * platform.h - a messaging platform as one table of facts and pure functions: one file a platform.
 *
 *	request ──▶ verify ──▶ decode ──▶ struct bot_message      the frame: seen before? whose
 *	            raw bytes  plain text                         conversation? ──▶ the engine
 *	response ◀── encode ◀───────────────── text ◀─────────────┘
 *	API call ◀── bot_api.send_call ◀────── too late for the response, or the platform takes none
 *
 * A platform's functions see bytes and give bytes: no sockets, no clock, no store, no state but the
 * keys of its bot. Whatever they allocate is in the arena they are given. They fail closed: what is
 * missing is refused like what is wrong. HACKING.md says how to add one.
 */
#ifndef BOTS_PLATFORM_H
#define BOTS_PLATFORM_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "bots/text.h"

#define BOT_VALUES_MAX  6
#define BOT_KEYS_MAX    12
#define BOT_BACK_MAX    6
#define BOT_HEADERS_MAX 4

struct bot;

/* A line of its section in wenlu.conf. A secret is never there itself: NAME_file or NAME_env say
 * where it is. */
enum bot_key_kind { BOT_KEY_TEXT, BOT_KEY_SECRET, BOT_KEY_CHOICE };
struct bot_key {
	const char *name;
	enum bot_key_kind kind;
	bool is_needed;
	const char *value;   /* default; NULL: none */
	const char *choices; /* "safe|plain" */
	const char *doc;     /* a sentence, with the name the platform's console gives it */
};

/* A request from a platform, or from somebody who says so. */
struct bot_request {
	bool is_post;
	/* In the order of the platform's lists; ptr NULL: not there. */
	struct view arguments[BOT_VALUES_MAX], headers[BOT_VALUES_MAX];
	struct view body; /* as it came */
	int64_t now_ms;   /* wall clock */
};

enum bot_verdict {
	BOT_OK,
	BOT_INCOMPLETE,     /* an argument or header that must be there is not */
	BOT_BAD_SIGNATURE,  /* not made with our secret */
	BOT_STALE,          /* signed too long ago, or in the future */
	BOT_BAD_SEAL,       /* signed right, but not sealed with our key */
	BOT_WRONG_RECEIVER, /* sealed for another account */
	BOT_MALFORMED,      /* authentic, but not what the platform sends */
	BOT_REPLAYED,       /* its signature was used for another message */
	BOT_VERDICTS,
};

struct bot_verified {
	struct view plain; /* the message as the platform wrote it, unsealed */
	struct view proof; /* what must not serve for another message: its signature */
	bool is_sealed;    /* it came sealed, and so must the response be */
};

enum bot_kind {
	BOT_ECHO,    /* the platform checks our address: the response is `text`, no more */
	BOT_TEXT,    /* somebody says something */
	BOT_WELCOME, /* somebody came */
	BOT_OTHER,   /* a picture, a place, a file: we cannot read it */
	BOT_IGNORED, /* nothing is to be said: left, delivered, not to us */
};

struct bot_message {
	enum bot_kind kind;
	struct view id;   /* the same when the platform sends it again; not for ECHO and IGNORED */
	struct view user; /* who, within this platform; only ever kept as a keyed hash */
	struct view text; /* TEXT, ECHO */
	const char *type; /* ECHO: the response's content type */
	bool is_again;    /* the platform asks how its answer goes on; nothing new is said */
	bool is_sealed;
	struct view back[BOT_BACK_MAX]; /* whatever encode and send_call need again */
};
/* With all its texts, into another arena. */
struct bot_message bot_message_copy(struct arena *a, const struct bot_message *m);

/* A call of the platform's own interface. */
struct bot_call {
	const char *method; /* NULL: POST */
	struct view url;
	struct view headers[BOT_HEADERS_MAX];
	size_t n_headers;
	struct view body;
};

enum bot_outcome {
	BOT_SENT,
	BOT_TOKEN_OLD, /* the access token is not taken (any more): get a new one and try again */
	BOT_BUSY,      /* not now: try again later */
	BOT_REFUSED,   /* not this message, whatever we do */
};

struct bot_api {
	/* Are the credentials there, and may this message still be answered this way? */
	bool (*can_send)(const struct bot *b, const struct bot_message *m, int64_t now_ms);
	/* How to get an access token, and what came of it; NULL if the platform needs none. */
	void (*token_call)(const struct bot *b, struct arena *a, struct bot_call *ret);
	int (*token_read)(struct arena *a, struct view body, struct view *ret, int64_t *ret_seconds,
			  struct fault *why);
	/* Say one piece; `number` counts the pieces of an answer from 0. */
	void (*send_call)(const struct bot *b, const struct bot_message *m, struct view piece,
			  unsigned number, struct view token, struct arena *a,
			  struct bot_call *ret);
	/* What the response to that means; status is HTTP's. *why without anything secret. */
	enum bot_outcome (*send_read)(struct arena *a, int status, struct view body,
				      struct fault *why);
	/* The same piece of the same message is shown once, however often it is sent. */
	bool drops_twice;
};

/* The platform's own side, for `wenlu bot simulate` and tests: what it would send us. */
struct bot_mirror {
	/* A message of `user`, signed with our keys. *ret_type: the body's content type. */
	void (*make)(const struct bot *b, struct view user, struct view id, struct view text,
		     int64_t now_ms, struct arena *a, struct bot_request *ret,
		     const char **ret_type);
	/* What a response says; "" if nothing. 0 or -EBADMSG with *why. */
	int (*read)(const struct bot *b, struct view body, struct arena *a, struct view *ret,
		    struct fault *why);
	/* The check of our address, and the response that passes it; NULL: it makes none. */
	void (*check)(const struct bot *b, int64_t now_ms, struct arena *a, struct bot_request *ret,
		      const char **ret_type, struct view *ret_expected);
	/* For `wenlu bot doctor`: why this request got this verdict and what to do, one sentence a
	 * line; NULL: nothing more to say. */
	void (*explain)(const struct bot *b, const struct bot_request *q, enum bot_verdict verdict,
			struct arena *a, struct buf *out);
};

struct bot_limits {
	int64_t budget_ms; /* the platform waits so long for the response, less the way there */
	unsigned tries;    /* how often it asks in all when no response comes */
	int64_t window_ms; /* how far a signed time may be from now; 0: nothing is dated */
	int64_t keep_ms;   /* how long a message may come again: remembered so long */
	struct text_limit text; /* one message */
};

struct bot_platform {
	const char *name, *title;
	const struct bot_key *keys;
	size_t n_keys;
	const char *const *arguments; /* of the address that are wanted, NULL at the end */
	const char *const *headers;   /* likewise, in lower case */
	const char *api_base;         /* where its interface is; "" if it has none */
	struct bot_limits limits;
	/* Make of the keys what is needed, in b->own: 0, or -EINVAL with *why naming the key. */
	int (*open)(struct bot *b, struct fault *why);
	enum bot_verdict (*verify)(const struct bot *b, const struct bot_request *q,
				   struct arena *a, struct bot_verified *ret, struct fault *why);
	enum bot_verdict (*decode)(const struct bot *b, const struct bot_request *q,
				   const struct bot_verified *v, struct arena *a,
				   struct bot_message *ret, struct fault *why);
	/* The response that says `text`; empty: the one that says nothing. Gives its content type.
	 */
	const char *(*encode)(const struct bot *b, const struct bot_message *m, struct view text,
			      int64_t now_ms, struct arena *a, struct view *ret);
	/* Nothing it sends proves the body, only that its sender knows a secret: what the body says
	 * to call must be checked, and without TLS it is worth nothing. */
	bool body_is_unsigned;
	bool is_mute; /* what the response says is shown to nobody: always answered through the API
		       */
	bool asks_again; /* after a response that says nothing: until one says something */
	const struct bot_api *api; /* or NULL */
	const struct bot_mirror *mirror;
};

/* One bot of wenlu.conf: `[bot NAME]`. */
struct bot {
	const char *name;
	const struct bot_platform *platform;
	struct view values[BOT_KEYS_MAX]; /* in the order of the platform's keys; "" if not given */
	struct view api_base;             /* without a slash at the end */
	bool api_is_plain;                /* http://, on this machine */
	const char *ca_file;              /* or "" */
	int64_t user_rate;                /* messages a minute of one person; 0: any */
	void *own;                        /* of platform->open, in the arena */
	struct arena arena;               /* wiped when it is freed */
};

/* All there are, NULL at the end. */
extern const struct bot_platform *const bot_platforms[];
extern const struct bot_platform bot_dingtalk, bot_feishu, bot_qq, bot_telegram, bot_wechat,
    bot_wecom, bot_wecom_robot;

#endif
