/* SPDX-License-Identifier: Apache-2.0 */
/* plugin-packet.c - the packets between the server and a plugin's process. */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>
#include <wenlu/plugin.h>

#include "base/arena.h"
#include "plugin/packet.h"
#include "tap.h"

static struct arena arena;

static struct packet sample(void)
{
	static const struct channel channels[] = {{VIEW_INIT("随申办"), CHANNEL_APP,
						   VIEW_INIT("首页"), VIEW_INIT("https://a.b/"),
						   VIEW_INIT("P1")}};
	static const struct document documents[] = {
	    {VIEW_INIT("居民身份证"), VIEW_INIT("原件"), VIEW_INIT(""), VIEW_INIT("L9")}};
	static const struct timing timing[] = {
	    {VIEW_INIT("法定"), -1, -1, 15, UNIT_DAY, VIEW_INIT(""), VIEW_INIT("L9")}};
	static const struct line steps[] = {{VIEW_INIT("第一步\n第二行"), VIEW_INIT("P1")},
					    {VIEW_INIT("第二步"), VIEW_INIT("P2")}};
	struct packet m = {.type = PACKET_ANSWER};

	m.answer.id = 77;
	m.answer.max_age_ms = -1;
	m.answer.facts.summary = (struct line){VIEW_INIT("可以。"), VIEW_INIT("P1")};
	m.answer.facts.channels.items = channels;
	m.answer.facts.channels.n = 1;
	m.answer.facts.documents.items = documents;
	m.answer.facts.documents.n = 1;
	m.answer.facts.timing.items = timing;
	m.answer.facts.timing.n = 1;
	m.answer.facts.steps.items = steps;
	m.answer.facts.steps.n = 2;
	m.answer.inquiry = (struct inquiry){VIEW("overdue_days"), {VIEW("逾期几天？"), VIEW("P1")}};
	return m;
}

/* Write and read; 0 if it was refused. */
static int travel(const struct packet *m, struct packet *ret, struct fault *why)
{
	struct buf b = BUF_INIT;
	struct view copy;
	int r;

	packet_put(&b, m);
	copy = arena_copy(&arena, buf_view(&b));
	buf_done(&b);
	r = packet_parse(&arena, copy, ret, why);
	return r == 0;
}

static void answers(void)
{
	struct packet m = sample(), n;
	struct fault why;
	struct buf b = BUF_INIT;
	int refused = 0;

	ok(travel(&m, &n, &why), "an answer arrives");
	ok(n.type == PACKET_ANSWER && n.answer.id == 77 && n.answer.max_age_ms == -1,
	   "its numbers are what they were");
	is_view(n.answer.facts.summary.text, "可以。", "its summary is what it was");
	is_view(n.answer.facts.channels.items[0].url, "https://a.b/", "its channel is");
	is_view(n.answer.facts.documents.items[0].form, "原件", "its document is");
	is_int(n.answer.facts.timing.items[0].legal_max, 15, "its timing is");
	is_view(n.answer.facts.steps.items[1].source, "P2", "and every line has its source");
	is_view(n.answer.inquiry.figure, "overdue_days", "the figure it asks for is");
	is_view(n.answer.inquiry.line.text, "逾期几天？", "with the sentence");
	is_view(n.answer.inquiry.line.source, "P1", "and its source");
	packet_put(&b, &m);
	for (size_t len = 0; len < b.len; len++) {
		/* A copy of exactly that length, so that a sanitizer sees what reads behind it. */
		char *cut = malloc(len + 1);

		memcpy(cut, b.ptr, len);
		refused += packet_parse(&arena, view_make(cut, len), &n, &why) == -EBADMSG;
		free(cut);
	}
	is_int(refused, (int)b.len, "cut off at any byte it is refused");
	buf_char(&b, 'x');
	is_int(packet_parse(&arena, buf_view(&b), &n, &why), -EBADMSG,
	       "a byte too many is refused");
	buf_done(&b);
}

static void is_bad(struct packet m, const char *field, const char *sentence)
{
	struct packet n;
	struct fault why = {.line = 0};

	if (!ok(!travel(&m, &n, &why) && strncmp(why.text, field, strlen(field)) == 0, "%s",
		sentence))
		printf("# %s\n", why.text);
}

static void what_is_refused(void)
{
	static char long_text[LIMIT_GUIDE_TEXT + 2];
	static struct line many[LIMIT_GUIDE_LIST + 1];
	struct channel channel = {VIEW_INIT("x"), CHANNEL_KINDS, VIEW_INIT(""), VIEW_INIT(""),
				  VIEW_INIT("P1")};
	struct timing timing = {.unit = UNIT_DAY, .max = -2, .source = VIEW_INIT("P1")};
	struct line line = {VIEW_INIT("x"), VIEW_INIT("")};
	struct packet m;

	memset(long_text, 'x', sizeof(long_text) - 1);
	m = sample();
	m.answer.facts.summary.text = view_of(long_text);
	is_bad(m, "summary", "too long a text is refused");
	m.answer.facts.summary.text = VIEW("\xc0\x80");
	is_bad(m, "summary", "text that is not UTF-8 is refused");
	m.answer.facts.summary.text = VIEW("a\x1b[2J");
	is_bad(m, "summary", "a control character is refused");
	m.answer.facts.summary = (struct line){VIEW_INIT("x"), VIEW_INIT("")};
	is_bad(m, "summary.source", "a summary without a source is refused");
	m = sample();
	m.answer.facts.steps.items = &line;
	m.answer.facts.steps.n = 1;
	is_bad(m, "steps", "a step without a source is refused");
	for (size_t i = 0; i <= LIMIT_GUIDE_LIST; i++)
		many[i] = (struct line){VIEW_INIT("x"), VIEW_INIT("P1")};
	m.answer.facts.steps.items = many;
	m.answer.facts.steps.n = LIMIT_GUIDE_LIST + 1;
	is_bad(m, "steps", "too many steps are refused");
	m = sample();
	m.answer.facts.channels.items = &channel;
	is_bad(m, "channel.kind", "a kind of channel that there is not is refused");
	channel.kind = CHANNEL_WEBSITE;
	channel.url = VIEW("javascript:alert(1)");
	is_bad(m, "channel.url", "an address that is no web address is refused");
	m = sample();
	m.answer.facts.timing.items = &timing;
	is_bad(m, "timing.max", "a figure out of range is refused");
	m = sample();
	m.answer.result = 2;
	is_bad(m, "result", "a result that there is not is refused");
	m = sample();
	m.type = 99;
	is_bad(m, "type", "a type that there is not is refused");
}

static void inquiries(void)
{
	static char long_text[LIMIT_GUIDE_TEXT + 2];
	struct packet m = sample(), n;
	struct inquiry *q = &m.answer.inquiry;
	struct fault why;

	memset(long_text, 'x', sizeof(long_text) - 1);
	q->line.text = VIEW("");
	ok(travel(&m, &n, &why) && n.answer.inquiry.figure.len > 0,
	   "a figure may be asked for without a sentence");
	q->line.source = VIEW("");
	is_bad(m, "ask.source", "never without a source");
	*q = (struct inquiry){VIEW(""), {VIEW(""), VIEW("")}};
	ok(travel(&m, &n, &why) && n.answer.inquiry.figure.len == 0, "or none is asked for");
	q->line = (struct line){VIEW("逾期几天？"), VIEW("P1")};
	is_bad(m, "ask.figure", "a sentence that asks for no figure is refused");
	q->figure = VIEW("two words");
	is_bad(m, "ask.figure", "a name that is no word is refused");
	q->figure = view_make(long_text, PACKET_ID + 1);
	is_bad(m, "ask.figure", "too long a name is refused");
	q->figure = VIEW("overdue_days");
	q->line.text = VIEW("\xe5\xb1");
	is_bad(m, "ask.text", "a sentence that is not UTF-8 is refused");
	q->line.text = view_of(long_text);
	is_bad(m, "ask.text", "too long a sentence is refused");
}

static void counts(void)
{
	/* An ask that promises 32 slots and brings none. */
	struct packet m = {.type = PACKET_ASK}, n;
	struct buf b = BUF_INIT;
	struct fault why;
	uint32_t many = 32, huge = 0xffffffffu;

	m.ask = (struct packet_ask){
	    .id = 1, .region = VIEW_INIT("1"), .intent = VIEW_INIT("i"), .text = VIEW_INIT("")};
	packet_put(&b, &m);
	memcpy(b.ptr + b.len - sizeof(many), &many, sizeof(many));
	is_int(packet_parse(&arena, buf_view(&b), &n, &why), -EBADMSG,
	       "a count without its members is refused");
	memcpy(b.ptr + b.len - sizeof(huge), &huge, sizeof(huge));
	is_int(packet_parse(&arena, buf_view(&b), &n, &why), -EBADMSG,
	       "a huge count makes nobody allocate");
	buf_done(&b);
}

static void asks(void)
{
	static const struct packet_slot slots[] = {{VIEW_INIT("overdue_days"), 20},
						   {VIEW_INIT("x"), INT64_MIN}};
	struct packet m = {.type = PACKET_ASK}, n;
	struct buf b = BUF_INIT;
	struct fault why;

	m.ask = (struct packet_ask){.id = UINT64_MAX,
				    .deadline = -1,
				    .region = VIEW_INIT("310115"),
				    .intent = VIEW_INIT("permit.endorse"),
				    .text = VIEW_INIT("过期20天"),
				    .slots = slots,
				    .n_slots = 2};
	packet_put(&b, &m);
	is_int(packet_parse(&arena, buf_view(&b), &n, &why), 0, "an ask arrives");
	ok(n.ask.id == UINT64_MAX && n.ask.deadline == -1, "its id and its deadline stay");
	ok(n.ask.n_slots == 2 && n.ask.slots[1].value == INT64_MIN, "figures keep their sign");
	is_view(n.ask.slots[0].name, "overdue_days", "and their names");
	buf_done(&b);
}

static void others(void)
{
	static const struct view claims[] = {VIEW_INIT("permit.timing")};
	struct packet m = {.type = PACKET_ABOUT}, n;
	struct fault why;

	m.about = (struct packet_about){.name = VIEW_INIT("shanghai"),
					.claims = claims,
					.n_claims = 1,
					.guide_len = 5,
					.has_code = true};
	ok(travel(&m, &n, &why) && n.about.has_code, "what a plugin is arrives");
	is_view(n.about.claims[0], "permit.timing", "with what it claims");
	m.about.guide_len = LIMIT_YAML_BYTES + 1;
	is_bad(m, "guide_len", "too long a guide is refused before it comes");
	m = (struct packet){.type = PACKET_GUIDE, .text = VIEW_INIT("\xe5\xb1")};
	ok(travel(&m, &n, &why), "a piece of a guide may end inside a character");
	m = (struct packet){.type = PACKET_LOG};
	m.log.level = WENLU_LOG_DEBUG + 1;
	is_bad(m, "level", "a level that there is not is refused");
	m = (struct packet){.type = PACKET_READY};
	ok(travel(&m, &n, &why) && n.type == PACKET_READY, "readiness has nothing to add");
	m = (struct packet){.type = PACKET_REFUSED, .text = VIEW_INIT("")};
	is_bad(m, "reason", "a refusal has a reason");
	m = (struct packet){.type = PACKET_CONF};
	m.conf.key = VIEW("voice");
	ok(travel(&m, &n, &why) && view_is(n.conf.key, "voice"), "a setting arrives");
}

static void sockets(void)
{
	char room[16];
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) < 0)
		exit(EXIT_FAILURE);
	is_int(packet_receive(pair[0], room, sizeof(room), false), -EAGAIN,
	       "nothing there is no end");
	is_int(packet_send(pair[1], VIEW("hello"), true), 0, "a packet is sent");
	is_int(packet_receive(pair[0], room, sizeof(room), true), 5, "and received whole");
	packet_send(pair[1], VIEW("0123456789abcdefg"), true);
	is_int(packet_receive(pair[0], room, sizeof(room), true), -EMSGSIZE,
	       "one that does not fit is not mistaken for a shorter one");
	close(pair[1]);
	is_int(packet_receive(pair[0], room, sizeof(room), true), 0, "the end is the end");
	is_int(packet_send(pair[0], VIEW("x"), true), -EPIPE,
	       "nobody there is an error, no signal");
	close(pair[0]);
}

int main(void)
{
	arena_init(&arena, 0);
	answers();
	what_is_refused();
	inquiries();
	counts();
	asks();
	others();
	sockets();
	arena_done(&arena);
	return done();
}
