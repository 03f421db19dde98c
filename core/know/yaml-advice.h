/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml-advice.h - what libyaml says about a broken file, in words of somebody who writes guides.
 *
 * The library says what its grammar expected ("did not find expected key"); a clerk wants to know
 * which sign to change. So the lines themselves are looked at: nine of ten times it is a tab, an
 * indentation, a full-width colon or a quote.
 */
#ifndef KNOW_YAML_ADVICE_H
#define KNOW_YAML_ADVICE_H

#include "base/error.h"
#include "base/view.h"

struct yaml_mistake {
	struct view file;                /* the whole text */
	const char *problem;             /* the library's words, NULL if none */
	const char *context;             /* what it was reading, NULL if unknown */
	unsigned line, column;           /* where it noticed, from 1 */
	unsigned from_line, from_column; /* where that began; 0 if unknown */
};

/* Sets the text of *why and its line and column (to where something has to be changed). */
void yaml_advise(const struct yaml_mistake *m, struct fault *why);

#endif
