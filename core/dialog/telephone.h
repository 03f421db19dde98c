/* SPDX-License-Identifier: Apache-2.0 */
/*
 * telephone.h - 南京居住证办理地址电话: an office's number is asked for, and no person to talk to.
 */
#ifndef DIALOG_TELEPHONE_H
#define DIALOG_TELEPHONE_H

#include "dialog/memory.h"
#include "nlu/understand.h"

/* A number is asked for; not 人工电话, 给我回个电话. */
bool telephone_is_asked(const struct understanding *u);

/* Of which matter: named, by its name's beginning too (医保局), else talked about; NULL. */
const struct matter *telephone_matter(const struct understanding *u, const struct catalog *catalog,
				      const struct memory *memory);

/* Where one goes for that matter, which is where its number stands; NULL: it has no such intent. */
const struct intent *telephone_intent(const struct catalog *catalog, const struct matter *m);

#endif
