/* SPDX-License-Identifier: Apache-2.0 */
/* store.c - tests of conversations that outlive the process: the same ones over every backend. */
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/loop.h"
#include "store/sessions.h"
#include "store/database.h"
#include "store/sqlite.h"

#include "store-place.h"
#include "tap.h"

#define HOUR_MS 3600000
/* For what must come, on a machine that has much else to do. */
#define PATIENCE_MS 300000

static struct loop *loop;
static char dir[] = "/tmp/wenlu-store-XXXXXX";
static bool with_sqlite;
static const char *where; /* for the names of tests */
static struct place place;
static int said_wrong, said_right;
static char said[256];

static void on_say(void *data, bool is_error, const char *line)
{
	(void)data;
	said_wrong += is_error;
	said_right += !is_error;
	snprintf(said, sizeof(said), "%s", line);
}

static struct store_options options(void)
{
	return (struct store_options){
	    .loop = loop,
	    .limits = {.max_sessions = 100, .max_replies = 3, .max_reply_bytes = 100000},
	    .keep_ms = HOUR_MS,
	    .say = on_say,
	};
}

static const char *path_of(const char *name)
{
	static char path[2][128];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", dir, name);
	return path[turn];
}

static void remove_files(void)
{
	static const char *const names[] = {"",       "-wal",       "-shm",
					    ".aside", ".aside-wal", ".aside-shm"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char name[64];

		snprintf(name, sizeof(name), "sessions.db%s", names[i]);
		unlink(path_of(name));
	}
}

static void forget_all(void)
{
	remove_files();
	place_done(&place);
}

static struct backend *open_backend(const struct backend_limits *limits)
{
	struct backend *b = NULL;
	struct fault why = {.line = 0};

	if (!with_sqlite) {
		place.backend.type = &place_type;
		place.limits = *limits;
		return &place.backend;
	}
	if (sqlite_open(dir, limits, &b, &why) != 0)
		printf("# %s\n", why.text);
	return b;
}

static struct store *open_store(const struct store_options *o)
{
	return store_new(o, open_backend(&o->limits));
}

struct world {
	struct store *store;
	struct sessions *sessions;
};

static struct world begin_with(const struct store_options *o, size_t max)
{
	struct world w = {open_store(o), sessions_new(max)};

	sessions_keep_in(w.sessions, w.store);
	return w;
}

static struct world begin(void)
{
	struct store_options o = options();

	return begin_with(&o, 1000);
}

static void end(struct world *w)
{
	sessions_free(w->sessions);
	store_close(w->store);
}

static void no_op(void *data)
{
	(void)data;
}

/* Turn until *flag; gives up after a long time. */
static void turn_until(const int *flag)
{
	struct loop_timer tick = {.active = false};
	int64_t until = clock_ms() + PATIENCE_MS;

	loop_timer_start(loop, &tick, 10, 10, no_op, NULL);
	while (!*flag && clock_ms() < until)
		loop_turn(loop, true);
	loop_timer_stop(loop, &tick);
}

struct fetched {
	int calls;
	bool found;
	struct session session;
	size_t n_replies;
	uint64_t seqs[8];
	char texts[8][256];
};

static void on_fetched(void *data, struct session *session, const struct record *record)
{
	struct fetched *f = data;

	f->calls++;
	f->found = session != NULL;
	if (!session)
		return;
	f->session = *session;
	f->n_replies = record->replies.n;
	for (size_t i = 0; i < record->replies.n && i < 8; i++) {
		const struct record_reply *r = &record->replies.items[i];

		f->seqs[i] = r->seq;
		snprintf(f->texts[i], sizeof(f->texts[i]), "%.*s", (int)r->len,
			 record->text.ptr + r->at);
	}
}

static struct fetched fetch(struct world *w, const char *token)
{
	struct fetched f = {.calls = 0};

	if (sessions_fetch(w->sessions, view_of(token), on_fetched, &f))
		turn_until(&f.calls);
	return f;
}

static void fill(struct session *s)
{
	s->seq = 7;
	s->turns = 4;
	s->failed_rounds = 2;
	strcpy(s->intent, "permit.number.query");
	strcpy(s->figure.name, "overdue_days");
	strcpy(s->point, "邮寄");
	s->figure.least = (struct session_span){6, -1};
	s->figure.most = (struct session_span){7, 2};
	s->figure.first = 20700;
	s->figure.last = 20730;
	s->figure.said = 1;
	strcpy(s->figure.intent, "permit.endorse");
	strcpy(s->kind, "refuse.foreign");
	s->n_regions = 2;
	strcpy(s->regions[0], "410100");
	memset(s->regions[1], 'r', SESSION_ID_MAX - 1);
	s->n_options = SESSION_OPTIONS_MAX;
	s->n_topics = SESSION_TOPICS_MAX;
	s->n_parts = 2;
	s->options_are_next = 1;
	s->n_people = LIMIT_PEOPLE;
	for (int i = 0; i < LIMIT_PEOPLE; i++)
		snprintf(s->people[i].kin, SESSION_KIN_MAX, "daughter%d", i);
	strcpy(s->people[0].region, "500000");
	for (int i = 0; i < SESSION_TOPICS_MAX; i++)
		snprintf(s->topics[i].intent, SESSION_TOPIC_MAX, "permit.topic%d", i);
	strcpy(s->topics[1].region, "cluster:yangtze_delta");
	for (int i = 0; i < SESSION_OPTIONS_MAX; i++) {
		if (i % 2)
			strcpy(s->options[i].intent, "permit.apply");
		else
			strcpy(s->options[i].region, "310000");
		snprintf(s->options[i].text, SESSION_ID_MAX, "浦东新区 %d", i);
	}
}

/* One that has been asked in; its token. */
static const char *talk(struct world *w, char token[SESSION_TOKEN_LEN + 1])
{
	struct session *s = sessions_open(w->sessions, clock_wall_ms());

	fill(s);
	memcpy(token, s->token, SESSION_TOKEN_LEN + 1);
	return token;
}

static void test_round_trip(void)
{
	struct world w = begin();
	char token[SESSION_TOKEN_LEN + 1], empty[SESSION_TOKEN_LEN + 1];
	struct session before;
	struct fetched f;

	talk(&w, token);
	before = *sessions_find(w.sessions, view_of(token));
	memcpy(empty, sessions_open(w.sessions, clock_wall_ms())->token, sizeof(empty));
	end(&w);
	w = begin();
	ok(!sessions_find(w.sessions, view_of(token)), "%s: memory begins empty", where);
	f = fetch(&w, token);
	ok(f.found && memcmp(&f.session, &before, sizeof(before)) == 0,
	   "%s: a conversation comes back as it was", where);
	is_int((long long)f.n_replies, 0, "%s: without replies when none were kept", where);
	ok(sessions_find(w.sessions, view_of(token)) != NULL, "%s: then it is in memory", where);
	f = fetch(&w, empty);
	ok(f.calls == 1 && !f.found, "%s: one without a question was not stored", where);
	f = fetch(&w, "AAAAAAAAAAAAAAAAAAAAAA");
	ok(f.calls == 1 && !f.found, "%s: an unknown token finds nothing", where);
	is_int((long long)sessions_fetch(w.sessions, VIEW("short"), on_fetched, &f), 0,
	       "%s: a token of the wrong length is not looked for", where);
	end(&w);
}

static void test_changes(void)
{
	struct world w = begin();
	char token[SESSION_TOKEN_LEN + 1];
	struct session *s;
	struct fetched f;

	talk(&w, token);
	store_flush(w.store);
	s = sessions_find(w.sessions, view_of(token));
	s->seq = 9;
	s->n_regions = 1;
	s->n_options = 0;
	s->intent[0] = '\0';
	s->n_people = 1;
	end(&w);
	w = begin();
	f = fetch(&w, token);
	is_int(f.session.n_people, 1, "%s: people who are forgotten are gone", where);
	is_int((long long)f.session.seq, 9, "%s: the last state is what is kept", where);
	is_int(f.session.n_regions, 1, "%s: a list that became shorter is short", where);
	is_int(f.session.n_options, 0, "%s: options that are gone are gone", where);
	is_str(f.session.intent, "", "%s: an intent that was forgotten is forgotten", where);
	end(&w);
}

/* Nobody flushes: the timer does it. */
static void test_by_itself(void)
{
	struct world w = begin();
	char token[SESSION_TOKEN_LEN + 1];
	int64_t until = clock_ms() + PATIENCE_MS;

	talk(&w, token);
	while (store_counts(w.store).sessions == 0 && clock_ms() < until)
		loop_turn(loop, true);
	is_int((long long)store_counts(w.store).sessions, 1, "%s: what changed is written unasked",
	       where);
	sessions_find(w.sessions, view_of(token))->seq++;
	sessions_find(w.sessions, view_of(token))->seq++;
	while (store_counts(w.store).sessions == 1 && clock_ms() < until)
		loop_turn(loop, true);
	is_int((long long)store_counts(w.store).sessions, 2,
	       "%s: two changes in a moment are written once", where);
	end(&w);
}

static void keep_reply(struct world *w, const char *token, uint64_t seq)
{
	char text[128];

	snprintf(text, sizeof(text), "{\"seq\":%d,\"session\":\"%s\"}", (int)seq, token);
	sessions_keep_reply(w->sessions, view_of(token), seq, view_of(text));
}

static void test_replies(void)
{
	struct world w = begin();
	char token[SESSION_TOKEN_LEN + 1], other[SESSION_TOKEN_LEN + 1], want[128];
	struct fetched f;

	talk(&w, token);
	talk(&w, other);
	for (uint64_t seq = 1; seq <= 5; seq++) {
		keep_reply(&w, token, seq * 2);
		if (seq == 3)
			store_flush(w.store);
	}
	keep_reply(&w, other, 1);
	keep_reply(&w, "AAAAAAAAAAAAAAAAAAAAAA", 1);
	end(&w);
	w = begin();
	f = fetch(&w, token);
	is_int((long long)f.n_replies, 3, "%s: the last replies are kept, not all", where);
	ok(f.seqs[0] == 6 && f.seqs[1] == 8 && f.seqs[2] == 10, "%s: they come in order", where);
	snprintf(want, sizeof(want), "{\"seq\":10,\"session\":\"%s\"}", token);
	is_str(f.texts[2], want, "%s: a reply comes back word for word, token and all", where);
	f = fetch(&w, other);
	is_int((long long)f.n_replies, 1, "%s: every conversation has its own replies", where);
	end(&w);
}

static void test_forget(void)
{
	struct world w = begin();
	char token[SESSION_TOKEN_LEN + 1], other[SESSION_TOKEN_LEN + 1];
	struct session *s;
	struct fetched f;

	keep_reply(&w, talk(&w, token), 1);
	keep_reply(&w, talk(&w, other), 1);
	store_flush(w.store);
	keep_reply(&w, token, 2); /* on its way when all is to be forgotten */
	sessions_forget(w.sessions, view_of(token));
	s = sessions_find(w.sessions, view_of(token));
	ok(s && s->seq == 7 && !s->intent[0] && s->n_topics == 0 && s->turns == 0 &&
	       s->n_people == 0 && !s->people[0].kin[0],
	   "%s: who begins anew is as new, and goes on counting", where);
	end(&w);
	w = begin();
	f = fetch(&w, token);
	ok(f.calls == 1 && !f.found, "%s: nothing is kept of what was forgotten", where);
	is_int((long long)fetch(&w, other).n_replies, 1, "%s: of others everything is", where);
	s = sessions_find(w.sessions, view_of(other));
	sessions_forget(w.sessions, view_of(other));
	s = sessions_find(w.sessions, view_of(other));
	s->turns = 1;
	keep_reply(&w, other, 9);
	end(&w);
	w = begin();
	f = fetch(&w, other);
	ok(f.found && f.session.turns == 1 && !f.session.intent[0],
	   "%s: what is said after that is kept", where);
	ok(f.n_replies == 1 && f.seqs[0] == 9, "%s: and nothing from before", where);
	end(&w);
}

static void test_reply_bytes(void)
{
	struct store_options o = options();
	struct world w;
	char first[SESSION_TOKEN_LEN + 1], last[SESSION_TOKEN_LEN + 1];

	o.limits.max_reply_bytes = 2000;
	w = begin_with(&o, 1000);
	keep_reply(&w, talk(&w, first), 1);
	for (int i = 0; i < 100; i++) {
		keep_reply(&w, talk(&w, last), 1);
		if (i % 10 == 0)
			store_flush(w.store);
	}
	end(&w);
	w = begin_with(&o, 1000);
	is_int((long long)fetch(&w, first).n_replies, 0, "%s: old replies make room", where);
	is_int((long long)fetch(&w, last).n_replies, 1, "%s: the newest reply is there", where);
	ok(fetch(&w, first).session.turns == 4, "%s: the conversation itself stays", where);
	end(&w);
}

static void test_eviction(void)
{
	struct store_options o = options();
	struct world w = begin_with(&o, 2);
	char tokens[5][SESSION_TOKEN_LEN + 1];
	int found = 0;

	for (int i = 0; i < 5; i++)
		talk(&w, tokens[i]);
	is_int((long long)sessions_count(w.sessions), 2, "%s: memory keeps its cap", where);
	for (int i = 0; i < 5; i++)
		found +=
		    fetch(&w, tokens[i]).found || sessions_find(w.sessions, view_of(tokens[i]));
	is_int(found, 5, "%s: who made room in memory is found in the store", where);
	end(&w);
}

static void test_expiry(void)
{
	struct world w = begin();
	char old[SESSION_TOKEN_LEN + 1], young[SESSION_TOKEN_LEN + 1];

	talk(&w, old);
	sessions_find(w.sessions, view_of(old))->last_ms -= HOUR_MS + 1000;
	talk(&w, young);
	keep_reply(&w, old, 1);
	sessions_expire(w.sessions, clock_wall_ms() - 2 * HOUR_MS);
	is_int((long long)sessions_count(w.sessions), 2, "%s: the young stay in memory", where);
	sessions_expire(w.sessions, clock_wall_ms() - HOUR_MS);
	ok(sessions_count(w.sessions) == 1 && !sessions_find(w.sessions, view_of(old)),
	   "%s: the old leave memory", where);
	ok(sessions_open(w.sessions, 1) && sessions_count(w.sessions) == 2,
	   "%s: their room is used again", where);
	end(&w);
	w = begin();
	talk(&w, old);
	sessions_find(w.sessions, view_of(old))->last_ms -= HOUR_MS + 1000;
	end(&w);
	w = begin();
	ok(!fetch(&w, old).found, "%s: who was quiet too long is not found any more", where);
	ok(fetch(&w, young).found, "%s: the others are", where);
	end(&w);
}

static struct store_id id_number(unsigned n)
{
	struct store_id id = {.bytes = {(unsigned char)n, (unsigned char)(n >> 8)}};

	return id;
}

static size_t count_found(struct backend *b, unsigned n)
{
	size_t found = 0;

	for (unsigned i = 0; i < n; i++) {
		struct record record = {.session = {.seq = 0}};
		struct store_id id = id_number(i);
		struct fault why;

		found += b->type->find(b, &id, &record, &why) == 0;
		vec_done(&record.replies);
		buf_done(&record.text);
	}
	return found;
}

static void batch_session_of(struct batch *batch)
{
	struct batch_session *s = vec_push(&batch->sessions);

	s->id = id_number(1);
	fill(&s->session);
	s->session.last_ms = 1000;
}

static void test_sweep(void)
{
	struct backend_limits limits = {
	    .max_sessions = 600, .max_replies = 3, .max_reply_bytes = 100000};
	struct backend *b = open_backend(&limits);
	struct batch batch = {.text = BUF_INIT};
	struct fault why;
	int r, rounds = 0;

	for (unsigned i = 0; i < 1000; i++) {
		struct batch_session *s = vec_push(&batch.sessions);
		struct batch_reply *reply = vec_push(&batch.replies);

		s->id = reply->id = id_number(i);
		fill(&s->session);
		s->session.last_ms = 1000 + i;
		reply->seq = 1;
		reply->at = batch.text.len;
		reply->len = 4;
		buf_str(&batch.text, "text");
	}
	is_int(b->type->write(b, &batch, &why), 0, "%s: a thousand are written at once", where);
	while ((r = b->type->sweep(b, 1100, &why)) == 1)
		rounds++;
	is_int(r, 0, "%s: sweeping comes to an end", where);
	is_int((long long)count_found(b, 1000), 600, "%s: the longest idle ones are over the cap",
	       where);
	is_int((long long)count_found(b, 400), 0, "%s: and they are the ones that went", where);
	while (b->type->sweep(b, 1900, &why) == 1)
		rounds++;
	is_int((long long)count_found(b, 1000), 100, "%s: those of before are forgotten", where);
	if (with_sqlite)
		ok(rounds > 2, "sqlite: in portions");
	vec_done(&batch.sessions);
	vec_done(&batch.replies);
	buf_done(&batch.text);
	b->type->close(b);
}

static void test_cancel(void)
{
	struct world w = begin();
	char token[SESSION_TOKEN_LEN + 1];
	struct fetched gone = {.calls = 0}, first = {.calls = 0}, second = {.calls = 0};
	uint64_t id;

	talk(&w, token);
	end(&w);
	w = begin();
	id = sessions_fetch(w.sessions, view_of(token), on_fetched, &gone);
	sessions_fetch(w.sessions, view_of(token), on_fetched, &first);
	sessions_fetch(w.sessions, view_of(token), on_fetched, &second);
	sessions_fetch_cancel(w.sessions, id);
	sessions_fetch_cancel(w.sessions, 0);
	sessions_fetch_cancel(w.sessions, 12345);
	turn_until(&second.calls);
	is_int(gone.calls, 0, "%s: who cancelled is not called", where);
	ok(first.found && second.found, "%s: two who look for the same both find it", where);
	is_int((long long)sessions_count(w.sessions), 1, "%s: it is in memory once", where);
	sessions_fetch(w.sessions, VIEW("AAAAAAAAAAAAAAAAAAAAAA"), on_fetched, &gone);
	end(&w);
	is_int(gone.calls, 0, "%s: nobody is called after the end", where);
}

/* Many changes against a slow place, lookups in between: nothing may be lost or mixed up. */
static void test_crowd(void)
{
	enum { PEOPLE = 300, ROUNDS = 60 };
	struct store_options o = options();
	struct world w;
	static char tokens[PEOPLE][SESSION_TOKEN_LEN + 1];
	int wrong = 0;

	o.limits.max_sessions = 1000;
	w = begin_with(&o, 100);
	place.delay_us = 500;
	for (int i = 0; i < PEOPLE; i++)
		talk(&w, tokens[i]);
	for (int round = 1; round <= ROUNDS; round++) {
		for (int k = 0; k < 20; k++) {
			int i = (round * 7 + k * 13) % PEOPLE;
			struct session *s = sessions_find(w.sessions, view_of(tokens[i]));

			if (!s && fetch(&w, tokens[i]).found)
				s = sessions_find(w.sessions, view_of(tokens[i]));
			if (s)
				s->turns++;
			wrong += !s;
			keep_reply(&w, tokens[i], (uint64_t)round);
		}
		loop_turn(loop, false);
	}
	is_int(wrong, 0, "%s: in a crowd everybody is found in every round", where);
	end(&w);
	w = begin_with(&o, 1000);
	wrong = 0;
	for (int i = 0; i < PEOPLE; i++) {
		unsigned turns = 4;
		struct fetched f = fetch(&w, tokens[i]);

		for (int round = 1; round <= ROUNDS; round++)
			for (int k = 0; k < 20; k++)
				turns += (round * 7 + k * 13) % PEOPLE == i;
		wrong += !f.found || f.session.turns != turns;
	}
	is_int(wrong, 0, "%s: and every change of everybody was kept", where);
	end(&w);
	place.delay_us = 0;
}

static void test_refusal(void)
{
	struct world w = begin();
	char token[SESSION_TOKEN_LEN + 1];

	said_wrong = said_right = 0;
	talk(&w, token);
	place.refuse = 1;
	turn_until(&said_wrong);
	is_str(said, "conversations are not being saved: the place refuses",
	       "a batch that is refused is told of");
	ok(store_is_failing(w.store), "whoever asks meanwhile hears that saving fails");
	turn_until(&said_right);
	ok(said_right == 1 && said_wrong == 1, "and when it works again, once each");
	ok(!store_is_failing(w.store), "nor does saving fail any more");
	is_int((long long)store_counts(w.store).sessions, 1, "then what was refused is written");
	sessions_find(w.sessions, view_of(token))->seq = 8;
	place.refuse = 1000;
	end(&w);
	is_int(said_wrong, 2, "an end that cannot save does not hang, and tells");
	place.refuse = 0;
	w = begin();
	is_int((long long)fetch(&w, token).session.seq, 7, "what was saved before is still there");
	place.refuse = 1;
	sessions_forget(w.sessions, view_of(token));
	store_flush(w.store);
	end(&w);
	w = begin();
	ok(!fetch(&w, token).found, "what could not be forgotten at once is forgotten later");
	end(&w);
}

static void run_all(bool sqlite)
{
	static void (*const tests[])(void) = {test_round_trip, test_changes, test_by_itself,
					      test_replies,    test_forget,  test_reply_bytes,
					      test_eviction,   test_expiry,  test_sweep,
					      test_cancel,     test_crowd};

	with_sqlite = sqlite;
	where = sqlite ? "sqlite" : "memory";
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		forget_all();
		tests[i]();
	}
}

static bool is_private(const char *name)
{
	struct stat st;

	return stat(path_of(name), &st) == 0 && (st.st_mode & 0777) == 0600;
}

static bool file_has(const char *name, const char *what)
{
	struct arena a;
	struct view all;
	bool has;

	arena_init(&a, 0);
	has =
	    file_read(&a, path_of(name), 64 << 20, &all) == 0 && view_find(all, view_of(what)) >= 0;
	arena_done(&a);
	return has;
}

static void test_file(void)
{
	struct world w;
	char token[SESSION_TOKEN_LEN + 1];
	mode_t old = umask(0);

	forget_all();
	w = begin();
	talk(&w, token);
	keep_reply(&w, token, 1);
	store_flush(w.store);
	ok(is_private("sessions.db") && is_private("sessions.db-wal") &&
	       is_private("sessions.db-shm"),
	   "the file and what is beside it are for their owner only, whatever the umask");
	ok(file_has("sessions.db-wal", "permit.number.query"), "what is kept is in the file");
	ok(!file_has("sessions.db-wal", token), "the token is not, nor in the replies");
	end(&w);
	ok(!file_has("sessions.db", token), "not after the end either");
	ok(access(path_of("sessions.db-wal"), F_OK) < 0, "a clean end leaves one file");
	chmod(path_of("sessions.db"), 0644);
	w = begin();
	ok(is_private("sessions.db"), "a file that others could read is closed to them");
	ok(fetch(&w, token).found, "and used");
	end(&w);
	umask(old);
}

static int try_open(struct fault *why)
{
	struct backend_limits limits = {
	    .max_sessions = 10, .max_replies = 3, .max_reply_bytes = 1000};
	struct backend *b = NULL;
	int r = sqlite_open(dir, &limits, &b, why);

	if (r >= 0)
		b->type->close(b);
	return r;
}

static void spoil(const char *name, off_t at, size_t len)
{
	int fd = open(path_of(name), O_WRONLY | O_CREAT, 0600);

	for (size_t i = 0; i < len; i += 7)
		if (pwrite(fd, "rubbish", 7, at + (off_t)i) != 7)
			break;
	close(fd);
}

static void exec_sql(const char *sql)
{
	sqlite3 *db;

	sqlite3_open(path_of("sessions.db"), &db);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		printf("# %s: %s\n", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static void test_broken_at_start(void)
{
	struct fault why;

	forget_all();
	spoil("sessions.db", 0, 5000);
	is_int(try_open(&why), 1, "a file that is no database is put aside");
	ok(strstr(why.text, "sessions.db.aside") != NULL, "and the words say where");
	ok(file_has("sessions.db.aside", "rubbishrubbish"), "it is kept to be looked at");
	is_int(try_open(&why), 0, "the new one is used from then on");
	exec_sql("PRAGMA user_version = 99");
	is_int(try_open(&why), 1, "a file of a later version is put aside");
	ok(strstr(why.text, "version") != NULL, "and the words name the reason");
	exec_sql("ALTER TABLE sessions RENAME COLUMN intent TO purpose; DROP TABLE replies");
	is_int(try_open(&why), 1, "a file without our tables is put aside");
	forget_all();
	exec_sql("CREATE TABLE mine(x)");
	is_int(try_open(&why), 1, "a database of somebody else is put aside");
	ok(file_has("sessions.db.aside", "CREATE TABLE mine"), "unharmed");
}

static void drop_point(void)
{
	exec_sql("ALTER TABLE sessions DROP COLUMN point");
}

static void drop_spans(void)
{
	drop_point();
	exec_sql("ALTER TABLE sessions DROP COLUMN figure_least_months;"
		 "ALTER TABLE sessions DROP COLUMN figure_most_months;"
		 "ALTER TABLE sessions DROP COLUMN figure_most_days;"
		 "ALTER TABLE sessions DROP COLUMN figure_first;"
		 "ALTER TABLE sessions DROP COLUMN figure_last;"
		 "ALTER TABLE sessions DROP COLUMN figure_intent;"
		 "UPDATE sessions SET figure_value = 70");
}

static void drop_people(void)
{
	drop_spans();
	for (int i = 1; i <= LIMIT_PEOPLE; i++) {
		char sql[128];

		snprintf(sql, sizeof(sql),
			 "ALTER TABLE sessions DROP COLUMN person%d;"
			 "ALTER TABLE sessions DROP COLUMN person%d_region",
			 i, i);
		exec_sql(sql);
	}
}

static void drop_next(void)
{
	drop_people();
	exec_sql("ALTER TABLE sessions DROP COLUMN options_are_next");
}

static void drop_topics(void)
{
	drop_next();
	exec_sql("ALTER TABLE sessions DROP COLUMN parts");
	for (int i = 1; i <= SESSION_TOPICS_MAX; i++) {
		char sql[128];

		snprintf(sql, sizeof(sql),
			 "ALTER TABLE sessions DROP COLUMN topic%d_intent;"
			 "ALTER TABLE sessions DROP COLUMN topic%d_region",
			 i, i);
		exec_sql(sql);
	}
}

/* A conversation in a file of `version`, from which `drop` takes what that did not know. */
static struct fetched of_version(int version, void (*drop)(void))
{
	char token[SESSION_TOKEN_LEN + 1], sql[64];
	struct fault why;
	struct fetched f;
	struct world w;

	forget_all();
	w = begin();
	talk(&w, token);
	end(&w);
	drop();
	snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", version);
	exec_sql(sql);
	is_int(try_open(&why), 0, "a file of version %d is brought up to date", version);
	w = begin();
	f = fetch(&w, token);
	end(&w);
	return f;
}

/* As version 6 left it: what was asked about by its name was not known. */
static void test_version_6(void)
{
	struct fetched f = of_version(6, drop_point);

	ok(f.found && strcmp(f.session.figure.name, "overdue_days") == 0, "its figure is kept");
	is_str(f.session.point, "", "and no thing made up");
}

/* As version 5 left it: a figure was one number of its unit. */
static void test_version_5(void)
{
	struct fetched f = of_version(5, drop_spans);

	ok(f.found && f.session.n_people == LIMIT_PEOPLE, "its people are kept");
	is_str(f.session.figure.name, "overdue_days", "and what was counted");
	ok(f.session.figure.least.days == 0 && f.session.figure.most.days == 0,
	   "but no number that was of another kind");
}

/* As version 4 left it: nobody was known. */
static void test_version_4(void)
{
	struct fetched f = of_version(4, drop_people);

	ok(f.found && f.session.options_are_next == 1, "its options are still what to ask next");
	is_int(f.session.n_people, 0, "and nobody's whereabouts are made up");
}

/* As version 3 left it: options were always those of a question back. */
static void test_version_3(void)
{
	struct fetched f = of_version(3, drop_next);

	ok(f.found && f.session.n_options == SESSION_OPTIONS_MAX && f.session.n_parts == 2,
	   "its options and topics are kept");
	is_int(f.session.options_are_next, 0, "and its options are those of a question back");
}

/* As version 2 left it: without the topics talked about. */
static void test_version_2(void)
{
	struct fetched f = of_version(2, drop_topics);

	ok(f.found && strcmp(f.session.figure.name, "overdue_days") == 0, "its figures are kept");
	is_int(f.session.n_topics, 0, "and no topics made up");
}

/* As version 1 left it: without the columns for a figure. */
static void test_older(void)
{
	char token[SESSION_TOKEN_LEN + 1];
	struct fault why;
	struct fetched f;
	struct world w;

	forget_all();
	w = begin();
	talk(&w, token);
	end(&w);
	drop_topics();
	exec_sql("ALTER TABLE sessions DROP COLUMN figure;"
		 "ALTER TABLE sessions DROP COLUMN figure_value;"
		 "ALTER TABLE sessions DROP COLUMN figure_said;"
		 "ALTER TABLE sessions DROP COLUMN kind; PRAGMA user_version = 1");
	is_int(try_open(&why), 0, "a file of an older version is brought up to date");
	w = begin();
	f = fetch(&w, token);
	ok(f.found && strcmp(f.session.intent, "permit.number.query") == 0,
	   "and its conversations go on");
	ok(f.found && !f.session.figure.name[0], "without what was not kept then");
	end(&w);
	exec_sql("DROP TABLE sessions; PRAGMA user_version = 1");
	is_int(try_open(&why), 1, "one that cannot be brought up to date is put aside");
}

static void move_aside(void)
{
	static const char *const parts[] = {"", "-wal", "-shm"};

	for (size_t i = 0; i < 3; i++) {
		char from[32], to[32], at[PATH_MAX];

		snprintf(from, sizeof(from), "sessions.db%s", parts[i]);
		snprintf(to, sizeof(to), "sessions.db.aside%s", parts[i]);
		snprintf(at, sizeof(at), "%s", path_of(from));
		if (rename(at, path_of(to)) < 0 && i == 0)
			printf("# %s cannot be renamed\n", at);
	}
}

static void test_several_with_one_file(void)
{
	char tokens[4][SESSION_TOKEN_LEN + 1];
	struct world a, b;
	bool are_there = true;

	forget_all();
	a = begin();
	b = begin();
	for (int i = 0; i < 20; i++) {
		talk(&a, tokens[0]);
		talk(&b, tokens[1]);
	}
	store_flush(a.store);
	ok(fetch(&b, tokens[0]).found, "what one has written another finds");
	/* As another process does with a file that is broken. */
	move_aside();
	talk(&a, tokens[2]);
	end(&a);
	talk(&b, tokens[3]);
	end(&b);
	a = begin();
	for (int i = 2; i < 4; i++)
		are_there &= fetch(&a, tokens[i]).found;
	ok(are_there, "when another has put it aside, both go on with the new one");
	end(&a);
	ok(file_has("sessions.db.aside", "SQLite format"), "and leave the old one alone");
}

static void test_broken_later(void)
{
	struct world w;
	char first[SESSION_TOKEN_LEN + 1], second[SESSION_TOKEN_LEN + 1];

	forget_all();
	w = begin();
	talk(&w, first);
	end(&w);
	/* Behind the first page, which is looked at when it is opened. */
	w = begin();
	spoil("sessions.db", 4096, 40960);
	said_wrong = said_right = 0;
	talk(&w, second);
	turn_until(&said_wrong);
	ok(strstr(said, "sessions.db.aside") != NULL, "a file that breaks in use is put aside");
	turn_until(&said_right);
	is_int(said_right, 1, "a new one is begun");
	end(&w);
	w = begin();
	ok(fetch(&w, second).found, "and holds what came after");
	end(&w);
}

static void test_tampered(void)
{
	struct world w;
	char token[SESSION_TOKEN_LEN + 1];

	static const char *const changes[] = {
	    "UPDATE sessions SET intent = printf('%.*c', 64, 'x')",
	    "UPDATE sessions SET region1 = CAST(x'ff' AS TEXT)",
	    "UPDATE sessions SET failed_rounds = 256",
	    "UPDATE sessions SET turns = 'many'",
	    "UPDATE sessions SET seq = -1",
	    "UPDATE sessions SET figure = CAST(x'ff' AS TEXT)",
	    "UPDATE sessions SET figure_value = 100001",
	    "UPDATE sessions SET figure_most_days = 'many'",
	    "UPDATE sessions SET kind = CAST(x'ff' AS TEXT)",
	};

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		forget_all();
		w = begin();
		talk(&w, token);
		end(&w);
		exec_sql(changes[i]);
		w = begin();
		ok(!fetch(&w, token).found,
		   "a row that we cannot have written is not believed (%zu)", i + 1);
		end(&w);
	}
}

/* Runs `body` as another person or under a limit; its exit status is the number of failures. */
static int in_child(int (*body)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(body());
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static int open_read_only(void)
{
	struct fault why = {.line = 0};
	int r;

	if (getuid() == 0 && setuid(65534) < 0)
		return 9;
	r = try_open(&why);
	return r < 0 && strstr(why.text, dir) ? 0 : 1;
}

static void test_folder(void)
{
	struct backend_limits limits = {.max_sessions = 10};
	struct backend *b = NULL;
	struct fault why;
	char path[128];

	forget_all();
	chmod(dir, 0555);
	is_int(in_child(open_read_only), 0, "a folder that may not be written gives a fault");
	chmod(dir, 0700);
	snprintf(path, sizeof(path), "%s/new", dir);
	is_int(sqlite_open(path, &limits, &b, &why), 0, "a missing folder is made");
	b->type->close(b);
	snprintf(path, sizeof(path), "%s/new/sessions.db", dir);
	ok(sqlite_open(path, &limits, &b, &why) < 0,
	   "a file in the place of the folder is a fault");
	unlink(path);
	if (symlink("/dev/null", path) == 0) {
		snprintf(path, sizeof(path), "%s/new", dir);
		ok(sqlite_open(path, &limits, &b, &why) < 0, "a link in the place of the file too");
	}
	snprintf(path, sizeof(path), "%s/new/sessions.db", dir);
	unlink(path);
	rmdir(path_of("new"));
}

/* The loop of the parent is not the child's: a store needs one of its own. */
static int fill_disk(void)
{
	struct rlimit old, small = {200000, 0};
	struct world w;
	static char tokens[2000][SESSION_TOKEN_LEN + 1];
	int found = 0;

	signal(SIGXFSZ, SIG_IGN);
	loop_free(loop); /* the parent's copy */
	loop = loop_new(false);
	getrlimit(RLIMIT_FSIZE, &old);
	small.rlim_max = old.rlim_max;
	said_wrong = said_right = 0;
	{
		struct store_options o = options();

		o.limits.max_sessions = 5000;
		w = begin_with(&o, 5000);
	}
	setrlimit(RLIMIT_FSIZE, &small);
	for (int i = 0; i < 2000; i++)
		talk(&w, tokens[i]);
	turn_until(&said_wrong);
	if (!said_wrong)
		return 1;
	for (int i = 0; i < 20; i++)
		loop_turn(loop, false);
	if (!sessions_find(w.sessions, view_of(tokens[0])))
		return 2;
	setrlimit(RLIMIT_FSIZE, &old);
	turn_until(&said_right);
	if (said_right != 1)
		return 3;
	end(&w);
	w = begin();
	for (int i = 0; i < 2000; i += 50)
		found += fetch(&w, tokens[i]).found;
	end(&w);
	return found == 40 ? 0 : 4;
}

static int die_suddenly(void)
{
	struct world w;
	struct session *s;

	loop_free(loop);
	loop = loop_new(false);
	w = begin();
	/* The parent knows the name, since it makes the token the same way. */
	s = sessions_open(w.sessions, clock_wall_ms());
	fill(s);
	{
		int fd = open(path_of("token"), O_WRONLY | O_CREAT | O_TRUNC, 0600);

		if (file_write_fd(fd, view_of(s->token)) < 0)
			return 1;
		close(fd);
	}
	while (store_counts(w.store).sessions == 0)
		loop_turn(loop, true);
	kill(getpid(), SIGKILL);
	return 2;
}

/* Opens, writes, says so, and closes when told: `go` is shut by then. */
static void close_together(int ready, int go)
{
	struct backend_limits limits = {
	    .max_sessions = 10, .max_replies = 3, .max_reply_bytes = 1000};
	struct batch batch = {.text = BUF_INIT};
	struct backend *b = NULL;
	struct fault why;
	char c = 0;

	if (sqlite_open(dir, &limits, &b, &why) < 0)
		_exit(1);
	batch_session_of(&batch);
	if (b->type->write(b, &batch, &why) < 0 || write(ready, "r", 1) != 1)
		_exit(2);
	close(ready);
	if (read(go, &c, 1) != 0)
		_exit(3);
	b->type->close(b);
	_exit(0);
}

/* As workers do at the end of all. */
static void test_closing_together(void)
{
	enum { ROUNDS = 150, PEOPLE = 4 };
	int left = 0, failed = 0;

	for (int round = 0; round < ROUNDS; round++) {
		int ready[2], go[2], status;
		char c;

		forget_all();
		if (pipe(ready) < 0 || pipe(go) < 0)
			exit(EXIT_FAILURE);
		fflush(stdout);
		for (int i = 0; i < PEOPLE; i++)
			if (fork() == 0) {
				close(go[1]);
				close_together(ready[1], go[0]);
			}
		close(ready[1]);
		for (int i = 0; i < PEOPLE; i++)
			failed += read(ready[0], &c, 1) != 1;
		close(go[1]);
		for (int i = 0; i < PEOPLE; i++)
			failed += wait(&status) < 0 || status != 0;
		close(ready[0]);
		close(go[0]);
		left += access(path_of("sessions.db-wal"), F_OK) == 0;
	}
	is_int(failed, 0, "those who use one file can end together");
	is_int(left, 0, "and whoever is the last of them leaves one file");
}

static void test_processes(void)
{
	struct world w, other;
	char token[SESSION_TOKEN_LEN + 1] = "";
	int fd;

	test_closing_together();
	forget_all();
	is_int(in_child(fill_disk), 0, "a full disk is told of, loses nobody, and is got over");
	forget_all();
	is_int(in_child(die_suddenly), 255, "(a process is killed)");
	fd = open(path_of("token"), O_RDONLY);
	is_int(read(fd, token, SESSION_TOKEN_LEN), SESSION_TOKEN_LEN, "(it left its token)");
	close(fd);
	unlink(path_of("token"));
	w = begin();
	ok(fetch(&w, token).found, "what was written before kill -9 is there after it");
	other = begin();
	talk(&other, token);
	store_flush(other.store);
	ok(fetch(&w, token).found, "two who use one file see what the other has written");
	talk(&w, token);
	end(&w);
	ok(fetch(&other, token).found, "in both directions");
	end(&other);
}

#define BEGINNERS 4
#define ROUNDS    30

/* Waits for the others, opens the file that none of them has made yet, and says what came of it. */
static void begin_together(const int *gate)
{
	struct backend_limits limits = {.max_sessions = 100};
	struct backend *b = NULL;
	struct fault why;
	char byte;
	int r;

	close(gate[1]);
	if (read(gate[0], &byte, 1) < 0)
		_exit(EXIT_FAILURE);
	r = sqlite_open(dir, &limits, &b, &why);
	if (r != 0)
		fprintf(stderr, "# %d: %s\n", r, why.text);
	if (b)
		b->type->close(b);
	_exit(r != 0);
}

static void test_beginning_together(void)
{
	int n_wrong = 0, n_aside = 0;

	for (int round = 0; round < ROUNDS; round++) {
		pid_t children[BEGINNERS];
		int gate[2], status;

		remove_files();
		if (pipe(gate) < 0)
			exit(EXIT_FAILURE);
		for (int i = 0; i < BEGINNERS; i++) {
			children[i] = fork();
			if (children[i] == 0)
				begin_together(gate);
		}
		close(gate[0]);
		close(gate[1]);
		for (int i = 0; i < BEGINNERS; i++) {
			waitpid(children[i], &status, 0);
			n_wrong += status != 0;
		}
		n_aside += access(path_of("sessions.db.aside"), F_OK) == 0;
	}
	is_int(n_wrong, 0, "several processes may make the file at the same time");
	is_int(n_aside, 0, "and none of them takes what another one makes for broken");
	remove_files();
}

int main(void)
{
	loop = loop_new(false);
	if (!mkdtemp(dir))
		return EXIT_FAILURE;
	/* Before there were threads in this process: their children may only exec. */
	with_sqlite = true;
	where = "sqlite";
	test_processes();
	test_beginning_together();
	run_all(false);
	test_refusal();
	run_all(true);
	test_file();
	test_broken_at_start();
	test_version_6();
	test_version_5();
	test_version_4();
	test_version_3();
	test_version_2();
	test_older();
	test_several_with_one_file();
	test_broken_later();
	test_tampered();
	test_folder();
	forget_all();
	rmdir(dir);
	loop_free(loop);
	return done();
}
