/* SPDX-License-Identifier: Apache-2.0 */
/* source.c - reading plugin folders into copies that do not change. */
#include "plugin/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/say.h"
#include "base/seal.h"
#include "plugin/describe.h"
#include "plugin/image.h"

/* So long a .so may take to say what it is. */
#define PATIENCE_MS 3000

/* A file that was looked at; what is wrong with it is told when all have been. */
struct found {
	struct plugin_source source;
	int result;
	struct fault why;
	size_t job; /* 1 + its place in `jobs`: it has yet to say what it is; or 0 */
};

struct scan {
	struct sources *sources;
	const struct sources_options *options;
	struct problems *problems;
	VEC(struct found) found;
	VEC(struct describe_job) jobs;
	struct stat folder; /* the one being read */
};

void sources_init(struct sources *s)
{
	*s = (struct sources){.list = VEC_INIT};
	arena_init(&s->arena, 65536);
}

static void close_image(struct plugin_source *p)
{
	if (p->image_fd >= 0)
		close(p->image_fd);
	p->image_fd = -1;
}

void sources_done(struct sources *s)
{
	for (size_t i = 0; i < s->list.n; i++)
		close_image(&s->list.items[i]);
	vec_done(&s->list);
	arena_done(&s->arena);
}

const struct plugin_source *sources_find(const struct sources *s, const char *path)
{
	for (size_t i = 0; s && i < s->list.n; i++)
		if (strcmp(s->list.items[i].path, path) == 0)
			return &s->list.items[i];
	return NULL;
}

static int copy_fd(int fd)
{
	return fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

void sources_copy(struct sources *s, const struct sources *from)
{
	sources_init(s);
	for (size_t i = 0; i < from->list.n; i++) {
		struct plugin_source *p = vec_push(&s->list);

		*p = from->list.items[i];
		p->image_fd = copy_fd(p->image_fd);
	}
}

static bool ends_in_any_case(struct view name, const char *end)
{
	struct view tail = view_sub(name, name.len - strlen(end), strlen(end));

	return name.len > strlen(end) && strncasecmp(tail.ptr, end, tail.len) == 0;
}

const char *source_name_advice(const char *name)
{
	static const char *const others[] = {".yml", ".yaml.txt", ".yml.txt"};
	struct view v = view_of(name);
	bool is_guide = ends_in_any_case(v, ".yaml") && !view_ends(v, VIEW(".yaml"));
	bool is_object = ends_in_any_case(v, ".so") && !view_ends(v, VIEW(".so"));

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		is_guide |= ends_in_any_case(v, others[i]);
	return is_guide
		   ? say("is not read, for its name does not end in .yaml: rename it to NAME.yaml")
	       : is_object
		   ? say("is not read, for its name does not end in .so: rename it to NAME.so")
		   : NULL;
}

/* What is kept of `old`, as this file's content. */
static void take_over(struct plugin_source *p, const struct plugin_source *old)
{
	struct plugin_source new = *old;

	close_image(p);
	new.path = p->path;
	new.dir = p->dir;
	new.image_fd = copy_fd(old->image_fd);
	new.is_changed = new.is_kept = new.is_out = new.is_told = false;
	new.trouble = VIEW("");
	new.hung = 0;
	new.old = old;
	*p = new;
}

void source_fall_back(struct sources *s, struct plugin_source *p, struct view why)
{
	struct view trouble = arena_copy(&s->arena, why);

	/* A kept version that will not do any more (the world around it changed) is the end. */
	if (p->old && p->is_changed && !p->is_out) {
		take_over(p, p->old);
		p->is_kept = true;
	} else {
		close_image(p);
		p->is_kept = false;
		p->is_out = true;
		p->is_changed = false;
	}
	p->trouble = trouble;
}

/* ---- one file ---- */

/* Its signature, from the file beside it; empty if there is none. */
static int read_signature(struct scan *s, struct plugin_source *p, struct fault *why)
{
	static const char *const endings[] = {".minisig", ".sig"};

	p->signature = VIEW("");
	for (size_t i = 0; i < 2; i++) {
		char *path;
		int r;

		if (asprintf(&path, "%s%s", p->path, endings[i]) < 0)
			die_oom(strlen(p->path));
		r = file_read(&s->sources->arena, path, SIGNATURE_MAX, &p->signature);
		free(path);
		if (r == 0)
			return 0;
		if (r != -ENOENT) {
			fault_set(why, "its signature cannot be read: %s",
				  r == -ENOTSUP ? say("it is no regular file") : error_text(r));
			return r;
		}
	}
	return 0;
}

/* What nobody signed is refused where signatures are asked for; a wrong one always is. */
static int check_signature(struct scan *s, struct plugin_source *p, struct view content,
			   struct fault *why)
{
	const struct trust *trust = &s->options->trust;

	if (p->signature.len == 0 && !trust->is_required)
		return 0;
	if (trust->n_keys == 0 && !trust->is_required)
		return 0;
	if (p->signature.len == 0) {
		fault_set(why, "is not signed, and require_signed = yes: put its signature beside "
			       "it, as NAME.minisig or NAME.sig");
		return -EKEYREJECTED;
	}
	return signature_check(trust, content, p->signature, why);
}

/* True if somebody has it open for writing, as far as we may know. */
static bool is_being_written(int fd)
{
	if (fcntl(fd, F_SETLEASE, F_RDLCK) == 0) {
		(void)fcntl(fd, F_SETLEASE, F_UNLCK);
		return false;
	}
	return errno == EAGAIN;
}

static int check_quiet(const char *path, struct fault *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	bool is_busy = fd >= 0 && is_being_written(fd);

	if (fd >= 0)
		close(fd);
	if (!is_busy)
		return 0;
	fault_set(why, "somebody is writing to it; it is read when that is done");
	return -EAGAIN;
}

static int read_table(struct scan *s, struct plugin_source *p, struct fault *why)
{
	struct stat st;
	int r;

	if (stat(p->path, &st) == 0 && !S_ISREG(st.st_mode)) {
		fault_set(why, "is no regular file");
		return -EINVAL;
	}
	r = file_read(&s->sources->arena, p->path, LIMIT_YAML_BYTES, &p->guide);
	if (r < 0) {
		fault_set(why, "%s", r == -ENOTSUP ? say("is no regular file") : error_text(r));
		return r;
	}
	if (p->guide.len == 0) {
		fault_set(why, "is empty");
		return -EBADMSG;
	}
	p->id = hash_seeded(p->guide.ptr, p->guide.len, p->guide.len);
	return check_signature(s, p, p->guide, why);
}

static void take_description(struct plugin_source *p, const struct description *d)
{
	p->guide = d->guide;
	p->name = d->about.name;
	p->version = d->about.version;
	p->has_code = d->about.has_code;
	p->claims = d->about.claims;
	p->n_claims = d->about.n_claims;
	p->confined = d->about.confined;
}

/* One that hangs would keep all others from being used for as long, at each change of any of them.
 */
static bool hung_before(const struct scan *s, const struct plugin_source *p)
{
	const struct plugin_source *before = sources_find(s->options->kept, p->path);

	return !s->options->is_patient && before && before->hung == p->id;
}

/* A known image need not be opened again: `old` tells what it is. */
static int read_object(struct scan *s, struct found *f)
{
	struct plugin_source *p = &f->source;
	struct fault *why = &f->why;
	struct image image = {.fd = -1};
	struct view bytes;
	int r = image_open(p->path, LIMIT_PLUGIN_BYTES, &image, why);

	if (r < 0)
		return r;
	p->image_fd = image.fd;
	p->id = image.id;
	r = seal_map(image.fd, &bytes);
	if (r < 0) {
		fault_set(why, "its copy cannot be read: %s", error_text(r));
		return r;
	}
	r = check_signature(s, p, bytes, why);
	seal_unmap(bytes);
	if (r == 0 && hung_before(s, p)) {
		fault_set(why, "%s", DESCRIBE_LATE);
		return -ETIMEDOUT;
	}
	if (r == 0 && !(p->old && p->old->id == p->id && p->old->is_object)) {
		*vec_push(&s->jobs) = (struct describe_job){.image_fd = p->image_fd};
		f->job = s->jobs.n;
	}
	return r;
}

static void read_file(struct scan *s, uint32_t dir, const char *name, bool is_object)
{
	struct found *f = vec_push(&s->found);
	struct plugin_source *p = &f->source;
	const struct plugin_source *old;
	int r;

	*f = (struct found){.source = {.image_fd = -1, .dir = dir, .is_object = is_object}};
	fault_set(&f->why, "%s", "");
	p->path = file_join(&s->sources->arena, s->options->dirs[dir], name);
	old = sources_find(s->options->kept, p->path);
	p->old = old && !old->is_out && old->is_object == is_object ? old : NULL;
	p->is_changed = true;
	r = image_check_rights(p->path, &s->folder, &f->why);
	if (r == 0)
		r = check_quiet(p->path, &f->why);
	if (r == 0)
		r = read_signature(s, p, &f->why);
	if (r == 0)
		r = is_object ? read_object(s, f) : read_table(s, p, &f->why);
	f->result = r;
}

/* Now that all is known of it: is it used, or what was there before, or nothing? */
static void settle(struct scan *s, struct found *f)
{
	struct plugin_source *p = &f->source;
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	if (f->job) {
		const struct describe_job *job = &s->jobs.items[f->job - 1];

		f->result = job->result;
		if (job->result < 0)
			f->why = job->why;
		else
			take_description(p, &job->description);
	}
	if (f->result == 0 && p->old && p->old->id == p->id) {
		struct view signature = p->signature;

		take_over(p, p->old);
		p->signature = signature;
	}
	if (f->result < 0) {
		struct fault *why = &f->why;
		uint64_t hung = f->result == -ETIMEDOUT ? p->id : 0;

		fault_place(why, why->file[0] ? NULL : p->path, 0, 0);
		problem_add(s->problems, true, why->file, why->line, why->column, "%s%s", why->text,
			    p->old ? say("; its last good version stays in use") : "");
		source_fall_back(s->sources, p, view_of(fault_format(why, text, sizeof(text))));
		p->hung = hung;
	} else if (!p->has_code) {
		/* A table in a .so: its text is known, its code will never run. */
		close_image(p);
	}
	*vec_push(&s->sources->list) = *p;
}

/* ---- all of them ---- */

static int scan_dir(struct scan *s, uint32_t dir)
{
	const char *path = s->options->dirs[dir];
	const char *const *names;
	struct fault why;
	size_t n;
	int r = file_list(&s->sources->arena, path, NULL, &names, &n);

	if (r < 0) {
		problem_add(s->problems, true, path, 0, 0, "%s", error_text(r));
		return r;
	}
	r = image_check_rights(path, NULL, &why);
	if (r == 0 && stat(path, &s->folder) < 0) {
		r = -errno;
		fault_set(&why, "%s", error_text(r));
	}
	if (r < 0) {
		problem_add(s->problems, true, path, 0, 0, "%s", why.text);
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		bool is_object = view_ends(view_of(names[i]), VIEW(".so"));
		const char *advice = source_name_advice(names[i]);

		if (advice)
			problem_add(s->problems, false,
				    file_join(&s->sources->arena, path, names[i]), 0, 0, "%s",
				    advice);
		if (!is_object && !view_ends(view_of(names[i]), VIEW(".yaml")))
			continue;
		if (s->found.n >= LIMIT_PLUGINS) {
			problem_add(s->problems, true, path, 0, 0,
				    "more than %d plugins: %s and all after it are left out",
				    LIMIT_PLUGINS, names[i]);
			break;
		}
		read_file(s, dir, names[i], is_object);
	}
	return 0;
}

int sources_scan(struct sources *s, const struct sources_options *options,
		 struct problems *problems)
{
	struct scan scan = {.sources = s, .options = options, .problems = problems};
	int r = 0;

	for (size_t i = 0; i < options->n_dirs && r == 0; i++)
		r = scan_dir(&scan, (uint32_t)i);
	describe_images(&s->arena, options->host_program, PATIENCE_MS, scan.jobs.items,
			scan.jobs.n);
	for (size_t i = 0; i < scan.found.n; i++)
		settle(&scan, &scan.found.items[i]);
	vec_done(&scan.found);
	vec_done(&scan.jobs);
	return r;
}
