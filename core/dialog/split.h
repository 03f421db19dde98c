/* SPDX-License-Identifier: Apache-2.0 */
/* split.h - one message cut into clauses, at marks and at words like 另外 and 顺便问. */
#ifndef DIALOG_SPLIT_H
#define DIALOG_SPLIT_H

#include "base/view.h"

#define SPLIT_MAX 12

/* 1、要什么材料 2、多久: a list with numbers, whose lines ask something each. */
bool split_is_list(struct view text);
/* A clause of such a list has a number in front of it. */
bool split_is_listed(struct view text, struct view clause);

/* The clauses, without marks and blanks at their ends; views into `text`. More than SPLIT_MAX are
 * joined to the last. */
size_t split_clauses(struct view text, struct view out[SPLIT_MAX]);

#endif
