/* SPDX-License-Identifier: Apache-2.0 */
/* cue-read.h - which lists have a word right beside a place; private to cue.c and cue-part.c. */
#ifndef NLU_CUE_READ_H
#define NLU_CUE_READ_H

#include "nlu/cue-words.h"
#include "nlu/cue.h"

/*
 * The lists that have a word starting at `at`, blanks left out; *ret_len: the longest of those in
 * `measured`.
 */
uint32_t cue_after(const struct cues *c, const struct text *text, uint32_t at, uint32_t measured,
		   uint32_t *ret_len);
/* The same for words that end just before `at`. */
uint32_t cue_before(const struct cues *c, const struct text *text, uint32_t at, uint32_t measured,
		    uint32_t *ret_len);
/* 北京烤压店: a word of the list that starts at `at` has a character that only sounds right. */
bool cue_heard_after(const struct cues *c, const struct text *text, uint32_t at, uint32_t list);
/* Step back over small words; gives where the word before them ends. */
uint32_t cue_skip_back(const struct cues *c, const struct text *text, uint32_t at);
/* No word goes on at `at`: a mark stands there, or nothing. */
bool cue_is_end(const struct text *text, uint32_t at);

#endif
