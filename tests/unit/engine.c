/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine.c - tests of the engine on the real content: intents, guides, wording, plugins as built.
 *
 * Conversations stand in tests/golden/dialogues/; here is what they cannot say: canaries of all
 * guides, limits, cancelling, two generations at once, options, suggestions, plugins' code.
 */
#include "engine/engine.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "tap.h"
#include "wire/json.h"

static struct arena arena;
static struct loop *loop;
static struct generation *world;

/* The last reply as JSON, with what a test looks at most. */
static struct {
	int n;
	enum reply_type type;
	char intent[64], code[64], rule[64];
	size_t n_options, n_why;
	struct buf json;
} got;

static void on_reply(void *data, const struct reply *r)
{
	(void)data;
	got.n++;
	got.type = r->type;
	got.n_options = r->options.n;
	got.n_why = r->why.n;
	snprintf(got.intent, sizeof(got.intent), "%.*s",
		 VIEW_ARG(r->intent ? r->intent->name : VIEW("")));
	snprintf(got.code, sizeof(got.code), "%s", r->error_code ? r->error_code : "");
	snprintf(got.rule, sizeof(got.rule), "%s", r->rule ? r->rule : "");
	buf_clear(&got.json);
	reply_write(&got.json, r, NULL);
}

static uint64_t ask(struct engine *e, const struct engine_request *req)
{
	uint64_t id;

	got.n = 0;
	id = engine_ask(e, req, on_reply, NULL);
	while (id && got.n == 0)
		loop_turn(loop, true);
	return id;
}

static void ask_text(struct engine *e, struct session *s, struct view text)
{
	ask(e, &(struct engine_request){.text = text, .session = s});
}

static bool json_has(struct view words)
{
	return view_find(buf_view(&got.json), words) >= 0;
}

static const char *from(const char *variable, const char *path)
{
	return file_join(&arena, getenv(variable) ? getenv(variable) : ".", path);
}

static struct generation *build(void)
{
	static const char *plugins;
	struct generation_paths paths = {
	    .intents_dir = from("srcdir", "intents"),
	    .regions_dir = from("srcdir", "core/know/regions"),
	    .wording_file = from("srcdir", "wording/zh.yaml"),
	    .plugin_dirs = &plugins,
	    .n_plugin_dirs = 1,
	    .host_program = from("builddir", "wenlu-host"),
	    .cache_dir = getenv("cache"),
	};
	struct problems problems = {.list = VEC_INIT};
	struct fault why = {.text = ""};
	struct generation *g = NULL;

	plugins = getenv("plugins") ? getenv("plugins") : from("builddir", "plugins");
	if (!ok(generation_build(&paths, &g, &problems, &why) == 0, "the world is built"))
		printf("# %s:%u %s\n", why.file, why.line, why.text);
	problems_done(&problems);
	return g;
}

static struct engine *engine_make(int64_t budget_ms)
{
	struct engine_options options = {
	    .loop = loop,
	    .host_program = from("builddir", "wenlu-host"),
	    .plugin_budget_ms = budget_ms,
	    .max_sessions = 1000,
	    .context_ms = 30 * 60000,
	    .max_question_bytes = 4096,
	};

	return engine_new(&options, world);
}

static bool canary_holds(struct engine *e, const struct guide_canary *c)
{
	ask_text(e, NULL, c->ask);
	if (c->intent.len > 0 && !view_is(c->intent, got.intent))
		return false;
	for (size_t i = 0; i < c->n_must; i++) {
		if (!json_has(c->must[i]))
			return false;
	}
	for (size_t i = 0; i < c->n_must_not; i++) {
		if (json_has(c->must_not[i]))
			return false;
	}
	return true;
}

static void test_canaries(struct engine *e)
{
	for (size_t i = 0; i < registry_count(world->registry); i++) {
		const struct guide *g = &registry_at(world->registry, i)->guide;

		for (size_t j = 0; j < g->canaries.n; j++) {
			const struct guide_canary *c = &g->canaries.items[j];

			if (!ok(canary_holds(e, c), "%.*s: %.*s", VIEW_ARG(g->name),
				VIEW_ARG(c->ask)))
				printf("# intent %s, rule %s\n# %.*s\n", got.intent, got.rule,
				       VIEW_ARG(buf_view(&got.json)));
		}
	}
}

static void fails(struct engine *e, struct engine_request req, const char *code, const char *name)
{
	ask(e, &req);
	ok(got.n == 1 && got.type == REPLY_ERROR && strcmp(got.code, code) == 0, "%s: %s", name,
	   code);
}

static void test_limits(struct engine *e)
{
	char *long_text = malloc(5000);

	memset(long_text, 'a', 5000);
	fails(e, (struct engine_request){.text = VIEW_INIT("")}, "missing_text", "nothing");
	fails(e, (struct engine_request){.text = VIEW_INIT("  \n")}, "missing_text", "blanks");
	fails(e, (struct engine_request){.text = view_make(long_text, 5000)}, "too_long",
	      "a text over the cap");
	fails(e, (struct engine_request){.text = VIEW_INIT("\xe5\xb1")}, "bad_utf8",
	      "half a letter");
	fails(e, (struct engine_request){.text = VIEW_INIT("多久"), .region = VIEW_INIT("999999")},
	      "bad_region", "a region that is not there");
	ask_text(e, NULL, view_make(long_text, 4096));
	ok(got.n == 1 && got.type == REPLY_DECLINE, "a text at the cap is declined, not refused");
	free(long_text);
}

static void test_personal(struct engine *e)
{
	ask_text(e, NULL, VIEW("我的身份证号是11010519491231002X，上海居住证多久能办好"));
	is_str(got.intent, "permit.timing", "a question with a number in it is answered");
	ok(!json_has(VIEW("19491231")) && !json_has(VIEW("110105")),
	   "and no piece of the number is in the reply");
}

static void test_options(struct engine *e)
{
	struct session *s = sessions_open(engine_sessions(e), clock_wall_ms());

	ask_text(e, s, VIEW("鼓楼区居住证多久能办好"));
	ok(got.type == REPLY_CLARIFY && got.n_options >= 3, "a shared place is asked back");
	is_int(s->n_options, (long long)got.n_options, "what was offered is remembered");
	ask(e, &(struct engine_request){.option = VIEW("2"), .session = s});
	ok(got.type == REPLY_ANSWER && strcmp(got.intent, "permit.timing") == 0,
	   "an option answers the question that was asked");
	ask(e, &(struct engine_request){.option = VIEW("7"), .session = s});
	is_str(got.rule, "option-gone", "an option that is gone is said to be");
}

static void test_corrected(struct engine *e)
{
	ask_text(e, NULL, VIEW("郑州居住正多久能办好"));
	ok(json_has(VIEW("“居住正”我按“居住证”理解。")), "a slip that was read through is said");
	ask_text(e, NULL, VIEW("郑州居住证多久能办好"));
	ok(!json_has(VIEW("corrected")), "without a slip nothing is said of one");
}

static void test_why(struct engine *e)
{
	ask(e, &(struct engine_request){.text = VIEW("郑州居住证多久能办好"), .want_why = true});
	ok(got.n_why > 5, "on request there are reasons");
	ok(json_has(VIEW("rule: answer")), "the rule is among them");
	ok(json_has(VIEW("score: permit.timing")), "so are the scores");
}

static void test_suggest(struct engine *e)
{
	struct view out[3];
	size_t n = engine_suggest(e, &arena, VIEW("郑州编号"), out, 3);

	ok(n > 0 && view_find(out[0], VIEW("编号")) >= 0, "half a question has suggestions");
	ok(n > 0 && view_starts(out[0], VIEW("郑州")), "with the place that was typed");
	n = engine_suggest(e, &arena, VIEW("13800138000郑州编号"), out, 3);
	for (size_t i = 0; i < n; i++)
		ok(view_find(out[i], VIEW("138")) < 0, "no number that was typed is in one");
	ok(engine_suggest(e, &arena, VIEW("bianhao"), out, 3) > 0, "pinyin finds them too");
	ok(engine_suggest(e, &arena, VIEW("bh"), out, 3) > 0, "so do initials");
	n = engine_suggest(e, &arena, VIEW("juzhuzheng duoj"), out, 3);
	ok(n > 0 && view_find(out[0], VIEW("多久")) >= 0, "a syllable may be half typed");
	n = engine_suggest(e, &arena, VIEW("jzz dai shenme"), out, 3);
	ok(n > 0 && view_find(out[0], VIEW("居住证")) >= 0, "initials and pinyin go together");
	n = engine_suggest(e, &arena, VIEW("zhengzhou jzz bianhao"), out, 3);
	ok(n > 0 && view_starts(out[0], VIEW("郑州")) && view_find(out[0], VIEW("编号")) >= 0,
	   "with a place in pinyin too");
	n = engine_suggest(e, &arena, VIEW("上海"), out, 3);
	ok(n == 3 && view_starts(out[0], VIEW("上海居住证")),
	   "a place alone begins with what is usual and known there");
	ok(engine_suggest(e, &arena, VIEW("zzzzqqqq"), out, 3) == 0,
	   "letters without sense find nothing");
	ok(engine_suggest(e, &arena, VIEW("\xff"), out, 3) == 0, "broken bytes find nothing");
	ok(engine_suggest(e, &arena, VIEW(""), out, 3) == 0, "nothing finds nothing");
}

static bool has_code(const char *name)
{
	for (size_t i = 0; i < registry_count(world->registry); i++) {
		if (view_is(registry_at(world->registry, i)->name, name))
			return registry_at(world->registry, i)->has_code;
	}
	return false;
}

static void test_code(struct engine *e)
{
	struct engine_counts before = engine_counts(e);
	uint64_t id;

	if (!has_code("shanghai")) {
		ok(true, "plugins' code is asked # SKIP shanghai.so is not built");
		return;
	}
	id = ask(e, &(struct engine_request){.text = VIEW("上海居住证过期20天了还能续签吗")});
	ok(id != 0, "an ask that needs a plugin's code waits");
	ok(got.type == REPLY_ANSWER && json_has(VIEW("连续计算")),
	   "late by 20 days: the years go on");
	ask_text(e, NULL, VIEW("上海居住证过期70天了还能续签吗"));
	ok(json_has(VIEW("重新计算")), "late by 70 days: they begin anew");
	ok(engine_counts(e).plugin_asks + engine_counts(e).plugin_remembered >=
	       before.plugin_asks + before.plugin_remembered + 2,
	   "asks of plugins are counted");
	ok(ask(e, &(struct engine_request){.text = VIEW("上海居住证过期20天了还能续签吗")}) == 0 &&
	       json_has(VIEW("连续计算")),
	   "what was asked before with the same figures is answered from memory");
	ask_text(e, NULL, VIEW("上海居住证编号格式是11010519491231002X这样吗"));
	ok(json_has(VIEW("公民身份号码的样子")) && !json_has(VIEW("11010519491231002X")),
	   "a plugin is told what a number looks like, and nobody what it is");
	ask_text(e, NULL, VIEW("上海居住证编号格式是110105194912310021这样吗"));
	ok(json_has(VIEW("不符合公民身份号码的校验规则")), "a wrong check digit is seen");
	ask_text(e, NULL, VIEW("上海和深圳居住证过期70天怎么办"));
	ok(got.type == REPLY_COMPARE, "several plugins are asked at once");
}

static void test_cancel(struct engine *e)
{
	uint64_t id;

	if (!has_code("shanghai"))
		return;
	got.n = 0;
	id = engine_ask(e, &(struct engine_request){.text = VIEW("上海居住证过期70天怎么办")},
			on_reply, NULL);
	engine_cancel(e, id);
	engine_cancel(e, id);
	engine_cancel(e, 0);
	engine_cancel(e, 12345);
	ask_text(e, NULL, VIEW("上海居住证过期70天怎么办"));
	is_int(got.n, 1, "a cancelled ask never calls back, and its place is used again");
}

static void test_no_time(void)
{
	struct engine *e = engine_make(LIMIT_PLUGIN_RESERVE_MS);

	ask_text(e, NULL, VIEW("上海居住证过期70天怎么办"));
	if (has_code("shanghai"))
		ok(got.type == REPLY_ANSWER && json_has(VIEW("暂时没有回应")) &&
		       json_has(VIEW("\"answered_by\":\"100000\"")),
		   "without time for a plugin's code the wider rule answers, and that is said");
	engine_free(e);
}

static void test_switch(struct engine *e)
{
	struct generation *next = build();

	if (!next)
		return;
	got.n = 0;
	engine_ask(e, &(struct engine_request){.text = VIEW("上海居住证过期70天怎么办")}, on_reply,
		   NULL);
	engine_switch(e, next);
	ok(engine_generation(e) == next, "later asks use the new world");
	while (got.n == 0)
		loop_turn(loop, true);
	ok(got.type == REPLY_ANSWER, "an ask under way finishes on its own");
	ask_text(e, NULL, VIEW("郑州居住证多久能办好"));
	ok(got.type == REPLY_ANSWER, "and a new one is answered on the new one");
	engine_switch(e, world);
	generation_unref(next);
}

int main(void)
{
	struct engine *e;

	arena_init(&arena, 0);
	log_setup("engine", LOG_FORM_TEXT, LOG_LEVEL_ERROR);
	loop = loop_new(true);
	world = build();
	if (!world)
		return done();
	e = engine_make(LIMIT_PLUGIN_BUDGET_MS_MAX);
	test_canaries(e);
	test_limits(e);
	test_personal(e);
	test_options(e);
	test_corrected(e);
	test_why(e);
	test_suggest(e);
	test_code(e);
	test_cancel(e);
	test_switch(e);
	test_no_time();
	engine_free(e);
	generation_unref(world);
	loop_free(loop);
	buf_done(&got.json);
	arena_done(&arena);
	return done();
}
