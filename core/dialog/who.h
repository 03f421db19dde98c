/* SPDX-License-Identifier: Apache-2.0 */
/* who.h - of whom a word for people is said: 我是香港人, 我老公是外国人, 我不是外国人. */
#ifndef DIALOG_WHO_H
#define DIALOG_WHO_H

#include "nlu/understand.h"

/* As bits: a text may say it several times. */
enum who {
	WHO_OTHER = 1, /* of somebody else, of people in general, or asked             */
	WHO_SELF = 2,  /* whoever writes is one                                        */
	WHO_NOT = 4,   /* somebody is none                                             */
	WHO_NOR_I = 8, /* whoever writes is none, or is something else: 我是外国人的妻子 */
};

/*
 * How the word at byte `at` of the folded text is meant. Of oneself it is said behind a word for
 * oneself that begins a clause (我是香港人), with nobody in between and nothing behind that belongs
 * to such people; or as the whole text, which answers a question. Who asks for somebody else
 * (帮我内地朋友问) says nothing that is remembered.
 */
enum who who_is(const struct understanding *u, size_t at, size_t len);
/* The same of the places with a law of their own: 我是香港过来的. 0: none is named so. */
unsigned who_is_from_own_law(const struct understanding *u);
/* 我不是香港的: no more than that of it, as the place alone does not say that somebody is. */
static inline unsigned who_is_denied_own_law(const struct understanding *u)
{
	return who_is_from_own_law(u) & WHO_NOR_I;
}

#endif
