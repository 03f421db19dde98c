/* SPDX-License-Identifier: Apache-2.0 */
/*
 * archive.h - content as one flat run of bytes: records of a kind and some fields.
 *
 * What the server and its builder tell each other, and what is kept of plugins across a restart.
 * Offsets and lengths only, no pointers; whoever reads one believes no length in it.
 */
#ifndef ENGINE_ARCHIVE_H
#define ENGINE_ARCHIVE_H

#include "base/buf.h"
#include "base/files.h"
#include "engine/generation.h"

enum archive_kind {
	ARCHIVE_SETTING = 1, /* name, value                                     */
	ARCHIVE_FILE,        /* path, bytes                                     */
	ARCHIVE_LIST,        /* folder, suffix, then the names in it            */
	ARCHIVE_SOURCE,      /* a struct plugin_source, see archive.c           */
	ARCHIVE_IMAGE,       /* bytes of the image of the source before         */
	ARCHIVE_PROBLEM,     /* struct problem                                  */
	ARCHIVE_FAILED,      /* struct fault: why there is no generation        */
	ARCHIVE_END,         /* hash of all before                              */
};

/* Fields of one record that are looked at; a folder with more entries is refused. */
#define ARCHIVE_FIELDS 4096

struct archive_record {
	uint32_t kind;
	size_t n;
	const struct view *fields;
};

void archive_put(struct buf *out, enum archive_kind kind, const struct view *fields, size_t n);
/* The end mark, without which an archive is not whole. */
void archive_end(struct buf *out);
/* True if it is whole and unchanged. */
bool archive_is_whole(struct view archive);
/* 1 and the next record (fields in the arena, their text in the archive), 0 at the end, -EBADMSG.
 */
int archive_next(struct view *rest, struct arena *a, struct archive_record *ret);

/* ---- what is put in and taken out ---- */

void archive_put_setting(struct buf *out, const char *name, struct view value);
/* All values of that name, in the arena, NUL-terminated. */
size_t archive_settings(struct view archive, struct arena *a, const char *name,
			const char *const **ret_values);
/* The first; "" if there is none. */
const char *archive_setting(struct view archive, struct arena *a, const char *name);

void archive_put_problems(struct buf *out, const struct problems *problems);
void archive_put_failed(struct buf *out, const struct fault *why);
/* True if there is one. */
bool archive_failed(struct view archive, struct arena *a, struct fault *ret);
void archive_problems(struct view archive, struct arena *a, struct problems *ret);

/* With the images' bytes, or with the number of the descriptor that goes along with the archive. */
void archive_put_sources(struct buf *out, const struct sources *sources, bool with_images);
/*
 * Text stays in the archive. Images are taken from `fds` (moved out of it: -1 stays behind) or made
 * from the bytes. 0 or -errno.
 */
int archive_sources(struct view archive, struct sources *ret, int *fds, size_t n_fds);

/* Reading from the disk, with all that is read put into `out`. */
struct files_recorder {
	struct files files;
	struct buf *out;
};
void files_recorder_init(struct files_recorder *r, struct buf *out);

/* Reading from an archive. */
struct files_archive {
	struct files files;
	struct view archive;
};
void files_archive_init(struct files_archive *f, struct view archive);
/* A hash over all files in it: two grounds with one hash are the same. */
uint64_t archive_files_hash(struct view archive, struct arena *a);
/* That hash said beforehand, so that nobody has to read them for it; 0 if it is not. */
void archive_put_ground(struct buf *out, uint64_t id);
uint64_t archive_ground(struct view archive, struct arena *a);

#endif
