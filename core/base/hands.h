/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hands.h - many like pieces of work, done by as many threads as there are processors.
 *
 * Who does which piece is left to chance, so a piece must come to the same whoever does it, and
 * write where no other does.
 */
#ifndef BASE_HANDS_H
#define BASE_HANDS_H

#include <stddef.h>

#define HANDS_MAX 8

/* One a processor, at most HANDS_MAX. */
unsigned hands_count(void);
/* For tests: so many, whatever the machine has. 0: none is said. */
extern unsigned hands_told;

/*
 * work(data, hand, piece) for each piece from 0 to n_pieces - 1; all are done when this returns.
 * The caller is hand 0; no two threads have the same one, so that hand < n_hands says whose scratch
 * memory it is. Where threads cannot be had, fewer do the work.
 */
void hands_share(unsigned n_hands, size_t n_pieces,
		 void (*work)(void *data, unsigned hand, size_t piece), void *data);

#endif
