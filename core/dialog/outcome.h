/* SPDX-License-Identifier: Apache-2.0 */
/* outcome.h - what came of asking one place's guides about one intent. */
#ifndef DIALOG_OUTCOME_H
#define DIALOG_OUTCOME_H

#include "know/guide.h"

struct outcome {
	const struct intent *intent;
	const struct region *asked;      /* NULL: no place was named, the whole country */
	const struct region *level;      /* who answered; NULL: nobody knows            */
	const struct facts *facts;       /* NULL: nobody knows                          */
	const struct guide *guide;       /* where the sources of the facts are          */
	const struct guide_case *within; /* the case of a figure that it was judged by; NULL */
	struct view instead;    /* the summary that the case stands in place of; or empty */
	struct inquiry inquiry; /* for a figure that would decide and was not given */
	bool is_degraded;       /* a plugin's code should have answered and could not */
};

#endif
