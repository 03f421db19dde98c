/* SPDX-License-Identifier: Apache-2.0 */
/* parcel.c - the work of the store's thread: from tokens to ids, then what the backend does. */
#include "store/parcel.h"

#include <errno.h>
#include <openssl/evp.h>

#define BLANK       '\x01'
#define USUAL_BYTES (1 << 20)
#define TRIES       3

static struct store_id id_of(const char *token)
{
	struct store_id id;

	if (EVP_Digest(token, SESSION_TOKEN_LEN, id.bytes, NULL, EVP_sha256(), NULL) != 1)
		die("SHA-256 is not available");
	return id;
}

/* Every place where `from` stands becomes `to`; both have the length of a token. */
static void replace(char *text, size_t len, const char *from, const char *to)
{
	char *end = text + len, *at = text;

	while ((at = memmem(at, (size_t)(end - at), from, SESSION_TOKEN_LEN))) {
		memcpy(at, to, SESSION_TOKEN_LEN);
		at += SESSION_TOKEN_LEN;
	}
}

void token_blank(char *text, size_t len, const char *token)
{
	char blank[SESSION_TOKEN_LEN];

	memset(blank, BLANK, sizeof(blank));
	replace(text, len, token, blank);
}

void token_restore(char *text, size_t len, const char *token)
{
	char blank[SESSION_TOKEN_LEN];

	memset(blank, BLANK, sizeof(blank));
	replace(text, len, blank, token);
}

/* Ids of sessions were left to this thread; those of replies were too, in the same place. */
static void make_ids(struct batch *b)
{
	for (size_t i = 0; i < b->sessions.n; i++) {
		struct batch_session *s = &b->sessions.items[i];

		s->id = id_of(s->session.token);
		explicit_bzero(s->session.token, sizeof(s->session.token));
	}
	for (size_t i = 0; i < b->replies.n; i++) {
		struct batch_reply *reply = &b->replies.items[i];
		char token[SESSION_TOKEN_LEN];

		memcpy(token, reply->id.bytes, sizeof(token));
		reply->id = id_of(token);
		token_blank(b->text.ptr + reply->at, reply->len, token);
	}
	for (size_t i = 0; i < b->forgets.n; i++) {
		struct batch_forget *f = &b->forgets.items[i];
		char token[SESSION_TOKEN_LEN];

		if (!f->is_token)
			continue;
		memcpy(token, f->id.bytes, sizeof(token));
		*f = (struct batch_forget){id_of(token), false};
	}
}

static void look_up(struct lookup *l, struct backend *b, int64_t forget_before_ms)
{
	struct store_id id = id_of(l->request.token);
	struct fault why;
	struct record *found = &l->record;
	int r = -EBUSY;

	/* Others may be at the file for longer than the backend has patience. */
	for (int tries = 0; r == -EBUSY && tries < TRIES; tries++)
		r = b->type->find(b, &id, found, &why);
	/* Whatever is wrong is said by the next write; a client sees a conversation that is gone.
	 */
	if (r < 0 || found->session.last_ms < forget_before_ms)
		return;
	l->is_found = true;
	memcpy(found->session.token, l->request.token, sizeof(l->request.token));
	for (size_t i = 0; i < found->replies.n; i++)
		token_restore(found->text.ptr + found->replies.items[i].at,
			      found->replies.items[i].len, l->request.token);
}

void parcel_work(struct parcel *p, struct backend *b, struct inbox *inbox)
{
	p->r = p->notes_r = 0;
	if (batch_has_any(&p->batch)) {
		make_ids(&p->batch);
		p->r = b->type->write(b, &p->batch, &p->why);
	}
	for (size_t i = 0; i < p->lookups.n; i++)
		look_up(&p->lookups.items[i], b, p->forget_before_ms);
	if (p->notes.n > 0 && inbox)
		p->notes_r = inbox_put(inbox, p->notes.items, p->notes.n, &p->notes_why);
	for (size_t i = 0; i < p->errands.n; i++)
		p->errands.items[i].work(p->errands.items[i].data, inbox);
}

bool parcel_is_empty(const struct parcel *p)
{
	return !batch_has_any(&p->batch) && p->lookups.n == 0 && p->notes.n == 0 &&
	       p->errands.n == 0;
}

void parcel_clear(struct parcel *p)
{
	for (size_t i = 0; i < p->lookups.n; i++) {
		vec_done(&p->lookups.items[i].record.replies);
		buf_done(&p->lookups.items[i].record.text);
	}
	vec_clear(&p->lookups);
	vec_clear(&p->notes);
	vec_clear(&p->errands);
	vec_clear(&p->batch.forgets);
	vec_clear(&p->batch.sessions);
	vec_clear(&p->batch.replies);
	if (p->batch.text.cap > USUAL_BYTES)
		buf_done(&p->batch.text);
	buf_clear(&p->batch.text);
}

void parcel_done(struct parcel *p)
{
	parcel_clear(p);
	vec_done(&p->lookups);
	vec_done(&p->notes);
	vec_done(&p->errands);
	vec_done(&p->batch.forgets);
	vec_done(&p->batch.sessions);
	vec_done(&p->batch.replies);
	buf_done(&p->batch.text);
}
