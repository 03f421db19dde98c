/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.h - reading and writing UTF-8 one character at a time; strict (RFC 3629). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

#define UTF8_MAX 4 /* bytes in one character */

/*
 * The character at the start of `v` into *ret_cp and its length in bytes; 0 at the end of `v`,
 * -EILSEQ on overlong, surrogate, too large or cut-off sequences.
 */
int utf8_decode(struct view v, uint32_t *ret_cp);
/* Up to `max` characters from the start of *rest, which is left behind them; gives how many. It
 * ends where utf8_decode() does. */
size_t utf8_take(struct view *rest, uint32_t *ret, size_t max);
/* Write `cp` to `out` (room for UTF8_MAX); gives the number of bytes, 0 if cp is no character. */
size_t utf8_encode(uint32_t cp, char *out);
/* True if the whole view is well-formed. *ret_bad (may be NULL) is where it first is not. */
bool utf8_is_valid(struct view v, size_t *ret_bad);
/* Characters in a well-formed view. */
size_t utf8_count(struct view v);
/* The longest prefix of a well-formed view with at most `max` bytes that ends between characters.
 */
struct view utf8_clip(struct view v, size_t max);

#endif
