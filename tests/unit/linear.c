/* SPDX-License-Identifier: Apache-2.0 */
/* linear.c - one label against the rest: what is learnt, and that it is always the same. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hands.h"
#include "nlu/linear.h"
#include "nlu/linear-fit.h"
#include "nlu/random.h"
#include "tap.h"

enum { LABELS = 40, ROWS = 600, COLUMNS = 300, NODES = 8 };

static struct arena arena;

/* A label's rows have some of its own columns, and some of anybody's. */
static struct fit_data make_data(void)
{
	struct fit_node *nodes = ARENA_ARRAY(&arena, ROWS * NODES, struct fit_node);
	uint32_t *at = ARENA_ARRAY(&arena, ROWS + 1, uint32_t);
	uint32_t *labels = ARENA_ARRAY(&arena, ROWS, uint32_t);
	struct random r = {5};

	for (uint32_t i = 0; i < ROWS; i++) {
		labels[i] = i % LABELS;
		for (uint32_t k = 0; k < NODES; k++) {
			uint32_t column = k == 0  ? COLUMNS - 1
					  : k < 4 ? labels[i] * 5 + random_below(&r, 5)
						  : 200 + random_below(&r, 99);

			nodes[i * NODES + k] = (struct fit_node){column, 0.3f + random_share(&r)};
		}
		at[i + 1] = (i + 1) * NODES;
	}
	return (struct fit_data){.nodes = nodes,
				 .at = at,
				 .labels = labels,
				 .n_rows = ROWS,
				 .n_columns = COLUMNS,
				 .n_labels = LABELS};
}

static float *fitted(const struct fit_data *data, unsigned n_threads)
{
	struct fit_options o = {.cost = 1, .tolerance = 0.1f, .rounds = 20, .n_threads = n_threads};
	float *w = aligned_alloc(64, linear_fit_size(COLUMNS, LABELS) * sizeof(float));

	linear_fit(data, &o, w);
	return w;
}

static size_t count_right(const struct fit_data *d, const float *w)
{
	size_t n_right = 0;

	for (size_t i = 0; i < d->n_rows; i++) {
		float best = -1e9f, own = 0;

		for (size_t k = 0; k < LABELS; k++) {
			float sum = 0;

			for (uint32_t j = d->at[i]; j < d->at[i + 1]; j++)
				sum += d->nodes[j].value *
				       w[linear_fit_at(COLUMNS, d->nodes[j].column, k)];
			best = sum > best ? sum : best;
			own = k == d->labels[i] ? sum : own;
		}
		n_right += own == best;
	}
	return n_right;
}

static void fitting(void)
{
	struct fit_data data = make_data();
	size_t size = linear_fit_size(COLUMNS, LABELS) * sizeof(float);
	float *w = fitted(&data, 1), *threads = fitted(&data, 4), *plain;

	linear_fit_is_plain = true;
	plain = fitted(&data, 1);
	linear_fit_is_plain = false;
	is_int((long long)size, 3LL * 16 * COLUMNS * 4, "labels are padded to whole vectors");
	ok(count_right(&data, w) >= ROWS * 98 / 100, "what was learnt is known");
	ok(memcmp(w, threads, size) == 0, "threads change no bit");
	ok(memcmp(w, plain, size) == 0, "vectors and plain C learn the same bits");
	free(w);
	free(threads);
	free(plain);
}

/* Every third row is judged; gives how many of those are known, by margins[ROWS][stride]. */
static size_t judged_right(const struct fit_data *data, unsigned n_threads, float *margins)
{
	size_t stride = linear_fit_stride(LABELS), n_right = 0;
	uint8_t parts[ROWS];
	struct fit_judged judged = {.parts = parts,
				    .n_parts = 2,
				    .rounds = 5,
				    .nodes = data->nodes,
				    .at = data->at,
				    .parts_of_judged = parts,
				    .n_rows = ROWS,
				    .margins = margins};
	struct fit_data all = *data;

	for (size_t i = 0; i < ROWS; i++)
		parts[i] = (uint8_t)(i / LABELS % 3);
	all.judged = &judged;
	free(fitted(&all, n_threads));
	for (size_t i = 0; i < ROWS; i++) {
		const float *m = margins + i * stride;
		size_t best = 0;

		for (size_t k = 1; k < LABELS; k++)
			best = m[k] > m[best] ? k : best;
		n_right += parts[i] < 2 && m[best] != 0 && best == data->labels[i];
	}
	return n_right;
}

/* The largest difference from what is learnt from the rows of other parts alone. */
static float farthest(const struct fit_data *data, const float *margins)
{
	uint32_t at[ROWS + 1] = {0}, labels[ROWS];
	struct fit_node *nodes = ARENA_ARRAY(&arena, ROWS * NODES, struct fit_node);
	struct fit_data others = *data;
	float *w, most = 0;

	others.n_rows = 0;
	for (size_t i = 0; i < ROWS; i++)
		if (i / LABELS % 3 != 0) {
			memcpy(nodes + others.n_rows * NODES, data->nodes + i * NODES,
			       NODES * sizeof(*nodes));
			labels[others.n_rows++] = data->labels[i];
			at[others.n_rows] = (uint32_t)others.n_rows * NODES;
		}
	others.nodes = nodes;
	others.at = at;
	others.labels = labels;
	w = fitted(&others, 1);
	for (size_t i = 0; i < ROWS; i++)
		for (size_t k = 0; i / LABELS % 3 == 0 && k < LABELS; k++) {
			float sum = -margins[i * linear_fit_stride(LABELS) + k];

			for (uint32_t j = data->at[i]; j < data->at[i + 1]; j++)
				sum += data->nodes[j].value *
				       w[linear_fit_at(COLUMNS, data->nodes[j].column, k)];
			most = fabsf(sum) > most ? fabsf(sum) : most;
		}
	free(w);
	return most;
}

static void judging(void)
{
	struct fit_data data = make_data();
	size_t size = ROWS * linear_fit_stride(LABELS);
	float *one = ARENA_ARRAY(&arena, size, float), *four = ARENA_ARRAY(&arena, size, float),
	      *plain = ARENA_ARRAY(&arena, size, float);
	size_t n_right = judged_right(&data, 1, one);

	ok(n_right >= ROWS * 2 / 3 * 95 / 100, "what others teach is known of a row (%zu)",
	   n_right);
	judged_right(&data, 4, four);
	ok(memcmp(one, four, size * sizeof(float)) == 0, "threads change no bit of it");
	linear_fit_is_plain = true;
	judged_right(&data, 1, plain);
	linear_fit_is_plain = false;
	ok(memcmp(one, plain, size * sizeof(float)) == 0, "nor do vectors");
	ok(farthest(&data, one) < 0.1f, "it is what the others teach by themselves (%.3f off)",
	   (double)farthest(&data, one));
}

static struct train_set make_set(size_t n)
{
	static const char *const texts[] = {"怎么办居住证", "居住证多少钱", "在哪里签注"};
	struct reading *readings = ARENA_ARRAY(&arena, n, struct reading);
	uint32_t *labels = ARENA_ARRAY(&arena, n, uint32_t);
	struct lens lens = {.gazetteer = NULL};

	for (size_t i = 0; i < n; i++) {
		labels[i] = (uint32_t)(i % 3);
		reading_make(&lens, &arena,
			     arena_printf(&arena, "%s%s", i % 2 ? "请问" : "", texts[i % 3]),
			     &readings[i]);
	}
	/* The fourth label has no example. */
	return (struct train_set){.readings = readings, .labels = labels, .n = n, .n_labels = 4};
}

static void training(void)
{
	struct train_set set = make_set(60);
	struct buf one = BUF_INIT, two = BUF_INIT;
	float margins[4];
	struct evidence evidence;
	char *image;

	is_int(tier_linear.train(&set, NULL, &one), 0, "a tier is trained");
	is_int(tier_linear.train(&set, NULL, &two), 0, "and once more");
	ok(one.len == two.len && memcmp(one.ptr, two.ptr, one.len) == 0, "to the same image");
	image = aligned_alloc(64, (one.len + 63) / 64 * 64);
	memcpy(image, one.ptr, one.len);
	ok(tier_linear.is_sound(view_make(image, one.len)), "which is sound");
	ok(!tier_linear.is_sound(view_make(image, one.len - 16)), "unless it is cut off");
	tier_linear.score(view_make(image, one.len), &arena, &set.readings[1], margins, &evidence);
	ok(margins[1] > 0.5f && margins[0] < 0 && margins[2] < 0, "one label is meant");
	ok(margins[3] < -5, "a label without examples never is");
	ok(evidence.known > 0.99f, "all of the question is known");
	free(image);
	buf_done(&one);
	buf_done(&two);
}

static void judging_examples(void)
{
	enum { N = 60 };
	struct train_set set = make_set(N);
	uint8_t part[N];
	float margins[N * 4] = {0};
	struct evidence evidence[N] = {{0, 0}};
	struct train_parts parts = {part, 1, margins, evidence};
	struct buf alone = BUF_INIT, beside = BUF_INIT;
	size_t n_right = 0, n_known = 0, n_untouched = 0;

	/* The third label's examples are all of the part that is judged. */
	for (size_t i = 0; i < N; i++)
		part[i] = i % 3 != 2 && i % 4 != 0;
	tier_linear.train(&set, NULL, &alone);
	tier_linear.train(&set, &parts, &beside);
	ok(alone.len == beside.len && memcmp(alone.ptr, beside.ptr, alone.len) == 0,
	   "what is learnt is the same with examples judged beside it");
	for (size_t i = 0; i < N; i++) {
		const float *m = margins + i * 4;

		if (part[i] == 1) {
			n_untouched += m[0] == 0 && m[1] == 0 && evidence[i].known == 0;
			continue;
		}
		n_right += i % 3 == 2 ? m[2] < -5 : m[i % 3] > 0.5f;
		n_known += i % 3 == 2 ? evidence[i].known < 0.99f : evidence[i].known > 0.99f;
	}
	is_int((long long)n_right, N - n_untouched,
	       "who learns without a part knows its labels if others have them");
	is_int((long long)n_known, N - n_untouched, "and its features");
	is_int((long long)n_untouched, 30, "nobody else is judged");
	buf_done(&alone);
	buf_done(&beside);
}

/* The image and what is said of the judged, as so many hands learn it. */
static void learn(const struct train_set *set, unsigned n_hands, bool is_plain, struct buf *out)
{
	uint8_t *part = ARENA_ARRAY(&arena, set->n, uint8_t);
	float *margins = ARENA_ARRAY(&arena, set->n * set->n_labels, float);
	struct evidence *evidence = ARENA_ARRAY(&arena, set->n, struct evidence);
	struct train_parts parts = {part, 2, margins, evidence};

	for (size_t i = 0; i < set->n; i++)
		part[i] = (uint8_t)(i / 5 % 3);
	hands_told = n_hands;
	linear_fit_is_plain = is_plain;
	tier_linear.train(set, &parts, out);
	hands_told = 0;
	linear_fit_is_plain = false;
	buf_add(out, (const char *)margins, set->n * set->n_labels * sizeof(*margins));
	buf_add(out, (const char *)evidence, set->n * sizeof(*evidence));
}

static void hands(void)
{
	static const unsigned n_hands[] = {2, 3, HANDS_MAX};
	struct train_set set = make_set(600);
	struct buf one = BUF_INIT;

	learn(&set, 1, false, &one);
	for (size_t k = 0; k < 2 * sizeof(n_hands) / sizeof(n_hands[0]); k++) {
		struct buf many = BUF_INIT;

		learn(&set, n_hands[k / 2], k % 2, &many);
		ok(one.len == many.len && memcmp(one.ptr, many.ptr, one.len) == 0,
		   "%u hands learn the same bits as one%s", n_hands[k / 2],
		   k % 2 ? ", in plain C" : "");
		buf_done(&many);
	}
	buf_done(&one);
}

/* By how much the fee of the second matter is thought of, rather than its time. */
static float fee_rather_than_time(const uint32_t *kin)
{
	static const char *const texts[] = {"居住证多少钱", "居住证要花钱吗", "居住证等几天",
					    "居住证何时好", "密码多少钱",     "密码等几天"};
	static const uint32_t labels[] = {0, 0, 1, 1, 2, 3};
	struct reading readings[6], asked;
	struct train_set set = {.readings = readings,
				.labels = labels,
				.n = 6,
				.n_labels = 4,
				.kin = kin,
				.n_groups = 2};
	struct lens lens = {.gazetteer = NULL};
	struct buf out = BUF_INIT;
	struct evidence evidence;
	float margins[4];
	char *image;

	for (size_t i = 0; i < 6; i++)
		reading_make(&lens, &arena, view_of(texts[i]), &readings[i]);
	reading_make(&lens, &arena, VIEW("密码要花钱吗"), &asked);
	tier_linear.train(&set, NULL, &out);
	image = aligned_alloc(64, (out.len + 63) / 64 * 64);
	memcpy(image, out.ptr, out.len);
	tier_linear.score(view_make(image, out.len), &arena, &asked, margins, &evidence);
	free(image);
	buf_done(&out);
	return margins[2] - margins[3];
}

static void kinship(void)
{
	static const uint32_t kin[] = {0, 1, 0, 1}, strangers[] = {TRAIN_NO_KIN, TRAIN_NO_KIN,
								   TRAIN_NO_KIN, TRAIN_NO_KIN};

	ok(fee_rather_than_time(kin) > fee_rather_than_time(NULL) + 0.1f,
	   "how people ask about one matter is known of another");
	ok(fee_rather_than_time(strangers) == fee_rather_than_time(NULL),
	   "unless labels have nothing in common");
}

int main(void)
{
	arena_init(&arena, 0);
	fitting();
	judging();
	training();
	judging_examples();
	hands();
	kinship();
	arena_done(&arena);
	return done();
}
