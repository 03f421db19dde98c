/* SPDX-License-Identifier: Apache-2.0 */
/* resume.h - a client that comes back to a conversation which memory does not hold. */
#ifndef SERVE_RESUME_H
#define SERVE_RESUME_H

#include "serve/server.h"

/* Ask the store for the conversation of this hello; ws_resumed() is called when it has answered.
 * False if there is no store to ask. */
bool resume_begin(struct conn *c, const struct message *hello);
/* While the store is asked, messages wait in their order: true if this one does. */
bool resume_holds(struct conn *c, struct view frame);
/* The connection goes; fine without a resume under way. */
void resume_done(struct conn *c);

#endif
