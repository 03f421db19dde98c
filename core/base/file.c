/* SPDX-License-Identifier: Apache-2.0 */
/* file.c - whole files in and out, and lists of folders. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"

int file_read_fd(struct arena *a, int fd, size_t max, struct view *ret)
{
	struct stat st;
	size_t cap, len = 0;
	char *text;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (S_ISDIR(st.st_mode))
		return -EISDIR;
	if (st.st_size > 0 && (size_t)st.st_size > max)
		return -EFBIG;
	/* A pipe or a growing file has no trustworthy size: allow up to the cap. */
	cap = S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size : max;
	text = arena_alloc(a, cap + 1);
	while (len < cap) {
		ssize_t n = read(fd, text + len, cap - len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		len += (size_t)n;
	}
	text[len] = '\0';
	*ret = view_make(text, len);
	return 0;
}

int file_read(struct arena *a, const char *path, size_t max, struct view *ret)
{
	/* A FIFO would make us wait for somebody to write into it. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;
	int r;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0)
		r = -errno;
	else if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		r = -ENOTSUP;
	else
		r = file_read_fd(a, fd, max, ret);
	close(fd);
	return r;
}

int file_write_fd(int fd, struct view content)
{
	while (content.len > 0) {
		ssize_t n = write(fd, content.ptr, content.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		content = view_sub(content, (size_t)n, content.len);
	}
	return 0;
}

int file_write(const char *path, struct view content, unsigned mode)
{
	char *temporary = NULL;
	int fd = -1, r = 0;

	if (asprintf(&temporary, "%s.XXXXXX", path) < 0)
		return -ENOMEM;
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0) {
		r = -errno;
		free(temporary);
		return r;
	}
	r = file_write_fd(fd, content);
	if (r == 0 && (fchmod(fd, mode) < 0 || fsync(fd) < 0))
		r = -errno;
	if (close(fd) < 0 && r == 0)
		r = -errno;
	if (r == 0 && rename(temporary, path) < 0)
		r = -errno;
	if (r < 0)
		unlink(temporary);
	free(temporary);
	return r;
}

int file_make_folder(const char *path, unsigned mode)
{
	struct stat st;
	char *above;
	char *slash;
	int r = 0;

	if (mkdir(path, mode) == 0)
		return 0;
	if (errno == EEXIST)
		return stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? 0 : -ENOTDIR;
	if (errno != ENOENT)
		return -errno;
	above = strdup(path);
	if (!above)
		return -ENOMEM;
	slash = strrchr(above, '/');
	if (slash && slash > above) {
		*slash = '\0';
		r = file_make_folder(above, 0755);
	} else {
		r = -ENOENT;
	}
	free(above);
	if (r == 0 && mkdir(path, mode) < 0 && errno != EEXIST)
		r = -errno;
	return r;
}

static bool is_wanted(const char *name, const char *suffix)
{
	struct view v = view_of(name);

	if (v.len == 0 || name[0] == '.' || name[0] == '#' || name[v.len - 1] == '~')
		return false;
	return !suffix || view_ends(v, view_of(suffix));
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int file_list(struct arena *a, const char *dir, const char *suffix, const char *const **ret_names,
	      size_t *ret_n)
{
	VEC(const char *) names = VEC_INIT;
	const char **copy;
	struct dirent *entry;
	DIR *d = opendir(dir);

	if (!d)
		return -errno;
	while ((entry = readdir(d)))
		if (is_wanted(entry->d_name, suffix))
			*vec_push(&names) = arena_strdup(a, entry->d_name);
	closedir(d);
	copy = ARENA_ARRAY(a, names.n + 1, const char *);
	if (names.n) {
		memcpy(copy, names.items, names.n * sizeof(*copy));
		qsort(copy, names.n, sizeof(*copy), by_bytes);
	}
	*ret_names = copy;
	*ret_n = names.n;
	vec_done(&names);
	return 0;
}

const char *file_join(struct arena *a, const char *dir, const char *name)
{
	if (name[0] == '/' || !dir || !dir[0])
		return arena_strdup(a, name);
	return arena_printf(a, "%s/%s", dir, name).ptr;
}
