/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.h - plugin files, copied: what a registry is made from.
 *
 * sources_scan() takes a copy of every file in the plugin folders and says of each what it is. A
 * file that will not do is replaced by the last good version of the same file, if there is one
 * (`kept`), or is listed as left out, with the reason. Whoever finds more amiss later (the guide,
 * a canary question) calls source_fall_back().
 */
#ifndef PLUGIN_SOURCE_H
#define PLUGIN_SOURCE_H

#include "base/arena.h"
#include "base/vec.h"
#include "know/problem.h"
#include "plugin/signature.h"

struct plugin_source {
	const char *path;
	uint32_t dir;   /* which of the folders                                       */
	uint64_t id;    /* the same for the same bytes                                */
	uint64_t hung;  /* the id of a .so that did not say what it is in time; else 0 */
	bool is_object; /* a .so                                                      */
	bool has_code;
	bool is_changed; /* not what is kept: new, or another version                  */
	bool is_kept;    /* the last good version, since the present one will not do   */
	bool is_out;     /* left out: there is no good version                         */
	bool is_told;    /* what its guide has wrong was listed already                */
	int image_fd;    /* sealed .so with code, else -1; the list closes it          */
	unsigned confined;
	struct view guide;         /* YAML                                                  */
	struct view name, version; /* of a .so                                          */
	const struct view *claims;
	size_t n_claims;
	struct view signature;           /* bytes of its signature file; may be empty       */
	struct view trouble;             /* is_kept, is_out: why                                  */
	const struct plugin_source *old; /* its last good version, or NULL                  */
};

struct sources {
	struct arena arena;
	VEC(struct plugin_source) list;
};

struct sources_options {
	const char *const *dirs;
	size_t n_dirs;
	const char *host_program;
	struct trust trust;
	bool is_patient; /* who hung before is waited for again */
	const struct sources
	    *kept; /* last good versions, by path; NULL: none. Outlives the list. */
};

/* Of a file that was meant as a plugin, but whose name ends so that it is not read (.yml, .YAML,
 * .yaml.txt): what to do, in words; NULL for all others. */
const char *source_name_advice(const char *name);
void sources_init(struct sources *s);
void sources_done(struct sources *s);
/* Read the folders. Faults of single files are added to `problems`; a folder that cannot be read is
 * an error of the whole: -errno, told in `problems` too. */
int sources_scan(struct sources *s, const struct sources_options *options,
		 struct problems *problems);
/* This version will not do: the last good one takes its place, or it is out. `why` in words. */
void source_fall_back(struct sources *s, struct plugin_source *source, struct view why);
/* The same of a path; NULL if it is not there. */
const struct plugin_source *sources_find(const struct sources *s, const char *path);
/* A copy of the list with descriptors of its own; text stays with `from`, which must outlive it. */
void sources_copy(struct sources *s, const struct sources *from);

#endif
