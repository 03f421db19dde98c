/* SPDX-License-Identifier: Apache-2.0 */
/* source.h - who says so: the sources behind some facts, how sure they are and how old. */
#ifndef DIALOG_SOURCE_H
#define DIALOG_SOURCE_H

#include "dialog/voice.h"
#include "know/guide.h"

#define SOURCES_MAX 64

/* Sources in the order of their first use, each once. */
struct source_set {
	struct source items[SOURCES_MAX];
	size_t n;
};

void sources_add(struct source_set *set, const struct guide *guide, struct view id);
/* All that the facts name. */
void sources_add_facts(struct source_set *set, const struct guide *guide, const struct facts *f);

/* The worst of what the answer rests on (notes aside); 0 if there is nothing. */
char sources_grade(const struct guide *guide, const struct facts *f);
/* The oldest date among them; empty if none has one. */
struct view sources_as_of(const struct source_set *set);
bool sources_is_stale(const struct source_set *set, struct view today);
/* "资料来源：《…》（2025）、《…》。" at the end of the buffer; nothing if the set is empty. */
void sources_word(const struct voice *v, const struct source_set *set);

#endif
