/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pinyin.h - how characters sound.
 *
 * A syllable is a small number (1 .. PINYIN_MAX), toneless; 0 is "no reading". The fuzzy form
 * merges what many speakers merge: zh/z, ch/c, sh/s, n/l initial, an/ang, en/eng, in/ing, and f/h
 * before u. Tables are generated at build time from Unihan (Unicode licence).
 */
#ifndef TEXT_PINYIN_H
#define TEXT_PINYIN_H

#include <stdint.h>

#include "base/view.h"

#define PINYIN_MAX 511

/* The most common reading of a (Simplified or Traditional) character, 0 if unknown. */
uint16_t pinyin_of(uint32_t cp);
/* The fuzzy class of a syllable, itself a syllable: pinyin_fuzzy(zhang) == pinyin_fuzzy(zan). */
uint16_t pinyin_fuzzy(uint16_t syllable);
/* Its spelling in ASCII letters ("lv" for lü); "" for 0. Static. */
const char *pinyin_spell(uint16_t syllable);
/* The syllable spelt so, 0 if there is none. */
uint16_t pinyin_find(struct view letters);
/*
 * Cut a run of ASCII letters into syllables ("zhengzhou" -> zheng zhou), whole or not at all:
 * the number of syllables put into out[], 0 if the run is no pinyin or longer than max.
 */
size_t pinyin_cut(struct view letters, uint16_t *out, size_t max);

#endif
