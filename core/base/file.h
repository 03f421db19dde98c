/* SPDX-License-Identifier: Apache-2.0 */
/* file.h - whole files in and out, and lists of folders. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/view.h"

/*
 * The whole file, NUL-terminated, in the arena. -EFBIG if longer than `max`, -ENOTSUP if it is no
 * regular file (it never waits), else -errno.
 */
int file_read(struct arena *a, const char *path, size_t max, struct view *ret);
/* The same from an open descriptor of any kind, from where it stands; a pipe may make it wait. */
int file_read_fd(struct arena *a, int fd, size_t max, struct view *ret);
/* Replace `path` in one step (temporary file, fsync, rename); mode as in chmod. */
int file_write(const char *path, struct view content, unsigned mode);
/*
 * Make a folder, and those above it that are missing (0755). 0 too if it is there already, -ENOTDIR
 * if something else is, else -errno.
 */
int file_make_folder(const char *path, unsigned mode);
/* Write all of it, going on after EINTR and short writes. */
int file_write_fd(int fd, struct view content);

/*
 * The names in a folder that end in `suffix` (NULL: all), sorted by bytes, without "." and "..",
 * editors' leavings (".*", "*~", "#*") skipped. Names and the array live in the arena.
 */
int file_list(struct arena *a, const char *dir, const char *suffix, const char *const **ret_names,
	      size_t *ret_n);

/* "dir/name" in the arena; name alone if it is absolute. */
const char *file_join(struct arena *a, const char *dir, const char *name);

#endif
