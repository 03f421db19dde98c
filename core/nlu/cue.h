/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cue.h - what the words around a place say about it.
 *
 * The words are lists in cue-words.c, compiled into automata, one read forwards from the end of a
 * place, one backwards from its start, and one of words that a place may be a piece of, so that the
 * lists may grow at no cost.
 */
#ifndef NLU_CUE_H
#define NLU_CUE_H

#include "know/catalog.h"
#include "nlu/mention.h"
#include "nlu/trie.h"

struct cues {
	struct trie forward, backward; /* values: bits of the lists a word is in */
	struct trie inside;            /* words that a name is only a piece of */
	uint64_t leading;              /* a bit for the last character & 63 of 在, 来, 到 … */
};

/* The matters' own words count among those that stand behind a place; NULL: there are none. */
void cues_init(struct cues *c, const struct catalog *catalog);
void cues_done(struct cues *c);

/* The part a place plays, judged by its neighbourhood alone. */
struct cue_part {
	enum mention_role role;
	bool is_borne; /* a part: goods or a firm that bear the place's name */
};
struct cue_part cue_part(const struct cues *c, const struct text *text, uint32_t start,
			 uint32_t end);

/* May the one character at `at` (沪, 深) stand for a place here? */
bool cue_allows_abbreviation(const struct cues *c, const struct text *text, uint32_t at);
enum cue_name {
	CUE_NAME_FULL, /* 太和县 */
	CUE_NAME_SHORT,
	CUE_NAME_APART, /* 怎么弄 成都: no word ends with it, whatever it would be with what is
			   before */
	CUE_NAME_MISSPELT
};
/* A name that is only a piece of an ordinary word: 河北区别, 办成都要. Of full ones only 河北区 is.
 */
bool cue_is_inside_word(const struct cues *c, const struct text *text, uint32_t start, uint32_t end,
			enum cue_name name);
/* The first character of a name that begins at `start` ends an ordinary word: 短信|都. Says
 * something only of names that few people mean. */
bool cue_is_tail_of_word(const struct cues *c, const struct text *text, uint32_t start);
/* Characters too common to be a mistyped part of a name: 上还(是), 天今. */
bool cue_is_common_char(const struct cues *c, uint32_t ch);
/* Between two places, so that both are meant: 和, 跟, 与, 还是 … */
bool cue_joins(const struct cues *c, const struct text *text, uint32_t from, uint32_t to);
/* The end of such a word that stands at `at`, a blank before it or not; `at`: there is none. */
uint32_t cue_join_end(const struct cues *c, const struct text *text, uint32_t at);
/* Between two places: 户口在, so that it is the first one's. */
bool cue_is_household_in(const struct cues *c, const struct text *text, uint32_t from, uint32_t to);
/* Written so, it is a word of its own and no mistyped place: 通话, 保安, luohu. */
bool cue_is_other_word(const struct cues *c, const struct text *text, uint32_t start);
/* Words that let expect a place: 在 … 办, or the begin of the text and a word of a matter. */
struct cue_slot {
	bool behind, ahead; /* one of them stands in front of the place, behind it */
	bool is_strong;     /* … and in front stands 在, 来, 到: alone enough */
};
struct cue_slot cue_slot(const struct cues *c, const struct text *text, uint32_t start,
			 uint32_t end);
/* The strong one alone: 在, 来, 到. */
bool cue_leads(const struct cues *c, const struct text *text, uint32_t start);
/* Behind it stands what is done in a place: 上班, 打工. */
bool cue_is_lived_in(const struct cues *c, const struct text *text, uint32_t end);
/* Both sides say that even 星城, 春城 is a place here: 在星城, 星城这边. */
bool cue_is_place(const struct cues *c, const struct text *text, uint32_t start, uint32_t end);
/* The same of a county whose name is an ordinary word: 在石门打工, 石门居住证. */
bool cue_is_slot(const struct cues *c, const struct text *text, uint32_t start, uint32_t end);
/* What stands in front of a place typed in letters. */
enum cue_letters {
	CUE_LETTERS_NONE,
	CUE_LETTERS_IN,      /* zai, dao, cong, 在 */
	CUE_LETTERS_ENGLISH, /* in, from: hardly anything but a place follows */
};
enum cue_letters cue_before_letters(const struct cues *c, const struct text *text, uint32_t start);
/* The place is (also) the one of now or the right one: 现在搬到, 不对是. */
bool cue_is_now(const struct cues *c, const struct text *text, uint32_t start);
bool cue_is_correction(const struct cues *c, const struct text *text, uint32_t start);
/* Something was done there before: X办的, 先在 X; 后来去了 X, if a later place is named. */
bool cue_is_past(const struct cues *c, const struct text *text, uint32_t start, uint32_t end);
/* 老公在 X: somebody else is there. */
bool cue_is_of_others(const struct cues *c, const struct text *text, uint32_t start);
/* 同事叫 X，…; 我叫王 X: a person is called so. */
bool cue_is_person(const struct cues *c, const struct text *text, uint32_t start, uint32_t end);
/* 老家 X. */
bool cue_is_home(const struct cues *c, const struct text *text, uint32_t start);
/* 还在 X, 得回 X, 从 X. */
bool cue_is_still(const struct cues *c, const struct text *text, uint32_t start);
bool cue_is_back(const struct cues *c, const struct text *text, uint32_t start);
bool cue_is_from(const struct cues *c, const struct text *text, uint32_t start);
/* Between two places: 转, 换, so that the first one is left. */
bool cue_is_move(const struct cues *c, const struct text *text, uint32_t from, uint32_t to);
/* 居民, 同胞 behind 港澳台, or 我 in front of it and 的 behind: people from there. */
bool cue_is_people(const struct cues *c, const struct text *text, uint32_t start, uint32_t end);

#endif
