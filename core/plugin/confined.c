/* SPDX-License-Identifier: Apache-2.0 */
/* confined.c - what a plugin's process could not be denied, in words for the operator. */
#include "plugin/confine.h"

#include <stddef.h>

#include "plugin/packet.h"
#include "plugin/registry.h"

const char *confined_missing(unsigned confined)
{
	static const char *const words[] = {
	    "resource limits, Landlock and seccomp",
	    "Landlock and seccomp",
	    "resource limits and seccomp",
	    "seccomp",
	    "resource limits and Landlock",
	    "Landlock",
	    "resource limits",
	    NULL,
	};

	return words[confined & (CONFINED_RLIMITS | CONFINED_LANDLOCK | CONFINED_SECCOMP)];
}

void confined_tell(const struct registry *registry, struct problems *problems)
{
	const unsigned all = CONFINED_RLIMITS | CONFINED_LANDLOCK | CONFINED_SECCOMP;
	unsigned common = all;

	for (size_t i = 0; i < registry_count(registry); i++)
		if (registry_at(registry, i)->has_code)
			common &= registry_at(registry, i)->confined;
	if (common != all)
		problem_add(problems, false, NULL, 0, 0,
			    "plugins' code runs without %s: this system does not offer it",
			    confined_missing(common));
}
