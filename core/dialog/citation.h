/* SPDX-License-Identifier: Apache-2.0 */
/* citation.h - who says so: the sources behind some facts, how sure they are and how old. */
#ifndef DIALOG_CITATION_H
#define DIALOG_CITATION_H

#include "dialog/voice.h"
#include "know/guide.h"

#define CITATIONS_MAX 64

/* Sources in the order of their first use, each once. */
struct citations {
	struct source items[CITATIONS_MAX];
	bool is_remark[CITATIONS_MAX]; /* notes alone name it */
	size_t n;
};

void citations_add(struct citations *set, const struct guide *guide, struct view id);
/* The same of what is only remarked: neither grade nor date of the answer depend on it. */
void citations_add_remark(struct citations *set, const struct guide *guide, struct view id);
/* All that the facts name. */
void citations_add_facts(struct citations *set, const struct guide *guide, const struct facts *f);

/* The worst of what the answer rests on (notes aside); 0 if there is nothing. */
char citations_grade(const struct guide *guide, const struct facts *f);
/*
 * The oldest date among those that the answer rests on (notes aside), of laws only if there is
 * nothing else; empty if none has one.
 */
struct view citations_as_of(const struct citations *set);
bool citations_are_stale(const struct citations *set, struct view today);
/* "资料来源：《…》（2025）、《…》。" at the end of the buffer; nothing if the set is empty. */
void citations_word(const struct voice *v, const struct citations *set);
/* The same one a line, each with its kind and address, for who asks. */
void citations_list(const struct voice *v, const struct citations *set);
/* "资料截至2023-03-09。" or what else is known of their age, and the disclaimer: the last line. */
void citations_close(const struct voice *v, const struct citations *set, struct view disclaimer);

#endif
