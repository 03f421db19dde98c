/* SPDX-License-Identifier: Apache-2.0 */
/* cache.c - see cache.h. */
#include "nlu/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static int make_path(char *path, size_t cap, const char *dir, uint64_t key)
{
	int n = snprintf(path, cap, "%s/model-%016" PRIx64 ".wnl", dir, key);

	return n < 0 || (size_t)n >= cap ? -ENAMETOOLONG : 0;
}

int cache_map(const char *dir, uint64_t key, struct view *ret_image)
{
	char path[PATH_MAX];
	struct stat st;
	void *p;
	int r = make_path(path, sizeof(path), dir, key), fd;

	if (r < 0)
		return r;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0) {
		r = -errno;
		close(fd);
		return r;
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

int cache_keep(const char *dir, uint64_t key, struct view image)
{
	char path[PATH_MAX];
	int r = make_path(path, sizeof(path), dir, key);

	return r < 0 ? r : file_write(path, image, 0644);
}
