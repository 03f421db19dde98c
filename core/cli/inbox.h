/* SPDX-License-Identifier: Apache-2.0 */
/* inbox.h - the rows of the inbox, those that ask the same together; private to wenlu inbox. */
#ifndef CLI_INBOX_H
#define CLI_INBOX_H

#include "base/arena.h"
#include "base/vec.h"
#include "know/catalog.h"
#include "know/region.h"
#include "store/inbox.h"

struct inbox_item {
	struct inbox_row row;
	size_t group; /* index of the item that leads the group: itself, if it does */
};

struct inbox_view {
	struct arena arena;
	struct catalog catalog;
	struct region_table regions;
	VEC(struct inbox_item) items; /* group by group, the most asked group first */
	const char *label;            /* --label; NULL: what each is nearest to */
	unsigned kinds;               /* bits 1 << kind that are shown */
};

/* From items in any order: group them by how alike their words are, names of places apart. */
void inbox_group(struct inbox_view *v);

/* Ready to be put into an intent: label<TAB>text, or examples in YAML under the intent's name. */
void inbox_export_lines(const struct inbox_view *v);
void inbox_export_yaml(const struct inbox_view *v);
/* The intent whose example this may become: an intent of the catalogue, or NULL. */
const char *inbox_label(const struct inbox_view *v, const struct inbox_note *note);

#endif
