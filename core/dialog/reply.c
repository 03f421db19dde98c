/* SPDX-License-Identifier: Apache-2.0 */
/* reply.c - the names of reply types. */
#include "dialog/reply.h"

const char *reply_type_name(enum reply_type type)
{
	static const char *const names[] = {
	    [REPLY_WELCOME] = "welcome", [REPLY_ANSWER] = "answer",   [REPLY_CLARIFY] = "clarify",
	    [REPLY_COMPARE] = "compare", [REPLY_DECLINE] = "decline", [REPLY_ANSWERS] = "answers",
	    [REPLY_ERROR] = "error",
	};

	return (size_t)type < sizeof(names) / sizeof(names[0]) ? names[type] : "error";
}
