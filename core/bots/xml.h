/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xml.h - the XML of messaging platforms as a flat list of elements.
 *
 * Read by expat with every DTD and every entity of its own refused, UTF-8 only, caps on depth and
 * number. An element is named by its path below the outermost one: "MsgType", "SendLocationInfo/
 * Label".
 */
#ifndef BOTS_XML_H
#define BOTS_XML_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

struct xml_element {
	struct view path;
	struct view text; /* its own characters, without those of elements in it */
};

struct xml {
	const struct xml_element *elements;
	size_t n;
};

/* 0, or -EBADMSG with *why. All in the arena. */
int xml_read(struct arena *a, struct view text, struct xml *ret, struct fault *why);
/* The text of the first element of this path; "" if there is none. */
struct view xml_text(const struct xml *x, const char *path);

/* <NAME><![CDATA[text]]></NAME>, whatever is in the text. */
void xml_put(struct buf *out, const char *name, struct view text);

#endif
