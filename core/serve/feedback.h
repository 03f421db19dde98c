/* SPDX-License-Identifier: Apache-2.0 */
/*
 * feedback.h - thumbs up and down, counted for each intent, and with their reason in the inbox.
 *
 * A reason is kept without the personal numbers in it, with what the answer was about.
 */
#ifndef SERVE_FEEDBACK_H
#define SERVE_FEEDBACK_H

#include "serve/server.h"

#define FEEDBACK_TEXT_MAX 2000

/* A message of type feedback. `session` is NULL if it named none. 0; -E2BIG for too long a reason.
 */
int feedback_take(struct server *s, const struct message *m, const struct session *session);
void feedback_metrics(const struct server *s, struct buf *out);
void feedback_done(struct server *s);

#endif
