/* SPDX-License-Identifier: Apache-2.0 */
/* region.c - `wenlu region`: the kit of those who write guides. */
#include "cli/region.h"

#include <stdio.h>
#include <string.h>

#include "base/say.h"
#include "cli/cli.h"

static const char help[] =
    "Usage: wenlu region new NAME CODE TITLE [--with-code] [FOLDER]\n"
    "       wenlu region preview [OPTIONS] FILE [QUESTION…]\n"
    "       wenlu region coverage [--format text|html|csv] [OPTIONS]\n"
    "\n"
    "new       begin a region: a commented guide, a Makefile, a test, which pass at once\n"
    "preview   answer from a guide before it is installed; without a question: ask its canary\n"
    "          questions\n"
    "coverage  what is known where: a table of regions and intents\n"
    "\n"
    "wenlu region new --help, and so on, tell more.\n";

static int run(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(int argc, char **argv);
	} parts[] = {
	    {"new", region_new}, {"preview", region_preview}, {"coverage", region_coverage}};

	for (size_t i = 0; argc > 1 && i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcmp(argv[1], parts[i].name) == 0)
			return parts[i].run(argc - 1, argv + 1);
	if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		fputs(say(help), stdout);
		return 0;
	}
	fputs(say(help), stderr);
	return 2;
}

const struct command command_region = {
    .name = "region",
    .arguments = "new|preview|coverage …",
    .summary = "begin a region, try its guide, see what is known where",
    .run = run,
};
