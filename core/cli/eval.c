/* SPDX-License-Identifier: Apache-2.0 */
/* eval.c - `wenlu eval`: how well it understands, in figures. */
#include "cli/eval.h"

#include <getopt.h>
#include <stdio.h>

static const char help[] =
    "Usage: wenlu eval [OPTIONS]\n"
    "\n"
    "Measure understanding. With --test alone: the configured content on those questions. With\n"
    "--train: a model made of these lines alone. Without --test: cross-validation.\n"
    "\n"
    "  -t, --train FILE   lines label<TAB>question to learn from; several times\n"
    "  -T, --test FILE    lines to be measured on; further columns are style and regions;\n"
    "                     with the label - only places are measured\n"
    "      --tier TIER    linear, fast or accurate (default: accurate with --train and --test if\n"
    "                     there are 1000 lines or more, else linear)\n"
    "      --cv N         cross-validate in N parts (default without --test: 5)\n"
    "      --unseen       learn every second label only: how well are the others told apart?\n"
    "  -j, --json         one object with all figures\n"
    "  -p, --predictions FILE  write gold, predicted, confidence and question, tab-separated\n"
    "      --places FILE  write right or wrong, the places meant, those found and question, "
    "tab-separated\n"
    "      --html FILE    a page with plots that needs nothing else\n"
    "      --no-noise     do not measure mistyped copies (see wenlu noise)\n"
    "  -s, --seed NUMBER  other mistyped copies (default: 1)\n"
    "  -c, --config FILE  the configuration (default: as the daemon's)\n"
    "  -h, --help\n";

enum { OPTION_CV = 256, OPTION_PLACES, OPTION_UNSEEN, OPTION_HTML, OPTION_NO_NOISE, OPTION_TIER };

static const struct option longs[] = {{"train", required_argument, NULL, 't'},
				      {"test", required_argument, NULL, 'T'},
				      {"cv", required_argument, NULL, OPTION_CV},
				      {"tier", required_argument, NULL, OPTION_TIER},
				      {"unseen", no_argument, NULL, OPTION_UNSEEN},
				      {"json", no_argument, NULL, 'j'},
				      {"predictions", required_argument, NULL, 'p'},
				      {"places", required_argument, NULL, OPTION_PLACES},
				      {"html", required_argument, NULL, OPTION_HTML},
				      {"no-noise", no_argument, NULL, OPTION_NO_NOISE},
				      {"seed", required_argument, NULL, 's'},
				      {"config", required_argument, NULL, 'c'},
				      {"help", no_argument, NULL, 'h'},
				      {NULL, 0, NULL, 0}};

static bool read_number(const char *what, const char *text, uint64_t least, uint64_t most,
			uint64_t *ret)
{
	uint64_t n;

	if (view_to_u64(view_of(text), &n) == 0 && n >= least && n <= most) {
		*ret = n;
		return true;
	}
	fprintf(stderr, "wenlu eval: --%s is a number from %llu to %llu\n", what,
		(unsigned long long)least, (unsigned long long)most);
	return false;
}

static bool add_train(struct eval_options *o, const char *path)
{
	if (o->n_trains == EVAL_TRAIN_MAX) {
		fprintf(stderr, "wenlu eval: more than %d files to learn from\n", EVAL_TRAIN_MAX);
		return false;
	}
	o->trains[o->n_trains++] = path;
	return true;
}

static bool take(struct eval_options *o, int option, const char *value)
{
	uint64_t folds;

	switch (option) {
	case 't':
		return add_train(o, value);
	case 'T':
		o->test = value;
		return true;
	case OPTION_CV:
		if (!read_number("cv", value, 2, 100, &folds))
			return false;
		o->folds = (unsigned)folds;
		return true;
	case OPTION_TIER:
		o->tier = value;
		return true;
	case OPTION_UNSEEN:
		o->hides_half = true;
		return true;
	case 'j':
		o->as_json = true;
		return true;
	case 'p':
		o->predictions = value;
		return true;
	case OPTION_PLACES:
		o->places = value;
		return true;
	case OPTION_HTML:
		o->html = value;
		return true;
	case OPTION_NO_NOISE:
		o->no_noise = true;
		return true;
	case 's':
		return read_number("seed", value, 0, UINT64_MAX, &o->seed);
	case 'c':
		o->config = value;
		return true;
	default:
		fputs("wenlu eval --help says how it is called\n", stderr);
		return false;
	}
}

/* What cannot go together. */
static bool is_sensible(struct eval_options *o)
{
	const char *wrong = NULL;

	if (o->test && o->folds)
		wrong = "--test and --cv are two ways to measure: choose one";
	else if (o->hides_half && (!o->test || !o->n_trains))
		wrong = "--unseen needs --train and --test";
	else if (o->places && (!o->test || o->n_trains))
		wrong = "--places needs --test, and the configured content: leave --train out";
	if (wrong)
		fprintf(stderr, "wenlu eval: %s\n", wrong);
	if (!o->folds)
		o->folds = 5;
	return !wrong;
}

static int written(const char *path, int r)
{
	if (r == 0)
		return 0;
	fprintf(stderr, "wenlu eval: %s: %s\n", path, error_text(r));
	return 2;
}

static int measure(const struct eval_options *o)
{
	struct eval e = {.o = o};
	int status = 2;

	arena_init(&e.arena, 1 << 20);
	if (eval_run(&e) == 0) {
		status = 0;
		if (o->as_json)
			eval_json(&e);
		else
			eval_text(&e);
		if (o->predictions)
			status = written(o->predictions, eval_predictions(&e, o->predictions));
		if (o->places && status == 0)
			status = written(o->places, eval_placed(&e, o->places));
		if (o->html && status == 0)
			status = written(o->html, eval_html(&e, o->html));
	}
	samples_done(&e.train);
	samples_done(&e.test);
	arena_done(&e.arena);
	return status;
}

static int run(int argc, char **argv)
{
	struct eval_options o = {.seed = 1};
	int c;

	while ((c = getopt_long(argc, argv, "t:T:jp:s:c:h", longs, NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			return 0;
		}
		if (!take(&o, c, optarg))
			return 2;
	}
	if (optind < argc) {
		fprintf(stderr, "wenlu eval: '%s': files are named with --train and --test\n",
			argv[optind]);
		return 2;
	}
	return is_sensible(&o) ? measure(&o) : 2;
}

const struct command command_eval = {
    .name = "eval",
    .arguments = "[--train FILE] --test FILE",
    .summary = "measure understanding",
    .run = run,
};
