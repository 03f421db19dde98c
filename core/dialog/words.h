/* SPDX-License-Identifier: Apache-2.0 */
/* words.h - is there anything in a text that could ask something? */
#ifndef DIALOG_WORDS_H
#define DIALOG_WORDS_H

#include "nlu/understand.h"

/* bhzmc: letters that could not be read as anything. */
bool words_are_unread(const struct understanding *u);
/* 证: a beginning. */
bool words_are_one_char(const struct understanding *u);
/* 就那个那个: it points, and at nothing. */
bool words_are_mumbled(const struct understanding *u);
/* Beside the place of a number that was lifted out. */
bool words_are_there(const struct understanding *u);
/* 21: a number alone, of some days or of something offered. */
bool words_are_a_number(const struct understanding *u);
/* …这个对不对: is it right? */
bool words_ask_if_right(const struct understanding *u);
/* 1和3: several of a list at once. */
bool words_are_numbers(const struct understanding *u);
/* More than marks. */
bool words_say_something(const struct understanding *u);

#endif
