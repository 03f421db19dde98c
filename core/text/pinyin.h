/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pinyin.h - how characters sound.
 *
 * A syllable is a small number (1 .. PINYIN_MAX), toneless; 0 is "no reading". The fuzzy form
 * merges what many speakers merge: zh/z, ch/c, sh/s, n/l initial, an/ang, en/eng, in/ing (also
 * behind a glide: ian/iang, uan/uang), and h/f before u. Tables are generated at build time from
 * Unihan (Unicode licence). All functions are pure.
 */
#ifndef TEXT_PINYIN_H
#define TEXT_PINYIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

#define PINYIN_MAX 511
/* Letters in a run that pinyin_cut() looks at. */
#define PINYIN_CUT_MAX 255

/* The most common reading of a (Simplified or Traditional) character, 0 if unknown. */
uint16_t pinyin_of(uint32_t cp);
/*
 * The readings of `n` characters as they stand together: 银行 yin hang, 重庆 chong qing, 成都 cheng
 * du. out[] takes n syllables. Characters in folded (Simplified) form.
 */
void pinyin_text(const uint32_t *chars, size_t n, uint16_t *out);
/* The fuzzy class of a syllable, itself a syllable: pinyin_fuzzy(zhang) == pinyin_fuzzy(zan). */
uint16_t pinyin_fuzzy(uint16_t syllable);
/* Its spelling in ASCII letters ("lv" for lü); "" for 0. Static. */
const char *pinyin_spell(uint16_t syllable);
/* Its first letter, as in abbreviations (居住证 = jzz); 0 for 0. */
char pinyin_initial(uint16_t syllable);
/* Its initial consonants (声母): "zh" of zhang, "" of an, y and w count. Static. */
struct view pinyin_onset(uint16_t syllable);
/* The syllable spelt so, in either case, also lue, nue, lyu, nyu; 0 if there is none. */
uint16_t pinyin_find(struct view letters);
/*
 * Cut a run of ASCII letters into syllables ("zhengzhou" -> zheng zhou), whole or not at all:
 * the number of syllables put into out[], 0 if the run is no pinyin, or longer than max or than
 * PINYIN_CUT_MAX letters. Of several ways the one with the fewest syllables is taken (xian is 先,
 * not 西安), among these the one with the longer syllables first (fangan is fang an). An
 * apostrophe always cuts: xi'an.
 */
size_t pinyin_cut(struct view letters, uint16_t *out, size_t max);

#endif
