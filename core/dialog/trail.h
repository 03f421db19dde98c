/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trail.h - back to what was talked about before, several questions ago.
 *
 *	刚才上海那个要几天来着     the last question about 上海; of it: 要几天来着
 *	回到医保卡，要带什么       the last one about that matter
 *	公司那个多久办完           the same, by a part of the matter's name
 *	第二个问题再说一下         of several that were asked at once
 *
 * Only what is among the remembered topics is ever meant; all else is left to the other readers.
 */
#ifndef DIALOG_TRAIL_H
#define DIALOG_TRAIL_H

#include "dialog/memory.h"

struct trail_input {
	const struct understander *understander;
	const struct catalog *catalog;
	const struct understanding *what; /* of the whole text                      */
	const struct memory *memory;
	int32_t today;    /* see understand() */
	bool wants_again; /* 再说一遍, 叫什么来着: nothing new is asked */
};

struct trail {
	const struct memory_topic *topic; /* NULL: nothing pointed at */
	struct view asked;                /* of it; empty: the same once more */
};

/* Everything lives in the arena. 0 or -errno. */
int trail_find(struct arena *a, const struct trail_input *in, struct trail *ret);
/* From here on that topic is the one talked about. */
void trail_turn(struct memory *m, const struct memory_topic *topic);

#endif
