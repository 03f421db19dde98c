/* SPDX-License-Identifier: Apache-2.0 */
/* admin_plugins.h - the administrator's command `plugins`. */
#ifndef SERVE_ADMIN_PLUGINS_H
#define SERVE_ADMIN_PLUGINS_H

#include "base/buf.h"
#include "base/view.h"

struct server;

/* "" or "json". */
void admin_plugins(struct server *s, struct view argument, struct buf *out);

#endif
