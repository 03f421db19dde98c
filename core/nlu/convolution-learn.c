/* SPDX-License-Identifier: Apache-2.0 */
/*
 * convolution-learn.c - what there is to learn from, and learning several members side by side.
 *
 * Each member is learnt by one thread from its own seed, so how many threads there are changes
 * nothing but the time.
 */
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/hands.h"
#include "nlu/hear.h"
#include "nlu/net.h"
#include "text/pinyin.h"

#define SIGN_SEEN 2 /* a sign that fewer texts have shares a row with its syllable */
#define ALIKE_COST                                                                    \
	14336 /* signs that cost more as words are too rare to be mistyped for others \
	       */

const struct convolution_recipe convolution_fast = {
    .version = 10,
    .members = 1,
    .filters = 32,
    .dim = 64,
    .word_dim = WORD_DIM / 2,
    .epochs = 8,
    .batch = 64,
    .rate = 3e-3f,
    .smooth = 0.1f,
    .drop = 0.5f,
    .drop_sign = 0.3f,
    .drop_word = 0.3f,
    .strange = 0.1f,
    .unknown = 0.1f,
    .misheard = 0.5f,
    .typed = 0.05f,
    .share = 4,
    .chance = 0.05f,
    .parts = 1,
    .part_members = 1,
    .max_bytes = 4200000,
};

const struct convolution_recipe convolution_accurate = {
    .version = 10,
    .members = 4,
    .filters = 128,
    .dim = 128,
    .word_dim = WORD_DIM,
    .has_own = true,
    .hears = true,
    .epochs = 15,
    .batch = 64,
    .rate = 2e-3f,
    .smooth = 0.1f,
    .drop = 0.5f,
    .drop_sign = 0.3f,
    .drop_word = 0.3f,
    .strange = 0.1f,
    .unknown = 0.1f,
    .misheard = 0.6f,
    .typed = 0.05f,
    .share = 1.25f,
    .chance = 0.1f,
    .parts = 3,
    .part_members = 1,
    .max_bytes = 16500000,
};

static void number_rows(struct arena *a, struct convolution_task *t)
{
	uint32_t *seen = ARENA_ARRAY(a, SIGN_COUNT, uint32_t);

	t->rows = ARENA_ARRAY(a, SIGN_COUNT, uint16_t);
	for (size_t i = 0; i < t->n; i++)
		for (uint32_t k = 0; k < t->texts[i].n; k++)
			seen[t->texts[i].items[k]]++;
	t->n_rows = NET_ROW_FIRST;
	for (uint32_t sign = 0; sign < SIGN_COUNT; sign++) {
		bool is_syllable = sign >= SIGN_SYLLABLE && sign <= SIGN_SYLLABLE + PINYIN_MAX;

		if (seen[sign] >= SIGN_SEEN && !is_syllable)
			t->rows[sign] = (uint16_t)t->n_rows++;
	}
}

static bool is_common(const struct convolution_task *t, uint32_t sign)
{
	const struct word_sign *s = &t->index.signs[sign];

	return t->words->n ? s->id && s->cost < ALIKE_COST : t->rows[sign] != 0;
}

static void find_alike(struct arena *a, struct convolution_task *t)
{
	uint32_t n = 0;

	t->alike = ARENA_ARRAY(a, SIGN_COUNT, uint16_t);
	for (uint16_t s = 1; s <= PINYIN_MAX; s++)
		if (pinyin_spell(s)[0])
			t->n_syllables = s + 1u;
	for (uint32_t s = 1; s <= PINYIN_MAX; s++)
		t->alike_at[s + 1] = 0;
	for (uint32_t sign = 0x4e00; sign < 0xa000; sign++)
		if (is_common(t, sign) && pinyin_of(sign))
			t->alike_at[pinyin_of(sign) + 1]++;
	for (uint32_t s = 1; s <= PINYIN_MAX + 1; s++)
		t->alike_at[s] += t->alike_at[s - 1];
	/* Stable: by syllable, then by code point. */
	for (uint32_t s = 1; s < t->n_syllables; s++) {
		if (t->alike_at[s] == t->alike_at[s + 1])
			continue;
		for (uint32_t sign = 0x4e00; sign < 0xa000; sign++)
			if (pinyin_of(sign) == s && is_common(t, sign))
				t->alike[n++] = (uint16_t)sign;
	}
}

/* What the texts themselves say is what may be heard; then they are listened to. */
static void hear_texts(struct arena *a, struct convolution_task *t, struct signs *texts)
{
	hear_make(a, texts, t->n, t->words, &t->index);
	for (size_t i = 0; i < t->n; i++)
		words_cut(&t->index, &texts[i]);
}

void convolution_task_make(struct arena *a, const struct train_set *set,
			   const struct convolution_recipe *recipe, const struct words *words,
			   struct convolution_task *ret)
{
	struct signs *texts = ARENA_ARRAY(a, set->n + 1, struct signs);
	struct arena scratch;

	arena_init(&scratch, 1 << 16);
	*ret = (struct convolution_task){.recipe = recipe,
					 .words = words,
					 .index = words->index,
					 .texts = texts,
					 .labels = set->labels,
					 .n = set->n,
					 .n_labels = set->n_labels,
					 .n_threads = hands_count()};
	for (size_t i = 0; i < set->n; i++) {
		arena_reset(&scratch);
		signs_make(&scratch, &set->readings[i], &texts[i]);
		words_cut(&ret->index, &texts[i]);
	}
	arena_done(&scratch);
	if (recipe->hears && words->n)
		hear_texts(a, ret, texts);
	number_rows(a, ret);
	find_alike(a, ret);
}

void convolution_mishear(const struct convolution_task *t, struct signs *s, struct random *r)
{
	for (int attempt = 0; attempt < 20 && s->n; attempt++) {
		uint32_t i = random_below(r, s->n), first, n;
		uint16_t syllable = s->items[i] >= 0x3400 ? sign_syllable(s->items[i]) : 0;
		uint16_t other;

		if (!syllable || s->items[i] >= SIGN_PLACE)
			continue;
		first = t->alike_at[syllable];
		n = t->alike_at[syllable + 1] - first;
		if (n < 2)
			continue;
		other = t->alike[first + random_below(r, n)];
		if (other == s->items[i])
			continue;
		s->items[i] = other;
		words_cut(&t->index, s);
		return;
	}
}

struct crew {
	const struct convolution_task *task;
	struct convolution_job *jobs;
	size_t n_jobs, next, n_working;
	double *done; /* of each job */
	pthread_mutex_t lock;
	pthread_cond_t changed;
};

struct worker {
	struct crew *crew;
	size_t job;
};

static void on_step(void *data, double done)
{
	struct worker *w = data;

	pthread_mutex_lock(&w->crew->lock);
	w->crew->done[w->job] = done;
	pthread_mutex_unlock(&w->crew->lock);
}

static void *work(void *data)
{
	struct crew *crew = data;
	struct worker w = {crew, 0};

	pthread_mutex_lock(&crew->lock);
	while (crew->next < crew->n_jobs) {
		struct net *net;

		w.job = crew->next++;
		pthread_mutex_unlock(&crew->lock);
		net = net_learn(crew->task, &crew->jobs[w.job], on_step, &w);
		pthread_mutex_lock(&crew->lock);
		crew->jobs[w.job].net = net;
		crew->done[w.job] = 1;
	}
	crew->n_working--;
	pthread_cond_signal(&crew->changed);
	pthread_mutex_unlock(&crew->lock);
	return NULL;
}

/* What is done of everything, by the texts that each job has to learn. */
static double share_done(const struct crew *crew)
{
	double done = 0, all = 0;

	for (size_t i = 0; i < crew->n_jobs; i++) {
		done += crew->done[i] * (double)crew->jobs[i].n_chosen;
		all += (double)crew->jobs[i].n_chosen;
	}
	return all > 0 ? done / all : 1;
}

static void wait_for(struct crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	while (crew->n_working > 0) {
		struct timespec until;
		double done = share_done(crew);

		if (crew->task->progress) {
			pthread_mutex_unlock(&crew->lock);
			crew->task->progress(crew->task->data, done);
			pthread_mutex_lock(&crew->lock);
			if (crew->n_working == 0)
				break;
		}
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += 100000000;
		if (until.tv_nsec >= 1000000000) {
			until.tv_nsec -= 1000000000;
			until.tv_sec++;
		}
		pthread_cond_timedwait(&crew->changed, &crew->lock, &until);
	}
	pthread_mutex_unlock(&crew->lock);
}

void convolution_learn(const struct convolution_task *task, struct convolution_job *jobs,
		       size_t n_jobs)
{
	struct crew crew = {.task = task,
			    .jobs = jobs,
			    .n_jobs = n_jobs,
			    .lock = PTHREAD_MUTEX_INITIALIZER,
			    .changed = PTHREAD_COND_INITIALIZER};
	pthread_t threads[HANDS_MAX];
	size_t n = 0;

	crew.done = calloc(n_jobs + 1, sizeof(*crew.done));
	if (!crew.done)
		die_oom(n_jobs);
	pthread_mutex_lock(&crew.lock);
	for (size_t i = 0; i < task->n_threads && i < HANDS_MAX; i++)
		if (pthread_create(&threads[n], NULL, work, &crew) == 0)
			n++;
	crew.n_working = n;
	pthread_mutex_unlock(&crew.lock);
	if (n == 0) {
		crew.n_working = 1;
		work(&crew);
	}
	if (task->beside)
		task->beside(task->data);
	wait_for(&crew);
	for (size_t i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	free(crew.done);
}
