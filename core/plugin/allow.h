/* SPDX-License-Identifier: Apache-2.0 */
/*
 * allow.h - which hosts a plugin may ask.
 *
 * A list of the operator's, parted by commas or blanks: api.example.gov.cn, one:8443,
 * http://10.1.2.3:8080. Scheme, host and port must all be the same; without a scheme https is
 * meant, without a port the scheme's own. No pattern, no part of a name.
 */
#ifndef PLUGIN_ALLOW_H
#define PLUGIN_ALLOW_H

#include <stdbool.h>

#include "base/error.h"
#include "base/view.h"

/* Scheme, host and port of an address, or of an entry. */
struct allow_place {
	bool is_plain; /* http:// */
	struct view host;
	unsigned port;
};

/* Where an address leads; false if that is not plain to see. */
bool allow_place_of(struct view url, struct allow_place *ret);
/* True if the list has the place of this address. */
bool allow_has(struct view list, struct view url);
/* 0, or -EINVAL with the first entry that is none in *why. */
int allow_check(struct view list, struct fault *why);

#endif
