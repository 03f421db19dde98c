/* SPDX-License-Identifier: Apache-2.0 */
/*
 * said.h - figures in the words of who gave them.
 *
 * A plugin gets 730 days where somebody said 两年, and says so back: 您逾期730天. That is true and
 * sounds as if one had not listened. Where it gets 59 to 62 days for 两个月, both are said.
 * Behind what comes of a date stands the date, for it may be another than was meant: 10月1日 of
 * which year?
 */
#ifndef DIALOG_SAID_H
#define DIALOG_SAID_H

#include "know/facts.h"
#include "nlu/understand.h"

/* The summary and the notes with such figures as they were said; the same facts if there are none.
 */
const struct facts *said_facts(struct arena *a, const struct facts *f, const struct slot *slots,
			       size_t n, int32_t today);

/* The same of one text. */
struct view said_text(struct arena *a, struct view text, const struct slot *slots, size_t n);

#endif
