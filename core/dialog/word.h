/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word.h - facts into words, as a clerk at the counter would say them.
 *
 * The thing asked first, in one sentence; then steps, place, papers, time; then what else matters.
 * Each part is capped: who wants more asks the next question, and programs have the fields.
 */
#ifndef DIALOG_WORD_H
#define DIALOG_WORD_H

#include "dialog/voice.h"
#include "know/facts.h"

#define WORD_STEPS_MAX 4 /* of a usual answer */

enum word_length {
	WORD_GIST,  /* asked for in short: the first sentence */
	WORD_AGAIN, /* said a moment ago: the gist, and what was asked now */
	WORD_BRIEF, /* one of several answers          */
	WORD_USUAL,
	WORD_FULL, /* asked on: all that is known     */
};

/* A topic at the end of the buffer; what the intent is not about is said when it was asked. */
void word_facts(const struct voice *v, const struct facts *f, const struct intent *intent,
		enum word_length length);

/* Pieces of it, for comparisons too. */
void word_timing(const struct voice *v, const struct timing *t);
void word_timings(const struct voice *v, const struct facts *f);
void word_channels(const struct voice *v, const struct facts *f);
void word_documents(const struct voice *v, const struct facts *f);

/*
 * The longest stage that a place promises, in minutes (a working day counts 1.4 days), with its
 * entry; -1 if no figure is stated. Legal limits do not count: they are the same everywhere.
 */
int64_t word_longest(const struct facts *f, const struct timing **ret);

#endif
