/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run-dialogues.c - whole conversations against the real engine, guides and plugins; no server.
 *
 *	dialogues-test [-v] [FILE…]          (default: $srcdir/tests/golden/{dialogues,answers}/
 **.txt)
 *
 * A file is lines:
 *
 *	== what this conversation shows      a new conversation begins
 *	> 郑州居住证编号怎么查                somebody says
 *	< type=answer intent=permit.number.query region=410100 has=实名认证 hasnot=静态密码
 *	@choose 2                            instead of words: an option by its id
 *	@region 310000                       the next question carries this region field
 *	@silence 31                          minutes pass
 *	@today 2027-01-15                    from here on in this conversation; first it is
 *2026-11-30 # a remark
 *
 * What may stand behind "<": type, intent (- for none), region (all places in order, comma between,
 * - for none), level (who answered), rule, carried (region, intent or both with a comma, - for
 * none), found (how the first place was found), options (how many), parts (how many), has and
 * hasnot (words in the text, as often as needed), rows (how many at least).
 * Each "<" line is one test. -v prints the conversations.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "engine/engine.h"
#include "tests/unit/tap.h"

#define TEXT_MAX 16384

struct seen {
	bool done;
	char type[32], intent[96], regions[256], level[64], rule[64], carried[32], found[32];
	size_t n_options, n_parts, n_rows;
	char text[TEXT_MAX];
};

struct runner {
	struct loop *loop;
	struct engine *engine;
	struct session *session;
	struct seen seen;
	char region[64], today[16];
	char title[256], said[4096];
	const char *file;
	bool verbose;
};

__attribute__((format(printf, 3, 4))) static void put(char *to, size_t cap, const char *fmt, ...)
{
	size_t len = strlen(to);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(to + len, cap - len, fmt, ap);
	va_end(ap);
}

static void on_reply(void *data, const struct reply *r)
{
	struct seen *s = &((struct runner *)data)->seen;

	memset(s, 0, sizeof(*s));
	put(s->type, sizeof(s->type), "%s", reply_type_name(r->type));
	put(s->intent, sizeof(s->intent), "%.*s", r->intent ? (int)r->intent->name.len : 1,
	    r->intent ? r->intent->name.ptr : "-");
	for (size_t i = 0; i < r->regions.n; i++)
		put(s->regions, sizeof(s->regions), "%s%.*s", i ? "," : "",
		    VIEW_ARG(r->regions.items[i].region->id));
	put(s->regions, sizeof(s->regions), "%s", r->regions.n ? "" : "-");
	if (r->regions.n && r->regions.items[0].answered_by)
		put(s->level, sizeof(s->level), "%.*s",
		    VIEW_ARG(r->regions.items[0].answered_by->id));
	if (r->regions.n)
		put(s->found, sizeof(s->found), "%s", r->regions.items[0].found_by);
	put(s->rule, sizeof(s->rule), "%s", r->rule ? r->rule : "-");
	put(s->carried, sizeof(s->carried), "%s%s%s", r->carried & CARRIED_REGION ? "region" : "",
	    r->carried == (CARRIED_REGION | CARRIED_INTENT) ? "," : "",
	    r->carried & CARRIED_INTENT ? "intent" : "");
	put(s->carried, sizeof(s->carried), "%s", r->carried ? "" : "-");
	s->n_options = r->options.n;
	s->n_parts = r->parts.n;
	s->n_rows = r->rows.n;
	put(s->text, sizeof(s->text), "%.*s", VIEW_ARG(r->text));
	s->done = true;
}

static void ask(struct runner *r, struct view text, struct view option)
{
	struct engine_request req = {.text = text,
				     .option = option,
				     .region = view_of(r->region),
				     .session = r->session,
				     .today = view_of(r->today)};

	r->seen.done = false;
	engine_ask(r->engine, &req, on_reply, r);
	while (!r->seen.done)
		loop_turn(r->loop, true);
	r->region[0] = '\0';
	snprintf(r->said, sizeof(r->said), "%.*s", VIEW_ARG(text.len ? text : option));
	if (r->verbose)
		printf("\n# > %s\n# [%s rule=%s intent=%s region=%s level=%s carried=%s]\n# %s\n",
		       r->said, r->seen.type, r->seen.rule, r->seen.intent, r->seen.regions,
		       r->seen.level, r->seen.carried, r->seen.text);
}

static bool number_is(struct view want, size_t got)
{
	uint64_t n;

	return view_to_u64(want, &n) == 0 && n == got;
}

/* One key=value; false with what was seen instead in *ret_got. */
static bool holds(const struct seen *s, struct view key, struct view want, const char **ret_got)
{
	static char number[32];
	const struct {
		const char *key, *got;
	} words[] = {{"type", s->type},   {"intent", s->intent}, {"region", s->regions},
		     {"level", s->level}, {"rule", s->rule},     {"carried", s->carried},
		     {"found", s->found}};
	const struct {
		const char *key;
		size_t got;
	} numbers[] = {{"options", s->n_options}, {"parts", s->n_parts}, {"rows", s->n_rows}};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		*ret_got = words[i].got;
		if (view_is(key, words[i].key))
			return view_is(want, words[i].got);
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		snprintf(number, sizeof(number), "%zu", numbers[i].got);
		*ret_got = number;
		if (view_is(key, numbers[i].key))
			return number_is(want, numbers[i].got);
	}
	*ret_got = s->text;
	if (view_is(key, "has"))
		return view_find(view_of(s->text), want) >= 0;
	if (view_is(key, "hasnot"))
		return view_find(view_of(s->text), want) < 0;
	*ret_got = "(no such key)";
	return false;
}

static void expect(struct runner *r, struct view rest, unsigned line)
{
	struct view word, key;
	char complaints[TEXT_MAX + 512] = "";

	while (view_split(&rest, ' ', &word)) {
		const char *got = "";

		if (word.len == 0)
			continue;
		if (!view_split(&word, '=', &key) || !word.ptr || !holds(&r->seen, key, word, &got))
			put(complaints, sizeof(complaints), "# wanted %.*s=%.*s, got: %s\n",
			    VIEW_ARG(key), VIEW_ARG(word), got);
	}
	ok(!complaints[0], "%s: %s", r->title, r->said);
	if (complaints[0])
		printf("# %s:%u (%s rule=%s intent=%s region=%s)\n%s", r->file, line, r->seen.type,
		       r->seen.rule, r->seen.intent, r->seen.regions, complaints);
}

static void command(struct runner *r, struct view rest)
{
	struct view verb;
	uint64_t minutes;

	view_split(&rest, ' ', &verb);
	rest = view_trim(rest);
	if (view_is(verb, "choose"))
		ask(r, VIEW(""), rest);
	else if (view_is(verb, "region"))
		snprintf(r->region, sizeof(r->region), "%.*s", VIEW_ARG(rest));
	else if (view_is(verb, "silence") && view_to_u64(rest, &minutes) == 0)
		r->session->last_ms -= (int64_t)minutes * 60000;
	else if (view_is(verb, "today") && date_parse(rest) != DATE_NONE)
		snprintf(r->today, sizeof(r->today), "%.*s", VIEW_ARG(rest));
	else
		ok(false, "%s: '@%.*s' is known", r->file, VIEW_ARG(verb));
}

static void run_line(struct runner *r, struct view line, unsigned number)
{
	struct view rest = view_trim(view_sub(line, 1, line.len));

	if (view_starts(line, VIEW("=="))) {
		snprintf(r->title, sizeof(r->title), "%.*s",
			 VIEW_ARG(view_trim(view_sub(line, 2, line.len))));
		r->session = sessions_open(engine_sessions(r->engine), clock_wall_ms());
		snprintf(r->today, sizeof(r->today), "2026-11-30");
		if (r->verbose)
			printf("\n# ==== %s\n", r->title);
	} else if (view_starts(line, VIEW(">"))) {
		ask(r, rest, VIEW(""));
	} else if (view_starts(line, VIEW("<"))) {
		expect(r, rest, number);
	} else if (view_starts(line, VIEW("@"))) {
		command(r, rest);
	} else if (line.len > 0 && !view_starts(line, VIEW("#"))) {
		ok(false, "%s:%u: a line begins with ==, >, <, @ or #", r->file, number);
	}
}

static void run_file(struct runner *r, const char *path)
{
	struct arena a;
	struct view all, line;
	unsigned number = 0;

	arena_init(&a, 0);
	r->file = path;
	if (file_read(&a, path, 1 << 20, &all) < 0) {
		ok(false, "%s can be read", path);
		all = VIEW("");
	}
	while (view_split(&all, '\n', &line))
		run_line(r, view_trim(line), ++number);
	arena_done(&a);
}

static const char *from(struct arena *a, const char *variable, const char *path)
{
	const char *dir = getenv(variable);

	return file_join(a, dir ? dir : ".", path);
}

static struct generation *build(struct arena *a)
{
	static const char *plugins;
	struct generation_paths paths = {
	    .intents_dir = from(a, "srcdir", "intents"),
	    .regions_dir = from(a, "srcdir", "core/know/regions"),
	    .wording_file = from(a, "srcdir", "wording/zh.yaml"),
	    .plugin_dirs = &plugins,
	    .n_plugin_dirs = 1,
	    .host_program = from(a, "builddir", "wenlu-host"),
	    .cache_dir = getenv("cache"),
	};
	struct problems problems = {.list = VEC_INIT};
	struct fault why = {.text = ""};
	struct generation *g = NULL;

	plugins = getenv("plugins") ? getenv("plugins") : from(a, "builddir", "plugins");
	if (generation_build(&paths, &g, &problems, &why) < 0)
		ok(false, "the world is built: %s:%u %s", why.file, why.line, why.text);
	is_int((long long)problems_errors(&problems), 0, "no plugin has an error");
	for (size_t i = 0; i < problems.list.n; i++) {
		if (problems.list.items[i].is_error)
			printf("# %s\n", problems.list.items[i].fault.text);
	}
	problems_done(&problems);
	return g;
}

static void run_folder(struct runner *r, struct arena *a, const char *folder)
{
	const char *dir = from(a, "srcdir", folder), *const * files;
	size_t n = 0;

	if (file_list(a, dir, ".txt", &files, &n) < 0)
		n = 0;
	ok(n > 0, "there are conversations in %s", folder);
	for (size_t i = 0; i < n; i++)
		run_file(r, file_join(a, dir, files[i]));
}

int main(int argc, char **argv)
{
	struct runner r = {.loop = loop_new(true)};
	struct engine_options options = {
	    .loop = r.loop,
	    .plugin_budget_ms = 60000, /* a loaded machine must not fail a test */
	    .max_sessions = 10000,
	    .context_ms = 30 * 60000,
	    .max_question_bytes = 4096,
	};
	struct generation *g;
	struct arena a;

	arena_init(&a, 0);
	log_setup("run-dialogues", LOG_FORM_TEXT, LOG_LEVEL_WARN);
	g = build(&a);
	if (!g)
		return done();
	options.host_program = from(&a, "builddir", "wenlu-host");
	r.engine = engine_new(&options, g);
	generation_unref(g);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-v") == 0)
			r.verbose = true;
		else
			run_file(&r, argv[i]);
	}
	if (argc < 2 + r.verbose) {
		run_folder(&r, &a, "tests/golden/dialogues");
		run_folder(&r, &a, "tests/golden/answers");
	}
	engine_free(r.engine);
	loop_free(r.loop);
	arena_done(&a);
	return done();
}
