/* SPDX-License-Identifier: Apache-2.0 */
/*
 * people.h - where the people are whom a conversation speaks of: 我爸在成都，我妈在重庆, then
 * 我妈的医保卡怎么改密码 is asked of 重庆.
 *
 * Only where the question names no place, and only of people, never of a name. Of oneself the place
 * counts again where another's was talked about.
 */
#ifndef DIALOG_PEOPLE_H
#define DIALOG_PEOPLE_H

#include "dialog/memory.h"
#include "nlu/understand.h"

struct decision;

struct people_asked {
	struct kin
	    kin; /* whose thing it is about; KIN_NONE: nobody's, several people's, or unclear */
	/* Where they are; none if that is not known of all of them, or a place is written. */
	const struct region *regions[LIMIT_PEOPLE];
	size_t n;
	bool is_there;   /* people are spoken of, whoever is meant */
	bool is_owner;   /* it is their thing, done for them or what they want */
	bool is_pronoun; /* 他 or 她 alone, whoever that is */
	/* 我爸那边要几天 is understood as 要几天: the folded text behind them. Empty: as a whole.
	 */
	struct view rest;
	bool is_alone; /* 那我妈呢 · 我爸那边怎么办: nothing is said beside who */
};

/*
 * Whom a question is about: whose a matter's word is (我妈的医保卡), for whom something is done
 * (帮我妈办), where somebody is (我爸那边), or who alone does something in it. Who only helps
 * (我妈能 帮我办吗), says so, or whose papers are used, is not meant; 他 and 她 are if only one
 * person may be.
 */
void people_asked(const struct understanding *u, const struct memory *m, struct people_asked *ret);

/* 老妈住重庆，老爸住成都: where people are, and nothing is asked. */
bool people_are_told(const struct understanding *u);

/* What the message said of where people are, and who is asked about, into the conversation. `whole`
 * is all of it, `d` what was decided, NULL if several things were. */
void people_keep(struct session *s, const struct understanding *whole, const struct memory *m,
		 const struct people_asked *asked, const struct decision *d);

#endif
