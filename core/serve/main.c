/* SPDX-License-Identifier: Apache-2.0 */
/* main.c - wenlud: the command line, and the order of starting and stopping. */
#include <config.h>

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "bots/config.h"
#include "serve/content.h"
#include "serve/edge_check.h"
#include "serve/notify.h"
#include "serve/parent.h"
#include "serve/server.h"
#include "serve/static.h"
#include "serve/tls_check.h"

#define SETS_MAX 64

enum { EXIT_FAULT = 1, EXIT_USAGE = 2 };

enum { OPT_SET = 256, OPT_PORT_FILE, OPT_PRINT_CONFIG };

struct options {
	struct arena arena; /* settings that other options stand for */
	const char *config;
	const char *sets[SETS_MAX];
	size_t n_sets;
	bool only_test, is_verbose;
};

static void print_help(void)
{
	struct buf out = BUF_INIT;

	buf_str(&out,
		"wenlud - answers citizens' questions about public services, over WebSocket and "
		"HTTP\n"
		"\n"
		"Usage: wenlud [options]\n"
		"\n"
		"  -c, --config FILE     the configuration (default: in-place.conf beside the "
		"program,\n"
		"                        else " WENLU_CONFDIR "/wenlu.conf)\n"
		"  -p, --port PORT       listen on this port; 0 lets the system choose\n"
		"      --port-file FILE  write the port in use into FILE once ready\n"
		"      --set KEY=VALUE   any setting below; may be given many times\n"
		"  -t, --test            check configuration and all content, say what is wrong, "
		"exit\n"
		"                        with 0 or 1\n"
		"  -v, --verbose         log more (log_level = debug)\n"
		"      --print-config    the commented configuration file with all defaults\n"
		"  -V, --version         the version\n"
		"  -h, --help            this\n"
		"\n"
		"Signals: TERM and INT finish what is under way and stop, a second one stops at "
		"once;\n"
		"HUP reads the content again. The administrator's socket does the same: see "
		"admin_socket.\n"
		"\n"
		"Settings, with their defaults:\n");
	settings_help(&out);
	fputs(out.ptr, stdout);
	buf_done(&out);
}

static void print_config(void)
{
	struct buf out = BUF_INIT;

	settings_sample(&out, true);
	fputs(out.ptr, stdout);
	buf_done(&out);
}

static int add_set(struct options *o, const char *key, const char *value)
{
	if (o->n_sets == SETS_MAX) {
		fprintf(stderr, "wenlud: more than %d settings on the command line\n", SETS_MAX);
		return EXIT_USAGE;
	}
	o->sets[o->n_sets++] = key ? arena_printf(&o->arena, "%s=%s", key, value).ptr : value;
	return -1;
}

/* -1: go on; else the exit status. */
static int parse_options(int argc, char **argv, struct options *o)
{
	static const struct option longs[] = {
	    {"config", required_argument, NULL, 'c'},
	    {"port", required_argument, NULL, 'p'},
	    {"port-file", required_argument, NULL, OPT_PORT_FILE},
	    {"set", required_argument, NULL, OPT_SET},
	    {"test", no_argument, NULL, 't'},
	    {"verbose", no_argument, NULL, 'v'},
	    {"print-config", no_argument, NULL, OPT_PRINT_CONFIG},
	    {"version", no_argument, NULL, 'V'},
	    {"help", no_argument, NULL, 'h'},
	    {NULL, 0, NULL, 0},
	};
	int c, status = -1;

	while (status < 0 && (c = getopt_long(argc, argv, "c:p:tvVh", longs, NULL)) != -1) {
		switch (c) {
		case 'c':
			o->config = optarg;
			break;
		case 'p':
			status = add_set(o, "port", optarg);
			break;
		case OPT_PORT_FILE:
			status = add_set(o, "port_file", optarg);
			break;
		case OPT_SET:
			status = add_set(o, NULL, optarg);
			break;
		case 't':
			o->only_test = true;
			break;
		case 'v':
			o->is_verbose = true;
			break;
		case OPT_PRINT_CONFIG:
			print_config();
			return 0;
		case 'V':
			puts("wenlud " PACKAGE_VERSION);
			return 0;
		case 'h':
			print_help();
			return 0;
		default:
			fputs("wenlud --help says how it is called\n", stderr);
			return EXIT_USAGE;
		}
	}
	if (status < 0 && optind < argc) {
		fprintf(stderr, "wenlud: what is '%s'? wenlud --help says how it is called\n",
			argv[optind]);
		return EXIT_USAGE;
	}
	return status;
}

static void say(const struct problems *problems)
{
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	for (size_t i = 0; i < problems->list.n; i++)
		fprintf(stderr, "%s: %s\n", problems->list.items[i].is_error ? "error" : "warning",
			fault_format(&problems->list.items[i].fault, text, sizeof(text)));
}

/* Their secrets are read again when the server starts. */
static int check_bots(const struct settings *s, struct problems *problems)
{
	struct bot_list bots;
	int r = bots_read(s, &bots, problems);

	bot_list_done(&bots);
	return r;
}

static int read_settings(const struct options *o, struct settings *s, struct problems *problems)
{
	bool exists = true;
	const char *path = o->config;
	struct fault why;
	int r = 0;

	if (!path)
		path = settings_default_file(s, &exists);
	if (exists)
		r = settings_read(s, path, problems);
	if (r < 0 && r != -EBADMSG)
		return r;
	for (size_t i = 0; i < o->n_sets; i++) {
		int q = settings_set(s, o->sets[i], &why);

		if (q < 0) {
			problem_add(problems, true, NULL, 0, 0, "%s", why.text);
			r = q;
		}
	}
	if (o->is_verbose)
		s->log_level = "debug";
	/* What follows from a file that could not be read, or not as it was meant, tells nobody
	 * what to do. */
	if (r < 0)
		return r;
	if (settings_check(s, problems) < 0)
		r = -EINVAL;
	if (edge_check(s, problems) < 0)
		r = -EINVAL;
	if (tls_check(s, problems) < 0 && r == 0)
		r = -EINVAL;
	if (check_bots(s, problems) < 0 && r == 0)
		r = -EINVAL;
	return r;
}

static void set_up_log(const struct settings *s)
{
	enum log_level level = LOG_LEVEL_INFO;
	enum log_form form = LOG_FORM_TEXT;

	/* The table allows only names that these know. */
	(void)log_level_parse(s->log_level, &level);
	(void)log_form_parse(s->log_form, &form);
	log_setup("wenlud", form, level);
}

/* For -t: here and now. */
static int build(const struct settings *s, struct generation **ret, struct problems *problems)
{
	struct generation_paths paths;
	struct fault why;
	int r;

	settings_paths(s, &paths);
	r = generation_build(&paths, ret, problems, &why);
	if (r < 0)
		problem_add(problems, true, why.file[0] ? why.file : NULL, why.line, why.column,
			    "%s", why.text);
	else
		plugin_settings_match(&paths.of_plugins, (*ret)->registry, problems);
	return r;
}

static void log_content(const struct generation *g)
{
	struct understander_facts model = understander_facts(g->understander);

	log_info("content: %zu regions, %zu intents with %zu examples, %zu plugins",
		 g->regions.n_items, g->catalog.n_intents, model.n_examples,
		 registry_count(g->registry));
	log_info("model: %s, %zu KiB, made by the builder; it knows %zu of %zu trials", model.tier,
		 model.model_bytes / 1024, model.n_trials_right, model.n_trials);
}

static void log_ready(const struct server *s, int64_t began)
{
	log_content(engine_generation(s->engine));
	for (size_t i = 0; i < s->listeners.list.n; i++)
		log_info("listening on %s%s", s->listeners.list.items[i]->name,
			 s->settings->tls_certificate[0] ? " with TLS" : "");
	log_info("ready in %lld ms", (long long)(clock_ms() - began));
}

static volatile sig_atomic_t has_early_hup;

static void on_early_hup(int signum)
{
	(void)signum;
	has_early_hup = 1;
}

/* A handler and not a mask: children would inherit that. The loop's own takes over later. */
static void await_hup(void)
{
	struct sigaction action = {.sa_handler = on_early_hup, .sa_flags = SA_RESTART};

	sigaction(SIGHUP, &action, NULL);
}

static int serve(struct settings *settings, struct builder *builder, struct generation *g,
		 int64_t began)
{
	struct server s;
	struct fault why;
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];

	if (server_start(&s, settings, g, NULL, &why) < 0) {
		log_error("%s", fault_format(&why, text, sizeof(text)));
		builder_free(builder);
		return EXIT_FAULT;
	}
	server_follow(&s, builder);
	log_ready(&s, began);
	notify("READY=1");
	if (has_early_hup)
		content_reload(s.content, 0);
	while (!s.is_done)
		loop_run(s.loop);
	server_stop(&s);
	log_info("stopped");
	return 0;
}

static int test_result(const struct problems *problems, const struct generation *g)
{
	say(problems);
	if (problems_errors(problems) > 0) {
		fprintf(stderr, "%zu errors\n", problems_errors(problems));
		return EXIT_FAULT;
	}
	if (g)
		printf("configuration and content are fine: %zu regions, %zu intents, %zu "
		       "plugins\n",
		       g->regions.n_items, g->catalog.n_intents, registry_count(g->registry));
	return 0;
}

int main(int argc, char **argv)
{
	struct options o = {.config = NULL};
	struct settings settings;
	struct problems problems = {.list = VEC_INIT};
	struct generation *g = NULL;
	struct builder *builder = NULL;
	int64_t began = clock_ms();
	int status;

	/* We were started by ourselves. */
	if (argc == 3 && strcmp(argv[1], BUILDER_MODE) == 0)
		return builder_main(argv[2]);
	arena_init(&o.arena, 1024);
	settings_init(&settings);
	status = parse_options(argc, argv, &o);
	if (status >= 0)
		goto out;
	if (read_settings(&o, &settings, &problems) < 0) {
		say(&problems);
		status = EXIT_FAULT;
		goto out;
	}
	set_up_log(&settings);
	if (o.only_test) {
		static_check(&settings, &problems);
		(void)build(&settings, &g, &problems);
		status = test_result(&problems, g);
		goto out;
	}
	await_hup();
	if (content_first(&settings, &builder, &g, &problems) < 0) {
		status = test_result(&problems, g);
		goto out;
	}
	content_log(&problems);
	if (settings_workers(&settings) > 1) {
		log_content(g);
		status = parent_run(&settings, builder, g, began, &has_early_hup);
		g = NULL;
	} else {
		status = serve(&settings, builder, g, began);
	}
out:
	generation_unref(g);
	problems_done(&problems);
	settings_done(&settings);
	arena_done(&o.arena);
	return status;
}
