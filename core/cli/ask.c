/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ask.c - `wenlu ask`: one question, a chat in the terminal, or a file of questions; the same
 * engine as the daemon's, without a server.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <editline/readline.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "cli/asker.h"
#include "wire/json.h"

struct asking {
	struct world world;
	struct asker asker;
	struct arena arena; /* of one message of a batch */
	struct buf out;
	struct reply_envelope envelope;
	struct view today;
	bool as_json, want_why;
	enum reply_type type;
};

static const char help[] =
    "Usage: wenlu ask [OPTIONS] [QUESTION…]\n"
    "\n"
    "Ask in everyday Chinese. Without a question: a chat, which remembers what was said.\n"
    "\n"
    "  -r, --region CODE  the region meant when the question names none, e.g. 410100\n"
    "  -j, --json         print the reply as the wire format has it, one object a line\n"
    "  -w, --why          also say why: scores, rule, nearest examples\n"
    "  -b, --batch FILE   read JSON lines {\"text\": …, \"session\": …?, \"id\": …?} (\"-\": "
    "standard\n"
    "                     input) and print one reply object a line, in the same order\n"
    "  -t, --today DATE   count dates (10月1号到期) from this day, YYYY-MM-DD, not from today\n"
    "  -c, --config FILE  the configuration (default: as the daemon's)\n"
    "  -v, --verbose      say what is wrong with plugins that were left out\n"
    "  -h, --help\n"
    "\n"
    "Exit status: 0 answered or asked back, 1 declined or an error, 2 called wrongly.\n";

static void print_text(const struct reply *reply)
{
	printf("%.*s\n", VIEW_ARG(reply->text));
	for (size_t i = 0; i < reply->why.n; i++)
		printf("  · %.*s\n", VIEW_ARG(reply->why.items[i]));
}

static void on_reply(void *data, const struct reply *reply)
{
	struct asking *k = data;

	k->type = reply->type;
	if (!k->as_json) {
		print_text(reply);
		return;
	}
	buf_clear(&k->out);
	reply_write(&k->out, reply, &k->envelope);
	buf_char(&k->out, '\n');
	fwrite(k->out.ptr, 1, k->out.len, stdout);
}

/* Ask and wait for the reply. */
static void ask_and_wait(struct asking *k, const struct engine_request *request)
{
	struct engine_request dated = *request;

	dated.today = k->today;
	k->envelope.generation = k->world.generation->number;
	if (request->session) {
		k->envelope.session = view_of(request->session->token);
		k->envelope.seq = ++request->session->seq;
	}
	asker_ask(&k->asker, &dated, on_reply, k);
}

static struct session *open_session(struct asking *k)
{
	return sessions_open(engine_sessions(k->asker.engine), clock_wall_ms());
}

static int ask_once(struct asking *k, struct view question, struct view region)
{
	struct engine_request request = {.text = question,
					 .region = region,
					 .session = open_session(k),
					 .want_why = k->want_why};

	ask_and_wait(k, &request);
	return k->type == REPLY_DECLINE || k->type == REPLY_ERROR ? 1 : 0;
}

static void greet(struct asking *k)
{
	struct buf words = BUF_INIT;

	engine_say(k->asker.engine, "welcome", &words);
	printf("问路：%.*s空行结束。\n", VIEW_ARG(buf_view(&words)));
	buf_done(&words);
}

static int ask_chat(struct asking *k, struct view region)
{
	struct session *session = open_session(k);
	char token[SESSION_TOKEN_LEN + 1];
	bool is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	char *line;

	memcpy(token, session->token, sizeof(token));
	if (is_terminal) {
		greet(k);
		rl_initialize();
	}
	while ((line = readline(is_terminal ? "\n您：" : "")) != NULL) {
		struct view text = view_trim(view_of(line));
		struct engine_request request = {
		    .text = text, .region = region, .want_why = k->want_why};

		if (text.len == 0 && is_terminal) {
			free(line);
			break;
		}
		if (text.len > 0) {
			if (is_terminal) {
				add_history(line);
				fputs("\n问路：", stdout);
			}
			request.session =
			    sessions_find(engine_sessions(k->asker.engine), view_of(token));
			ask_and_wait(k, &request);
			fflush(stdout);
		}
		free(line);
	}
	return 0;
}

static void batch_line(struct asking *k, struct view line)
{
	struct engine_request request = {.want_why = k->want_why};
	struct message_fault why;
	struct message m;

	arena_reset(&k->arena);
	k->envelope = (struct reply_envelope){.generation = k->world.generation->number};
	if (message_read(&k->arena, line, k->world.settings.max_id_bytes, &m, &why) < 0) {
		buf_clear(&k->out);
		error_write(&k->out, why.code, why.text, &k->envelope);
		buf_char(&k->out, '\n');
		fwrite(k->out.ptr, 1, k->out.len, stdout);
		return;
	}
	k->envelope.reply_to = m.id;
	request.text = m.text;
	request.option = m.option;
	request.region = m.region;
	request.want_why |= m.why;
	if (m.session.len)
		request.session =
		    sessions_named(engine_sessions(k->asker.engine), m.session, clock_wall_ms());
	ask_and_wait(k, &request);
}

static int ask_batch(struct asking *k, const char *path)
{
	FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;

	if (!in) {
		fprintf(stderr, "wenlu ask: %s: %s\n", path, error_text(errno));
		return 2;
	}
	k->as_json = true;
	while ((len = getline(&line, &cap, in)) >= 0) {
		struct view text = view_trim(view_make(line, (size_t)len));

		if (text.len)
			batch_line(k, text);
	}
	free(line);
	if (in != stdin)
		fclose(in);
	return 0;
}

static struct view join_words(struct buf *out, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		if (i)
			buf_char(out, ' ');
		buf_str(out, argv[i]);
	}
	return buf_view(out);
}

struct ask_options {
	const char *config, *batch;
	struct view region;
	bool is_verbose;
};

static int run_opened(struct asking *k, const struct ask_options *o, int argc, char **argv)
{
	struct buf question = BUF_INIT;
	int status;

	asker_open(&k->asker, &k->world);
	arena_init(&k->arena, 0);
	if (o->batch)
		status = ask_batch(k, o->batch);
	else if (argc > 0)
		status = ask_once(k, join_words(&question, argc, argv), o->region);
	else
		status = ask_chat(k, o->region);
	buf_done(&question);
	buf_done(&k->out);
	arena_done(&k->arena);
	asker_close(&k->asker);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct option longs[] = {{"region", required_argument, NULL, 'r'},
					      {"json", no_argument, NULL, 'j'},
					      {"why", no_argument, NULL, 'w'},
					      {"batch", required_argument, NULL, 'b'},
					      {"today", required_argument, NULL, 't'},
					      {"config", required_argument, NULL, 'c'},
					      {"verbose", no_argument, NULL, 'v'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	struct asking k = {.out = BUF_INIT};
	struct ask_options o = {0};
	int c, status;

	while ((c = getopt_long(argc, argv, "r:jwb:t:c:vh", longs, NULL)) != -1) {
		switch (c) {
		case 'r':
			o.region = view_of(optarg);
			break;
		case 'j':
			k.as_json = true;
			break;
		case 'w':
			k.want_why = true;
			break;
		case 'b':
			o.batch = optarg;
			break;
		case 't':
			k.today = view_of(optarg);
			if (date_parse(k.today) != DATE_NONE)
				break;
			fprintf(stderr, "wenlu ask: --today '%s' is no date like 2026-11-30\n",
				optarg);
			return 2;
		case 'c':
			o.config = optarg;
			break;
		case 'v':
			o.is_verbose = true;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		default:
			fputs("wenlu ask --help says how it is called\n", stderr);
			return 2;
		}
	}
	if (world_open(&k.world, o.config, o.is_verbose) < 0)
		return 2;
	status = run_opened(&k, &o, argc - optind, argv + optind);
	world_close(&k.world);
	return status;
}

const struct command command_ask = {
    .name = "ask",
    .arguments = "[QUESTION…]",
    .summary = "answer a question, or chat; --batch for files",
    .run = run,
};
