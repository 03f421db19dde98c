/* SPDX-License-Identifier: Apache-2.0 */
/* net.h - inside one member of a convolutional tier while it is learnt; for net*.c and packing. */
#ifndef NLU_NET_H
#define NLU_NET_H

#include "nlu/convolution.h"
#include "nlu/random.h"

#define NET_PART_DIM  16 /* of the place in a word */
#define NET_WORD_GAIN 1.4f

/* Rows of signs that are no sign of the texts. */
enum { NET_ROW_NONE, NET_ROW_STRANGE, NET_ROW_EDGE, NET_ROW_FIRST };

/* All that is learnt, in one block; also its gradient's shape. */
struct weights {
	float *all;
	size_t n;
	float *sign;                       /* [n_rows][dim] */
	float *syllable;                   /* [n_syllables][dim] */
	float *part;                       /* [WORD_PARTS][NET_PART_DIM] */
	float *filter[CONVOLUTION_WIDTHS]; /* [filters][(width + 1) * columns] */
	float *bias;                       /* [WIDTHS * filters] */
	float *last;                       /* [stride][WIDTHS * filters] */
	float *last_bias;                  /* [stride] */
};

struct net {
	const struct convolution_task *task;
	size_t dim, word_dim, own_dim, columns, filters, stride; /* own_dim: word_dim or 0 */
	bool has_label[TIER_LABELS];                             /* it had examples */
	struct weights w;
};

/* Columns of an input: sign | word | part | sign as a word. */
static inline size_t net_part_column(const struct net *net)
{
	return net->dim + net->word_dim;
}
static inline size_t net_own_column(const struct net *net)
{
	return net_part_column(net) + NET_PART_DIM;
}

/* Texts side by side, an empty row before, between and behind them. */
struct batch {
	size_t n, n_rows;
	size_t *first, *len; /* rows of each text */
	struct batch_row {
		int32_t sign; /* -1: an empty row */
		uint16_t syllable, word, own;
		uint8_t part;
	} * rows;
	float *inputs, *keeps; /* [rows][columns], [rows][dim] */
	float *answers;        /* [rows][filters] */
	float *turned;         /* filters, turned */
	float *pooled;         /* [n][WIDTHS * filters] */
	uint32_t *winners;     /* the row each came from */
	float *logits;         /* [n][stride] */
};

void weights_lay_out(const struct net *net, struct weights *w);
void batch_init(struct batch *b, const struct net *net, size_t max_texts);
void batch_done(struct batch *b);
void batch_clear(struct batch *b);
/* With `r`, chance makes signs and words unknown. The signs are cut already. */
void batch_add(struct batch *b, const struct net *net, const struct signs *s, struct random *r);
/* Inputs and pooled answers of all texts; with `r`, chance leaves some inputs out. */
void batch_forward(struct batch *b, const struct net *net, struct random *r);
void batch_logits(struct batch *b, const struct net *net);
/* Learn one member. `step` is called now and then with how much of it is done. */
struct net *net_learn(const struct convolution_task *task, const struct convolution_job *job,
		      void (*step)(void *data, double done), void *data);

#endif
