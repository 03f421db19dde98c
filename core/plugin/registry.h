/* SPDX-License-Identifier: Apache-2.0 */
/*
 * registry.h - which plugin speaks for which place.
 *
 * Built once for a generation from the plugin folder: each NAME.yaml or NAME.so is read (a .so only
 * in a child process, see host.h), checked, and entered under its regions. A plugin with an error
 * is left out, alone, with the reason; the others stand.
 */
#ifndef PLUGIN_REGISTRY_H
#define PLUGIN_REGISTRY_H

#include "know/guide.h"
#include "plugin/source.h"

struct plugin {
	struct view name;
	const char *path;
	struct guide guide;
	bool has_code;             /* it has answer(): ask through host.h */
	const struct view *claims; /* intents its code answers; none listed = all of its topics */
	size_t n_claims;
	int image_fd; /* the sealed copy of the .so, -1 for a table plugin */
	uint32_t index;
	uint64_t image_id;   /* the same for the same .so: tells versions apart */
	struct view version; /* of the .so, else of the guide                   */
	unsigned confined;   /* CONFINED_ bits (plugin/packet.h) its process runs under, if a .so */
	struct view
	    trouble; /* not empty: this is the last good version, and why the new is not used */
};

struct registry;

struct registry_options {
	const char *const *dirs; /* plugin folders, the later ones win on equal names */
	size_t n_dirs;
	const char *host_program; /* path of wenlu-host */
	const struct catalog *catalog;
	const struct region_table *regions;
	struct view today; /* YYYY-MM-DD */
	struct trust trust;
	bool is_checked; /* the guides passed all checks already: read them, no more */
};

/* Read all plugins. Problems of single plugins are added to `problems`; only a broken folder or no
 * memory is an error of the whole. */
int registry_new(const struct registry_options *options, struct registry **ret,
		 struct problems *problems);
/*
 * The same from copies that were taken before (the folders are not looked at). A source that will
 * not do falls back, in `sources` too. Text stays with `sources`, which must outlive the registry;
 * images are copied.
 */
int registry_from(const struct registry_options *options, struct sources *sources,
		  struct registry **ret, struct problems *problems);
void registry_free(struct registry *r);
size_t registry_count(const struct registry *r);
const struct plugin *registry_at(const struct registry *r, size_t i);

/* Plugin files that are left out altogether: path and reason. False behind the last. */
bool registry_left_out(const struct registry *r, size_t i, const char **ret_path,
		       struct view *ret_why);

size_t registry_count_left_out(const struct registry *r);
/* Those in use that are the last good version, since the present one will not do. */
size_t registry_count_kept(const struct registry *r);

/* The plugin that speaks for exactly this region, NULL if none. */
const struct plugin *registry_plugin_of(const struct registry *r, const struct region *region);

/*
 * Who is to be asked next about `intent` for `asked`, beginning at `from` (first call: asked
 * itself): walks county, city, province, cluster (only permit.mutual and permit.security kinds of
 * topics are there), nation; skips levels without the topic and those a guide refuses to inherit.
 * False when nobody is left.
 */
struct registry_hop {
	const struct region *level;
	const struct plugin *plugin;
	const struct guide_topic *topic; /* NULL if only its code may know */
	bool ask_code;
};
struct registry_walk {
	const struct registry *registry;
	const struct region *asked;
	struct view intent;
	size_t step;
};
struct registry_walk registry_walk(const struct registry *r, const struct region *asked,
				   struct view intent);
bool registry_next(struct registry_walk *w, struct registry_hop *ret);

#endif
