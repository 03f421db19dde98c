/* SPDX-License-Identifier: Apache-2.0 */
/*
 * elsewhere.h - what a message asks besides, of no matter of ours: 居住证怎么办 身份证丢了怎么补.
 */
#ifndef DIALOG_ELSEWHERE_H
#define DIALOG_ELSEWHERE_H

#include "dialog/plan.h"

/* What it is about, if that has a name and is nothing of ours: 驾照; else empty. */
struct view elsewhere_named(const struct catalog *catalog, const struct term_hits *terms);

/* Clearly about something that is no matter of ours. */
bool elsewhere_is(const struct understanding *u);

/*
 * Takes such questions out of in->text, if something of ours is asked beside them: the rest is
 * understood as if it had been typed alone, and they are named in p->elsewhere. Else nothing is
 * changed. Of what is only told (身份证丢了，居住证怎么办) nothing is taken. 0 or -EILSEQ.
 */
int elsewhere_set_aside(struct arena *a, struct plan_input *in, struct plan *p);

#endif
