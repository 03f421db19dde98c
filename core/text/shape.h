/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shape.h - characters that are taken for each other by eye: 圳 训, 莞 完, 沪 泸.
 *
 * What a character is built of is spelt by Cangjie, an input method, and four digits tell the
 * strokes at its corners (Unihan, Unicode licence). Two characters are alike if most of the letters
 * are in both, in the same order.
 */
#ifndef TEXT_SHAPE_H
#define TEXT_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

/* Two different characters share three fifths of the larger's letters, two at least. */
bool shape_is_alike(uint32_t a, uint32_t b);
enum shape_likeness {
	SHAPE_APART,
	/* One may be written for the other all the same: half of the letters, all of the smaller's
	 * (詹 儋), or nearly the same corners (泪 汨, 沐 沭). */
	SHAPE_REMINDS,
	SHAPE_ALIKE, /* as shape_is_alike() has it */
};
enum shape_likeness shape_compare(uint32_t a, uint32_t b);

#endif
