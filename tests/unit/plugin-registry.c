/* SPDX-License-Identifier: Apache-2.0 */
/* plugin-registry.c - who is read from plugin folders, and who is asked in which order. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "plugin/registry.h"
#include "tap.h"

static struct arena arena;
static struct catalog catalog;
static struct region_table regions;
static struct problems problems;
static const char *base;

static const char *folder(const char *name)
{
	const char *dir = file_join(&arena, base, name);

	mkdir(dir, 0755);
	return dir;
}

/* A guide for `code` with `topics` (comma separated), `more` at its end. */
static void put(const char *dir, const char *name, const char *code, const char *topics,
		const char *more)
{
	struct buf b = BUF_INIT;
	struct view rest = view_of(topics), topic;

	buf_printf(&b,
		   "guide: 1\nname: %s\ntitle: %s的指南\nversion: 1.0.0\ncontact: 测试\n"
		   "regions:\n  - code: \"%s\"\nsources:\n"
		   "  - {id: T1, title: 测试来源, kind: government, as_of: \"2025\", "
		   "review_by: \"2099-12-31\"}\ntopics:\n",
		   name, name, code);
	while (view_split(&rest, ',', &topic))
		buf_printf(&b, "  %.*s:\n    source: T1\n    summary: %s说。\n", VIEW_ARG(topic),
			   name);
	buf_str(&b, more);
	file_write(arena_printf(&arena, "%s/%s.yaml", dir, name).ptr, buf_view(&b), 0644);
	buf_done(&b);
}

static struct registry *open_dirs(const char *one, const char *two, int *ret)
{
	const char *dirs[] = {one, two};
	struct registry_options options = {.dirs = dirs,
					   .n_dirs = two ? 2 : 1,
					   .host_program = "/nonexistent",
					   .catalog = &catalog,
					   .regions = &regions,
					   .today = VIEW_INIT("2026-11-22")};
	struct registry *r = NULL;

	problems_done(&problems);
	*ret = registry_new(&options, &r, &problems);
	return r;
}

/* "310115 310000 100000": the levels in the order of the walk. */
static const char *walk(const struct registry *r, const char *asked, const char *intent)
{
	struct registry_walk w =
	    registry_walk(r, region_find(&regions, view_of(asked)), view_of(intent));
	struct registry_hop hop;
	struct buf b = BUF_INIT;
	const char *text;

	while (registry_next(&w, &hop)) {
		if (b.len)
			buf_char(&b, ' ');
		buf_view_add(&b, hop.level->id);
		if (!hop.topic || hop.ask_code)
			buf_str(&b, "?");
	}
	text = arena_copy(&arena, buf_view(&b)).ptr;
	buf_done(&b);
	return text;
}

static void put_country(const char *dir)
{
	put(dir, "nation", "100000", "permit.timing,permit.mutual,permit.online,permit.fee", "");
	put(dir, "shanghai", "310000", "permit.timing,permit.mutual", "");
	put(dir, "pudong", "310115", "permit.timing", "");
	put(dir, "guangdong", "440000", "permit.timing,permit.online,permit.fee", "");
	put(dir, "shenzhen", "440300", "permit.timing",
	    "not_inherited:\n"
	    "  - {intent: permit.online, from: \"440000\", reason: 另有规定}\n"
	    "  - {intent: permit.fee, reason: 另有规定}\n");
	put(dir, "delta", "cluster:yangtze_delta", "permit.mutual", "");
}

static void walks(void)
{
	const char *dir = folder("country");
	struct registry *r;
	int err;

	put_country(dir);
	r = open_dirs(dir, NULL, &err);
	if (!ok(err == 0 && registry_count(r) == 6, "six guides are six plugins")) {
		for (size_t i = 0; i < problems.list.n; i++)
			printf("# %s\n", problems.list.items[i].fault.text);
		return;
	}
	is_str(walk(r, "310115", "permit.timing"), "310115 310000 100000",
	       "a district of a city under the government, its city, the nation");
	is_str(walk(r, "310101", "permit.timing"), "310000 100000",
	       "a district without a guide begins with its city");
	is_str(walk(r, "310115", "permit.mutual"), "310000 cluster:yangtze_delta 100000",
	       "the cluster stands between province and nation");
	is_str(walk(r, "320500", "permit.mutual"), "cluster:yangtze_delta 100000",
	       "a city whose province has no guide still has its cluster");
	is_str(walk(r, "cluster:yangtze_delta", "permit.mutual"), "cluster:yangtze_delta 100000",
	       "a cluster itself can be asked about");
	is_str(walk(r, "440305", "permit.timing"), "440300 440000 100000",
	       "county, city, province, nation");
	is_str(walk(r, "440305", "permit.online"), "100000",
	       "what a city does not take from its province comes from the nation");
	is_str(walk(r, "440305", "permit.fee"), "", "what it takes from nobody comes from nobody");
	is_str(walk(r, "440100", "permit.fee"), "440000 100000",
	       "another city of the province takes both");
	is_str(walk(r, "100000", "permit.timing"), "100000", "the nation has nobody above it");
	is_str(walk(r, "310115", "permit.replace"), "", "what nobody knows nobody is asked");
	ok(!registry_plugin_of(r, region_find(&regions, VIEW("410100"))),
	   "a region without a guide has no plugin");
	ok(registry_at(r, 0)->image_fd < 0 && !registry_at(r, 0)->has_code &&
	       registry_at(r, 5)->index == 5 && !registry_at(r, 6),
	   "plugins are numbered, tables have no code");
	registry_free(r);
}

static bool has_problem(const char *words)
{
	for (size_t i = 0; i < problems.list.n; i++)
		if (strstr(problems.list.items[i].fault.text, words))
			return true;
	return false;
}

static void conflicts(void)
{
	const char *dir = folder("conflicts"), *later = folder("later"), *none;
	struct registry *r;
	int err;

	put(dir, "aaa", "310000", "permit.timing", "");
	put(dir, "bbb", "310000", "permit.fee", "");
	put(dir, "ccc", "999999", "permit.fee", "");
	file_write(file_join(&arena, dir, "ddd.yaml"), VIEW("guide: [1"), 0644);
	file_write(file_join(&arena, dir, "notes.txt"), VIEW("not ours"), 0644);
	file_write(file_join(&arena, dir, ".eee.yaml"), VIEW("guide: ["), 0644);
	r = open_dirs(dir, NULL, &err);
	ok(err == 0 && registry_count(r) == 1 && view_is(registry_at(r, 0)->name, "aaa"),
	   "plugins with an error are left out, alone");
	ok(has_problem("spoken for by 'aaa'"), "of two for one region the first stays");
	ok(has_problem("999999"), "a code that does not exist is named");
	registry_free(r);

	put(later, "aaa", "310000", "permit.fee", "");
	r = open_dirs(dir, later, &err);
	ok(err == 0 && registry_at(r, 0)->guide.topics.items[0].intent.len == strlen("permit.fee"),
	   "a later folder's plugin takes the place of an earlier one of that name");
	registry_free(r);
	file_write(file_join(&arena, later, "aaa.yaml"), VIEW("guide: 2"), 0644);
	r = open_dirs(dir, later, &err);
	ok(err == 0 && registry_count(r) == 1, "but not when it is broken");
	registry_free(r);

	put(later, "zzz", "320000", "permit.fee", "");
	rename(file_join(&arena, later, "zzz.yaml"), file_join(&arena, later, "copy.yaml"));
	put(later, "zzz", "320000", "permit.fee", "");
	r = open_dirs(later, NULL, &err);
	ok(err == 0 && has_problem("name 'zzz' is taken"), "a name is there once in a folder");
	registry_free(r);
	chmod(file_join(&arena, later, "zzz.yaml"), 0666);
	unlink(file_join(&arena, later, "copy.yaml"));
	r = open_dirs(later, NULL, &err);
	ok(err == 0 && registry_count(r) == 0 && has_problem("chmod o-w"),
	   "a guide that everyone may write is refused");
	registry_free(r);
	put(later, "yyy", "330000", "permit.fee", "");
	put(later, "xxx", "340000", "permit.fee", "");
	mkfifo(file_join(&arena, later, "yyy.yaml.sig"), 0600);
	r = open_dirs(later, NULL, &err);
	ok(err == 0 && registry_count(r) == 1 && has_problem("no regular file"),
	   "a FIFO in the place of a signature makes nobody wait, and keeps nobody else out");
	registry_free(r);
	none = file_join(&arena, base, "nowhere");
	r = open_dirs(none, NULL, &err);
	is_int(err, -ENOENT, "a folder that is not there is an error of the whole");
	r = open_dirs(folder("empty"), NULL, &err);
	ok(err == 0 && registry_count(r) == 0, "an empty folder is not");
	registry_free(r);
}

static void objects(void)
{
	const char *dir = folder("objects");
	struct registry *r;
	int err;

	file_write(file_join(&arena, dir, "x.so"), VIEW("no object"), 0644);
	r = open_dirs(dir, NULL, &err);
	ok(err == 0 && registry_count(r) == 0 && has_problem("too short"),
	   "what is no shared object is not even started");
	registry_free(r);
}

static void remove_folder(const char *path)
{
	const char *const *names;
	size_t n;

	/* Hidden files are not listed. */
	unlink(file_join(&arena, path, ".eee.yaml"));
	if (file_list(&arena, path, NULL, &names, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		const char *inside = file_join(&arena, path, names[i]);

		if (unlink(inside) < 0)
			remove_folder(inside);
	}
	rmdir(path);
}

int main(void)
{
	const char *src = getenv("srcdir") ? getenv("srcdir") : ".";
	char dir[] = "/tmp/wenlu-registry-XXXXXX";
	struct fault why;

	arena_init(&arena, 0);
	base = mkdtemp(dir);
	if (!base || catalog_load(&arena, file_join(&arena, src, "intents"), &catalog, &why) < 0 ||
	    region_table_load(&arena, file_join(&arena, src, "core/know/regions"), &regions, &why) <
		0) {
		printf("Bail out! %s\n", why.text);
		return EXIT_FAILURE;
	}
	walks();
	conflicts();
	objects();
	problems_done(&problems);
	remove_folder(base);
	arena_done(&arena);
	return done();
}
