/* SPDX-License-Identifier: Apache-2.0 */
/*
 * understand.h - from words to meaning: folded text, places, figures, intent, how sure.
 *
 * An understander is built once for a generation from the catalogue, the regions and the guides,
 * then read-only and shared. One call, no allocation beyond the request's arena, no lock.
 */
#ifndef NLU_UNDERSTAND_H
#define NLU_UNDERSTAND_H

#include "base/arena.h"
#include "base/error.h"
#include "know/catalog.h"
#include "know/span.h"
#include "nlu/date.h"
#include "nlu/mention.h"
#include "nlu/term.h"
#include "text/fold.h"

enum nlu_decision {
	NLU_SURE,    /* answer the first of the ranking             */
	NLU_BETWEEN, /* the first two are close: ask between them   */
	NLU_UNSURE,  /* decline                                     */
};

struct nlu_score {
	const struct intent *intent;
	float probability; /* calibrated, 0 .. 1 */
};

#define NLU_RANKING 5

/* In which unit a figure was given, where that is not the one it was converted to. */
enum slot_said {
	SAID_SO,              /* in the slot's own */
	SAID_WEEKS_AS_DAYS,   /* 三周   -> 21 days */
	SAID_MONTHS_AS_DAYS,  /* 两个月 -> 59 to 62 */
	SAID_YEARS_AS_DAYS,   /* 两年   -> 730     */
	SAID_YEARS_AS_MONTHS, /* 一年半 -> 18 months */
	SAID_NOTHING,         /* only kept to know what a bare figure would be: no value */
	SAID_KINDS,
};

/*
 * A figure somebody gave: "过期20天" -> overdue_days 20. What may be several numbers is two slots,
 * the fewest and the most: "过期两个月" -> overdue_days_least 59, overdue_days_most 62. See slot.h.
 */
struct slot {
	struct view name;
	int64_t value;
	enum slot_said said;
	struct span least, most; /* all that was said, in months and days; both 0 of a date */
	int32_t first, last; /* the days that a date said may be, see date.h; DATE_NONE: none was */
};

struct understanding {
	struct text text;
	struct mentions mentions;
	struct term_hits terms; /* words of matters; a corrected one should be said */
	struct nlu_score ranking[NLU_RANKING]; /* best first */
	size_t n_ranking;
	enum nlu_decision decision;
	const struct slot *slots;
	size_t n_slots;
	int32_t today;     /* as it was given */
	bool has_term;     /* a word of a matter occurs (居住证): the text can stand alone */
	bool has_features; /* false: nothing in it was ever seen in training */
};

/* The likeliest intent; NULL if none is ranked, or `u` is NULL. */
static inline const struct intent *understanding_first(const struct understanding *u)
{
	return u && u->n_ranking ? u->ranking[0].intent : NULL;
}

/* Of the tiers learnt for the same content that are in the cache, the one is taken that was right
 * most often on the content's trials (model_beats()). */
struct understander_options {
	const struct catalog *catalog;
	const struct region_table *regions;
	const struct gazetteer_extra *extras;
	size_t n_extras;
	const struct example_line *extra_examples; /* from guides, by intent */
	size_t n_extra_examples;
	const char *cache_dir; /* trained models are kept here, keyed by content; NULL: none */
	bool no_training;      /* rather -EAGAIN than train */
	struct view image;     /* a trained model to use as it is; it outlives this. Empty: none */
	struct view offered;   /* one that spares looking in the cache, if it is of this content */
};

struct example_line {
	const struct intent *intent;
	struct view text;
};

struct understander;

/* A better tier than the linear one, which is what is learnt without being asked. */
struct improve_options {
	const char *tier;           /* "fast", "accurate"; "linear" changes nothing */
	const char *language_model; /* for the vectors of words (word.h); NULL or "": none */
	void (*progress)(void *data, double done); /* now and then, done: 0 .. 1; may be NULL */
	void *data;
};

/* Train (or map the cached model). Everything the options point to must outlive it. */
int understander_new(const struct understander_options *options, struct understander **ret,
		     struct fault *why);
void understander_free(struct understander *u);
/*
 * Learn a better tier from the same examples, or take it from the cache, and keep it there: from
 * now on understander_new() knows it for the same content. It is used if it was right at least as
 * often on the trials as what is used now. Nobody else may use `u` meanwhile. 0, or -errno with
 * *why.
 */
int understander_improve(struct understander *u, const struct improve_options *options,
			 struct fault *why);

/*
 * raw must be valid UTF-8 with personal numbers already lifted out. today: from where dates are
 * counted (date_parse()); DATE_NONE, and none are read. 0 or -EILSEQ.
 */
int understand(const struct understander *u, struct arena *a, struct view raw, int32_t today,
	       struct understanding *ret);

/* Why: nearest training examples and contributing features, as lines for people. */
struct understand_why {
	const struct view *lines;
	size_t n_lines;
};
void understand_explain(const struct understander *u, struct arena *a,
			const struct understanding *what, struct understand_why *ret);

/* The trained model's bytes, for understander_options.image of another process. */
struct view understander_image(const struct understander *u);

/* For the log and for reports. */
struct understander_facts {
	const char *tier; /* "linear", "fast", "accurate": what is used */
	/* Of the content's trials; 0 if it has too few. */
	size_t n_trials, n_trials_right;
	/* What understander_improve() learnt and did not take, NULL if there is nothing. */
	const char *passed_over;
	size_t n_passed_over_right;
	size_t model_bytes, gazetteer_bytes, n_examples, n_features;
	double train_seconds; /* 0 if it came from the cache */
	bool from_cache;
};
struct understander_facts understander_facts(const struct understander *u);

#endif
