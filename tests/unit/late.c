/* SPDX-License-Identifier: Apache-2.0 */
/* late.c - answers through a platform's interface: refused, lost, cut short, and after a restart.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "bots/state.h"
#include "tests/unit/bots-world.h"

#define CALLS_MAX 32

static struct arena arena;
static struct loop *loop;
static struct engine *engine;
static struct settings settings;
static struct bots *bots;

/* The platform's interface: one request a connection. */
static struct interface {
	int fd, port;
	struct loop_io io;
	const char *says;
	int n;
	char bodies[CALLS_MAX][16384];
} interface;

/* The caller's end is on the same loop: nobody may wait for it. */
static struct peer {
	int fd; /* 0: none */
	struct loop_io io;
	char text[65536];
	size_t len;
} peers[16];

static void peer_close(struct peer *p)
{
	loop_io_stop(loop, &p->io);
	close(p->fd);
	p->fd = 0;
}

static void answer(struct peer *p, const char *body)
{
	char reply[512];
	ssize_t n;

	if (interface.n < CALLS_MAX)
		snprintf(interface.bodies[interface.n++], sizeof(interface.bodies[0]), "%s", body);
	/* NULL: hang up, and nobody knows whether it was heard. */
	if (!interface.says)
		return;
	n = snprintf(reply, sizeof(reply),
		     "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n%s",
		     strlen(interface.says), interface.says);
	n = send(p->fd, reply, (size_t)n, MSG_NOSIGNAL);
	(void)n;
}

static void on_peer(void *data, int fd, int events)
{
	struct peer *p = data;
	ssize_t n = recv(fd, p->text + p->len, sizeof(p->text) - 1 - p->len, MSG_DONTWAIT);
	const char *end, *length;

	(void)events;
	if (n < 0 && errno == EAGAIN)
		return;
	if (n > 0) {
		p->len += (size_t)n;
		p->text[p->len] = '\0';
		end = strstr(p->text, "\r\n\r\n");
		length = strstr(p->text, "Content-Length: ");
		if (!end || !length || strlen(end + 4) < (size_t)atoi(length + 16))
			return;
		answer(p, end + 4);
	}
	peer_close(p);
}

static void on_connection(void *data, int fd, int events)
{
	int peer = accept(fd, NULL, NULL);
	struct peer *p = peers;

	(void)data;
	(void)events;
	if (peer < 0)
		return;
	while (p->fd && p < &peers[sizeof(peers) / sizeof(peers[0]) - 1])
		p++;
	p->fd = peer;
	p->len = 0;
	loop_io_start(loop, &p->io, peer, LOOP_READ, on_peer, p);
}

static void interface_open(void)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(a);
	int one = 1;

	a.sin_port = htons((uint16_t)interface.port);
	interface.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(interface.fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(interface.fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
	    listen(interface.fd, 16) < 0)
		abort();
	getsockname(interface.fd, (struct sockaddr *)&a, &len);
	interface.port = ntohs(a.sin_port);
	interface.n = 0;
	interface.says = "{\"errcode\":0}";
	loop_io_start(loop, &interface.io, interface.fd, LOOP_READ, on_connection, NULL);
}

static void interface_close(void)
{
	loop_io_stop(loop, &interface.io);
	close(interface.fd);
	for (size_t i = 0; i < sizeof(peers) / sizeof(peers[0]); i++)
		if (peers[i].fd)
			peer_close(&peers[i]);
}

static void bots_open(void)
{
	struct fault why = {.text = ""};

	if (!ok(bots_begin(loop, engine, &settings, &bots, &why) == 0 && bots, "bots start"))
		printf("# %s\n", why.text);
}

static void bots_end(void)
{
	bots_stop(bots);
	bots = NULL;
}

static void turn_until(bool (*is_done)(void))
{
	int64_t until = clock_ms() + 120000;

	/* The timer of what is owed turns the loop. */
	while (!is_done() && clock_ms() < until)
		loop_turn(loop, true);
	if (clock_ms() >= until)
		ok(false, "it comes to an end");
}

static bool is_idle(void)
{
	return bots_busy(bots) == 0;
}

static bool has_called(void)
{
	return interface.n > 0 && bots_busy(bots) == 0;
}

/* Everything that is owed now has been claimed and seen to. */
static void settle_debts(void)
{
	int64_t until = clock_ms() + 200;

	while (clock_ms() < until || bots->claim_id || bots_busy(bots) > 0)
		loop_turn(loop, false);
}

static struct bot_state *state_of(const char *name)
{
	return bot_state_of(bots_find(bots, view_of(name)));
}

static void on_answer(void *data, const struct bot_response *r)
{
	*(int *)data = r->status;
}

/* A question to DingTalk's robot, which answers through the interface only. */
static int ask(const char *id, const char *text, const char *webhook)
{
	struct bot *b = bots_find(bots, VIEW("ding"));
	struct bot_incoming in;
	struct bot_response refusal;
	struct bot_request q;
	const char *type;
	int status = 0;

	b->platform->mirror->make(b, VIEW("staff-4711"), view_of(id), view_of(text),
				  clock_wall_ms(), &arena, &q, &type);
	if (webhook) {
		ptrdiff_t at = view_find(q.body, VIEW("\"sessionWebhook\""));
		struct view rest = view_sub(q.body, (size_t)at, q.body.len);

		q.body = arena_printf(
		    &arena, "%.*s\"sessionWebhook\":\"%s\"%.*s", (int)at, q.body.ptr, webhook,
		    VIEW_ARG(view_sub(rest, (size_t)view_find(rest, VIEW(",")), rest.len)));
	}
	/* No two signatures of one millisecond: they would be the same. */
	usleep(2000);
	if (bots_check(bots, b, &q, &arena, &in, &refusal) != BOT_OK)
		return refusal.status;
	bots_take(bots, &in, on_answer, &status);
	while (!status)
		loop_turn(loop, true);
	return status;
}

static void test_said(void)
{
	interface_open();
	bots_open();
	is_int(ask("1", "南京居住证多久能办下来", NULL), 200, "a question is acknowledged");
	turn_until(is_idle);
	ok(interface.n == 1 && strstr(interface.bodies[0], "工作日"),
	   "and answered through the interface");
	is_int(ask("1", "南京居住证多久能办下来", NULL), 200, "once more");
	settle_debts();
	is_int(interface.n, 1, "it is not");
	bots_end();
	bots_open();
	settle_debts();
	is_int(interface.n, 1, "nor after a restart");
	bots_end();
}

static void test_elsewhere(void)
{
	char address[128];

	bots_open();
	interface.n = 0;
	snprintf(address, sizeof(address), "http://127.0.0.1:%d@example.cn/x", interface.port);
	is_int(ask("2", "南京居住证多久能办下来", address), 200,
	       "a message that names another address");
	snprintf(address, sizeof(address), "http://127.0.0.1:%d/x/../y", interface.port);
	is_int(ask("3", "南京居住证多久能办下来", address), 200, "or one with dots");
	settle_debts();
	is_int(interface.n, 0, "has nobody called");
	bots_end();
}

static void test_restart(void)
{
	struct bot_state *s;

	interface_close();
	bots_open();
	is_int(ask("4", "南京居住证多久能办下来", NULL), 200,
	       "a question is acknowledged while the interface is away");
	turn_until(is_idle);
	s = state_of("ding");
	ok(s->counts.postponed == 1 && s->counts.send_failures == 0, "its answer is kept");
	bots_end();
	interface_open();
	bots_open();
	turn_until(has_called);
	settle_debts();
	ok(interface.n == 1 && strstr(interface.bodies[0], "工作日"),
	   "and said after a restart, once");
	is_int((int)state_of("ding")->counts.resumed, 1, "which is counted");
	bots_end();
}

/* Ended between the acknowledgement and the answer, or before that was sent. */
static void test_interrupted(void)
{
	struct bot_message m = {.id = VIEW("m 55")};

	bots_open();
	interface.n = 0;
	is_int(ask("5", "南京居住证多久能办下来", NULL), 200, "a question is acknowledged");
	ok(!is_idle() && interface.n == 0, "and not answered yet");
	bots_end();
	bots_open();
	turn_until(has_called);
	settle_debts();
	ok(interface.n == 1 && strstr(interface.bodies[0], "工作日"),
	   "what was made and not sent when we ended is sent after a restart");
	for (size_t i = 0; i < BOT_BACK_MAX; i++)
		m.back[i] = VIEW("");
	m.back[0] = arena_printf(&arena, "http://127.0.0.1:%d/x", interface.port);
	debt_begin(state_of("ding"), &m);
	bots_end();
	interface.n = 0;
	bots_open();
	turn_until(has_called);
	settle_debts();
	ok(interface.n == 1 && strstr(interface.bodies[0], "重启"),
	   "who was promised an answer that was not made is asked to ask again, once");
	is_int(ask("5", "南京居住证多久能办下来", NULL), 200, "sent again by the platform");
	settle_debts();
	is_int(interface.n, 1, "it is not answered again");
	bots_end();
}

/* A piece was on its way when we died: who knows. */
static void owe_what_is_out(const char *name, const char *id)
{
	struct debt debt = {
	    .message = {.id = view_of(id)},
	    .rest = VIEW("第一段。"),
	    .until_ms = clock_wall_ms() + 60000,
	    .is_answered = true,
	    .is_out = true,
	};

	for (size_t i = 0; i < BOT_BACK_MAX; i++)
		debt.message.back[i] = VIEW("");
	debt.message.back[0] = !strcmp(name, "ding")
				   ? arena_printf(&arena, "http://127.0.0.1:%d/x", interface.port)
				   : VIEW("om_1");
	debt_keep(state_of(name), &debt, 0, NULL, NULL);
}

static void test_on_its_way(void)
{
	interface.n = 0;
	interface.says = "{\"code\":0,\"errcode\":0,\"tenant_access_token\":\"T\",\"expire\":7200}";
	bots_open();
	owe_what_is_out("ding", "m 6");
	owe_what_is_out("lark", "m 7");
	bots_end();
	bots_open();
	turn_until(has_called);
	settle_debts();
	is_int(interface.n, 2, "a token is fetched, and one piece sent again");
	ok(strstr(interface.bodies[1], "uuid") != NULL,
	   "where the platform shows a piece once, however often it is sent");
	bots_end();
	bots_open();
	settle_debts();
	is_int(interface.n, 2, "then nothing is owed any more");
	bots_end();
}

static void test_busy(void)
{
	interface.n = 0;
	interface.says = "{\"errcode\":-1,\"errmsg\":\"system busy\"}";
	bots_open();
	ask("8", "南京居住证多久能办下来", NULL);
	turn_until(is_idle);
	ok(interface.n == 1 && state_of("ding")->counts.postponed == 1,
	   "an interface that is busy is asked again later");
	bots_end();
	interface.n = 0;
	interface.says = NULL;
	bots_open();
	turn_until(has_called);
	ok(interface.n == 1 && state_of("ding")->counts.send_failures == 1,
	   "one that hangs up is not: it may have heard");
	bots_end();
	interface.n = 0;
	interface.says = "{\"errcode\":310000,\"errmsg\":\"no\"}";
	bots_open();
	settle_debts();
	is_int(interface.n, 0, "and that is forgotten");
	ask("9", "南京居住证多久能办下来", NULL);
	turn_until(is_idle);
	is_int((int)state_of("ding")->counts.send_failures, 1, "what is refused is given up");
	bots_end();
}

static void test_pieces(void)
{
	struct bot_message m = {.id = VIEW("u 1")};
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < BOT_BACK_MAX; i++)
		m.back[i] = VIEW("");
	m.back[0] = VIEW("42");
	interface.n = 0;
	interface.says = "{\"ok\":true}";
	while (text.len < 5 * 4096 * 3)
		buf_str(&text, "带上身份证，网址是 https://www.example.gov.cn/a/long/address 。\n");
	bots_open();
	bot_send(state_of("tg"), &m, buf_view(&text), 0);
	turn_until(is_idle);
	is_int(interface.n, LIMIT_BOT_PIECES, "a long answer is not more than so many messages");
	ok(!strstr(interface.bodies[LIMIT_BOT_PIECES - 2], "只显示了前一部分") &&
	       strstr(interface.bodies[LIMIT_BOT_PIECES - 1], "只显示了前一部分"),
	   "of which the last says that there is more");
	for (int i = 0; i < interface.n; i++) {
		struct view rest = view_of(interface.bodies[i]);
		bool is_whole = true;
		ptrdiff_t at;

		while ((at = view_find(rest, VIEW("https://"))) >= 0) {
			rest = view_sub(rest, (size_t)at, rest.len);
			is_whole &=
			    view_starts(rest, VIEW("https://www.example.gov.cn/a/long/address "));
			rest = view_sub(rest, 1, rest.len);
		}
		ok(is_whole, "no address is cut in two");
	}
	interface.n = 0;
	bot_send(state_of("tg"), &m, buf_view(&text), LIMIT_BOT_PIECES - 1);
	turn_until(is_idle);
	is_int(interface.n, 1, "what was said in the response counts");
	bots_end();
	buf_done(&text);
}

static void test_bytes(void)
{
	struct debt debt = {.bot = VIEW("ding"),
			    .rest = VIEW("好"),
			    .number = 2,
			    .until_ms = 7,
			    .message = {.id = VIEW("m 1"),
					.back = {VIEW("a"), VIEW(""), VIEW("c"), VIEW(""), VIEW(""),
						 VIEW("")}},
			    .is_out = true},
		    got;
	struct buf bytes = BUF_INIT;

	debt_write(&debt, &bytes);
	ok(debt_read(buf_view(&bytes), &got) == 0 && view_is(got.bot, "ding") && got.number == 2 &&
	       got.until_ms == 7 && got.is_out && !got.is_answered &&
	       view_is(got.message.back[2], "c") && view_is(got.rest, "好"),
	   "what is kept is read as it was written");
	for (size_t n = 0; n < bytes.len; n++)
		if (debt_read(view_make(bytes.ptr, n), &got) == 0)
			ok(false, "a part of it is not read");
	buf_char(&bytes, 'x');
	ok(debt_read(buf_view(&bytes), &got) < 0, "nor with something behind it");
	buf_done(&bytes);
}

static void test_sealed(const char *dir)
{
	const char *path = arena_printf(&arena, "%s/notes.db-wal", dir).ptr;
	struct view text;

	interface_close();
	bots_open();
	ask("secret-id-4712", "南京居住证多久能办下来", NULL);
	turn_until(is_idle);
	ok(file_read(&arena, path, 16 << 20, &text) == 0 && text.len > 0,
	   "what is owed is on disk");
	ok(view_find(text, VIEW("staff-4711")) < 0 && view_find(text, VIEW("secret-id")) < 0 &&
	       view_find(text, VIEW("工作日")) < 0,
	   "sealed: neither who nor what can be read there");
	bots_end();
}

int main(void)
{
	struct generation *world;
	struct problems problems = {.list = VEC_INIT};
	char dir[] = "/tmp/late-test.XXXXXX";
	static const char *const names[] = {"notes.db", "notes.db-wal", "notes.db-shm", "bots.key"};
	struct fault why;

	if (!mkdtemp(dir))
		abort();
	arena_init(&arena, 0);
	loop = loop_new(false);
	interface_open();
	interface_close();
	setenv("LATE_TEST", "Secret", 1);
	settings_init(&settings);
	settings_set(&settings, arena_printf(&arena, "state_dir=%s", dir).ptr, &why);
	settings_read_text(
	    &settings,
	    arena_printf(&arena,
			 "[bot ding]\nplatform = dingtalk\napp_secret_env = LATE_TEST\n"
			 "api_base = http://127.0.0.1:%d\n"
			 "[bot lark]\nplatform = feishu\nmode = plain\napp_id = x\n"
			 "app_secret_env = LATE_TEST\nverification_token_env = LATE_TEST\n"
			 "api_base = http://127.0.0.1:%d\n"
			 "[bot tg]\nplatform = telegram\nsecret_token_env = LATE_TEST\n"
			 "bot_token_env = LATE_TEST\napi_base = http://127.0.0.1:%d\n",
			 interface.port, interface.port, interface.port),
	    "test.conf", "/", &problems);
	engine = world_engine(&arena, loop, &world);
	test_said();
	test_elsewhere();
	test_restart();
	test_interrupted();
	test_on_its_way();
	test_busy();
	test_pieces();
	test_bytes();
	test_sealed(dir);
	engine_free(engine);
	generation_unref(world);
	problems_done(&problems);
	settings_done(&settings);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlink(arena_printf(&arena, "%s/%s", dir, names[i]).ptr);
	rmdir(dir);
	arena_done(&arena);
	loop_free(loop);
	return done();
}
