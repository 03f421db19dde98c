/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wording.h - the program's own sentences, as templates in data: wording/zh.yaml.
 *
 * A template is text with {name} places. One file, so that a portal can adapt the voice without C.
 * Where an entry has several templates they say the same in other words.
 */
#ifndef KNOW_WORDING_H
#define KNOW_WORDING_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/view.h"

struct wording;

struct word_value {
	const char *name;
	struct view value;
};

int wording_load(struct arena *a, const char *path, struct wording **ret, struct fault *why);
/* True if there is an entry of that name. */
bool wording_has(const struct wording *w, const char *name);
/*
 * Put the template `name` into `out`, its places filled from values[n]. A place without a value
 * stays empty; an unknown template puts its own name in brackets (a test finds it). `turn` chooses
 * among several templates.
 */
void wording_put(const struct wording *w, struct buf *out, const char *name, unsigned turn,
		 const struct word_value *values, size_t n);

#endif
