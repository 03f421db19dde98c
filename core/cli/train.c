/* SPDX-License-Identifier: Apache-2.0 */
/* train.c - `wenlu train`: the model of the configured content, into the cache. */
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"

static const char help[] =
    "Usage: wenlu train [OPTIONS]\n"
    "\n"
    "Train the model of the configured intents and guides into the cache, so that the daemon\n"
    "starts at once. A model that is there already and fits the content is not trained again.\n"
    "\n"
    "  -c, --config FILE  the configuration (default: as the daemon's)\n"
    "  -h, --help\n";

static int run(int argc, char **argv)
{
	static const struct option longs[] = {{"config", required_argument, NULL, 'c'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	struct understander_facts facts;
	const char *config = NULL;
	struct world w;
	int c;

	while ((c = getopt_long(argc, argv, "c:h", longs, NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (c != 'c') {
			fputs("wenlu train --help says how it is called\n", stderr);
			return 2;
		}
		config = optarg;
	}
	if (world_open(&w, config, true) < 0)
		return 2;
	facts = understander_facts(w.generation->understander);
	if (facts.from_cache)
		printf("The model was there already");
	else
		printf("Trained in %.2f s", facts.train_seconds);
	printf(": %zu questions, %zu features, model %.2f MB (%s), places %.2f MB.\n",
	       facts.n_examples, facts.n_features, (double)facts.model_bytes / 1e6, facts.tier,
	       (double)facts.gazetteer_bytes / 1e6);
	world_close(&w);
	return 0;
}

const struct command command_train = {
    .name = "train",
    .arguments = "",
    .summary = "train the model of the content into the cache",
    .run = run,
};
