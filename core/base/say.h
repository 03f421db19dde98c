/* SPDX-License-Identifier: Apache-2.0 */
/*
 * say.h - messages in the language of who reads them.
 *
 * Messages are English in the code and are looked up by that. Nothing is looked up until a program
 * says so with say_in(): the daemon never does, so its logs, its admin end and what it keeps in
 * files stay English. It is no setlocale(): a locale has to be made on a machine before it can be
 * set, and a bare Debian has no Chinese one.
 */
#ifndef BASE_SAY_H
#define BASE_SAY_H

#include <stdbool.h>
#include <stddef.h>

/* One message; a format's other words take the same arguments in the same order. */
struct saying {
	const char *english, *other;
};
/* Those of one language, in the order of strcmp() of the English. */
struct sayings {
	const struct saying *items;
	size_t n;
};

/* From now on say() gives these; NULL: English. Before any thread is started; it must stay. */
void say_in(const struct sayings *sayings);
/* True unless another language was set. */
bool say_is_english(void);
/* The words for this message; itself in English, and where it has no others. */
const char *say(const char *english) __attribute__((format_arg(1)));
/* The same of one or of many: "%zu error", "%zu errors". */
const char *say_of(size_t n, const char *one, const char *many) __attribute__((format_arg(2)))
__attribute__((format_arg(3)));

#endif
