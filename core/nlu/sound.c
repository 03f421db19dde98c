/* SPDX-License-Identifier: Apache-2.0 */
/* sound.c - making the syllables of sound.h. */
#include "nlu/sound.h"

#include "text/pinyin.h"

#define RUN_SYLLABLES 24

/* "ok", "he", "me" are cut too; the features of both views tell them from Chinese. */
static size_t put_letters(const struct text *text, uint32_t start, uint32_t end, struct sound *out)
{
	uint16_t cut[RUN_SYLLABLES];
	struct view run =
	    view_sub(text->folded, text->bytes[start], text->bytes[end] - text->bytes[start]);
	size_t n = run.len < 2 ? 0 : pinyin_cut(run, cut, RUN_SYLLABLES);
	uint32_t at = start;

	for (size_t i = 0; i < n; i++) {
		uint32_t len = (uint32_t)strlen(pinyin_spell(cut[i]));

		out[i] = (struct sound){at, at + len, cut[i], pinyin_fuzzy(cut[i]), true};
		at += len;
	}
	if (n == 0)
		out[n++] = (struct sound){start, end, 0, 0, true};
	out[n - 1].end = end;
	return n;
}

void sounds_make(struct arena *a, const struct text *text, struct sounds *ret)
{
	struct sound *out = ARENA_ARRAY(a, text->n_chars + 1, struct sound);
	uint32_t n_chars = (uint32_t)text->n_chars;
	uint16_t *syllables = ARENA_ARRAY(a, text->n_chars + 1, uint16_t);
	size_t n = 0;

	pinyin_text(text->chars, text->n_chars, syllables);
	for (uint32_t i = 0; i < n_chars;) {
		uint32_t c = text->chars[i];

		if (char_is_letter(c)) {
			uint32_t end = letters_end(text, i);

			n += put_letters(text, i, end, out + n);
			i = end;
			continue;
		}
		if (c != ' ') {
			uint16_t s = syllables[i];

			out[n++] = (struct sound){i, i + 1, s, s ? pinyin_fuzzy(s) : 0, false};
		}
		i++;
	}
	*ret = (struct sounds){out, n};
}
