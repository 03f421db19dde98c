/* SPDX-License-Identifier: Apache-2.0 */
/* html.h - pages that need nothing but themselves, and plots in SVG. */
#ifndef CLI_HTML_H
#define CLI_HTML_H

#include "base/buf.h"

/* `language` as browsers want it: "en". */
void html_begin(struct buf *out, const char *language, const char *title, const char *style);
void html_end(struct buf *out);
/* Escaped, also fit for a quoted attribute. */
void html_text(struct buf *out, struct view v);

struct point {
	double x, y; /* 0 .. 1 */
};

/* A square plot with one line through the points, and the diagonal. */
struct plot {
	const char *title, *x_title, *y_title;
	const struct point *points;
	size_t n;
	const double *sizes; /* one a point: dots of that share are drawn; NULL: none */
};
void html_plot(struct buf *out, const struct plot *p);

#endif
