/* SPDX-License-Identifier: Apache-2.0 */
/* catalog.c - reading intents/: a folder a matter, a file an intent. */
#include "know/catalog.h"

#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "know/nearest.h"
#include "know/reader.h"

struct load {
	const struct files *from;
	struct arena *arena;
	struct arena text; /* of the file that is being read */
	struct problems problems;
	VEC(struct intent) intents;
	struct matter *list;
	size_t n_matters;
};

/* An id is a file name too: a-z, 0-9, '.', '_', '-', and not long. */
static bool is_id(struct view v)
{
	for (size_t i = 0; i < v.len; i++) {
		char c = v.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && !strchr("._-", c))
			return false;
	}
	return v.len > 0 && v.len <= 64;
}

/* permit.number.query: query */
static struct view last_part(struct view name)
{
	for (size_t i = name.len; i > 0; i--)
		if (name.ptr[i - 1] == '.')
			return view_sub(name, i, name.len);
	return name;
}

static void read_nots(const struct reader *r, const struct yaml_node *map, struct intent *in)
{
	struct confusable *items;

	if (!reader_any_map(r, map, "not"))
		return;
	items = ARENA_ARRAY(r->arena, map->n + 1, struct confusable);
	yaml_each (child, map)
		items[in->n_nots++] =
		    (struct confusable){child->key, reader_text(r, child, "an element of not")};
	in->nots = items;
}

static size_t count_lines(struct view text)
{
	struct view line;
	size_t n = 0;

	while (view_split(&text, '\n', &line))
		n++;
	return n;
}

/* A block of questions, one a line; nothing in it is a comment. Gives how many went to items. */
static size_t read_block(const struct reader *r, const struct yaml_node *block,
			 struct example *items)
{
	struct view rest = block->text, line;
	unsigned at = block->line;
	size_t n = 0;

	while (view_split(&rest, '\n', &line)) {
		at += block->is_block;
		line = view_trim(line);
		if (line.len == 0)
			continue;
		if (line.len > LIMIT_GUIDE_TEXT) {
			problem_add(r->problems, true, r->file, at, 0,
				    "a question of %zu bytes: at most %d are allowed", line.len,
				    LIMIT_GUIDE_TEXT);
			continue;
		}
		items[n++] = (struct example){line, block->key, at};
	}
	return n;
}

/* Questions by style; the number goes to *ret_n. */
static const struct example *read_examples(const struct reader *r, const struct yaml_node *map,
					   const char *name, size_t *ret_n)
{
	struct example *items;
	size_t room = 0;

	if (!reader_any_map(r, map, name))
		return NULL;
	yaml_each (block, map) {
		if (block->kind != YAML_TEXT)
			reader_error(r, block,
				     "%s of a style are a block of text ('|'), one question a "
				     "line",
				     name);
		else
			room += count_lines(block->text);
	}
	items = ARENA_ARRAY(r->arena, room + 1, struct example);
	yaml_each (block, map)
		if (block->kind == YAML_TEXT)
			*ret_n += read_block(r, block, items + *ret_n);
	return items;
}

/* A block of words, separated by blanks and line ends. */
static void read_names(const struct reader *r, const struct yaml_node *node, struct intent *in)
{
	struct view text = node && node->kind == YAML_TEXT ? node->text : VIEW(""), line, word;
	struct view *items = ARENA_ARRAY(r->arena, text.len / 2 + 1, struct view);

	if (node && node->kind != YAML_TEXT)
		reader_error(r, node, "names are a block of text ('|'), separated by blanks");
	while (view_split(&text, '\n', &line))
		while (view_split(&line, ' ', &word))
			if (word.len)
				items[in->n_names++] = word;
	in->names = items;
}

static void read_intent(const struct reader *r, const struct yaml_node *root, struct view stem,
			struct intent *in)
{
	static const char *const keys[] = {
	    "intent", "title",   "description", "question", "kind",     "facet", "clusters",
	    "not",    "related", "whenever",    "names",    "examples", "trials"};
	static const char *const kinds[] = {"question", "compare",      "chat",  "handoff",
					    "source",   "out_of_scope", "refuse"};
	const struct yaml_node *kind = yaml_get(root, "kind");
	int k = INTENT_QUESTION;

	if (!reader_map(r, root, "an intent", keys, N_OF(keys)))
		return;
	in->name = reader_need(r, root, "intent");
	if (in->name.len && !is_id(in->name))
		reader_error(r, yaml_get(root, "intent"),
			     "an intent id is made of a-z, 0-9, '.', '_' and '-'");
	else if (in->name.len && !view_eq(in->name, stem))
		reader_error(r, yaml_get(root, "intent"),
			     "the file is called '%.*s.yaml' but holds the intent '%.*s'",
			     VIEW_ARG(stem), VIEW_ARG(in->name));
	in->title = reader_need(r, root, "title");
	in->description = reader_need(r, root, "description");
	in->question = reader_need(r, root, "question");
	if (kind)
		k = reader_choice(r, kind, "the kind of an intent", kinds, N_OF(kinds));
	in->kind = k < 0 ? INTENT_QUESTION : (enum intent_kind)k;
	in->facet = reader_text(r, yaml_get(root, "facet"), "facet");
	if (in->facet.len == 0)
		in->facet = last_part(in->name);
	in->clusters = reader_yes(r, yaml_get(root, "clusters"), "'clusters' of an intent");
	read_nots(r, yaml_get(root, "not"), in);
	reader_texts(r, yaml_get(root, "related"), "related", &in->related, &in->n_related);
	reader_texts(r, yaml_get(root, "whenever"), "whenever", &in->whenever, &in->n_whenever);
	read_names(r, yaml_get(root, "names"), in);
	if (!yaml_get(root, "examples"))
		reader_error(r, root, "'examples' is missing");
	in->examples = read_examples(r, yaml_get(root, "examples"), "examples", &in->n_examples);
	if (yaml_get(root, "trials"))
		in->trials = read_examples(r, yaml_get(root, "trials"), "trials", &in->n_trials);
}

/* The tree of one file; NULL if it could not be read (told already). */
static const struct yaml_node *read_file(struct load *l, const char *path)
{
	const struct yaml_node *root = NULL;
	struct fault why;
	struct view text;
	int r;

	arena_reset(&l->text);
	r = files_read(l->from, &l->text, path, LIMIT_YAML_BYTES, &text);
	if (r < 0)
		problem_add(&l->problems, true, path, 0, 0, "cannot be read: %s", error_text(r));
	else if (yaml_read(l->arena, text, path, &root, &why) < 0)
		problem_add(&l->problems, true, path, why.line, why.column, "%s", why.text);
	return root;
}

static void load_folder(struct load *l, const char *folder, const char *name)
{
	const char *const *files;
	const struct matter *matter = NULL;
	size_t n;
	int r = files_list(l->from, l->arena, folder, ".yaml", &files, &n);

	if (r < 0)
		problem_add(&l->problems, true, folder, 0, 0, "cannot be read: %s", error_text(r));
	for (size_t i = 0; r == 0 && i < n; i++) {
		const char *path = file_join(l->arena, folder, files[i]);
		struct reader reader = {l->arena, path, &l->problems};
		const struct yaml_node *root;

		if (strcmp(files[i], "matter.yaml") != 0 || !(root = read_file(l, path)))
			continue;
		matter_read(&reader, root, view_of(name), &l->list[l->n_matters]);
		matter = &l->list[l->n_matters++];
	}
	for (size_t i = 0; r == 0 && i < n; i++) {
		const char *path = file_join(l->arena, folder, files[i]);
		struct reader reader = {l->arena, path, &l->problems};
		struct view stem = view_sub(view_of(files[i]), 0, strlen(files[i]) - 5);
		const struct yaml_node *root;
		struct intent *new;

		if (strcmp(files[i], "matter.yaml") == 0 || !(root = read_file(l, path)))
			continue;
		new = vec_push(&l->intents);
		new->matter = matter;
		new->file = path;
		read_intent(&reader, root, stem, new);
	}
}

static int intent_cmp(const void *a, const void *b)
{
	const struct intent *x = a, *y = b;

	return view_cmp(x->name, y->name);
}

static uint64_t hash_on(uint64_t h, struct view v)
{
	return hash_seeded(v.ptr, v.len, h + v.len);
}

/* Of names, facets, questions and words: titles and descriptions may change without a new training.
 */
static uint64_t fingerprint(const struct catalog *c)
{
	uint64_t h = c->n_intents;

	for (size_t i = 0; i < c->n_intents; i++) {
		const struct intent *in = &c->intents[i];

		h = hash_on(hash_on(hash_on(h, in->name), intent_facet(in)), in->question);
		h = hash_mix(h + (uint64_t)in->kind);
		for (size_t j = 0; j < in->n_examples; j++)
			h = hash_on(hash_on(h, in->examples[j].text), in->examples[j].style);
		for (size_t j = 0; j < in->n_trials; j++)
			h = hash_on(h, in->trials[j].text);
		for (size_t j = 0; j < in->n_names; j++)
			h = hash_on(h, in->names[j]);
	}
	for (size_t i = 0; i < c->n_matters; i++) {
		const struct matter *m = &c->matters[i];

		for (size_t j = 0; j < m->n_terms; j++)
			h = hash_on(h, m->terms[j]);
		for (size_t j = 0; j < m->n_others; j++)
			h = hash_on(h, m->others[j]);
		for (size_t j = 0; j < m->n_glosses; j++)
			h = hash_on(hash_on(h, m->glosses[j].english), m->glosses[j].chinese);
		for (size_t j = 0; j < m->n_look_alikes; j++)
			h = hash_on(h, m->look_alikes[j]);
	}
	return h;
}

static int matter_cmp(const void *a, const void *b)
{
	const struct matter *x = a, *y = b;

	return x->order != y->order ? (x->order > y->order) - (x->order < y->order)
				    : view_cmp(x->name, y->name);
}

/* In the order in which they are named to people. Intents point to them by where they are. */
static void order_matters(struct load *l)
{
	struct matter *sorted = ARENA_ARRAY(l->arena, l->n_matters + 1, struct matter);

	if (l->n_matters == 0)
		return;
	memcpy(sorted, l->list, l->n_matters * sizeof(*sorted));
	qsort(sorted, l->n_matters, sizeof(*sorted), matter_cmp);
	for (size_t i = 0; i < l->intents.n; i++) {
		const struct matter *old = l->intents.items[i].matter;

		for (size_t j = 0; old && j < l->n_matters; j++)
			if (view_eq(sorted[j].name, old->name))
				l->intents.items[i].matter = &sorted[j];
	}
	l->list = sorted;
}

static void finish(struct load *l, struct catalog *ret)
{
	size_t n = l->intents.n;
	struct intent *intents = ARENA_ARRAY(l->arena, n + 1, struct intent);

	order_matters(l);
	if (n) {
		memcpy(intents, l->intents.items, n * sizeof(*intents));
		qsort(intents, n, sizeof(*intents), intent_cmp);
	}
	for (size_t i = 0; i < n; i++) {
		intents[i].index = (uint32_t)i;
		if (i > 0 && view_eq(intents[i].name, intents[i - 1].name))
			problem_add(&l->problems, true, intents[i].file, 1, 1,
				    "the intent '%.*s' is also in %s", VIEW_ARG(intents[i].name),
				    intents[i - 1].file);
	}
	*ret = (struct catalog){l->list, l->n_matters, intents, n, 0};
	ret->fingerprint = fingerprint(ret);
}

int catalog_load_from(const struct files *from, struct arena *a, const char *dir,
		      struct catalog *ret, struct fault *why)
{
	struct load l = {.from = from, .arena = a};
	const char *const *names;
	struct catalog c;
	size_t n;
	int r = files_list(from, a, dir, NULL, &names, &n);

	if (r < 0) {
		fault_set(why, "cannot read the folder of intents: %s", error_text(r));
		fault_place(why, dir, 0, 0);
		return r;
	}
	arena_init(&l.text, 0);
	l.list = ARENA_ARRAY(a, n + 1, struct matter);
	for (size_t i = 0; i < n; i++) {
		const char *path = file_join(a, dir, names[i]);

		if (files_is_folder(from, a, path))
			load_folder(&l, path, names[i]);
	}
	arena_done(&l.text);
	finish(&l, &c);
	if (c.n_intents == 0)
		problem_add(&l.problems, true, dir, 0, 0, "there are no intents here");
	if (problems_first_error(&l.problems, why))
		r = -EBADMSG;
	else
		*ret = c;
	problems_done(&l.problems);
	vec_done(&l.intents);
	return r;
}

int catalog_load(struct arena *a, const char *dir, struct catalog *ret, struct fault *why)
{
	return catalog_load_from(NULL, a, dir, ret, why);
}

const struct intent *catalog_of_kind(const struct catalog *c, enum intent_kind kind)
{
	for (size_t i = 0; i < c->n_intents; i++) {
		if (c->intents[i].kind == kind)
			return &c->intents[i];
	}
	return NULL;
}

const struct intent *catalog_find(const struct catalog *c, struct view name)
{
	size_t low = 0, high = c->n_intents;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = view_cmp(c->intents[mid].name, name);

		if (order == 0)
			return &c->intents[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

struct view intent_facet(const struct intent *intent)
{
	return intent->facet.len ? intent->facet : last_part(intent->name);
}

const struct intent *catalog_sibling(const struct catalog *c, const struct matter *matter,
				     const struct intent *intent)
{
	struct view facet = intent_facet(intent);

	for (size_t i = 0; i < c->n_intents; i++)
		if (c->intents[i].matter == matter && c->intents[i].kind == intent->kind &&
		    view_eq(intent_facet(&c->intents[i]), facet))
			return &c->intents[i];
	return NULL;
}

const struct intent *catalog_nearest(const struct catalog *c, struct view name)
{
	struct nearest near = NEAREST_INIT(name);
	const struct intent *best = NULL;

	for (size_t i = 0; i < c->n_intents; i++)
		if (nearest_offer(&near, c->intents[i].name))
			best = &c->intents[i];
	return best;
}
