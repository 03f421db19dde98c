/* SPDX-License-Identifier: Apache-2.0 */
/* scope.h - what the program can be asked about, in words: from the matters there are. */
#ifndef DIALOG_SCOPE_H
#define DIALOG_SCOPE_H

#include "know/catalog.h"

/* For the places {matters}, {about} and {examples} of all sentences. */
struct scope {
	struct view matters; /* 居住证、医保卡密码 */
	struct view about;   /* 居住证的申领、材料、时限等；… */
	struct view examples; /* “郑州居住证编号怎么查”“办居住证要带什么” */
};

/* Once for a generation, into its arena. */
void scope_load(struct arena *a, const struct catalog *catalog, struct scope *ret);

#endif
