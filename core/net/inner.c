/* SPDX-License-Identifier: Apache-2.0 */
/* inner.c - see inner.h; the ranges are those of RFC 6890. */
#include "net/inner.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

static bool is_inner_v4(uint32_t a)
{
	static const struct {
		uint32_t net;
		unsigned bits;
	} nets[] = {
	    {0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},
	    {0xa9fe0000, 16}, {0xac100000, 12}, {0xc0000000, 24}, {0xc0a80000, 16},
	    {0xc6120000, 15}, {0xe0000000, 3},
	};

	for (size_t i = 0; i < sizeof(nets) / sizeof(nets[0]); i++)
		if ((a ^ nets[i].net) >> (32 - nets[i].bits) == 0)
			return true;
	return false;
}

static bool is_inner_v6(const uint8_t a[16])
{
	static const uint8_t zeros[16], mapped[12] = {[10] = 0xff, [11] = 0xff},
					nat64[12] = {0, 0x64, 0xff, 0x9b};
	uint32_t last;

	memcpy(&last, a + 12, sizeof(last));
	last = ntohl(last);
	if (memcmp(a, mapped, 12) == 0 || memcmp(a, nat64, 12) == 0 || memcmp(a, zeros, 12) == 0)
		return is_inner_v4(last);
	/* 6to4 carries an IPv4 address, too. */
	if (a[0] == 0x20 && a[1] == 0x02)
		return is_inner_v4((uint32_t)a[2] << 24 | (uint32_t)a[3] << 16 |
				   (uint32_t)a[4] << 8 | a[5]);
	return (a[0] & 0xfe) == 0xfc || (a[0] == 0xfe && a[1] >= 0x80) || a[0] == 0xff;
}

bool inner_has(const struct sockaddr *address)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	switch (address->sa_family) {
	case AF_INET:
		memcpy(&v4, address, sizeof(v4));
		return is_inner_v4(ntohl(v4.sin_addr.s_addr));
	case AF_INET6:
		memcpy(&v6, address, sizeof(v6));
		return is_inner_v6(v6.sin6_addr.s6_addr);
	default:
		return true;
	}
}
