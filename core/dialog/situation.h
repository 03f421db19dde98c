/* SPDX-License-Identifier: Apache-2.0 */
/*
 * situation.h - the signs that the policy's rules look at, and what follows from a rule.
 *
 * Private to policy.c: situation_read() finds the signs, situation_settle() fills in intent and
 * regions once a rule has decided.
 */
#ifndef DIALOG_SITUATION_H
#define DIALOG_SITUATION_H

#include "dialog/policy.h"

/* Each sign once: its bit and its name for --why come from this list. */
#define SIGNS(SIGN)                                                                              \
	SIGN(SURE)         /* the classifier's decision */                                       \
	SIGN(BETWEEN)      /* the same */                                                        \
	SIGN(LIKELY)       /* not sure, and still more likely than all else together */          \
	SIGN(CLEAR)        /* not sure, and there is nothing else it could be */                 \
	SIGN(QUESTION)     /* the first of the ranking is answered from guides */                \
	SIGN(OUT_OF_SCOPE) /* the first of the ranking is another matter */                      \
	SIGN(REFUSES)      /* … is nothing that is ever done */                                \
	SIGN(CHATS)                                                                              \
	SIGN(WANTS_PERSON)                                                                       \
	SIGN(ASKS_SOURCE) /* who says so? of the last answer */                                  \
	SIGN(HAS_NEAREST) /* some reading could be offered */                                    \
	SIGN(MUTUAL)      /* what one place gave, in another: facet mutual */                    \
	SIGN(INJECTION)                                                                          \
	SIGN(FORGERY)                                                                            \
	SIGN(PAID_AGENT)                                                                         \
	SIGN(OTHERS_DATA)                                                                        \
	SIGN(OWN_DATA)       /* the same of oneself */                                           \
	SIGN(SPECIAL)        /* 我是台湾人: this intent is meant whatever else is askedd */ \
	SIGN(OWN_LAW)        /* none of what we know holds in that place */                      \
	SIGN(FOREIGN_PERMIT) /* the same for foreigners */                                       \
	SIGN(CLAIM)          /* a figure that somebody has read somewhere */                     \
	SIGN(SILENT)         /* marks, letters without sense: nothing was said */                \
	SIGN(FILLERS)        /* 就那个那个: nothing but words that add nothing */           \
	SIGN(ANY)            /* 随便 · 不知道 */                                           \
	SIGN(OFFERED_PLACES) /* the last question back was which place */                        \
	SIGN(OFFERED)        /* there was a question back */                                     \
	SIGN(WHO)            /* 你是谁 */                                                     \
	SIGN(DISTRESS)                                                                           \
	SIGN(ABUSE)                                                                              \
	SIGN(RESET)                                                                              \
	SIGN(RETURNS)   /* 刚才上海那个: memory has been turned to it */                   \
	SIGN(REPEATS)   /* 刚才说的那个app叫什么 */                                     \
	SIGN(REVERSES)  /* 反过来呢: the two places the other way round */                   \
	SIGN(PRAISES)   /* 真厉害, 哈哈 */                                                  \
	SIGN(SIMPLER)   /* 说简单点 */                                                       \
	SIGN(LANGUAGE)  /* English please */                                                     \
	SIGN(KEEPS)     /* 你存了吗 */                                                       \
	SIGN(COMPLAINS) /* 找谁投诉 */                                                       \
	SIGN(OFFERS)    /* 身份证号发你行不行 */                                        \
	SIGN(TELLS)     /* 我户口是周口的: nothing is asked */                            \
	SIGN(LONE)      /* but one reading could be offered */                                   \
	SIGN(ASKS_MORE) /* 还有呢 · 说详细点 */                                          \
	SIGN(DOUBTS)    /* 谁说的 · 你确定吗 */                                          \
	SIGN(AGREES)    /* 好的 · 知道了 */                                                \
	SIGN(COMPARES)                                                                           \
	SIGN(ASKS_FASTEST)                                                                       \
	SIGN(NUMBERS_ONLY) /* personal numbers and nothing else */                               \
	SIGN(PLACE_ONLY)   /* a place with nothing beside it */                                  \
	SIGN(FIGURE_ONLY)  /* 那70天呢 */                                                     \
	SIGN(POINT_ONLY)   /* 学生证行吗: a thing that guides speak of, by its name */      \
	SIGN(MATTER_ONLY)  /* 那医保卡呢: a word of a matter with nothing beside it */      \
	SIGN(WHICH_MATTER) /* 要带什么, of which of the matters? */                          \
	SIGN(SEVERAL_PLACES)                                                                     \
	SIGN(SHARED_PLACE)  /* one name, several places, nothing tells which */                  \
	SIGN(MOVED)         /* from one place to another */                                      \
	SIGN(NATIONWIDE)    /* 全国统一: no place is meant, nor carried over */              \
	SIGN(REMEMBERS)     /* an intent was answered not long ago */                            \
	SIGN(LEANS)         /* with the remembered matter in front it is clear */                \
	SIGN(COMPARES_MORE) /* the remembered places against one more, or each other */          \
	SIGN(CHOSE)                                                                              \
	SIGN(CHOICE_MISSED)                                                                      \
	SIGN(NONE_OF_THESE)                                                                      \
	SIGN(PLACE_ASKED) /* the last question back was about this very name */                  \
	SIGN(GIVE_UP)     /* two rounds failed, or the same would be asked again */

enum sign_bit {
#define SIGN(name) BIT_##name,
	SIGNS(SIGN)
#undef SIGN
};
/* More than an int holds: a GNU extension of enum. */
enum sign {
#define SIGN(name) name = 1ull << BIT_##name,
	SIGNS(SIGN)
#undef SIGN
};

struct situation {
	uint64_t signs;
	const struct memory_option *chosen;
	const struct intent *special; /* SPECIAL: which */
	struct decided_region
	    places[LIMIT_MENTIONS]; /* named in the text, or settled from a shared name */
	size_t n_places;
	bool is_persons; /* they are where the people are who are asked about */
	const struct mention *shared;
	const struct matter *named;  /* in the text */
	const struct matter *matter; /* named, else meant, else talked about */
	struct view corrected, corrected_to;
	bool is_place_corrected;
	struct view kind; /* another certificate is talked about */
	bool kind_is_carried;
	bool says_who;   /* the kind is who somebody just said they are */
	bool is_foreign; /* somebody said so of themselves */
};

/* 我老婆是内地人，她办居住证要带什么: the usual certificate, whatever was talked about. */
bool kind_is_usual(const struct policy_input *in);
/* … or by where somebody else is from: 我老婆是湖南人. */
bool kind_is_of_here(const struct policy_input *in);
/* 我不是香港人: what reminds of their certificate is said by somebody who is none of them. */
bool kind_is_denied(const struct understanding *u);
/* 想搞张居住证，要咩文件: that it sounds like people from there makes nobody one of them. What is
 * asked by its name is asked then. */
void kind_doubt(const struct facets *facets, struct understanding *u);
/* Before anything is remembered: what the classifier says, and what the phrases do. */
uint64_t signs_of_classifier(const struct understanding *u);
uint64_t signs_of_phrases(uint64_t cues);
/* Once matter and places are known: what the message is after what was talked about. */
void situation_recall(struct arena *a, const struct policy_input *in, struct situation *s);
/* … and whether it chooses something that was offered. */
void situation_choose(const struct policy_input *in, struct situation *s);
void situation_read(struct arena *a, const struct policy_input *in, struct situation *ret);
/* Words in the text that mean one intent of that matter (NULL: of any) alone: 我是台湾人. NULL:
 * none do. */
const struct intent *kind_special_named(const struct policy_input *in, const struct matter *of);
/* The same, or by what it follows, or by what somebody said of themselves before. */
const struct intent *kind_special(const struct policy_input *in, const struct situation *s);
/* 台湾居民居住证: where somebody is from is no place that is asked about. */
void kind_drop_origins(const struct policy_input *in, struct situation *s);
/*
 * 老外怎么办居住证, then 要带什么: still that one. Whoever names the matter again means the usual
 * one.
 */
void kind_read(const struct policy_input *in, struct situation *s);
void situation_settle(struct arena *a, const struct policy_input *in, const struct situation *s,
		      struct decision *d);

#endif
