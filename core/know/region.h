/* SPDX-License-Identifier: Apache-2.0 */
/*
 * region.h - the country's places: who lies in whom, and what people call them.
 *
 * Loaded from core/know/regions/{divisions,aliases,clusters,areas}.tsv (each says its columns on
 * top), built once, read-only. Names in the files are folded already (plain simplified characters).
 * A region is named outside by its id: a GB/T 2260 code ("410100"), "100000" for the whole
 * country, "cluster:chengyu", "area:xiongan". Inside, by pointer or by index.
 */
#ifndef KNOW_REGION_H
#define KNOW_REGION_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/files.h"
#include "base/view.h"

enum region_level {
	REGION_NATION,
	REGION_CLUSTER, /* a group of provinces or cities: 长三角      */
	REGION_PROVINCE,
	REGION_CITY,
	REGION_COUNTY,
	REGION_AREA, /* a new area without a code of its own: 雄安新区 */
};

struct region {
	struct view id;
	struct view name;       /* 郑州市 */
	struct view short_name; /* 郑州   */
	enum region_level level;
	uint32_t index;              /* its place in region_table.items */
	uint32_t code;               /* 410100; 0 for clusters and areas */
	const struct region *parent; /* the next wider place; NULL only for the nation. An area's
					parent is the place it lies in, a cluster's the nation. */
	const struct region *const *members; /* of a cluster */
	size_t n_members;
	/* It belongs to, directly or through a parent; a group lies in another if all of it does.
	 */
	const struct region *const *clusters;
	size_t n_clusters;
};

/* How a name stands for a place. */
enum region_name_kind {
	REGION_NAME_FULL,     /* 郑州市        */
	REGION_NAME_SHORT,    /* 郑州          */
	REGION_NAME_ABBR,     /* 沪, 粤: one character            */
	REGION_NAME_NICKNAME, /* 魔都, 羊城    */
	REGION_NAME_LANDMARK, /* 陆家嘴        */
	REGION_NAME_APP,      /* 随申办: most come from guides     */
	REGION_NAME_CLUSTER,  /* 长三角        */
};

struct region_name {
	struct view name; /* folded */
	const struct region *region;
	enum region_name_kind kind;
	uint8_t weight; /* 1 .. 255: how likely this place is meant when nothing else is said.
			   Among equal names the first is meant if its weight is twice the
			   second's or more, else the asker is asked. That first need not be said
			   aloud if it is of a wider level than all the others (西安 the city). */
	bool is_weak; /* never decides alone: 申 新 青 云 …                                 */
};

struct region_table {
	const struct region *items; /* [0] is the nation */
	size_t n_items;
	const struct region_name *names; /* sorted by name, then the heaviest first */
	size_t n_names;
};

/* From the four files in `dir`, into the arena (the table keeps pointing there). 0 or -errno +
 * fault. */
int region_table_load(struct arena *a, const char *dir, struct region_table *ret,
		      struct fault *why);
/* The same from a snapshot; NULL is the disk. */
int region_table_load_from(const struct files *from, struct arena *a, const char *dir,
			   struct region_table *ret, struct fault *why);
/* By id ("410100", "cluster:gba"); NULL if there is none. 000000 is not accepted. */
const struct region *region_find(const struct region_table *t, struct view id);
/* All places called exactly `name` (folded), the heaviest first; NULL and 0 if there is none. */
const struct region_name *region_names_of(const struct region_table *t, struct view name,
					  size_t *ret_n);
/* True if `r` is `wider` or lies in it (a member of a cluster lies in it). */
bool region_lies_in(const struct region *r, const struct region *wider);
/* Hong Kong, Macao, Taiwan: what holds elsewhere in the country does not hold there. */
bool region_has_own_law(const struct region *r);
/* "郑州市金水区", "上海市浦东新区": the name with what makes it unique in front. */
struct view region_full_name(struct arena *a, const struct region *r);
/* The place meant by a wrong id, for messages: by its name or the nearest in spelling; or NULL. */
const struct region *region_nearest(const struct region_table *t, struct view id);

#endif
