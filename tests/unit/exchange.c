/* SPDX-License-Identifier: Apache-2.0 */
/* exchange.c - messages of a bot with a real engine: repeated, replayed, too many, abandoned. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "bots/bots.h"
#include "tests/unit/tap.h"

#define N_TOO_MANY (LIMIT_BOT_EXCHANGES + 1)

static struct arena arena;
static struct loop *loop;
static struct engine *engine;
static struct settings settings;
static struct bots *bots;
static struct bot *bot;

struct answer {
	int n, status;
	char body[4096];
};

static void on_answer(void *data, const struct bot_response *r)
{
	struct answer *a = data;

	a->n++;
	a->status = r->status;
	snprintf(a->body, sizeof(a->body), "%.*s", VIEW_ARG(r->body));
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
	};
	struct problems problems = {.list = VEC_INIT};
	struct fault why = {.text = ""};
	struct generation *g = NULL;

	plugins = from("srcdir", "plugins/nanjing");
	if (!ok(generation_build(&paths, &g, &problems, &why) == 0, "the world is built"))
		printf("# %s:%u %s\n", why.file, why.line, why.text);
	problems_done(&problems);
	return g;
}

static void open_bots(void)
{
	struct fault why = {.text = ""};

	if (!ok(bots_start(loop, engine, &settings, &bots, &why) == 0 && bots, "bots start"))
		printf("# %s\n", why.text);
	bot = bots_find(bots, VIEW("wechat"));
}

static struct bot_request request_of(const char *user, const char *id, const char *text)
{
	struct bot_request q;
	const char *type;

	bot->platform->mirror->make(bot, view_of(user), view_of(id), view_of(text), clock_wall_ms(),
				    &arena, &q, &type);
	return q;
}

static uint64_t give(const struct bot_request *q, struct answer *a)
{
	struct bot_incoming in;
	struct bot_response refusal;

	memset(a, 0, sizeof(*a));
	if (bots_check(bots, bot, q, &arena, &in, &refusal) != BOT_OK) {
		on_answer(a, &refusal);
		return 0;
	}
	return bots_take(bots, &in, on_answer, a);
}

static uint64_t say(const char *user, const char *id, const char *text, struct answer *a)
{
	struct bot_request q = request_of(user, id, text);

	return give(&q, a);
}

static void settle(void)
{
	while (bots_busy(bots))
		loop_turn(loop, true);
}

static void test_once(void)
{
	struct answer a, again, other;
	uint64_t asks = engine_counts(engine).asks;

	say("u1", "1", "南京居住证多久能办下来", &a);
	is_int(a.n, 0, "an answer takes a turn of the loop");
	settle();
	ok(a.n == 1 && a.status == 200 && strstr(a.body, "工作日"), "then it is there");
	say("u1", "1", "南京居住证多久能办下来", &again);
	settle();
	ok(again.n == 1 && strstr(again.body, "工作日") != NULL,
	   "the same message, the same answer");
	is_int((int)(engine_counts(engine).asks - asks), 1, "and the engine was asked once");
	say("u1", "2", "要带什么", &a);
	say("u2", "3", "要带什么", &other);
	settle();
	ok(strstr(a.body, "南京") && !strstr(other.body, "南京"),
	   "each has a conversation of their own");
}

static void test_replayed(void)
{
	struct bot_request q = request_of("u1", "10", "在吗"), other;
	struct answer a, b, c;

	other = request_of("u1", "11", "在吗");
	for (size_t i = 0; i < BOT_VALUES_MAX; i++)
		other.arguments[i] = q.arguments[i];
	give(&q, &a);
	give(&other, &b);
	is_int(b.status, 403, "a signature that serves a message right now serves no other");
	settle();
	give(&other, &c);
	settle();
	is_int(c.status, 403, "nor later");
	is_int(a.status, 200, "the first is answered");
}

static void test_waiting(void)
{
	struct answer a[LIMIT_BOT_WAITERS + 2], left;
	int n_at_once = 0, n_good = 0;
	uint64_t id;

	for (int i = 0; i < LIMIT_BOT_WAITERS + 2; i++) {
		say("u3", "20", "南京居住证怎么办", &a[i]);
		n_at_once += a[i].n;
	}
	is_int(n_at_once, 2, "not more than a few requests wait for one message");
	settle();
	for (int i = 0; i < LIMIT_BOT_WAITERS + 2; i++)
		n_good += a[i].n == 1 && a[i].status == 200;
	is_int(n_good, LIMIT_BOT_WAITERS + 2, "all are answered");
	id = say("u3", "21", "南京居住证怎么办", &left);
	bots_leave(bots, id);
	settle();
	is_int(left.n, 0, "who has gone is not called");
	say("u3", "21", "南京居住证怎么办", &left);
	settle();
	ok(left.n == 1 && strstr(left.body, "居住证"), "and finds the answer when coming back");
}

static void test_too_many(void)
{
	struct answer *a = calloc(N_TOO_MANY, sizeof(*a));
	int n_good = 0;
	char id[16];

	for (int i = 0; i < N_TOO_MANY; i++) {
		snprintf(id, sizeof(id), "%d", 1000 + i);
		say("u4", id, "好", &a[i]);
	}
	is_int(a[N_TOO_MANY - 1].status, 503, "there is an end to how many are answered at once");
	settle();
	for (int i = 0; i < N_TOO_MANY; i++)
		n_good += a[i].n == 1 && a[i].status == 200;
	is_int(n_good, N_TOO_MANY - 1, "the others are");
	free(a);
}

int main(void)
{
	struct problems problems = {.list = VEC_INIT};
	struct engine_options options = {
	    .plugin_budget_ms = 300,
	    .max_sessions = 1000,
	    .context_ms = 30 * 60000,
	    .max_question_bytes = 4096,
	};
	struct generation *world;
	struct answer never;

	arena_init(&arena, 0);
	settings_init(&settings);
	setenv("EXCHANGE_TEST", "Token", 1);
	settings_set(&settings, "state_dir=", &(struct fault){.text = ""});
	settings_read_text(&settings,
			   VIEW("[bot wechat]\nmode = plain\napp_id = wx1\ntoken_env = "
				"EXCHANGE_TEST\n"),
			   "test.conf", "/", &problems);
	loop = loop_new(false);
	world = build();
	options.loop = loop;
	options.host_program = from("builddir", "wenlu-host");
	engine = engine_new(&options, world);
	open_bots();
	test_once();
	test_replayed();
	test_waiting();
	test_too_many();
	say("u5", "30", "南京居住证怎么办", &never);
	bots_stop(bots);
	is_int(never.n, 0, "who waits when it all ends is not called");
	engine_free(engine);
	generation_unref(world);
	problems_done(&problems);
	settings_done(&settings);
	arena_done(&arena);
	loop_free(loop);
	return done();
}
