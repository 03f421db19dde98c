/* SPDX-License-Identifier: Apache-2.0 */
/* person.h - somebody else by name: 查一下张三的居住证编号, 帮我看看老王住哪. */
#ifndef DIALOG_PERSON_H
#define DIALOG_PERSON_H

#include "nlu/understand.h"

/*
 * True if what is asked for are the data of a person who is named, or of "him" or "her". A place is
 * no person (查郑州的居住证编号), nor is whoever writes (查我的编号). How a relative goes about it
 * (我妈的居住证编号怎么查) is a question like any other; to look it up for somebody is not.
 */
bool person_is_looked_up(const struct understanding *u);
/* 我自己的登记地址: what is somebody's own, though asked for in such words. */
bool person_is_oneself(const struct understanding *u);
/* 俺户口是周口嘞 · 我是外地的: who somebody is, and nothing is asked. */
bool person_tells(const struct understanding *u);
/* 老公, 同事, 他: the text begins with a word for somebody else. */
bool person_is_other(struct view v);
/* 我是房东: somebody begins by saying who they are. */
bool person_opens(const struct understanding *u);
/* 我老公是外国人: or who somebody is for whom they will ask. */
bool person_presents(const struct understanding *u);
/* 那我回老家长沙办呢: home is where it is to be done, not only where somebody is from. NULL: no. */
const struct region *person_goes_home(const struct understanding *u);
/* Short, and nothing is asked, wanted or amiss, as far as that can be seen: not in letters. */
bool person_states(const struct understanding *u);
/* 我送外卖没空: something of themselves, short, and nothing is asked. */
bool person_says(const struct understanding *what);
/* 我在洛阳跑车: where somebody is, and nothing is asked. */
bool person_tells_place(const struct understanding *u);

#endif
