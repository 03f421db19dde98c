/* SPDX-License-Identifier: Apache-2.0 */
/* train.c - `wenlu train`: the model of the configured content, into the cache. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/progress.h"
#include "nlu/tier.h"

static const char help[] =
    "Usage: wenlu train [OPTIONS]\n"
    "\n"
    "Train the model of the configured intents and guides into the cache, so that the daemon\n"
    "starts at once. A model that is there already and fits the content is not trained again.\n"
    "\n"
    "  -t, --tier TIER    linear (the default; in about a second), fast (some ten seconds)\n"
    "                     or accurate (minutes). When it starts and when it reloads, the daemon\n"
    "                     takes the one that knows most of its content's trials.\n"
    "  -c, --config FILE  the configuration (default: as the daemon's)\n"
    "  -h, --help\n";

static const struct option longs[] = {{"config", required_argument, NULL, 'c'},
				      {"tier", required_argument, NULL, 't'},
				      {"help", no_argument, NULL, 'h'},
				      {NULL, 0, NULL, 0}};

/* The language model that is configured, or "" with a word about it if there is none. */
static const char *language_model(const struct settings *s)
{
	const char *path = s->language_model;

	if (strcmp(path, "auto") == 0)
		path = WENLU_LANGUAGE_MODEL;
	if (path[0] && access(path, R_OK) == 0)
		return path;
	fprintf(stderr,
		path[0] ? "wenlu train: %s is not there: training without the meaning of words\n"
			: "wenlu train: training without the meaning of words%s\n",
		path);
	return "";
}

static void on_progress(void *data, double done)
{
	progress_show(data, done);
}

static int improve(struct world *w, const char *tier)
{
	struct progress bar;
	struct improve_options options = {.tier = tier, .progress = on_progress, .data = &bar};
	char line[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];
	struct fault why;
	int r;

	options.language_model = language_model(&w->settings);
	progress_start(&bar, "training");
	r = understander_improve(w->generation->understander, &options, &why);
	progress_end(&bar);
	if (r < 0)
		fprintf(stderr, "wenlu train: %s\n", fault_format(&why, line, sizeof(line)));
	return r;
}

static void tell(const struct world *w)
{
	struct understander_facts facts = understander_facts(w->generation->understander);

	if (facts.from_cache)
		printf("The model was there already");
	else
		printf("Trained in %.2f s", facts.train_seconds);
	printf(": %zu questions, %zu features, model %.2f MB (%s), places %.2f MB.\n",
	       facts.n_examples, facts.n_features, (double)facts.model_bytes / 1e6, facts.tier,
	       (double)facts.gazetteer_bytes / 1e6);
	if (facts.n_trials)
		printf("Of %zu trials it knows %zu (%.2f %%).\n", facts.n_trials,
		       facts.n_trials_right,
		       100.0 * (double)facts.n_trials_right / (double)facts.n_trials);
	if (facts.passed_over)
		printf("The %s tier knows %zu of them, so the %s one goes on being used.\n",
		       facts.passed_over, facts.n_passed_over_right, facts.tier);
}

static int run(int argc, char **argv)
{
	const char *config = NULL, *tier = "linear";
	struct world w;
	int c, status = 0;

	while ((c = getopt_long(argc, argv, "c:t:h", longs, NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (c == 'c') {
			config = optarg;
		} else if (c == 't' && tier_find(optarg) >= 0) {
			tier = optarg;
		} else {
			fputs("wenlu train --help says how it is called\n", stderr);
			return 2;
		}
	}
	if (world_open(&w, config, true) < 0)
		return 2;
	if (strcmp(tier, "linear") != 0 && improve(&w, tier) < 0)
		status = 2;
	else
		tell(&w);
	world_close(&w);
	return status;
}

const struct command command_train = {
    .name = "train",
    .arguments = "[--tier TIER]",
    .summary = "train the model of the content into the cache",
    .run = run,
};
