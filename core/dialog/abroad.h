/* SPDX-License-Identifier: Apache-2.0 */
/* abroad.h - what is asked of a place outside of China: 纽约的居住证, 在日本怎么办居住证. */
#ifndef DIALOG_ABROAD_H
#define DIALOG_ABROAD_H

#include "nlu/understand.h"

/*
 * True if a word of a matter is said of such a place. Where somebody is (我在日本，居住证过期了),
 * goes (去美国居住证会断吗), was (从美国回来, i studied in london) or comes from (美国人) is no
 * such thing, nor is a text that names a place in China too. In a conversation (goes_on) the place
 * alone will do: 那东京呢.
 */
bool abroad_is_asked(const struct understanding *u, bool goes_on);

#endif
