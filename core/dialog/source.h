/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.h - 依据是什么: the sources of the last answer, with their kinds, dates and addresses.
 */
#ifndef DIALOG_SOURCE_H
#define DIALOG_SOURCE_H

#include "dialog/compose.h"

/* The outcomes are those of the last answer's intent, one a place. */
void compose_sources(const struct voice *v, const struct composition *c, struct reply *ret);

#endif
