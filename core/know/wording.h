/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wording.h - the program's own sentences, as templates in data: wording/zh.yaml.
 *
 * A template is text with {name} places. One file, so that a portal can adapt the voice without C.
 * Where an entry has several templates they say the same in other words. A part in [brackets] is
 * left out when every place in it is empty. {{ }} [[ ]] are the signs themselves. Entries may stand
 * in maps: reply: {greet: …} is the entry reply.greet.
 */
#ifndef KNOW_WORDING_H
#define KNOW_WORDING_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/files.h"
#include "base/view.h"

struct matter;
struct wording;

struct word_value {
	const char *name;
	struct view value;
};

/* The sentences of matters, beside the file: n of them. NULL where there are none. */
struct wording_matters {
	const struct matter *items;
	size_t n;
};
/*
 * 0, or -errno with the file, line and reason. The wording lives in the arena. What a matter says
 * in its own words (matter.yaml, wording:) is the entry matter.NAME.ENTRY; a file that has an entry
 * of that name overrides it. What the file leaves out is said in the words of wording/zh.yaml as it
 * was when the program was built, so that a file may hold only what it says otherwise, and goes on
 * working with a later program.
 */
int wording_load(struct arena *a, const char *path, const struct wording_matters *matters,
		 struct wording **ret, struct fault *why);
/* The same from a snapshot; NULL is the disk. */
int wording_load_from(const struct files *from, struct arena *a, const char *path,
		      const struct wording_matters *matters, struct wording **ret,
		      struct fault *why);
/* From text, and nothing but it; `file` is for messages. */
int wording_parse(struct arena *a, struct view yaml, const char *file,
		  const struct wording_matters *matters, struct wording **ret, struct fault *why);
/* True if there is an entry of that name. */
bool wording_has(const struct wording *w, const char *name);
/*
 * Put the template `name` into `out`, its places filled from values[n]. A place without a value
 * stays empty; an unknown template puts its own name in brackets (a test finds it). `turn` chooses
 * among several templates.
 */
void wording_put(const struct wording *w, struct buf *out, const char *name, unsigned turn,
		 const struct word_value *values, size_t n);

/*
 * For tests and `wenlu check`: the entries in order of their names, and the places their templates
 * use. False when i (or k) is behind the last. A place that stands twice is told twice.
 */
bool wording_entry(const struct wording *w, size_t i, struct view *ret_name);
bool wording_place(const struct wording *w, size_t i, size_t k, struct view *ret_place);

#endif
