/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wenlu/plugin.h - the whole contract between Wenlu and a region's plugin.
 *
 * A plugin is a shared object with one exported symbol, the constant `wenlu_plugin_entry`. It
 * includes this header and links against nothing of ours. The constant carries the region's guide
 * (YAML, see wenlu-guide(5)); places, sources and facts are in there. Code is only for what a
 * table cannot say. A plugin without answer() is answered from its guide and never runs.
 *
 * Code runs in a process of its own, without network and with few rights (the operator may take
 * code that is his own into the server's). Only what it passes to the host's functions leaves it.
 * When it is late or dies, the wider region answers instead.
 *
 * Every function says where it may run:
 *   [serial]  the host calls it, on one thread, never two of them at once
 *   [answer]  the plugin may call it inside answer(), on the thread that answer() was called on
 *   [any]     the plugin may call it at any time after init() began, from any thread
 *
 * Text is UTF-8 and ends in NUL. The host copies what it is given before the call returns; the
 * plugin keeps no pointer past the call that gave it, but for the host table. Structs only grow at
 * their ends: whoever reads a member newer than 1.0 looks at struct_size first (WENLU_HAS).
 * "Not said" is NULL for text and 0 for figures. The same source compiles as C11 and C++20.
 */
#ifndef WENLU_PLUGIN_H
#define WENLU_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#define WENLU_MAGIC     0x554c4e57u /* "WNLU" in a little-endian file                  */
#define WENLU_ABI_MAJOR 1           /* both sides must have the same                    */
#define WENLU_ABI_MINOR 0           /* tells when members were added, forbids nothing */

/* What init(), answer() and the host's functions return. */
#define WENLU_OK     0
#define WENLU_DEFER  1    /* answer(): not mine, let the next wider region speak         */
#define WENLU_EINVAL (-1) /* the arguments make no sense: bad UTF-8, NULL, no such thing */
#define WENLU_EBUSY  (-2) /* answer(): not now; counts as no answer, not as a fault      */
#define WENLU_EFAULT (-3) /* something is broken                                         */
#define WENLU_ENOSPC (-4) /* too much for one answer: the whole answer will not be used     */

/* log() levels. */
#define WENLU_LOG_ERROR 0
#define WENLU_LOG_WARN  1
#define WENLU_LOG_INFO  2
#define WENLU_LOG_DEBUG 3

/* The fields of an answer. Those marked * are lists of lines, for add_line(). */
#define WENLU_FIELD_SUMMARY      1
#define WENLU_FIELD_CHANNELS     2
#define WENLU_FIELD_STEPS        3 /* * */
#define WENLU_FIELD_DOCUMENTS    4
#define WENLU_FIELD_TIMING       5
#define WENLU_FIELD_FEE          6  /* * */
#define WENLU_FIELD_NUMBER       7  /* * what the number looks like */
#define WENLU_FIELD_VERIFICATION 8  /* * */
#define WENLU_FIELD_CONDITIONS   9  /* * */
#define WENLU_FIELD_RESTRICTIONS 10 /* * */
#define WENLU_FIELD_NOTES        11 /* * */

/* Where something is done. */
#define WENLU_CHANNEL_APP          1
#define WENLU_CHANNEL_MINI_PROGRAM 2
#define WENLU_CHANNEL_ACCOUNT      3
#define WENLU_CHANNEL_WEBSITE      4
#define WENLU_CHANNEL_WINDOW       5
#define WENLU_CHANNEL_HOTLINE      6
#define WENLU_CHANNEL_MACHINE      7

#define WENLU_UNIT_MINUTE      1
#define WENLU_UNIT_HOUR        2
#define WENLU_UNIT_DAY         3
#define WENLU_UNIT_WORKING_DAY 4
#define WENLU_UNIT_MONTH       5
#define WENLU_UNIT_YEAR        6

/* set_max_age(): how long the same question (region, intent, figures; whatever its words) may be
 * answered from the host's memory. Who looks at `text` says WENLU_AGE_NEVER. Questions with
 * personal numbers in them are never remembered. */
#define WENLU_AGE_ALWAYS (-1) /* until this plugin changes; what holds if nothing is said */
#define WENLU_AGE_NEVER  0    /* ask me each time */

#ifdef __cplusplus
#define WENLU_EXTERN extern "C"
extern "C" {
#else
#define WENLU_EXTERN extern
#endif
#if defined(__GNUC__)
#define WENLU_EXPORT __attribute__((visibility("default")))
#else
#define WENLU_EXPORT
#endif

struct wenlu_answer; /* the answer being filled; the host's */

/* A figure found in the conversation: "overdue_days" = 20. Sits in arrays: never grows. */
struct wenlu_slot {
	const char *name;
	int64_t value;
};

/* One question. */
struct wenlu_request {
	uint32_t struct_size;
	uint32_t budget_ms; /* the host waits no longer than this      */
	const char *region; /* what was asked about: "310115"; the plugin's or one within */
	const char *intent; /* one that the plugin claims: "permit.endorse" */
	const char *text;   /* the question, normalised, personal numbers taken out */
	const struct wenlu_slot *slots;
	uint32_t n_slots;
	uint32_t reserved;
	/* end of 1.0 */
};

/* `source` is always the id of a source in the plugin's guide, and never left out. */
struct wenlu_channel {
	uint32_t struct_size;
	int32_t kind; /* WENLU_CHANNEL_ */
	const char *name;
	const char *path; /* what to tap or ask for */
	const char *url;
	const char *source;
	/* end of 1.0 */
};

struct wenlu_document {
	uint32_t struct_size;
	uint32_t reserved;
	const char *name;
	const char *form;    /* 原件, 复印件 */
	const char *purpose; /* what it is for: 窗口办理 */
	const char *source;
	/* end of 1.0 */
};

struct wenlu_timing {
	uint32_t struct_size;
	int32_t unit; /* WENLU_UNIT_; needed where there is a figure */
	int32_t min, max, legal_max;
	uint32_t reserved;
	const char *stage; /* 整体, 审核, 法定 */
	const char *text;  /* beside the figures or instead of them */
	const char *source;
	/* end of 1.0 */
};

/*
 * What the host does for a plugin. The table lives as long as the plugin. Functions that fill an
 * answer return WENLU_OK, WENLU_EINVAL or WENLU_ENOSPC.
 */
struct wenlu_host {
	uint32_t struct_size;
	uint16_t abi_major;
	uint16_t abi_minor;
	void *priv; /* the host's */

	/* One line for the operator. Never what a citizen typed. [any] */
	void (*log)(const struct wenlu_host *host, int32_t level, const char *text);
	/* The operator's setting `key` into buf[cap], cut if need be; its length, or -1. [any] */
	int32_t (*conf)(const struct wenlu_host *host, const char *key, char *buf, uint32_t cap);
	/* Milliseconds until nobody waits for this answer any more; 0: give up. [any] */
	uint32_t (*ms_left)(const struct wenlu_host *host);
	/* An optional interface of the host by name and revision ("x/1"), or NULL. [any] */
	const void *(*get_extension)(const struct wenlu_host *host, const char *id);

	/* Put in all that the plugin's own guide says about `intent` (NULL: the one asked about);
	 * EINVAL if it says nothing. Then add, replace, clear. [answer] */
	int32_t (*fill_from_guide)(struct wenlu_answer *out, const char *intent);
	/* Empty one field, WENLU_FIELD_. [answer] */
	int32_t (*clear_field)(struct wenlu_answer *out, int32_t field);
	/* The very thing asked, in one or two sentences; replaces what was there. [answer] */
	int32_t (*set_summary)(struct wenlu_answer *out, const char *text, const char *source);
	/* One more at the end of its field. [answer] */
	int32_t (*add_line)(struct wenlu_answer *out, int32_t field, const char *text,
			    const char *source);
	int32_t (*add_step)(struct wenlu_answer *out, const char *text, const char *source);
	int32_t (*add_channel)(struct wenlu_answer *out, const struct wenlu_channel *channel);
	int32_t (*add_document)(struct wenlu_answer *out, const struct wenlu_document *document);
	int32_t (*add_timing)(struct wenlu_answer *out, const struct wenlu_timing *timing);
	/* Milliseconds, or WENLU_AGE_. [answer] */
	int32_t (*set_max_age)(struct wenlu_answer *out, int32_t ms);
	/* end of 1.0 */
};

/*
 * "wenlu.number/1", an extension of the host: what the personal numbers in the question look like.
 * The numbers themselves never reach a plugin, nor any store, log or answer.
 */
#define WENLU_EXTENSION_NUMBER "wenlu.number/1"
#define WENLU_NUMBER_CITIZEN   1 /* 公民身份号码 */
#define WENLU_NUMBER_PHONE     2
#define WENLU_NUMBER_BANK_CARD 3
#define WENLU_NUMBER_OTHER     4 /* perhaps a permit's */
struct wenlu_number {
	uint32_t struct_size; /* set by the caller */
	int32_t kind;         /* WENLU_NUMBER_ */
	int32_t is_right;     /* citizen numbers by GB 11643's check digit: 1 or 0; else -1 */
	uint32_t length;      /* characters */
	char shape[32];       /* 9 for each digit, A for each letter, NUL; the first 31 */
			      /* end of 1 */
};
struct wenlu_number_host {
	uint32_t struct_size;
	uint32_t reserved;
	/* How many there are in this question. [answer] */
	uint32_t (*count)(const struct wenlu_host *host);
	/* One of them: WENLU_OK, or WENLU_EINVAL if there is no such. [answer] */
	int32_t (*get)(const struct wenlu_host *host, uint32_t i, struct wenlu_number *ret);
	/* end of 1 */
};

/*
 * "wenlu.condition/1", an extension of the host: answers that depend on what the person says, such
 * as months lived or days overdue. The names of figures are those of the matter ("overdue_days").
 */
#define WENLU_EXTENSION_CONDITION "wenlu.condition/1"
struct wenlu_condition_host {
	uint32_t struct_size;
	uint32_t reserved;
	/* The figure, if it was said and lies in min .. max: WENLU_OK, else WENLU_DEFER. [answer]
	 */
	int32_t (*figure)(const struct wenlu_host *host, const char *name, int64_t min, int64_t max,
			  int64_t *ret);
	/* Ask for a figure that was not said: a sentence at the end of the answer. [answer] */
	int32_t (*ask_for)(const struct wenlu_host *host, struct wenlu_answer *out,
			   const char *name, const char *text, const char *source);
	/* end of 1 */
};

/*
 * "wenlu.http/1", an extension of the host: ask a city's own system. The plugin has no network; the
 * host asks for it, and only hosts that the operator lists for this plugin (allow_hosts). NULL from
 * get_extension() where the plugin runs in the server's own process. Certificates are always
 * checked, redirects are not followed, a reply has at most WENLU_HTTP_BODY_MAX bytes, and there are
 * at most WENLU_HTTP_REQUESTS_MAX requests for one question. While canary questions are asked no
 * request is made (EINVAL): an answer must be there without the city's system.
 */
#define WENLU_EXTENSION_HTTP    "wenlu.http/1"
#define WENLU_HTTP_BODY_MAX     49152
#define WENLU_HTTP_SENT_MAX     16384 /* bytes of a request's body */
#define WENLU_HTTP_HEADERS_MAX  16
#define WENLU_HTTP_REQUESTS_MAX 4
struct wenlu_http_request {
	uint32_t struct_size;
	uint32_t timeout_ms;        /* 0: nearly all the time that is left */
	const char *method;         /* NULL: GET; or POST */
	const char *url;            /* https://… */
	const char *const *headers; /* "Name: value", then NULL; NULL: none */
	const char *body;           /* of a POST */
	uint32_t body_len;
	uint32_t reserved;
	/* end of 1 */
};
/* Valid until the next request() or the end of answer(). */
struct wenlu_http_reply {
	uint32_t struct_size; /* set by the caller */
	int32_t status;       /* 200, 404 … */
	const char *body;     /* NUL behind it */
	uint32_t body_len;
	uint32_t reserved;
	const char *content_type; /* "" if there was none */
				  /* end of 1 */
};
struct wenlu_http_host {
	uint32_t struct_size;
	uint32_t reserved;
	/* Ask and wait. WENLU_OK: there is a reply, whatever its status. EINVAL: it may not be
	 * asked. EBUSY: no reply in time, no connection, or a certificate that does not hold.
	 * ENOSPC: the reply is too large. Why not is in the log. [answer] */
	int32_t (*request)(const struct wenlu_host *host, const struct wenlu_http_request *request,
			   struct wenlu_http_reply *ret);
	/* end of 1 */
};

/* The facts about a plugin: constant data, read before any of its functions is called. */
struct wenlu_plugin {
	uint32_t magic; /* these 16 bytes stay as they are in every major version */
	uint16_t abi_major;
	uint16_t abi_minor;
	uint32_t struct_size;
	uint32_t flags; /* 0; a host ignores those it does not know */

	const char *name;          /* [a-z0-9-]+, the same as in the guide        */
	const char *version;       /* the code's; NULL: the guide's counts        */
	const char *guide;         /* the guide's text, up to, not including, ... */
	const char *guide_end;     /* ... this (a length is no constant in C after .incbin) */
	const char *const *claims; /* intents for answer(), then NULL; NULL: all topics it has */

	/* Get ready. *state (NULL before) comes back in every later call. After anything but
	 * WENLU_OK nothing else is called. May be NULL. [serial] */
	int32_t (*init)(const struct wenlu_host *host, void **state);
	/* Undo init(). Not promised to run: the process may end before. May be NULL. [serial] */
	void (*fini)(void *state);
	/* Answer one question: WENLU_OK, WENLU_DEFER or an error. NULL: a table. [serial] */
	int32_t (*answer)(void *state, const struct wenlu_host *host,
			  const struct wenlu_request *request, struct wenlu_answer *out);
	/* An optional interface of the plugin by name, or NULL. May be NULL. [serial] */
	const void *(*get_extension)(const char *id);
	/* end of 1.0 */
};

/* True if *obj is new enough to have the member, and it is set. */
#define WENLU_HAS(type, obj, member) \
	((obj)->struct_size >= offsetof(type, member) + sizeof((obj)->member) && (obj)->member)

/* Define and export the constant: designated initialisers in the order of the struct. */
/* clang-format off */
#define WENLU_PLUGIN(...)                                                                          \
	WENLU_EXTERN WENLU_EXPORT const struct wenlu_plugin wenlu_plugin_entry;                    \
	const struct wenlu_plugin wenlu_plugin_entry = {                                           \
	    .magic = WENLU_MAGIC,                                                                  \
	    .abi_major = WENLU_ABI_MAJOR,                                                          \
	    .abi_minor = WENLU_ABI_MINOR,                                                          \
	    .struct_size = sizeof(struct wenlu_plugin),                                            \
	    .flags = 0,                                                                            \
	    __VA_ARGS__}
/* clang-format on */

/*
 * Take a file in as the guide: WENLU_GUIDE_EMBED("suzhou.yaml"); once, then WENLU_GUIDE among the
 * initialisers. The assembler finds the file through -I or -Wa,-I; make must be told that the
 * object depends on it; -flto does not work with it. Elsewhere keep the text in a char array
 * (#embed, xxd -i, a string literal; NUL last) and write WENLU_GUIDE_ARRAY(array).
 */
#define WENLU_GUIDE_EMBED(file)                                                             \
	__asm__(".pushsection .rodata\n.balign 16\nwenlu_guide_begin_:\n.incbin \"" file    \
		"\"\nwenlu_guide_end_:\n.byte 0\n.popsection\n");                           \
	WENLU_EXTERN __attribute__((visibility("hidden"))) const char wenlu_guide_begin_[]; \
	WENLU_EXTERN __attribute__((visibility("hidden"))) const char wenlu_guide_end_[]
#define WENLU_GUIDE              .guide = wenlu_guide_begin_, .guide_end = wenlu_guide_end_
#define WENLU_GUIDE_ARRAY(array) .guide = (array), .guide_end = (array) + sizeof(array) - 1

/* A plugin that is nothing but its guide. */
#define WENLU_GUIDE_PLUGIN(plugin_name, file) \
	WENLU_GUIDE_EMBED(file);              \
	WENLU_PLUGIN(.name = plugin_name, .version = NULL, WENLU_GUIDE)

#ifdef __cplusplus
}
#endif
#endif
