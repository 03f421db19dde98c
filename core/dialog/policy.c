/* SPDX-License-Identifier: Apache-2.0 */
/* policy.c - the table of rules. Read it from the top: the first rule that fits decides. */
#include "dialog/policy.h"

#include "base/buf.h"
#include "dialog/situation.h"

struct rule {
	const char *name;
	uint64_t need, bar;
	enum action action;
	const char *words;
};

static const struct rule rules[] = {
    /* What is never answered, however sure the classifier is. */
    {"injection", INJECTION, 0, DO_REFUSE, "refuse.injection"},
    {"forgery", FORGERY, 0, DO_REFUSE, "refuse.forgery"},
    {"paid-agent", PAID_AGENT, 0, DO_REFUSE, "refuse.paid"},
    {"others-data", OTHERS_DATA, 0, DO_REFUSE, "refuse.others"},
    {"distress", DISTRESS, 0, DO_REFUSE, "refuse.distress"},
    {"foreign-permit", FOREIGN_PERMIT, 0, DO_REFUSE, "refuse.foreign"},
    {"simpler", SIMPLER | REMEMBERS, WANTS_PERSON, DO_ANSWER, NULL},
    {"simpler-nothing", SIMPLER, WANTS_PERSON, DO_REFUSE, "ask.anything"},
    {"offers-number", OFFERS, 0, DO_REFUSE, "refuse.numbers.offered"},
    {"refused", REFUSES | LIKELY, RETURNS | REPEATS | OWN_DATA, DO_REFUSE, NULL},
    {"numbers-only", NUMBERS_ONLY, 0, DO_REFUSE, "refuse.numbers"},

    /* The conversation itself. */
    {"reset", RESET, 0, DO_RESET, "reply.reset"},
    {"option-chosen", CHOSE, 0, DO_ANSWER, NULL},
    {"option-gone", CHOICE_MISSED, 0, DO_DECLINE, "decline.option"},
    {"none-again", NONE_OF_THESE | GIVE_UP, 0, DO_HANDOFF, NULL},
    {"none-of-these-places", NONE_OF_THESE | OFFERED_PLACES, 0, DO_REFUSE, "ask.place.else"},
    {"none-of-these", NONE_OF_THESE, 0, DO_DECLINE, "decline.rephrase"},
    {"any-place", ANY | OFFERED_PLACES, 0, DO_ANSWER, NULL},
    {"any-option", ANY | OFFERED, 0, DO_ANSWER, NULL},
    {"any", ANY, 0, DO_REFUSE, "ask.anything"},
    {"silent", SILENT, 0, DO_REFUSE, "ask.anything"},
    {"who", WHO, 0, DO_CHAT, "reply.about"},
    {"return", RETURNS, 0, DO_ANSWER, NULL},
    {"repeat", REPEATS | REMEMBERS, 0, DO_ANSWER, NULL},
    {"repeat-nothing", REPEATS, QUESTION, DO_REFUSE, "ask.anything"},
    {"more", ASKS_MORE | REMEMBERS, 0, DO_ANSWER, NULL},
    {"more-nothing", ASKS_MORE, QUESTION, DO_REFUSE, "ask.anything"},
    {"source", DOUBTS | REMEMBERS, 0, DO_SOURCES, NULL},
    {"source", SURE | ASKS_SOURCE | REMEMBERS, PLACE_ONLY | FIGURE_ONLY, DO_SOURCES, NULL},
    {"source", LIKELY | ASKS_SOURCE | REMEMBERS, PLACE_ONLY | FIGURE_ONLY, DO_SOURCES, NULL},
    {"source-of-nothing", DOUBTS, 0, DO_CHAT, "reply.meta.source"},
    {"source-of-nothing", SURE | ASKS_SOURCE, PLACE_ONLY | FIGURE_ONLY, DO_CHAT, NULL},
    {"language", LANGUAGE, 0, DO_CHAT, "reply.language"},
    {"keeps", KEEPS, 0, DO_CHAT, "reply.keeps"},
    {"complains", COMPLAINS | REMEMBERS, SURE, DO_CHAT, "reply.complain"},
    {"complains", COMPLAINS | REMEMBERS | CHATS, 0, DO_CHAT, "reply.complain"},
    {"complains", COMPLAINS | REMEMBERS | OUT_OF_SCOPE, 0, DO_CHAT, "reply.complain"},
    {"agreed", AGREES, 0, DO_CHAT, "reply.agreed"},
    {"praised", PRAISES, 0, DO_CHAT, "reply.praised"},

    /* Another matter, a person, small talk. */
    {"abuse", ABUSE, QUESTION, DO_REFUSE, "refuse.abuse"},
    {"told", TELLS, SURE | LEANS | SPECIAL | PLACE_ONLY, DO_CHAT, "reply.told"},
    {"own-data", OWN_DATA, SURE | ABUSE, DO_ASK_INTENT, NULL},
    {"claim", CLAIM | OUT_OF_SCOPE, 0, DO_DECLINE, "decline.claim"},
    {"out-of-scope", OUT_OF_SCOPE, PLACE_ONLY | FIGURE_ONLY | LEANS | COMPARES_MORE | ASKS_FASTEST,
     DO_DECLINE, "decline.scope"},
    {"person", SURE | WANTS_PERSON, PLACE_ONLY, DO_HANDOFF, NULL},
    {"chat", SURE | CHATS, PLACE_ONLY | LEANS, DO_CHAT, NULL},

    /* Words that say by themselves what is meant. */
    {"special-places", SPECIAL | SEVERAL_PLACES, PLACE_ONLY, DO_COMPARE, NULL},
    {"special", SPECIAL, PLACE_ONLY, DO_ANSWER, NULL},
    {"own-law", OWN_LAW, SEVERAL_PLACES, DO_REFUSE, "refuse.own_law"},

    /* Which place? */
    {"shared-place-again", SHARED_PLACE | PLACE_ASKED, 0, DO_ANSWER, NULL},
    {"shared-place", SHARED_PLACE, 0, DO_ASK_PLACE, NULL},

    /* Several places. */
    {"fastest", ASKS_FASTEST, 0, DO_FASTEST, NULL},
    {"compare", SEVERAL_PLACES | COMPARES, 0, DO_COMPARE, NULL},
    {"reversed", REVERSES | SEVERAL_PLACES | REMEMBERS, 0, DO_COMPARE, NULL},
    {"compare-more", COMPARES_MORE, 0, DO_COMPARE, NULL},
    {"moved", MOVED | SURE | QUESTION | MUTUAL, 0, DO_COMPARE, NULL},
    {"several-places", SEVERAL_PLACES | SURE | QUESTION, PLACE_ONLY, DO_COMPARE, NULL},
    {"several-places-follow-up", SEVERAL_PLACES | LEANS, PLACE_ONLY, DO_COMPARE, NULL},
    {"places-follow-up", SEVERAL_PLACES | PLACE_ONLY | REMEMBERS, 0, DO_COMPARE, NULL},

    /* One place or none. */
    {"place-follow-up", PLACE_ONLY | REMEMBERS, 0, DO_ANSWER, NULL},
    {"place-only", PLACE_ONLY, 0, DO_ASK_WHAT, NULL},
    {"matter-follow-up", MATTER_ONLY | REMEMBERS, 0, DO_ANSWER, NULL},
    {"matter-only", MATTER_ONLY, 0, DO_ASK_WHAT, NULL},
    {"figure-follow-up", FIGURE_ONLY | REMEMBERS, 0, DO_ANSWER, NULL},
    {"point-places", POINT_ONLY | SEVERAL_PLACES | REMEMBERS, 0, DO_COMPARE, NULL},
    {"point-follow-up", POINT_ONLY | REMEMBERS, 0, DO_ANSWER, NULL},
    /* Asked twice already: the likeliest is answered, and it is said which that is. */
    {"matter-taken", WHICH_MATTER | GIVE_UP | SURE | QUESTION, PLACE_ONLY, DO_ANSWER, NULL},
    {"which-matter", WHICH_MATTER, PLACE_ONLY, DO_ASK_INTENT, "ask.matter"},
    {"answer", SURE | QUESTION, 0, DO_ANSWER, NULL},
    {"follow-up", LEANS, 0, DO_ANSWER, NULL},
    {"claim-likely", CLAIM | LIKELY | QUESTION, 0, DO_ANSWER, NULL},
    {"clear", CLEAR | QUESTION, 0, DO_ANSWER, NULL},
    {"claim-unsure", CLAIM, 0, DO_DECLINE, "decline.claim"},

    /* Not understood well enough. */
    {"person-likely", LIKELY | WANTS_PERSON, 0, DO_HANDOFF, NULL},
    {"chat-likely", LIKELY | CHATS, 0, DO_CHAT, NULL},
    {"give-up", GIVE_UP, 0, DO_HANDOFF, NULL},
    {"fillers", FILLERS, 0, DO_DECLINE, "decline.unsure"},
    /* Of one thing alone nobody is asked: it is answered and said, or it is too unlikely. */
    {"likely", BETWEEN | LONE | LIKELY | QUESTION, 0, DO_ANSWER, NULL},
    {"likely", BETWEEN | LONE | QUESTION | REMEMBERS, 0, DO_ANSWER, NULL},
    {"between", BETWEEN | HAS_NEAREST | QUESTION, 0, DO_ASK_INTENT, NULL},
    {"between", BETWEEN | HAS_NEAREST, LONE, DO_ASK_INTENT, NULL},
    {"unsure", 0, 0, DO_DECLINE, "decline.unsure"},
};

static const struct rule *first_fit(uint64_t signs)
{
	const struct rule *r = rules;

	while ((signs & r->need) != r->need || (signs & r->bar))
		r++; /* the last rule needs nothing */
	return r;
}

void policy_decide(struct arena *a, const struct policy_input *in, struct decision *ret)
{
	struct situation s;
	const struct rule *r;

	situation_read(a, in, &s);
	r = first_fit(s.signs);
	*ret = (struct decision){
	    .action = r->action,
	    .rule = r->name,
	    .words = r->words,
	    .signs = s.signs,
	    .corrected = s.corrected,
	    .corrected_to = s.corrected_to,
	    .is_place_corrected = s.is_place_corrected,
	    .kind = s.kind,
	    .kind_is_carried = s.kind_is_carried,
	    .says_who = s.says_who,
	    .is_foreign = s.is_foreign,
	};
	situation_settle(a, in, &s, ret);
}

struct view policy_signs(struct arena *a, uint64_t signs)
{
	static const char *const names[] = {
#define SIGN(name) #name,
	    SIGNS(SIGN)
#undef SIGN
	};
	struct buf b = BUF_INIT;
	struct view v;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!(signs >> i & 1))
			continue;
		if (b.len)
			buf_char(&b, ' ');
		buf_str(&b, names[i]);
	}
	v = arena_copy(a, buf_view(&b));
	buf_done(&b);
	return v;
}
