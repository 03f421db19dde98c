/* SPDX-License-Identifier: Apache-2.0 */
/* personal.c - whatever is typed, no 8 digits in a row are left, nor after folding. */
#include <stdlib.h>

#include "base/utf8.h"
#include "text/fold.h"
#include "text/personal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
	if (!good)
		abort();
}

/* Digits in a row, ordinary and full width, invisible characters not counted. */
static void check_rows(struct view text)
{
	size_t row = 0, at = 0;
	uint32_t cp;
	int n;

	while ((n = utf8_decode(view_sub(text, at, UTF8_MAX), &cp)) > 0) {
		bool digit = (cp >= '0' && cp <= '9') || (cp >= 0xff10 && cp <= 0xff19);
		bool invisible = (cp >= 0x200b && cp <= 0x200f) || cp == 0xfeff || cp == 0xfe0f;

		row = digit ? row + 1 : invisible ? row : 0;
		check(row < 8);
		at += (size_t)n;
	}
	check(at == text.len);
}

/* Folded, there is nothing to be found any more: no row, and no groups that make a number. */
static void check_folded(struct arena *a, struct view text)
{
	struct personal_text again;
	struct text t;

	check(text_fold(a, text, &t) == 0);
	check_rows(t.folded);
	personal_lift(a, t.folded, &again);
	check(again.n_found == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view raw = view_make((const char *)data, size);
	struct personal_text p;
	struct arena a;

	if (!utf8_is_valid(raw, NULL))
		return 0;
	arena_init(&a, 0);
	personal_lift(&a, raw, &p);
	check_rows(p.text);
	check_folded(&a, p.text);
	check(p.n_found <= PERSONAL_MAX && (p.n_found > 0) == (p.text.ptr != raw.ptr));
	for (size_t i = 0; i < p.n_found; i++) {
		check(view_find(raw, p.found[i].value) >= 0 && p.found[i].digits.len >= 6);
		personal_citizen_is_valid(p.found[i].digits);
	}
	arena_done(&a);
	return 0;
}
