/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cache.h - trained models kept in files, named by what they were learnt from.
 *
 * A file that is cut off, changed or of another version is as good as none: the model's own
 * checksum decides, and the next one trained takes its place.
 */
#ifndef NLU_CACHE_H
#define NLU_CACHE_H

#include <stdint.h>

#include "base/view.h"

/* Models of this kind are learnt in a second; all others are kept until somebody deletes them. */
#define CACHE_QUICK "model"

/* Map the model for `key`, read-only: 0, -ENOENT, or another -errno. Unmap with cache_unmap(). */
int cache_map(const char *dir, const char *kind, uint64_t key, struct view *ret_image);
void cache_unmap(struct view image);
/* Keep an image in one step (a reader sees the old file or the whole new one). */
int cache_keep(const char *dir, const char *kind, uint64_t key, struct view image);

/* Delete the oldest but `most` of the quick ones: content that changes often leaves many behind. */
void cache_trim(const char *dir, size_t most);

#endif
