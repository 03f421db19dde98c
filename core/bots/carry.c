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
#include "bots/bytes.h"

#define FIRST_BYTES 65536 /* more than bots ever need: nothing secret is left behind by growing */

static void put_bot(struct buf *out, const struct bot *b)
{
	bytes_put_text(out, view_of(b->platform->name));
	bytes_put_text(out, view_of(b->name));
	bytes_put_text(out, b->api_base);
	bytes_put_text(out, view_of(b->ca_file));
	bytes_put_number(out, b->api_is_plain);
	bytes_put_number(out, (uint64_t)b->user_rate);
	for (size_t i = 0; i < b->platform->n_keys; i++)
		bytes_put_text(out, b->values[i]);
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

/* `b` has its arena. */
static bool take_bot(struct view *rest, struct bot *b)
{
	struct view platform, name, base, ca;
	uint64_t is_plain, user_rate;
	struct fault why;

	if (!bytes_take_text(rest, &platform) || !bytes_take_text(rest, &name) ||
	    !bytes_take_text(rest, &base) || !bytes_take_text(rest, &ca) ||
	    !bytes_take_number(rest, &is_plain) || !bytes_take_number(rest, &user_rate))
		return false;
	b->user_rate = (int64_t)user_rate;
	b->platform = bot_platform_find(platform);
	if (!b->platform)
		return false;
	b->name = arena_copy(&b->arena, name).ptr;
	b->api_base = arena_copy(&b->arena, base);
	b->ca_file = arena_copy(&b->arena, ca).ptr;
	b->api_is_plain = is_plain != 0;
	for (size_t i = 0; i < b->platform->n_keys; i++) {
		if (!bytes_take_text(rest, &b->values[i]))
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
