/* SPDX-License-Identifier: Apache-2.0 */
/* wire.c - tests of the wire format: messages in, replies out. */
#include "wire/json.h"

#include <errno.h>
#include <json-c/json.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "tap.h"

static struct arena arena;
static struct message msg;
static struct message_fault why;

static int read_one(const char *frame)
{
	arena_reset(&arena);
	msg = (struct message){0};
	why = (struct message_fault){0};
	return message_read(&arena, view_of(frame), 16, &msg, &why);
}

static void refused(const char *frame, const char *code, const char *name)
{
	ok(read_one(frame) == -EBADMSG && why.code && strcmp(why.code, code) == 0 && why.text[0],
	   "%s: %s", name, code);
	if (why.code && strcmp(why.code, code) != 0)
		printf("# got %s: %s\n", why.code, why.text);
}

static void test_plain_words(void)
{
	is_int(read_one("  郑州怎么查居住证编号？\n"), 0, "plain words are read");
	ok(msg.type == MESSAGE_ASK, "plain words are a question");
	is_view(msg.text, "郑州怎么查居住证编号？", "blanks around them are gone");
	is_int(read_one("[1, 2]"), 0, "a JSON array is no object, so it is words");
	is_view(msg.text, "[1, 2]", "and they arrive as typed");
	is_int(read_one("\"居住证\""), 0, "a JSON string is words too");
	refused("   \r\n", "missing_text", "blanks alone are refused");
	refused("", "missing_text", "an empty frame is refused");
	refused("\xff\xfe", "bad_utf8", "bytes that are no UTF-8 are refused");
	refused("{\"text\":\"\xc3\x28\"}", "bad_utf8", "the same within JSON");
}

static void test_fields(void)
{
	is_int(read_one("{\"type\":\"ask\",\"id\":\"7\",\"text\":\"多久\",\"region\":\"410100\","
			"\"session\":\"abc\",\"why\":true,\"later\":[{}]}"),
	       0, "an ask with all its fields and an unknown one is read");
	is_view(msg.id, "7", "id");
	is_view(msg.text, "多久", "text");
	is_view(msg.region, "410100", "region");
	is_view(msg.session, "abc", "session");
	ok(msg.why, "why");
	is_int(read_one("{\"text\":\"多久\"}"), 0, "an object with only a text is an ask");
	ok(msg.type == MESSAGE_ASK, "its type is ask");
	is_int(read_one("{\"type\":\"ask\",\"id\":42,\"text\":\"x\",\"region\":null}"), 0,
	       "an id may be an integer, a field may be null");
	is_view(msg.id, "42", "the integer is its digits");
	is_int(read_one("{\"type\":\"choose\",\"option\":\"2\"}"), 0, "choose is read");
	is_view(msg.option, "2", "with its option");
	is_int(read_one("{\"type\":\"hello\",\"session\":\"s\",\"seq\":12}"), 0, "hello is read");
	is_int((long long)msg.seq, 12, "with the last seq seen");
	is_int(read_one("{\"type\":\"feedback\",\"seq\":3,\"value\":\"up\"}"), 0,
	       "feedback is read");
	is_int(read_one("{\"type\":\"suggest\",\"text\":\"jz\"}"), 0, "suggest is read");
	is_int(read_one("{\"text\":\"a\\u0000b\"}"), 0, "a NUL within a text does not cut it");
	is_int((long long)msg.text.len, 3, "all three bytes are there");
}

static void test_faults(void)
{
	refused("{\"type\":\"ask\",", "bad_json", "half an object");
	refused("{\"type\":\"ask\",\"text\":\"a\"} x", "bad_json", "something behind the object");
	refused("{\"a\":[[[[[[[[[[1]]]]]]]]]]}", "bad_json", "too deep an object");
	refused("{\"type\":\"ask\"}", "missing_text", "an ask without text");
	refused("{\"type\":\"ask\",\"text\":\"  \"}", "missing_text", "an ask of blanks");
	refused("{}", "missing_type", "an empty object");
	refused("{\"type\":\"sing\"}", "bad_type", "an unknown type");
	refused("{\"type\":7}", "bad_type", "a type that is no string");
	refused("{\"text\":7}", "bad_field", "a text that is no string");
	refused("{\"text\":\"a\",\"id\":[]}", "bad_field", "an id that is a list");
	refused("{\"text\":\"a\",\"id\":\"01234567890123456\"}", "id_too_long", "a long id");
	refused("{\"type\":\"choose\"}", "missing_option", "a choice of nothing");
	refused("{\"type\":\"feedback\",\"value\":\"meh\"}", "bad_value", "feedback of neither");
	refused("{\"type\":\"hello\",\"seq\":-1}", "bad_field", "a negative seq");
	refused("{\"text\":\"a\",\"region\":\"0123456789012345678901234567890123456789"
		"0123456789012345678901234567890123456789\"}",
		"bad_region", "a region that is no id");
	is_int(read_one("{\"id\":\"q1\",\"type\":\"sing\"}"), -EBADMSG, "a fault keeps the id");
	is_view(msg.id, "q1", "so that the client knows which message it was");
}

static void test_string(void)
{
	struct buf b = BUF_INIT;

	json_string(&b, VIEW("a\"b\\c\n\t\x01\x7f居"));
	is_view(buf_view(&b), "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f居\"",
		"quotes, backslashes and control characters are escaped");
	buf_clear(&b);
	json_string(&b, VIEW("\xff居\xe5\xb1"));
	is_view(buf_view(&b), "\"\xef\xbf\xbd居\xef\xbf\xbd\xef\xbf\xbd\"",
		"broken bytes become U+FFFD");
	buf_clear(&b);
	json_string(&b, (struct view){NULL, 0});
	is_view(buf_view(&b), "\"\"", "the empty view is an empty string");
	buf_done(&b);
}

/* Character by character, as RFC 8259 has it: what the quick walk is held against. */
static void string_slowly(struct buf *out, struct view v)
{
	buf_char(out, '"');
	while (v.len) {
		unsigned char c = (unsigned char)v.ptr[0];
		uint32_t cp;
		int n = utf8_decode(v, &cp);

		if (n <= 0)
			buf_str(out, "\xef\xbf\xbd");
		else if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", c);
		else if (c == '\n' || c == '\t')
			buf_str(out, c == '\n' ? "\\n" : "\\t");
		else if (c < 0x20 || c == 0x7f)
			buf_printf(out, "\\u%04x", c);
		else
			buf_add(out, v.ptr, (size_t)n);
		v = view_sub(v, n > 0 ? (size_t)n : 1, v.len);
	}
	buf_char(out, '"');
}

/* Pieces with corners (the ends of the ranges of UTF-8, what is broken beside what is whole) in any
 * order, at every distance from the end. */
static void test_string_corners(void)
{
	static const char *const pieces[] = {"居",
					     "住",
					     "，",
					     "、",
					     "\xe0\xa4\x85",
					     "\xe0\x84\x85",
					     "\xed\x9f\xbf",
					     "\xed\xa0\x80",
					     "\xee\x80\x80",
					     "é",
					     "😀",
					     "\xf4\x90\x80\x80",
					     "abcdefgh",
					     "1",
					     "a\"b",
					     "\\",
					     "\n",
					     "\x1f",
					     "\x7f",
					     " ",
					     "\x80",
					     "\xe5\xb1",
					     "https://a.cn/?q=1",
					     "\xff"};
	struct buf text = BUF_INIT, quick = BUF_INIT, slow = BUF_INIT;
	uint64_t seed = 1;
	unsigned differ = 0;

	for (int round = 0; round < 20000; round++) {
		buf_clear(&text);
		buf_clear(&quick);
		buf_clear(&slow);
		for (int n = round % 12; n > 0; n--) {
			seed = hash_mix(seed + 1);
			buf_str(&text, pieces[seed % (sizeof(pieces) / sizeof(pieces[0]))]);
		}
		json_string(&quick, buf_view(&text));
		string_slowly(&slow, buf_view(&text));
		differ += !view_eq(buf_view(&quick), buf_view(&slow));
	}
	is_int(differ, 0, "texts with corners are written as a slow walk writes them");
	buf_done(&text);
	buf_done(&quick);
	buf_done(&slow);
}

static struct region zhengzhou = {.id = VIEW_INIT("410100"), .name = VIEW_INIT("郑州市")};
static struct region henan = {.id = VIEW_INIT("410000"), .name = VIEW_INIT("河南省")};
static struct intent timing = {.name = VIEW_INIT("permit.timing"), .title = VIEW_INIT("办理时限")};
static struct source s12 = {.id = VIEW_INIT("S12"),
			    .title = VIEW_INIT("文章"),
			    .kind = SOURCE_ARTICLE,
			    .as_of = VIEW_INIT("2025")};

static void check_json(struct buf *b, const char *want, const char *name)
{
	struct json_object *o = json_tokener_parse(b->ptr);

	ok(o != NULL, "%s: it is JSON", name);
	json_object_put(o);
	is_view(buf_view(b), want, "%s", name);
	buf_clear(b);
}

static void test_answer(void)
{
	struct channel channel = {VIEW("郑好办"), CHANNEL_APP, VIEW("首页"), {0}, VIEW("S12")};
	struct document paper = {VIEW("居民身份证"), VIEW("原件"), VIEW("窗口办理"), VIEW("S10")};
	struct timing time = {VIEW("整体"), 7, 10, -1, UNIT_WORKING_DAY, {0}, VIEW("S12")};
	struct line step = {VIEW("登录"), VIEW("S03")};
	struct reply_region place = {&zhengzhou, {0}, "name", &henan};
	struct reply_answer answer = {
	    .grade = 'C',
	    .as_of = VIEW("2025"),
	    .is_stale = true,
	    .point = VIEW("关于邮寄：可以。"),
	    .inquiry = {VIEW("overdue_days"), {VIEW("逾期了多少天？"), VIEW("")}}};
	struct view related = VIEW("要带什么？");
	struct reply r = {.type = REPLY_ANSWER, .intent = &timing, .confidence = 0.98f};
	struct reply_envelope e = {.seq = 3, .reply_to = VIEW("7"), .session = VIEW("tok")};
	struct buf b = BUF_INIT;

	answer.facts.summary = (struct line){VIEW("约7天"), VIEW("S12")};
	answer.facts.channels.items = &channel;
	answer.facts.channels.n = 1;
	answer.facts.documents.items = &paper;
	answer.facts.documents.n = 1;
	answer.facts.timing.items = &time;
	answer.facts.timing.n = 1;
	facts_set_lines(&answer.facts, FACTS_STEPS, (struct line_list){&step, 1});
	answer.sources.items = &s12;
	answer.sources.n = 1;
	answer.disclaimer = VIEW("以最新规定为准。");
	r.regions.items = &place;
	r.regions.n = 1;
	r.answer = &answer;
	r.carried = CARRIED_REGION;
	r.related.items = &related;
	r.related.n = 1;
	r.text = VIEW("约7天\n");
	reply_write(&b, &r, &e);
	check_json(&b,
		   "{\"type\":\"answer\",\"seq\":3,\"reply_to\":\"7\",\"session\":\"tok\","
		   "\"intent\":{\"name\":\"permit.timing\",\"title\":\"办理时限\","
		   "\"confidence\":0.980},"
		   "\"regions\":[{\"code\":\"410100\",\"name\":\"郑州市\",\"found_by\":\"name\","
		   "\"answered_by\":\"410000\"}],"
		   "\"answer\":{\"summary\":\"约7天\",\"summary_source\":\"S12\","
		   "\"channels\":[{\"name\":\"郑好办\",\"kind\":\"app\",\"path\":\"首页\","
		   "\"source\":\"S12\"}],"
		   "\"steps\":[{\"text\":\"登录\",\"source\":\"S03\"}],"
		   "\"documents\":[{\"name\":\"居民身份证\",\"form\":\"原件\",\"for\":\"窗口办理\","
		   "\"source\":\"S10\"}],"
		   "\"timing\":[{\"stage\":\"整体\",\"min\":7,\"max\":10,"
		   "\"unit\":\"working_day\",\"source\":\"S12\"}],"
		   "\"sources\":[{\"id\":\"S12\",\"title\":\"文章\",\"kind\":\"article\","
		   "\"as_of\":\"2025\"}],\"grade\":\"C\",\"as_of\":\"2025\",\"stale\":true,"
		   "\"point\":\"关于邮寄：可以。\","
		   "\"ask\":\"逾期了多少天？\",\"disclaimer\":\"以最新规定为准。\"},"
		   "\"context\":{\"carried\":[\"region\"]},"
		   "\"related\":[{\"text\":\"要带什么？\"}],\"text\":\"约7天\\n\"}",
		   "an answer has the fields of the design, in their order");
	buf_done(&b);
}

static void test_other_types(void)
{
	struct reply_option options[] = {{VIEW("1"), VIEW("郑州市"), &timing, &zhengzhou},
					 {VIEW("2"), VIEW("都不是"), NULL, NULL}};
	struct reply_region places[] = {{&zhengzhou, {0}, "name", NULL},
					{&henan, {0}, "context", NULL}};
	struct reply_cell cells[] = {{VIEW("7天"), VIEW("S12"), true},
				     {VIEW("暂无该项信息"), {0}, false}};
	struct reply_row row = {VIEW("时间"), cells, false};
	struct reply r = {
	    .type = REPLY_CLARIFY, .question = VIEW("哪里？"), .text = VIEW("哪里？")};
	struct reply part = {.type = REPLY_DECLINE, .text = VIEW("不会。")};
	struct buf b = BUF_INIT;

	r.options.items = options;
	r.options.n = 2;
	reply_write(&b, &r, NULL);
	check_json(&b,
		   "{\"type\":\"clarify\",\"regions\":[],\"question\":\"哪里？\",\"options\":["
		   "{\"id\":\"1\",\"text\":\"郑州市\",\"intent\":\"permit.timing\","
		   "\"region\":\"410100\"},{\"id\":\"2\",\"text\":\"都不是\"}],"
		   "\"text\":\"哪里？\"}",
		   "a question back has its options");
	r = (struct reply){.type = REPLY_COMPARE, .text = VIEW("…"), .carried = 3};
	r.regions.items = places;
	r.regions.n = 2;
	r.rows.items = &row;
	r.rows.n = 1;
	r.sources.items = &s12;
	r.sources.n = 1;
	reply_write(&b, &r, NULL);
	check_json(&b,
		   "{\"type\":\"compare\",\"regions\":[{\"code\":\"410100\",\"name\":\"郑州市\","
		   "\"found_by\":\"name\"},{\"code\":\"410000\",\"name\":\"河南省\","
		   "\"found_by\":\"context\"}],\"rows\":[{\"facet\":\"时间\",\"cells\":["
		   "{\"text\":\"7天\",\"source\":\"S12\",\"known\":true},"
		   "{\"text\":\"暂无该项信息\",\"known\":false}],\"differs\":false}],"
		   "\"sources\":[{\"id\":\"S12\",\"title\":\"文章\",\"kind\":\"article\","
		   "\"as_of\":\"2025\"}],"
		   "\"context\":{\"carried\":[\"region\",\"intent\"]},\"text\":\"…\"}",
		   "a comparison has rows with a cell for each place");
	r = (struct reply){.type = REPLY_ANSWERS, .text = VIEW("两件事")};
	r.parts.items = &part;
	r.parts.n = 1;
	reply_write(&b, &r, NULL);
	check_json(
	    &b,
	    "{\"type\":\"answers\",\"regions\":[],\"parts\":[{\"type\":\"decline\",\"regions\":[],"
	    "\"text\":\"不会。\"}],\"text\":\"两件事\"}",
	    "several answers are parts of one");
	buf_str(&b, "");
	error_write(&b, "too_long", "请短一些。", &(struct reply_envelope){.seq = 1});
	check_json(&b,
		   "{\"type\":\"error\",\"seq\":1,\"code\":\"too_long\",\"message\":\"请短一些。\","
		   "\"text\":\"请短一些。\"}",
		   "an error has a code for programs and a sentence for people");
	buf_done(&b);
}

int main(void)
{
	arena_init(&arena, 0);
	test_plain_words();
	test_fields();
	test_faults();
	test_string();
	test_string_corners();
	test_answer();
	test_other_types();
	arena_done(&arena);
	return done();
}
