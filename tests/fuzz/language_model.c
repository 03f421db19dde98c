/* SPDX-License-Identifier: Apache-2.0 */
/* language_model.c - any bytes are a sound language model or are refused. */
#include <stdlib.h>

#include "nlu/lm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
	if (!good)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fault why = {.text = ""};
	struct arena a;
	struct lm lm;
	char *copy = malloc(size + 1);

	check(copy != NULL);
	memcpy(copy, data, size);
	arena_init(&a, 0);
	if (lm_read(&a, view_make(copy, size), &lm, &why) == 0) {
		check(lm.pairs.n == lm.n && lm.pairs.at[0] == 0);
		for (uint32_t i = 0; i < lm.n; i++) {
			check(lm.words[i].ptr >= copy &&
			      lm.words[i].ptr + lm.words[i].len <= copy + size);
			check(lm.logs[i] <= 0 && lm.pairs.at[i] <= lm.pairs.at[i + 1]);
		}
		for (uint32_t k = 0; k < lm.pairs.at[lm.n]; k++)
			check(lm.pairs.columns[k] < lm.n && lm.pairs.values[k] > 0);
	} else {
		check(why.text[0] != '\0');
	}
	arena_done(&a);
	free(copy);
	return 0;
}
