/* SPDX-License-Identifier: Apache-2.0 */
/*
 * carry.h - what a short sentence leaves to be understood from the one before.
 */
#ifndef DIALOG_CARRY_H
#define DIALOG_CARRY_H

#include "dialog/memory.h"
#include "nlu/understand.h"

/* What a text says beside the places it names. */
enum carry_rest {
	CARRY_NOTHING, /* 那上海呢 · 不对，是深圳 · 浦东           */
	CARRY_TERM,    /* a word of the matter alone: 上海居住证呢 */
	CARRY_FIGURE,  /* a figure with its unit: 那70天呢         */
	CARRY_WORDS,   /* something of its own                     */
};
enum carry_rest carry_rest(struct arena *a, const struct understanding *what,
			   const struct catalog *catalog);

/* Nothing but one of the matter's points and small words: 学生证行吗 · 那我没租房合同呢. */
bool carry_is_point(struct arena *a, const struct understanding *what, const struct matter *matter);

/* Nothing but what may be asked of any matter: 办理条件 · 可以代办吗, asked of this one. */
bool carry_is_general(struct arena *a, const struct understanding *what,
		      const struct matter *matter);

/* The folded text without its places. */
struct view carry_beside_places(struct arena *a, const struct understanding *what);

/* 普通的要带什么 · 内地人呢: of the usual one again, not of the special one talked about. */
bool carry_is_usual(struct view folded);

/*
 * The text with the remembered matter's name in front, to be understood a second time: 要带什么 ->
 * 居住证要带什么. The empty view if the text stands alone or is too long to be a follow-up.
 */
struct view carry_lean(struct arena *a, const struct understanding *what,
		       const struct memory *memory);

/* Of several places with one name, the one that lies in a place talked about before; or NULL. */
const struct region *carry_place_within(const struct mention *shared, const struct memory *memory);

/*
 * 朝阳区 was taken for Beijing's, or 高新区 was asked back, and now only 长春 is said: the places
 * of that name there. 0 if there are none, or nothing of the kind went before.
 */
size_t carry_namesakes(struct arena *a, const struct region *place, const struct memory *memory,
		       const struct region_table *regions, bool is_correction,
		       const struct region *const **ret);
/* 长春的 · 还是辽宁那个吧: says which of several, and does not go on to another place. */
bool carry_is_which(const struct understanding *what);

#endif
