/* SPDX-License-Identifier: Apache-2.0 */
/* replay.c - a hash table by token of small rings, and a list from the quietest to the latest. */
#include "serve/replay.h"

#include <stdlib.h>
#include <sys/random.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "dialog/session.h"

#define BUCKETS        8192
#define QUESTION_BYTES 500

struct kept {
	uint64_t seq, asked;
	struct frame *frame;
	char *question; /* NULL: not kept */
};

struct talk {
	struct talk *chain;
	struct talk *older, *newer;
	char token[SESSION_TOKEN_LEN + 1];
	unsigned head, n;
	struct kept ring[];
};

struct replay {
	struct talk *buckets[BUCKETS];
	struct talk *oldest, *newest;
	size_t max_replies, max_bytes, bytes;
	uint64_t seed;
};

struct replay *replay_new(size_t max_replies, size_t max_bytes)
{
	struct replay *r = calloc(1, sizeof(*r));

	if (!r)
		die_oom(sizeof(*r));
	r->max_replies = max_replies;
	r->max_bytes = max_bytes;
	if (getrandom(&r->seed, sizeof(r->seed), GRND_NONBLOCK) < 0)
		r->seed = (uintptr_t)r;
	return r;
}

static size_t weight(const struct frame *f)
{
	return sizeof(*f) + f->buf.cap;
}

static size_t question_size(const struct kept *k)
{
	return k->question ? strlen(k->question) + 1 : 0;
}

static void drop_oldest_reply(struct replay *r, struct talk *t, size_t cap)
{
	struct kept *k = &t->ring[t->head];

	r->bytes -= weight(k->frame) + question_size(k);
	frame_unref(k->frame);
	if (k->question)
		explicit_bzero(k->question, strlen(k->question));
	free(k->question);
	t->head = (t->head + 1) % (unsigned)cap;
	t->n--;
}

static struct talk **bucket_of(struct replay *r, struct view token)
{
	return &r->buckets[hash_seeded(token.ptr, token.len, r->seed) % BUCKETS];
}

static void unlink_talk(struct replay *r, struct talk *t)
{
	*(t->older ? &t->older->newer : &r->oldest) = t->newer;
	*(t->newer ? &t->newer->older : &r->newest) = t->older;
}

static void link_newest(struct replay *r, struct talk *t)
{
	t->newer = NULL;
	t->older = r->newest;
	*(r->newest ? &r->newest->newer : &r->oldest) = t;
	r->newest = t;
}

static size_t talk_size(const struct replay *r)
{
	return sizeof(struct talk) + r->max_replies * sizeof(struct kept);
}

static void forget(struct replay *r, struct talk *t)
{
	struct talk **at = bucket_of(r, view_of(t->token));

	while (*at != t)
		at = &(*at)->chain;
	*at = t->chain;
	unlink_talk(r, t);
	while (t->n > 0)
		drop_oldest_reply(r, t, r->max_replies);
	r->bytes -= talk_size(r);
	free(t);
}

void replay_free(struct replay *r)
{
	if (!r)
		return;
	while (r->oldest)
		forget(r, r->oldest);
	free(r);
}

static struct talk *find(struct replay *r, struct view token)
{
	struct talk *t = *bucket_of(r, token);

	while (t && !view_is(token, t->token))
		t = t->chain;
	return t;
}

void replay_forget(struct replay *r, struct view token)
{
	struct talk *t = find(r, token);

	if (t)
		forget(r, t);
}

static struct talk *get(struct replay *r, struct view token)
{
	struct talk *t = find(r, token), **bucket = bucket_of(r, token);

	if (t) {
		unlink_talk(r, t);
	} else {
		t = calloc(1, talk_size(r));
		if (!t)
			die_oom(talk_size(r));
		memcpy(t->token, token.ptr, token.len);
		t->chain = *bucket;
		*bucket = t;
		r->bytes += talk_size(r);
	}
	link_newest(r, t);
	return t;
}

void replay_add(struct replay *r, struct view token, uint64_t seq, uint64_t asked, struct frame *f)
{
	struct talk *t;

	if (r->max_replies == 0 || token.len == 0 || token.len > SESSION_TOKEN_LEN)
		return;
	t = get(r, token);
	if (t->n == r->max_replies)
		drop_oldest_reply(r, t, r->max_replies);
	t->ring[(t->head + t->n) % r->max_replies] = (struct kept){seq, asked, frame_ref(f), NULL};
	t->n++;
	r->bytes += weight(f);
	while (r->bytes > r->max_bytes && r->oldest)
		forget(r, r->oldest);
}

void replay_add_question(struct replay *r, struct view token, struct view question)
{
	struct talk *t = find(r, token);
	struct kept *k = t && t->n ? &t->ring[(t->head + t->n - 1) % r->max_replies] : NULL;

	question = utf8_clip(question, QUESTION_BYTES);
	if (!k || k->question || question.len == 0)
		return;
	k->question = strndup(question.ptr, question.len);
	if (!k->question)
		die_oom(question.len);
	r->bytes += question_size(k);
	while (r->bytes > r->max_bytes && r->oldest)
		forget(r, r->oldest);
}

struct view replay_question(struct replay *r, struct view token, uint64_t seq)
{
	struct talk *t = find(r, token);

	for (unsigned i = t ? t->n : 0; i-- > 0;) {
		const struct kept *k = &t->ring[(t->head + i) % r->max_replies];

		if (seq == 0 || k->seq == seq)
			return k->question ? view_of(k->question) : VIEW("");
	}
	return VIEW("");
}

void replay_each(struct replay *r, struct view token, uint64_t after,
		 void (*each)(void *data, struct frame *f), void *data)
{
	struct talk *t = find(r, token);

	for (unsigned i = 0; t && i < t->n; i++) {
		struct kept *k = &t->ring[(t->head + i) % r->max_replies];

		if (k->seq > after)
			each(data, k->frame);
	}
}

struct frame *replay_find(struct replay *r, struct view token, uint64_t asked, uint64_t upto)
{
	struct talk *t = asked ? find(r, token) : NULL;

	for (unsigned i = t ? t->n : 0; i-- > 0;) {
		struct kept *k = &t->ring[(t->head + i) % r->max_replies];

		if (k->asked == asked && (i == t->n - 1 || k->seq <= upto))
			return k->frame;
	}
	return NULL;
}

uint64_t replay_mark(const struct replay *r, const struct view *parts, size_t n)
{
	uint64_t mark = r->seed;

	for (size_t i = 0; i < n; i++)
		mark = hash_seeded(parts[i].ptr, parts[i].len, mark) ^ hash_mix(parts[i].len);
	return mark ? mark : 1;
}

size_t replay_footprint(const struct replay *r)
{
	return r->bytes;
}
