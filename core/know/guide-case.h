/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guide-case.h - 情形: what a topic says of a figure that somebody gives; for guide reading and
 * checking only.
 *
 * A case is about the numbers from one bound to another, each as laws word it: min (满), over
 * (超过), max (不超过, …内), under (不满).
 */
#ifndef KNOW_GUIDE_CASE_H
#define KNOW_GUIDE_CASE_H

#include "know/guide-topic.h"

/* A topic's `cases:`, NULL for none. */
void guide_read_cases(const struct topic_reader *t, const struct yaml_node *list,
		      struct guide_topic *ret);
/*
 * Hold a topic's cases against its matter and each other: figures that the matter does not know,
 * units that do not become the figure's, numbers that two cases are about, and that none is about.
 */
void guide_check_cases(const struct guide *g, const struct guide_topic *t, const struct matter *m,
		       const char *file, struct problems *problems);

#endif
