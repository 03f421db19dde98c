/* SPDX-License-Identifier: Apache-2.0 */
/* role.h - what role.c, aside.c and leave.c tell each other; private to them. */
#ifndef NLU_ROLE_H
#define NLU_ROLE_H

#include "nlu/gazetteer.h"

/* 福建莆田, fujian putian: one place in two names. */
bool roles_are_one_place(const struct search *s, const struct mention *m,
			 const struct mention *next);
/* Neither lies in the other, by the first reading of each. */
bool roles_are_elsewhere(const struct mention *a, const struct mention *b);
/* The place is left, with what stands behind it and lies in it: 福建石狮. */
void roles_leave(const struct search *s, size_t at);
/* 我在大连 不对 我在营口: what is taken back is not asked about; withdrawn.c. */
void roles_withdraw(const struct search *s);
/* Places that are asked about by their surroundings, but not beside the others; aside.c. */
void roles_put_aside(const struct search *s);
/* Places that somebody has left, or that something goes from; leave.c. */
void roles_give_way(const struct search *s);
/* 落在唐山，我是唐山路北区的户口: the part of the place where somebody's household is; aside.c. */
void roles_narrow(const struct search *s);

#endif
