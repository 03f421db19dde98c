/* SPDX-License-Identifier: Apache-2.0 */
/* guide-topic.h - the part of guide reading that fills struct facts; for guide.c only. */
#ifndef KNOW_GUIDE_TOPIC_H
#define KNOW_GUIDE_TOPIC_H

#include "know/guide.h"
#include "know/reader.h"

/* What stands under one topic; the sources of `g` have been read. */
void guide_read_topic(const struct reader *r, const struct yaml_node *node, const struct guide *g,
		      struct facts *ret);
/* http:// or https:// without blanks; "" if there is none or it is wrong. */
struct view guide_read_url(const struct reader *r, const struct yaml_node *node);

#endif
