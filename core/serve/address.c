/* SPDX-License-Identifier: Apache-2.0 */
/* address.c - internet addresses of both kinds in one form. */
#include "serve/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>

static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool is_v4(const struct address *a)
{
	return memcmp(a->bytes, mapped, sizeof(mapped)) == 0;
}

struct address address_from(const struct sockaddr_storage *from)
{
	struct address a = {.is_unix = false};

	if (from->ss_family == AF_INET) {
		const struct sockaddr_in *in = (const struct sockaddr_in *)from;

		memcpy(a.bytes, mapped, sizeof(mapped));
		memcpy(a.bytes + 12, &in->sin_addr, 4);
	} else if (from->ss_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)from;

		memcpy(a.bytes, &in6->sin6_addr, 16);
	} else {
		a.is_unix = true;
	}
	return a;
}

/* The address part of "[::1]:80", "1.2.3.4:80", "::1". */
static struct view without_port(struct view v)
{
	const char *colon;

	if (v.len > 0 && v.ptr[0] == '[') {
		ptrdiff_t end = view_find(v, VIEW("]"));

		return end < 0 ? v : view_sub(v, 1, (size_t)end - 1);
	}
	colon = memchr(v.ptr, ':', v.len);
	/* More than one colon is IPv6 without a port. */
	if (colon && !memchr(colon + 1, ':', v.len - (size_t)(colon + 1 - v.ptr)))
		return view_sub(v, 0, (size_t)(colon - v.ptr));
	return v;
}

int address_parse(struct view text, struct address *ret)
{
	struct address a = {.is_unix = false};
	char copy[INET6_ADDRSTRLEN];
	struct view v = view_trim(text);

	if (view_is(v, "unix")) {
		*ret = (struct address){.is_unix = true};
		return 0;
	}
	if (v.len == 0)
		return -EINVAL;
	v = without_port(v);
	if (v.len == 0 || v.len >= sizeof(copy) || memchr(v.ptr, '\0', v.len))
		return -EINVAL;
	memcpy(copy, v.ptr, v.len);
	copy[v.len] = '\0';
	if (inet_pton(AF_INET, copy, a.bytes + 12) == 1)
		memcpy(a.bytes, mapped, sizeof(mapped));
	else if (inet_pton(AF_INET6, copy, a.bytes) != 1)
		return -EINVAL;
	*ret = a;
	return 0;
}

const char *address_format(const struct address *a, char *buf)
{
	if (a->is_unix)
		snprintf(buf, ADDRESS_TEXT_MAX, "unix");
	else if (is_v4(a))
		inet_ntop(AF_INET, a->bytes + 12, buf, ADDRESS_TEXT_MAX);
	else
		inet_ntop(AF_INET6, a->bytes, buf, ADDRESS_TEXT_MAX);
	return buf;
}

struct address address_group(const struct address *a)
{
	struct address group = *a;

	if (!a->is_unix && !is_v4(a))
		memset(group.bytes + 8, 0, 8);
	return group;
}

bool address_eq(const struct address *a, const struct address *b)
{
	return a->is_unix == b->is_unix && memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

int network_parse(struct view text, struct network *ret, struct fault *why)
{
	struct view rest = view_trim(text), base;
	struct network n = {.bits = 128};
	uint64_t bits;
	unsigned most;

	view_split(&rest, '/', &base);
	if (address_parse(base, &n.address) < 0) {
		fault_set(
		    why, "'%.*s' is no address or network: write 10.0.0.5, 10.0.0.0/8, ::1 or unix",
		    VIEW_ARG(text));
		return -EINVAL;
	}
	if (rest.ptr) {
		most = is_v4(&n.address) ? 32 : 128;
		if (n.address.is_unix || view_to_u64(rest, &bits) < 0 || bits > most) {
			fault_set(why, "'%.*s': behind the slash stands a number up to %u",
				  VIEW_ARG(text), most);
			return -EINVAL;
		}
		n.bits = (unsigned)bits + (128 - most);
	}
	*ret = n;
	return 0;
}

bool network_has(const struct network *n, const struct address *a)
{
	unsigned whole = n->bits / 8, rest = n->bits % 8;

	if (n->address.is_unix || a->is_unix)
		return n->address.is_unix && a->is_unix;
	if (memcmp(n->address.bytes, a->bytes, whole) != 0)
		return false;
	return rest == 0 || ((n->address.bytes[whole] ^ a->bytes[whole]) >> (8 - rest)) == 0;
}

static bool is_trusted(const struct address *a, const struct network *trusted, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (network_has(&trusted[i], a))
			return true;
	return false;
}

/* The last piece of a list parted by commas, semicolons or blanks, cut off it. */
static struct view cut_last(struct view *list)
{
	size_t end = list->len, start;

	while (end > 0 && strchr(", ;\t", list->ptr[end - 1]))
		end--;
	start = end;
	while (start > 0 && !strchr(", ;\t", list->ptr[start - 1]))
		start--;
	list->len = start;
	return view_make(list->ptr + start, end - start);
}

struct address address_behind(const struct address *peer, struct view forwarded,
			      const struct network *trusted, size_t n_trusted)
{
	struct address client = *peer;

	while (is_trusted(&client, trusted, n_trusted) && forwarded.len > 0) {
		struct address next;
		struct view piece = cut_last(&forwarded);

		if (piece.len == 0 || address_parse(piece, &next) < 0 || next.is_unix)
			break;
		client = next;
	}
	return client;
}
