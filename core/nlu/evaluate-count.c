/* SPDX-License-Identifier: Apache-2.0 */
/* evaluate-count.c - from predictions to figures; see evaluate.h. */
#include <stdlib.h>

#include "base/vec.h"
#include "nlu/evaluate.h"

static void count_labels(struct arena *a, struct evaluation *e)
{
	size_t n_right = 0, n_used = 0;
	double f1 = 0;

	e->confusion = ARENA_ARRAY(a, e->n_labels * e->n_labels, uint32_t);
	for (size_t k = 0; k < e->n_labels; k++)
		e->labels[k] = (struct label_score){.label = e->labels[k].label,
						    .is_outside = e->labels[k].is_outside};
	for (size_t i = 0; i < e->n; i++) {
		const struct prediction *p = &e->predictions[i];

		e->labels[p->gold].n_gold++;
		e->labels[p->predicted].n_predicted++;
		e->labels[p->gold].n_right += p->gold == p->predicted;
		e->confusion[p->gold * e->n_labels + p->predicted]++;
		n_right += p->gold == p->predicted;
	}
	for (size_t k = 0; k < e->n_labels; k++) {
		struct label_score *s = &e->labels[k];

		s->precision = s->n_predicted ? (double)s->n_right / (double)s->n_predicted : 0;
		s->recall = s->n_gold ? (double)s->n_right / (double)s->n_gold : 0;
		s->f1 = s->n_right ? 2 * s->precision * s->recall / (s->precision + s->recall) : 0;
		/* A label that neither occurs nor is given says nothing. */
		if (s->n_gold || s->n_predicted) {
			f1 += s->f1;
			n_used++;
		}
	}
	e->accuracy = e->n ? (double)n_right / (double)e->n : 0;
	e->macro_f1 = n_used ? f1 / (double)n_used : 0;
}

static void count_styles(struct arena *a, struct evaluation *e)
{
	VEC(struct style_score) styles = VEC_INIT;

	for (size_t i = 0; i < e->n; i++) {
		const struct prediction *p = &e->predictions[i];
		size_t at;

		for (at = 0; at < styles.n && !view_eq(styles.items[at].style, p->style); at++)
			continue;
		if (at == styles.n)
			vec_push(&styles)->style = p->style;
		styles.items[at].n++;
		styles.items[at].n_right += p->gold == p->predicted;
		styles.items[at].n_sure += p->decision == NLU_SURE;
		styles.items[at].n_places += p->has_places;
		styles.items[at].n_placed += p->has_places && p->is_placed;
	}
	e->styles = ARENA_ARRAY(a, styles.n + 1, struct style_score);
	if (styles.n)
		memcpy(e->styles, styles.items, styles.n * sizeof(*styles.items));
	e->n_styles = styles.n;
	vec_done(&styles);
}

static void count_decisions(struct evaluation *e)
{
	for (size_t i = 0; i < e->n; i++) {
		const struct prediction *p = &e->predictions[i];
		int bin = (int)(p->confidence * EVALUATE_BINS);
		bool is_right = p->gold == p->predicted;

		bin = bin < 0 ? 0 : bin >= EVALUATE_BINS ? EVALUATE_BINS - 1 : bin;
		e->bins[bin].n++;
		e->bins[bin].n_right += is_right;
		e->bins[bin].confidence += p->confidence;
		if (e->labels[p->gold].is_outside) {
			e->n_outside++;
			e->n_outside_answered += p->decision == NLU_SURE;
			e->n_outside_asked += p->decision == NLU_BETWEEN;
		} else {
			e->n_inside++;
			e->n_inside_answered += p->decision == NLU_SURE;
			e->n_inside_right += p->decision == NLU_SURE && is_right;
			e->n_inside_asked += p->decision == NLU_BETWEEN;
		}
	}
}

struct rated {
	float inside;
	bool is_outside;
};

static int compare_rated(const void *pa, const void *pb)
{
	const struct rated *a = pa, *b = pb;

	return (a->inside > b->inside) - (a->inside < b->inside);
}

float evaluation_inside(const struct evaluation *e, const struct prediction *p)
{
	return e->has_outside ? p->inside : p->likeness;
}

/* The chance that a question in scope is rated higher than one out of scope; ties count half. */
static double auroc(struct arena *a, const struct evaluation *e)
{
	struct rated *r = ARENA_ARRAY(a, e->n + 1, struct rated);
	double below = 0, sum = 0;

	if (e->n_outside == 0 || e->n_inside == 0)
		return -1;
	for (size_t i = 0; i < e->n; i++)
		r[i] = (struct rated){
		    .inside = evaluation_inside(e, &e->predictions[i]),
		    .is_outside = e->labels[e->predictions[i].gold].is_outside,
		};
	qsort(r, e->n, sizeof(*r), compare_rated);
	for (size_t i = 0, end; i < e->n; i = end) {
		size_t n_out = 0, n_in = 0;

		for (end = i; end < e->n && r[end].inside == r[i].inside; end++) {
			n_out += r[end].is_outside;
			n_in += !r[end].is_outside;
		}
		sum += (double)n_in * (below + (double)n_out / 2);
		below += (double)n_out;
	}
	return sum / (double)e->n_outside / (double)e->n_inside;
}

static int compare_doubles(const void *pa, const void *pb)
{
	double a = *(const double *)pa, b = *(const double *)pb;

	return (a > b) - (a < b);
}

static void count_latencies(struct arena *a, struct evaluation *e)
{
	double *micros = ARENA_ARRAY(a, e->n + 1, double);

	if (e->n == 0)
		return;
	for (size_t i = 0; i < e->n; i++) {
		micros[i] = (double)e->predictions[i].micros;
		e->latency_mean += micros[i] / (double)e->n;
	}
	qsort(micros, e->n, sizeof(*micros), compare_doubles);
	e->latency_p50 = micros[e->n / 2];
	e->latency_p99 = micros[e->n * 99 / 100];
}

void evaluation_count(struct arena *a, struct evaluation *e)
{
	struct evaluation out = {
	    .predictions = e->predictions,
	    .n = e->n,
	    .labels = e->labels,
	    .n_labels = e->n_labels,
	    .has_outside = e->has_outside,
	    .model_bytes = e->model_bytes,
	    .n_features = e->n_features,
	    .train_seconds = e->train_seconds,
	    .tier = e->tier,
	};

	count_labels(a, &out);
	count_styles(a, &out);
	count_decisions(&out);
	count_latencies(a, &out);
	out.outside_auroc = auroc(a, &out);
	*e = out;
}
