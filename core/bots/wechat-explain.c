/* SPDX-License-Identifier: Apache-2.0 */
/* wechat-explain.c - why a request of WeChat or WeCom is refused, and what to do about it. */
#include "bots/wechat-crypt.h"

static void explain_missing(const struct wechat_asked *q, struct buf *out)
{
	static const char *const names[] = {"timestamp", "nonce", "the signature"};
	const struct view values[] = {q->timestamp, q->nonce, q->signature};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!values[i].len)
			buf_printf(out,
				   "%s is missing from the address; does a proxy cut off what "
				   "stands behind the question mark?\n",
				   names[i]);
	if (q->sealed.ptr && !q->sealed.len)
		buf_str(out,
			"There is nothing encrypted in it (echostr, or Encrypt in the body).\n");
}

static void explain_signature(const struct wechat_keys *k, const struct wechat_asked *q,
			      struct arena *a, struct buf *out)
{
	const struct view short_parts[] = {k->token, q->timestamp, q->nonce};

	if (q->sealed.ptr && view_find(q->sealed, VIEW(" ")) >= 0)
		buf_str(out, "What is encrypted has blanks where + should be: something on the way "
			     "has decoded the address once too often.\n");
	else if (q->sealed.ptr && secret_eq(wechat_sign(a, short_parts, 3), q->signature))
		buf_str(out, "The signature is right for a request without encryption: 'signature' "
			     "was taken for 'msg_signature'.\n");
	else if (k->token.len == WECHAT_KEY_CHARS)
		buf_str(out, "The Token has 43 characters, as an EncodingAESKey has: are the two "
			     "swapped?\n");
	else
		buf_str(out, "The Token is another one than the console's. Copy it again, without "
			     "blanks; look whether this is the account you mean; then wenlu "
			     "admin reload.\n");
}

static void explain_receiver(const struct wechat_keys *k, const struct wechat_asked *q,
			     const char *receiver_key, struct arena *a, struct buf *out)
{
	struct view plain, id = VIEW("");

	if (wechat_unseal(a, k->key, q->sealed, view_make(NULL, 0), &plain, &id) == BOT_OK &&
	    !view_eq(id, k->receiver))
		buf_printf(out, "It is for '%.*s', and %s is '%.*s'.\n",
			   VIEW_ARG(view_sub(id, 0, 64)), receiver_key, VIEW_ARG(k->receiver));
	else
		buf_printf(out, "It is for another one than %s says.\n", receiver_key);
}

void wechat_explain(const struct wechat_keys *k, const struct wechat_asked *q,
		    enum bot_verdict verdict, const char *receiver_key, struct arena *a,
		    struct buf *out)
{
	uint64_t seconds = 0;

	switch (verdict) {
	case BOT_INCOMPLETE:
		explain_missing(q, out);
		break;
	case BOT_BAD_SIGNATURE:
		explain_signature(k, q, a, out);
		break;
	case BOT_STALE:
		(void)view_to_u64(q->timestamp, &seconds);
		buf_printf(out,
			   "It says that it was signed %lld seconds from now by this machine's "
			   "clock; 300 are allowed. Set the clock (timedatectl).\n",
			   (long long)seconds - (long long)(q->now_ms / 1000));
		break;
	case BOT_BAD_SEAL:
		buf_str(out, "The Token is right, so the EncodingAESKey is another one than the "
			     "console's: copy it again. If it was changed there, the old one may "
			     "stand in previous_aes_key_file for a while.\n");
		break;
	case BOT_WRONG_RECEIVER:
		explain_receiver(k, q, receiver_key, a, out);
		break;
	default:
		break;
	}
}
