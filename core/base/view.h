/* SPDX-License-Identifier: Apache-2.0 */
/*
 * view.h - a borrowed piece of text: pointer and length, no owner.
 *
 * A view never owns its bytes and need not end in NUL. Whoever made the bytes says how long they
 * live: most views point into an arena (request or generation) or at a literal.
 */
#ifndef BASE_VIEW_H
#define BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct view {
	const char *ptr;
	size_t len;
};

/* A view of a string literal; usable in initialisers as VIEW_INIT. */
#define VIEW_INIT(lit)                  \
	{                               \
		"" lit, sizeof(lit) - 1 \
	}
#define VIEW(lit) ((struct view)VIEW_INIT(lit))
/* For printf: printf("%.*s", VIEW_ARG(v)). */
#define VIEW_ARG(v) (int)(v).len, (v).ptr ? (v).ptr : ""

static inline struct view view_make(const char *ptr, size_t len)
{
	return (struct view){ptr, len};
}

/* A view of a NUL-terminated string; NULL gives the empty view. */
static inline struct view view_of(const char *cstr)
{
	return (struct view){cstr, cstr ? strlen(cstr) : 0};
}

/* The last bytes first: among Han characters they tell most apart, and no call is needed. */
static inline bool view_same_(const char *a, const char *b, size_t len)
{
	return len == 0 || (a[len - 1] == b[len - 1] && memcmp(a, b, len) == 0);
}

static inline bool view_eq(struct view a, struct view b)
{
	return a.len == b.len && view_same_(a.ptr, b.ptr, a.len);
}

static inline bool view_is(struct view a, const char *cstr)
{
	/* The first byte spares counting those of most others. */
	return (a.len == 0 || a.ptr[0] == cstr[0]) && view_eq(a, view_of(cstr));
}

static inline bool view_starts(struct view a, struct view prefix)
{
	return a.len >= prefix.len && view_same_(a.ptr, prefix.ptr, prefix.len);
}

static inline bool view_ends(struct view a, struct view suffix)
{
	return a.len >= suffix.len &&
	       view_same_(a.ptr + (a.len - suffix.len), suffix.ptr, suffix.len);
}

/* The part from byte `from`, at most `len` bytes; both are clipped to what there is. */
static inline struct view view_sub(struct view a, size_t from, size_t len)
{
	if (from > a.len)
		from = a.len;
	if (len > a.len - from)
		len = a.len - from;
	return (struct view){a.ptr ? a.ptr + from : NULL, len};
}

/* Byte order, as memcmp; the shorter first when one begins the other. */
int view_cmp(struct view a, struct view b);

/* Where `needle` first stands in `hay`, or -1. An empty needle stands at 0. */
ptrdiff_t view_find(struct view hay, struct view needle);

/* Whether one of `n` words (C strings) stands in `hay`. */
bool view_has_any(struct view hay, const char *const *words, size_t n);
/* How many bytes of `a` are the longest of the words that it starts with; 0: with none. */
size_t view_starts_any(struct view a, const char *const *words, size_t n);
/* … and of the longest that it ends with. */
size_t view_ends_any(struct view a, const char *const *words, size_t n);
/* How many there are in an array. */
#define N_OF(array) (sizeof(array) / sizeof((array)[0]))
/* The same for an array of words: if (STARTS(text, greetings)) … */
#define STARTS(v, list) view_starts_any(v, list, N_OF(list))
#define ENDS(v, list)   view_ends_any(v, list, N_OF(list))
#define HOLDS(v, list)  view_has_any(v, list, N_OF(list))

/* Without ASCII blanks (space, tab, CR, LF) at either end. */
struct view view_trim(struct view a);

/*
 * Cut the piece before the first `sep` off `*rest` and give it in *ret_piece; *rest then begins
 * behind the separator. False when *rest was exhausted (its ptr is NULL then).
 */
bool view_split(struct view *rest, char sep, struct view *ret_piece);

/* A whole decimal number without sign or blanks: 0, or -EINVAL, or -ERANGE. */
int view_to_u64(struct view a, uint64_t *ret);

#endif
