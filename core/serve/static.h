/* SPDX-License-Identifier: Apache-2.0 */
/*
 * static.h - the widget and its pages: files that are read once and served from memory.
 *
 * The folder's files.tsv names each with its ETag, media type, kind of caching and sizes, as
 * contrib/widget/build writes it. Only what stands there is served; a request never touches the
 * disk.
 */
#ifndef SERVE_STATIC_H
#define SERVE_STATIC_H

#include "base/arena.h"
#include "base/error.h"
#include "serve/config.h"

#define STATIC_FILES_MAX 64
#define STATIC_BYTES_MAX 2097152 /* one file */
#define STATIC_TOTAL_MAX 8388608 /* all, with their compressed forms */

enum static_caching {
	STATIC_FOREVER,    /* a name with a version in it */
	STATIC_REVALIDATE, /* asked for again each time, by its ETag */
	STATIC_NEVER,      /* a template: not served under its own name */
};

struct static_file {
	struct view name, etag, media; /* media ends in NUL */
	enum static_caching caching;
	bool is_page;     /* HTML: has a content policy of its own */
	struct view body; /* as it is */
	struct view gzip; /* compressed */
};

struct static_files {
	struct arena arena;
	struct static_file items[STATIC_FILES_MAX];
	size_t n;
};

/* 0; or -errno with what is wrong, in words, in *why. */
int static_load(const char *dir, struct static_files **ret, struct fault *why);
/* NULL is fine. */
void static_free(struct static_files *files);
/* By name, without a slash; NULL if there is none. */
const struct static_file *static_find(const struct static_files *files, struct view name);

/* Would the folder that is set do? What is wrong goes to `problems`, as a warning. */
void static_check(const struct settings *s, struct problems *problems);

/* A request's If-None-Match: does one of these tags mean `etag` (without quotes)? */
bool static_tag_matches(struct view header, struct view etag);
/* An Accept… header: does it name this (with any weight but 0)? Wildcards do not count. */
bool static_accepts(struct view header, const char *what);

#endif
