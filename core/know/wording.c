/* SPDX-License-Identifier: Apache-2.0 */
/* wording.c - templates cut into parts once, at load; filling one is a walk over its parts. */
#include "know/wording.h"

#include <errno.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "know/matter.h"
#include "know/reader.h"
#include "know/yaml.h"

#define NO_PART ((size_t)-1)

enum part_kind { PART_TEXT, PART_PLACE, PART_OPEN, PART_CLOSE };

struct part {
	enum part_kind kind;
	struct view text; /* the words, or the place's name */
	size_t close;     /* of PART_OPEN: where its PART_CLOSE stands */
};
struct template
{
	struct part *parts;
	size_t n;
};
struct entry {
	struct view name;
	struct template *templates;
	size_t n;
};
struct wording {
	struct entry *entries; /* sorted by name */
	size_t n;
	/* By the hash of the name: which entry, from 1; 0 is none. At most half full. */
	uint32_t *slots;
	size_t mask;
};

struct parts {
	VEC(struct part) list;
};
struct load {
	struct reader reader;
	VEC(struct entry) entries;
	size_t n_file; /* of these from the file; 0 while it is read */
};

static struct part *add_part(struct parts *p, enum part_kind kind, struct view text)
{
	struct part *new = vec_push(&p->list);

	new->kind = kind;
	new->text = text;
	return new;
}

static bool is_place_name(struct view v)
{
	for (size_t i = 0; i < v.len; i++) {
		char c = v.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '.')
			return false;
	}
	return v.len > 0;
}

/* {name} at the start of `rest`; the bytes it takes, or 0 after telling what is wrong. */
static size_t cut_place(const struct reader *r, const struct yaml_node *node, struct view rest,
			struct parts *p)
{
	ptrdiff_t end = view_find(rest, VIEW("}"));
	struct view name = view_sub(rest, 1, end > 0 ? (size_t)end - 1 : 0);

	if (end > 0 && is_place_name(name)) {
		add_part(p, PART_PLACE, name);
		return (size_t)end + 1;
	}
	if (end < 0)
		reader_error(r, node, "a '{' has no '}': write {{ for the sign itself: %.*s",
			     VIEW_ARG(utf8_clip(rest, 60)));
	else
		reader_error(r, node, "'{%.*s}' is no place: a-z, 0-9, '_' and '.' make its name",
			     VIEW_ARG(utf8_clip(name, 60)));
	return 0;
}

/* True if a place stands behind part `open`. */
static bool has_place(const struct parts *p, size_t open)
{
	for (size_t i = open; i < p->list.n; i++)
		if (p->list.items[i].kind == PART_PLACE)
			return true;
	return false;
}

/* One of "[", "]" and "}" alone; *open is the part that is open, or NO_PART. */
static bool cut_bracket(const struct reader *r, const struct yaml_node *node, char c,
			struct parts *p, size_t *open)
{
	if (c == '[' && *open == NO_PART) {
		*open = p->list.n;
		add_part(p, PART_OPEN, VIEW("["));
		return true;
	}
	if (c == '[') {
		reader_error(r, node,
			     "parts in [brackets] cannot stand in each other: write [[ for "
			     "the sign itself");
		return false;
	}
	if (c == '}' || *open == NO_PART) {
		reader_error(r, node, "a '%c' has no '%c': write %c%c for the sign itself", c,
			     c == '}' ? '{' : '[', c, c);
		return false;
	}
	if (!has_place(p, *open)) {
		reader_error(r, node,
			     "a part in [brackets] has no {place} in it, so it would never be left "
			     "out: write [[ and ]] for the signs themselves");
		return false;
	}
	p->list.items[*open].close = p->list.n;
	add_part(p, PART_CLOSE, VIEW("]"));
	*open = NO_PART;
	return true;
}

/* Cut one template; what is wrong has been told when it gives false. */
static bool cut(const struct reader *r, const struct yaml_node *node, struct view text,
		struct parts *p)
{
	size_t open = NO_PART, i = 0, from = 0;

	while (i < text.len) {
		char c = text.ptr[i];
		size_t used = 1;

		if (!strchr("{}[]", c) || c == '\0') {
			i++;
			continue;
		}
		if (i > from)
			add_part(p, PART_TEXT, view_sub(text, from, i - from));
		if (i + 1 < text.len && text.ptr[i + 1] == c) {
			add_part(p, PART_TEXT, view_sub(text, i, 1));
			used = 2;
		} else if (c == '{') {
			used = cut_place(r, node, view_sub(text, i, text.len), p);
		} else if (!cut_bracket(r, node, c, p, &open)) {
			used = 0;
		}
		if (used == 0)
			return false;
		i += used;
		from = i;
	}
	if (i > from)
		add_part(p, PART_TEXT, view_sub(text, from, i - from));
	if (open != NO_PART)
		reader_error(r, node, "a '[' has no ']': write [[ for the sign itself");
	return open == NO_PART;
}

static void add_template(struct load *l, const struct yaml_node *node, struct entry *e)
{
	struct parts p = {VEC_INIT};
	struct view text = node->text;
	struct template *new = &e->templates[e->n];

	if (node->kind != YAML_TEXT) {
		reader_error(&l->reader, node, "'%.*s' must hold texts, this is %s",
			     VIEW_ARG(utf8_clip(e->name, 60)), yaml_kind_name(node->kind));
		return;
	}
	while (text.len && text.ptr[text.len - 1] == '\n')
		text.len--;
	if (text.len > LIMIT_GUIDE_TEXT)
		reader_error(&l->reader, node, "a text of %zu bytes: at most %d are allowed",
			     text.len, LIMIT_GUIDE_TEXT);
	else if (cut(&l->reader, node, text, &p)) {
		new->n = p.list.n;
		new->parts = ARENA_ARRAY(l->reader.arena, p.list.n + 1, struct part);
		if (p.list.n)
			memcpy(new->parts, p.list.items, p.list.n * sizeof(struct part));
		e->n++;
	}
	vec_done(&p.list);
}

/* A matter's own words give way to those of the file. */
static bool is_said(const struct load *l, struct view name)
{
	for (size_t i = 0; i < l->n_file; i++)
		if (view_eq(l->entries.items[i].name, name))
			return true;
	return false;
}

static void add_entries(struct load *l, const struct yaml_node *map, struct view prefix);

static void add_matters(struct load *l, const struct wording_matters *matters)
{
	l->n_file = l->entries.n;
	for (size_t i = 0; matters && i < matters->n; i++)
		if (matters->items[i].wording)
			add_entries(l, matters->items[i].wording,
				    arena_printf(l->reader.arena, "matter.%.*s",
						 VIEW_ARG(matters->items[i].name)));
}

/* The entries of a map, whose name is put before theirs. */
static void add_entries(struct load *l, const struct yaml_node *map, struct view prefix)
{
	yaml_each (child, map) {
		struct view name = child->key;
		struct entry *e;

		if (prefix.len)
			name = arena_printf(l->reader.arena, "%.*s.%.*s", VIEW_ARG(prefix),
					    VIEW_ARG(child->key));
		if (child->kind == YAML_MAP) {
			add_entries(l, child, name);
			continue;
		}
		if (is_said(l, name))
			continue;
		e = vec_push(&l->entries);
		e->name = name;
		e->templates =
		    ARENA_ARRAY(l->reader.arena, child->n ? child->n : 1, struct template);
		if (child->kind == YAML_TEXT) {
			add_template(l, child, e);
			continue;
		}
		if (child->n == 0)
			reader_error(&l->reader, child, "'%.*s' has no text",
				     VIEW_ARG(utf8_clip(name, 60)));
		yaml_each (item, child)
			add_template(l, item, e);
	}
}

static int entry_cmp(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return view_cmp(x->name, y->name);
}

static void index_names(struct wording *w, struct arena *a)
{
	size_t n = 16;

	while (n < 2 * w->n)
		n *= 2;
	w->mask = n - 1;
	w->slots = ARENA_ARRAY(a, n, uint32_t);
	for (size_t i = 0; i < w->n; i++) {
		size_t slot = hash_view(w->entries[i].name) & w->mask;

		while (w->slots[slot])
			slot = (slot + 1) & w->mask;
		w->slots[slot] = (uint32_t)i + 1;
	}
}

static struct wording *finish(struct load *l)
{
	struct wording *w = ARENA_NEW(l->reader.arena, struct wording);

	w->n = l->entries.n;
	w->entries = ARENA_ARRAY(l->reader.arena, w->n + 1, struct entry);
	if (w->n) {
		memcpy(w->entries, l->entries.items, w->n * sizeof(struct entry));
		qsort(w->entries, w->n, sizeof(struct entry), entry_cmp);
	}
	for (size_t i = 1; i < w->n; i++)
		if (view_eq(w->entries[i].name, w->entries[i - 1].name))
			reader_error(&l->reader, NULL, "the entry '%.*s' stands twice",
				     VIEW_ARG(utf8_clip(w->entries[i].name, 60)));
	index_names(w, l->reader.arena);
	return w;
}

static const char *const own_lines[] = {
#include "core/know/wording-own.inc"
};

/* What the file does not say is said in our words. */
static int add_own(struct load *l, struct fault *why)
{
	struct buf text = BUF_INIT;
	const struct yaml_node *root;
	int r;

	for (size_t i = 0; i < sizeof(own_lines) / sizeof(own_lines[0]); i++)
		buf_str(&text, own_lines[i]);
	r = yaml_read(l->reader.arena, arena_copy(l->reader.arena, buf_view(&text)),
		      "the built-in wording", &root, why);
	buf_done(&text);
	if (r < 0)
		return r;
	l->n_file = l->entries.n;
	add_entries(l, root, VIEW(""));
	return 0;
}

static bool uses_place(const struct entry *e, struct view place)
{
	for (size_t j = 0; j < e->n; j++)
		for (size_t m = 0; m < e->templates[j].n; m++) {
			const struct part *p = &e->templates[j].parts[m];

			if (p->kind == PART_PLACE && view_eq(p->text, place))
				return true;
		}
	return false;
}

/* Of our own sentences; the others may use the places that one of these uses. */
static bool is_known_place(const struct wording *own, struct view place)
{
	for (size_t i = 0; i < own->n; i++)
		if (uses_place(&own->entries[i], place))
			return true;
	return false;
}

static void check_places(struct load *l, const struct wording *w, const struct wording *own)
{
	struct view name, place;

	for (size_t i = 0; wording_entry(w, i, &name); i++)
		for (size_t k = 0; wording_place(w, i, k, &place); k++)
			if (!is_known_place(own, place))
				reader_error(&l->reader, NULL,
					     "'%.*s' has a place {%.*s} that nothing fills",
					     VIEW_ARG(utf8_clip(name, 60)),
					     VIEW_ARG(utf8_clip(place, 40)));
}

/* Our own sentences alone, for what they use. */
static struct wording *own_wording(struct load *l, struct fault *why)
{
	struct load only = {.reader = l->reader};
	struct wording *w = NULL;

	if (add_own(&only, why) == 0)
		w = finish(&only);
	vec_done(&only.entries);
	return w;
}

static int parse(struct arena *a, struct view yaml, const char *file,
		 const struct wording_matters *matters, bool with_own, struct wording **ret,
		 struct fault *why)
{
	struct problems problems = {0};
	struct load l = {.reader = {a, file, &problems}};
	const struct wording *own;
	const struct yaml_node *root;
	struct wording *w;
	int r = yaml_read(a, yaml, file, &root, why);

	if (r < 0)
		return r;
	if (reader_any_map(&l.reader, root, "the wording"))
		add_entries(&l, root, VIEW(""));
	add_matters(&l, matters);
	if (with_own)
		r = add_own(&l, why);
	w = finish(&l);
	own = with_own && r == 0 ? own_wording(&l, why) : NULL;
	if (own)
		check_places(&l, w, own);
	if (problems_first_error(&problems, why))
		r = -EBADMSG;
	if (r == 0)
		*ret = w;
	problems_done(&problems);
	vec_done(&l.entries);
	return r;
}

int wording_parse(struct arena *a, struct view yaml, const char *file,
		  const struct wording_matters *matters, struct wording **ret, struct fault *why)
{
	return parse(a, yaml, file, matters, false, ret, why);
}

int wording_load_from(const struct files *from, struct arena *a, const char *path,
		      const struct wording_matters *matters, struct wording **ret,
		      struct fault *why)
{
	struct view text;
	int r = files_read(from, a, path, LIMIT_YAML_BYTES, &text);

	if (r == 0)
		return parse(a, text, path, matters, true, ret, why);
	fault_set(why, "cannot read the wording: %s", error_text(r));
	fault_place(why, path, 0, 0);
	return r;
}

int wording_load(struct arena *a, const char *path, const struct wording_matters *matters,
		 struct wording **ret, struct fault *why)
{
	return wording_load_from(NULL, a, path, matters, ret, why);
}

static const struct entry *find(const struct wording *w, const char *name)
{
	struct view wanted = view_of(name);

	for (size_t slot = hash_view(wanted) & w->mask; w->slots[slot]; slot = (slot + 1) & w->mask)
		if (view_eq(w->entries[w->slots[slot] - 1].name, wanted))
			return &w->entries[w->slots[slot] - 1];
	return NULL;
}

bool wording_has(const struct wording *w, const char *name)
{
	return find(w, name) != NULL;
}

static struct view value_of(struct view place, const struct word_value *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (view_is(place, values[i].name))
			return values[i].value;
	return VIEW("");
}

static bool is_all_empty(const struct template *t, size_t open, const struct word_value *values,
			 size_t n)
{
	for (size_t i = open; i < t->parts[open].close; i++)
		if (t->parts[i].kind == PART_PLACE && value_of(t->parts[i].text, values, n).len)
			return false;
	return true;
}

void wording_put(const struct wording *w, struct buf *out, const char *name, unsigned turn,
		 const struct word_value *values, size_t n)
{
	const struct entry *e = find(w, name);
	const struct template *t;

	if (!e || e->n == 0) {
		buf_printf(out, "[%s]", name);
		return;
	}
	t = &e->templates[turn % e->n];
	for (size_t i = 0; i < t->n; i++) {
		const struct part *p = &t->parts[i];

		if (p->kind == PART_TEXT)
			buf_view_add(out, p->text);
		else if (p->kind == PART_PLACE)
			buf_view_add(out, value_of(p->text, values, n));
		else if (p->kind == PART_OPEN && is_all_empty(t, i, values, n))
			i = p->close;
	}
}

bool wording_entry(const struct wording *w, size_t i, struct view *ret_name)
{
	if (i >= w->n)
		return false;
	*ret_name = w->entries[i].name;
	return true;
}

bool wording_place(const struct wording *w, size_t i, size_t k, struct view *ret_place)
{
	const struct entry *e = &w->entries[i];

	for (size_t j = 0; j < e->n; j++)
		for (size_t m = 0; m < e->templates[j].n; m++) {
			const struct part *p = &e->templates[j].parts[m];

			if (p->kind != PART_PLACE || k-- > 0)
				continue;
			*ret_place = p->text;
			return true;
		}
	return false;
}
