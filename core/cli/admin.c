/* SPDX-License-Identifier: Apache-2.0 */
/* admin.c - `wenlu admin`: a line for the running server, and what it says to it. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "cli/admin-client.h"
#include "cli/cli.h"

static const char help[] =
    "Usage: wenlu admin [-c FILE] [WORD…]\n"
    "\n"
    "Ask the running server through its administrator's socket; without words: status.\n"
    "\n"
    "  status [json]    how the server is\n"
    "  plugins [json]   the plugins in use, how they are, and which were left out and why\n"
    "  metrics          all figures, as Prometheus reads them\n"
    "  reload           read content, certificates, pages and bots again; says what came of it\n"
    "  log LEVEL        error, warn, info or debug, until the next start\n"
    "  stop             finish what is under way and stop\n"
    "  help             what this server knows besides\n"
    "\n"
    "  -c, --config FILE  the configuration (default: as the daemon's)\n"
    "  -h, --help\n";

static int tell(const char *config, char **words, int n)
{
	struct buf line = BUF_INIT, reply = BUF_INIT;
	struct settings settings;
	int r = world_settings_file(&settings, config), status = 2;

	for (int i = 0; i < n; i++)
		buf_printf(&line, "%s%s", i ? " " : "", words[i]);
	if (n == 0)
		buf_str(&line, "status");
	if (r == 0) {
		r = admin_ask(settings.admin_socket, buf_view(&line), &reply);
		if (r < 0)
			fprintf(stderr, "wenlu: admin_socket %s: %s%s\n", settings.admin_socket,
				error_text(r),
				r == -ENOENT || r == -ECONNREFUSED
				    ? "; is the server running, with "
				      "this configuration?"
				: r == -EACCES ? "; only the server's own user may ask there"
					       : "");
		else
			status = view_starts(buf_view(&reply), VIEW("error")) ||
				 view_starts(buf_view(&reply), VIEW("failed"));
		fwrite(reply.ptr ? reply.ptr : "", 1, reply.len, stdout);
	}
	settings_done(&settings);
	buf_done(&line);
	buf_done(&reply);
	return status;
}

static int run(int argc, char **argv)
{
	static const struct option longs[] = {{"config", required_argument, NULL, 'c'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	const char *config = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "c:h", longs, NULL)) != -1) {
		switch (c) {
		case 'c':
			config = optarg;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		default:
			fputs("wenlu admin --help says how it is called\n", stderr);
			return 2;
		}
	}
	return tell(config, argv + optind, argc - optind);
}

const struct command command_admin = {
    .name = "admin",
    .arguments = "[WORD…]",
    .summary = "ask the running server how it is, reload, stop",
    .run = run,
};
