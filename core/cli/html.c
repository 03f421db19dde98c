/* SPDX-License-Identifier: Apache-2.0 */
/* html.c - a page's frame and plots; see html.h. */
#include "cli/html.h"

#define SIDE   280 /* of a plot, in pixels */
#define MARGIN 46

void html_text(struct buf *out, struct view v)
{
	for (size_t i = 0; i < v.len; i++) {
		switch (v.ptr[i]) {
		case '<':
			buf_str(out, "&lt;");
			break;
		case '>':
			buf_str(out, "&gt;");
			break;
		case '&':
			buf_str(out, "&amp;");
			break;
		case '"':
			buf_str(out, "&quot;");
			break;
		default:
			buf_char(out, v.ptr[i]);
		}
	}
}

void html_begin(struct buf *out, const char *language, const char *title, const char *style)
{
	buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>",
		   language);
	html_text(out, view_of(title));
	buf_printf(out,
		   "</title><style>body{font:15px/1.5 system-ui,sans-serif;margin:2em;color:#222}"
		   "%s</style></head><body>\n<h1>",
		   style);
	html_text(out, view_of(title));
	buf_str(out, "</h1>\n");
}

void html_end(struct buf *out)
{
	buf_str(out, "</body></html>\n");
}

static double x_of(double x)
{
	return MARGIN + x * SIDE;
}

static double y_of(double y)
{
	return MARGIN / 2.0 + (1 - y) * SIDE;
}

static void put_axes(struct buf *out, const struct plot *p)
{
	buf_printf(out,
		   "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" "
		   "stroke=\"#999\"/>",
		   MARGIN, MARGIN / 2, SIDE, SIDE);
	for (int i = 0; i <= 4; i++) {
		double at = i / 4.0;

		buf_printf(out,
			   "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%.2g</text>"
			   "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"end\">%.2g</text>",
			   x_of(at), y_of(0) + 14, at, x_of(0) - 5, y_of(at) + 4, at);
	}
	buf_printf(out, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%s</text>", x_of(0.5),
		   y_of(0) + 30, p->x_title);
	buf_printf(out,
		   "<text x=\"12\" y=\"%.0f\" text-anchor=\"middle\" transform=\"rotate(-90 12 "
		   "%.0f)\">%s</text>",
		   y_of(0.5), y_of(0.5), p->y_title);
}

void html_plot(struct buf *out, const struct plot *p)
{
	int width = SIDE + MARGIN + 16, height = SIDE + MARGIN / 2 + 40;

	buf_printf(out,
		   "<figure><figcaption>%s</figcaption><svg xmlns=\"http://www.w3.org/2000/svg\" "
		   "width=\"%d\" height=\"%d\" font-size=\"11\" font-family=\"sans-serif\">",
		   p->title, width, height);
	put_axes(out, p);
	buf_printf(out,
		   "<line x1=\"%.0f\" y1=\"%.0f\" x2=\"%.0f\" y2=\"%.0f\" stroke=\"#bbb\" "
		   "stroke-dasharray=\"4 3\"/>",
		   x_of(0), y_of(0), x_of(1), y_of(1));
	buf_str(out, "<polyline fill=\"none\" stroke=\"#0b6cb0\" stroke-width=\"2\" points=\"");
	for (size_t i = 0; i < p->n; i++)
		buf_printf(out, "%.1f,%.1f ", x_of(p->points[i].x), y_of(p->points[i].y));
	buf_str(out, "\"/>");
	for (size_t i = 0; i < p->n && p->sizes; i++)
		buf_printf(out,
			   "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#0b6cb0\" "
			   "fill-opacity=\"0.5\"/>",
			   x_of(p->points[i].x), y_of(p->points[i].y), 2 + 12 * p->sizes[i]);
	buf_str(out, "</svg></figure>\n");
}
