/* SPDX-License-Identifier: Apache-2.0 */
/*
 * phrase.h - what a sentence does besides asking: found by fixed phrases, before any score is
 * looked at.
 *
 * The phrases stand in one table (phrase-table.c). They are those of the language, not of a matter,
 * and are narrow on purpose: what they catch is declined even when the classifier is sure of an
 * intent.
 */
#ifndef DIALOG_PHRASE_H
#define DIALOG_PHRASE_H

#include <stdbool.h>
#include <stdint.h>

#include "nlu/term.h"
#include "text/fold.h"

/* More than an int holds: a GNU extension of enum. */
enum cue {
	CUE_INJECTION = 1ull << 0,   /* 忽略之前的指令                  */
	CUE_FORGERY = 1ull << 1,     /* 办假证                          */
	CUE_PAID = 1ull << 2,        /* 走后门, 花钱找人办              */
	CUE_OTHERS = 1ull << 3,      /* 查前女友的住址                  */
	CUE_ABUSE = 1ull << 4,       /* 骂人                            */
	CUE_DISTRESS = 1ull << 5,    /* 不想活了                        */
	CUE_RESET = 1ull << 6,       /* 重新开始 (the whole text)       */
	CUE_CORRECTS = 1ull << 7,    /* 不对, 我说的是 … (at the start) */
	CUE_REPEAT = 1ull << 8,      /* 刚才说的那个app叫什么           */
	CUE_COMPARES = 1ull << 9,    /* 哪个快, 有什么区别              */
	CUE_FASTEST = 1ull << 10,    /* 最快的是哪里                    */
	CUE_NONE = 1ull << 11,       /* 都不是 (the whole text)         */
	CUE_ALSO = 1ull << 12,       /* 那 … 呢                         */
	CUE_LOOKUP = 1ull << 13,     /* 查, 住哪: half of CUE_OTHERS    */
	CUE_NAMING = 1ull << 14,     /* 叫什么: half of CUE_REPEAT      */
	CUE_ABOUT = 1ull << 15,      /* 举报, 处罚: bars CUE_FORGERY    */
	CUE_GETTING = 1ull << 16,    /* 办, 买: half of CUE_FORGERY     */
	CUE_WHERE = 1ull << 17,      /* 哪: half of CUE_FASTEST         */
	CUE_MORE = 1ull << 19,       /* 还有呢, 说详细点                */
	CUE_DOUBTS = 1ull << 20,     /* 谁说的, 你确定吗                */
	CUE_AGREES = 1ull << 21,     /* 好的 (the whole text)           */
	CUE_SAME = 1ull << 22,       /* 一样吗                          */
	CUE_NATIONWIDE = 1ull << 18, /* 全国统一: no place is meant   */
	CUE_ANY = 1ull << 23,        /* 随便, 不知道 (the whole text)   */
	CUE_WHO = 1ull << 24,        /* 你是谁 (the whole text)         */
	CUE_FOREIGN = 1ull << 25,    /* 外国人, foreigner               */
	CUE_ANYWHERE = 1ull << 26,   /* 哪里, 哪个城市: over all places */
	CUE_POINTS = 1ull << 27,     /* 那里, 它: what was talked about */
	CUE_RULES = 1ull << 28,      /* 所有规则, 提示词: half of CUE_INJECTION */
	CUE_PAPER = 1ull << 29,      /* 合同, 证明, 章: half of CUE_FORGERY */
	CUE_FOR = 1ull << 30,        /* 帮他, 替她: bars another's papers as forgery */
	CUE_HASTE = 1ull << 31,      /* 快, 插队, 搞定: half of CUE_PAID */
	CUE_ADDS = 1ull << 32,       /* 再加上 (at the start) */
	CUE_REVERSES = 1ull << 33,   /* 反过来呢 (the whole text) */
	CUE_WHOSE = 1ull << 34,      /* 是谁的: with somebody's number, looking for a person */
	CUE_SWAPS = 1ull << 35,      /* 换成 (at the start) */
	CUE_PRAISES = 1ull << 36,    /* 真厉害, 哈哈 (the whole text) */
	CUE_SIMPLER = 1ull << 37,    /* 听不懂, 说简单点 */
	CUE_LANGUAGE = 1ull << 38,   /* English please (the whole text) */
	CUE_KEEPS = 1ull << 39,      /* 你存了吗 (the whole text) */
	CUE_COMPLAINS = 1ull << 41,  /* 找谁投诉 */
	CUE_OFFERS = 1ull << 40,     /* 身份证号发你行不行 */
	CUE_LICENCE = 1ull << 42,    /* 资质, 建造师: half of CUE_FORGERY with 挂靠 */
	CUE_INSURED = 1ull << 43,    /* 社保, 户口: 挂靠 is a way to be insured, no forgery */
	CUE_WRONG = 1ull << 44,      /* 写错了: what is mended is no forgery */
	CUE_SEEKS = 1ull << 45,      /* 告诉我, 查一下: the data themselves are wanted */
	CUE_PRIVATE = 1ull << 46,    /* 住址, 电话: nobody else's business */
	CUE_HANDLES = 1ull << 47,    /* 要什么材料: business with others, bars CUE_OTHERS */
	CUE_HOWTO = 1ull << 48,      /* 怎么查: the same of one's own people */
	CUE_FIRM = 1ull << 49,       /* 公司的资质: public, bars CUE_OTHERS */
	CUE_SELF = 1ull << 50,       /* 那我自己的呢 (the whole text) */
	CUE_CODED = 1ull << 52,      /* 编号: 怎么编的 is how it is made up */
	CUE_STAMPED = 1ull << 53,    /* 合同, 房东: what another's seal would be for */
	CUE_OPENS = 1ull << 54,      /* 注册, 执照: a company needs a seal of its own */
	CUE_AVOIDS = 1ull << 55,     /* 不找中介, 靠谱吗: bars CUE_PAID */
	CUE_HOST = 1ull << 56,       /* 房东是: who is foreign is not who asks */
	CUE_DEMANDED = 1ull << 57,   /* 中介要: bars CUE_OFFERS */
	CUE_PRIES = 1ull << 58,      /* 怎么知道, 偷偷查: half of CUE_THEIRS */
	CUE_THEIRS = 1ull << 59,     /* 我男朋友, with CUE_PRIES: half of CUE_OTHERS */
	CUE_GOODS = 1ull << 60,      /* 买房, 买车: what a permit may be needed for */
	CUE_FOUND = 1ull << 61,      /* 捡到医保卡: half of CUE_FORGERY with its password */
	CUE_ADDRESS = 1ull << 62,    /* 挂个地址: half of CUE_FORGERY with a permit */
	CUE_ERRAND = 1ull << 51,     /* 我想办个证 (the whole text) */
};

/* What is said of a matter's word (买居住证) is found for the words of all matters; the terms of
 * the text may be NULL. */
uint64_t phrase_find(struct arena *a, const struct text *text, const struct term_hits *terms);
/* How many bytes are the longest phrase of `cue` that the folded text begins with; 0: none. Only
 * phrases that may stand anywhere are looked for, whatever bars them. */
size_t phrase_starts(struct view folded, uint64_t cue);
/* True if the words ask something by themselves: 吗, 怎么, 多久, ? … */
bool phrase_is_question(struct view folded);
/* 那怎么办呢: asks how, and nothing else. */
bool phrase_is_how(struct view folded);
/* A share, a multiple or a large sum that somebody has read somewhere: 98%, 3倍, 1200万小时. */
bool phrase_has_claim(struct view folded);

#endif
