/* SPDX-License-Identifier: Apache-2.0 */
/* progress.h - a bar on stderr for what takes longer than a second, when a person is looking. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	const char *what;
	int64_t start_ns, shown_ns;
	bool is_shown, is_ticking;
};

/* Until the first progress_show() the seconds are counted, by SIGALRM; one at a time. */
void progress_start(struct progress *p, const char *what);
/* done: 0 .. 1 */
void progress_show(struct progress *p, double done);
/* Wipes the bar. */
void progress_end(struct progress *p);

#endif
