/* SPDX-License-Identifier: Apache-2.0 */
/*
 * files.h - where content is read from: the disk, or a snapshot of it.
 *
 * Loaders take a `const struct files *`; NULL is the disk. A snapshot gives the same bytes as often
 * as it is asked, so that what was checked is what is used.
 */
#ifndef BASE_FILES_H
#define BASE_FILES_H

#include "base/arena.h"

struct files {
	/* As file_read() and file_list(). */
	int (*read)(const struct files *f, struct arena *a, const char *path, size_t max,
		    struct view *ret);
	int (*list)(const struct files *f, struct arena *a, const char *dir, const char *suffix,
		    const char *const **ret_names, size_t *ret_n);
};

int files_read(const struct files *f, struct arena *a, const char *path, size_t max,
	       struct view *ret);
int files_list(const struct files *f, struct arena *a, const char *dir, const char *suffix,
	       const char *const **ret_names, size_t *ret_n);
/* True if `path` is a folder that can be listed. */
bool files_is_folder(const struct files *f, struct arena *a, const char *path);

#endif
