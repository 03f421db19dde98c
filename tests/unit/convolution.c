/* SPDX-License-Identifier: Apache-2.0 */
/* convolution.c - the convolutional tier is learnt, packed and asked. */
#include "nlu/convolution.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "nlu/model.h"
#include "nlu/random.h"
#include "tap.h"

static struct arena arena;

/* Small enough to be learnt at once. */
static const struct convolution_recipe small = {.members = 2,
						.filters = 32,
						.dim = 16,
						.word_dim = WORD_DIM,
						.has_own = true,
						.hears = true,
						.epochs = 6,
						.batch = 16,
						.rate = 1e-2f,
						.smooth = 0.1f,
						.drop = 0.2f,
						.drop_sign = 0.1f,
						.drop_word = 0.1f,
						.strange = 0.02f,
						.unknown = 0.1f,
						.misheard = 0.2f,
						.typed = 0.02f,
						.share = 1,
						.parts = 2,
						.part_members = 1,
						.max_bytes = 1000000};

static const char *const heads[] = {"多少钱", "要多久", "去哪里"};
static const char *const tails[] = {"办居住证", "签注",   "补证",     "换新的", "居住登记",
				    "年审",     "挂失",   "拿证",     "查进度", "取证",
				    "交材料",   "拍照片", "租房合同", "社保",   "打印"};

/* Texts that only their head tells apart. */
static struct train_set make_set(size_t n, size_t n_labels)
{
	struct reading *readings = ARENA_ARRAY(&arena, n, struct reading);
	uint32_t *labels = ARENA_ARRAY(&arena, n, uint32_t);
	struct lens lens = {NULL, NULL, NULL};

	for (size_t i = 0; i < n; i++) {
		const char *tail = tails[i / n_labels % 15];
		struct view text;

		labels[i] = (uint32_t)(i % n_labels);
		text = n_labels <= 3 ? arena_printf(&arena, "%s%s", tail, heads[labels[i]])
				     : arena_printf(&arena, "%u号%s", labels[i], tail);
		reading_make(&lens, &arena, text, &readings[i]);
	}
	return (struct train_set){
	    .readings = readings, .labels = labels, .n = n, .n_labels = n_labels};
}

/* Some words, with vectors that mean nothing. */
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
	struct convolution_job jobs[2];
	struct packed_rows rows;
	struct view image; /* aligned; free() */
};

static void learn(const struct train_set *set, const struct words *words, unsigned n_threads,
		  struct learnt *ret)
{
	uint32_t *all = ARENA_ARRAY(&arena, set->n, uint32_t);
	const struct net *nets[2];
	struct buf image = BUF_INIT;
	char *copy;

	for (size_t i = 0; i < set->n; i++)
		all[i] = (uint32_t)i;
	convolution_task_make(&arena, set, &small, words, &ret->task);
	ret->task.n_threads = n_threads;
	for (size_t i = 0; i < 2; i++)
		ret->jobs[i] = (struct convolution_job){all, set->n, i + 1, NULL};
	convolution_learn(&ret->task, ret->jobs, 2);
	for (size_t i = 0; i < 2; i++)
		nets[i] = ret->jobs[i].net;
	convolution_pack(&arena, &ret->task, nets, 2, &image, &ret->rows);
	copy = aligned_alloc(64, (image.len + 63) / 64 * 64);
	memcpy(copy, image.ptr, image.len);
	ret->image = view_make(copy, image.len);
	buf_done(&image);
}

static void forget(struct learnt *l)
{
	net_free(l->jobs[0].net);
	net_free(l->jobs[1].net);
	free((char *)l->image.ptr);
}

static void score(struct view image, const struct reading *r, float *out)
{
	struct signs s;

	convolution_read(image, &arena, r, &s);
	convolution_score(image, &s, out);
}

static size_t best_of(const float *x, size_t n)
{
	size_t best = 0;

	for (size_t k = 1; k < n; k++)
		if (x[k] > x[best])
			best = k;
	return best;
}

static void packing(const struct train_set *set, struct learnt *l)
{
	size_t n_right = 0, n_alike = 0, n_same = 0;
	double distance = 0;

	for (size_t i = 0; i < set->n; i++) {
		float packed[TIER_LABELS], plain[TIER_LABELS], exact[TIER_LABELS] = {0};
		struct signs s;

		score(l->image, &set->readings[i], packed);
		convolution_is_plain = true;
		score(l->image, &set->readings[i], plain);
		convolution_is_plain = false;
		s = l->task.texts[i];
		for (size_t j = 0; j < 2; j++)
			net_score(l->jobs[j].net, &s, 1, exact);
		for (size_t k = 0; k < set->n_labels; k++)
			distance += fabs((double)exact[k] / 2 - (double)packed[k]);
		n_right += best_of(packed, set->n_labels) == set->labels[i];
		n_alike += best_of(packed, set->n_labels) == best_of(exact, set->n_labels);
		n_same += memcmp(packed, plain, set->n_labels * sizeof(float)) == 0;
	}
	ok(n_right * 100 >= set->n * 95, "what was learnt is known (%zu of %zu)", n_right, set->n);
	ok(n_alike * 100 >= set->n * 98, "8 bits decide as floats do");
	ok(distance / (double)(set->n * set->n_labels) < 0.1, "and say nearly the same");
	ok(n_same == set->n, "vectors and plain C say exactly the same");
}

/* Whatever passes the check can be asked; sanitizers look on. */
static void damage(const struct train_set *set, const struct learnt *l)
{
	char *copy = aligned_alloc(64, (l->image.len + 63) / 64 * 64);
	struct view image = view_make(copy, l->image.len);
	struct random random = {5};
	float out[TIER_LABELS];
	size_t n_refused = 0;

	memcpy(copy, l->image.ptr, l->image.len);
	for (size_t i = 0; i < 600; i++) {
		size_t at = i < 200 ? i % sizeof(struct convolution_head)
				    : random_below(&random, (uint32_t)l->image.len);
		char was = copy[at];

		copy[at] = (char)(was ^ (char)(1 << i % 8));
		if (convolution_is_sound(image))
			score(image, &set->readings[i % set->n], out);
		else
			n_refused++;
		copy[at] = was;
	}
	ok(n_refused > 50, "most damage to the head is seen");
	ok(convolution_is_sound(image), "the whole image is sound");
	ok(!convolution_is_sound(view_sub(image, 0, image.len - 64)), "a cut one is not");
	ok(!convolution_is_sound(view_sub(image, 0, 20)), "nor is a head alone");
	free(copy);
}

static void small_sets(void)
{
	struct words none = {.n = 0}, words = make_words();
	struct train_set set = make_set(90, 3), two = make_set(20, 2), many = make_set(1024, 512);
	struct learnt l, again;
	struct fault why;
	struct reading empty;
	float out[TIER_LABELS];
	struct lens lens = {NULL, NULL, NULL};

	learn(&set, &words, 1, &l);
	learn(&set, &words, 3, &again);
	ok(view_eq(l.image, again.image), "any number of threads gives the same image");
	forget(&again);
	packing(&set, &l);
	damage(&set, &l);
	reading_make(&lens, &arena, view_make("", 0), &empty);
	score(l.image, &empty, out);
	ok(isfinite(out[0]), "an empty text can be asked about");
	forget(&l);
	words_load(&arena, NULL, NULL, &none, &why);
	learn(&two, &none, 2, &l);
	score(l.image, &two.readings[1], out);
	ok(out[1] > out[0], "two labels can be told apart without words");
	forget(&l);
	learn(&many, &words, 2, &l);
	ok(convolution_is_sound(l.image), "there may be 512 labels");
	score(l.image, &many.readings[7], out);
	ok(isfinite(out[511]), "and all are scored");
	forget(&l);
}

/* Trained and opened; free() what it gives. */
static char *train(const struct train_set *set, const struct model_options *o, struct model *ret,
		   size_t *ret_len)
{
	struct buf image = BUF_INIT;
	char *copy;

	is_int(model_train(set, o, &image), 0, "a model of the %s tier is trained",
	       tier_name(o->tier));
	copy = aligned_alloc(64, (image.len + 63) / 64 * 64);
	memcpy(copy, image.ptr, image.len);
	is_int(model_open(view_make(copy, image.len), ret), 0, "and opened");
	*ret_len = image.len;
	buf_done(&image);
	return copy;
}

static void whole_model(void)
{
	struct train_set set = make_set(90, 3);
	struct words words = make_words();
	struct model_options o = {.outside = TIER_LABELS, .tier = TIER_FAST, .words = &words};
	struct verdict v, plain;
	struct model m;
	size_t len;
	char *copy = train(&set, &o, &m, &len);

	is_int(m.head->tier, TIER_FAST, "it says which tier it is");
	model_ask(&m, &arena, &set.readings[4], &v);
	is_int(v.labels[0], set.labels[4], "it knows what it learnt");
	ok(isfinite(v.likeness), "how much it is like anything is a number");
	convolution_is_plain = true;
	model_ask(&m, &arena, &set.readings[4], &plain);
	convolution_is_plain = false;
	ok(v.n == plain.n && v.inside == plain.inside && v.likeness == plain.likeness &&
	       memcmp(v.probabilities, plain.probabilities, v.n * sizeof(float)) == 0,
	   "and the same in plain C");
	copy[len - 1]++;
	ok(model_open(view_make(copy, len), &m) < 0, "a changed image is not opened");
	free(copy);
	ok(tier_find("accurate") == TIER_ACCURATE && tier_find("best") < 0, "tiers have names");
}

/* 前注 for 签注: once it is put right nothing is left of what was typed, as in what was learnt. */
static void hearing(void)
{
	struct train_set set = make_set(30, 3);
	struct words words = make_words();
	struct model_options o = {.outside = TIER_LABELS, .tier = TIER_ACCURATE, .words = &words};
	struct lens lens = {NULL, NULL, NULL};
	struct verdict of_wrong, of_right;
	struct reading wrong, right;
	struct model m;
	size_t len;
	char *copy = train(&set, &o, &m, &len);

	reading_make(&lens, &arena, VIEW("前注多少钱"), &wrong);
	reading_make(&lens, &arena, VIEW("签注多少钱"), &right);
	model_ask(&m, &arena, &wrong, &of_wrong);
	model_ask(&m, &arena, &right, &of_right);
	ok(of_wrong.n == of_right.n && of_wrong.likeness == of_right.likeness &&
	       of_wrong.evidence.n_known == of_right.evidence.n_known &&
	       of_wrong.evidence.known == of_right.evidence.known,
	   "what it hears it understands as if it had been typed");
	free(copy);
}

static void choosing(void)
{
	struct model_head some[] = {
	    {.tier = TIER_LINEAR, .n_trials = 400, .n_trials_right = 390},
	    {.tier = TIER_FAST, .n_trials = 400, .n_trials_right = 389},
	    {.tier = TIER_ACCURATE, .n_trials = 400, .n_trials_right = 390},
	    {.tier = TIER_FAST},
	    {.tier = TIER_LINEAR},
	};
	struct model m[5];

	for (size_t i = 0; i < 5; i++)
		m[i].head = &some[i];
	ok(model_beats(&m[0], &m[1]) && !model_beats(&m[1], &m[0]),
	   "a better tier that knows fewer trials is not asked");
	ok(model_beats(&m[2], &m[0]) && !model_beats(&m[0], &m[2]),
	   "of two that know as many the better tier is");
	ok(model_beats(&m[3], &m[4]) && !model_beats(&m[4], &m[3]), "so it is without trials");
	ok(model_beats(&m[2], &m[4]), "other content's trials are not compared");
}

int main(void)
{
	arena_init(&arena, 1 << 20);
	small_sets();
	whole_model();
	hearing();
	choosing();
	arena_done(&arena);
	return done();
}
