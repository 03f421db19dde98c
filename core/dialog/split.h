/* SPDX-License-Identifier: Apache-2.0 */
/* split.h - one message cut into clauses, at marks and at words like 另外 and 顺便问. */
#ifndef DIALOG_SPLIT_H
#define DIALOG_SPLIT_H

#include "base/view.h"

#define SPLIT_MAX 12

/* The clauses, without marks and blanks at their ends; views into `text`. More than SPLIT_MAX are
 * joined to the last. */
size_t split_clauses(struct view text, struct view out[SPLIT_MAX]);

#endif
