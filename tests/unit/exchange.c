/* SPDX-License-Identifier: Apache-2.0 */
/* exchange.c - messages of a bot with a real engine: repeated, replayed, too many, abandoned. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/limits.h"
#include "tests/unit/bots-world.h"

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

static void open_bots(void)
{
	struct fault why = {.text = ""};

	if (!ok(bots_begin(loop, engine, &settings, &bots, &why) == 0 && bots, "bots start"))
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

/* What is signed is not the message: whoever has seen a signature could name any message's id. */
static void test_joining(void)
{
	struct bot_request old = request_of("u1", "40", "在吗"), stolen;
	uint64_t asks = engine_counts(engine).asks;
	struct answer a, b, c, d;

	give(&old, &a);
	settle();
	say("u6", "41", "南京居住证多久能办下来", &b);
	stolen = request_of("u6", "41", "南京居住证多久能办下来");
	for (size_t i = 0; i < BOT_VALUES_MAX; i++)
		stolen.arguments[i] = old.arguments[i];
	give(&stolen, &c);
	settle();
	ok(b.status == 200 && strstr(b.body, "工作日"), "a message is being answered");
	is_int(c.status, 403, "who has an old signature does not get to hear it too");
	ok(!strstr(c.body, "工作日"), "nor any of it");
	give(&stolen, &d);
	settle();
	is_int(d.status, 403, "nor afterwards");
	say("u6", "42", "在吗", &a);
	say("u6", "42", "在吗", &b);
	say("u6", "42", "在吗", &c);
	settle();
	ok(a.status == 200 && !strcmp(a.body, b.body) && !strcmp(b.body, c.body),
	   "the same message thrice, each with its own signature, gets one answer thrice");
	is_int((int)(engine_counts(engine).asks - asks), 3, "and each message was asked once");
}

static void test_pace(void)
{
	struct answer a;
	char id[16];
	int n_answered = 0, n_told = 0, n_silent = 0;
	uint64_t asks = engine_counts(engine).asks;

	bot = bots_find(bots, VIEW("strict"));
	for (int i = 0; i < 14; i++) {
		snprintf(id, sizeof(id), "%d", 500 + i);
		say("hasty", id, "在吗", &a);
		settle();
		n_told += strstr(a.body, "太快") != NULL;
		n_silent += !strcmp(a.body, "success");
		n_answered += !strstr(a.body, "太快") && strcmp(a.body, "success");
	}
	is_int(n_answered, 10, "a few messages at once are answered");
	is_int(n_told, 1, "who goes on is told so, once");
	is_int(n_silent, 3, "and then not answered");
	is_int((int)(engine_counts(engine).asks - asks), 10, "nor is the engine asked");
	say("hasty", "510", "在吗", &a);
	settle();
	ok(strstr(a.body, "太快") != NULL, "the message that was too much gets the same once more");
	say("patient", "600", "在吗", &a);
	settle();
	ok(strcmp(a.body, "success") && !strstr(a.body, "太快"), "nobody else is held back");
	bot = bots_find(bots, VIEW("wechat"));
}

static void read_section(struct settings *s, const char *text, struct problems *problems)
{
	settings_init(s);
	settings_set(s, "state_dir=", &(struct fault){.text = ""});
	settings_read_text(s, view_of(text), "test.conf", "/", problems);
}

static int bots_renew(struct bots *all, const struct settings *s, struct fault *why)
{
	struct bot_list list;
	int r = bots_load(s, &list, why);

	return r < 0 ? r : (int)bots_use(all, &list);
}

static void test_reload(void)
{
	static const char changed[] =
	    "[bot wechat]\nmode = plain\napp_id = wx1\nuser_rate = 0\ntoken_env = EXCHANGE_TEST2\n"
	    "[bot new]\nplatform = wechat\nmode = plain\napp_id = wx1\ntoken_env = EXCHANGE_TEST\n";
	static const char broken[] = "[bot wechat]\nmode = plain\napp_id = wx1\n";
	struct problems problems = {.list = VEC_INIT};
	struct bot_request old = request_of("u7", "700", "在吗");
	struct settings fresh;
	struct fault why = {.text = ""};
	struct answer waiting, a;

	setenv("EXCHANGE_TEST2", "AnotherToken", 1);
	say("u7", "701", "南京居住证多久能办下来", &waiting);
	bots_hold(bot);
	read_section(&fresh, broken, &problems);
	ok(bots_renew(bots, &fresh, &why) < 0 && strstr(why.text, "token_file"),
	   "a section with an error is refused");
	ok(bots_find(bots, VIEW("wechat")) == bot, "and all stays");
	settings_done(&fresh);
	read_section(&fresh, changed, &problems);
	is_int(bots_renew(bots, &fresh, &why), 3, "one is changed, one is new, one is gone");
	settings_done(&fresh);
	ok(!bots_find(bots, VIEW("strict")), "the last is nowhere");
	settle();
	ok(waiting.status == 200 && strstr(waiting.body, "工作日"),
	   "what was under way is answered as it began");
	bots_release(bot);
	bot = bots_find(bots, VIEW("wechat"));
	give(&old, &a);
	is_int(a.status, 403, "the old secret is none any more");
	say("u7", "702", "在吗", &a);
	settle();
	is_int(a.status, 200, "the new one is");
	bot = bots_find(bots, VIEW("new"));
	say("u7", "703", "在吗", &a);
	settle();
	is_int(a.status, 200, "and the new bot answers");
	read_section(&fresh, changed, &problems);
	is_int(bots_renew(bots, &fresh, &why), 0, "the same once more changes nothing");
	ok(bots_find(bots, VIEW("new")) == bot, "not even the bot");
	settings_done(&fresh);
	problems_done(&problems);
}

static void test_waiting(void)
{
	struct answer a[LIMIT_BOT_WAITERS + 2], left;
	int n_empty = 0, n_good = 0;
	struct bot_request q = request_of("u3", "20", "南京居住证怎么办");
	uint64_t id;

	for (int i = 0; i < LIMIT_BOT_WAITERS + 2; i++)
		give(&q, &a[i]);
	settle();
	for (int i = 0; i < LIMIT_BOT_WAITERS + 2; i++)
		n_empty += !strcmp(a[i].body, "success");
	is_int(n_empty, 2, "not more than a few requests wait for one message");
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
	struct generation *world;
	struct problems problems = {.list = VEC_INIT};
	struct answer never;

	arena_init(&arena, 0);
	settings_init(&settings);
	setenv("EXCHANGE_TEST", "Token", 1);
	settings_set(&settings, "state_dir=", &(struct fault){.text = ""});
	settings_read_text(&settings,
			   VIEW("[bot wechat]\nmode = plain\napp_id = wx1\nuser_rate = 0\n"
				"token_env = EXCHANGE_TEST\n"
				"[bot strict]\nplatform = wechat\nmode = plain\napp_id = wx1\n"
				"user_rate = 1\ntoken_env = EXCHANGE_TEST\n"),
			   "test.conf", "/", &problems);
	loop = loop_new(false);
	engine = world_engine(&arena, loop, &world);
	open_bots();
	test_once();
	test_replayed();
	test_joining();
	test_pace();
	test_waiting();
	test_too_many();
	test_reload();
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
