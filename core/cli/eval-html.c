/* SPDX-License-Identifier: Apache-2.0 */
/* eval-html.c - the report as one page that needs nothing else, with plots. */
#include "cli/eval.h"

#include "base/buf.h"
#include "base/file.h"
#include "cli/html.h"

#define CELL        13
#define LABEL_WIDTH 190
#define WORST       20
#define CURVE       100

static void put_row(struct buf *out, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static void put_row(struct buf *out, const char *name, const char *fmt, ...)
{
	va_list ap;

	buf_printf(out, "<tr><th>%s</th><td>", name);
	va_start(ap, fmt);
	buf_vprintf(out, fmt, ap);
	va_end(ap);
	buf_str(out, "</td></tr>\n");
}

static double share(size_t part, size_t whole)
{
	return whole ? 100.0 * (double)part / (double)whole : 0;
}

static void put_head(struct buf *out, const struct eval *e)
{
	const struct evaluation *c = &e->clean;

	buf_str(out, "<table>");
	put_row(out, "questions", "%zu in %zu intents", c->n, c->n_labels);
	put_row(out, "accuracy", "%.2f %%", c->accuracy * 100);
	put_row(out, "macro F1", "%.2f %%", c->macro_f1 * 100);
	put_row(out, "latency", "p50 %.1f µs, p99 %.1f µs", c->latency_p50, c->latency_p99);
	put_row(out, "model", "%s, %.2f MB, %zu features", c->tier, (double)c->model_bytes / 1e6,
		c->n_features);
	if (c->train_seconds > 0)
		put_row(out, "training", "%.2f s", c->train_seconds);
	put_row(out, "in scope", "%.2f %% answered, %.2f %% asked back, of %zu",
		share(c->n_inside_answered, c->n_inside), share(c->n_inside_asked, c->n_inside),
		c->n_inside);
	if (c->n_outside)
		put_row(out, "out of scope",
			"%.2f %% answered, %.2f %% asked back, of %zu; AUROC %.4f",
			share(c->n_outside_answered, c->n_outside),
			share(c->n_outside_asked, c->n_outside), c->n_outside, c->outside_auroc);
	if (e->places.n)
		put_row(out, "places", "%.2f %% exactly right, of %zu",
			share(e->places.n_right, e->places.n), e->places.n);
	buf_str(out, "</table>\n");
}

static void put_calibration(struct buf *out, const struct eval *e)
{
	const struct evaluation *c = &e->clean;
	struct point points[EVALUATE_BINS];
	double sizes[EVALUATE_BINS];
	size_t n = 0;

	for (size_t i = 0; i < EVALUATE_BINS; i++) {
		double all = (double)c->bins[i].n;

		if (c->bins[i].n == 0)
			continue;
		points[n] =
		    (struct point){c->bins[i].confidence / all, (double)c->bins[i].n_right / all};
		sizes[n++] = all / (double)c->n;
	}
	html_plot(out, &(struct plot){.title = "Calibration",
				      .x_title = "confidence",
				      .y_title = "accuracy",
				      .points = points,
				      .n = n,
				      .sizes = sizes});
}

static void put_curve(struct buf *out, const struct eval *e)
{
	struct point points[CURVE + 2] = {{0, 0}};
	size_t n = 1;

	if (e->clean.n_outside == 0 || e->clean.n_inside == 0)
		return;
	for (size_t i = 0; i <= CURVE; i++) {
		double outside = (double)i / CURVE;

		points[n++] = (struct point){outside, eval_inside_at(e, outside)};
	}
	html_plot(out, &(struct plot){.title = "Out of scope",
				      .x_title = "out of scope passed",
				      .y_title = "in scope passed",
				      .points = points,
				      .n = n});
}

static void put_cell(struct buf *out, const struct evaluation *c, size_t g, size_t p)
{
	uint32_t n = c->confusion[g * c->n_labels + p];

	if (n == 0)
		return;
	buf_printf(out,
		   "<rect x=\"%zu\" y=\"%zu\" width=\"%d\" height=\"%d\" fill=\"%s\" "
		   "fill-opacity=\"%.2f\"><title>",
		   LABEL_WIDTH + p * CELL, g * CELL, CELL - 1, CELL - 1,
		   g == p ? "#2a9d4a" : "#c1121f",
		   0.15 + 0.85 * (double)n / (double)c->labels[g].n_gold);
	html_text(out, c->labels[g].label);
	buf_printf(out, " %s ", g == p ? "right" : "as");
	html_text(out, g == p ? VIEW("") : c->labels[p].label);
	buf_printf(out, ": %u of %zu</title></rect>", n, c->labels[g].n_gold);
}

static void put_matrix(struct buf *out, const struct evaluation *c)
{
	size_t side = c->n_labels * CELL;

	buf_printf(
	    out,
	    "<h2>Confusion matrix</h2><p>Rows: what it was. Columns, in the same order: what "
	    "was understood. Point at a cell.</p><svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "width=\"%zu\" height=\"%zu\" font-size=\"10\" font-family=\"sans-serif\">"
	    "<rect x=\"%d\" width=\"%zu\" height=\"%zu\" fill=\"#f4f4f4\"/>",
	    LABEL_WIDTH + side + 2, side + 2, LABEL_WIDTH, side, side);
	for (size_t g = 0; g < c->n_labels; g++) {
		buf_printf(out, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">", LABEL_WIDTH - 5,
			   g * CELL + CELL - 3);
		html_text(out, c->labels[g].label);
		buf_str(out, "</text>");
		for (size_t p = 0; p < c->n_labels; p++)
			put_cell(out, c, g, p);
	}
	buf_str(out, "</svg>\n");
}

static void put_intents(struct buf *out, const struct evaluation *c)
{
	buf_str(out, "<h2>Intents</h2><table><tr><th>intent</th><th>precision</th><th>recall</th>"
		     "<th>F1</th><th>questions</th></tr>\n");
	for (size_t i = 0; i < c->n_labels; i++) {
		const struct label_score *s = &c->labels[i];

		buf_str(out, "<tr><th>");
		html_text(out, s->label);
		buf_printf(out, "</th><td>%.1f</td><td>%.1f</td><td>%.1f</td><td>%zu</td></tr>\n",
			   s->precision * 100, s->recall * 100, s->f1 * 100, s->n_gold);
	}
	buf_str(out, "</table>\n");
}

static void put_confusions(struct buf *out, const struct evaluation *c)
{
	struct confusion worst[WORST];
	size_t n = eval_confusions(c, worst, WORST);

	buf_str(out, "<h2>Most confused</h2><table><tr><th>was</th><th>understood as</th>"
		     "<th>times</th></tr>\n");
	for (size_t i = 0; i < n; i++) {
		buf_str(out, "<tr><td>");
		html_text(out, c->labels[worst[i].gold].label);
		buf_str(out, "</td><td>");
		html_text(out, c->labels[worst[i].predicted].label);
		buf_printf(out, "</td><td>%zu</td></tr>\n", worst[i].n);
	}
	buf_str(out, "</table>\n");
}

static void put_bars(struct buf *out, const char *name, double percent)
{
	buf_printf(out,
		   "<tr><th>%s</th><td><svg width=\"300\" height=\"12\"><rect width=\"%.0f\" "
		   "height=\"12\" fill=\"#0b6cb0\"/></svg> %.2f %%</td></tr>\n",
		   name, percent * 3, percent);
}

static void put_noise(struct buf *out, const struct eval *e)
{
	const struct evaluation *c = &e->clean;

	if (e->has_noise) {
		buf_str(out, "<h2>Accuracy under noise</h2><table>");
		put_bars(out, "as it is", c->accuracy * 100);
		for (int k = 0; k < TYPING_KINDS; k++)
			put_bars(out, typing_name((enum typing_kind)k), e->noisy[k].accuracy * 100);
		buf_str(out, "</table>\n");
	}
	if (c->n_styles < 2)
		return;
	buf_str(out, "<h2>Accuracy by style</h2><table>");
	for (size_t i = 0; i < c->n_styles; i++) {
		struct buf name = BUF_INIT;

		html_text(&name, c->styles[i].style);
		put_bars(out, name.ptr ? name.ptr : "",
			 share(c->styles[i].n_right, c->styles[i].n));
		buf_done(&name);
	}
	buf_str(out, "</table>\n");
}

int eval_html(const struct eval *e, const char *path)
{
	static const char style[] =
	    "table{border-collapse:collapse}td,th{border:1px solid #ddd;padding:2px 8px;"
	    "text-align:left}figure{display:inline-block;margin:1em 2em 1em 0}";
	struct buf out = BUF_INIT;
	int r;

	html_begin(&out, "en", "Wenlu: how well it understands", style);
	put_head(&out, e);
	put_calibration(&out, e);
	put_curve(&out, e);
	put_noise(&out, e);
	put_matrix(&out, &e->clean);
	put_confusions(&out, &e->clean);
	put_intents(&out, &e->clean);
	html_end(&out);
	r = file_write(path, buf_view(&out), 0644);
	buf_done(&out);
	return r;
}
