/* SPDX-License-Identifier: Apache-2.0 */
/* cache.c - models are kept by kind and content, and only the quick ones are given up. */
#include "nlu/cache.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "tap.h"

static bool is_kept(const char *dir, const char *kind, uint64_t key, struct view what)
{
	struct view image;
	bool is_same;

	if (cache_map(dir, kind, key, &image) < 0)
		return false;
	is_same = view_eq(image, what);
	cache_unmap(image);
	return is_same;
}

static void make_older(struct arena *a, const char *dir, const char *name, long seconds)
{
	struct timespec times[2] = {{1000000000 - seconds, 0}, {1000000000 - seconds, 0}};

	utimensat(AT_FDCWD, file_join(a, dir, name), times, 0);
}

int main(void)
{
	char dir[] = "/tmp/wenlu-cache-XXXXXX";
	const char *const *names;
	struct arena a;
	size_t n;

	arena_init(&a, 0);
	ok(mkdtemp(dir) != NULL, "there is a folder");
	ok(cache_keep(dir, CACHE_QUICK, 1, VIEW("one")) == 0 &&
	       cache_keep(dir, CACHE_QUICK, 2, VIEW("two")) == 0 &&
	       cache_keep(dir, "accurate", 1, VIEW("slow")) == 0,
	   "models are kept");
	ok(is_kept(dir, CACHE_QUICK, 1, VIEW("one")) && is_kept(dir, "accurate", 1, VIEW("slow")),
	   "kinds do not get in each other's way");
	ok(!is_kept(dir, "fast", 1, VIEW("slow")), "what was not kept is not found");
	make_older(&a, dir, "accurate-0000000000000001.wnl", 300);
	make_older(&a, dir, "model-0000000000000001.wnl", 200);
	make_older(&a, dir, "model-0000000000000002.wnl", 100);
	cache_trim(dir, 1);
	ok(!is_kept(dir, CACHE_QUICK, 1, VIEW("one")), "the oldest quick one is given up");
	ok(is_kept(dir, CACHE_QUICK, 2, VIEW("two")), "the newest is not");
	ok(is_kept(dir, "accurate", 1, VIEW("slow")), "and what took minutes never is");
	chmod(file_join(&a, dir, "model-0000000000000002.wnl"), 0666);
	ok(!is_kept(dir, CACHE_QUICK, 2, VIEW("two")), "what others could write is not used");
	if (file_list(&a, dir, ".wnl", &names, &n) == 0)
		for (size_t i = 0; i < n; i++)
			unlink(file_join(&a, dir, names[i]));
	rmdir(dir);
	arena_done(&a);
	return done();
}
