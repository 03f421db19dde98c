/* SPDX-License-Identifier: Apache-2.0 */
/* progress.c - the bar; see progress.h. */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

#define SECOND    1000000000
#define BAR_WIDTH 40

void progress_start(struct progress *p, const char *what)
{
	*p = (struct progress){.what = what, .start_ns = clock_ns()};
}

void progress_show(struct progress *p, double done)
{
	int64_t now = clock_ns();
	int full = (int)(done * BAR_WIDTH);

	if (now - p->start_ns < SECOND || now - p->shown_ns < SECOND / 10 || !isatty(STDERR_FILENO))
		return;
	p->shown_ns = now;
	p->is_shown = true;
	fprintf(stderr, "\r%s [", p->what);
	for (int i = 0; i < BAR_WIDTH; i++)
		fputc(i < full ? '#' : '.', stderr);
	fprintf(stderr, "] %3.0f %%", done * 100);
	fflush(stderr);
}

void progress_end(struct progress *p)
{
	if (p->is_shown)
		fputs("\r\033[K", stderr);
	p->is_shown = false;
}
