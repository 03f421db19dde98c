/* SPDX-License-Identifier: Apache-2.0 */
/* region-preview.c - `wenlu region preview`: answers from a guide that is not installed. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/say.h"
#include "cli/preview.h"
#include "cli/region.h"
#include "engine/canary.h"
#include "wire/json.h"

static const char help[] =
    "Usage: wenlu region preview [OPTIONS] FILE [QUESTION…]\n"
    "\n"
    "Answer from a guide (.yaml) or plugin (.so) together with all that is installed, before it\n"
    "is installed itself. Without a question: ask its canary questions.\n"
    "\n"
    "  -j, --json         print the reply as the wire format has it\n"
    "  -w, --why          also say why\n"
    "  -c, --config FILE  the configuration (default: as the daemon's)\n"
    "  -h, --help\n"
    "\n"
    "Exit status: 0 answered, or all canary questions answered as they should be; 1 not so, or\n"
    "the guide has errors; 2 called wrongly.\n";

struct previewing {
	struct preview preview;
	struct buf out;
	bool as_json, want_why;
	int status;
};

static void print_reply(void *data, const struct reply *reply)
{
	struct reply_envelope envelope = {.seq = 0};
	struct previewing *p = data;

	buf_clear(&p->out);
	if (p->as_json)
		reply_write(&p->out, reply, &envelope);
	else
		buf_view_add(&p->out, reply->text);
	printf("%.*s\n", VIEW_ARG(buf_view(&p->out)));
	for (size_t i = 0; i < reply->why.n && !p->as_json; i++)
		printf("  · %.*s\n", VIEW_ARG(reply->why.items[i]));
	p->status = reply->type == REPLY_DECLINE || reply->type == REPLY_ERROR;
}

static int ask_one(struct previewing *p, int argc, char **argv)
{
	struct buf question = BUF_INIT;
	struct engine_request request = {.want_why = p->want_why};

	for (int i = 0; i < argc; i++)
		buf_printf(&question, "%s%s", i ? " " : "", argv[i]);
	request.text = buf_view(&question);
	asker_ask(&p->preview.asker, &request, print_reply, p);
	buf_done(&question);
	return p->status;
}

struct canary {
	const struct preview *preview;
	const struct guide_canary *what;
	bool is_right;
};

/* Above what is wrong with its answer: the question, and where that is which it should be. */
static void complain(struct canary *c, struct view which)
{
	unsigned line, column;

	guide_place(&c->preview->plugin->guide, which, &line, &column);
	if (c->is_right)
		printf(say("%s:%u:%u: %.*s\n"), c->preview->file, line, column,
		       VIEW_ARG(c->what->ask));
	c->is_right = false;
}

/* Words that the answer has and should not have, or the other way round. */
static void look_for(struct canary *c, struct view text, struct view words, bool is_wanted,
		     const char *otherwise)
{
	if ((view_find(text, words) >= 0) == is_wanted)
		return;
	complain(c, words);
	printf(otherwise, VIEW_ARG(words));
}

static void on_canary(void *data, const struct reply *reply)
{
	struct canary *c = data;
	const struct reply *part = canary_part(c->what, reply);
	struct view got = part->intent ? part->intent->name : view_of(say("nothing known"));

	c->is_right = true;
	if (c->what->intent.len && !view_eq(c->what->intent, got)) {
		complain(c, c->what->intent);
		printf(say("  is to be understood as '%.*s', but is %.*s\n"),
		       VIEW_ARG(c->what->intent), VIEW_ARG(got));
	}
	for (size_t i = 0; i < c->what->n_must; i++)
		look_for(c, reply->text, c->what->must[i], true,
			 say("  the answer lacks '%.*s'\n"));
	for (size_t i = 0; i < c->what->n_must_not; i++)
		look_for(c, reply->text, c->what->must_not[i], false,
			 say("  the answer must not have '%.*s'\n"));
	if (!c->is_right)
		printf(say("  the answer: %.*s\n"), VIEW_ARG(reply->text));
}

static int ask_canaries(struct previewing *p)
{
	const struct guide *g = &p->preview.plugin->guide;
	size_t n_right = 0;

	for (size_t i = 0; i < g->canaries.n; i++) {
		struct canary c = {.preview = &p->preview, .what = &g->canaries.items[i]};
		struct engine_request request = {.text = c.what->ask};

		asker_ask(&p->preview.asker, &request, on_canary, &c);
		n_right += c.is_right;
	}
	printf(say("%zu of %zu canary questions are answered as they should be\n"), n_right,
	       g->canaries.n);
	return n_right == g->canaries.n ? 0 : 1;
}

static int run_opened(struct previewing *p, const char *file, const char *config, int argc,
		      char **argv)
{
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];
	struct problems problems = {.n_errors = 0};
	struct settings settings;
	struct fault why;
	int status = 2, r = world_settings(&settings, config);

	if (r == 0) {
		r = preview_open(&p->preview, &settings, file, &problems, &why);
		cli_problems(&problems);
		if (r == 0)
			status = argc > 0 ? ask_one(p, argc, argv) : ask_canaries(p);
		else if (r == -EBADMSG)
			status = 1;
		else
			fprintf(stderr, say("wenlu region preview: %s\n"),
				fault_format(&why, line, sizeof(line)));
		preview_close(&p->preview);
	}
	problems_done(&problems);
	buf_done(&p->out);
	settings_done(&settings);
	return status;
}

int region_preview(int argc, char **argv)
{
	static const struct option longs[] = {{"json", no_argument, NULL, 'j'},
					      {"why", no_argument, NULL, 'w'},
					      {"config", required_argument, NULL, 'c'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	struct previewing p = {.out = BUF_INIT};
	const char *config = NULL;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "jwc:h", longs, NULL)) != -1) {
		switch (c) {
		case 'j':
			p.as_json = true;
			break;
		case 'w':
			p.want_why = true;
			break;
		case 'c':
			config = optarg;
			break;
		case 'h':
			fputs(say(help), stdout);
			return 0;
		default:
			return cli_refuse_option("wenlu region preview", argv);
		}
	}
	if (optind == argc) {
		fputs(say(help), stderr);
		return 2;
	}
	return run_opened(&p, argv[optind], config, argc - optind - 1, argv + optind + 1);
}
