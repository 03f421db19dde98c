/* SPDX-License-Identifier: Apache-2.0 */
/* wechat-xml.h - what WeChat official accounts and WeCom applications have in common beside keys.
 */
#ifndef BOTS_WECHAT_XML_H
#define BOTS_WECHAT_XML_H

#include "bots/wechat-crypt.h"
#include "bots/xml.h"

/* A text message; without `id` and `agent` (both may be "") it is a passive reply. */
struct view wechat_message_xml(struct arena *a, struct view to, struct view from, int64_t now_ms,
			       struct view text, struct view id, struct view agent);
struct view wechat_text_xml(struct arena *a, struct view to, struct view from, int64_t now_ms,
			    struct view text);
/* Sealed, as the platform sends it and as we reply. */
struct view wechat_request_xml(struct arena *a, struct view to, struct view sealed,
			       struct view agent);
struct view wechat_sealed_xml(struct arena *a, const struct wechat_keys *k, struct view plain,
			      int64_t now_ms);
/* What a response of ours says; for bot_mirror. */
int wechat_reply_read(const struct wechat_keys *k, struct arena *a, struct view body,
		      struct view *ret, struct fault *why);

/* Of struct bot_api: {"access_token":…,"expires_in":…} and {"errcode":…,"errmsg":…}. */
int wechat_token_read(struct arena *a, struct view body, struct view *ret, int64_t *ret_seconds,
		      struct fault *why);
enum bot_outcome wechat_send_read(struct arena *a, int status, struct view body, struct fault *why);

#endif
