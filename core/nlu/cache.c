/* SPDX-License-Identifier: Apache-2.0 */
/* cache.c - see cache.h. */
#include "nlu/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static int make_path(char *path, size_t cap, const char *dir, const char *kind, uint64_t key)
{
	int n = snprintf(path, cap, "%s/%s-%016" PRIx64 ".wnl", dir, kind, key);

	return n < 0 || (size_t)n >= cap ? -ENAMETOOLONG : 0;
}

int cache_map(const char *dir, const char *kind, uint64_t key, struct view *ret_image)
{
	char path[PATH_MAX];
	struct stat st;
	void *p;
	int r = make_path(path, sizeof(path), dir, kind, key), fd;

	if (r < 0)
		return r;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0) {
		r = -errno;
		close(fd);
		return r;
	}
	/* Nobody else may have had a hand in it: another is trained. */
	if (!S_ISREG(st.st_mode) || (st.st_mode & 022) ||
	    (st.st_uid != geteuid() && st.st_uid != 0)) {
		close(fd);
		return -EPERM;
	}
	if (st.st_size == 0) {
		close(fd);
		return -EBADMSG;
	}
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	r = p == MAP_FAILED ? -errno : 0;
	close(fd);
	if (r < 0)
		return r;
	*ret_image = view_make(p, (size_t)st.st_size);
	return 0;
}

void cache_unmap(struct view image)
{
	if (image.ptr)
		munmap((char *)image.ptr, image.len);
}

struct aged {
	const char *path;
	struct timespec time;
};

static int by_age(const void *a, const void *b)
{
	const struct timespec *x = &((const struct aged *)a)->time;
	const struct timespec *y = &((const struct aged *)b)->time;

	if (x->tv_sec != y->tv_sec)
		return x->tv_sec > y->tv_sec ? -1 : 1;
	return x->tv_nsec > y->tv_nsec ? -1 : x->tv_nsec < y->tv_nsec;
}

void cache_trim(const char *dir, size_t most)
{
	const char *const *names;
	struct aged *all;
	struct arena a;
	size_t n, n_all = 0;

	arena_init(&a, 0);
	if (file_list(&a, dir, ".wnl", &names, &n) == 0 && n > most) {
		all = ARENA_ARRAY(&a, n, struct aged);
		for (size_t i = 0; i < n; i++) {
			struct stat st;

			all[n_all].path = file_join(&a, dir, names[i]);
			if (!view_starts(view_of(names[i]), VIEW(CACHE_QUICK "-")) ||
			    stat(all[n_all].path, &st) < 0)
				continue;
			all[n_all++].time = st.st_mtim;
		}
		qsort(all, n_all, sizeof(*all), by_age);
		for (size_t i = most; i < n_all; i++)
			unlink(all[i].path);
	}
	arena_done(&a);
}

int cache_keep(const char *dir, const char *kind, uint64_t key, struct view image)
{
	char path[PATH_MAX];
	int r = make_path(path, sizeof(path), dir, kind, key);

	if (r == 0)
		r = file_make_folder(dir, 0755);
	return r < 0 ? r : file_write(path, image, 0644);
}
