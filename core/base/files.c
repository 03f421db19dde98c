/* SPDX-License-Identifier: Apache-2.0 */
/* files.c - see files.h. */
#include "base/files.h"

#include "base/file.h"

int files_read(const struct files *f, struct arena *a, const char *path, size_t max,
	       struct view *ret)
{
	return f ? f->read(f, a, path, max, ret) : file_read(a, path, max, ret);
}

int files_list(const struct files *f, struct arena *a, const char *dir, const char *suffix,
	       const char *const **ret_names, size_t *ret_n)
{
	return f ? f->list(f, a, dir, suffix, ret_names, ret_n)
		 : file_list(a, dir, suffix, ret_names, ret_n);
}

bool files_is_folder(const struct files *f, struct arena *a, const char *path)
{
	const char *const *names;
	size_t n;

	return files_list(f, a, path, NULL, &names, &n) == 0;
}
