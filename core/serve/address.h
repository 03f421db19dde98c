/* SPDX-License-Identifier: Apache-2.0 */
/*
 * address.h - who is at the other end: internet addresses, networks, and forwarded ones.
 *
 * IPv4 is kept as its mapped IPv6 form, so that one comparison serves both. A client on a unix
 * socket has the address "unix".
 */
#ifndef SERVE_ADDRESS_H
#define SERVE_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/error.h"
#include "base/view.h"

#define ADDRESS_TEXT_MAX 64

struct address {
	uint8_t bytes[16]; /* all zero with is_unix */
	bool is_unix;
};

struct network {
	struct address address;
	unsigned bits; /* of 128 */
};

struct address address_from(const struct sockaddr_storage *from);
/* "1.2.3.4", "::1", "[::1]", either with ":port", "unix". 0 or -EINVAL. */
int address_parse(struct view text, struct address *ret);
/* Into buf (ADDRESS_TEXT_MAX); gives buf. */
const char *address_format(const struct address *a, char *buf);
/* What counts as one client: the address, of IPv6 its first 64 bits. */
struct address address_group(const struct address *a);
bool address_eq(const struct address *a, const struct address *b);

/* "10.0.0.0/8", "fd00::/8", a single address, "unix". 0, or -EINVAL with *why. */
int network_parse(struct view text, struct network *ret, struct fault *why);
bool network_has(const struct network *n, const struct address *a);

/*
 * The client behind trusted proxies: of the forwarded addresses (X-Forwarded-For, the nearest last)
 * the last one that is no trusted proxy. `peer` itself if it is not trusted or nothing usable was
 * forwarded: what cannot be read ends the chain.
 */
struct address address_behind(const struct address *peer, struct view forwarded,
			      const struct network *trusted, size_t n_trusted);

#endif
