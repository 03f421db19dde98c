/* SPDX-License-Identifier: Apache-2.0 */
/*
 * slot.h - figures with a unit near a rule's word: 过期20天, 社保交了一年半, 孩子六岁.
 *
 * The rules are a matter's own (matter.yaml). A figure that somebody gives is converted to the
 * rule's unit; of months and years those are counted that are over. Who answers decides something
 * by it, so a figure is left out rather than guessed:
 *
 * - overdue_days: it can only be this number. overdue_days_least and overdue_days_most in its
 *   place: it may be any of these (两个月 has 59 to 62 days, 快三个月, 四五十天, 不到一年);
 *   DURATION_DAYS_MAX, or SLOT_MONTHS_MAX, is no limit (60天以上).
 * - lived_months_more: 1 beside lived_months, some days of another month are over (11个半月).
 * - insured_months_broken: 1, it is told that months do not follow on each other: a break, or a sum
 *   of all (断过, 累计). With or without insured_months.
 *
 * Where nobody gave a figure, a date may do (dated.h): 2026年10月1日到期 is so many days over, or
 * left, from today, as a date's month or year alone is a range. Leap days count, but where only
 * they make it more than whole years (730 to 731 days). Months that are paid for are those of the
 * calendar: of a rule with breaks the first and the last one count.
 *
 * A figure may be near the word and still be no answer: how long a time is looked at (两年内, 最近
 * 一年), how long a break was (断了3个月), what is missing (差一个月), what is required
 * (要交满12个月), or a limit that is asked about (是不是逾期30天内都可以).
 */
#ifndef NLU_SLOT_H
#define NLU_SLOT_H

#include "know/catalog.h"
#include "nlu/duration.h"
#include "nlu/understand.h"
#include "text/fold.h"

#define SLOT_LEAST  "_least"
#define SLOT_MOST   "_most"
#define SLOT_MORE   "_more"
#define SLOT_BROKEN "_broken"

#define SLOT_MONTHS_MAX (DURATION_DAYS_MAX / 28)

/*
 * At most one figure a rule, the clearest first; in the arena. Gives how many slots. A figure of
 * another place than the asked one is left out, but of a person's age; places may be NULL.
 */
size_t slots_find(const struct catalog *catalog, struct arena *a, const struct text *text,
		  const struct mentions *places, int32_t today, const struct slot **ret);

/*
 * The figure that a slot was of, said again: counted anew where it was a date. Of a range one of
 * its two slots is enough. 0: there is no figure in it.
 */
size_t slots_again(struct arena *a, const struct slot_rule *rule, const struct slot *said,
		   int32_t today, const struct slot **ret);

/* The rule of a matter that a slot is of, by its whole name or without its ending; NULL: none. */
const struct slot_rule *slot_rule_of(const struct matter *m, struct view name);

#endif
