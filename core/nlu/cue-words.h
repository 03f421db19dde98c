/* SPDX-License-Identifier: Apache-2.0 */
/* cue-words.h - which lists a word is in; private to cue-read.h and cue-words.c. */
#ifndef NLU_CUE_WORDS_H
#define NLU_CUE_WORDS_H

/* A symbol that stands for a sound in the automaton read forwards: + its syllable. */
#define CUE_SOUND 0x200000u

enum cue_list_bit {
	/* Read forwards. */
	PART_AFTER = 1 << 0, /* streets, shops, dishes, firms, ways of speaking */
	PART_AFTER_NOT = 1 << 1,
	HOUSEHOLD_AFTER = 1 << 2,
	ORIGIN_AFTER = 1 << 3,
	ORIGIN_AFTER_NOT = 1 << 4,
	LEFT_AFTER = 1 << 5,  /* behind 从 X */
	MOVED_AFTER = 1 << 6, /* without 从 */
	PLACE_WORD = 1 << 7,  /* 那边, 市区: part of the place */
	POSSESSIVE = 1 << 8,
	STRONG = 1 << 9, /* 沪: hardly ever anything but the place */
	STRONG_AFTER_NOT = 1 << 10,
	NEVER_ABBR = 1 << 11,
	ABBR_AFTER = 1 << 12,
	ABBR_AFTER_NOT = 1 << 13,
	ABBR_AROUND = 1 << 14,     /* may follow 在沪 */
	ORDINARY = 1 << 15,        /* words with such a character in them */
	REGION_WORD_NOT = 1 << 16, /* behind …区: 别 */
	BORNE_AFTER = 1 << 18,     /* goods, firms, events that bear a place's name: 云南白药 */
	COMMON = 1 << 19,
	JOIN = 1 << 20,
	OTHER_WORD = 1 << 21,
	PAIR = 1 << 23,         /* 京津, 深杭: abbreviations that stand in pairs */
	OTHERS_AFTER = 1 << 24, /* 上班的朋友: others are there */
	THEN_AFTER = 1 << 25,   /* behind 我是 X 的 */
	NOT_AFTER = 1 << 26,
	DONE_AFTER = 1 << 27,
	MOVE_AFTER = 1 << 29, /* alone between two places */
	EXCEPT_AFTER = 1 << 30,
	PEOPLE_AFTER = 1u << 31,
	NEAR_AFTER = 1 << 28, /* behind 离 X */
	SLOT_AFTER = 1 << 22, /* where a place can stand: in front of these … */
	/* Read backwards. */
	ORIGIN_BEFORE = 1 << 0,
	HOME_BEFORE = 1 << 1, /* 老家: alone enough */
	SELF_BEFORE = 1 << 2,
	FROM_BEFORE = 1 << 3,
	LEFT_BEFORE = 1 << 4,
	PAST_BEFORE = 1 << 5,
	NEGATED_BEFORE = 1 << 6,
	NEGATED_BEFORE_NOT = 1 << 7,
	EXCEPT_BEFORE = 1 << 25,
	NON_BEFORE = 1 << 8,
	FILLER = 1 << 9,
	ABBR_BEFORE = 1 << 10,
	NAMED_BEFORE = 1 << 11, /* 同事叫: a person is called so */
	SLOT_BEFORE = 1 << 13,  /* … and behind those */
	OTHERS_BEFORE = 1 << 14,
	FROM_LETTERS = 1 << 15, /* from: where somebody was, whatever follows */
	IN_LETTERS = 1 << 16,
	ENGLISH = 1 << 17,
	STRONG_SLOT = 1 << 18,
	NOW_BEFORE = 1 << 19,
	RIGHT_BEFORE = 1 << 20, /* corrects what was said before */
	FAR_BEFORE = 1 << 21,
	FIRST_BEFORE = 1 << 22,
	BACK_BEFORE = 1 << 23,
	STILL_BEFORE = 1 << 24,
	STAGE_BEFORE = 1 << 27,   /* 后来去了: a step of a story, if another one follows */
	BEEN_BEFORE = 1 << 28,    /* 去过 */
	TAIL = 1 << 26,           /* 短信 in front of 都: 信都 is no place there */
	PERSON_BEFORE = 1 << 30,  /* 房东: a name follows */
	COUNT_BEFORE = 1 << 29,   /* 有个, 一位: somebody */
	FOREIGN_BEFORE = 1 << 12, /* 外地户口在: says nothing of the place behind it */
};

/* What a word does to a name that is a piece of it. */
enum cue_inside {
	CUE_COVERS = 1 << 0, /* begins with the name or before it */
	CUE_BEHIND = 1 << 1, /* begins in it and goes on */
};

#endif
