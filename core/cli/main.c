/* SPDX-License-Identifier: Apache-2.0 */
/* main.c - `wenlu`: finds the subcommand and runs it. */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/say.h"
#include "cli/cli.h"
#include "cli/language.h"
#include "config.h"
#include "know/nearest.h"

static const struct command *const commands[] = {
    &command_admin, &command_ask,   &command_bot,    &command_check,  &command_data,  &command_eval,
    &command_inbox, &command_noise, &command_plugin, &command_region, &command_train,
};

#define N_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static int usage(FILE *out, int status)
{
	fputs(say("Usage: wenlu COMMAND [ARGUMENTS]\n"
		  "\n"
		  "Ask Wenlu 问路 without a server, and look after its content.\n"
		  "\n"),
	      out);
	for (size_t i = 0; i < N_COMMANDS; i++)
		fprintf(out, "  %-7s %-24s %s\n", commands[i]->name, commands[i]->arguments,
			say(commands[i]->summary));
	fputs(say("\n"
		  "  wenlu COMMAND --help   all about one command\n"
		  "  wenlu --version\n"
		  "\n"
		  "Begin with: wenlu ask 郑州怎么查居住证编号\n"),
	      out);
	return status;
}

/* It may be the running server's command, or a misspelt one. */
static int unknown(const char *name)
{
	static const char *const of_admin[] = {"status", "plugins", "metrics",
					       "reload", "log",     "stop"};
	struct nearest near = NEAREST_INIT(view_of(name));

	for (size_t i = 0; i < sizeof(of_admin) / sizeof(of_admin[0]); i++) {
		if (strcmp(name, of_admin[i]) != 0)
			continue;
		fprintf(stderr,
			say("wenlu: there is no command '%s'; for the running server: wenlu admin "
			    "%s\n"),
			name, name);
		return 2;
	}
	for (size_t i = 0; i < N_COMMANDS; i++)
		nearest_offer(&near, view_of(commands[i]->name));
	if (near.best.ptr)
		fprintf(stderr, say("wenlu: there is no command '%s'; did you mean '%.*s'?\n"),
			name, VIEW_ARG(near.best));
	else
		fprintf(stderr, say("wenlu: there is no command '%s'; wenlu --help lists them\n"),
			name);
	return 2;
}

int main(int argc, char **argv)
{
	setlocale(LC_CTYPE, "");
	/* A bare machine has no locale; what is read and said is UTF-8 all the same. */
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	say_in(language_sayings());
	if (argc < 2)
		return usage(stderr, 2);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0)
		return usage(stdout, 0);
	if (strcmp(argv[1], "--version") == 0) {
		puts("wenlu " PACKAGE_VERSION);
		return 0;
	}
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (strcmp(commands[i]->name, argv[1]) == 0)
			return commands[i]->run(argc - 1, argv + 1);
	return unknown(argv[1]);
}
