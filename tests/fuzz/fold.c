/* SPDX-License-Identifier: Apache-2.0 */
/* fold.c - any bytes fold to a sound text or are refused, and its pinyin can be had. */
#include <stdlib.h>

#include "base/utf8.h"
#include "text/fold.h"
#include "text/pinyin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
	if (!good)
		abort();
}

static void check_sound(const struct text *t)
{
	check(utf8_is_valid(t->folded, NULL) && utf8_count(t->folded) == t->n_chars);
	check(t->folded.ptr[t->folded.len] == '\0');
	check(t->origin[t->n_chars] == t->raw.len && t->bytes[t->n_chars] == t->folded.len);
	for (size_t i = 0; i < t->n_chars; i++) {
		check(t->origin[i] <= t->origin[i + 1] && t->origin[i] < t->raw.len);
		check(((unsigned char)t->raw.ptr[t->origin[i]] & 0xc0) != 0x80);
		check(t->bytes[i] < t->bytes[i + 1]);
		check(text_typed(t, i, i + 1).len > 0);
	}
}

static void check_pinyin(struct arena *a, const struct text *t)
{
	uint16_t *syllables = ARENA_ARRAY(a, t->n_chars + 1, uint16_t);
	uint16_t out[64];
	size_t n = pinyin_cut(t->folded, out, 64), letters = 0;

	pinyin_text(t->chars, t->n_chars, syllables);
	for (size_t i = 0; i < t->n_chars; i++)
		check(syllables[i] == 0 ||
		      pinyin_find(view_of(pinyin_spell(syllables[i]))) == syllables[i]);
	for (size_t i = 0; i < n; i++)
		letters += strlen(pinyin_spell(out[i]));
	check(letters <= t->folded.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view raw = view_make((const char *)data, size);
	struct text t, part;
	struct arena a;
	int r;

	arena_init(&a, 0);
	r = text_fold(&a, raw, &t);
	check((r == 0) == utf8_is_valid(raw, NULL));
	if (r == 0) {
		check_sound(&t);
		check_pinyin(&a, &t);
		text_sub(&a, &t, t.n_chars / 3, t.n_chars - t.n_chars / 3, &part);
		check(part.bytes[part.n_chars] == part.folded.len);
	}
	arena_done(&a);
	return 0;
}
