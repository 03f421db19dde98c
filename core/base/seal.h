/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seal.h - bytes in sealed memory: whoever maps them knows that nobody can change them any more.
 *
 * This is how processes of ours hand each other what was checked: the check still holds when the
 * bytes are used, whatever becomes of the files they came from.
 */
#ifndef BASE_SEAL_H
#define BASE_SEAL_H

#include "base/view.h"

/* A sealed memfd (close-on-exec) with these bytes, or -errno. The name shows up in /proc only. */
int seal_make(const char *name, struct view bytes);
/* Map it for reading: 0, -EPERM if it is not sealed, or another -errno. Nothing in it: "". */
int seal_map(int fd, struct view *ret);
void seal_unmap(struct view bytes);

#endif
