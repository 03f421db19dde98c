/* SPDX-License-Identifier: Apache-2.0 */
/* compose-inside.h - what the files of compose.h share. */
#ifndef DIALOG_COMPOSE_INSIDE_H
#define DIALOG_COMPOSE_INSIDE_H

#include "dialog/compose.h"

void compose_answer(const struct voice *v, const struct composition *c, struct reply *ret);

/* What else was asked, of no matter of ours. */
void compose_elsewhere(const struct voice *v, const struct composition *c);
/* What may be asked next of this intent there. */
void compose_related(const struct voice *v, const struct intent *intent,
		     const struct region *region, struct reply *ret);

#endif
