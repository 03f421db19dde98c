/* SPDX-License-Identifier: Apache-2.0 */
/* edge_check.h - whether addresses, proxies and origins of the configuration can work at all. */
#ifndef SERVE_EDGE_CHECK_H
#define SERVE_EDGE_CHECK_H

#include "serve/config.h"

/* 0, or -EINVAL with errors in `problems`; an origin that no page has is only warned of. */
int edge_check(const struct settings *s, struct problems *problems);

#endif
