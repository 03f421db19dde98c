/* SPDX-License-Identifier: Apache-2.0 */
/*
 * replay.c - runs a fuzz target over its corpus, as an ordinary TAP test.
 *
 * Without arguments: every file of $srcdir/tests/fuzz/corpus/NAME, NAME being the program's own.
 * With arguments: these files. Each is also run cut at every one of its first 64 lengths, so that
 * a corpus of whole inputs still meets cut-off ones. With libFuzzer this file is not linked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/unit/tap.h"

#define INPUT_MAX (1 << 20)
#define CUTS      64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of exactly this size, so that a sanitizer sees reads behind the end. */
static void run_exact(struct view input)
{
	uint8_t *copy = malloc(input.len ? input.len : 1);

	if (!copy)
		abort();
	memcpy(copy, input.ptr, input.len);
	LLVMFuzzerTestOneInput(copy, input.len);
	free(copy);
}

static void replay(const char *path)
{
	struct arena a;
	struct view input;
	int r;

	arena_init(&a, 0);
	r = file_read(&a, path, INPUT_MAX, &input);
	if (r == 0) {
		run_exact(input);
		for (size_t len = 0; len < input.len && len < CUTS; len++)
			run_exact(view_sub(input, 0, len));
	}
	ok(r == 0, "%s is survived", strrchr(path, '/') ? strrchr(path, '/') + 1 : path);
	arena_done(&a);
}

int main(int argc, char **argv)
{
	const char *srcdir = getenv("srcdir") ? getenv("srcdir") : ".";
	const char *name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	const char *const *files;
	const char *dir;
	struct arena a;
	size_t n = 0;

	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	if (argc > 1)
		return done();
	arena_init(&a, 0);
	dir = arena_printf(&a, "%s/tests/fuzz/corpus/%s", srcdir, name).ptr;
	if (file_list(&a, dir, NULL, &files, &n) < 0)
		n = 0;
	ok(n > 0, "there is a corpus for %s", name);
	for (size_t i = 0; i < n; i++)
		replay(file_join(&a, dir, files[i]));
	arena_done(&a);
	return done();
}
