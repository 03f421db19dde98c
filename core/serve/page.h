/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page.h - the page that works without scripts: a form read, and a template filled in.
 *
 * All that comes from outside goes into the page escaped. Knows nothing of sockets.
 */
#ifndef SERVE_PAGE_H
#define SERVE_PAGE_H

#include "base/arena.h"
#include "base/buf.h"

struct page_form {
	struct view question;
	struct view region;  /* code; "" = none */
	struct view session; /* token; "" = none yet */
	struct view last;    /* the region of the question before */
};

/* From an encoded form. 0, or -EILSEQ on a broken escape, a NUL or no UTF-8. */
int page_read_form(struct arena *a, struct view encoded, struct page_form *ret);

struct page_values {
	struct view question;    /* already without personal numbers */
	struct view region;      /* code; "" = none */
	struct view region_name; /* "" = none */
	struct view session;
	struct view answer;      /* "" = nothing was asked yet */
	const struct view *next; /* options and related questions */
	size_t n_next;
};

/*
 * The template with @QUESTION@, @REGION@, @REGION_NAME@, @SESSION@ and @ANSWER@ put in. In a list
 * of places @IS CODE@ becomes " selected" where that one was chosen, and @REGION_OTHER@ the option
 * for one that the list has not.
 */
void page_fill(struct buf *out, struct view template, const struct page_values *values);
/* As text of an element or as the value of a quoted attribute. */
void page_escape(struct buf *out, struct view text);

#endif
