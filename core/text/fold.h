/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold.h - one plain form of whatever was typed, with the way back to the original.
 *
 * Folding makes different spellings of the same words equal: Unicode NFKC, half width, lower case,
 * Traditional and regional variants to Simplified (characters and common words), invisible and
 * control characters gone, runs of the same punctuation shortened, Chinese numerals before a
 * counter to digits. Linear in the input, never fails on well-formed UTF-8. Folding what is folded
 * changes nothing, but for words and numerals that only folding put side by side. In particular:
 *
 * - Punctuation is kept, it carries meaning, in one form each: half width where ASCII has it
 *   (， is ,  《 is <  “ is "  【 is [  —— is -), else 。 、 · ~ and … (two and more stops). A stop
 * is
 *   "." only between two ASCII letters or digits (1.5, gov.cn), else 。. A run of one mark is one;
 *   ?!?! is ?!.
 * - A blank stays only between two words that are not Chinese (let me), one for a run. A line break
 *   between words is a comma. Emoji, pictures and private characters are blanks.
 * - Letters lose their accents (jū is ju; ü is v behind l and n, else u). Three and more equal
 *   letters or Chinese characters are two, drawn-out particles (啊啊啊) one, numerals untouched.
 * - 十二位 is 12位, 两百张 200张, 俩月 2个月; 一起, 半年, 三四天, 周一 are left alone.
 * - 網路, 软体, 身分證 are 网络, 软件, 身份证. Cantonese 係 (is) stays 係, so that it differs from
 *   系; 喺 咗 唔 冇 嘅 stay; 邊度 點樣 are 边度 点样.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdint.h>

#include "base/arena.h"
#include "base/view.h"

struct text {
	struct view raw;        /* what was typed, borrowed from the caller                */
	struct view folded;     /* the plain form as UTF-8, in the arena, NUL-terminated   */
	const uint32_t *chars;  /* the same as code points, n_chars of them             */
	const uint32_t *bytes;  /* where each begins in folded; bytes[n_chars] = folded.len */
	const uint32_t *origin; /* where each came from in raw (byte); origin[n_chars] = raw.len */
	size_t n_chars;
};

/*
 * 0, or -EILSEQ if raw is no UTF-8 (nothing is set then), or -E2BIG from 1 GiB on. Thread-safe; all
 * memory is the arena's. Origins never fall and always begin a character of raw.
 */
int text_fold(struct arena *a, struct view raw, struct text *ret);

/* The folded bytes of the characters [from, to); both are clipped to what there is. */
struct view text_part(const struct text *t, size_t from, size_t to);
/*
 * What was typed for the characters [from, to), with what folding dropped behind them. A character
 * that is one of several made from one (㎡ is m2) gives that one whole.
 */
struct view text_typed(const struct text *t, size_t from, size_t to);
/* The character that holds byte `at` of folded; n_chars from folded.len on. */
size_t text_char_at(const struct text *t, size_t at);
/*
 * The characters [from, to) as a text of their own, in the arena. Its raw is that of `t`, and its
 * origins lead there; the last one is where the next character of `t` came from.
 */
void text_sub(struct arena *a, const struct text *t, size_t from, size_t to, struct text *ret);

/* The Simplified form of one character (itself if it has none). */
uint32_t han_simplify(uint32_t cp);
/* True for Han characters (unified ideographs, extensions and compatibility). */
bool han_is(uint32_t cp);

#endif
