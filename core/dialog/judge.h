/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge.h - what a guide's cases say of the figure that somebody gave: 您逾期40天。…重新计算。
 *
 * The first figure that the cases are about, and that was given, decides. Only what surely lies
 * within a case is told that one alone; whatever may lie in more than one (两个月 where the limit
 * is 60日) is told all of them, that is the topic's own summary.
 */
#ifndef DIALOG_JUDGE_H
#define DIALOG_JUDGE_H

#include "dialog/voice.h"
#include "know/guide.h"
#include "nlu/understand.h"

struct judgement {
	const struct facts *facts;       /* the topic's own, or with another summary; never NULL */
	const struct slot_rule *rule;    /* whose figure decided; NULL: none was given */
	const struct guide_case *within; /* the case that it lies in; NULL: not known, or none */
	const struct slot_rule *asks; /* a figure that would decide, where none was given; NULL */
};

/* Its texts are in the voice's arena or the guide. */
struct judgement judge(const struct voice *v, const struct guide_topic *topic,
		       const struct matter *matter, const struct understanding *what);

#endif
