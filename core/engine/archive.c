/* SPDX-License-Identifier: Apache-2.0 */
/*
 * archive.c - records in and out.
 *
 * A record is two 32-bit numbers (kind, number of fields), then a 64-bit length before each field.
 * Numbers lie as in memory: an archive never leaves the machine and the build that made it.
 */
#include "engine/archive.h"

#include <errno.h>

#include "base/hash.h"
#include "base/seal.h"
#include "plugin/packet.h"

struct head {
	uint32_t kind, n;
};

void archive_put(struct buf *out, enum archive_kind kind, const struct view *fields, size_t n)
{
	struct head head = {(uint32_t)kind, (uint32_t)n};

	buf_add(out, &head, sizeof(head));
	for (size_t i = 0; i < n; i++) {
		uint64_t len = fields[i].len;

		buf_add(out, &len, sizeof(len));
		buf_view_add(out, fields[i]);
	}
}

static struct view bytes_of(const void *p, size_t size)
{
	return view_make(p, size);
}

void archive_end(struct buf *out)
{
	uint64_t sum = hash_bulk(out->ptr, out->len, out->len);
	struct view field = bytes_of(&sum, sizeof(sum));

	archive_put(out, ARCHIVE_END, &field, 1);
}

bool archive_is_whole(struct view archive)
{
	const size_t tail = sizeof(struct head) + 2 * sizeof(uint64_t);
	uint64_t sum;

	if (archive.len < tail)
		return false;
	memcpy(&sum, archive.ptr + archive.len - sizeof(sum), sizeof(sum));
	return sum == hash_bulk(archive.ptr, archive.len - tail, archive.len - tail);
}

static bool take(struct view *rest, void *out, size_t n)
{
	if (rest->len < n)
		return false;
	memcpy(out, rest->ptr, n);
	*rest = view_sub(*rest, n, rest->len);
	return true;
}

int archive_next(struct view *rest, struct arena *a, struct archive_record *ret)
{
	struct view *fields;
	struct head head;

	if (rest->len == 0)
		return 0;
	if (!take(rest, &head, sizeof(head)) || head.n > ARCHIVE_FIELDS)
		return -EBADMSG;
	fields = ARENA_ARRAY(a, head.n + 1, struct view);
	for (uint32_t i = 0; i < head.n; i++) {
		uint64_t len;

		if (!take(rest, &len, sizeof(len)) || len > rest->len)
			return -EBADMSG;
		fields[i] = view_sub(*rest, 0, (size_t)len);
		*rest = view_sub(*rest, (size_t)len, rest->len);
	}
	*ret = (struct archive_record){head.kind, head.n, fields};
	return 1;
}

/* The next of that kind with at least n fields. */
static bool next_of(struct view *rest, struct arena *a, enum archive_kind kind, size_t n,
		    struct archive_record *ret)
{
	while (archive_next(rest, a, ret) > 0)
		if (ret->kind == kind && ret->n >= n)
			return true;
	return false;
}

/* ---- settings ---- */

void archive_put_setting(struct buf *out, const char *name, struct view value)
{
	const struct view fields[] = {view_of(name), value};

	archive_put(out, ARCHIVE_SETTING, fields, 2);
}

size_t archive_settings(struct view archive, struct arena *a, const char *name,
			const char *const **ret_values)
{
	VEC(const char *) found = VEC_INIT;
	struct archive_record r;
	const char **copy;
	size_t n;

	while (next_of(&archive, a, ARCHIVE_SETTING, 2, &r))
		if (view_is(r.fields[0], name))
			*vec_push(&found) = arena_copy(a, r.fields[1]).ptr;
	n = found.n;
	copy = ARENA_ARRAY(a, n + 1, const char *);
	if (n)
		memcpy(copy, found.items, n * sizeof(*copy));
	vec_done(&found);
	*ret_values = copy;
	return n;
}

const char *archive_setting(struct view archive, struct arena *a, const char *name)
{
	const char *const *values;

	return archive_settings(archive, a, name, &values) ? values[0] : "";
}

/* ---- faults ---- */

static struct problem take_problem(struct view field)
{
	struct problem p;

	memset(&p, 0, sizeof(p));
	memcpy(&p, field.ptr, field.len < sizeof(p) ? field.len : sizeof(p));
	p.fault.file[FAULT_FILE_MAX - 1] = p.fault.text[FAULT_TEXT_MAX - 1] = '\0';
	return p;
}

static void put_problem(struct buf *out, enum archive_kind kind, const struct fault *fault,
			bool is_error)
{
	struct problem p;
	struct view field = bytes_of(&p, sizeof(p));

	/* The padding too: the bytes are hashed. */
	memset(&p, 0, sizeof(p));
	p.is_error = is_error;
	fault_set(&p.fault, "%s", fault->text);
	fault_place(&p.fault, fault->file, fault->line, fault->column);
	archive_put(out, kind, &field, 1);
}

void archive_put_problems(struct buf *out, const struct problems *problems)
{
	for (size_t i = 0; i < problems->list.n; i++)
		put_problem(out, ARCHIVE_PROBLEM, &problems->list.items[i].fault,
			    problems->list.items[i].is_error);
}

void archive_put_failed(struct buf *out, const struct fault *why)
{
	put_problem(out, ARCHIVE_FAILED, why, true);
}

bool archive_failed(struct view archive, struct arena *a, struct fault *ret)
{
	struct archive_record r;

	if (!next_of(&archive, a, ARCHIVE_FAILED, 1, &r))
		return false;
	*ret = take_problem(r.fields[0]).fault;
	return true;
}

void archive_problems(struct view archive, struct arena *a, struct problems *ret)
{
	struct archive_record r;

	while (next_of(&archive, a, ARCHIVE_PROBLEM, 1, &r)) {
		struct problem p = take_problem(r.fields[0]);

		problem_add(ret, p.is_error, p.fault.file, p.fault.line, p.fault.column, "%s",
			    p.fault.text);
	}
}

/* ---- sources ---- */

/* The members of a source that are figures. */
struct figures {
	uint64_t id, hung, image;
	uint32_t dir, confined;
	uint32_t is_object, has_code, is_kept, is_out, has_image, reserved;
};

/* Then these fields, then the claims. */
enum source_field {
	OF_FIGURES,
	OF_PATH,
	OF_GUIDE,
	OF_NAME,
	OF_VERSION,
	OF_SIGNATURE,
	OF_TROUBLE,
	OF_CLAIMS
};

static void put_image(struct buf *out, const struct plugin_source *s)
{
	struct view bytes = VIEW("");

	if (seal_map(s->image_fd, &bytes) == 0) {
		archive_put(out, ARCHIVE_IMAGE, &bytes, 1);
		seal_unmap(bytes);
	}
}

static void put_source(struct buf *out, const struct plugin_source *s, uint64_t image)
{
	struct figures figures = {
	    .id = s->id,
	    .hung = s->hung,
	    .image = image,
	    .dir = s->dir,
	    .confined = s->confined,
	    .is_object = s->is_object,
	    .has_code = s->has_code,
	    .is_kept = s->is_kept,
	    .is_out = s->is_out,
	    .has_image = s->image_fd >= 0,
	};
	struct view fields[OF_CLAIMS + PACKET_CLAIMS] = {
	    [OF_FIGURES] = bytes_of(&figures, sizeof(figures)),
	    [OF_PATH] = view_of(s->path),
	    [OF_GUIDE] = s->guide,
	    [OF_NAME] = s->name,
	    [OF_VERSION] = s->version,
	    [OF_SIGNATURE] = s->signature,
	    [OF_TROUBLE] = s->trouble,
	};
	size_t n = s->n_claims < PACKET_CLAIMS ? s->n_claims : PACKET_CLAIMS;

	for (size_t i = 0; i < n; i++)
		fields[OF_CLAIMS + i] = s->claims[i];
	archive_put(out, ARCHIVE_SOURCE, fields, OF_CLAIMS + n);
}

void archive_put_sources(struct buf *out, const struct sources *sources, bool with_images)
{
	uint64_t image = 0;

	for (size_t i = 0; i < sources->list.n; i++) {
		const struct plugin_source *s = &sources->list.items[i];

		put_source(out, s, image);
		image += s->image_fd >= 0;
		if (with_images && s->image_fd >= 0)
			put_image(out, s);
	}
}

static int take_source(const struct archive_record *r, struct sources *to, int *fds, size_t n_fds)
{
	struct figures f;
	struct plugin_source s = {.image_fd = -1};

	if (r->n < OF_CLAIMS || r->fields[OF_FIGURES].len != sizeof(f))
		return -EBADMSG;
	memcpy(&f, r->fields[OF_FIGURES].ptr, sizeof(f));
	s.path = arena_copy(&to->arena, r->fields[OF_PATH]).ptr;
	s.dir = f.dir;
	s.id = f.id;
	s.hung = f.hung;
	s.is_object = f.is_object;
	s.has_code = f.has_code;
	s.is_kept = f.is_kept;
	s.is_out = f.is_out;
	s.confined = f.confined;
	s.guide = r->fields[OF_GUIDE];
	s.name = r->fields[OF_NAME];
	s.version = r->fields[OF_VERSION];
	s.signature = r->fields[OF_SIGNATURE];
	s.trouble = r->fields[OF_TROUBLE];
	s.claims = r->fields + OF_CLAIMS;
	s.n_claims = r->n - OF_CLAIMS;
	if (f.has_image && fds) {
		if (f.image >= n_fds)
			return -EBADMSG;
		s.image_fd = fds[f.image];
		fds[f.image] = -1;
	}
	*vec_push(&to->list) = s;
	return 0;
}

static int take_image(const struct archive_record *r, struct sources *to)
{
	struct plugin_source *s = to->list.n ? &to->list.items[to->list.n - 1] : NULL;

	if (!s || r->n != 1 || s->image_fd >= 0)
		return -EBADMSG;
	s->image_fd = seal_make("wenlu-plugin", r->fields[0]);
	return s->image_fd < 0 ? s->image_fd : 0;
}

int archive_sources(struct view archive, struct sources *ret, int *fds, size_t n_fds)
{
	struct archive_record r;
	int more, err = 0;

	while (err == 0 && (more = archive_next(&archive, &ret->arena, &r)) != 0) {
		if (more < 0)
			err = more;
		else if (r.kind == ARCHIVE_SOURCE)
			err = take_source(&r, ret, fds, n_fds);
		else if (r.kind == ARCHIVE_IMAGE)
			err = take_image(&r, ret);
	}
	return err;
}

/* ---- files ---- */

static int record_read(const struct files *f, struct arena *a, const char *path, size_t max,
		       struct view *ret)
{
	const struct files_recorder *recorder = (const struct files_recorder *)f;
	int r = files_read(NULL, a, path, max, ret);

	if (r == 0)
		archive_put(recorder->out, ARCHIVE_FILE, (const struct view[]){view_of(path), *ret},
			    2);
	return r;
}

static int record_list(const struct files *f, struct arena *a, const char *dir, const char *suffix,
		       const char *const **ret_names, size_t *ret_n)
{
	const struct files_recorder *recorder = (const struct files_recorder *)f;
	struct view *fields;
	int r = files_list(NULL, a, dir, suffix, ret_names, ret_n);

	if (r < 0)
		return r;
	if (*ret_n + 2 > ARCHIVE_FIELDS)
		return -EFBIG;
	fields = ARENA_ARRAY(a, *ret_n + 2, struct view);
	fields[0] = view_of(dir);
	fields[1] = view_of(suffix ? suffix : "");
	for (size_t i = 0; i < *ret_n; i++)
		fields[i + 2] = view_of((*ret_names)[i]);
	archive_put(recorder->out, ARCHIVE_LIST, fields, *ret_n + 2);
	return 0;
}

void files_recorder_init(struct files_recorder *r, struct buf *out)
{
	*r = (struct files_recorder){{record_read, record_list}, out};
}

static int archived_read(const struct files *f, struct arena *a, const char *path, size_t max,
			 struct view *ret)
{
	struct view rest = ((const struct files_archive *)f)->archive;
	struct archive_record r;

	while (next_of(&rest, a, ARCHIVE_FILE, 2, &r)) {
		if (!view_is(r.fields[0], path))
			continue;
		if (r.fields[1].len > max)
			return -EFBIG;
		/* Readers count on a NUL behind it. */
		*ret = arena_copy(a, r.fields[1]);
		return 0;
	}
	return -ENOENT;
}

static int archived_list(const struct files *f, struct arena *a, const char *dir,
			 const char *suffix, const char *const **ret_names, size_t *ret_n)
{
	struct view rest = ((const struct files_archive *)f)->archive;
	struct archive_record r;
	const char **names;

	while (next_of(&rest, a, ARCHIVE_LIST, 2, &r)) {
		if (!view_is(r.fields[0], dir) || !view_is(r.fields[1], suffix ? suffix : ""))
			continue;
		names = ARENA_ARRAY(a, r.n, const char *);
		for (size_t i = 2; i < r.n; i++)
			names[i - 2] = arena_copy(a, r.fields[i]).ptr;
		*ret_names = names;
		*ret_n = r.n - 2;
		return 0;
	}
	return -ENOENT;
}

void files_archive_init(struct files_archive *f, struct view archive)
{
	*f = (struct files_archive){{archived_read, archived_list}, archive};
}

uint64_t archive_files_hash(struct view archive, struct arena *a)
{
	struct archive_record r;
	uint64_t h = 0;

	while (next_of(&archive, a, ARCHIVE_FILE, 2, &r))
		h = hash_mix(h ^ hash_bulk(r.fields[1].ptr, r.fields[1].len, r.fields[1].len)) +
		    hash_view(r.fields[0]);
	return h;
}

void archive_put_ground(struct buf *out, uint64_t id)
{
	archive_put_setting(out, "ground", bytes_of(&id, sizeof(id)));
}

uint64_t archive_ground(struct view archive, struct arena *a)
{
	struct archive_record r;
	uint64_t id = 0;

	while (id == 0 && next_of(&archive, a, ARCHIVE_SETTING, 2, &r))
		if (view_is(r.fields[0], "ground") && r.fields[1].len == sizeof(id))
			memcpy(&id, r.fields[1].ptr, sizeof(id));
	return id;
}
