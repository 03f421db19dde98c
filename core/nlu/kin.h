/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kin.h - people by what they are to whoever writes: 我妈, 老公, 同事; oneself, and 他 or 她.
 *
 * However one of them is called, it is the same one: 妈妈, 母亲 and 老妈 are 我妈. 大哥 and 二哥
 * are two. Nobody is known by name.
 */
#ifndef NLU_KIN_H
#define NLU_KIN_H

#include "nlu/mention.h"

enum kin_who {
	KIN_NONE,
	KIN_SELF,
	KIN_HE, /* pronouns: whoever is meant by them */
	KIN_SHE,
	KIN_ONE,
	KIN_THEY,
	KIN_FATHER,
	KIN_MOTHER,
	KIN_PARENTS,
	KIN_HUSBAND,
	KIN_WIFE,
	KIN_SPOUSE,
	KIN_SON,
	KIN_DAUGHTER,
	KIN_CHILD,
	KIN_ELDER_BROTHER,
	KIN_YOUNGER_BROTHER,
	KIN_ELDER_SISTER,
	KIN_YOUNGER_SISTER,
	KIN_FATHERS_FATHER,
	KIN_FATHERS_MOTHER,
	KIN_FATHERS_PARENTS,
	KIN_MOTHERS_FATHER,
	KIN_MOTHERS_MOTHER,
	KIN_MOTHERS_PARENTS,
	KIN_HUSBANDS_FATHER,
	KIN_HUSBANDS_MOTHER,
	KIN_HUSBANDS_PARENTS,
	KIN_WIFES_FATHER,
	KIN_WIFES_MOTHER,
	KIN_WIFES_PARENTS,
	KIN_UNCLE,
	KIN_MOTHERS_BROTHER,
	KIN_FATHERS_SISTER,
	KIN_MOTHERS_SISTER,
	KIN_SISTER_IN_LAW,
	KIN_BROTHER_IN_LAW,
	KIN_AUNT_IN_LAW,
	KIN_UNCLE_IN_LAW,
	KIN_SON_IN_LAW,
	KIN_DAUGHTER_IN_LAW,
	KIN_NEPHEW,
	KIN_NIECE,
	KIN_GRANDSON,
	KIN_GRANDDAUGHTER,
	KIN_FRIEND,
	KIN_COLLEAGUE,
	KIN_CLASSMATE,
	KIN_ROOMMATE,
	KIN_COMPATRIOT,
	KIN_NEIGHBOUR,
	KIN_EMPLOYEE,
	KIN_BOSS,
	KIN_LANDLORD,
	KIN_TENANT,
	KIN_CUSTOMER,
	KIN_STUDENT,
	KIN_KINDS,
};

/* Which of several: 大哥, 二哥, 小女儿, 表弟; 0 where that is not said. */
struct kin {
	uint8_t who; /* enum kin_who */
	uint8_t order;
};

static inline bool kin_eq(struct kin a, struct kin b)
{
	return a.who == b.who && a.order == b.order;
}

static inline bool kin_is_pronoun(struct kin k)
{
	return k.who >= KIN_HE && k.who <= KIN_THEY;
}

/* Two of them together, as one word says it: 爸妈 is both, 孩子 is a son or a daughter. */
enum kin_group { KIN_ALONE, KIN_BOTH, KIN_EITHER };
/* What `who` is made of, if it is such a word. */
enum kin_group kin_members(enum kin_who who, enum kin_who ret[2]);
/* Such a word of which `who` is one; KIN_NONE: there is none. */
enum kin_who kin_group_of(enum kin_who who);
/* 爸 and 爸妈, 孩子 and 女儿, 哥 and 二哥: the same person may be meant. */
bool kin_may_be(struct kin a, struct kin b);
/* He or she may be called so; what is said of them is nothing but a pronoun. */
bool kin_fits(struct kin pronoun, struct kin k);

#define KIN_ID_MAX 24
/* "mother", "elder_brother2": for keeping, the same for ever. KIN_NONE from what is no such id. */
void kin_id(struct kin k, char ret[KIN_ID_MAX]);
struct kin kin_of_id(struct view id);

/* One who is spoken of in a text, from how they are led in to the end of the word: 我的|妈妈. */
struct kin_spoken {
	struct kin kin;
	uint32_t start, end; /* characters */
	bool is_others;      /* 同事的老婆: nobody who is known */
};
#define KIN_SPOKEN_MAX 16
/* In the order of the text. 你妈, 他妈 and 另一个同事 are nobody's here; 姑娘 and 其他 nobody. */
size_t kin_spoken(const struct text *text, const struct mentions *places,
		  struct kin_spoken ret[KIN_SPOKEN_MAX]);
/* Whom the pronoun `p` stands for of those spoken of before it. KIN_NONE: nobody is; KIN_THEY: it
 * is not clear. */
struct kin kin_antecedent(const struct kin_spoken *people, const struct kin_spoken *p);
/* Where the clause begins in which the character `at` stands. */
uint32_t kin_clause_start(const struct text *text, uint32_t at);
/* Whoever is named right before the character `at`, however they are led in. */
struct kin kin_before(const struct text *text, size_t at);

#endif
