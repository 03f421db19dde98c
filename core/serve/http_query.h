/* SPDX-License-Identifier: Apache-2.0 */
/*
 * http_query.h - names and values as web pages send them: a=1&b=%E4%B8%AD+x.
 *
 * libwebsockets hands the query of an address over in pieces it has decoded; bodies of forms come
 * as they are. Both end here, checked: UTF-8, no NUL.
 */
#ifndef SERVE_HTTP_QUERY_H
#define SERVE_HTTP_QUERY_H

#include "base/arena.h"

/* %XX and + undone, into the arena. 0, or -EILSEQ on a broken escape, a NUL or no UTF-8. */
int query_decode(struct arena *a, struct view raw, struct view *ret);

/* The value of `name` in an encoded form; empty if it is not there. 0 or -EILSEQ. */
int query_find(struct arena *a, struct view form, const char *name, struct view *ret);

/* True if the decoded piece "name=value" has this name; the value goes to *ret. */
bool query_piece(struct view piece, const char *name, struct view *ret);

#endif
