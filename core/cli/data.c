/* SPDX-License-Identifier: Apache-2.0 */
/* data.c - `wenlu data`: looking after example questions. */
#include "cli/data.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const char help[] =
    "Usage: wenlu data check [OPTIONS] [FILE…]\n"
    "       wenlu data import --from rasa|csv|jsonl [OPTIONS] FILE\n"
    "\n"
    "check   what a reviewer of example questions looks for: the same question twice, nearly\n"
    "        the same ones in two intents, strays, intents with too few examples\n"
    "import  examples from other programs, as lines or as intent files\n"
    "\n"
    "wenlu data check --help and wenlu data import --help tell more.\n";

static int run(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "check") == 0)
		return data_check(argc - 1, argv + 1);
	if (argc > 1 && strcmp(argv[1], "import") == 0)
		return data_import(argc - 1, argv + 1);
	if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		fputs(help, stdout);
		return 0;
	}
	fputs(help, stderr);
	return 2;
}

const struct command command_data = {
    .name = "data",
    .arguments = "check|import …",
    .summary = "look after example questions",
    .run = run,
};
