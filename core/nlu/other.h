/* SPDX-License-Identifier: Apache-2.0 */
/*
 * other.h - papers and services that are no matter of ours, by name: 社保卡, 驾照, 结婚证 …
 *
 * They often stand beside our own words ("居住证过期影响社保卡吗"), so a name alone decides
 * nothing; but "X丢了怎么补" reads differently when X is known to be something else, and a question
 * that is declined can be told what it was about.
 */
#ifndef NLU_OTHER_H
#define NLU_OTHER_H

/* Words separated by blanks. */
extern const char *const other_words;

#endif
