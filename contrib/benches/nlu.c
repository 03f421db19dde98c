/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nlu.c - nanoseconds a question, stage by stage.
 *
 *	nlu --regions DIR [--tier linear|fast|accurate] [--language-model FILE] TRAIN TEST
 *
 * Learns from TRAIN (label, tab, text), asks TEST ten times over, stage by stage, and prints a line
 * a stage: the least mean of a round. "regions" is finding places, which the model of a set
 * without places does not need; it is no part of the whole.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "nlu/evaluate.h"
#include "nlu/linear.h"
#include "nlu/model.h"

#define ROUNDS 10

struct bench {
	struct arena arena, scratch;
	struct labelled_set train, test;
	struct view labels[TIER_LABELS];
	size_t n_labels;
	struct gazetteer *gazetteer;
	struct reading *readings; /* of the test */
	struct signs *signs;
	struct words words;
	enum tier_kind tier;
	struct model model;
	size_t model_bytes, n_right;
	double train_seconds;
};

static void give_up(const char *what)
{
	fprintf(stderr, "nlu: %s\n", what);
	exit(2);
}

static uint32_t number_of(struct bench *b, struct view label)
{
	uint32_t k;

	for (k = 0; k < b->n_labels && !view_eq(b->labels[k], label); k++)
		continue;
	if (k == TIER_LABELS)
		give_up("too many labels");
	if (k == b->n_labels)
		b->labels[b->n_labels++] = label;
	return k;
}

static void read_all(struct bench *b, const struct labelled_set *set, struct reading *out)
{
	struct lens lens = {.gazetteer = NULL};

	for (size_t i = 0; i < set->n; i++)
		if (reading_make(&lens, &b->arena, set->items[i].text, &out[i]) < 0)
			give_up("a text is no UTF-8");
}

static void learn(struct bench *b)
{
	struct reading *readings = ARENA_ARRAY(&b->arena, b->train.n + 1, struct reading);
	uint32_t *labels = ARENA_ARRAY(&b->arena, b->train.n + 1, uint32_t);
	struct model_options o = {.outside = TIER_LABELS, .tier = b->tier, .words = &b->words};
	struct train_set set = {.readings = readings, .labels = labels, .n = b->train.n};
	struct buf image = BUF_INIT;
	int64_t start;
	char *copy;

	read_all(b, &b->train, readings);
	for (size_t i = 0; i < b->train.n; i++)
		labels[i] = number_of(b, b->train.items[i].label);
	set.n_labels = b->n_labels;
	start = clock_ns();
	if (model_train(&set, &o, &image) < 0)
		give_up("there is too little to learn from");
	b->train_seconds = (double)(clock_ns() - start) / 1e9;
	copy = aligned_alloc(64, (image.len + 63) / 64 * 64);
	if (!copy)
		give_up("out of memory");
	memcpy(copy, image.ptr, image.len);
	b->model_bytes = image.len;
	if (model_open(view_make(copy, image.len), &b->model) < 0)
		give_up("the model is not sound");
	buf_done(&image);
}

/* ---- the stages, each for question i ---- */

static void do_fold(struct bench *b, size_t i)
{
	struct text text;

	text_fold(&b->scratch, b->test.items[i].text, &text);
}

static void do_regions(struct bench *b, size_t i)
{
	struct term_hits none = {NULL, 0};
	struct mentions mentions;
	struct sounds sounds;

	sounds_make(&b->scratch, &b->readings[i].text, &sounds);
	gazetteer_read(b->gazetteer, &b->scratch, &b->readings[i].text, &sounds, &none, &mentions);
}

static void do_features(struct bench *b, size_t i)
{
	struct features f;

	if (b->tier == TIER_LINEAR)
		features_make(&linear_head(b->model.linear)->rules, &b->scratch, &b->readings[i],
			      &f);
	else
		convolution_read(b->model.better, &b->scratch, &b->readings[i], &b->signs[i]);
}

static void do_score(struct bench *b, size_t i)
{
	const struct convolution_head *head =
	    (const struct convolution_head *)(const void *)b->model.better.ptr;
	float out[TIER_LABELS];
	struct evidence evidence;

	if (b->tier == TIER_LINEAR) {
		tier_linear.score(b->model.linear, &b->scratch, &b->readings[i], out, &evidence);
		return;
	}
	bag_score(b->model.bag, head, &b->signs[i], out, &evidence);
	convolution_score(b->model.better, &b->signs[i], out);
}

static void do_whole(struct bench *b, size_t i)
{
	struct lens lens = {.gazetteer = NULL};
	struct reading r;
	struct verdict v;

	reading_make(&lens, &b->scratch, b->test.items[i].text, &r);
	model_ask(&b->model, &b->scratch, &r, &v);
	b->n_right +=
	    v.labels[0] < b->n_labels && view_eq(b->labels[v.labels[0]], b->test.items[i].label);
}

static void measure(struct bench *b, const char *name, void (*stage)(struct bench *b, size_t i))
{
	double best = 1e18;

	for (int round = 0; round < ROUNDS; round++) {
		int64_t start = clock_ns();
		double mean;

		b->n_right = 0;
		for (size_t i = 0; i < b->test.n; i++) {
			arena_reset(&b->scratch);
			stage(b, i);
		}
		mean = (double)(clock_ns() - start) / (double)b->test.n;
		best = mean < best ? mean : best;
	}
	printf("%-12s %8.0f ns\n", name, best);
}

static void run(struct bench *b)
{
	b->readings = ARENA_ARRAY(&b->arena, b->test.n + 1, struct reading);
	b->signs = ARENA_ARRAY(&b->arena, b->test.n + 1, struct signs);
	read_all(b, &b->test, b->readings);
	measure(b, "normalise", do_fold);
	measure(b, "regions", do_regions);
	measure(b, "features", do_features);
	/* The linear tier makes its features while it scores. */
	measure(b, b->tier == TIER_LINEAR ? "and score" : "score", do_score);
	measure(b, "whole", do_whole);
	printf("%-12s %8.2f %%\n", "accuracy", 100.0 * (double)b->n_right / (double)b->test.n);
	printf("%-12s %8.2f MB\n", "model", (double)b->model_bytes / 1e6);
	printf("%-12s %8.2f s\n", "trained in", b->train_seconds);
}

static void load(struct bench *b, const char *path, struct labelled_set *set)
{
	struct fault why;

	if (labelled_read(&b->arena, path, set, &why) < 0)
		give_up(why.text);
	if (set->n == 0)
		give_up("a file is empty");
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {{"regions", required_argument, NULL, 'r'},
					      {"tier", required_argument, NULL, 't'},
					      {"language-model", required_argument, NULL, 'l'},
					      {NULL, 0, NULL, 0}};
	const char *regions = NULL, *tier = "fast", *language_model = NULL;
	static struct bench b;
	struct region_table table;
	struct fault why;
	int c;

	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		regions = c == 'r' ? optarg : regions;
		tier = c == 't' ? optarg : tier;
		language_model = c == 'l' ? optarg : language_model;
		if (c == '?')
			return 2;
	}
	if (optind + 2 != argc || !regions || tier_find(tier) < 0)
		give_up("--regions DIR [--tier TIER] [--language-model FILE] TRAIN TEST");
	arena_init(&b.arena, 1 << 20);
	arena_init(&b.scratch, 1 << 16);
	b.tier = (enum tier_kind)tier_find(tier);
	load(&b, argv[optind], &b.train);
	load(&b, argv[optind + 1], &b.test);
	if (region_table_load(&b.arena, regions, &table, &why) < 0 ||
	    words_load(&b.arena, b.tier == TIER_LINEAR ? NULL : language_model, NULL, &b.words,
		       &why) < 0)
		give_up(why.text);
	b.gazetteer = gazetteer_new(&table, NULL, NULL, 0);
	learn(&b);
	run(&b);
	gazetteer_free(b.gazetteer);
	free((char *)b.model.head);
	arena_done(&b.scratch);
	arena_done(&b.arena);
	return 0;
}
