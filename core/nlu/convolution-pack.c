/* SPDX-License-Identifier: Apache-2.0 */
/*
 * convolution-pack.c - from members in floats to the image of tables.
 *
 * As many words get a row of their own as fit into the budget, those of the texts first; each other
 * word points to the row of the word nearest in meaning.
 */
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/buf.h"
#include "nlu/matrix.h"
#include "nlu/net.h"
#include "text/pinyin.h"

#define ROWS_MIN  100
#define ROWS_MAX  30000
#define CHUNK     256
#define THREADS   2
#define REACH_MIN 1e-3f /* a filter that never answers has to have a scale too */

struct packing {
	const struct convolution_task *task;
	const struct net *const *nets;
	size_t n_nets;
	struct arena arena;
	struct convolution_head head;
	uint16_t *chosen;             /* word ids, by row - 1 */
	uint16_t *row_of;             /* by word id */
	float *signs, *words, *parts; /* the tables in floats */
	float *scale;                 /* by cell */
	char *image;
};

struct counted {
	uint32_t n, id;
};

static int compare_counted(const void *pa, const void *pb)
{
	const struct counted *a = pa, *b = pb;

	if (a->n != b->n)
		return a->n < b->n ? 1 : -1;
	return (a->id > b->id) - (a->id < b->id);
}

static void choose_words(struct packing *p, size_t max)
{
	const struct convolution_task *t = p->task;
	struct counted *words = ARENA_ARRAY(&p->arena, t->words->n + 1, struct counted);

	for (uint32_t i = 0; i <= t->words->n; i++)
		words[i].id = i;
	for (size_t i = 0; i < t->n; i++)
		for (uint32_t k = 0; k < t->texts[i].n; k++) {
			uint8_t part = t->texts[i].parts[k];

			words[t->texts[i].words[k]].n += part == WORD_FIRST || part == WORD_SINGLE;
		}
	/* Ids are in the order of how common words are. */
	qsort(words + 1, t->words->n, sizeof(*words), compare_counted);
	p->head.n_word_rows = (uint32_t)(t->words->n < max ? t->words->n : max) + 1;
	p->chosen = ARENA_ARRAY(&p->arena, p->head.n_word_rows, uint16_t);
	for (size_t i = 0; i + 1 < p->head.n_word_rows; i++)
		p->chosen[i] = (uint16_t)words[i + 1].id;
}

/* For each of the words others[from, to) the chosen one that is nearest in meaning. */
struct nearest {
	const struct words *words;
	const uint16_t *others;
	const float *turned; /* vectors of the chosen ones, [dim][width] */
	size_t dim;
	size_t width, from, to;
	uint16_t *row_of;
};

static void *find_some(void *data)
{
	const struct nearest *x = data;
	struct arena scratch;
	float *likeness, *vectors;

	arena_init(&scratch, 1 << 20);
	likeness = ARENA_ARRAY(&scratch, CHUNK * x->width, float);
	vectors = ARENA_ARRAY(&scratch, CHUNK * x->dim, float);
	for (size_t from = x->from; from < x->to; from += CHUNK) {
		size_t m = x->to - from < CHUNK ? x->to - from : CHUNK;
		struct product product = {.a = vectors,
					  .b = x->turned,
					  .c = likeness,
					  .m = m,
					  .n = x->width,
					  .k = x->dim,
					  .a_step = x->dim,
					  .b_step = x->width,
					  .c_step = x->width};

		for (size_t i = 0; i < m; i++)
			memcpy(vectors + i * x->dim,
			       x->words->vectors + (size_t)x->others[from + i] * WORD_DIM,
			       x->dim * sizeof(float));
		matrix_multiply(&product);
		for (size_t i = 0; i < m; i++)
			x->row_of[x->others[from + i]] =
			    (uint16_t)(matrix_largest(likeness + i * x->width, x->width) + 1);
	}
	arena_done(&scratch);
	return NULL;
}

/* The chosen words' vectors, as much of them as members look at, scaled to length 1, turned. */
static float *turn_chosen(struct packing *p, size_t n, size_t width)
{
	size_t dim = p->task->recipe->word_dim;
	float *chosen = ARENA_ARRAY(&p->arena, width * dim, float);
	float *turned = ARENA_ARRAY(&p->arena, width * dim, float);

	/* Those that fill up the last vector are the first once more. */
	for (size_t i = 0; i < width; i++) {
		const float *v =
		    p->task->words->vectors + (size_t)p->chosen[i < n ? i : 0] * WORD_DIM;
		float square = 1e-20f;

		for (size_t k = 0; k < dim; k++)
			square += v[k] * v[k];
		for (size_t k = 0; k < dim; k++)
			chosen[i * dim + k] = v[k] / sqrtf(square);
	}
	matrix_turn(chosen, width, dim, turned);
	return turned;
}

static void find_nearest(struct packing *p)
{
	const struct words *words = p->task->words;
	size_t n = p->head.n_word_rows - 1, width = (n + 15) / 16 * 16, n_others = 0;
	uint16_t *others = ARENA_ARRAY(&p->arena, words->n + 1, uint16_t);
	struct nearest parts[THREADS];
	pthread_t threads[THREADS];
	size_t n_threads = 0;
	const float *turned;

	p->row_of = ARENA_ARRAY(&p->arena, words->n + 1, uint16_t);
	for (size_t i = 0; i < n; i++)
		p->row_of[p->chosen[i]] = (uint16_t)(i + 1);
	for (uint32_t i = 1; i <= words->n; i++)
		if (!p->row_of[i])
			others[n_others++] = (uint16_t)i;
	turned = turn_chosen(p, n, width);
	for (size_t i = 0; i < THREADS && n; i++) {
		parts[i] = (struct nearest){.words = words,
					    .others = others,
					    .turned = turned,
					    .width = width,
					    .dim = p->task->recipe->word_dim,
					    .from = n_others * i / THREADS,
					    .to = n_others * (i + 1) / THREADS,
					    .row_of = p->row_of};
		if (i + 1 == THREADS ||
		    pthread_create(&threads[n_threads], NULL, find_some, &parts[i]) != 0)
			find_some(&parts[i]);
		else
			n_threads++;
	}
	while (n_threads > 0)
		pthread_join(threads[--n_threads], NULL);
}

/*
 * What inputs x[n][len], that begin at `column` of a row, come to in all cells of one member; added
 * to rows of the table.
 */
static void add_taps(struct packing *p, size_t member, const float *x, size_t n, size_t len,
		     size_t column, float *table)
{
	const struct net *net = p->nets[member];
	size_t f = net->filters, first = member * f;
	float *part = ARENA_ARRAY(&p->arena, len * f, float);
	float *turned = ARENA_ARRAY(&p->arena, len * f, float);
	float *out = ARENA_ARRAY(&p->arena, n * f, float);

	for (unsigned width = 0; width < CONVOLUTION_WIDTHS; width++)
		for (unsigned tap = 0; tap <= width; tap++) {
			struct product product = {.a = x,
						  .b = turned,
						  .c = out,
						  .m = n,
						  .n = f,
						  .k = len,
						  .a_step = len,
						  .b_step = f,
						  .c_step = f};

			for (size_t i = 0; i < f; i++)
				memcpy(part + i * len,
				       net->w.filter[width] +
					   (i * (width + 1) + tap) * net->columns + column,
				       len * sizeof(float));
			matrix_turn(part, f, len, turned);
			matrix_multiply(&product);
			for (size_t i = 0; i < n; i++)
				for (size_t k = 0; k < f; k++)
					table[i * p->head.row_size +
					      convolution_cell(first + k, width, tap)] +=
					    out[i * f + k];
		}
}

static void put_word(const struct packing *p, uint16_t id, size_t n, float *out)
{
	for (size_t k = 0; k < n; k++)
		out[k] = NET_WORD_GAIN * p->task->words->vectors[(size_t)id * WORD_DIM + k];
}

/* Rows of signs: those of the texts, then a strange one of each syllable. */
static void fill_signs(struct packing *p, size_t member)
{
	const struct convolution_task *t = p->task;
	const struct net *net = p->nets[member];
	size_t n = p->head.n_sign_rows, dim = net->dim;
	float *x = ARENA_ARRAY(&p->arena, n * dim, float);
	float *own = ARENA_ARRAY(&p->arena, n * net->own_dim, float);

	memcpy(x, net->w.sign, t->n_rows * dim * sizeof(float));
	for (uint32_t sign = 0; sign < SIGN_COUNT; sign++) {
		uint16_t row = t->rows[sign], syllable;

		if (!row)
			continue;
		syllable = sign_syllable(sign);
		if (syllable)
			matrix_add(x + row * dim, net->w.syllable + syllable * dim, 1, dim);
		put_word(p, t->index.signs[sign].id, net->own_dim, own + row * net->own_dim);
	}
	for (size_t s = 0; s < t->n_syllables; s++) {
		float *row = x + (t->n_rows + s) * dim;

		memcpy(row, net->w.sign + NET_ROW_STRANGE * dim, dim * sizeof(float));
		if (s)
			matrix_add(row, net->w.syllable + s * dim, 1, dim);
	}
	add_taps(p, member, x, n, dim, 0, p->signs);
	if (net->own_dim)
		add_taps(p, member, own, n, net->own_dim, net_own_column(net), p->signs);
}

static void fill_tables(struct packing *p)
{
	size_t size = p->head.row_size;
	size_t dim = p->nets[0]->word_dim;
	float *x = ARENA_ARRAY(&p->arena, p->head.n_word_rows * dim, float);

	p->signs = ARENA_ARRAY(&p->arena, p->head.n_sign_rows * size, float);
	p->words = ARENA_ARRAY(&p->arena, p->head.n_word_rows * size, float);
	p->parts = ARENA_ARRAY(&p->arena, WORD_PARTS * size, float);
	for (size_t i = 0; i + 1 < p->head.n_word_rows; i++)
		put_word(p, p->chosen[i], dim, x + (i + 1) * dim);
	for (size_t i = 0; i < p->n_nets; i++) {
		const struct net *net = p->nets[i];

		fill_signs(p, i);
		if (dim)
			add_taps(p, i, x, p->head.n_word_rows, dim, net->dim, p->words);
		/* An edge has no place in a word. */
		add_taps(p, i, net->w.part + NET_PART_DIM, WORD_PARTS - 1, NET_PART_DIM,
			 net_part_column(net), p->parts + size);
	}
}

/* One scale for all cells that are added up: a filter's taps, in every table. */
static void find_scales(struct packing *p)
{
	const struct {
		const float *table;
		size_t n;
	} all[] = {{p->signs, p->head.n_sign_rows},
		   {p->words, p->head.n_word_rows},
		   {p->parts, WORD_PARTS}};
	size_t size = p->head.row_size, filters = (size_t)p->head.groups * CONVOLUTION_LANES;

	p->scale = ARENA_ARRAY(&p->arena, size, float);
	for (size_t t = 0; t < sizeof(all) / sizeof(all[0]); t++)
		for (size_t i = 0; i < all[t].n * size; i++)
			p->scale[i % size] = fmaxf(p->scale[i % size], fabsf(all[t].table[i]));
	for (size_t f = 0; f < filters; f++)
		for (unsigned width = 0; width < CONVOLUTION_WIDTHS; width++) {
			float max = 0;

			for (unsigned tap = 0; tap <= width; tap++)
				max = fmaxf(max, p->scale[convolution_cell(f, width, tap)]);
			for (unsigned tap = 0; tap <= width; tap++)
				p->scale[convolution_cell(f, width, tap)] = max / 127 + 1e-9f;
		}
}

static uint32_t section(struct convolution_head *h, size_t len)
{
	uint32_t at = h->size;

	h->size = (uint32_t)((at + len + 63) / 64 * 64);
	return at;
}

static void lay_out(struct convolution_head *h)
{
	size_t pooled = CONVOLUTION_WIDTHS * CONVOLUTION_LANES * h->groups;

	h->size = (sizeof(*h) + 63) / 64 * 64;
	h->signs = section(h, SIGN_COUNT * sizeof(struct word_sign));
	h->slots = section(h, sizeof(struct bucket) << h->slot_bits);
	if (h->heard_bits)
		h->heard = section(h, sizeof(struct bucket) << h->heard_bits);
	h->sign_rows = section(h, (size_t)h->n_sign_rows * h->row_size);
	h->word_rows = section(h, (size_t)h->n_word_rows * h->row_size);
	h->part_rows = section(h, (size_t)WORD_PARTS * h->row_size * sizeof(int16_t));
	h->pool_scale = section(h, pooled * sizeof(float));
	h->pool_bias = section(h, pooled * sizeof(float));
	h->last = section(h, pooled * h->stride);
	h->last_scale = section(h, h->stride * sizeof(float));
	h->last_bias = section(h, h->stride * sizeof(float));
}

static void put_table(const struct packing *p, const float *table, size_t n, uint32_t at)
{
	size_t size = p->head.row_size;
	int8_t *out = (int8_t *)p->image + at;

	for (size_t i = 0; i < n * size; i++)
		out[i] = (int8_t)lrintf(table[i] / p->scale[i % size]);
}

/* The same of the few places in a word, in 16 bits. */
static void put_parts(const struct packing *p)
{
	int16_t *out = (int16_t *)(void *)(p->image + p->head.part_rows);
	size_t size = p->head.row_size, filters = (size_t)p->head.groups * CONVOLUTION_LANES;

	for (size_t i = 0; i < WORD_PARTS; i++)
		for (size_t f = 0; f < filters; f++)
			for (unsigned tap = 0; tap < CONVOLUTION_TAPS; tap++) {
				size_t step = tap * (size_t)CONVOLUTION_LANES;
				size_t at = convolution_cell(f, 0, 0) + step;

				out[i * size + convolution_wide_cell(f, 0, 0) + step] =
				    (int16_t)lrintf(p->parts[i * size + at] / p->scale[at]);
			}
}

static void put_index(const struct packing *p)
{
	const struct convolution_task *t = p->task;
	struct word_sign *signs = (struct word_sign *)(void *)(p->image + p->head.signs);
	struct bucket *slots = (struct bucket *)(void *)(p->image + p->head.slots);

	memcpy(signs, t->index.signs, SIGN_COUNT * sizeof(*signs));
	memcpy(slots, t->index.slots, sizeof(*slots) << p->head.slot_bits);
	if (p->head.heard)
		memcpy(p->image + p->head.heard, t->index.heard,
		       sizeof(*slots) << p->head.heard_bits);
	for (uint32_t i = 0; i < SIGN_COUNT; i++) {
		uint32_t syllable = sign_syllable(i);

		if (syllable >= t->n_syllables)
			syllable = 0;
		signs[i].id = p->row_of[signs[i].id];
		signs[i].row = t->rows[i] ? t->rows[i] : (uint16_t)(t->n_rows + syllable);
	}
	for (size_t i = 0; i < (size_t)BUCKET_PLACES << p->head.slot_bits; i++) {
		uint32_t *value = &slots[i / BUCKET_PLACES].values[i % BUCKET_PLACES];

		*value = word_value(p->row_of[*value >> 16], (uint16_t)*value);
	}
}

/* What each filter reaches on the texts, in floats. */
static float *reach_of(struct packing *p, const float *scale, const float *bias)
{
	size_t pooled = (size_t)CONVOLUTION_WIDTHS * CONVOLUTION_LANES * p->head.groups;
	const struct convolution_head *h = (const struct convolution_head *)(void *)p->image;
	float *max = ARENA_ARRAY(&p->arena, pooled, float);
	int16_t *sums = ARENA_ARRAY(&p->arena, pooled, int16_t);
	struct word_index index = convolution_index(h);

	for (size_t f = 0; f < pooled; f++)
		max[f] = REACH_MIN;
	for (size_t i = 0; i < p->task->n; i++) {
		struct signs s = p->task->texts[i];

		words_cut(&index, &s);
		convolution_pool(h, &s, sums);
		for (size_t f = 0; f < pooled; f++)
			max[f] = fmaxf(max[f], (float)sums[f] * scale[f] + bias[f]);
	}
	return max;
}

static void put_label(const struct packing *p, size_t label, const float *reach)
{
	size_t lanes = (size_t)CONVOLUTION_LANES * p->head.groups;
	float *w = ARENA_ARRAY((struct arena *)&p->arena, CONVOLUTION_WIDTHS * lanes, float);
	int8_t *last = (int8_t *)p->image + p->head.last;
	float *scale = (float *)(void *)(p->image + p->head.last_scale);
	float *bias = (float *)(void *)(p->image + p->head.last_bias), max = 1e-9f;

	for (size_t j = 0; j < p->n_nets; j++) {
		const struct net *net = p->nets[j];
		size_t n = net->filters;

		for (size_t i = 0; i < CONVOLUTION_WIDTHS * n; i++) {
			size_t at = i / n * lanes + j * n + i % n;

			w[at] = net->w.last[label * CONVOLUTION_WIDTHS * n + i] * reach[at] / 127 /
				(float)p->n_nets;
			if (!net->has_label[label])
				w[at] = 0;
			max = fmaxf(max, fabsf(w[at]));
		}
		bias[label] +=
		    (net->has_label[label] ? net->w.last_bias[label] : -30) / (float)p->n_nets;
	}
	scale[label] = max / 127;
	for (size_t f = 0; f < CONVOLUTION_WIDTHS * lanes; f++)
		last[(f / 4 * p->head.stride + label) * 4 + f % 4] =
		    (int8_t)lrintf(w[f] / scale[label]);
}

static void put_last(struct packing *p)
{
	size_t lanes = (size_t)CONVOLUTION_LANES * p->head.groups;
	float *scale = (float *)(void *)(p->image + p->head.pool_scale), *reach;
	float *bias = (float *)(void *)(p->image + p->head.pool_bias);

	for (size_t f = 0; f < CONVOLUTION_WIDTHS * lanes; f++) {
		size_t n = p->nets[0]->filters, in_width = f % lanes;
		unsigned width = (unsigned)(f / lanes);

		scale[f] = p->scale[convolution_cell(in_width, width, 0)];
		bias[f] = p->nets[in_width / n]->w.bias[width * n + in_width % n];
	}
	reach = reach_of(p, scale, bias);
	for (size_t k = 0; k < p->head.n_labels; k++)
		put_label(p, k, reach);
	for (size_t f = 0; f < CONVOLUTION_WIDTHS * lanes; f++) {
		scale[f] *= 127 / reach[f];
		bias[f] *= 127 / reach[f];
	}
}

static size_t room_of(const struct convolution_task *task)
{
	size_t max = task->recipe->max_bytes, beside = task->n_bytes_beside;

	return max - (beside < max / 2 ? beside : max / 2);
}

void convolution_pack(struct arena *a, const struct convolution_task *task,
		      const struct net *const *nets, size_t n_nets, struct buf *out,
		      struct packed_rows *ret_rows)
{
	struct packing p = {.task = task, .nets = nets, .n_nets = n_nets};
	struct convolution_head *h = &p.head;
	uint16_t *chosen;
	size_t room;

	arena_init(&p.arena, 1 << 20);
	*h = (struct convolution_head){
	    .magic = CONVOLUTION_MAGIC,
	    .n_labels = (uint32_t)task->n_labels,
	    .stride = (uint32_t)nets[0]->stride,
	    .groups = (uint32_t)(n_nets * nets[0]->filters / CONVOLUTION_LANES),
	    .n_sign_rows = task->n_rows + task->n_syllables,
	    .n_word_rows = 1,
	    .share = task->recipe->share,
	};
	h->row_size = h->groups * CONVOLUTION_TAPS * CONVOLUTION_LANES;
	while ((1u << h->slot_bits) <= task->index.mask)
		h->slot_bits++;
	while (task->index.heard && (1u << h->heard_bits) <= task->index.heard_mask)
		h->heard_bits++;
	lay_out(h);
	room = room_of(task) > h->size ? (room_of(task) - h->size) / h->row_size : 0;
	choose_words(&p, room < ROWS_MIN ? ROWS_MIN : room > ROWS_MAX ? ROWS_MAX : room);
	find_nearest(&p);
	fill_tables(&p);
	find_scales(&p);
	lay_out(h);
	p.image = aligned_alloc(64, h->size);
	if (!p.image)
		die_oom(h->size);
	memset(p.image, 0, h->size);
	memcpy(p.image, h, sizeof(*h));
	put_table(&p, p.signs, h->n_sign_rows, h->sign_rows);
	put_table(&p, p.words, h->n_word_rows, h->word_rows);
	put_parts(&p);
	put_index(&p);
	put_last(&p);
	buf_add(out, p.image, h->size);
	free(p.image);
	chosen = ARENA_ARRAY(a, h->n_word_rows, uint16_t);
	memcpy(chosen, p.chosen, (h->n_word_rows - 1) * sizeof(*chosen));
	*ret_rows = (struct packed_rows){chosen, h->n_word_rows - 1};
	arena_done(&p.arena);
}
