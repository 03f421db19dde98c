/* SPDX-License-Identifier: Apache-2.0 */
/* capture.h - a request as it went over the line, in text: to look at one again, offline. */
#ifndef BOTS_CAPTURE_H
#define BOTS_CAPTURE_H

#include "base/buf.h"
#include "bots/platform.h"

/* "POST /bots/wechat?nonce=… HTTP/1.1", headers, an empty line, the body. Lines end in LF or CRLF;
 * the body is taken as it is. 0 or -EBADMSG with *why. All in the arena. */
int capture_read(struct arena *a, const struct bot_platform *p, struct view text,
		 struct bot_request *ret, struct fault *why);
/* The address of a request, from "/bots/NAME" on. */
struct view capture_target(struct arena *a, const struct bot *b, const struct bot_request *q);
void capture_write(struct arena *a, const struct bot *b, const struct bot_request *q,
		   const char *type, struct buf *out);

#endif
