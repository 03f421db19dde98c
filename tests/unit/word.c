/* SPDX-License-Identifier: Apache-2.0 */
/* word.c - language models are read, and texts cut into their words. */
#include "nlu/word.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "nlu/lm.h"
#include "tap.h"

static struct arena arena;

static const char *model_path(const char *name)
{
	const char *srcdir = getenv("srcdir");

	return arena_printf(&arena, "%s/tests/fuzz/corpus/language_model/%s", srcdir ? srcdir : ".",
			    name)
	    .ptr;
}

static void put_signs(struct signs *s, const char *text)
{
	struct view rest = view_of(text);
	uint32_t cp;
	int len;

	s->n = 0;
	while ((len = utf8_decode(rest, &cp)) > 0) {
		s->items[s->n++] = (uint16_t)cp;
		rest = view_sub(rest, (size_t)len, rest.len);
	}
}

static void reading(void)
{
	struct view file;
	struct fault why;
	struct lm lm;

	is_int(file_read(&arena, model_path("valid"), 1 << 20, &file), 0, "the sample is there");
	is_int(lm_read(&arena, file, &lm, &why), 0, "a language model is read");
	is_int(lm.n, 13, "all its words are there");
	is_view(lm.words[3], "餐馆", "words are spelt right");
	ok(lm.logs[3] < lm.logs[0], "how common they are is read");
	ok(lm.pairs.at[lm.n] > 0, "so is which stand together");
	is_int(lm_read(&arena, view_sub(file, 0, 300), &lm, &why), -EBADMSG,
	       "half a model is refused");
	ok(why.text[0] != '\0', "and it is said why");
	is_int(lm_read(&arena, view_make("", 0), &lm, &why), -EBADMSG, "so is nothing");
}

static void loading(void)
{
	char dir[] = "/tmp/wenlu-word-XXXXXX";
	struct words words, again;
	const char *const *names;
	struct fault why;
	size_t n;

	ok(mkdtemp(dir) != NULL, "there is a folder");
	is_int(words_load(&arena, NULL, dir, &words, &why), 0, "no file is no fault");
	is_int(words.n, 0, "then there are no words");
	is_int(words_load(&arena, file_join(&arena, dir, "no.lm"), dir, &words, &why), -ENOENT,
	       "a file that is not there is one");
	is_int(words_load(&arena, model_path("wrong-type"), dir, &words, &why), -EBADMSG,
	       "and so is one that is something else");
	is_int(words_load(&arena, model_path("valid-wide"), dir, &words, &why), 0,
	       "vectors are made, however few words there are");
	is_int(words_load(&arena, model_path("valid-wide"), dir, &again, &why), 0,
	       "and are taken from the cache");
	ok(words.n == again.n &&
	       memcmp(words.vectors, again.vectors, words.n * WORD_DIM * sizeof(float)) == 0,
	   "which gives the same");
	file_list(&arena, dir, ".wnw", &names, &n);
	is_int((long long)n, 1, "one file is kept");
	if (n)
		unlink(file_join(&arena, dir, names[0]));
	rmdir(dir);
}

static void cutting(void)
{
	struct view spelt[] = {VIEW("北京"), VIEW("北京市"), VIEW("市"),
			       VIEW("医院"), VIEW("在"),     VIEW("市医院")};
	float logs[] = {-5, -7, -6, -6, -3, -12};
	struct word_list list = {6, spelt, logs, NULL};
	struct word_index index;
	struct signs s = {.n = 0};

	word_index_make(&arena, &list, &index);
	put_signs(&s, "在北京市医院");
	words_cut(&index, &s);
	is_int(s.words[0], 5, "a word of one sign is known");
	is_int(s.words[1], 2, "the likeliest way to cut is taken");
	is_int(s.words[4], 4, "to the end");
	ok(s.parts[1] == WORD_FIRST && s.parts[2] == WORD_MIDDLE && s.parts[3] == WORD_LAST,
	   "parts of a word are told apart");
	put_signs(&s, "北龘wifi 5g");
	words_cut(&index, &s);
	ok(s.words[0] == 0 && s.words[1] == 0, "what is no word is none");
	ok(s.parts[2] == WORD_FIRST && s.parts[5] == WORD_LAST, "letters are one word");
	put_signs(&s, "");
	words_cut(&index, &s);
	is_int(s.n, 0, "nothing is cut into nothing");
}

int main(void)
{
	arena_init(&arena, 0);
	reading();
	loading();
	cutting();
	arena_done(&arena);
	return done();
}
