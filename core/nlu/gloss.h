/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gloss.h - English words that people mix into Chinese questions, and what they would say instead.
 *
 * "居住证renew要什么documents" is read as 居住证续签要什么材料. Only whole words, lower case. What
 * a word means of a matter (permit: 居住证) is said by the matter (matter.yaml, glosses).
 */
#ifndef NLU_GLOSS_H
#define NLU_GLOSS_H

#include <stdint.h>

#include "base/view.h"
#include "know/catalog.h"

#define GLOSS_CHARS 4

/*
 * The Chinese characters for an English word into out[GLOSS_CHARS]; how many, 0 if not listed. The
 * catalogue's matters come first; NULL: none.
 */
size_t gloss_find(const struct catalog *catalog, struct view word, uint32_t *out);

#endif
