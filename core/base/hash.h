/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash.h - hashes for tables and features, the same on every machine and in every run.
 *
 * Not for secrets and not against an enemy who picks the keys: tables keyed by what clients send
 * use hash_seeded() with a random seed.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/view.h"

/* Spread 64 bits (the finaliser of splitmix64, Steele and others 2014, public domain constants). */
static inline uint64_t hash_mix(uint64_t x)
{
	x ^= x >> 30;
	x *= 0xbf58476d1ce4e5b9u;
	x ^= x >> 27;
	x *= 0x94d049bb133111ebu;
	x ^= x >> 31;
	return x;
}

/* FNV-1a over the bytes, then mixed. */
static inline uint64_t hash_seeded(const void *bytes, size_t len, uint64_t seed)
{
	const unsigned char *p = bytes;
	uint64_t h = 0xcbf29ce484222325u ^ seed;

	for (size_t i = 0; i < len; i++)
		h = (h ^ p[i]) * 0x100000001b3u;
	return hash_mix(h);
}

/*
 * For megabytes: is it the same as before? Eight bytes a step in four lanes, ten times as fast. As
 * the machine has its numbers, so never for what leaves it.
 */
static inline uint64_t hash_bulk(const void *bytes, size_t len, uint64_t seed)
{
	const unsigned char *p = bytes;
	uint64_t lanes[4] = {seed, seed + 1, seed + 2, seed + 3}, words[4];
	size_t at = 0;

	for (; len - at >= sizeof(words); at += sizeof(words)) {
		memcpy(words, p + at, sizeof(words));
		for (int k = 0; k < 4; k++) {
			uint64_t h = (lanes[k] ^ words[k]) * 0x9e3779b97f4a7c15u;

			lanes[k] = h << 29 | h >> 35;
		}
	}
	return hash_mix(lanes[0] ^ hash_mix(lanes[1] ^ hash_mix(lanes[2] ^ hash_mix(lanes[3])))) ^
	       hash_seeded(p + at, len - at, seed ^ len);
}

static inline uint64_t hash_view(struct view v)
{
	return hash_seeded(v.ptr, v.len, 0);
}

#endif
