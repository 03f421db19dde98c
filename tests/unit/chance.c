/* SPDX-License-Identifier: Apache-2.0 */
/* chance.c - what signs and pairs add up to is how likely each label's texts are. */
#include "nlu/chance.h"

#include <math.h>

#include "nlu/bag.h"
#include "tap.h"

enum { LABELS = 3, TEXTS = 7, SIGNS = 6, ASKED = 6 };

/* Letters stand for signs that are none. */
#define SIGN(letter) ((uint16_t)(0x4e00 + (letter)))

static struct signs texts[TEXTS];
/* The third label has no text. */
static const uint32_t labels[TEXTS] = {0, 0, 0, 1, 1, 1, 1};
static const uint32_t all[TEXTS] = {0, 1, 2, 3, 4, 5, 6};
static const char *const spelt[TEXTS] = {"abc", "abd", "ab", "bac", "bca", "e", "bb"};

static void spell(const char *letters, struct signs *ret)
{
	*ret = (struct signs){.n = 0};
	for (; *letters; letters++)
		ret->items[ret->n++] = SIGN(*letters);
}

static uint32_t sign_at(const struct signs *s, uint32_t i)
{
	return i < s->n ? s->items[i] : BAG_EDGE;
}

/* How often a label's texts have the sign behind the other one, or (0) behind any. */
static double count(uint32_t label, uint32_t before, uint32_t sign)
{
	double n = 0;

	for (size_t t = 0; t < TEXTS; t++)
		for (uint32_t i = 0; labels[t] == label && i <= texts[t].n; i++)
			n += sign_at(&texts[t], i) == sign &&
			     (!before || before == (i ? texts[t].items[i - 1] : BAG_EDGE));
	return n;
}

static const uint32_t every[SIGNS] = {SIGN('a'), SIGN('b'), SIGN('c'),
				      SIGN('d'), SIGN('e'), BAG_EDGE};

/* By the book: from pairs to signs to what all labels have. */
static double reckon(uint32_t label, uint32_t before, uint32_t sign)
{
	double total = 0, variety = 0, everywhere = 0, any, alone, seen = 0, followers = 0;

	for (size_t i = 0; i < SIGNS; i++) {
		double n = count(label, 0, every[i]), behind = count(label, before, every[i]);

		total += n;
		variety += n > 0;
		everywhere += n + count(1 - label, 0, every[i]);
		seen += behind;
		followers += behind > 0;
	}
	any = (count(0, 0, sign) + count(1, 0, sign) + 0.5) / (everywhere + 0.5 * (SIGNS + 1000));
	alone = (fmax(count(label, 0, sign) - 0.7, 0) + 0.7 * variety * any) / total;
	if (seen == 0)
		return alone;
	return (fmax(count(label, before, sign) - 0.7, 0) + 0.7 * followers * alone) / seen;
}

/* What the parts of a text between its edges add up to. */
static double add_up(const struct chance *c, const char *letters, uint32_t label)
{
	float own[LABELS];
	struct chance_pair pair;
	struct signs s;
	double sum = 0;

	spell(letters, &s);
	for (uint32_t i = 0; i < s.n; i++) {
		chance_of_one(c, s.items[i], own);
		sum += (double)own[label];
	}
	for (size_t at = 0; chance_next(c, &at, &pair);)
		for (uint32_t i = 1; i < s.n; i++)
			if (pair.label == label &&
			    pair.key == bag_key(BAG_PAIR, s.items[i - 1], s.items[i]))
				sum += (double)pair.more;
	return sum;
}

/* The same by the book; the first sign stands alone, and what the last leaves is left. */
static double reckon_all(const char *letters, uint32_t label)
{
	struct signs s;
	double sum;

	spell(letters, &s);
	sum = log(reckon(label, SIGN('x'), s.items[0]));
	for (uint32_t i = 1; i < s.n; i++)
		sum += log(reckon(label, s.items[i - 1], s.items[i]));
	/* No text has the edge of a text in its middle: only what is left behind the last. */
	return sum + log(reckon(label, s.items[s.n - 1], SIGN('x')) /
			 reckon(label, SIGN('x'), SIGN('x')));
}

static void letters_and_sounds(void)
{
	static const struct signs two[] = {{.n = 3, .items = {0x662f, 'o', 'k'}},
					   {.n = 1, .items = {0x4e0d}}};
	static const uint32_t which[] = {0, 1};
	struct convolution_task task = {.texts = two, .labels = which, .n_labels = 2};
	struct chance *c = chance_learn(&task, which, 2, true);
	struct chance_pair pair;
	size_t n_letters = 0;
	float own[2];

	chance_of_one(c, bag_sound(0x4e8b), own);
	ok(own[0] > own[1], "事 says of sounds what 是 said");
	chance_of_one(c, 'o', own);
	for (size_t at = 0; chance_next(c, &at, &pair);)
		n_letters += bag_first_of(pair.key) < 128 || bag_second_of(pair.key) < 128;
	ok(own[0] == 0 && own[1] == 0 && n_letters == 0, "letters say nothing");
	chance_free(c);
}

int main(void)
{
	static const char *const asked[ASKED] = {"abc", "bca", "aab", "cd", "edcba", "bb"};
	struct convolution_task task = {.texts = texts, .labels = labels, .n_labels = LABELS};
	struct chance_pair pair;
	struct chance *c;
	float own[LABELS];
	size_t n = 0, n_more = 0, n_right = 0;

	for (size_t t = 0; t < TEXTS; t++)
		spell(spelt[t], &texts[t]);
	c = chance_learn(&task, all, TEXTS, false);
	for (size_t at = 0; chance_next(c, &at, &pair); n++)
		n_more += pair.more > 0 && pair.label < 2;
	ok(n > 0 && n_more == n, "each pair that a label has speaks for it (%zu)", n);
	for (size_t i = 0; i < ASKED; i++) {
		double added = add_up(c, asked[i], 0) - add_up(c, asked[i], 1);

		n_right += fabs(added - reckon_all(asked[i], 0) + reckon_all(asked[i], 1)) < 1e-4;
	}
	is_int((int)n_right, ASKED, "signs and pairs add up to what a label's texts are");
	chance_of_one(c, SIGN('d'), own);
	ok(own[0] > own[1], "a sign speaks for the label that has it");
	ok(own[2] == 0, "and says nothing of a label without texts");
	ok(fabsf(own[0] + own[1]) < 1e-6f, "nor does it speak for all");
	chance_free(c);
	letters_and_sounds();
	return done();
}
