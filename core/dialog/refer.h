/* SPDX-License-Identifier: Apache-2.0 */
/*
 * refer.h - words that point at what was said before, taken off the front of a question.
 *
 *	不是问多久，是问要带什么   the first half is taken back: 要带什么
 *	第二个要带什么             of two places that were compared, the second: 要带什么
 *
 * What is left is understood as if it had been typed alone.
 */
#ifndef DIALOG_REFER_H
#define DIALOG_REFER_H

#include "base/arena.h"
#include "dialog/memory.h"

/* Without what is taken back. Names of places are left alone: they know themselves (nlu/). */
struct view refer_corrected(struct view text);
/* 要带什么，哦不是材料，是多长时间: what was said in front of it is taken back with it. */
struct view refer_retracted(struct view text);
/* 不是网上，线下 · 不是丢了是过期了: what stands behind it, if that is all there is; else the text.
 */
struct view refer_instead(struct view text);
/* 你好啊我想问一下 …, thanks, …: what stands behind the courtesies; the text if nothing does. */
struct view refer_behind_courtesy(struct view text);
/* how are you today: an English greeting and nothing else, however long it is. */
bool refer_is_greeting(struct view folded);
/* 💰？: nothing but such signs, as the words they stand for; else empty. */
struct view refer_signs(struct arena *a, struct view text);
/* 🏥卡🔒了: signs in the middle of words as the words they stand for. */
struct view refer_signs_within(struct arena *a, struct view text);
/* The remembered place that the text begins with, and the rest; NULL: it begins with none. */
const struct region *refer_place(struct view text, const struct memory *memory,
				 struct view *ret_rest);

#endif
