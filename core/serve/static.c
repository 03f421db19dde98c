/* SPDX-License-Identifier: Apache-2.0 */
/* static.c - see static.h. */
#include "serve/static.h"

#include <errno.h>
#include <stdlib.h>
#include <strings.h>

#include "base/file.h"

#define TABLE      "files.tsv"
#define TABLE_MAX  65536
#define NAME_BYTES 100
#define N_COLUMNS  6
#define ETAG_BYTES 16

enum { COLUMN_NAME, COLUMN_ETAG, COLUMN_MEDIA, COLUMN_CACHING, COLUMN_BYTES, COLUMN_GZIP_BYTES };

/* What goes into a response's head or names a file holds nothing that could end either. */
static bool has_only(struct view v, const char *others)
{
	for (size_t i = 0; i < v.len; i++) {
		char c = v.ptr[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		    (c == '\0' || !strchr(others, c)))
			return false;
	}
	return true;
}

static bool is_name(struct view v)
{
	return v.len > 0 && v.len <= NAME_BYTES && v.ptr[0] != '.' && has_only(v, "-_.");
}

static int parse_caching(struct view v, enum static_caching *ret)
{
	static const char *const names[] = {"forever", "revalidate", "never"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (view_is(v, names[i])) {
			*ret = (enum static_caching)i;
			return 0;
		}
	}
	return -EINVAL;
}

/* The file itself; it has the length that the table tells, or was changed by hand. */
static int read_one(struct arena *a, const char *path, struct view length, struct view *ret,
		    struct fault *why)
{
	uint64_t wanted;
	int r = view_to_u64(length, &wanted);

	if (r < 0 || wanted > STATIC_BYTES_MAX) {
		fault_set(why, "'%.*s' is no length of at most %d bytes", VIEW_ARG(length),
			  STATIC_BYTES_MAX);
		return -EINVAL;
	}
	r = file_read(a, path, STATIC_BYTES_MAX, ret);
	if (r < 0) {
		fault_set(why, "%s: %s", path, error_text(r));
		return r;
	}
	if (ret->len != wanted) {
		fault_set(why,
			  "%s has %zu bytes, and %llu by the table; build the folder again with "
			  "contrib/widget/build",
			  path, ret->len, (unsigned long long)wanted);
		return -EINVAL;
	}
	return 0;
}

static int read_bodies(struct arena *a, const char *dir, const struct view columns[N_COLUMNS],
		       struct static_file *f, struct fault *why)
{
	const char *path = file_join(a, dir, arena_copy(a, f->name).ptr);
	int r = read_one(a, path, columns[COLUMN_BYTES], &f->body, why);

	if (r < 0)
		return r;
	path = arena_printf(a, "%s.gz", path).ptr;
	return read_one(a, path, columns[COLUMN_GZIP_BYTES], &f->gzip, why);
}

static int parse_line(struct arena *a, const char *dir, struct view line, struct static_file *ret,
		      struct fault *why)
{
	struct view rest = line, columns[N_COLUMNS];
	struct static_file f = {.caching = STATIC_NEVER};
	size_t n = 0;

	while (n < N_COLUMNS && view_split(&rest, '\t', &columns[n]))
		n++;
	if (n < N_COLUMNS || rest.ptr) {
		fault_set(why, "a line has %d columns, parted by tabs", N_COLUMNS);
		return -EINVAL;
	}
	f.name = columns[COLUMN_NAME];
	f.etag = columns[COLUMN_ETAG];
	f.media = arena_copy(a, columns[COLUMN_MEDIA]);
	if (!is_name(f.name) || f.etag.len != ETAG_BYTES || !has_only(f.etag, "") ||
	    f.media.len == 0 || !has_only(f.media, "/;= +-.") ||
	    parse_caching(columns[COLUMN_CACHING], &f.caching) < 0) {
		fault_set(why, "'%.*s': its name, ETag, media type or kind of caching is wrong",
			  VIEW_ARG(f.name));
		return -EINVAL;
	}
	f.is_page = view_starts(f.media, VIEW("text/html"));
	*ret = f;
	return read_bodies(a, dir, columns, ret, why);
}

static int load(struct static_files *s, const char *dir, struct fault *why)
{
	const char *path = file_join(&s->arena, dir, TABLE);
	struct view rest, line;
	size_t total = 0;
	unsigned number = 0;
	int r = file_read(&s->arena, path, TABLE_MAX, &rest);

	if (r < 0)
		fault_set(why, "cannot be read: %s", error_text(r));
	while (r == 0 && view_split(&rest, '\n', &line)) {
		struct static_file *f = &s->items[s->n];

		number++;
		if (line.len == 0)
			continue;
		if (s->n == STATIC_FILES_MAX) {
			fault_set(why, "more than %d files", STATIC_FILES_MAX);
			r = -E2BIG;
			break;
		}
		r = parse_line(&s->arena, dir, line, f, why);
		if (r < 0)
			break;
		s->n++;
		total += f->body.len + f->gzip.len;
		if (total > STATIC_TOTAL_MAX) {
			fault_set(why, "more than %d bytes in all", STATIC_TOTAL_MAX);
			r = -EFBIG;
		}
	}
	if (r < 0)
		fault_place(why, path, number, 0);
	return r;
}

int static_load(const char *dir, struct static_files **ret, struct fault *why)
{
	struct static_files *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		die_oom(sizeof(*s));
	arena_init(&s->arena, 0);
	r = load(s, dir, why);
	if (r < 0)
		static_free(s);
	else
		*ret = s;
	return r;
}

void static_free(struct static_files *files)
{
	if (!files)
		return;
	arena_done(&files->arena);
	free(files);
}

const struct static_file *static_find(const struct static_files *files, struct view name)
{
	for (size_t i = 0; files && i < files->n; i++)
		if (view_eq(files->items[i].name, name))
			return &files->items[i];
	return NULL;
}

void static_check(const struct settings *s, struct problems *problems)
{
	struct static_files *files = NULL;
	struct fault why;

	if (s->www[0] && static_load(s->www, &files, &why) < 0)
		problem_add(problems, false, why.file, why.line, 0, "www: %s", why.text);
	static_free(files);
}

bool static_tag_matches(struct view header, struct view etag)
{
	struct view rest = header, one;

	while (view_split(&rest, ',', &one)) {
		one = view_trim(one);
		if (view_is(one, "*"))
			return true;
		if (view_starts(one, VIEW("W/")))
			one = view_sub(one, 2, one.len);
		if (one.len == etag.len + 2 && one.ptr[0] == '"' && one.ptr[one.len - 1] == '"' &&
		    view_eq(view_sub(one, 1, etag.len), etag))
			return true;
	}
	return false;
}

/* "q=0", "q=0.0" and the like, among a piece's parameters. */
static bool is_refused(struct view parameters)
{
	struct view rest = parameters, one;

	while (view_split(&rest, ';', &one)) {
		one = view_trim(one);
		if (one.len < 3 || strncasecmp(one.ptr, "q=0", 3) != 0)
			continue;
		one = view_sub(one, 3, one.len);
		while (one.len > 0 && (one.ptr[0] == '.' || one.ptr[0] == '0'))
			one = view_sub(one, 1, one.len);
		return one.len == 0;
	}
	return false;
}

bool static_accepts(struct view header, const char *what)
{
	struct view rest = header, piece;

	while (view_split(&rest, ',', &piece)) {
		struct view parameters = piece, name;

		if (!view_split(&parameters, ';', &name))
			continue;
		name = view_trim(name);
		if (name.len == strlen(what) && strncasecmp(name.ptr, what, name.len) == 0)
			return !is_refused(parameters);
	}
	return false;
}
