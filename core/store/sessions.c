/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sessions.c - a hash table over slabs of sessions, and a list from the newest used to the oldest.
 *
 * Slabs come as they are needed, so an idle server holds none; a session never moves. The table's
 * hash has a random seed, since clients choose what is looked up.
 */
#include "store/sessions.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/error.h"
#include "base/hash.h"

#define SLAB    64 /* sessions */
#define NOTHING UINT32_MAX

struct entry {
	struct session session; /* first: a session pointer is an entry pointer */
	uint64_t hash;
	uint32_t chain;        /* next in the same bucket */
	uint32_t newer, older; /* by use */
};

struct sessions {
	struct entry **slabs;
	uint32_t *buckets;
	size_t n_buckets; /* a power of two */
	size_t max, n;
	uint32_t newest, oldest;
	uint64_t seed, name_seed[2];
};

static void *must(void *p, size_t size)
{
	if (!p)
		die_oom(size);
	return p;
}

static void random_bytes(void *to, size_t len)
{
	char *p = to;

	while (len > 0) {
		ssize_t n = getrandom(p, len, 0);

		if (n > 0) {
			p += n;
			len -= (size_t)n;
		} else if (n < 0 && errno != EINTR) {
			die("no random numbers from the system: %s", error_text(errno));
		}
	}
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
	s->newest = s->oldest = NOTHING;
	random_bytes(&s->seed, sizeof(s->seed));
	random_bytes(s->name_seed, sizeof(s->name_seed));
	return s;
}

void sessions_free(struct sessions *s)
{
	if (!s)
		return;
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

static struct session *open_as(struct sessions *s, const char *token, int64_t now_ms)
{
	struct entry *e;
	uint32_t i;

	if (s->n < s->max) {
		i = (uint32_t)s->n++;
		if (!s->slabs[i / SLAB])
			s->slabs[i / SLAB] =
			    must(calloc(SLAB, sizeof(struct entry)), SLAB * sizeof(struct entry));
	} else {
		i = s->oldest;
		chain_take(s, i);
		list_take(s, i);
	}
	e = at(s, i);
	memset(e, 0, sizeof(*e));
	memcpy(e->session.token, token, SESSION_TOKEN_LEN);
	e->session.created_ms = now_ms;
	e->session.last_ms = now_ms;
	e->hash = hash_seeded(token, SESSION_TOKEN_LEN, s->seed);
	e->chain = *bucket(s, e->hash);
	*bucket(s, e->hash) = i;
	list_put_first(s, i);
	return &e->session;
}

/* 128 bits as base64url without padding. */
static void token_format(const unsigned char bits[16], char out[SESSION_TOKEN_LEN])
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	for (size_t i = 0; i < SESSION_TOKEN_LEN; i++) {
		size_t bit = i * 6, byte = bit / 8;
		unsigned pair = (unsigned)bits[byte] << 8 | (byte + 1 < 16 ? bits[byte + 1] : 0);

		out[i] = digits[pair >> (10 - bit % 8) & 63];
	}
}

struct session *sessions_open(struct sessions *s, int64_t now_ms)
{
	char token[SESSION_TOKEN_LEN];
	unsigned char bits[16];

	random_bytes(bits, sizeof(bits));
	token_format(bits, token);
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
	return &e->session;
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

size_t sessions_count(const struct sessions *s)
{
	return s->n;
}
