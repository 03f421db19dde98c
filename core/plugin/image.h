/* SPDX-License-Identifier: Apache-2.0 */
/*
 * image.h - a copy of a shared object that cannot change any more.
 *
 * Opening a plugin's own file would mean SIGBUS when somebody writes to it at the same time, and
 * the old object after a rename. So it is copied into sealed memory first, and everything else
 * (looking at it, checking it, dlopen) is done with the copy.
 */
#ifndef PLUGIN_IMAGE_H
#define PLUGIN_IMAGE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/error.h"

struct image {
	int fd; /* sealed memfd, close-on-exec; the caller closes it           */
	size_t size;
	uint64_t id; /* the same for the same content: tells versions apart         */
};

/*
 * Copy and look it over: a regular file that no stranger may write to, at most `max` bytes, a whole
 * ELF shared object for this machine. 0, or -errno with the reason in *why (placed at `path`).
 */
int image_open(const char *path, size_t max, struct image *ret, struct fault *why);

/* The ELF part alone. 0 or -ENOEXEC. */
int image_check(const void *bytes, size_t size, struct fault *why);

/*
 * Who can write to a plugin folder or file decides what citizens are told. So: nobody but the
 * owner, or also a group if it is the server's own or root's; and a file belongs to root, to the
 * server's user or to the owner of its `folder` (NULL: this is the folder). 0, -EPERM or another
 * -errno.
 */
int image_check_rights(const char *path, const struct stat *folder, struct fault *why);

#endif
