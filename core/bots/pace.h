/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pace.h - how fast one person may ask through a messaging app.
 *
 * The platform's addresses are everybody's, so the limit by address (serve/peers.h) does not serve
 * here. A bucket a conversation, so many tokens in it, one for each message; in memory, of a fixed
 * size: who has not written for the longest makes room.
 */
#ifndef BOTS_PACE_H
#define BOTS_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

struct pace;

enum pace_verdict {
	PACE_GOOD,
	PACE_TELL,   /* too fast, and has not been told */
	PACE_SILENT, /* has been told */
};

struct pace *pace_new(void);
void pace_free(struct pace *p);
/* One more message of this person, who may send `per_minute` and a few more at once; 0: any. */
enum pace_verdict pace_take(struct pace *p, struct view who, int64_t per_minute, int64_t now_ms);

#endif
