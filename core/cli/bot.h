/* SPDX-License-Identifier: Apache-2.0 */
/* bot.h - what the parts of `wenlu bot` share: the bots of the configuration, and a request. */
#ifndef CLI_BOT_H
#define CLI_BOT_H

#include "bots/bots.h"
#include "net/http.h"

struct bot_options {
	const char *config, *url, *ca_file, *user, *id, *save, *request;
	bool is_online;
};

/* A response, or why there is none. */
struct bot_heard {
	int error, status;
	struct buf body;
	char type[128], why[256];
};

/* Send a request to `base` + /bots/NAME…, and wait. buf_done() its body. */
void bot_ask(const struct bot_options *o, const char *base, const struct bot *b,
	     const struct bot_request *q, const char *type, struct bot_heard *ret);
/* One call of the platform's interface, likewise. */
void bot_call_out(const struct bot *b, const struct bot_call *call, struct bot_heard *ret);
/* Where the daemon of these settings listens: "http://127.0.0.1:8765"; in the settings' arena. */
const char *bot_daemon(struct settings *s);

/* bot-doctor.c; gives the exit status */
int bot_doctor(const struct bot_options *o, struct settings *s, struct bot *b);

#endif
