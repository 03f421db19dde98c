/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figure.h - figures over several messages: 那70天呢 after 过期40天, 半年了 after 过期了, 深圳呢.
 */
#ifndef DIALOG_FIGURE_H
#define DIALOG_FIGURE_H

#include "dialog/plan.h"

/*
 * Gives a plan whose words have no figure of their own the one they mean: a bare one is of the kind
 * that was talked about, and who only names another place means the same one. 0 or -errno.
 */
int figure_follow(struct arena *a, const struct plan_input *in, struct plan *p);
/*
 * What of a plan's figures the conversation keeps, whether or not it was answered by one. asked:
 * the figure that an answer asks for, so that a bare one is that; empty, or one that the matter
 * does not know: none. by: the question that asks so, or was answered by it; NULL: none.
 */
void figure_keep(struct session *s, const struct plan *p, struct view asked,
		 const struct intent *by);

#endif
