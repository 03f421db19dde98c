/* SPDX-License-Identifier: Apache-2.0 */
/*
 * session.h - what is remembered of a conversation: small, capped, no text that a person typed.
 *
 * Fixed size, ids instead of pointers, so that it survives a change of generation and can be
 * stored as columns. Held by store/; changed only by policy and engine.
 */
#ifndef DIALOG_SESSION_H
#define DIALOG_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"

#define SESSION_TOKEN_LEN   22 /* characters: 128 random bits, base64url */
#define SESSION_ID_MAX      64
#define SESSION_REGIONS_MAX 6
#define SESSION_OPTIONS_MAX 8
#define SESSION_TOPICS_MAX  6
#define SESSION_TOPIC_MAX   40
#define SESSION_KIN_MAX     24

struct session_option {
	char intent[SESSION_ID_MAX];
	char region[SESSION_ID_MAX];
	char text[SESSION_ID_MAX]; /* what was shown, for choosing by name */
};

/* What was asked, and of which place; "" for the whole country. */
struct session_topic {
	char intent[SESSION_TOPIC_MAX];
	char region[SESSION_TOPIC_MAX];
};

struct session_span {
	int32_t months, days;
};

/* The figure that was given or asked for last: see nlu/slot.h. */
struct session_figure {
	char name[SESSION_ID_MAX]; /* whose: "overdue_days"; "" if none */
	struct session_span least, most;
	int32_t first, last; /* of a date */
	uint8_t said;        /* enum slot_said */
	/* The question that asked for it, if another one was answered behind it; "" */
	char intent[SESSION_TOPIC_MAX];
};

/* 我妈在重庆: somebody by what they are to whoever writes, never by name; see nlu/kin.h. */
struct session_person {
	char kin[SESSION_KIN_MAX];
	char region[SESSION_TOPIC_MAX]; /* "": what is asked is about them, of no place yet */
};

struct session {
	char token[SESSION_TOKEN_LEN + 1];
	uint64_t seq;                /* of the last reply sent */
	int64_t created_ms;          /* wall clock */
	int64_t last_ms;             /* wall clock of the last question: context fades by this */
	char intent[SESSION_ID_MAX]; /* of the last answered question; "" if none */
	char regions[SESSION_REGIONS_MAX]
		    [SESSION_ID_MAX]; /* last asked about; [0] is the main one */
	uint8_t n_regions;
	struct session_figure figure;
	char kind[SESSION_ID_MAX]; /* another certificate than the matter's: 工作居住证, or the
				    * sentence that says so: "refuse.foreign", or who
				    * somebody is by the intent that is for them:
				    * "permit.hkmt", or
				    * "person.foreign"; "" if none */
	char point[SESSION_ID_MAX]; /* the thing of the last answer that was asked about by its
				     * name (matter.yaml, points): 邮寄; "" if none */
	struct session_option options[SESSION_OPTIONS_MAX]; /* last offered, for "2" and choose */
	uint8_t n_options;
	uint8_t options_are_next; /* 1: no question back, but what to ask next */
	struct session_topic topics[SESSION_TOPICS_MAX]; /* answered, the newest first, each once */
	uint8_t n_topics;
	struct session_person people[LIMIT_PEOPLE]; /* who was spoken of last comes first */
	uint8_t n_people;
	uint8_t n_parts;       /* so many of them were answered to one message, if several were */
	uint8_t failed_rounds; /* questions in a row that could not be answered */
	uint32_t turns;
};

#endif
