/* SPDX-License-Identifier: Apache-2.0 */
/* eval-text.c - the report for people, the JSON object, and the file of predictions. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "cli/eval.h"
#include "wire/json.h"

#define WORST 10

static double share(size_t part, size_t whole)
{
	return whole ? 100.0 * (double)part / (double)whole : 0;
}

static int by_count(const void *a, const void *b)
{
	const struct confusion *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	if (x->gold != y->gold)
		return x->gold < y->gold ? -1 : 1;
	return x->predicted < y->predicted ? -1 : 1;
}

size_t eval_confusions(const struct evaluation *e, struct confusion *out, size_t max)
{
	VEC(struct confusion) all = VEC_INIT;
	size_t n;

	for (uint32_t g = 0; g < e->n_labels; g++)
		for (uint32_t p = 0; p < e->n_labels; p++)
			if (g != p && e->confusion[g * e->n_labels + p])
				*vec_push(&all) =
				    (struct confusion){g, p, e->confusion[g * e->n_labels + p]};
	if (all.n)
		qsort(all.items, all.n, sizeof(*all.items), by_count);
	n = all.n < max ? all.n : max;
	for (size_t i = 0; i < n; i++)
		out[i] = all.items[i];
	vec_done(&all);
	return n;
}

static void print_head(const struct eval *e)
{
	const struct evaluation *c = &e->clean;

	printf("Questions         %zu", c->n);
	if (!e->is_of_places)
		printf(" in %zu intents", c->n_labels);
	if (e->o->test)
		printf(" (%s)\n", e->o->test);
	else
		printf(" (each once, in %u parts)\n", e->o->folds);
	if (!e->is_of_places)
		printf("Accuracy          %.2f %%\nMacro F1          %.2f %%\n", c->accuracy * 100,
		       c->macro_f1 * 100);
	printf("Latency           p50 %.1f us, p99 %.1f us, mean %.1f us\n", c->latency_p50,
	       c->latency_p99, c->latency_mean);
	printf("Model             %s, %.2f MB, %zu features, ", c->tier,
	       (double)c->model_bytes / 1e6, c->n_features);
	if (c->train_seconds > 0)
		printf("trained in %.2f s\n", c->train_seconds);
	else
		puts("from the cache");
	if (e->places.n)
		printf("Places            %.2f %% exactly right of %zu questions%s\n",
		       share(e->places.n_right, e->places.n), e->places.n,
		       e->is_of_places ? "" : " in scope");
}

static void print_scope(const struct eval *e)
{
	static const double shares[] = {0.005, 0.01, 0.02, 0.05, 0.1};
	const struct evaluation *c = &e->clean;

	printf("\nDecisions                 answered   asked back   declined\n");
	printf("  in scope (%6zu)       %7.2f %%    %7.2f %%  %7.2f %%   (%.2f %% of the answers "
	       "right)\n",
	       c->n_inside, share(c->n_inside_answered, c->n_inside),
	       share(c->n_inside_asked, c->n_inside),
	       share(c->n_inside - c->n_inside_answered - c->n_inside_asked, c->n_inside),
	       share(c->n_inside_right, c->n_inside_answered));
	if (c->n_outside == 0)
		return;
	printf("  out of scope (%6zu)   %7.2f %%    %7.2f %%  %7.2f %%\n", c->n_outside,
	       share(c->n_outside_answered, c->n_outside), share(c->n_outside_asked, c->n_outside),
	       share(c->n_outside - c->n_outside_answered - c->n_outside_asked, c->n_outside));
	printf("Out of scope, AUROC %.4f; in scope passed when out of scope passes:",
	       c->outside_auroc);
	for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]); i++)
		printf("%s %.1f %% -> %.1f %%", i ? "," : "", shares[i] * 100,
		       eval_inside_at(e, shares[i]) * 100);
	putchar('\n');
}

static void print_intents(const struct evaluation *c)
{
	int width = 8;

	for (size_t i = 0; i < c->n_labels; i++)
		if ((int)c->labels[i].label.len > width && c->labels[i].label.len < 60)
			width = (int)c->labels[i].label.len;
	printf("\n%-*s  precision  recall      F1  questions\n", width, "Intent");
	for (size_t i = 0; i < c->n_labels; i++) {
		const struct label_score *s = &c->labels[i];

		if (s->n_gold || s->n_predicted)
			printf("%-*.*s    %7.2f %7.2f %7.2f  %9zu\n", width, VIEW_ARG(s->label),
			       s->precision * 100, s->recall * 100, s->f1 * 100, s->n_gold);
	}
}

static void print_confusions(const struct evaluation *c)
{
	struct confusion worst[WORST];
	size_t n = eval_confusions(c, worst, WORST);

	if (n)
		puts("\nMost confused (what it was, what was understood)");
	for (size_t i = 0; i < n; i++)
		printf("%6zu  %.*s  as  %.*s\n", worst[i].n,
		       VIEW_ARG(c->labels[worst[i].gold].label),
		       VIEW_ARG(c->labels[worst[i].predicted].label));
}

static void print_calibration(const struct eval *e)
{
	const struct evaluation *c = &e->clean;

	printf("\nCalibration (mean error %.3f)\n  confidence   questions   accuracy\n",
	       e->calibration_error);
	for (size_t i = 0; i < EVALUATE_BINS; i++)
		if (c->bins[i].n)
			printf("  %.3f        %9zu  %7.2f %%\n",
			       c->bins[i].confidence / (double)c->bins[i].n, c->bins[i].n,
			       share(c->bins[i].n_right, c->bins[i].n));
}

static void print_styles(const struct evaluation *c)
{
	if (c->n_styles < 2)
		return;
	puts("\nStyle          questions   accuracy   answered     places");
	for (size_t i = 0; i < c->n_styles; i++) {
		const struct style_score *s = &c->styles[i];

		printf("%-14.*s %9zu  %7.2f %%  %7.2f %%", VIEW_ARG(s->style), s->n,
		       share(s->n_right, s->n), share(s->n_sure, s->n));
		if (s->n_places)
			printf("  %7.2f %%", share(s->n_placed, s->n_places));
		putchar('\n');
	}
}

static void print_places(const struct evaluation *c)
{
	puts("\nStyle          questions     places");
	for (size_t i = 0; i < c->n_styles; i++)
		printf("%-14.*s %9zu  %7.2f %%\n", VIEW_ARG(c->styles[i].style), c->styles[i].n,
		       share(c->styles[i].n_placed, c->styles[i].n_places));
}

static void print_noise(const struct eval *e)
{
	if (!e->has_noise)
		return;
	puts("\nNoise          accuracy   points lost   answered in scope");
	for (int k = 0; k < TYPING_KINDS; k++) {
		const struct evaluation *v = &e->noisy[k];

		printf("%-12s %8.2f %%   %11.2f   %15.2f %%\n", typing_name((enum typing_kind)k),
		       v->accuracy * 100, (e->clean.accuracy - v->accuracy) * 100,
		       share(v->n_inside_answered, v->n_inside));
	}
}

void eval_text(const struct eval *e)
{
	print_head(e);
	if (e->is_of_places) {
		print_places(&e->clean);
		return;
	}
	print_scope(e);
	print_styles(&e->clean);
	print_noise(e);
	print_calibration(e);
	print_intents(&e->clean);
	print_confusions(&e->clean);
}

/* ---- for programs ---- */

static void put_scope(struct buf *out, const struct evaluation *c)
{
	buf_printf(out,
		   ",\"in_scope\":{\"n\":%zu,\"answered\":%zu,\"answered_right\":%zu,"
		   "\"asked_back\":%zu}",
		   c->n_inside, c->n_inside_answered, c->n_inside_right, c->n_inside_asked);
	if (c->n_outside)
		buf_printf(out,
			   ",\"out_of_scope\":{\"n\":%zu,\"answered\":%zu,\"asked_back\":%zu,"
			   "\"auroc\":%.4f}",
			   c->n_outside, c->n_outside_answered, c->n_outside_asked,
			   c->outside_auroc);
}

static void put_styles(struct buf *out, const struct evaluation *c)
{
	if (c->n_styles < 2)
		return;
	buf_str(out, ",\"styles\":{");
	for (size_t i = 0; i < c->n_styles; i++) {
		const struct style_score *s = &c->styles[i];

		buf_str(out, i ? "," : "");
		json_string(out, s->style);
		buf_printf(out, ":{\"n\":%zu,\"accuracy\":%.4f,\"answered\":%zu", s->n,
			   share(s->n_right, s->n) / 100, s->n_sure);
		if (s->n_places)
			buf_printf(out, ",\"places\":{\"n\":%zu,\"right\":%zu}", s->n_places,
				   s->n_placed);
		buf_char(out, '}');
	}
	buf_char(out, '}');
}

void eval_json(const struct eval *e)
{
	const struct evaluation *c = &e->clean;
	struct buf out = BUF_INIT;

	if (e->is_of_places)
		buf_str(&out, "{\"accuracy\":null,\"macro_f1\":null");
	else
		buf_printf(&out, "{\"accuracy\":%.5f,\"macro_f1\":%.5f", c->accuracy, c->macro_f1);
	buf_printf(&out,
		   ",\"n\":%zu,\"latency_us\":{\"p50\":%.2f,"
		   "\"p99\":%.2f,\"mean\":%.2f},\"model_bytes\":%zu,\"train_seconds\":%.3f,"
		   "\"tier\":\"%s\",\"features\":%zu,\"calibration_error\":%.4f",
		   c->n, c->latency_p50, c->latency_p99, c->latency_mean, c->model_bytes,
		   c->train_seconds, c->tier, c->n_features, e->calibration_error);
	if (!e->is_of_places)
		put_scope(&out, c);
	if (e->places.n)
		buf_printf(&out, ",\"places\":{\"n\":%zu,\"right\":%zu}", e->places.n,
			   e->places.n_right);
	put_styles(&out, c);
	if (e->has_noise) {
		buf_str(&out, ",\"noise\":{");
		for (int k = 0; k < TYPING_KINDS; k++)
			buf_printf(&out, "%s\"%s\":%.5f", k ? "," : "",
				   typing_name((enum typing_kind)k), e->noisy[k].accuracy);
		buf_char(&out, '}');
	}
	buf_char(&out, '}');
	puts(out.ptr);
	buf_done(&out);
}

int eval_predictions(const struct eval *e, const char *path)
{
	const struct evaluation *c = &e->clean;
	struct buf out = BUF_INIT;
	int r;

	for (size_t i = 0; i < c->n; i++) {
		const struct prediction *p = &c->predictions[i];

		buf_printf(&out, "%.*s\t%.*s\t%.4f\t%.*s\n", VIEW_ARG(c->labels[p->gold].label),
			   VIEW_ARG(c->labels[p->predicted].label), (double)p->confidence,
			   VIEW_ARG(p->text));
	}
	r = file_write(path, buf_view(&out), 0644);
	buf_done(&out);
	return r;
}

int eval_placed(const struct eval *e, const char *path)
{
	const struct evaluation *c = &e->clean;
	struct buf out = BUF_INIT;
	int r;

	for (size_t i = 0; i < c->n; i++) {
		const struct prediction *p = &c->predictions[i];

		if (p->has_places)
			buf_printf(&out, "%s\t%.*s\t%.*s\t%.*s\n", p->is_placed ? "right" : "wrong",
				   VIEW_ARG(e->test.list.items[i].regions), VIEW_ARG(e->placed[i]),
				   VIEW_ARG(p->text));
	}
	r = file_write(path, buf_view(&out), 0644);
	buf_done(&out);
	return r;
}
