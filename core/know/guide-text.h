/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guide-text.h - what must not stand in a text that citizens read, whatever the matter.
 *
 * Each function gives the piece of the text that is amiss, empty if there is none.
 */
#ifndef KNOW_GUIDE_TEXT_H
#define KNOW_GUIDE_TEXT_H

#include "base/view.h"

/* 15 digits or more in a row: the number of somebody's card or certificate. */
struct view text_long_number(struct view text);
/* A mobile number, 13800138000 or 138-0013-8000: an office has others. */
struct view text_mobile(struct view text);
/* The beginning of a tag: <a href=…>, </b>. It is shown as it was typed. */
struct view text_markup(struct view text);
/* Words that promise a result (一定能办, 包过). */
struct view text_promise(struct view text);

#endif
