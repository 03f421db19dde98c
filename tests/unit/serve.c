/* SPDX-License-Identifier: Apache-2.0 */
/* serve.c - the daemon's parts that need no socket: addresses, limits, queues, assembling. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dialog/session.h"
#include "serve/address.h"
#include "serve/assemble.h"
#include "serve/http_query.h"
#include "serve/outbox.h"
#include "serve/peers.h"
#include "serve/replay.h"
#include "serve/server.h"
#include "tests/unit/tap.h"

static struct address at(const char *text)
{
	struct address a = {.is_unix = false};

	if (address_parse(view_of(text), &a) < 0)
		printf("# cannot be parsed: %s\n", text);
	return a;
}

static const char *text_of(const char *text)
{
	static char out[ADDRESS_TEXT_MAX];
	struct address a = at(text);

	return address_format(&a, out);
}

static bool has(const char *network, const char *address)
{
	struct network n;
	struct fault why;
	struct address a = at(address);

	return network_parse(view_of(network), &n, &why) == 0 && network_has(&n, &a);
}

static int network_error(const char *text)
{
	struct network n;
	struct fault why;

	return network_parse(view_of(text), &n, &why);
}

static void test_addresses(void)
{
	struct address a, b, unused;

	is_str(text_of("192.0.2.7"), "192.0.2.7", "IPv4 is written as it is read");
	is_str(text_of("192.0.2.7:443"), "192.0.2.7", "a port is dropped");
	is_str(text_of("[2001:db8::1]:443"), "2001:db8::1", "also behind brackets");
	is_str(text_of("2001:db8::1"), "2001:db8::1", "IPv6 has many colons and no port");
	is_str(text_of("::ffff:192.0.2.7"), "192.0.2.7", "mapped IPv4 is IPv4");
	is_str(text_of("unix"), "unix", "a local socket has a name");
	is_int(address_parse(VIEW("example.cn"), &unused), -EINVAL, "names are no addresses");
	is_int(address_parse(VIEW(""), &unused), -EINVAL, "nothing is no address");
	is_int(address_parse(VIEW("[::1"), &unused), -EINVAL, "a bracket is closed");
	is_int(address_parse(VIEW("1.2.3"), &unused), -EINVAL, "IPv4 has four parts");
	a = at("2001:db8:1:2:3::4");
	b = at("2001:db8:1:2:ffff::9");
	a = address_group(&a);
	b = address_group(&b);
	ok(address_eq(&a, &b), "one /64 of IPv6 is one client");
	a = at("192.0.2.7");
	b = address_group(&a);
	ok(address_eq(&a, &b), "one address of IPv4 is one client");
}

static void test_networks(void)
{
	ok(has("10.0.0.0/8", "10.200.3.4"), "a network has its addresses");
	ok(!has("10.0.0.0/8", "11.0.0.1"), "and no others");
	ok(has("192.0.2.128/25", "192.0.2.129") && !has("192.0.2.128/25", "192.0.2.127"),
	   "bits need not be whole bytes");
	ok(has("::1", "::1") && !has("::1", "::2"), "an address is a network of one");
	ok(has("fd00::/8", "fd12::1") && !has("fd00::/8", "10.0.0.1"), "IPv6 networks are IPv6");
	ok(has("0.0.0.0/0", "8.8.8.8") && !has("0.0.0.0/0", "2001:db8::1"),
	   "all of IPv4 is not IPv6");
	ok(has("unix", "unix") && !has("0.0.0.0/0", "unix") && !has("unix", "127.0.0.1"),
	   "a local socket is only itself");
	is_int(network_error("10.0.0.0/33"), -EINVAL, "IPv4 has 32 bits");
	is_int(network_error("10.0.0.0/"), -EINVAL, "a slash wants a number");
	is_int(network_error("unix/3"), -EINVAL, "a local socket has no bits");
}

static const char *behind(const char *peer, const char *forwarded)
{
	static char out[ADDRESS_TEXT_MAX];
	struct network trusted[2];
	struct fault why;
	struct address a = at(peer), client;

	network_parse(VIEW("127.0.0.1"), &trusted[0], &why);
	network_parse(VIEW("10.0.0.0/8"), &trusted[1], &why);
	client = address_behind(&a, view_of(forwarded), trusted, 2);
	return address_format(&client, out);
}

static void test_forwarded(void)
{
	is_str(behind("192.0.2.1", "198.51.100.1"), "192.0.2.1", "a stranger's word is not taken");
	is_str(behind("127.0.0.1", "198.51.100.1"), "198.51.100.1", "a trusted proxy's is");
	is_str(behind("127.0.0.1", "203.0.113.9, 198.51.100.1"), "198.51.100.1",
	       "of a list the last counts: the rest is what the client claims");
	is_str(behind("127.0.0.1", "198.51.100.1, 10.1.2.3"), "198.51.100.1",
	       "trusted proxies in the list are stepped over");
	is_str(behind("127.0.0.1", ""), "127.0.0.1", "without the header it is the peer");
	is_str(behind("127.0.0.1", "unknown"), "127.0.0.1", "rubbish is not believed");
	is_str(behind("127.0.0.1", "198.51.100.1, nonsense, 10.1.2.3"), "10.1.2.3",
	       "rubbish ends the chain");
	is_str(behind("127.0.0.1", "unix"), "127.0.0.1", "nobody forwards for a local socket");
	is_str(behind("127.0.0.1", " ,, 198.51.100.1 , "), "198.51.100.1",
	       "stray commas are stepped over");
	is_str(behind("127.0.0.1", "[2001:db8::1]:5000"), "2001:db8::1", "ports are dropped");
}

static struct peers *new_peers(int64_t connections, int64_t rate, int64_t burst)
{
	struct peers_limits limits = {connections, rate, burst, 1000, 3};

	return peers_new(&limits);
}

static void test_peers(void)
{
	struct peers *p = new_peers(2, 60, 3);
	struct address a = at("192.0.2.1"), b = at("192.0.2.2");
	bool grants = true;

	ok(peers_connect(p, &a) && peers_connect(p, &a), "an address gets its connections");
	ok(!peers_connect(p, &a), "and no more");
	ok(peers_connect(p, &b), "another address has its own");
	peers_disconnect(p, &a);
	ok(peers_connect(p, &a), "a connection that ends makes room");
	for (int i = 0; i < 3; i++)
		grants &= peers_take(p, &a, 1000) == 0;
	ok(grants, "a burst is let through");
	is_int(peers_take(p, &a, 1000), 1, "then one has to wait, and is told how long");
	is_int(peers_take(p, &b, 1000), 0, "others need not");
	is_int(peers_take(p, &a, 1900), 1, "not yet");
	is_int(peers_take(p, &a, 2000), 0, "sixty a minute is one a second");
	is_int(peers_take(p, &a, 2000), 1, "and one only");
	is_int(peers_take(p, &a, 1 << 30), 0, "after a long time the bucket is full");
	peers_disconnect(p, &b);
	peers_disconnect(p, &a);
	peers_disconnect(p, &a);
	peers_sweep(p, 1 << 30);
	is_int((long long)peers_count(p), 1, "who owes nothing is forgotten, who does is not");
	peers_sweep(p, (1LL << 30) + 10000);
	is_int((long long)peers_count(p), 0, "until it does not");
	peers_free(p);
	p = new_peers(1, 0, 1);
	for (int i = 0; i < 100; i++)
		grants &= peers_take(p, &a, 5) == 0;
	ok(grants, "rate 0 is no limit");
	peers_free(p);
}

static void test_many_peers(void)
{
	struct peers *p = new_peers(1, 60, 1);
	struct address a = at("10.0.0.0");

	for (int i = 0; i < 70000; i++) {
		a.bytes[13] = (uint8_t)(i >> 16);
		a.bytes[14] = (uint8_t)(i >> 8);
		a.bytes[15] = (uint8_t)i;
		peers_take(p, &a, 1);
	}
	ok(peers_count(p) <= 131072, "however many addresses come, so many are remembered");
	peers_free(p);
}

/* What a worker does, in a process of its own. */
static void as_worker(struct peers *p, unsigned worker, void (*work)(struct peers *p))
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		peers_be(p, worker);
		work(p);
		_exit(0);
	}
	waitpid(pid, &status, 0);
}

static void connect_twice(struct peers *p)
{
	struct address a = at("192.0.2.1");

	peers_connect(p, &a);
	peers_connect(p, &a);
	peers_take(p, &a, 1000);
}

static void disconnect_once(struct peers *p)
{
	struct address a = at("192.0.2.1");

	peers_disconnect(p, &a);
}

static void test_peers_of_workers(void)
{
	struct peers *p = new_peers(4, 60, 2);
	struct address a = at("192.0.2.1"), b = at("192.0.2.9");

	as_worker(p, 1, connect_twice);
	as_worker(p, 2, connect_twice);
	ok(!peers_connect(p, &a), "what an address has at other workers counts");
	is_int(peers_take(p, &a, 1000), 1, "so do the messages it sent to them");
	ok(peers_connect(p, &b) && peers_take(p, &b, 1000) == 0, "others have what is theirs");
	as_worker(p, 1, disconnect_once);
	ok(peers_connect(p, &a), "what ends there makes room here");
	as_worker(p, 1, disconnect_once);
	as_worker(p, 1, disconnect_once);
	ok(peers_connect(p, &a) && !peers_connect(p, &a), "no worker gives back what others have");
	peers_bury(p, 2);
	ok(peers_connect(p, &a) && peers_connect(p, &a), "a worker that died has no connections");
	ok(!peers_connect(p, &a), "only its own are given back");
	peers_free(p);
}

/* Until it is killed. */
static void connect_for_ever(struct peers *p)
{
	struct address a = at("192.0.2.1");

	for (;;)
		if (peers_connect(p, &a))
			peers_disconnect(p, &a);
}

/* Two that die at once, now and then in the middle of something: neither keeps what it held. */
static void test_peers_of_the_dead(void)
{
	enum { DEATHS = 50 };
	struct address a = at("192.0.2.1");
	int n_late = 0, n_full = 0;

	for (int round = 0; round < DEATHS; round++) {
		struct peers *p = new_peers(4, 60, 2);
		bool is_whole, all = true;
		pid_t dead[2];

		for (unsigned i = 0; i < 2; i++) {
			dead[i] = fork();
			if (dead[i] < 0)
				exit(EXIT_FAILURE);
			if (dead[i] == 0) {
				peers_be(p, i + 1);
				connect_for_ever(p);
			}
		}
		while (peers_count(p) == 0)
			sched_yield();
		usleep((useconds_t)round % 10 * 100);
		for (int i = 0; i < 2; i++)
			kill(dead[i], SIGKILL);
		for (int i = 0; i < 2; i++)
			waitpid(dead[i], NULL, 0);
		is_whole = peers_bury(p, 1);
		n_late += !peers_bury(p, 2) || (!is_whole && !peers_bury(p, 1));
		for (int i = 0; i < 4; i++)
			all &= peers_connect(p, &a);
		n_full += !all || peers_connect(p, &a);
		peers_free(p);
	}
	is_int(n_late, 0, "what a dead worker holds keeps nobody once it is buried");
	is_int(n_full, 0, "and all room is there again");
}

static void test_assemble(void)
{
	struct assembly a = {.buf = BUF_INIT};
	struct view whole = VIEW("");
	const char *piece = "hello";

	is_int(assembly_add(&a, view_of(piece), 0, true, 5, &whole), ASSEMBLY_WHOLE,
	       "a message in one piece is whole");
	ok(whole.ptr == piece, "and is not copied");
	is_int(assembly_add(&a, VIEW(""), 0, true, 5, &whole), ASSEMBLY_WHOLE,
	       "an empty message is whole too");
	is_int(assembly_add(&a, VIEW("ab"), 2, false, 6, &whole), ASSEMBLY_MORE,
	       "a piece is waited for");
	is_int(assembly_add(&a, VIEW("cd"), 0, false, 6, &whole), ASSEMBLY_MORE, "and another");
	is_int(assembly_add(&a, VIEW("ef"), 0, true, 6, &whole), ASSEMBLY_WHOLE, "then the last");
	is_view(whole, "abcdef", "and they stand in order");
	assembly_clear(&a);
	ok(a.buf.ptr == NULL, "afterwards nothing is held");
	is_int(assembly_add(&a, VIEW("abcdef"), 0, true, 5, &whole), ASSEMBLY_TOO_LONG,
	       "one byte over the cap is too long");
	is_int(assembly_add(&a, VIEW("a"), 5, false, 5, &whole), ASSEMBLY_TOO_LONG,
	       "what is announced counts before it comes");
	is_int(assembly_add(&a, VIEW("a"), UINT64_MAX, false, 5, &whole), ASSEMBLY_TOO_LONG,
	       "an absurd length does not wrap around");
	is_int(assembly_add(&a, VIEW("abc"), 0, false, 5, &whole), ASSEMBLY_MORE, "three bytes");
	is_int(assembly_add(&a, VIEW("def"), 0, true, 5, &whole), ASSEMBLY_TOO_LONG,
	       "pieces count together");
	ok(a.buf.ptr == NULL, "and are dropped at once");
}

static struct frame *frame_of(struct frame_pool *pool, const char *text)
{
	struct frame *f = frame_new(pool);

	buf_str(&f->buf, text);
	return f;
}

static void test_outbox(void)
{
	struct frame_pool pool = {.free = NULL};
	struct outbox o;
	struct frame *f, *again;
	bool fits = true;

	outbox_init(&o);
	ok(!outbox_pop(&o), "an empty queue has nothing");
	ok(outbox_push(&o, frame_of(&pool, "0123456789"), 4), "one frame always fits");
	ok(!outbox_push(&o, frame_of(&pool, "0"), 4), "a second does not, past the cap");
	f = outbox_pop(&o);
	ok(f && memcmp(frame_text(f), "0123456789", 10) == 0 && frame_len(f) == 10,
	   "the text is behind its room");
	frame_unref(f);
	again = frame_new(&pool);
	ok(again == f, "frames are used again");
	ok(frame_len(again) == 0, "and are empty then");
	frame_unref(again);
	for (int i = 0; i < 1000; i++) {
		char text[8];

		snprintf(text, sizeof(text), "%d", i);
		fits &= outbox_push(&o, frame_of(&pool, text), 100000);
	}
	ok(fits, "a queue grows");
	for (int i = 0; i < 1000; i++) {
		f = outbox_pop(&o);
		fits &= f && atoi(frame_text(f)) == i;
		frame_unref(f);
	}
	ok(fits && o.bytes == 0 && o.ring == o.inside, "keeps its order, and shrinks again");
	for (int i = 0; i < 10; i++)
		outbox_push(&o, frame_of(&pool, "x"), 100);
	outbox_done(&o);
	frame_pool_done(&pool);
}

static void collect(void *data, struct frame *f)
{
	buf_add(data, frame_text(f), frame_len(f));
}

static void test_replay(void)
{
	struct frame_pool pool = {.free = NULL};
	struct replay *r = replay_new(3, 100000);
	struct buf seen = BUF_INIT;
	static const char *const texts[] = {"a", "b", "c", "d", "e"};

	for (unsigned i = 0; i < 5; i++) {
		struct frame *f = frame_of(&pool, texts[i]);

		replay_add(r, VIEW("one"), i + 1, i + 1, f);
		replay_add(r, VIEW("two"), i + 1, 0, f);
		frame_unref(f);
	}
	replay_each(r, VIEW("one"), 0, collect, &seen);
	is_view(buf_view(&seen), "cde", "the last replies are kept, in order");
	buf_clear(&seen);
	replay_each(r, VIEW("one"), 4, collect, &seen);
	is_view(buf_view(&seen), "e", "only what was missed is sent again");
	buf_clear(&seen);
	replay_each(r, VIEW("three"), 0, collect, &seen);
	is_view(buf_view(&seen), "", "a stranger gets nothing");
	ok(replay_find(r, VIEW("one"), 5, 0) &&
	       *frame_text(replay_find(r, VIEW("one"), 5, 0)) == 'e',
	   "what was asked last is answered again from memory");
	ok(!replay_find(r, VIEW("one"), 4, 0), "what was asked before that is a new question");
	ok(replay_find(r, VIEW("one"), 4, 4) != NULL,
	   "unless it was answered before the client came back");
	ok(!replay_find(r, VIEW("one"), 1, 5), "what is not kept any more is a new question");
	ok(!replay_find(r, VIEW("two"), 0, 5) && !replay_find(r, VIEW("three"), 5, 5),
	   "without an id there is nothing to find, nor in another conversation");
	replay_free(r);

	r = replay_new(3, 2000);
	for (unsigned i = 0; i < 100; i++) {
		char token[SESSION_TOKEN_LEN + 1];
		struct frame *f = frame_of(&pool, "x");

		snprintf(token, sizeof(token), "talk%u", i);
		replay_add(r, view_of(token), 1, 0, f);
		frame_unref(f);
	}
	ok(replay_footprint(r) <= 2000, "memory is capped over all conversations");
	replay_each(r, VIEW("talk99"), 0, collect, &seen);
	is_view(buf_view(&seen), "x", "the latest stays");
	buf_clear(&seen);
	replay_each(r, VIEW("talk0"), 0, collect, &seen);
	is_view(buf_view(&seen), "", "the quietest goes first");
	replay_free(r);
	buf_done(&seen);
	frame_pool_done(&pool);
}

static void test_query(void)
{
	struct view v = VIEW(""), form = VIEW("a=1&q=%E4%BD%A0+%e5%A5%BD&q=2&b&%71x=3&=4");
	struct arena a;

	arena_init(&a, 0);
	is_int(query_find(&a, form, "q", &v), 0, "a form is read");
	is_view(v, "你 好", "escapes and plus signs are undone, and the first of a name counts");
	query_find(&a, form, "none", &v);
	is_view(v, "", "what is not there is empty");
	query_find(&a, form, "b", &v);
	is_view(v, "", "so is a name without a value");
	query_find(&a, form, "qx", &v);
	is_view(v, "3", "names may be escaped too");
	is_int(query_decode(&a, VIEW("%"), &v), -EILSEQ, "an escape is not cut off");
	is_int(query_decode(&a, VIEW("%4"), &v), -EILSEQ, "nor in its middle");
	is_int(query_decode(&a, VIEW("%zz"), &v), -EILSEQ, "and has hexadecimal digits");
	is_int(query_decode(&a, VIEW("a%00b"), &v), -EILSEQ, "a NUL is refused");
	is_int(query_decode(&a, VIEW("%ff"), &v), -EILSEQ, "so is what is not UTF-8");
	is_int(query_decode(&a, VIEW("%E4%BD"), &v), -EILSEQ, "and half a character");
	is_int(query_decode(&a, VIEW(""), &v), 0, "nothing is fine");
	ok(query_piece(VIEW("q=x=y"), "q", &v), "a piece has a name");
	is_view(v, "x=y", "and all behind the first = is the value");
	ok(query_piece(VIEW("q"), "q", &v) && v.len == 0, "which may be missing");
	ok(!query_piece(VIEW("qq=1"), "q", &v), "names are not prefixes");
	arena_done(&a);
}

static bool may(const char *allowed, const char *origin, const char *host)
{
	const char *const items[] = {allowed};
	struct settings settings = {.allow_origins = {items, allowed ? 1 : 0}};
	struct server s = {.settings = &settings};

	return origin_is_allowed(&s, view_of(origin), view_of(host));
}

static void test_origins(void)
{
	ok(may("*", "https://a.example.cn", "b.example") && may("*", "http://[::1]:8080", "x"),
	   "a star alone allows every page");
	ok(may("*", "null", "x"), "also one that has no origin to tell");
	ok(may("https://*.example.cn", "https://a.b.example.cn", "x"), "a star is any name");
	ok(!may("https://*.example.cn", "https://example.cn", "x"), "but a name");
	ok(!may("https://*.example.cn", "http://a.example.cn", "x"), "of the same scheme");
	ok(!may("https://*.example.cn", "https://evil.example/.example.cn", "x"),
	   "and reaches over no slash");
	ok(!may("https://*.example.cn", "https://evil@a.example.cn", "x"), "nor over a user");
	ok(may("https://a.cn", "https://a.cn", "x") && !may("https://a.cn", "https://a.cn:1", "x"),
	   "without a star it is that page alone");
	ok(may(NULL, "https://here.cn", "here.cn") && !may(NULL, "https://here.cn", "there.cn"),
	   "pages of the same host always may");
	ok(may(NULL, "", "x"), "programs send no origin");
}

int main(void)
{
	test_addresses();
	test_networks();
	test_forwarded();
	test_peers();
	test_many_peers();
	test_peers_of_workers();
	test_peers_of_the_dead();
	test_assemble();
	test_outbox();
	test_replay();
	test_query();
	test_origins();
	return done();
}
