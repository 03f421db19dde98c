/* SPDX-License-Identifier: Apache-2.0 */
/*
 * matter.h - 事项: a public service, and all that the program has to know of it: matter.yaml.
 *
 * The program itself is about no matter in particular. What people call this one, what is typical
 * of its questions and what is said of it stands in its folder, beside its intents.
 */
#ifndef KNOW_MATTER_H
#define KNOW_MATTER_H

#include <stdint.h>

#include "base/view.h"
#include "know/reader.h"

/* A figure with a time unit near one of the words: 过期20天 -> overdue_days = 20. */
enum slot_counts {
	COUNTS_AMOUNT, /* 社保10个月 */
	COUNTS_SINCE,  /* 过期20天, 20天前到期: 20天过期 says something else */
	COUNTS_UNTIL,  /* 还有20天到期 */
	COUNTS_KINDS,
};

struct slot_rule {
	struct view name; /* "overdue_days" */
	struct view unit; /* "day", "month" or "year": what the value is converted to */
	enum slot_counts counts;
	const struct view *words;
	size_t n_words;
	const struct view *breaks; /* 断了, 停缴: what tells that it was interrupted; may be none */
	size_t n_breaks;
	const struct view *others; /* 合同: things whose figure it is not; may be none */
	size_t n_others;
	const struct view *stays; /* 打工, 上班: done where one lives; none: a place says nothing */
	size_t n_stays;
	const struct view
	    *dates; /* 到期, 有效期: what a date stands beside; none: it has no dates */
	size_t n_dates;
	/* How it is said back in front of what holds for it, with {figure} in it: 您逾期{figure}.
	 * Empty: it is not. */
	struct view said;
	struct view today; /* in place of `said` where it is 0: 今天到期; may be empty */
	struct view ask;   /* the sentence that asks for it where it would decide; may be empty */
};

/* Where the figure stands in `said`. */
#define SLOT_FIGURE "{figure}"

/* An English word that people mix into their questions, and what they would say instead. */
struct matter_gloss {
	struct view english, chinese;
};

/* What places can be compared in; the first default one is offered first. */
struct matter_facet {
	struct view intent;
	struct view title;        /* 办理时间 */
	const struct view *words; /* that ask for it */
	size_t n_words;
	bool is_default; /* compared, and offered, when nothing in particular was asked */
};

/* A thing that people ask about by its name: 学生证行吗, 微信能办吗, 罚款吗. */
struct matter_point {
	struct view name;         /* as it is said in an answer */
	struct view intent;       /* whose question it is; empty: of what was talked about */
	const struct view *words; /* as people, and as guides, call it */
	size_t n_words;
	const struct view *beside; /* words of which one must be asked with it; may be none */
	size_t n_beside;
	const struct view
	    *told; /* as guides call it, where people call it otherwise; may be none */
	size_t n_told;
	const struct view
	    *topics; /* where guides may speak of it, whatever was asked; may be none */
	size_t n_topics;
	bool is_decisive; /* its intent is asked, whatever the rest sounds like */
	bool is_alone;    /* and nothing but the thing: what is known of it is the whole answer */
};

struct matter {
	struct view name;  /* "permit", the folder */
	struct view title; /* 居住证 */
	int32_t order;     /* where several are named: the smallest first, then by name */
	struct view about; /* what of it is answered: 申领、材料、时限 …; may be empty */
	const struct view *kinds; /* other things that have its name in theirs: 工作居住证 */
	size_t n_kinds;
	const struct view *terms; /* words that mean the matter itself: 居住证, 暂住证, jzz */
	size_t n_terms;
	const struct view *others; /* near it and not answered, by name: 医保报销 */
	size_t n_others;
	/* Figures people give that answers may depend on; see nlu/slot.h. */
	const struct slot_rule *slots;
	size_t n_slots;
	const struct view *asks; /* short questions as examples, the best first; may be none */
	size_t n_asks;
	const struct matter_gloss *glosses; /* beside those of nlu/gloss.h */
	size_t n_glosses;
	const struct view *look_alikes; /* 居届屈: characters taken for each other by eye */
	size_t n_look_alikes;
	const struct view *never; /* what has no source and is not to stand in any guide: 300% */
	size_t n_never;
	const struct matter_facet *facets;
	size_t n_facets;
	const struct matter_point *points;
	size_t n_points;
	const struct yaml_node *wording; /* sentences of its own, see wording.h; NULL: none */
};

/* From the tree of folder/matter.yaml; what is wrong goes into the reader's problems. */
void matter_read(const struct reader *r, const struct yaml_node *root, struct view folder,
		 struct matter *ret);
/* True if it has a sentence of its own instead of the general one. */
bool matter_words(const struct matter *m, const char *entry);

#endif
