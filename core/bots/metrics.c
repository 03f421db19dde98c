/* SPDX-License-Identifier: Apache-2.0 */
/* metrics.c - what bots count, as Prometheus reads it. */
#include "bots/state.h"

static void put(struct buf *out, const struct bots *bots, const char *name, const char *help,
		size_t offset)
{
	buf_printf(out, "# HELP wenlu_bot_%s %s\n# TYPE wenlu_bot_%s counter\n", name, help, name);
	for (const struct bot_state *s = bots->states; s; s = s->next)
		buf_printf(out, "wenlu_bot_%s{bot=\"%s\",platform=\"%s\"} %llu\n", name,
			   s->bot->name, s->bot->platform->name,
			   *(const unsigned long long *)((const char *)&s->counts + offset));
}

static void put_refused(struct buf *out, const struct bots *bots)
{
	buf_str(out, "# HELP wenlu_bot_refused_total Requests refused, by reason.\n"
		     "# TYPE wenlu_bot_refused_total counter\n");
	for (const struct bot_state *s = bots->states; s; s = s->next)
		for (int v = BOT_OK + 1; v < BOT_VERDICTS; v++)
			buf_printf(out,
				   "wenlu_bot_refused_total{bot=\"%s\",platform=\"%s\",reason="
				   "\"%s\"} %llu\n",
				   s->bot->name, s->bot->platform->name,
				   bot_verdict_name((enum bot_verdict)v),
				   (unsigned long long)s->counts.refused[v]);
}

void bots_metrics(const struct bots *bots, struct buf *out)
{
	_Static_assert(sizeof(uint64_t) == sizeof(unsigned long long), "counters are printed so");
	if (!bots)
		return;
#define COUNT(member, help) \
	put(out, bots, #member "_total", help, offsetof(struct bot_counts, member))
	COUNT(requests, "Requests from the platform, or from those who say so.");
	put_refused(out, bots);
	COUNT(texts, "Messages with words.");
	COUNT(others, "Messages without words: pictures, people who came.");
	COUNT(echoes, "Checks of our address.");
	COUNT(ignored, "Requests that want no answer.");
	COUNT(repeated, "Messages that had been sent before.");
	COUNT(answered, "Messages answered in the response.");
	COUNT(late, "Messages acknowledged first and answered through the interface.");
	COUNT(given_up, "Messages that could not be answered in time.");
	COUNT(slowed, "Messages of people who send too many, not answered.");
	COUNT(sent, "Messages sent through the interface.");
	COUNT(postponed, "Answers kept to be sent later, as the interface was not to be had.");
	COUNT(resumed, "Answers that were kept and taken up again.");
	COUNT(send_failures, "Answers refused by the interface, or not delivered.");
	COUNT(token_fetches, "Access tokens fetched.");
#undef COUNT
}
