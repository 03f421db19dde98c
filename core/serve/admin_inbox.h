/* SPDX-License-Identifier: Apache-2.0 */
/* admin_inbox.h - the administrator's command `inbox`, which waits for the store's thread. */
#ifndef SERVE_ADMIN_INBOX_H
#define SERVE_ADMIN_INBOX_H

#include "base/buf.h"
#include "base/view.h"

struct store;

/* `out` has what there is to say; NULL: the store is closing, only `data` is to be put away. */
typedef void admin_inbox_done(void *data, const struct buf *out);
/*
 * "", "json", "done N", "ignore N", "new N". 0: `done` is called later, from the loop; or -errno:
 * -EINVAL for another argument, -ENOENT if there is no inbox.
 */
int admin_inbox_run(struct store *store, struct view argument, admin_inbox_done *done, void *data);

#endif
