/* SPDX-License-Identifier: Apache-2.0 */
/*
 * personal-atom.h - a text as digits, letters, separators and the rest; used by personal*.c only.
 *
 * A digit is one whatever its shape; invisible characters are no atoms but belong to the one
 * before them.
 */
#ifndef TEXT_PERSONAL_ATOM_H
#define TEXT_PERSONAL_ATOM_H

#include "base/arena.h"
#include "base/view.h"

enum atom_kind { ATOM_OTHER, ATOM_DIGIT, ATOM_SPOKEN, ATOM_LETTER, ATOM_SEPARATOR, ATOM_ADDRESS };

struct atom {
	uint32_t from, to; /* bytes of raw, with invisible characters behind it */
	uint8_t kind;
	char c; /* '0' .. '9' or 'A' .. 'Z', the separator, or 0 */
};

struct scan {
	struct view raw;
	struct atom *atoms;
	size_t n;
};

/* Digits of all shapes; most texts have none, and nothing more is done for them. */
size_t scan_digits(struct view raw);
/* All atoms of a well-formed text; the array is the arena's. */
void scan_read(struct arena *a, struct view raw, struct scan *ret);

#endif
