/* SPDX-License-Identifier: Apache-2.0 */
/* bag-learn.c - learning a bag: from texts to columns, from columns to weights in floats. */
#include <math.h>
#include <stdlib.h>

#include "base/blank.h"
#include "nlu/bag.h"
#include "nlu/chance.h"
#include "nlu/linear-fit.h"
#include "nlu/random.h"
#include "text/pinyin.h"

#define SEEN_LEAST 3 /* a key that fewer texts and copies have is left out */
#define KEYS_MAX   ((SIGNS_MAX + 1) * 6)
#define BIAS       WORD_DIM /* this column; those before it are the words' vectors' */
#define FIRST      (WORD_DIM + 1)
#define ABSENT     -10 /* the bias of a label without examples */
#define ROUNDS     8
/* A small set needs more rounds, and has the time. */
#define ROUNDS_SHARED 40000

/* Found by cross-validation; see HACKING.md. */
static const float weight_of_kind[] = {[BAG_PAIR] = 1, [BAG_SOUNDS] = 1, [BAG_LETTERS] = 0.7f,
				       [BAG_SIGN] = 1, [BAG_SOUND] = 1,  [BAG_WORD] = 0.7f};
#define COST        0.2f
#define VECTOR_GAIN 1.5f /* of the words' vectors against what is learnt of single signs */
/* Each text is learnt once more with a wrong character that sounds alike, and every so many a
 * third time as it would be typed in letters; which count for less. */
#define MISHEARD_COUNT 0.6f
#define TYPED_COUNT    0.3f
#define TYPED_EVERY    2

struct bag {
	const struct convolution_task *task;
	uint64_t *keys; /* 0: free; open addressing */
	uint32_t *columns, *seen, *last;
	size_t mask, n_keys, n_columns;
	float *weights;
	bool has_label[TIER_LABELS];
};

struct found {
	uint64_t keys[KEYS_MAX];
	size_t n;
};

uint32_t bag_sound(uint32_t sign)
{
	uint16_t syllable = sign == BAG_EDGE ? 0 : sign_syllable(sign);

	return bag_sound_of(sign, pinyin_fuzzy(syllable));
}

uint64_t bag_letters(const struct signs *s, uint32_t i)
{
	uint64_t h = 0;

	do
		h = hash_mix(h * 31 + s->items[i++]);
	while (i < s->n && !bag_is_word(s, i));
	return bag_key(BAG_LETTERS, (uint32_t)(h >> 44), (uint32_t)(h >> 24) & 0xfffff);
}

float bag_share(uint32_t n)
{
	return 1 / sqrtf((float)n + 1);
}

/* Letters of a syllable are no sign, but a sound. */
static bool is_syllable(uint32_t sign)
{
	return sign >= SIGN_SYLLABLE && sign <= SIGN_SYLLABLE + PINYIN_MAX;
}

static void find_keys(const struct signs *s, struct found *f)
{
	f->n = 0;
	for (uint32_t i = 0; i <= s->n; i++) {
		uint32_t before = i > 0 ? s->items[i - 1] : BAG_EDGE;
		uint32_t sign = i < s->n ? s->items[i] : BAG_EDGE;

		if (!is_syllable(before) && !is_syllable(sign))
			f->keys[f->n++] = bag_key(BAG_PAIR, before, sign);
		f->keys[f->n++] = bag_key(BAG_SOUNDS, bag_sound(before), bag_sound(sign));
		if (i == s->n)
			break;
		if (!is_syllable(sign))
			f->keys[f->n++] = bag_key(BAG_SIGN, sign, 0);
		f->keys[f->n++] = bag_key(BAG_SOUND, bag_sound(sign), 0);
		if (!bag_is_word(s, i))
			continue;
		if (s->words[i])
			f->keys[f->n++] = bag_key(BAG_WORD, s->words[i], 0);
		else if (sign < 128)
			f->keys[f->n++] = bag_letters(s, i);
	}
}

static size_t place_of(const struct bag *b, uint64_t key)
{
	size_t at = bag_hash(key) & b->mask;

	while (b->keys[at] && b->keys[at] != key)
		at = (at + 1) & b->mask;
	return at;
}

static void grow(struct bag *b)
{
	struct bag old = *b;

	b->mask = old.mask * 2 + 1;
	b->keys = blank(b->mask + 1, sizeof(*b->keys));
	b->seen = blank(b->mask + 1, sizeof(*b->seen));
	b->last = blank(b->mask + 1, sizeof(*b->last));
	for (size_t i = 0; i <= old.mask; i++) {
		size_t at = place_of(b, old.keys[i]);

		if (!old.keys[i])
			continue;
		b->keys[at] = old.keys[i];
		b->seen[at] = old.seen[i];
		b->last[at] = old.last[i];
	}
	free(old.keys);
	free(old.seen);
	free(old.last);
}

/* Texts to learn from, and what each counts. */
struct lessons {
	struct signs *texts;
	uint32_t *labels;
	float *counts;
	size_t n;
};

static struct signs *add_lesson(struct lessons *l, const struct bag *b, uint32_t text, float count)
{
	l->texts[l->n] = b->task->texts[text];
	l->labels[l->n] = b->task->labels[text];
	l->counts[l->n] = count;
	return &l->texts[l->n++];
}

static void type_letters(const struct bag *b, struct signs *s)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (s->items[i] >= 0x3400 && sign_syllable(s->items[i]))
			s->items[i] = (uint16_t)(SIGN_SYLLABLE + sign_syllable(s->items[i]));
	words_cut(&b->task->index, s);
}

static void make_lessons(struct bag *b, const uint32_t *chosen, size_t n_chosen, struct lessons *l)
{
	struct random random = {1};
	size_t most = 3 * n_chosen + 1;

	*l = (struct lessons){blank(most, sizeof(*l->texts)), blank(most, sizeof(*l->labels)),
			      blank(most, sizeof(*l->counts)), 0};
	for (size_t i = 0; i < n_chosen; i++) {
		add_lesson(l, b, chosen[i], 1);
		convolution_mishear(b->task, add_lesson(l, b, chosen[i], MISHEARD_COUNT), &random);
		if (i % TYPED_EVERY == 0)
			type_letters(b, add_lesson(l, b, chosen[i], TYPED_COUNT));
		b->has_label[b->task->labels[chosen[i]]] = true;
	}
}

static void count_keys(struct bag *b, const struct lessons *l)
{
	struct found f;

	b->mask = 16383;
	b->keys = blank(b->mask + 1, sizeof(*b->keys));
	b->seen = blank(b->mask + 1, sizeof(*b->seen));
	b->last = blank(b->mask + 1, sizeof(*b->last));
	for (uint32_t i = 0; i < l->n; i++) {
		find_keys(&l->texts[i], &f);
		for (size_t k = 0; k < f.n; k++) {
			size_t at = place_of(b, f.keys[k]);

			b->n_keys += !b->keys[at];
			b->keys[at] = f.keys[k];
			/* Once a text. */
			b->seen[at] += b->last[at] != i + 1;
			b->last[at] = i + 1;
			if (b->n_keys * 2 > b->mask)
				grow(b);
		}
	}
	b->columns = blank(b->mask + 1, sizeof(*b->columns));
	b->n_columns = FIRST;
	for (size_t i = 0; i <= b->mask; i++)
		if (b->seen[i] >= SEEN_LEAST)
			b->columns[i] = (uint32_t)b->n_columns++;
}

static uint32_t column_of(const struct bag *b, uint64_t key)
{
	return b->columns[place_of(b, key)];
}

static enum bag_kind kind_of(uint64_t key)
{
	return (enum bag_kind)(key >> 40);
}

/* The words' vectors in a text, summed. */
static void sum_vectors(const struct bag *b, const struct signs *s, float *out)
{
	memset(out, 0, WORD_DIM * sizeof(*out));
	for (uint32_t i = 0; i < s->n; i++) {
		const float *v = b->task->words->vectors + (size_t)s->words[i] * WORD_DIM;

		for (size_t k = 0; bag_is_word(s, i) && s->words[i] && k < WORD_DIM; k++)
			out[k] += v[k];
	}
}

/* A text as a row; gives its length. */
static size_t make_row(const struct bag *b, const struct signs *s, struct fit_node *out)
{
	float share = bag_share(s->n), sum[WORD_DIM];
	struct found f;
	size_t n = 0;

	if (b->task->words->n) {
		sum_vectors(b, s, sum);
		for (uint32_t k = 0; k < WORD_DIM; k++)
			out[n++] = (struct fit_node){k, sum[k] * share * VECTOR_GAIN};
	}
	out[n++] = (struct fit_node){BIAS, 1};
	find_keys(s, &f);
	for (size_t i = 0, from = n; i < f.n; i++) {
		float value = weight_of_kind[kind_of(f.keys[i])] * share;
		uint32_t column = column_of(b, f.keys[i]);
		size_t at = from;

		if (!column)
			continue;
		while (at < n && out[at].column != column)
			at++;
		if (at < n)
			out[at].value += value;
		else
			out[n++] = (struct fit_node){column, value};
	}
	return n;
}

#define ROW_MAX (KEYS_MAX + FIRST)

static void fit(struct bag *b, const struct lessons *l, unsigned n_threads)
{
	struct fit_options options = {.cost = COST,
				      .tolerance = 0.2f,
				      .rounds = (unsigned)(ROUNDS + ROUNDS_SHARED / (l->n + 1)),
				      .n_threads = n_threads};
	uint32_t *at = blank(l->n + 1, sizeof(*at));
	struct fit_node *nodes;
	struct fit_data data = {.at = at,
				.labels = l->labels,
				.counts = l->counts,
				.n_rows = l->n,
				.n_columns = b->n_columns,
				.n_labels = b->task->n_labels};
	size_t most = ROW_MAX;

	for (size_t i = 0; i < l->n; i++)
		most += FIRST + 6 * (l->texts[i].n + 1);
	nodes = blank(most, sizeof(*nodes));
	for (size_t i = 0; i < l->n; i++)
		at[i + 1] = at[i] + (uint32_t)make_row(b, &l->texts[i], nodes + at[i]);
	data.nodes = nodes;
	b->weights = blank(linear_fit_size(data.n_columns, data.n_labels), sizeof(float));
	linear_fit(&data, &options, b->weights);
	free(nodes);
	free(at);
}

static void add_weight(struct bag *b, size_t column, size_t label, float more)
{
	b->weights[linear_fit_at(b->n_columns, column, label)] += b->task->recipe->chance * more;
}

/* How likely signs or sounds are, besides what was found to tell labels apart. */
static void add_chances(struct bag *b, const uint32_t *chosen, size_t n_chosen, bool is_of_sounds)
{
	struct chance *chance = chance_learn(b->task, chosen, n_chosen, is_of_sounds);
	enum bag_kind kind = is_of_sounds ? BAG_SOUND : BAG_SIGN;
	struct chance_pair pair;
	float own[TIER_LABELS];

	for (size_t i = 0; i <= b->mask; i++) {
		if (!b->columns[i] || kind_of(b->keys[i]) != kind)
			continue;
		chance_of_one(chance, bag_first_of(b->keys[i]), own);
		for (size_t k = 0; k < b->task->n_labels; k++)
			add_weight(b, b->columns[i], k, own[k]);
	}
	for (size_t at = 0; chance_next(chance, &at, &pair);)
		if (column_of(b, pair.key))
			add_weight(b, column_of(b, pair.key), pair.label, pair.more);
	chance_free(chance);
}

struct bag *bag_learn(const struct convolution_task *task, const uint32_t *chosen, size_t n_chosen,
		      unsigned n_threads)
{
	struct bag *b = blank(1, sizeof(*b));
	struct lessons lessons;

	b->task = task;
	make_lessons(b, chosen, n_chosen, &lessons);
	count_keys(b, &lessons);
	fit(b, &lessons, n_threads);
	if (task->recipe->chance > 0) {
		add_chances(b, chosen, n_chosen, false);
		add_chances(b, chosen, n_chosen, true);
	}
	free(lessons.texts);
	free(lessons.labels);
	free(lessons.counts);
	return b;
}

void bag_free(struct bag *b)
{
	if (!b)
		return;
	free(b->keys);
	free(b->columns);
	free(b->seen);
	free(b->last);
	free(b->weights);
	free(b);
}

static float weight_at(const struct bag *b, size_t column, size_t label)
{
	return b->has_label[label] ? b->weights[linear_fit_at(b->n_columns, column, label)] : 0;
}

float bag_weight(const struct bag *b, uint64_t key, size_t label)
{
	uint32_t column = column_of(b, key);

	return column ? weight_of_kind[kind_of(key)] * weight_at(b, column, label) : 0;
}

float bag_vector_weight(const struct bag *b, uint16_t word, size_t label)
{
	const float *v = b->task->words->vectors + (size_t)word * WORD_DIM;
	float sum = 0;

	for (size_t k = 0; k < WORD_DIM; k++)
		sum += v[k] * weight_at(b, k, label);
	return VECTOR_GAIN * sum;
}

float bag_bias(const struct bag *b, size_t label)
{
	return b->has_label[label] ? weight_at(b, BIAS, label) : ABSENT;
}

bool bag_next(const struct bag *b, size_t *at, uint64_t *ret_key)
{
	for (; *at <= b->mask; ++*at)
		if (b->columns[*at]) {
			*ret_key = b->keys[(*at)++];
			return true;
		}
	return false;
}

void bag_judge(const struct bag *b, const struct signs *s, float *ret_margins,
	       struct evidence *ret_evidence)
{
	struct fit_node row[ROW_MAX];
	size_t n = make_row(b, s, row);
	uint32_t n_signs = 0, n_sounds = 0;
	struct found f;

	for (size_t k = 0; k < b->task->n_labels; k++) {
		float sum = 0;

		for (size_t i = 0; i < n; i++)
			if (row[i].column != BIAS)
				sum += row[i].value * weight_at(b, row[i].column, k);
		ret_margins[k] = sum + bag_bias(b, k);
	}
	find_keys(s, &f);
	for (size_t i = 0; i < f.n; i++) {
		enum bag_kind kind = kind_of(f.keys[i]);
		bool is_known = column_of(b, f.keys[i]) != 0;

		n_signs += is_known && (kind == BAG_SIGN || kind == BAG_PAIR);
		n_sounds += is_known && (kind == BAG_SOUND || kind == BAG_SOUNDS);
	}
	/* Letters say nothing as signs, and may say all as sounds. */
	*ret_evidence = (struct evidence){
	    .n_known = n_signs + n_sounds,
	    .known = (float)(n_signs > n_sounds ? n_signs : n_sounds) / (float)(2 * s->n + 1)};
}
