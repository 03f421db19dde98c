/* SPDX-License-Identifier: Apache-2.0 */
/* say.c - see say.h. */
#include "base/say.h"

#include <stdlib.h>
#include <string.h>

static const struct sayings *spoken;

void say_in(const struct sayings *sayings)
{
	spoken = sayings;
}

bool say_is_english(void)
{
	return !spoken;
}

static int saying_cmp(const void *english, const void *saying)
{
	return strcmp(english, ((const struct saying *)saying)->english);
}

const char *say(const char *english)
{
	const struct saying *found;

	if (!spoken)
		return english;
	found = bsearch(english, spoken->items, spoken->n, sizeof(*found), saying_cmp);
	return found ? found->other : english;
}

const char *say_of(size_t n, const char *one, const char *many)
{
	return say(n == 1 ? one : many);
}
