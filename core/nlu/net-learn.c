/* SPDX-License-Identifier: Apache-2.0 */
/* net-learn.c - learning one member: chance, forward, backward, a step of Adam. */
#include <math.h>
#include <stdlib.h>

#include "base/blank.h"
#include "nlu/matrix.h"
#include "nlu/net.h"

/* A set this small needs more steps. */
#define SMALL_SET 5000

struct learning {
	const struct convolution_task *task;
	const struct convolution_job *job;
	struct net *net;
	struct weights gradient;
	float *mean, *square;
	struct batch batch;
	struct random random;
	size_t batch_size, epochs, pooled;
	uint32_t *order;
	float *keeps;      /* [batch][pooled] */
	float *back;       /* gradient of pooled */
	float *back_input; /* [rows][columns] */
	float *turned;     /* [stride][batch] */
	float *target;     /* [stride] */
};

static void even(struct random *r, float *x, size_t n, float reach)
{
	for (size_t i = 0; i < n; i++)
		x[i] = (2 * random_share(r) - 1) * reach;
}

static void normal(struct random *r, float *x, size_t n, float deviation)
{
	for (size_t i = 0; i < n; i++)
		x[i] = deviation * random_normal(r);
}

static void begin_weights(struct learning *l)
{
	const struct net *net = l->net;
	struct random *r = &l->random;

	normal(r, net->w.sign, l->task->n_rows * net->dim, 0.1f);
	normal(r, net->w.syllable, l->task->n_syllables * net->dim, 0.05f);
	normal(r, net->w.part, WORD_PARTS * NET_PART_DIM, 1);
	for (size_t i = 0; i < CONVOLUTION_WIDTHS; i++) {
		size_t len = (i + 1) * net->columns;
		float reach = 1 / sqrtf((float)len);

		even(r, net->w.filter[i], net->filters * len, reach);
		even(r, net->w.bias + i * net->filters, net->filters, reach);
	}
	even(r, net->w.last, net->stride * l->pooled, 1 / sqrtf((float)l->pooled));
}

static void shuffle(struct random *r, uint32_t *x, size_t n)
{
	for (size_t i = n; i-- > 1;) {
		size_t j = random_below(r, (uint32_t)i + 1);
		uint32_t t = x[i];

		x[i] = x[j];
		x[j] = t;
	}
}

static void fill_batch(struct learning *l, const uint32_t *texts, size_t n)
{
	batch_clear(&l->batch);
	for (size_t i = 0; i < n; i++) {
		const struct signs *s = &l->task->texts[texts[i]];
		struct signs heard;

		if (random_share(&l->random) < l->task->recipe->misheard) {
			heard = *s;
			convolution_mishear(l->task, &heard, &l->random);
			s = &heard;
		}
		batch_add(&l->batch, l->net, s, &l->random);
	}
}

static void drop_pooled(struct learning *l)
{
	float chance = l->task->recipe->drop, stays = 1 / (1 - chance);
	uint32_t limit = (uint32_t)(chance * 65536);
	uint64_t bits = 0;

	for (size_t i = 0; i < l->batch.n * l->pooled; i++, bits >>= 16) {
		if (i % 4 == 0)
			bits = random_bits(&l->random);
		l->keeps[i] = (bits & 65535) < limit ? 0 : stays;
		l->batch.pooled[i] *= l->keeps[i];
	}
}

/* From logits to what they should have been more or less. */
static void judge(struct learning *l, float *logits, uint32_t label)
{
	const struct net *net = l->net;
	float max = -1e30f, sum = 0, smooth = l->task->recipe->smooth, n = 0;

	for (size_t k = 0; k < l->task->n_labels; k++)
		if (net->has_label[k]) {
			max = fmaxf(max, logits[k]);
			n++;
		}
	for (size_t k = 0; k < net->stride; k++) {
		bool is_used = k < l->task->n_labels && net->has_label[k];

		logits[k] = is_used ? expf(logits[k] - max) : 0;
		l->target[k] = is_used ? smooth / n : 0;
		sum += logits[k];
	}
	l->target[label] += 1 - smooth;
	for (size_t k = 0; k < net->stride; k++)
		logits[k] = (logits[k] / sum - l->target[k]) / (float)l->batch.n;
}

static void backward_last(struct learning *l)
{
	const struct net *net = l->net;
	struct batch *b = &l->batch;
	struct product weights = {.a = l->turned,
				  .b = b->pooled,
				  .c = l->gradient.last,
				  .m = net->stride,
				  .n = l->pooled,
				  .k = b->n,
				  .a_step = b->n,
				  .b_step = l->pooled,
				  .c_step = l->pooled};
	struct product inputs = {.a = b->logits,
				 .b = net->w.last,
				 .c = l->back,
				 .m = b->n,
				 .n = l->pooled,
				 .k = net->stride,
				 .a_step = net->stride,
				 .b_step = l->pooled,
				 .c_step = l->pooled};

	matrix_turn(b->logits, b->n, net->stride, l->turned);
	matrix_multiply(&weights);
	for (size_t i = 0; i < b->n; i++)
		matrix_add(l->gradient.last_bias, b->logits + i * net->stride, 1, net->stride);
	matrix_multiply(&inputs);
}

/* One filter's answer: to its weights, and to the learnt columns of the rows it came from. */
static void backward_filter(struct learning *l, size_t width, size_t f, size_t winner, float g)
{
	const struct net *net = l->net;
	size_t len = (width + 1) * net->columns, from = (winner - (width + 1) / 2) * net->columns;
	size_t part = net_part_column(net);

	matrix_add(l->gradient.filter[width] + f * len, l->batch.inputs + from, g, len);
	l->gradient.bias[width * net->filters + f] += g;
	for (size_t tap = 0; tap <= width; tap++) {
		const float *w = net->w.filter[width] + f * len + tap * net->columns;
		float *x = l->back_input + from + tap * net->columns;

		matrix_add(x, w, g, net->dim);
		matrix_add(x + part, w + part, g, NET_PART_DIM);
	}
}

static void backward_inputs(struct learning *l)
{
	const struct net *net = l->net;
	size_t dim = net->dim;

	for (size_t i = 0; i < l->batch.n_rows; i++) {
		const struct batch_row *row = &l->batch.rows[i];
		float *x = l->back_input + i * net->columns;
		const float *keeps = l->batch.keeps + i * dim;

		if (row->sign < 0)
			continue;
		for (size_t k = 0; k < dim; k++)
			x[k] *= keeps[k];
		matrix_add(l->gradient.sign + (size_t)row->sign * dim, x, 1, dim);
		if (row->syllable)
			matrix_add(l->gradient.syllable + row->syllable * dim, x, 1, dim);
		if (row->part)
			matrix_add(l->gradient.part + row->part * NET_PART_DIM,
				   x + net_part_column(net), 1, NET_PART_DIM);
	}
}

static void backward(struct learning *l)
{
	size_t filters = l->net->filters;

	memset(l->gradient.all, 0, l->gradient.n * sizeof(float));
	memset(l->back_input, 0, l->batch.n_rows * l->net->columns * sizeof(float));
	backward_last(l);
	for (size_t i = 0; i < l->batch.n * l->pooled; i++) {
		size_t in_text = i % l->pooled;

		/* Dropped, or silent. */
		if (l->batch.pooled[i] <= 0)
			continue;
		backward_filter(l, in_text / filters, in_text % filters, l->batch.winners[i],
				l->back[i] * l->keeps[i]);
	}
	backward_inputs(l);
}

static void learn_batch(struct learning *l, const uint32_t *texts, size_t n, size_t step,
			size_t total)
{
	size_t per_epoch = total / l->epochs;
	float warm = fminf(1, (float)(step + 1) / (float)per_epoch);
	float rate = l->task->recipe->rate * warm * (1 - (float)step / (float)total);
	struct adam adam = {
	    .weights = l->net->w.all,
	    .mean = l->mean,
	    .square = l->square,
	    .gradient = l->gradient.all,
	    .n = l->gradient.n,
	    .rate = rate / (1 - powf(0.9f, (float)(step + 1))),
	    .square_factor = 1 / (1 - powf(0.999f, (float)(step + 1))),
	};

	fill_batch(l, texts, n);
	batch_forward(&l->batch, l->net, &l->random);
	drop_pooled(l);
	batch_logits(&l->batch, l->net);
	for (size_t i = 0; i < n; i++)
		judge(l, l->batch.logits + i * l->net->stride, l->task->labels[texts[i]]);
	backward(l);
	matrix_adam(&adam);
}

static struct net *net_new(const struct convolution_task *task, const struct convolution_job *job)
{
	struct net *net = blank(1, sizeof(*net));

	net->task = task;
	net->dim = task->recipe->dim;
	net->word_dim = task->words->n ? task->recipe->word_dim : 0;
	net->own_dim = task->recipe->has_own ? net->word_dim : 0;
	net->columns = net->dim + net->word_dim + NET_PART_DIM + net->own_dim;
	net->filters = task->recipe->filters;
	net->stride =
	    (task->n_labels + CONVOLUTION_LABELS - 1) / CONVOLUTION_LABELS * CONVOLUTION_LABELS;
	for (size_t i = 0; i < job->n_chosen; i++)
		net->has_label[task->labels[job->chosen[i]]] = true;
	weights_lay_out(net, &net->w);
	return net;
}

static void learning_init(struct learning *l, const struct convolution_task *task,
			  const struct convolution_job *job)
{
	struct net *net = net_new(task, job);
	size_t pooled = CONVOLUTION_WIDTHS * net->filters;
	bool is_small = job->n_chosen < SMALL_SET;
	size_t size = is_small ? task->recipe->batch / 2 : task->recipe->batch;

	*l = (struct learning){.task = task,
			       .job = job,
			       .net = net,
			       .random = {job->seed * 7919 + 17},
			       .batch_size = size,
			       .epochs = task->recipe->epochs * (is_small ? 2 : 1),
			       .pooled = pooled,
			       .order = blank(job->n_chosen, sizeof(uint32_t)),
			       .keeps = blank(size * pooled, sizeof(float)),
			       .back = blank(size * pooled, sizeof(float)),
			       .turned = blank(size * net->stride, sizeof(float)),
			       .target = blank(net->stride, sizeof(float))};
	weights_lay_out(net, &l->gradient);
	l->mean = blank(net->w.n, sizeof(float));
	l->square = blank(net->w.n, sizeof(float));
	l->back_input = blank((size * (SIGNS_MAX + 3) + 4) * net->columns, sizeof(float));
	batch_init(&l->batch, net, size);
}

static void learning_done(struct learning *l)
{
	batch_done(&l->batch);
	free(l->gradient.all);
	free(l->mean);
	free(l->square);
	free(l->order);
	free(l->keeps);
	free(l->back);
	free(l->back_input);
	free(l->turned);
	free(l->target);
}

struct net *net_learn(const struct convolution_task *task, const struct convolution_job *job,
		      void (*step)(void *data, double done), void *data)
{
	struct learning l;
	size_t per_epoch, n_done = 0, total;

	learning_init(&l, task, job);
	begin_weights(&l);
	per_epoch = (job->n_chosen + l.batch_size - 1) / l.batch_size;
	total = per_epoch * l.epochs;
	memcpy(l.order, job->chosen, job->n_chosen * sizeof(*l.order));
	for (size_t epoch = 0; epoch < l.epochs; epoch++) {
		shuffle(&l.random, l.order, job->n_chosen);
		for (size_t i = 0; i < job->n_chosen; i += l.batch_size, n_done++) {
			size_t n = job->n_chosen - i;

			learn_batch(&l, l.order + i, n < l.batch_size ? n : l.batch_size, n_done,
				    total);
			if (n_done % 8 == 0)
				step(data, (double)n_done / (double)total);
		}
	}
	learning_done(&l);
	return l.net;
}
