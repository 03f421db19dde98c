/* SPDX-License-Identifier: Apache-2.0 */
/* carry.c - a list of bots as bytes: a length, that many bytes, and so on. */
#include "bots/carry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/seal.h"

#define FIRST_BYTES 65536 /* more than bots ever need: nothing secret is left behind by growing */

static void put_number(struct buf *out, int64_t n)
{
	buf_add(out, &n, sizeof(n));
}

static void put_text(struct buf *out, struct view v)
{
	put_number(out, (int64_t)v.len);
	buf_view_add(out, v);
}

static void put_bot(struct buf *out, const struct bot *b)
{
	put_text(out, view_of(b->platform->name));
	put_text(out, view_of(b->name));
	put_text(out, b->api_base);
	put_text(out, view_of(b->ca_file));
	put_number(out, b->api_is_plain);
	put_number(out, b->user_rate);
	for (size_t i = 0; i < b->platform->n_keys; i++)
		put_text(out, b->values[i]);
}

int bot_list_seal(const struct bot_list *l)
{
	struct buf bytes = BUF_INIT;
	int fd;

	buf_reserve(&bytes, FIRST_BYTES);
	for (size_t i = 0; i < l->n; i++)
		put_bot(&bytes, &l->items[i]);
	fd = seal_make("bots", buf_view(&bytes));
	explicit_bzero(bytes.ptr, bytes.cap);
	buf_done(&bytes);
	return fd;
}

static bool take_number(struct view *rest, int64_t *ret)
{
	if (rest->len < sizeof(*ret))
		return false;
	memcpy(ret, rest->ptr, sizeof(*ret));
	*rest = view_sub(*rest, sizeof(*ret), rest->len);
	return true;
}

static bool take_text(struct view *rest, struct view *ret)
{
	int64_t len;

	if (!take_number(rest, &len) || len < 0 || (uint64_t)len > rest->len)
		return false;
	*ret = view_sub(*rest, 0, (size_t)len);
	*rest = view_sub(*rest, (size_t)len, rest->len);
	return true;
}

/* `b` has its arena. */
static bool take_bot(struct view *rest, struct bot *b)
{
	struct view platform, name, base, ca;
	int64_t is_plain;
	struct fault why;

	if (!take_text(rest, &platform) || !take_text(rest, &name) || !take_text(rest, &base) ||
	    !take_text(rest, &ca) || !take_number(rest, &is_plain) ||
	    !take_number(rest, &b->user_rate))
		return false;
	b->platform = bot_platform_find(platform);
	if (!b->platform)
		return false;
	b->name = arena_copy(&b->arena, name).ptr;
	b->api_base = arena_copy(&b->arena, base);
	b->ca_file = arena_copy(&b->arena, ca).ptr;
	b->api_is_plain = is_plain != 0;
	for (size_t i = 0; i < b->platform->n_keys; i++) {
		if (!take_text(rest, &b->values[i]))
			return false;
		b->values[i] = arena_copy(&b->arena, b->values[i]);
	}
	return !b->platform->open || b->platform->open(b, &why) == 0;
}

int bot_list_parse(struct view bytes, struct bot_list *ret)
{
	struct bot_list l = {calloc(LIMIT_BOTS, sizeof(struct bot)), 0};
	struct view rest = bytes;
	bool is_good = true;

	if (!l.items)
		die_oom(sizeof(struct bot));
	while (is_good && rest.len > 0) {
		struct bot *b = &l.items[l.n];

		if (l.n == LIMIT_BOTS)
			break;
		arena_init(&b->arena, 4096);
		is_good = take_bot(&rest, b);
		l.n++;
	}
	if (!is_good || rest.len > 0) {
		bot_list_done(&l);
		return -EBADMSG;
	}
	*ret = l;
	return 0;
}

int bot_list_unseal(int fd, struct bot_list *ret)
{
	struct view bytes;
	int r = seal_map(fd, &bytes);

	if (r < 0)
		return r;
	r = bot_list_parse(bytes, ret);
	seal_unmap(bytes);
	return r;
}
