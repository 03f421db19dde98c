/* SPDX-License-Identifier: Apache-2.0 */
/* progress.c - the bar; see progress.h. */
#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/clock.h"

#define SECOND    1000000000
#define BAR_WIDTH 40

/* What the signal handler sees. */
static char tick_text[64];
static size_t tick_digits; /* where the five digits begin */
static volatile sig_atomic_t n_ticks;

/* Only write() and arithmetic: this is a signal handler. */
static void on_tick(int signum)
{
	int n = ++n_ticks;

	(void)signum;
	for (size_t i = 5; i > 0; i--, n /= 10)
		tick_text[tick_digits + i - 1] = n || i == 5 ? (char)('0' + n % 10) : ' ';
	if (write(STDERR_FILENO, tick_text, strlen(tick_text)) < 0)
		return;
}

static void set_ticking(bool on)
{
	struct itimerval every = {{on, 0}, {on, 0}};
	struct sigaction act = {.sa_handler = on ? on_tick : SIG_IGN, .sa_flags = SA_RESTART};

	if (!on)
		setitimer(ITIMER_REAL, &every, NULL);
	sigaction(SIGALRM, &act, NULL);
	if (on)
		setitimer(ITIMER_REAL, &every, NULL);
}

void progress_start(struct progress *p, const char *what)
{
	*p = (struct progress){.what = what, .start_ns = clock_ns()};
	if (!isatty(STDERR_FILENO))
		return;
	n_ticks = 0;
	tick_digits = (size_t)snprintf(tick_text, sizeof(tick_text), "\r%.40s ", what);
	memcpy(tick_text + tick_digits, "      s", 8);
	p->is_ticking = true;
	set_ticking(true);
}

static void stop_ticking(struct progress *p)
{
	if (!p->is_ticking)
		return;
	p->is_ticking = false;
	p->is_shown |= n_ticks > 0;
	set_ticking(false);
}

void progress_show(struct progress *p, double done)
{
	int64_t now = clock_ns();
	int full = (int)(done * BAR_WIDTH);

	stop_ticking(p);
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
	stop_ticking(p);
	if (p->is_shown)
		fputs("\r\033[K", stderr);
	p->is_shown = false;
}
