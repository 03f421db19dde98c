/* SPDX-License-Identifier: Apache-2.0 */
/* admin_plugins.h - the administrator's command `plugins`. */
#ifndef SERVE_ADMIN_PLUGINS_H
#define SERVE_ADMIN_PLUGINS_H

#include "base/buf.h"
#include "base/vec.h"
#include "plugin/host.h"

struct server;

/* How each plugin's code is doing, by name. */
struct plugin_health {
	char name[64];
	struct host_health health;
};
struct healths {
	VEC(struct plugin_health) list;
};
void healths_take(struct server *s, struct healths *ret);
/* Of several the worse; running if any is. */
void healths_add(struct healths *to, const struct plugin_health *more);
/* "", "json" or "json lines". With `healths` NULL as this process knows them. */
void admin_plugins(struct server *s, const struct healths *healths, struct view argument,
		   struct buf *out);

#endif
