/* SPDX-License-Identifier: Apache-2.0 */
/* guide-topic.h - the part of guide reading that fills a topic; for guide.c and guide-case.c only.
 */
#ifndef KNOW_GUIDE_TOPIC_H
#define KNOW_GUIDE_TOPIC_H

#include "know/guide.h"
#include "know/reader.h"

/* What all parts of one topic share while it is read. */
struct topic_reader {
	const struct reader *r;
	const struct guide *guide; /* its sources have been read */
	struct view source;        /* the topic's own, "" if it has none */
};

/* What stands under one topic; the sources of `g` have been read. The intent is left alone. */
void guide_read_topic(const struct reader *r, const struct yaml_node *node, const struct guide *g,
		      struct guide_topic *ret);
/* http:// or https:// without blanks; "" if there is none or it is wrong. */
struct view guide_read_url(const struct reader *r, const struct yaml_node *node);

/* The source of one element: its own, else the topic's; telling if there is neither. */
struct view topic_source(const struct topic_reader *t, const struct yaml_node *element);
/* A text that citizens read, "" if it is not there; told if a comment takes its end away. */
struct view topic_spoken(const struct topic_reader *t, const struct yaml_node *node,
			 const char *what);

#endif
