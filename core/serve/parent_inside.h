/* SPDX-License-Identifier: Apache-2.0 */
/* parent_inside.h - what the parts of the parent call of each other; private to them. */
#ifndef SERVE_PARENT_INSIDE_H
#define SERVE_PARENT_INSIDE_H

#include "serve/parent.h"

struct link_user;

/* parent_fork.c: 0 or -errno, which a later attempt may cure. */
int parent_fork(struct child_worker *c, const struct link_user *user);

/* parent_content.c */
/* Follow the content from now on. */
void parent_follow(struct parent *p);
/* WORKER_LOADED or WORKER_SWITCHED of a worker. */
void parent_heard(struct parent *p, struct child_worker *c, uint32_t type, uint64_t number,
		  struct view body);
/* A worker has ended. */
void parent_lost(struct parent *p, const struct child_worker *c);

/* parent_admin.c */
/* A worker's part of an answer, or that there will be none. */
void parent_answer(struct parent *p, unsigned worker, uint64_t id, struct view text);
void parent_forget(struct parent *p, unsigned worker);
/* The answer to a ticket, when all workers have done what they were told before. */
void parent_answer_later(struct parent *p, uint64_t ticket, struct view text);
/* Answer without those who let wait too long. */
void parent_admin_sweep(struct parent *p, int64_t now_ms);
void parent_admin_done(struct parent *p);
bool parent_command(void *parent, uint64_t ticket, struct view name, struct view argument,
		    struct buf *out);

/* parent.c */
void parent_drain(struct parent *p);

#endif
