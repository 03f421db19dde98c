/* SPDX-License-Identifier: Apache-2.0 */
/* token.c - see token.h. */
#include "store/token.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "base/error.h"

void token_random(void *to, size_t len)
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

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void token_format(const unsigned char bits[16], char out[SESSION_TOKEN_LEN])
{
	for (size_t i = 0; i < SESSION_TOKEN_LEN; i++) {
		size_t bit = i * 6, byte = bit / 8;
		unsigned pair = (unsigned)bits[byte] << 8 | (byte + 1 < 16 ? bits[byte + 1] : 0);

		out[i] = digits[pair >> (10 - bit % 8) & 63];
	}
}

/* Of the digits that name us, the one nearest to what chance gave: what is left is as random. */
static char own_digit(char random, unsigned self, unsigned n)
{
	unsigned i = (unsigned)(strchr(digits, random) - digits);

	i = i - i % n + self;
	return digits[i < 64 ? i : i - n];
}

void token_new(unsigned self, unsigned n, char out[SESSION_TOKEN_LEN])
{
	unsigned char bits[16];

	token_random(bits, sizeof(bits));
	token_format(bits, out);
	out[0] = own_digit(out[0], self, n);
}

unsigned token_owner(struct view token, unsigned self, unsigned n)
{
	const char *digit =
	    token.len == SESSION_TOKEN_LEN && token.ptr[0] ? strchr(digits, token.ptr[0]) : NULL;

	return digit ? (unsigned)(digit - digits) % n : self;
}
