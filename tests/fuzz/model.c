/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model.c - any bytes are a sound model or are refused; what is sound can be asked anything.
 *
 * The first byte chooses the part that is tried: a whole model, whose checksum and version are put
 * right first, or a linear tier. The second says how many of the bytes behind are a question.
 */
#include <stdlib.h>

#include "nlu/linear.h"
#include "nlu/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
	if (!good)
		abort();
}

static void ask_model(struct view image, struct arena *a, const struct reading *r)
{
	struct model_head *h = (struct model_head *)(void *)image.ptr;
	struct view pieces[4];
	struct model m;
	struct verdict v;

	if (image.len >= MODEL_HEAD_SIZE) {
		h->version = MODEL_VERSION;
		h->checksum = model_checksum(image.ptr, image.len);
	}
	if (model_open(image, &m) < 0)
		return;
	model_ask(&m, a, r, &v);
	check(v.n > 0 && v.n <= NLU_RANKING && v.labels[0] < m.head->n_labels);
	check(model_explain(&m, a, r, 0, pieces, 4) <= 4);
}

static void ask_linear(struct view image, struct arena *a, const struct reading *r)
{
	float margins[TIER_LABELS];
	struct evidence evidence;

	if (!tier_linear.is_sound(image))
		return;
	tier_linear.score(image, a, r, margins, &evidence);
	check(evidence.known >= 0 && evidence.known <= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lens lens = {.gazetteer = NULL};
	struct reading r;
	struct arena a;
	size_t n_asked;
	char *copy;

	if (size < 2)
		return 0;
	n_asked = data[1] < size - 2 ? data[1] : size - 2;
	copy = aligned_alloc(64, (size + 63) / 64 * 64);
	check(copy != NULL);
	memcpy(copy, data + 2 + n_asked, size - 2 - n_asked);
	arena_init(&a, 0);
	if (reading_make(&lens, &a, view_make((const char *)data + 2, n_asked), &r) == 0) {
		struct view image = view_make(copy, size - 2 - n_asked);

		if (data[0] % 2)
			ask_linear(image, &a, &r);
		else
			ask_model(image, &a, &r);
	}
	arena_done(&a);
	free(copy);
	return 0;
}
