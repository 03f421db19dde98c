/* SPDX-License-Identifier: Apache-2.0 */
/* memo.c - answers of plugins' code that are remembered. */
#include "engine/memo.h"

#include "tap.h"

static struct plugin plugin;
static struct region region;
static struct intent intent;

static struct memo_key key(const struct slot *slots, size_t n)
{
	return (struct memo_key){&plugin, &region, &intent, slots, n};
}

/* Kept from texts that are gone afterwards. */
static void keep(struct memo *m, const struct memo_key *k, int64_t max_age_ms, int64_t now_ms)
{
	char text[] = "可以。", source[] = "P1", figure[] = "overdue_days", asks[] = "逾期几天？";
	struct host_answer answer = {
	    .facts.summary = {view_of(text), view_of(source)},
	    .inquiry = {view_of(figure), {view_of(asks), view_of(source)}},
	    .max_age_ms = max_age_ms,
	};

	memo_keep(m, k, &answer, now_ms);
	memset(text, 'x', sizeof(text) - 1);
	memset(source, 'x', sizeof(source) - 1);
	memset(figure, 'x', sizeof(figure) - 1);
	memset(asks, 'x', sizeof(asks) - 1);
}

int main(void)
{
	static const struct slot late = {.name = VIEW_INIT("overdue_days"), .value = 20};
	struct memo *m = memo_new();
	struct memo_key plain = key(NULL, 0), given = key(&late, 1);
	const struct host_answer *a;

	keep(m, &plain, -1, 1000);
	a = memo_find(m, &plain, 999999);
	if (ok(a != NULL, "an answer is remembered")) {
		is_view(a->facts.summary.text, "可以。", "with what it says");
		is_view(a->inquiry.figure, "overdue_days", "and the figure that it asks for");
		is_view(a->inquiry.line.text, "逾期几天？", "in the same words");
		is_view(a->inquiry.line.source, "P1", "by the same source");
	}
	ok(!memo_find(m, &given, 1000), "another figure is another question");
	keep(m, &given, 0, 1000);
	ok(!memo_find(m, &given, 1000), "what is not to be kept is not");
	keep(m, &given, 500, 1000);
	ok(memo_find(m, &given, 1499) && !memo_find(m, &given, 1500),
	   "what is kept for a time is forgotten after it");
	memo_clear(m);
	ok(!memo_find(m, &plain, 1000), "nothing is known after a switch");
	memo_free(m);
	return done();
}
