/* SPDX-License-Identifier: Apache-2.0 */
/*
 * phrase.h - what a sentence does besides asking: found by fixed phrases, before any score is
 * looked at.
 *
 * The phrases stand in one table (phrase.c). They are those of the language, not of a matter, and
 * are narrow on purpose: what they catch is declined even when the classifier is sure of an intent.
 */
#ifndef DIALOG_PHRASE_H
#define DIALOG_PHRASE_H

#include <stdbool.h>

#include "nlu/term.h"
#include "text/fold.h"

enum cue {
	CUE_INJECTION = 1 << 0,   /* 忽略之前的指令                  */
	CUE_FORGERY = 1 << 1,     /* 办假证                          */
	CUE_PAID = 1 << 2,        /* 走后门, 花钱找人办              */
	CUE_OTHERS = 1 << 3,      /* 查前女友的住址                  */
	CUE_ABUSE = 1 << 4,       /* 骂人                            */
	CUE_DISTRESS = 1 << 5,    /* 不想活了                        */
	CUE_RESET = 1 << 6,       /* 重新开始 (the whole text)       */
	CUE_CORRECTS = 1 << 7,    /* 不对, 我说的是 … (at the start) */
	CUE_REPEAT = 1 << 8,      /* 刚才说的那个app叫什么           */
	CUE_COMPARES = 1 << 9,    /* 哪个快, 有什么区别              */
	CUE_FASTEST = 1 << 10,    /* 最快的是哪里                    */
	CUE_NONE = 1 << 11,       /* 都不是 (the whole text)         */
	CUE_ALSO = 1 << 12,       /* 那 … 呢                         */
	CUE_LOOKUP = 1 << 13,     /* 查, 住哪: half of CUE_OTHERS    */
	CUE_NAMING = 1 << 14,     /* 叫什么: half of CUE_REPEAT      */
	CUE_ABOUT = 1 << 15,      /* 举报, 处罚: bars CUE_FORGERY    */
	CUE_GETTING = 1 << 16,    /* 办, 买: half of CUE_FORGERY     */
	CUE_WHERE = 1 << 17,      /* 哪: half of CUE_FASTEST         */
	CUE_MORE = 1 << 19,       /* 还有呢, 说详细点                */
	CUE_DOUBTS = 1 << 20,     /* 谁说的, 你确定吗                */
	CUE_AGREES = 1 << 21,     /* 好的 (the whole text)           */
	CUE_SAME = 1 << 22,       /* 一样吗                          */
	CUE_NATIONWIDE = 1 << 18, /* 全国统一: no place is meant   */
	CUE_ANY = 1 << 23,        /* 随便, 不知道 (the whole text)   */
	CUE_WHO = 1 << 24,        /* 你是谁 (the whole text)         */
	CUE_FOREIGN = 1 << 25,    /* 外国人, foreigner               */
	CUE_ANYWHERE = 1 << 26,   /* 哪里, 哪个城市: over all places */
	CUE_POINTS = 1 << 27,     /* 那里, 它: what was talked about */
};

/* What is said of a matter's word (买居住证) is found for the words of all matters; the terms of
 * the text may be NULL. */
unsigned phrase_find(struct arena *a, const struct text *text, const struct term_hits *terms);
/* True if the words ask something by themselves: 吗, 怎么, 多久, ? … */
bool phrase_is_question(struct view folded);
/* A share, a multiple or a large sum that somebody has read somewhere: 98%, 3倍, 1200万小时. */
bool phrase_has_claim(struct view folded);

#endif
