/* SPDX-License-Identifier: Apache-2.0 */
/* chance.c - counting by label, and what follows from it; see chance.h. */
#include "nlu/chance.h"

#include <math.h>
#include <stdlib.h>

#include "base/blank.h"
#include "nlu/bag.h"

/* Off each count; of .5, .7 and .85 none is better than the others. */
#define DISCOUNT 0.7
/* So many more might come than the texts have. */
#define UNSEEN 1000
/* Behind all signs, the edge and all sounds. */
#define ONES_MAX 0x20400

struct run {
	uint64_t key;
	uint32_t label, n;
};

struct chance {
	struct run *runs; /* pairs, by key and then by label */
	size_t n_runs, n_labels, n_ones, n_all;
	bool is_of_sounds;
	uint32_t *numbers; /* of signs or sounds and the edge; 0: no text has it */
	/* By number and label: how often it is there, and before how many others. */
	uint32_t *seen, *followers;
	uint32_t *anywhere;        /* by number: how often in all labels */
	uint32_t *total, *variety; /* by label: of all, different ones */
};

static bool is_letter(uint32_t one)
{
	return one < 128;
}

static size_t cell(const struct chance *c, uint32_t one, size_t label)
{
	return c->numbers[one] * c->n_labels + label;
}

static uint32_t one_at(const struct chance *c, const struct signs *s, uint32_t i)
{
	uint32_t sign = i < s->n ? s->items[i] : BAG_EDGE;

	return c->is_of_sounds ? bag_sound(sign) : sign;
}

static void add_text(struct chance *c, const struct signs *s, uint32_t label)
{
	enum bag_kind kind = c->is_of_sounds ? BAG_SOUNDS : BAG_PAIR;
	uint32_t before = BAG_EDGE;

	for (uint32_t i = 0; i <= s->n; i++) {
		uint32_t one = one_at(c, s, i);

		c->runs[c->n_runs++] = (struct run){bag_key(kind, before, one), label, 1};
		c->numbers[one] = 1;
		before = one;
	}
}

static int compare_runs(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->label > y->label) - (x->label < y->label);
}

static void merge_runs(struct chance *c)
{
	size_t n = 0;

	qsort(c->runs, c->n_runs, sizeof(*c->runs), compare_runs);
	for (size_t i = 0; i < c->n_runs; i++)
		if (n > 0 && compare_runs(&c->runs[n - 1], &c->runs[i]) == 0)
			c->runs[n - 1].n++;
		else
			c->runs[n++] = c->runs[i];
	c->n_runs = n;
}

static void count_ones(struct chance *c)
{
	for (size_t one = 0; one < ONES_MAX; one++)
		if (c->numbers[one])
			c->numbers[one] = (uint32_t)++c->n_ones;
	c->seen = blank((c->n_ones + 1) * c->n_labels, sizeof(*c->seen));
	c->followers = blank((c->n_ones + 1) * c->n_labels, sizeof(*c->followers));
	c->anywhere = blank(c->n_ones + 1, sizeof(*c->anywhere));
	c->total = blank(c->n_labels, sizeof(*c->total));
	c->variety = blank(c->n_labels, sizeof(*c->variety));
	for (size_t i = 0; i < c->n_runs; i++) {
		const struct run *r = &c->runs[i];
		uint32_t *seen = &c->seen[cell(c, bag_second_of(r->key), r->label)];

		c->variety[r->label] += *seen == 0;
		*seen += r->n;
		c->followers[cell(c, bag_first_of(r->key), r->label)]++;
		c->anywhere[c->numbers[bag_second_of(r->key)]] += r->n;
		c->total[r->label] += r->n;
		c->n_all += r->n;
	}
}

struct chance *chance_learn(const struct convolution_task *task, const uint32_t *chosen,
			    size_t n_chosen, bool is_of_sounds)
{
	struct chance *c = blank(1, sizeof(*c));
	size_t most = 0;

	for (size_t i = 0; i < n_chosen; i++)
		most += task->texts[chosen[i]].n + 1;
	c->n_labels = task->n_labels;
	c->is_of_sounds = is_of_sounds;
	c->runs = blank(most, sizeof(*c->runs));
	c->numbers = blank(ONES_MAX, sizeof(*c->numbers));
	for (size_t i = 0; i < n_chosen; i++)
		add_text(c, &task->texts[chosen[i]], task->labels[chosen[i]]);
	merge_runs(c);
	count_ones(c);
	return c;
}

void chance_free(struct chance *c)
{
	free(c->runs);
	free(c->numbers);
	free(c->seen);
	free(c->followers);
	free(c->anywhere);
	free(c->total);
	free(c->variety);
	free(c);
}

/* Of one in a label's texts, whatever it stands behind. */
static double of_one(const struct chance *c, uint32_t one, size_t label)
{
	double any = (c->anywhere[c->numbers[one]] + 0.5) /
		     ((double)c->n_all + 0.5 * (double)(c->n_ones + UNSEEN));
	double counted = fmax(c->seen[cell(c, one, label)] - DISCOUNT, 0);

	return (counted + DISCOUNT * c->variety[label] * any) / c->total[label];
}

/* How much of it is left behind this one for what was never seen there. */
static double left_behind(const struct chance *c, uint32_t before, size_t label)
{
	size_t at = cell(c, before, label);

	return c->seen[at] ? DISCOUNT * c->followers[at] / c->seen[at] : 1;
}

void chance_of_one(const struct chance *c, uint32_t one, float *ret)
{
	float mean = 0, n = 0;

	for (size_t k = 0; k < c->n_labels; k++) {
		ret[k] = 0;
		if (c->total[k] == 0 || is_letter(one))
			continue;
		ret[k] = (float)log(of_one(c, one, k) * left_behind(c, one, k));
		mean += ret[k];
		n++;
	}
	for (size_t k = 0; k < c->n_labels; k++)
		if (c->total[k] && n > 0)
			ret[k] -= mean / n;
}

/* What is left behind one for what was never seen there, against what a pair was given. */
static float more_of(const struct chance *c, const struct run *r)
{
	uint32_t before = bag_first_of(r->key);
	double unseen =
	    left_behind(c, before, r->label) * of_one(c, bag_second_of(r->key), r->label);

	return (float)log1p((r->n - DISCOUNT) / c->seen[cell(c, before, r->label)] / unseen);
}

bool chance_next(const struct chance *c, size_t *at, struct chance_pair *ret)
{
	while (*at < c->n_runs) {
		const struct run *r = &c->runs[(*at)++];

		if (is_letter(bag_first_of(r->key)) || is_letter(bag_second_of(r->key)))
			continue;
		*ret = (struct chance_pair){r->key, r->label, more_of(c, r)};
		return true;
	}
	return false;
}
