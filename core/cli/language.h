/* SPDX-License-Identifier: Apache-2.0 */
/* language.h - which language the user reads. */
#ifndef CLI_LANGUAGE_H
#define CLI_LANGUAGE_H

#include "base/say.h"

/*
 * By LC_ALL, LC_MESSAGES, LANG in POSIX's order (an empty one is none), and LANGUAGE, a list,
 * before them unless they say C; for say_in(). Whether the machine has such a locale does not
 * matter. NULL: English.
 */
const struct sayings *language_sayings(void);

#endif
