/* SPDX-License-Identifier: Apache-2.0 */
/*
 * region-load.c - four tables of text made into one table of places and one of names.
 *
 * First all rows are read and sorted by id, so that row i and region i are the same place; then the
 * pointers between places are set, then the names are gathered.
 */
#include "know/region.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/say.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/nearest.h"

#define FILE_MAX_BYTES (4 << 20)
#define FIELDS_MAX     7
#define CLUSTER_WEIGHT 200

/* One line of a file, cut into fields. */
struct row {
	const char *file;
	unsigned line;
	size_t n;
	struct view field[FIELDS_MAX];
};

/* A line that makes a region, with its fields by meaning whatever file it stood in. */
struct place {
	struct row row;
	struct view id, parent, name, short_name, weight, short_weight;
	struct view members, names; /* of a cluster */
	enum region_level level;
};

struct load {
	const struct files *from;
	struct arena *arena;
	const char *dir;
	struct fault *why;
	VEC(struct place) places;
	VEC(struct row) aliases;
	VEC(struct region_name) names;
	struct region *items;
	struct region_table table;
};

static int refuse(const struct load *l, const struct row *row, const char *what, struct view shown)
{
	fault_set(l->why, "%s '%.*s'", say(what), VIEW_ARG(utf8_clip(shown, 80)));
	fault_place(l->why, row->file, row->line, 1);
	return -EBADMSG;
}

/* The next line that is neither empty nor a comment. 1, 0 at the end, or -errno. */
static int next_row(const struct load *l, struct view *rest, struct row *row)
{
	struct view line, field;

	while (view_split(rest, '\n', &line)) {
		row->line++;
		if (line.len && line.ptr[line.len - 1] == '\r')
			line.len--;
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		for (row->n = 0; view_split(&line, '\t', &field); row->n++) {
			if (row->n == FIELDS_MAX)
				return refuse(l, row, "too many columns, from", field);
			row->field[row->n] = field;
		}
		return 1;
	}
	return 0;
}

typedef int row_user(struct load *l, const struct row *row);

/* Give every row of a file to `use`; each must have n_fields columns. */
static int each_row(struct load *l, const char *name, size_t n_fields, row_user *use)
{
	struct row row = {.file = file_join(l->arena, l->dir, name)};
	struct view text;
	int r = files_read(l->from, l->arena, row.file, FILE_MAX_BYTES, &text);

	if (r < 0) {
		fault_set(l->why, "cannot read the table of places: %s", error_text(r));
		fault_place(l->why, row.file, 0, 0);
		return r;
	}
	if (!utf8_is_valid(text, NULL))
		return refuse(l, &row, "not valid UTF-8:", VIEW(""));
	while ((r = next_row(l, &text, &row)) > 0) {
		if (row.n != n_fields)
			return refuse(l, &row, "wrong number of columns behind", row.field[0]);
		r = use(l, &row);
		if (r < 0)
			return r;
	}
	return r;
}

static int add_division(struct load *l, const struct row *row)
{
	static const struct {
		const char *name;
		enum region_level level;
	} levels[] = {{"nation", REGION_NATION},
		      {"province", REGION_PROVINCE},
		      {"city", REGION_CITY},
		      {"county", REGION_COUNTY}};
	const struct view *f = row->field;
	struct place p = {*row, f[0], f[2],     f[3],     f[4],
			  f[5], f[6], VIEW(""), VIEW(""), REGION_NATION};
	uint64_t code;

	if (f[0].len != 6 || view_to_u64(f[0], &code) < 0 || code < 100000)
		return refuse(l, row, "a code has six digits and is not below 100000:", f[0]);
	for (size_t i = 0; i < N_OF(levels); i++) {
		if (!view_is(f[1], levels[i].name))
			continue;
		p.level = levels[i].level;
		*vec_push(&l->places) = p;
		return 0;
	}
	return refuse(l, row, "unknown level", f[1]);
}

static int add_area(struct load *l, const struct row *row)
{
	const struct view *f = row->field;

	if (!view_starts(f[0], VIEW("area:")))
		return refuse(l, row, "the id of an area begins with area:, not", f[0]);
	*vec_push(&l->places) = (struct place){*row, f[0], f[1],     f[2],     f[3],
					       f[4], f[5], VIEW(""), VIEW(""), REGION_AREA};
	return 0;
}

static int add_cluster(struct load *l, const struct row *row)
{
	const struct view *f = row->field;

	if (!view_starts(f[0], VIEW("cluster:")))
		return refuse(l, row, "the id of a group begins with cluster:, not", f[0]);
	*vec_push(&l->places) =
	    (struct place){*row,      f[0],      VIEW("100000"), f[1], f[1],
			   VIEW("-"), VIEW("-"), f[2],           f[3], REGION_CLUSTER};
	return 0;
}

static int add_alias(struct load *l, const struct row *row)
{
	*vec_push(&l->aliases) = *row;
	return 0;
}

static int place_cmp(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return view_cmp(x->id, y->id);
}

/* The region of an id that a row refers to. */
static int refer(const struct load *l, const struct row *row, struct view id,
		 const struct region **ret)
{
	*ret = region_find(&l->table, id);
	return *ret ? 0 : refuse(l, row, "no such place:", id);
}

static int make_items(struct load *l)
{
	size_t n = l->places.n;

	if (n)
		qsort(l->places.items, n, sizeof(struct place), place_cmp);
	l->items = ARENA_ARRAY(l->arena, n + 1, struct region);
	for (size_t i = 0; i < n; i++) {
		const struct place *p = &l->places.items[i];
		uint64_t code = 0;

		if (i > 0 && view_eq(p->id, p[-1].id))
			return refuse(l, &p->row, "this id stands twice:", p->id);
		if (view_to_u64(p->id, &code) < 0)
			code = 0;
		l->items[i] = (struct region){.id = p->id,
					      .name = p->name,
					      .short_name = p->short_name,
					      .level = p->level,
					      .index = (uint32_t)i,
					      .code = (uint32_t)code};
	}
	l->table.items = l->items;
	l->table.n_items = n;
	if (n == 0 || l->items[0].level != REGION_NATION || l->items[0].code != 100000) {
		fault_set(l->why, "%s/divisions.tsv: 100000, the nation, is missing", l->dir);
		return -EBADMSG;
	}
	return 0;
}

static int set_parents(struct load *l)
{
	for (size_t i = 1; i < l->places.n; i++) {
		const struct place *p = &l->places.items[i];
		int r = refer(l, &p->row, p->parent, &l->items[i].parent);

		if (r < 0)
			return r;
		if (l->items[i].level == REGION_NATION)
			return refuse(l, &p->row, "a second nation:", p->id);
		if (l->items[i].parent->level >= p->level ||
		    l->items[i].parent->level == REGION_CLUSTER)
			return refuse(l, &p->row, "a parent must be a wider place, not", p->parent);
	}
	return 0;
}

static int set_members(struct load *l)
{
	for (size_t i = 0; i < l->places.n; i++) {
		const struct place *p = &l->places.items[i];
		struct view rest = p->members, piece;
		const struct region **members;
		size_t n = 1;

		if (p->level != REGION_CLUSTER)
			continue;
		for (size_t j = 0; j < rest.len; j++)
			n += rest.ptr[j] == ',';
		members = ARENA_ARRAY(l->arena, n, const struct region *);
		for (n = 0; view_split(&rest, ',', &piece); n++) {
			int r = refer(l, &p->row, piece, &members[n]);

			if (r < 0)
				return r;
			if (members[n]->level == REGION_CLUSTER)
				return refuse(l, &p->row, "a group has no groups in it:", piece);
		}
		l->items[i].members = members;
		l->items[i].n_members = n;
	}
	return 0;
}

/* The region or something it lies in is a member. */
static bool is_member(const struct region *cluster, const struct region *r)
{
	for (size_t i = 0; i < cluster->n_members; i++)
		if (region_lies_in(r, cluster->members[i]))
			return true;
	return false;
}

static bool belongs(const struct region *cluster, const struct region *r)
{
	if (r->level != REGION_CLUSTER)
		return is_member(cluster, r);
	for (size_t i = 0; i < r->n_members; i++)
		if (!is_member(cluster, r->members[i]))
			return false;
	return r != cluster;
}

static void set_clusters(struct load *l)
{
	VEC(const struct region *) all = VEC_INIT;

	for (size_t i = 0; i < l->table.n_items; i++)
		if (l->items[i].level == REGION_CLUSTER)
			*vec_push(&all) = &l->items[i];
	for (size_t i = 0; i < l->table.n_items; i++) {
		const struct region *found[64];
		size_t n = 0;

		for (size_t j = 0; j < all.n && n < N_OF(found); j++)
			if (belongs(all.items[j], &l->items[i]))
				found[n++] = all.items[j];
		if (n) {
			const struct region **kept =
			    ARENA_ARRAY(l->arena, n, const struct region *);

			memcpy(kept, found, n * sizeof(*kept));
			l->items[i].clusters = kept;
			l->items[i].n_clusters = n;
		}
	}
	vec_done(&all);
}

/* One name with its weight: a number, 'w' behind it for a weak one, '-' for none. */
static int add_name(struct load *l, const struct row *row, struct region_name name,
		    struct view weight)
{
	uint64_t value;

	if (view_is(weight, "-"))
		return 0;
	name.is_weak = view_ends(weight, VIEW("w"));
	weight.len -= name.is_weak;
	if (view_to_u64(weight, &value) < 0 || value < 1 || value > 255)
		return refuse(l, row, "a weight is 1 to 255, perhaps with a 'w', not", weight);
	if (utf8_count(name.name) < 2 && name.kind != REGION_NAME_ABBR)
		return refuse(l, row, "a name of less than two characters:", name.name);
	name.weight = (uint8_t)value;
	*vec_push(&l->names) = name;
	return 0;
}

static int name_place(struct load *l, const struct place *p, const struct region *region)
{
	struct region_name full = {.name = p->name, .region = region, .kind = REGION_NAME_FULL};
	struct region_name brief = {
	    .name = p->short_name, .region = region, .kind = REGION_NAME_SHORT};
	int r = add_name(l, &p->row, full, p->weight);

	if (r < 0 || view_eq(p->name, p->short_name))
		return r;
	return add_name(l, &p->row, brief, p->short_weight);
}

static int name_cluster(struct load *l, const struct place *p, const struct region *region)
{
	struct region_name name = {.name = p->name,
				   .region = region,
				   .kind = REGION_NAME_CLUSTER,
				   .weight = CLUSTER_WEIGHT};
	struct view rest = p->names;

	*vec_push(&l->names) = name;
	while (view_split(&rest, ';', &name.name))
		if (name.name.len)
			*vec_push(&l->names) = name;
	return 0;
}

static int name_alias(struct load *l, const struct row *row)
{
	static const struct {
		const char *name;
		enum region_name_kind kind;
	} kinds[] = {{"full", REGION_NAME_FULL},
		     {"short", REGION_NAME_SHORT},
		     {"abbr", REGION_NAME_ABBR},
		     {"nickname", REGION_NAME_NICKNAME},
		     {"landmark", REGION_NAME_LANDMARK},
		     {"cluster", REGION_NAME_CLUSTER},
		     {"app", REGION_NAME_APP}};
	const struct region *region;
	int r = refer(l, row, row->field[1], &region);

	if (r < 0)
		return r;
	for (size_t i = 0; i < N_OF(kinds); i++) {
		struct region_name name = {
		    .name = row->field[0], .region = region, .kind = kinds[i].kind};

		if (view_is(row->field[2], kinds[i].name))
			return add_name(l, row, name, row->field[3]);
	}
	return refuse(l, row, "unknown kind of name", row->field[2]);
}

static int name_cmp(const void *a, const void *b)
{
	const struct region_name *x = a, *y = b;
	int order = view_cmp(x->name, y->name);

	if (order)
		return order;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->region->index < y->region->index ? -1 : x->region->index > y->region->index;
}

static int gather_names(struct load *l)
{
	struct region_name *names;
	int r = 0;

	for (size_t i = 0; i < l->places.n && r == 0; i++) {
		const struct place *p = &l->places.items[i];

		r = p->level == REGION_CLUSTER ? name_cluster(l, p, &l->items[i])
					       : name_place(l, p, &l->items[i]);
	}
	for (size_t i = 0; i < l->aliases.n && r == 0; i++)
		r = name_alias(l, &l->aliases.items[i]);
	if (r < 0)
		return r;
	qsort(l->names.items, l->names.n, sizeof(struct region_name), name_cmp);
	names = ARENA_ARRAY(l->arena, l->names.n, struct region_name);
	memcpy(names, l->names.items, l->names.n * sizeof(*names));
	l->table.names = names;
	l->table.n_names = l->names.n;
	return 0;
}

int region_table_load_from(const struct files *from, struct arena *a, const char *dir,
			   struct region_table *ret, struct fault *why)
{
	struct load l = {.from = from, .arena = a, .dir = dir, .why = why};
	int r;

	if ((r = each_row(&l, "divisions.tsv", 7, add_division)) == 0 &&
	    (r = each_row(&l, "areas.tsv", 6, add_area)) == 0 &&
	    (r = each_row(&l, "clusters.tsv", 4, add_cluster)) == 0 &&
	    (r = each_row(&l, "aliases.tsv", 4, add_alias)) == 0 && (r = make_items(&l)) == 0 &&
	    (r = set_parents(&l)) == 0 && (r = set_members(&l)) == 0) {
		set_clusters(&l);
		r = gather_names(&l);
	}
	vec_done(&l.places);
	vec_done(&l.aliases);
	vec_done(&l.names);
	if (r == 0)
		*ret = l.table;
	return r;
}

int region_table_load(struct arena *a, const char *dir, struct region_table *ret, struct fault *why)
{
	return region_table_load_from(NULL, a, dir, ret, why);
}
