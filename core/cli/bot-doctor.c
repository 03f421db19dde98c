/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bot-doctor.c - `wenlu bot doctor`: what keeps a bot from working, in plain words.
 *
 * Its configuration was read before; here: the clock, the way to the daemon, the platform's check
 * of the address as the platform would make it, a token of its interface. Or a recorded request.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "bots/capture.h"
#include "cli/bot.h"

struct doctor {
	const struct bot_options *options;
	struct settings *settings;
	struct bot *bot;
	struct arena arena;
	bool is_ill;
};

__attribute__((format(printf, 3, 4))) static void say(struct doctor *d, bool is_good,
						      const char *fmt, ...)
{
	va_list ap;

	d->is_ill |= !is_good;
	fputs(is_good ? "good: " : "BAD:  ", stdout);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

/* Each line of it a piece of advice. */
static void advise(struct view lines)
{
	struct view rest = lines, line;

	while (view_split(&rest, '\n', &line))
		if (line.len)
			printf("      %.*s\n", VIEW_ARG(line));
}

static void look_at_clock(struct doctor *d)
{
	struct timex t = {.modes = 0};

	if (!d->bot->platform->limits.window_ms)
		return;
	if (adjtimex(&t) == TIME_ERROR || (t.status & STA_UNSYNC))
		printf("note: this machine's clock is not known to be synchronised; requests are "
		       "refused when it is more than %lld s wrong (timedatectl)\n",
		       (long long)d->bot->platform->limits.window_ms / 1000);
	else
		say(d, true, "the clock is synchronised");
}

static void explain_status(struct doctor *d, const struct bot_heard *h)
{
	if (h->status == 404)
		say(d, false,
		    "nothing is at /bots/%s there: wenlud has not read this bot's section yet "
		    "(wenlu admin reload) or reads another file, or a proxy does not pass /bots/ "
		    "on",
		    d->bot->name);
	else if (h->status == 403)
		say(d, false,
		    "it is refused: wenlud has other secrets than this command (wenlu admin "
		    "reload after changing them), or its clock is wrong, or something on the way "
		    "changes the address; its log says which");
	else if (h->status >= 300 && h->status < 400)
		say(d, false,
		    "the address is redirected (%d); platforms do not follow: configure the final "
		    "address",
		    h->status);
	else if (h->status == 401 || h->status == 407)
		say(d, false, "something on the way wants a password (%d)", h->status);
	else
		say(d, false, "status %d; 200 is wanted", h->status);
}

static void explain_body(struct doctor *d, const struct bot_heard *h, struct view expected)
{
	struct view body = buf_view(&h->body), trimmed = view_trim(body);

	if (view_starts(trimmed, VIEW("\xef\xbb\xbf")))
		trimmed = view_sub(trimmed, 3, trimmed.len);
	if (view_eq(body, expected))
		say(d, true, "the platform's check of the address passes");
	else if (view_eq(trimmed, expected))
		say(d, false,
		    "the answer is right, but something on the way adds blanks, a line's "
		    "end or a BOM to it");
	else if (view_starts(trimmed, VIEW("{")) || view_starts(trimmed, VIEW("\"")))
		say(d, false,
		    "JSON comes where plain text is due: another program answers at this address");
	else if (view_starts(trimmed, VIEW("<")))
		say(d, false,
		    "a page comes instead of the answer: another server or a firewall "
		    "answers at this address");
	else
		say(d, false,
		    "another answer comes than what was sent: is this the right bot's "
		    "address?");
}

static void explain_no_reply(struct doctor *d, const char *base, const struct bot_heard *h)
{
	if (h->error == -EKEYREJECTED)
		say(d, false,
		    "%s: its certificate does not stand the check (%s); platforms refuse it too: "
		    "is the chain complete, the name right, the date?",
		    base, h->why);
	else if (h->error == -EHOSTUNREACH)
		say(d, false, "%s: no such name", base);
	else if (h->error == -ECONNREFUSED)
		say(d, false, "%s: nobody listens there; does wenlud run?", base);
	else if (h->error == -ETIMEDOUT)
		say(d, false, "%s: no answer; a firewall?", base);
	else
		say(d, false, "%s: %s", base, h->why);
}

static void check_address(struct doctor *d)
{
	const struct bot_mirror *m = d->bot->platform->mirror;
	const char *base = d->options->url ? d->options->url : bot_daemon(d->settings);
	struct bot_request q = {.body = VIEW("")};
	struct view expected = VIEW("");
	struct bot_heard h;
	const char *type = "";

	if (!m || !m->check) {
		printf("note: %s makes no check of the address; wenlu bot simulate %s sends it a "
		       "message\n",
		       d->bot->platform->name, d->bot->name);
		return;
	}
	m->check(d->bot, clock_wall_ms(), &d->arena, &q, &type, &expected);
	bot_ask(d->options, base, d->bot, &q, type, &h);
	if (h.error) {
		explain_no_reply(d, base, &h);
	} else {
		say(d, true, "%s answers", base);
		if (h.status == 200)
			explain_body(d, &h, expected);
		else
			explain_status(d, &h);
	}
	buf_done(&h.body);
}

static void look_at_api(struct doctor *d)
{
	const struct bot_api *api = d->bot->platform->api;
	struct bot_call call = {.url = VIEW("")};
	struct fault why = {.text = ""};
	struct view token;
	struct bot_heard h;
	int64_t seconds;

	if (!api)
		return;
	if (!api->can_send(d->bot, NULL, clock_wall_ms())) {
		if (d->bot->platform->is_mute)
			say(d, false, "without credentials for its interface nothing can be said");
		else
			puts("note: no credentials for its interface, so an answer that takes "
			     "longer "
			     "than the platform waits cannot be sent afterwards");
		return;
	}
	if (!d->options->is_online || !api->token_call) {
		puts("note: its interface was not tried; --online does");
		return;
	}
	api->token_call(d->bot, &d->arena, &call);
	bot_call_out(d->bot, &call, &h);
	if (h.error)
		explain_no_reply(d, d->bot->platform->name, &h);
	else if (api->token_read(&d->arena, buf_view(&h.body), &token, &seconds, &why) < 0)
		say(d, false,
		    "no access token: %s. Is the secret right, and this machine's address on the "
		    "list of the console (IP白名单)?",
		    why.text);
	else
		say(d, true, "its interface gives an access token");
	if (h.body.ptr)
		explicit_bzero(h.body.ptr, h.body.cap);
	buf_done(&h.body);
}

static const char *const kinds[] = {
    [BOT_ECHO] = "a check of the address", [BOT_TEXT] = "a question",
    [BOT_WELCOME] = "somebody who came",   [BOT_OTHER] = "a message without words",
    [BOT_IGNORED] = "nothing to answer",
};

/* When it says that it was signed, in milliseconds; 0 if it does not say. */
static int64_t signed_at(const struct bot_platform *p, const struct bot_request *q)
{
	uint64_t n = 0;

	for (size_t i = 0; i < BOT_VALUES_MAX && p->arguments[i]; i++)
		if (strstr(p->arguments[i], "timestamp"))
			(void)view_to_u64(q->arguments[i], &n);
	for (size_t i = 0; i < BOT_VALUES_MAX && p->headers[i]; i++)
		if (strstr(p->headers[i], "timestamp"))
			(void)view_to_u64(q->headers[i], &n);
	if (n > INT64_MAX / 1000)
		return 0;
	return (int64_t)(n > 100000000000 ? n : n * 1000);
}

static void judge(struct doctor *d, const struct bot_request *q)
{
	const struct bot_platform *p = d->bot->platform;
	struct bot_verified v = {.plain = VIEW("")};
	struct bot_message m = {.kind = BOT_OTHER};
	struct fault why = {.text = ""};
	struct buf more = BUF_INIT;
	enum bot_verdict verdict = p->verify(d->bot, q, &d->arena, &v, &why);

	if (verdict == BOT_OK) {
		say(d, true, "it is authentic");
		verdict = p->decode(d->bot, q, &v, &d->arena, &m, &why);
	}
	if (verdict == BOT_OK) {
		say(d, true, "it can be read: %s", kinds[m.kind]);
	} else {
		say(d, false, "%s%s%s", bot_verdict_text(verdict), why.text[0] ? ": " : "",
		    why.text);
		if (p->mirror && p->mirror->explain)
			p->mirror->explain(d->bot, q, verdict, &d->arena, &more);
		advise(buf_view(&more));
	}
	buf_done(&more);
}

static int look_at_request(struct doctor *d, const char *path)
{
	struct bot_request q;
	struct view text;
	struct fault why;
	struct stat st;
	int64_t at, window;
	int r = strcmp(path, "-")
		    ? file_read(&d->arena, path, 2 * LIMIT_BOT_BODY, &text)
		    : file_read_fd(&d->arena, STDIN_FILENO, 2 * LIMIT_BOT_BODY, &text);

	if (r < 0) {
		fprintf(stderr, "wenlu bot: %s: %s\n", path, error_text(r));
		return r;
	}
	r = capture_read(&d->arena, d->bot->platform, text, &q, &why);
	if (r < 0) {
		fprintf(stderr, "wenlu bot: %s: %s\n", path, why.text);
		return r;
	}
	/* A recording is old; what its clock and ours say to each other shows in its own time. */
	q.now_ms = strcmp(path, "-") && stat(path, &st) == 0 ? (int64_t)st.st_mtime * 1000
							     : clock_wall_ms();
	at = signed_at(d->bot->platform, &q);
	window = d->bot->platform->limits.window_ms;
	if (window && at && (at < q.now_ms - window || at > q.now_ms + window)) {
		printf("note: it was signed %lld s before this file was written; live, more than "
		       "%lld s are refused. What follows is as of then\n",
		       (long long)(q.now_ms - at) / 1000, (long long)window / 1000);
		q.now_ms = at;
	}
	judge(d, &q);
	return 0;
}

int bot_doctor(const struct bot_options *o, struct settings *s, struct bot *b)
{
	struct doctor d = {.options = o, .settings = s, .bot = b};

	arena_init(&d.arena, 0);
	say(&d, true, "[bot %s] is complete: %s (%s)", b->name, b->platform->title,
	    b->platform->name);
	if (o->request) {
		if (look_at_request(&d, o->request) < 0)
			d.is_ill = true;
	} else {
		look_at_clock(&d);
		check_address(&d);
		look_at_api(&d);
	}
	arena_wipe(&d.arena);
	arena_done(&d.arena);
	return d.is_ill;
}
