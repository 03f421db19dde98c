/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sessions.c - a hash table over slabs of sessions, and a list from the newest used to the oldest.
 *
 * Slabs come as they are needed, so an idle server holds none; a session never moves. The table's
 * hash has a random seed, since clients choose what is looked up. A third list has those who may
 * have changed, in the order in which they were found; the store collects them from it.
 */
#include "store/sessions.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/vec.h"
#include "store/token.h"

#define SLAB    64 /* sessions */
#define NOTHING UINT32_MAX

struct entry {
	struct session session; /* first: a session pointer is an entry pointer */
	uint64_t hash;
	uint32_t chain;        /* next in the same bucket, or of the free ones */
	uint32_t newer, older; /* by use */
	uint32_t next_changed;
	bool is_changed;
	bool is_listed; /* among the changed; it may no longer be one of them */
};

struct sessions {
	struct entry **slabs;
	uint32_t *buckets;
	size_t n_buckets;    /* a power of two */
	size_t max, n, used; /* slots: used ever */
	uint32_t newest, oldest, free;
	uint32_t first_changed, last_changed;
	uint64_t seed, name_seed[2];
	unsigned self, n_owners; /* of tokens */
	struct store *store;     /* NULL: memory alone */
	VEC(struct fetch *) fetches;
};

/* Somebody waits for the store. */
struct fetch {
	struct sessions *sessions;
	char token[SESSION_TOKEN_LEN + 1];
	uint64_t id; /* the store's */
	sessions_fetched *fetched;
	void *data;
};

static void *must(void *p, size_t size)
{
	if (!p)
		die_oom(size);
	return p;
}

static struct entry *at(const struct sessions *s, uint32_t i)
{
	return &s->slabs[i / SLAB][i % SLAB];
}

struct sessions *sessions_new(size_t max)
{
	struct sessions *s = must(calloc(1, sizeof(*s)), sizeof(*s));
	size_t n_slabs;

	s->max = max < 1 ? 1 : max > NOTHING / 2 ? NOTHING / 2 : max;
	n_slabs = (s->max + SLAB - 1) / SLAB;
	s->slabs = must(calloc(n_slabs, sizeof(*s->slabs)), n_slabs * sizeof(*s->slabs));
	for (s->n_buckets = 64; s->n_buckets < s->max; s->n_buckets *= 2)
		;
	s->buckets = must(malloc(s->n_buckets * sizeof(*s->buckets)), s->n_buckets);
	memset(s->buckets, 0xff, s->n_buckets * sizeof(*s->buckets));
	s->newest = s->oldest = s->free = NOTHING;
	s->first_changed = s->last_changed = NOTHING;
	s->n_owners = 1;
	token_random(&s->seed, sizeof(s->seed));
	token_random(s->name_seed, sizeof(s->name_seed));
	return s;
}

void sessions_free(struct sessions *s)
{
	if (!s)
		return;
	if (s->store) {
		store_flush(s->store);
		store_set_giver(s->store, NULL);
	}
	while (s->fetches.n > 0)
		sessions_fetch_cancel(s, s->fetches.items[0]->id);
	vec_done(&s->fetches);
	for (size_t i = 0; i < (s->max + SLAB - 1) / SLAB; i++)
		free(s->slabs[i]);
	free(s->slabs);
	free(s->buckets);
	free(s);
}

static void list_take(struct sessions *s, uint32_t i)
{
	struct entry *e = at(s, i);

	if (e->newer != NOTHING)
		at(s, e->newer)->older = e->older;
	else
		s->newest = e->older;
	if (e->older != NOTHING)
		at(s, e->older)->newer = e->newer;
	else
		s->oldest = e->newer;
}

static void list_put_first(struct sessions *s, uint32_t i)
{
	struct entry *e = at(s, i);

	e->newer = NOTHING;
	e->older = s->newest;
	if (s->newest != NOTHING)
		at(s, s->newest)->newer = i;
	else
		s->oldest = i;
	s->newest = i;
}

static uint32_t *bucket(const struct sessions *s, uint64_t hash)
{
	return &s->buckets[hash & (s->n_buckets - 1)];
}

static void chain_take(struct sessions *s, uint32_t i)
{
	uint32_t *link = bucket(s, at(s, i)->hash);

	while (*link != i)
		link = &at(s, *link)->chain;
	*link = at(s, i)->chain;
}

/* How alike two tokens are must not show in the time it takes. */
static bool same_token(const char *a, const char *b)
{
	volatile unsigned char diff = 0;

	for (size_t i = 0; i < SESSION_TOKEN_LEN; i++)
		diff |= (unsigned char)(a[i] ^ b[i]);
	return diff == 0;
}

static struct entry *find(struct sessions *s, struct view token, uint32_t *ret_i)
{
	uint64_t hash;

	if (token.len != SESSION_TOKEN_LEN)
		return NULL;
	hash = hash_seeded(token.ptr, token.len, s->seed);
	for (uint32_t i = *bucket(s, hash); i != NOTHING; i = at(s, i)->chain) {
		if (at(s, i)->hash == hash && same_token(at(s, i)->session.token, token.ptr)) {
			*ret_i = i;
			return at(s, i);
		}
	}
	return NULL;
}

static void mark_changed(struct sessions *s, uint32_t i)
{
	struct entry *e = at(s, i);

	if (!s->store)
		return;
	e->is_changed = true;
	if (e->is_listed)
		return;
	e->is_listed = true;
	e->next_changed = NOTHING;
	if (s->last_changed != NOTHING)
		at(s, s->last_changed)->next_changed = i;
	else
		s->first_changed = i;
	s->last_changed = i;
	store_wake(s->store);
}

/* Worth keeping: somebody has asked something. */
static bool is_worth(const struct entry *e)
{
	return e->is_changed && e->session.turns > 0;
}

static void drop(struct sessions *s, uint32_t i)
{
	chain_take(s, i);
	list_take(s, i);
	at(s, i)->is_changed = false;
}

/* A slot that is in no chain and no list. It may still be listed as changed. */
static uint32_t take_slot(struct sessions *s)
{
	uint32_t i = s->free;

	if (i != NOTHING) {
		s->free = at(s, i)->chain;
	} else if (s->used < s->max) {
		i = (uint32_t)s->used++;
		if (!s->slabs[i / SLAB])
			s->slabs[i / SLAB] =
			    must(calloc(SLAB, sizeof(struct entry)), SLAB * sizeof(struct entry));
	} else {
		i = s->oldest;
		if (is_worth(at(s, i)))
			store_put(s->store, &at(s, i)->session);
		drop(s, i);
		s->n--;
	}
	s->n++;
	return i;
}

static struct session *open_as(struct sessions *s, const char *token, int64_t now_ms)
{
	uint32_t i = take_slot(s);
	struct entry *e = at(s, i);

	memset(&e->session, 0, sizeof(e->session));
	memcpy(e->session.token, token, SESSION_TOKEN_LEN);
	e->session.created_ms = now_ms;
	e->session.last_ms = now_ms;
	e->hash = hash_seeded(token, SESSION_TOKEN_LEN, s->seed);
	e->chain = *bucket(s, e->hash);
	*bucket(s, e->hash) = i;
	list_put_first(s, i);
	mark_changed(s, i);
	return &e->session;
}

void sessions_share(struct sessions *s, unsigned self, unsigned n)
{
	s->self = self;
	s->n_owners = n;
}

struct session *sessions_open(struct sessions *s, int64_t now_ms)
{
	char token[SESSION_TOKEN_LEN];

	token_new(s->self, s->n_owners, token);
	return open_as(s, token, now_ms);
}

struct session *sessions_find(struct sessions *s, struct view token)
{
	struct entry *e;
	uint32_t i;

	e = find(s, token, &i);
	if (!e)
		return NULL;
	list_take(s, i);
	list_put_first(s, i);
	mark_changed(s, i);
	return &e->session;
}

struct session *sessions_open_as(struct sessions *s, struct view token, int64_t now_ms)
{
	struct session *session = sessions_find(s, token);

	return session ? session : open_as(s, token.ptr, now_ms);
}

/* The name becomes a token through a hash that only this process knows. */
struct session *sessions_named(struct sessions *s, struct view name, int64_t now_ms)
{
	char token[SESSION_TOKEN_LEN];
	struct session *session;
	uint64_t bits[2];

	for (size_t i = 0; i < 2; i++)
		bits[i] = hash_seeded(name.ptr, name.len, s->name_seed[i]);
	token_format((const unsigned char *)bits, token);
	session = sessions_find(s, view_make(token, sizeof(token)));
	return session ? session : open_as(s, token, now_ms);
}

void sessions_forget(struct sessions *s, struct view token)
{
	struct entry *e;
	struct session blank = {.seq = 0};
	uint32_t i;

	e = find(s, token, &i);
	if (!e)
		return;
	memcpy(blank.token, e->session.token, sizeof(blank.token));
	blank.seq = e->session.seq;
	blank.created_ms = e->session.created_ms;
	blank.last_ms = e->session.last_ms;
	e->session = blank;
	if (s->store)
		store_forget(s->store, token);
}

/* By use and by question are nearly the same order; who asked last but was looked at since goes
 * when its turn comes. */
void sessions_expire(struct sessions *s, int64_t before_ms)
{
	while (s->oldest != NOTHING && at(s, s->oldest)->session.last_ms < before_ms) {
		uint32_t i = s->oldest;

		drop(s, i);
		explicit_bzero(&at(s, i)->session, sizeof(at(s, i)->session));
		at(s, i)->chain = s->free;
		s->free = i;
		s->n--;
	}
}

size_t sessions_count(const struct sessions *s)
{
	return s->n;
}

/* Most of a session is options that were not offered. `to` is zeroed. */
static void copy_used(struct session *to, const struct session *from)
{
	const size_t tail = offsetof(struct session, n_options);

	memcpy(to, from, offsetof(struct session, options));
	memcpy(to->options, from->options, from->n_options * sizeof(from->options[0]));
	memcpy((char *)to + tail, (const char *)from + tail, sizeof(*to) - tail);
}

static size_t collect(void *data, struct batch *batch, size_t room)
{
	struct sessions *s = data;

	while (s->first_changed != NOTHING && room > 0) {
		uint32_t i = s->first_changed;
		struct entry *e = at(s, i);

		s->first_changed = e->next_changed;
		if (s->first_changed == NOTHING)
			s->last_changed = NOTHING;
		e->is_listed = false;
		if (is_worth(e)) {
			struct batch_session *to = vec_push(&batch->sessions);

			copy_used(&to->session, &e->session);
			to->slot = i;
			room--;
		}
		e->is_changed = false;
	}
	return s->first_changed != NOTHING;
}

/* By now the slot may be another's: then that one is written once more than it needs. */
static void unsaved(void *data, uint32_t slot)
{
	mark_changed(data, slot);
}

void sessions_keep_in(struct sessions *s, struct store *store)
{
	struct store_giver giver = {.collect = collect, .unsaved = unsaved, .data = s};

	s->store = store;
	store_set_giver(store, &giver);
}

static void forget_fetch(struct fetch *f)
{
	struct sessions *s = f->sessions;

	for (size_t i = 0; i < s->fetches.n; i++) {
		if (s->fetches.items[i] == f) {
			s->fetches.items[i] = s->fetches.items[--s->fetches.n];
			break;
		}
	}
	free(f);
}

static void on_found(void *data, const struct record *record)
{
	struct fetch f = *(struct fetch *)data;
	struct session *session = NULL;

	forget_fetch(data);
	if (record) {
		/* Another fetch may have brought it in meanwhile; that one is newer. */
		session = sessions_find(f.sessions, view_of(f.token));
		if (!session) {
			session = open_as(f.sessions, f.token, clock_wall_ms());
			*session = record->session;
		}
	}
	f.fetched(f.data, session, record);
}

uint64_t sessions_fetch(struct sessions *s, struct view token, sessions_fetched *fetched,
			void *data)
{
	struct fetch *f;

	if (!s->store || token.len != SESSION_TOKEN_LEN)
		return 0;
	f = must(calloc(1, sizeof(*f)), sizeof(*f));
	f->sessions = s;
	f->fetched = fetched;
	f->data = data;
	memcpy(f->token, token.ptr, token.len);
	*vec_push(&s->fetches) = f;
	f->id = store_find(s->store, token, on_found, f);
	return f->id;
}

void sessions_fetch_cancel(struct sessions *s, uint64_t id)
{
	for (size_t i = 0; i < s->fetches.n; i++) {
		if (s->fetches.items[i]->id == id) {
			store_cancel(s->store, id);
			forget_fetch(s->fetches.items[i]);
			return;
		}
	}
}

void sessions_keep_reply(struct sessions *s, struct view token, uint64_t seq, struct view text)
{
	struct entry *e;
	uint32_t i;

	if (!s->store)
		return;
	e = find(s, token, &i);
	if (e && e->session.turns > 0)
		store_put_reply(s->store, token, seq, text);
}

bool sessions_have_inbox(const struct sessions *s)
{
	return s->store && store_has_inbox(s->store);
}

void sessions_keep_note(struct sessions *s, const struct inbox_note *note)
{
	if (s->store)
		store_put_note(s->store, note);
}
