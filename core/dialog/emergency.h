/* SPDX-License-Identifier: Apache-2.0 */
/* emergency.h - 着火了, 有人打我: whoever needs help at once is told whom to call, and no more. */
#ifndef DIALOG_EMERGENCY_H
#define DIALOG_EMERGENCY_H

#include "nlu/understand.h"

/*
 * Danger now, or the number to call then. Not what is told of before or beside a matter
 * (着火了居住证烧了怎么补办), nor papers about it (火灾保险, 报警回执), nor a call (打我电话).
 */
bool emergency_is(const struct understanding *u);

#endif
