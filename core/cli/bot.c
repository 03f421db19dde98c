/* SPDX-License-Identifier: Apache-2.0 */
/* bot.c - `wenlu bot`: the bots there are, and a message as their platform would send it. */
#include "cli/bot.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/file.h"
#include "bots/capture.h"
#include "bots/crypto.h"
#include "cli/cli.h"

#define REPLY_BYTES_MAX 262144
#define TIMEOUT_MS      15000

static const char help[] =
    "Usage: wenlu bot list\n"
    "       wenlu bot simulate NAME QUESTION\n"
    "       wenlu bot doctor NAME\n"
    "\n"
    "simulate sends a message to the running daemon, signed as the platform would sign it, and\n"
    "shows what somebody would see there. doctor looks for what keeps a bot from working and says\n"
    "what to do; with --request it looks at a request that was recorded, without any server.\n"
    "\n"
    "  -u, --url URL       the daemon, or its public address (default: from the configuration)\n"
    "      --ca FILE       certificates to trust for that\n"
    "  -U, --user NAME     who asks (simulate; default: simulated-user)\n"
    "  -I, --id NUMBER     the message's number (simulate; default: a new one)\n"
    "  -s, --save FILE     write the request down instead of sending it (simulate)\n"
    "  -r, --request FILE  a request as text: its first line, headers, an empty line, the body\n"
    "      --online        also ask the platform for an access token (doctor)\n"
    "  -c, --config FILE   the configuration (default: as the daemon's)\n"
    "  -h, --help\n";

enum { OPT_CA = 256, OPT_ONLINE };

static void on_reply(void *data, const struct net_reply *r)
{
	struct bot_heard *h = data;

	h->error = r->error;
	h->status = r->status;
	buf_view_add(&h->body, r->body);
	snprintf(h->type, sizeof(h->type), "%.*s", VIEW_ARG(r->content_type));
	snprintf(h->why, sizeof(h->why), "%s", r->why ? r->why : "");
}

static void fetch(const struct net_options *options, struct net_request *q, struct bot_heard *ret)
{
	struct loop *loop = loop_new(false);
	struct net_client *c = net_client_new(loop, options);
	uint64_t id;

	*ret = (struct bot_heard){.body = BUF_INIT};
	q->call = on_reply;
	q->data = ret;
	q->timeout_ms = TIMEOUT_MS;
	q->max_reply_bytes = REPLY_BYTES_MAX;
	ret->error = net_start(c, q, &id);
	if (ret->error)
		snprintf(ret->why, sizeof(ret->why), "the address is not good");
	while (net_client_busy(c))
		loop_turn(loop, true);
	net_client_free(c);
	loop_free(loop);
}

void bot_ask(const struct bot_options *o, const char *base, const struct bot *b,
	     const struct bot_request *q, const char *type, struct bot_heard *ret)
{
	struct net_options options = {.ca_file = o->ca_file};
	struct view headers[BOT_VALUES_MAX + 1];
	struct net_request r = {.allows_plain = true, .headers = headers};
	struct view host = view_of(base);
	struct arena a;

	arena_init(&a, 0);
	while (view_ends(host, VIEW("/")))
		host.len--;
	r.method = q->is_post ? "POST" : "GET";
	r.url = arena_printf(&a, "%.*s%.*s", VIEW_ARG(host), VIEW_ARG(capture_target(&a, b, q)));
	r.body = q->body;
	if (q->is_post)
		headers[r.n_headers++] = arena_printf(&a, "Content-Type: %s", type);
	for (size_t i = 0; i < BOT_VALUES_MAX && b->platform->headers[i]; i++)
		if (q->headers[i].ptr)
			headers[r.n_headers++] = arena_printf(
			    &a, "%s: %.*s", b->platform->headers[i], VIEW_ARG(q->headers[i]));
	fetch(&options, &r, ret);
	arena_wipe(&a);
	arena_done(&a);
}

void bot_call_out(const struct bot *b, const struct bot_call *call, struct bot_heard *ret)
{
	struct net_options options = {.ca_file = b->ca_file[0] ? b->ca_file : NULL};
	struct net_request r = {
	    .method = call->method ? call->method : "POST",
	    .url = call->url,
	    .headers = call->headers,
	    .n_headers = call->n_headers,
	    .body = call->body,
	    .allows_plain = b->api_is_plain,
	};

	fetch(&options, &r, ret);
}

const char *bot_daemon(struct settings *s)
{
	struct view port = VIEW("");

	/* With port = 0 the daemon has written down which it got. */
	if (s->port == 0 && s->port_file[0])
		(void)file_read(&s->arena, s->port_file, 64, &port);
	if (!port.len)
		port = arena_printf(&s->arena, "%lld", (long long)s->port);
	return arena_printf(&s->arena, "%s://127.0.0.1:%.*s",
			    s->tls_certificate[0] ? "https" : "http", VIEW_ARG(view_trim(port)))
	    .ptr;
}

static int list(const struct bot_list *bots)
{
	for (size_t i = 0; i < bots->n; i++) {
		const struct bot *b = &bots->items[i];

		printf("%-20s %-12s /bots/%s  %s%s\n", b->name, b->platform->name, b->name,
		       b->platform->title,
		       b->platform->api && b->platform->api->can_send(b, NULL, clock_wall_ms())
			   ? ", with its interface"
			   : "");
	}
	if (bots->n == 0)
		puts("there are no bots; wenlu-bots(7) says how to set one up");
	return 0;
}

static int save(const struct bot_options *o, struct arena *a, const struct bot *b,
		const struct bot_request *q, const char *type)
{
	struct buf out = BUF_INIT;
	int r;

	capture_write(a, b, q, type, &out);
	r = file_write(o->save, buf_view(&out), 0600);
	buf_done(&out);
	if (r < 0)
		fprintf(stderr, "wenlu bot: %s: %s\n", o->save, error_text(r));
	return r < 0;
}

static int show(const struct bot *b, const struct bot_heard *h, struct arena *a)
{
	struct view said;
	struct fault why;

	if (h->error) {
		fprintf(stderr, "wenlu bot: no response: %s\n", h->why);
		return 1;
	}
	if (h->status != 200) {
		fprintf(stderr, "wenlu bot: status %d: %.*s; wenlu bot doctor %s says more\n",
			h->status, VIEW_ARG(view_trim(buf_view(&h->body))), b->name);
		return 1;
	}
	if (b->platform->mirror->read(b, buf_view(&h->body), a, &said, &why) < 0) {
		fprintf(stderr, "wenlu bot: the platform could not read the response: %s\n",
			why.text);
		return 1;
	}
	if (said.len)
		printf("%.*s\n", VIEW_ARG(said));
	else
		puts(b->platform->is_mute
			 ? "(acknowledged; the answer goes out through the platform's interface)"
			 : "(nothing was said in the response)");
	return 0;
}

static int simulate(const struct bot_options *o, struct settings *s, const struct bot *b,
		    const char *question)
{
	struct bot_request q = {.body = VIEW("")};
	struct bot_heard heard;
	const char *type = "";
	struct view id;
	struct arena a;
	int status;

	if (!b->platform->mirror) {
		fprintf(stderr, "wenlu bot: %s cannot be simulated\n", b->platform->name);
		return 1;
	}
	arena_init(&a, 0);
	id = o->id ? view_of(o->id) : arena_printf(&a, "%lld", (long long)clock_wall_ms());
	b->platform->mirror->make(b, view_of(o->user ? o->user : "simulated-user"), id,
				  view_of(question), clock_wall_ms(), &a, &q, &type);
	if (o->save) {
		status = save(o, &a, b, &q, type);
	} else {
		bot_ask(o, o->url ? o->url : bot_daemon(s), b, &q, type, &heard);
		status = show(b, &heard, &a);
		buf_done(&heard.body);
	}
	arena_wipe(&a);
	arena_done(&a);
	return status;
}

static int run_on(const struct bot_options *o, int argc, char **argv)
{
	struct problems problems = {.list = VEC_INIT};
	struct bot_list bots = {NULL, 0};
	struct settings s;
	struct bot *b;
	int status = 1, r;

	if (world_settings(&s, o->config) < 0)
		goto out;
	r = bots_read(&s, &bots, &problems);
	cli_problems(&problems);
	if (strcmp(argv[0], "list") == 0) {
		status = list(&bots) || r < 0;
		goto out;
	}
	b = bot_list_find(&bots, view_of(argv[1]));
	if (!b)
		fprintf(stderr,
			r < 0 ? "wenlu bot: what is wrong with '%s' is said above\n"
			      : "wenlu bot: there is no [bot %s] in the configuration\n",
			argv[1]);
	else if (strcmp(argv[0], "doctor") == 0)
		status = bot_doctor(o, &s, b);
	else
		status = simulate(o, &s, b, argv[2]);
	(void)argc;
out:
	bot_list_done(&bots);
	problems_done(&problems);
	settings_done(&s);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct option longs[] = {
	    {"url", required_argument, NULL, 'u'},     {"ca", required_argument, NULL, OPT_CA},
	    {"user", required_argument, NULL, 'U'},    {"id", required_argument, NULL, 'I'},
	    {"save", required_argument, NULL, 's'},    {"request", required_argument, NULL, 'r'},
	    {"online", no_argument, NULL, OPT_ONLINE}, {"config", required_argument, NULL, 'c'},
	    {"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0},
	};
	struct bot_options o = {.config = NULL};
	int c, n;

	while ((c = getopt_long(argc, argv, "u:U:I:s:r:c:h", longs, NULL)) != -1) {
		switch (c) {
		case 'u':
			o.url = optarg;
			break;
		case OPT_CA:
			o.ca_file = optarg;
			break;
		case 'U':
			o.user = optarg;
			break;
		case 'I':
			o.id = optarg;
			break;
		case 's':
			o.save = optarg;
			break;
		case 'r':
			o.request = optarg;
			break;
		case OPT_ONLINE:
			o.is_online = true;
			break;
		case 'c':
			o.config = optarg;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		default:
			fputs(help, stderr);
			return 2;
		}
	}
	n = argc - optind;
	if (!((n == 1 && !strcmp(argv[optind], "list")) ||
	      (n == 2 && !strcmp(argv[optind], "doctor")) ||
	      (n == 3 && !strcmp(argv[optind], "simulate")))) {
		fputs(help, stderr);
		return 2;
	}
	return run_on(&o, n, argv + optind);
}

const struct command command_bot = {
    .name = "bot",
    .arguments = "list|simulate|doctor …",
    .summary = "bots of messaging platforms: try one, find out why it does not work",
    .run = run,
};
