/* SPDX-License-Identifier: Apache-2.0 */
/* bag.c - the sums of a better tier are learnt, packed and asked. */
#include "nlu/bag.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "nlu/random.h"
#include "tap.h"

enum { TEXTS = 180 };

static struct arena arena;

static const struct convolution_recipe small = {.members = 1,
						.filters = 32,
						.dim = 16,
						.word_dim = WORD_DIM,
						.has_own = true,
						.epochs = 1,
						.batch = 16,
						.rate = 1e-2f,
						.smooth = 0.1f,
						.drop = 0.2f,
						.share = 1,
						.chance = 0.2f,
						.max_bytes = 1000000};

static const char *const heads[] = {"多少钱", "要多久", "去哪里"};
static const char *const tails[] = {"办居住证", "签注",   "补证",     "换新的", "居住登记",
				    "年审",     "挂失",   "wifi",     "查进度", "取证",
				    "交材料",   "拍照片", "租房合同", "社保",   "打印"};

static struct train_set make_set(void)
{
	struct reading *readings = ARENA_ARRAY(&arena, TEXTS, struct reading);
	uint32_t *labels = ARENA_ARRAY(&arena, TEXTS, uint32_t);
	struct lens lens = {.gazetteer = NULL};

	for (size_t i = 0; i < TEXTS; i++) {
		labels[i] = (uint32_t)(i % 3);
		reading_make(&lens, &arena,
			     arena_printf(&arena, "%s%s%s", i % 4 ? "" : "请问", tails[i / 3 % 15],
					  heads[labels[i]]),
			     &readings[i]);
	}
	/* The fourth label has no example. */
	return (struct train_set){
	    .readings = readings, .labels = labels, .n = TEXTS, .n_labels = 4};
}

static struct words make_words(void)
{
	struct word_list list = {15, ARENA_ARRAY(&arena, 15, struct view),
				 ARENA_ARRAY(&arena, 15, float), NULL};
	float *vectors = ARENA_ARRAY(&arena, 16 * WORD_DIM, float);
	struct random random = {3};
	struct words w = {.n = 15, .vectors = vectors};

	for (size_t i = 0; i < 15; i++) {
		list.words[i] = view_of(tails[i]);
		list.logs[i] = -8;
		for (size_t k = 0; k < WORD_DIM; k++)
			vectors[(i + 1) * WORD_DIM + k] = random_normal(&random) / 11;
	}
	word_index_make(&arena, &list, &w.index);
	return w;
}

struct learnt {
	struct convolution_task task;
	struct bag *bag;
	struct view convolution, image; /* aligned; free() */
};

static struct view aligned(struct buf *b)
{
	char *copy = aligned_alloc(64, (b->len + 63) / 64 * 64);
	size_t len = b->len;

	memcpy(copy, b->ptr, len);
	buf_done(b);
	return view_make(copy, len);
}

static void learn(const struct train_set *set, const struct words *words, unsigned n_threads,
		  struct learnt *ret)
{
	uint32_t *all = ARENA_ARRAY(&arena, set->n, uint32_t);
	struct convolution_job job = {all, set->n, 1, NULL};
	struct buf convolution = BUF_INIT, image = BUF_INIT;
	struct packed_rows rows;
	const struct net *net;

	for (size_t i = 0; i < set->n; i++)
		all[i] = (uint32_t)i;
	convolution_task_make(&arena, set, &small, words, &ret->task);
	convolution_learn(&ret->task, &job, 1);
	net = job.net;
	convolution_pack(&arena, &ret->task, &net, 1, &convolution, &rows);
	ret->bag = bag_learn(&ret->task, all, set->n, n_threads);
	bag_pack(ret->bag, &ret->task, &rows, &image);
	net_free(job.net);
	ret->convolution = aligned(&convolution);
	ret->image = aligned(&image);
}

static const struct convolution_head *beside(const struct learnt *l)
{
	return (const struct convolution_head *)(const void *)l->convolution.ptr;
}

static void forget(struct learnt *l)
{
	bag_free(l->bag);
	free((char *)l->convolution.ptr);
	free((char *)l->image.ptr);
}

static size_t best_of(const float *x)
{
	size_t best = 0;

	for (size_t k = 1; k < 4; k++)
		if (x[k] > x[best])
			best = k;
	return best;
}

static void asking(const struct train_set *set, const struct learnt *l)
{
	size_t n_right = 0, n_same = 0, n_known = 0;
	double farthest = 0;

	for (size_t i = 0; i < set->n; i++) {
		float packed[4], plain[4], exact[4];
		struct evidence e, e_exact;
		struct signs s;

		convolution_read(l->convolution, &arena, &set->readings[i], &s);
		bag_score(l->image, beside(l), &s, packed, &e);
		bag_is_plain = true;
		bag_score(l->image, beside(l), &s, plain, &e);
		bag_is_plain = false;
		bag_judge(l->bag, &l->task.texts[i], exact, &e_exact);
		for (size_t k = 0; k < 4; k++)
			farthest = fmax(farthest, fabs((double)packed[k] - (double)exact[k]));
		n_right += best_of(packed) == set->labels[i];
		n_same += memcmp(packed, plain, sizeof(packed)) == 0;
		n_known += e.known == e_exact.known && e.n_known == e_exact.n_known;
	}
	ok(n_right == set->n, "what was learnt is known");
	ok(farthest < 0.05, "8 bits say what floats do (at most %.3f off)", farthest);
	ok(n_same == set->n, "vectors and plain C say exactly the same");
	ok(n_known == set->n, "what is known of a text is seen alike");
}

static void ask(const struct learnt *l, const char *text, float *ret, struct evidence *ret_evidence)
{
	struct lens lens = {.gazetteer = NULL};
	struct reading r;
	struct signs s;

	reading_make(&lens, &arena, view_of(text), &r);
	convolution_read(l->convolution, &arena, &r, &s);
	bag_score(l->image, beside(l), &s, ret, ret_evidence);
}

static void edges(const struct learnt *l)
{
	struct buf long_text = BUF_INIT;
	struct evidence e;
	float out[4], plain[4];

	ask(l, "", out, &e);
	ok(isfinite(out[0]) && e.n_known <= 2, "an empty text can be asked about");
	ask(l, "犇骉", out, &e);
	ok(e.known < 0.5f, "what was never seen is not known");
	for (int i = 0; i < 200; i++)
		buf_str(&long_text, "办居住证多少钱");
	buf_char(&long_text, 0);
	ask(l, long_text.ptr, out, &e);
	ok(best_of(out) == 0, "a long text overflows nothing");
	bag_is_plain = true;
	ask(l, long_text.ptr, plain, &e);
	bag_is_plain = false;
	ok(memcmp(out, plain, sizeof(out)) == 0, "and in plain C gives the same");
	buf_done(&long_text);
	ask(l, "办剧主证多绍钱", out, &e);
	ok(best_of(out) == 0, "wrong characters that sound alike are heard");
	ok(out[3] < -5, "a label without examples is never meant");
}

static void explaining(const struct train_set *set, const struct learnt *l)
{
	struct view pieces[5];
	struct signs s;
	size_t n;

	convolution_read(l->convolution, &arena, &set->readings[0], &s);
	n = bag_explain(l->image, beside(l), &arena, &s, 0, pieces, 5);
	ok(n > 0 && n <= 5, "there are pieces that speak for a label");
	ok(n > 0 && view_find(pieces[0], VIEW("+")) > 0, "with a figure");
}

/* As if some had asked with marks alone. */
static void explaining_nothing(const struct train_set *set, const struct words *words)
{
	struct reading *readings = ARENA_ARRAY(&arena, set->n, struct reading);
	struct train_set with_empty = {
	    .readings = readings, .labels = set->labels, .n = set->n, .n_labels = set->n_labels};
	struct lens lens = {.gazetteer = NULL};
	struct signs s = {.n = 0};
	struct evidence e;
	struct view piece;
	struct learnt l;
	float out[4];

	for (size_t i = 0; i < set->n; i++)
		if (i < TEXTS / 2 && set->labels[i] == 0)
			reading_make(&lens, &arena, VIEW("？！"), &readings[i]);
		else
			readings[i] = set->readings[i];
	learn(&with_empty, words, 1, &l);
	bag_score(l.image, beside(&l), &s, out, &e);
	ok(best_of(out) == 0, "an empty text may mean something");
	is_int((int)bag_explain(l.image, beside(&l), &arena, &s, 0, &piece, 1), 0,
	       "but has no pieces that speak for it");
	forget(&l);
}

static void damage(const struct learnt *l)
{
	char *copy = aligned_alloc(64, l->image.len + 64);
	size_t n_seen = 0, n = sizeof(struct bag_head);

	for (size_t i = 0; i < n; i++) {
		memcpy(copy, l->image.ptr, l->image.len);
		copy[i] = (char)(copy[i] ^ 0x80);
		n_seen += !bag_is_sound(view_make(copy, l->image.len), beside(l));
	}
	ok(n_seen * 10 >= n * 9, "most damage to the head is seen (%zu of %zu)", n_seen, n);
	ok(bag_is_sound(l->image, beside(l)), "the whole image is sound");
	ok(!bag_is_sound(view_make(l->image.ptr, l->image.len - 64), beside(l)),
	   "a cut one is not");
	ok(!bag_is_sound(view_make(l->image.ptr, 16), beside(l)), "nor is a head cut off");
	free(copy);
}

int main(void)
{
	struct words words, none = {.n = 0};
	struct word_list empty = {0, NULL, NULL, NULL};
	struct train_set set;
	struct learnt l, again, bare;

	arena_init(&arena, 0);
	words = make_words();
	set = make_set();
	learn(&set, &words, 1, &l);
	learn(&set, &words, 3, &again);
	ok(view_eq(l.image, again.image), "any number of threads gives the same image");
	asking(&set, &l);
	edges(&l);
	explaining(&set, &l);
	explaining_nothing(&set, &words);
	damage(&l);
	none.vectors = ARENA_ARRAY(&arena, WORD_DIM, float);
	word_index_make(&arena, &empty, &none.index);
	learn(&set, &none, 1, &bare);
	asking(&set, &bare);
	forget(&l);
	forget(&again);
	forget(&bare);
	arena_done(&arena);
	return done();
}
