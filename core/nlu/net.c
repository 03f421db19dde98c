/* SPDX-License-Identifier: Apache-2.0 */
/* net.c - a member's weights, and from texts to pooled answers and logits. */
#include "nlu/net.h"

#include <math.h>
#include <stdlib.h>

#include "base/blank.h"
#include "nlu/matrix.h"

#define SCORED_AT_ONCE 64

static float *take(struct weights *w, size_t n)
{
	float *p = w->all ? w->all + w->n : NULL;

	w->n += (n + 15) / 16 * 16;
	return p;
}

static void lay_out(const struct net *net, struct weights *w)
{
	size_t pooled = CONVOLUTION_WIDTHS * net->filters;

	w->n = 0;
	w->sign = take(w, net->task->n_rows * net->dim);
	w->syllable = take(w, net->task->n_syllables * net->dim);
	w->part = take(w, WORD_PARTS * NET_PART_DIM);
	for (size_t i = 0; i < CONVOLUTION_WIDTHS; i++)
		w->filter[i] = take(w, net->filters * (i + 1) * net->columns);
	w->bias = take(w, pooled);
	w->last = take(w, net->stride * pooled);
	w->last_bias = take(w, net->stride);
}

void weights_lay_out(const struct net *net, struct weights *w)
{
	w->all = NULL;
	lay_out(net, w);
	w->all = blank(w->n, sizeof(float));
	lay_out(net, w);
}

void batch_init(struct batch *b, const struct net *net, size_t max_texts)
{
	size_t rows = max_texts * (SIGNS_MAX + 3) + 4, pooled = CONVOLUTION_WIDTHS * net->filters;

	*b = (struct batch){
	    .first = blank(max_texts, sizeof(size_t)),
	    .len = blank(max_texts, sizeof(size_t)),
	    .rows = blank(rows, sizeof(struct batch_row)),
	    .inputs = blank(rows * net->columns, sizeof(float)),
	    .keeps = blank(rows * net->dim, sizeof(float)),
	    .answers = blank(rows * net->filters, sizeof(float)),
	    .turned = blank(CONVOLUTION_WIDTHS * net->columns * net->filters + net->stride * pooled,
			    sizeof(float)),
	    .pooled = blank(max_texts * pooled, sizeof(float)),
	    .winners = blank(max_texts * pooled, sizeof(uint32_t)),
	    .logits = blank(max_texts * net->stride, sizeof(float)),
	};
}

void batch_done(struct batch *b)
{
	free(b->first);
	free(b->len);
	free(b->rows);
	free(b->inputs);
	free(b->keeps);
	free(b->answers);
	free(b->turned);
	free(b->pooled);
	free(b->winners);
	free(b->logits);
}

void batch_clear(struct batch *b)
{
	b->n = 0;
	b->n_rows = 1;
	b->rows[0] = (struct batch_row){.sign = -1};
}

static struct batch_row row_of(const struct net *net, const struct signs *s, uint32_t i)
{
	const struct convolution_task *t = net->task;
	uint16_t sign = s->items[i], row = t->rows[sign];

	return (struct batch_row){
	    .sign = row ? row : NET_ROW_STRANGE,
	    .syllable = sign_syllable(sign),
	    .word = s->words[i],
	    .own = row ? t->index.signs[sign].id : 0,
	    .part = s->parts[i],
	};
}

void batch_add(struct batch *b, const struct net *net, const struct signs *s, struct random *r)
{
	const struct convolution_recipe *recipe = net->task->recipe;
	struct batch_row *out = b->rows + b->n_rows;
	bool is_typed = r && random_share(r) < recipe->typed;

	b->first[b->n] = b->n_rows;
	b->len[b->n++] = s->n + 2;
	*out++ = (struct batch_row){.sign = NET_ROW_EDGE};
	for (uint32_t i = 0; i < s->n; i++, out++) {
		*out = row_of(net, s, i);
		if (!r)
			continue;
		if (random_share(r) < recipe->strange || (is_typed && out->syllable)) {
			out->sign = NET_ROW_STRANGE;
			out->own = 0;
		}
		if (random_share(r) < recipe->unknown || is_typed)
			out->word = 0;
		if (is_typed)
			out->part = WORD_SINGLE;
	}
	*out++ = (struct batch_row){.sign = NET_ROW_EDGE};
	*out++ = (struct batch_row){.sign = -1};
	b->n_rows = (size_t)(out - b->rows);
}

static void put_vector(const struct net *net, uint16_t word, size_t n, float *out)
{
	const float *v = net->task->words->vectors + (size_t)word * WORD_DIM;

	for (size_t k = 0; k < n; k++)
		out[k] = NET_WORD_GAIN * v[k];
}

/* Leave out some of x[n]; what stays is made larger. Keeps which, if asked for. */
static void drop(float *x, size_t n, float chance, struct random *r, float *ret_keeps)
{
	uint32_t limit = (uint32_t)lrintf(chance * 256);
	float stays = 256 / (float)(256 - limit);

	for (size_t k = 0; k < n; k += 8) {
		uint64_t bits = random_bits(r);

		for (size_t j = k; j < k + 8; j++, bits >>= 8) {
			float keep = (bits & 255) < limit ? 0 : stays;

			x[j] *= keep;
			if (ret_keeps)
				ret_keeps[j] = keep;
		}
	}
}

static void put_input(struct batch *b, const struct net *net, size_t i, struct random *r)
{
	const struct convolution_recipe *recipe = net->task->recipe;
	const struct batch_row *row = &b->rows[i];
	float *x = b->inputs + i * net->columns;
	size_t dim = net->dim;

	memset(x, 0, net->columns * sizeof(*x));
	if (row->sign < 0)
		return;
	memcpy(x, net->w.sign + (size_t)row->sign * dim, dim * sizeof(*x));
	if (row->syllable)
		matrix_add(x, net->w.syllable + row->syllable * dim, 1, dim);
	put_vector(net, row->word, net->word_dim, x + dim);
	memcpy(x + net_part_column(net), net->w.part + row->part * NET_PART_DIM,
	       (row->part ? NET_PART_DIM : 0) * sizeof(*x));
	put_vector(net, row->own, net->own_dim, x + net_own_column(net));
	if (!r)
		return;
	drop(x, dim, recipe->drop_sign, r, b->keeps + i * dim);
	drop(x + dim, net->word_dim, recipe->drop_word, r, NULL);
	drop(x + net_own_column(net), net->own_dim, recipe->drop_word, r, NULL);
}

static void pool(struct batch *b, const struct net *net, size_t text, size_t width)
{
	size_t n = net->filters, at = (text * CONVOLUTION_WIDTHS + width) * n;
	const float *bias = net->w.bias + width * n;
	float *best = b->pooled + at;
	uint32_t *winner = b->winners + at;

	for (size_t f = 0; f < n; f++)
		best[f] = -1e30f;
	for (size_t row = b->first[text]; row < b->first[text] + b->len[text]; row++) {
		const float *x = b->answers + row * n;

		for (size_t f = 0; f < n; f++) {
			bool is_better = x[f] > best[f];

			best[f] = is_better ? x[f] : best[f];
			winner[f] = is_better ? (uint32_t)row : winner[f];
		}
	}
	for (size_t f = 0; f < n; f++) {
		best[f] += bias[f];
		best[f] = best[f] > 0 ? best[f] : 0;
	}
}

void batch_forward(struct batch *b, const struct net *net, struct random *r)
{
	for (size_t i = 0; i < b->n_rows; i++)
		put_input(b, net, i, r);
	for (size_t width = 0; width < CONVOLUTION_WIDTHS; width++) {
		/* As rows follow each other, a window of several is one long row. */
		size_t before = (width + 1) / 2, len = (width + 1) * net->columns;
		struct product p = {
		    .a = b->inputs + (1 - before) * net->columns,
		    .b = b->turned,
		    .c = b->answers + net->filters,
		    .m = b->n_rows - 2,
		    .n = net->filters,
		    .k = len,
		    .a_step = net->columns,
		    .b_step = net->filters,
		    .c_step = net->filters,
		};

		matrix_turn(net->w.filter[width], net->filters, len, b->turned);
		matrix_multiply(&p);
		for (size_t i = 0; i < b->n; i++)
			pool(b, net, i, width);
	}
}

void batch_logits(struct batch *b, const struct net *net)
{
	size_t pooled = CONVOLUTION_WIDTHS * net->filters;
	struct product p = {
	    .a = b->pooled,
	    .b = b->turned,
	    .c = b->logits,
	    .m = b->n,
	    .n = net->stride,
	    .k = pooled,
	    .a_step = pooled,
	    .b_step = net->stride,
	    .c_step = net->stride,
	    .adds = true,
	};

	matrix_turn(net->w.last, net->stride, pooled, b->turned);
	for (size_t i = 0; i < b->n; i++)
		memcpy(b->logits + i * net->stride, net->w.last_bias, net->stride * sizeof(float));
	matrix_multiply(&p);
}

void net_score(const struct net *net, const struct signs *texts, size_t n, float *out)
{
	size_t n_labels = net->task->n_labels;
	struct batch b;

	batch_init(&b, net, SCORED_AT_ONCE);
	for (size_t from = 0; from < n; from += SCORED_AT_ONCE) {
		batch_clear(&b);
		for (size_t i = from; i < n && i < from + SCORED_AT_ONCE; i++)
			batch_add(&b, net, &texts[i], NULL);
		batch_forward(&b, net, NULL);
		batch_logits(&b, net);
		for (size_t i = 0; i < b.n; i++)
			for (size_t k = 0; k < n_labels; k++)
				out[(from + i) * n_labels + k] +=
				    net->has_label[k] ? b.logits[i * net->stride + k] : -30;
	}
	batch_done(&b);
}

void net_free(struct net *net)
{
	if (!net)
		return;
	free(net->w.all);
	free(net);
}
