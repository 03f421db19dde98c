/* SPDX-License-Identifier: Apache-2.0 */
/* bots.c - what messaging platforms are made of: seals, signatures, XML, pieces of text, sections.
 */
#include "bots/bots.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/seal.h"
#include "base/utf8.h"
#include "bots/carry.h"
#include "bots/crypto.h"
#include "bots/wechat-crypt.h"
#include "bots/xml.h"
#include "tests/unit/bots-vectors.h"
#include "tests/unit/tap.h"
#include "wire/tree.h"

static struct arena a;

static void test_wechat_vectors(void)
{
	for (size_t i = 0; i < sizeof(wechat_vectors) / sizeof(wechat_vectors[0]); i++) {
		const struct wechat_vector *v = &wechat_vectors[i];
		unsigned char key[AES_KEY_BYTES];
		struct view plain = VIEW(""), id = view_of(v->id);
		const struct view parts[] = {view_of(v->token), view_of(v->timestamp),
					     view_of(v->nonce), view_of(v->cipher)};

		is_int(wechat_key_read(view_of(v->key), key), 0, "%s: the key is one", v->name);
		is_int(wechat_unseal(&a, key, view_of(v->cipher), id, &plain, NULL), BOT_OK,
		       "%s: is unsealed", v->name);
		if (v->plain)
			is_view(plain, v->plain, "%s: to what it should be", v->name);
		if (v->part)
			ok(view_find(plain, view_of(v->part)) >= 0, "%s: holds what it should",
			   v->name);
		if (v->is_sealing)
			is_view(wechat_seal(&a, key, view_of(v->random), view_of(v->plain), id),
				v->cipher, "%s: is sealed byte for byte", v->name);
		if (v->signature)
			is_view(wechat_sign(&a, parts, 4), v->signature, "%s: is signed", v->name);
		is_int(wechat_unseal(&a, key, view_of(v->cipher), VIEW("wx0"), &plain, NULL),
		       BOT_WRONG_RECEIVER, "%s: is not for another account", v->name);
	}
}

/* A body whose own length word is `len`, sealed as the platform would. */
static enum bot_verdict unseal_with_length(uint32_t len, size_t n_bytes)
{
	unsigned char key[AES_KEY_BYTES] = {1};
	char body[64] = "0123456789abcdef";
	struct view sealed, plain;

	body[16] = (char)(len >> 24);
	body[17] = (char)(len >> 16);
	body[18] = (char)(len >> 8);
	body[19] = (char)len;
	memcpy(body + 20, "hello", 5);
	sealed = base64_of(&a, aes_encrypt(&a, key, key, view_make(body, n_bytes), 32));
	return wechat_unseal(&a, key, sealed, view_make(NULL, 0), &plain, NULL);
}

static void test_lying_lengths(void)
{
	unsigned char key[AES_KEY_BYTES] = {1};
	struct view plain;

	is_int(unseal_with_length(5, 25), BOT_OK, "a length that fits is taken");
	is_int(unseal_with_length(6, 25), BOT_BAD_SEAL, "one byte more is not");
	is_int(unseal_with_length(0xffffffffu, 25), BOT_BAD_SEAL, "nor 4 GiB");
	is_int(unseal_with_length(0xfffffff0u, 25), BOT_BAD_SEAL, "nor what wraps around");
	is_int(unseal_with_length(0, 19), BOT_BAD_SEAL, "nor a body too short for a length");
	is_int(unseal_with_length(0, 20), BOT_OK, "an empty message is one");
	is_int(wechat_unseal(&a, key, VIEW("AAAA"), VIEW(""), &plain, NULL), BOT_BAD_SEAL,
	       "half a block is none");
	is_int(wechat_unseal(&a, key, VIEW(""), VIEW(""), &plain, NULL), BOT_BAD_SEAL,
	       "nor is nothing");
	is_int(wechat_unseal(&a, key, VIEW("AAAAAAAAAAAAAAAAAAAAAA=="), VIEW(""), &plain, NULL),
	       BOT_BAD_SEAL, "rubbish has no padding");
}

static void test_other_vectors(void)
{
	unsigned char key[SHA256_BYTES], seed[32];
	struct view sealed, plain, signature;

	sha256(&(struct view){feishu_vector.key, strlen(feishu_vector.key)}, 1, key);
	is_int(base64_read(&a, view_of(feishu_vector.cipher), &sealed), 0, "Feishu's base64");
	is_int(aes_decrypt(&a, key, (const unsigned char *)sealed.ptr,
			   view_sub(sealed, 16, sealed.len), 16, &plain),
	       0, "Feishu's example is decrypted");
	is_view(plain, feishu_vector.plain, "to what it should be");
	for (size_t i = 0; i < 2; i++) {
		size_t len = strlen(qq_vectors[i].secret);
		unsigned char made[64];
		struct view text = view_of(qq_vectors[i].signed_text);

		for (size_t k = 0; k < 32; k++)
			seed[k] = (unsigned char)qq_vectors[i].secret[k % len];
		ed25519_sign(seed, text, made);
		is_view(hex_of(&a, made, 64), qq_vectors[i].signature, "QQ's example is signed");
		hex_read(&a, view_of(qq_vectors[i].signature), &signature);
		ok(ed25519_verify_seed(seed, text, signature), "and verified");
		((char *)signature.ptr)[3] ^= 1;
		ok(!ed25519_verify_seed(seed, text, signature), "and not with a bit turned");
		ok(!ed25519_verify_seed(seed, text, view_sub(signature, 0, 63)),
		   "nor a byte shorter");
	}
}

static void test_encodings(void)
{
	static const char *const bad[] = {
	    "", "A", "AA", "AAA", "A===", "AA=A", "AAAA====", "AA A", "AA\n=", "AB=="};
	struct view v;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(base64_read(&a, view_of(bad[i]), &v) < 0, "'%s' is not base64", bad[i]);
	ok(base64_read(&a, VIEW("5Lit5paHYQ=="), &v) == 0 && view_is(v, "中文a"), "this is");
	is_view(base64_of(&a, VIEW("中文a")), "5Lit5paHYQ==", "and written the same");
	is_view(base64url_of(&a, VIEW("\xfb\xff\xfe?")), "-__-Pw", "for addresses without padding");
	ok(hex_read(&a, VIEW("0g"), &v) < 0 && hex_read(&a, VIEW("0"), &v) < 0, "nor is this hex");
	ok(secret_eq(VIEW("a"), VIEW("a")) && !secret_eq(VIEW("a"), VIEW("b")), "secrets compare");
	ok(!secret_eq(VIEW(""), VIEW("")), "and a missing one is equal to nothing");
}

static int read_xml(const char *text, struct xml *ret)
{
	struct fault why;

	return xml_read(&a, view_of(text), ret, &why);
}

static void test_xml(void)
{
	struct buf out = BUF_INIT, deep = BUF_INIT;
	struct xml x;

	is_int(read_xml("<xml><A><![CDATA[<b>&]]></A><B>1 &amp; 2</B><C><D>x</D>y</C></xml>", &x),
	       0, "XML is read");
	is_view(xml_text(&x, "A"), "<b>&", "with CDATA");
	is_view(xml_text(&x, "B"), "1 & 2", "and the entities that all have");
	is_view(xml_text(&x, "C/D"), "x", "and elements in elements");
	is_view(xml_text(&x, "D"), "", "that are found by their whole path only");
	ok(read_xml("<!DOCTYPE xml [<!ENTITY a \"b\">]><xml><A>&a;</A></xml>", &x) < 0,
	   "a document type is refused");
	ok(read_xml("<!DOCTYPE xml SYSTEM \"file:///etc/passwd\"><xml/>", &x) < 0,
	   "an outside one too");
	ok(read_xml("<xml><A>&b;</A></xml>", &x) < 0, "so is an entity nobody knows");
	ok(read_xml("<xml><A></xml>", &x) < 0, "and what is not closed");
	ok(read_xml("<xml/><xml/>", &x) < 0, "and two roots");
	ok(read_xml("", &x) < 0 && read_xml("{}", &x) < 0, "and what is none");
	ok(read_xml("<xml><A>\xff</A></xml>", &x) < 0, "and what is not UTF-8");
	for (int i = 0; i <= LIMIT_XML_DEPTH; i++)
		buf_str(&deep, "<a>");
	for (int i = 0; i <= LIMIT_XML_DEPTH; i++)
		buf_str(&deep, "</a>");
	ok(read_xml(deep.ptr, &x) < 0, "and what is too deep");
	buf_clear(&deep);
	buf_str(&deep, "<a>");
	for (int i = 0; i <= LIMIT_XML_ELEMENTS; i++)
		buf_str(&deep, "<b/>");
	buf_str(&deep, "</a>");
	ok(read_xml(deep.ptr, &x) < 0, "and what has too many elements");
	buf_str(&out, "<xml>");
	xml_put(&out, "A", VIEW("a]]>b]]]]>>c"));
	buf_str(&out, "</xml>");
	ok(read_xml(out.ptr, &x) == 0, "what is written can be read");
	is_view(xml_text(&x, "A"), "a]]>b]]]]>>c", "and is the same, whatever is in it");
	buf_done(&out);
	buf_done(&deep);
}

static size_t pieces_of(const char *text, struct text_limit limit, struct view out[16])
{
	struct view rest = view_of(text);
	size_t n = 0;

	while (n < 16 && text_piece(&rest, &limit, &out[n])) {
		ok(text_fits(out[n], &limit) && utf8_is_valid(out[n], NULL), "piece %zu fits", n);
		n++;
	}
	return n;
}

static void test_pieces(void)
{
	struct view p[16];

	is_int((int)pieces_of("短。", (struct text_limit){.bytes = 2048}, p), 1,
	       "what fits is one piece");
	is_int((int)pieces_of("", (struct text_limit){.bytes = 2048}, p), 0, "nothing is none");
	is_int((int)pieces_of("第一句话在这里。第二句话在那里。第三句。",
			      (struct text_limit){.bytes = 50}, p),
	       2, "long text is cut");
	is_view(p[0], "第一句话在这里。第二句话在那里。", "behind a sentence");
	is_view(p[1], "第三句。", "and goes on with the next");
	is_int((int)pieces_of("一二三四五六七八九十", (struct text_limit){.units = 4}, p), 3,
	       "without sentences between characters");
	is_int((int)pieces_of("😀😀😀", (struct text_limit){.units = 5}, p), 2,
	       "counted as platforms count");
	is_view(p[0], "😀😀", "whole ones only");
	is_int((int)pieces_of("请到网上办理居住证 https://example.gov.cn/a/b/c?d=e 再看",
			      (struct text_limit){.bytes = 50}, p),
	       2, "with an address");
	ok(view_starts(p[1], VIEW("https://example.gov.cn/a/b/c?d=e")), "that is not cut");
	{
		struct view rest = VIEW("中文"), piece;
		const struct text_limit tiny = {.bytes = 1};
		size_t n = 0;

		while (text_piece(&rest, &tiny, &piece))
			n++;
		is_int((int)n, 2, "a limit under one character still comes to an end");
	}
}

static void test_json(void)
{
	struct json_value v;

	is_int(json_read(&a, VIEW("{\"a\":{\"b\":\"中\",\"n\":12,\"l\":[1]},\"t\":true}"), 8, &v),
	       0, "JSON is read");
	is_view(json_text(&v, "a.b"), "中", "by a path");
	is_view(json_text(&v, "a.n"), "12", "numbers as text");
	is_int((int)json_number(&v, "a.n", -1), 12, "or as numbers");
	is_view(json_text(&v, "a.l"), "", "a list has no text");
	is_int((int)json_number(&v, "a.b", -1), -1, "and 中 is no number");
	ok(json_find(&v, "t") && json_find(&v, "t")->is_true, "true is true");
	ok(!json_find(&v, "a.b.c") && !json_find(&v, ""), "what is not there is not found");
	ok(json_read(&a, VIEW("{} x"), 8, &v) < 0, "one value only");
	ok(json_read(&a, VIEW("[[[[1]]]]"), 3, &v) < 0, "and not too deep");
	ok(json_read(&a, VIEW(""), 8, &v) < 0 && json_read(&a, VIEW("{"), 8, &v) < 0, "and whole");
	ok(json_read(&a, VIEW("\"\xff\""), 8, &v) < 0, "and UTF-8");
}

/* --- sections --- */

static char dir[] = "/tmp/bots-test.XXXXXX";

static int read_config(const char *text, struct settings *s, struct bot_list *l, struct fault *why)
{
	struct problems problems = {.list = VEC_INIT};
	int r;

	settings_init(s);
	*why = (struct fault){.text = ""};
	r = settings_read_text(s, view_of(text), "test.conf", dir, &problems);
	*l = (struct bot_list){NULL, 0};
	if (r == 0)
		r = bots_read(s, l, &problems);
	problems_first_error(&problems, why);
	problems_done(&problems);
	return r;
}

static void refuses(const char *text, const char *because)
{
	struct settings s;
	struct bot_list l;
	struct fault why;
	int r = read_config(text, &s, &l, &why);

	ok(r < 0 && l.n <= 1 && strstr(why.text, because), "refused because %s", because);
	if (!strstr(why.text, because))
		printf("# %s\n", why.text);
	bot_list_done(&l);
	settings_done(&s);
}

#define GOOD                                                                          \
	"[bot wechat]\ntoken_file = token\naes_key_file = aes\napp_id = wx1 # ours\n" \
	"[bot second]\nplatform = wechat\nmode = plain\ntoken_env = BOTS_TEST\napp_id = wx2\n"

static void test_config(void)
{
	struct settings s;
	struct bot_list l;
	struct fault why;

	setenv("BOTS_TEST", "of the environment", 1);
	is_int(read_config("port = 0\n" GOOD, &s, &l, &why), 0, "bots are read");
	is_int((int)l.n, 2, "both");
	ok(bot_list_find(&l, VIEW("second")) && !bot_list_find(&l, VIEW("third")), "by name");
	is_view(l.items[0].values[0], "AbcToken", "a secret comes from its file, without blanks");
	is_view(l.items[1].values[0], "of the environment", "or from the environment");
	is_view(l.items[0].api_base, "https://api.weixin.qq.com",
		"the interface is the platform's");
	bot_list_done(&l);
	settings_done(&s);
	refuses("[bot wechat]\ntoken = AbcToken\naes_key_file = aes\napp_id = wx1\n",
		"does not belong here");
	refuses("[bot wechat]\naes_key_file = aes\napp_id = wx1\n", "token_file (or token_env)");
	refuses("[bot wechat]\ntoken_file = nowhere\naes_key_file = aes\napp_id = wx1\n",
		"cannot be read");
	refuses("[bot wechat]\ntoken_file = empty\naes_key_file = aes\napp_id = wx1\n", "is empty");
	refuses("[bot wechat]\ntoken_env = BOTS_NONE\naes_key_file = aes\napp_id = wx1\n",
		"is not set");
	refuses("[bot wechat]\ntoken_file = token\napp_id = wx1\n", "aes_key_file");
	refuses("[bot wechat]\ntoken_file = token\naes_key_file = token\napp_id = wx1\n",
		"no EncodingAESKey");
	refuses("[bot wechat]\ntoken_file = token\naes_key_file = aes\n", "app_id is missing");
	refuses(GOOD "mod = plain\n", "has no 'mod'");
	refuses(GOOD "api_base = http://api.example.cn\n", "https://");
	refuses("[bot wechat]\ntoken_file = token\nmode = open\napp_id = wx1\n", "is none of");
	{
		struct buf many = BUF_INIT;

		for (int i = 0; i <= LIMIT_BOTS; i++)
			buf_printf(&many, "[bot b%d]\n", i);
		refuses(many.ptr, "more than");
		buf_done(&many);
	}
	refuses("[bot msn]\n", "there is no platform 'msn'");
	refuses("[bot We Chat]\n", "is no name for a bot");
	refuses("[server]\nport = 1\n", "is no section");
	refuses(GOOD "[bot wechat]\n", "already");
	refuses(GOOD "app_id = wx3\n", "twice");
}

static void test_carry(void)
{
	struct settings s;
	struct bot_list l, again;
	struct fault why;
	struct view bytes;
	size_t n_taken = 0;
	int fd;

	read_config(GOOD "api_base = https://bots.example.cn/x\nuser_rate = 7\n", &s, &l, &why);
	fd = bot_list_seal(&l);
	if (!ok(fd >= 0 && seal_map(fd, &bytes) == 0, "bots fit into sealed memory"))
		return;
	if (ok(bot_list_unseal(fd, &again) == 0, "and come out of it")) {
		ok(again.n == 2 && bot_eq(&l.items[0], &again.items[0]) &&
		       bot_eq(&l.items[1], &again.items[1]),
		   "as they were, in the same order");
		ok(again.items[0].own != NULL, "with their keys made");
		bot_list_done(&again);
	}
	/* The end of the first bot is an end too. */
	for (size_t n = 0; n < bytes.len; n++) {
		if (bot_list_parse(view_sub(bytes, 0, n), &again) == 0) {
			n_taken += again.n;
			bot_list_done(&again);
		}
	}
	is_int((int)n_taken, 1, "cut off anywhere else it is refused");
	seal_unmap(bytes);
	close(fd);
	bot_list_done(&l);
	settings_done(&s);
}

/* --- every platform, with its own side as the sender --- */

/* A section for each; a platform without one here is not tested, so there is a test for that too.
 */
static const char *const sections[] = {
    "[bot wechat]\ntoken_file = token\naes_key_file = aes\napp_id = wx1\n",
    "[bot wechat-plain]\nplatform = wechat\nmode = plain\ntoken_file = token\napp_id = wx1\n",
    "[bot wecom]\ntoken_file = token\naes_key_file = aes\ncorp_id = ww1\nagent_id = 1000002\n",
    "[bot wecom-robot]\ntoken_file = token\naes_key_file = aes\n",
    "[bot dingtalk]\napp_secret_file = token\n",
    ("[bot feishu]\nverification_token_file = token\nencrypt_key_file = aes\napp_id = cli_1\n"
     "app_secret_file = token\n"),
    "[bot qq]\napp_id = 1\napp_secret_file = token\n",
    "[bot telegram]\nsecret_token_file = token\n",
};

static enum bot_verdict take(const struct bot *b, const struct bot_request *q,
			     struct bot_message *ret)
{
	struct bot_verified v = {.plain = VIEW("")};
	struct fault why;
	enum bot_verdict verdict = b->platform->verify(b, q, &a, &v, &why);

	if (verdict == BOT_OK)
		verdict = b->platform->decode(b, q, &v, &a, ret, &why);
	if (verdict == BOT_OK)
		ret->is_sealed = v.is_sealed;
	return verdict;
}

/* Nothing that is needed may be missing, and nothing of it may be other than it was. */
static void test_spoiled(const struct bot *b, const struct bot_request *good)
{
	const struct bot_platform *p = b->platform;
	struct bot_message m = {.kind = BOT_OTHER};
	size_t n_refused = 0, n_needed = 0;

	for (size_t i = 0; i < 2 * BOT_VALUES_MAX; i++) {
		struct bot_request q = *good;
		struct view *value =
		    i < BOT_VALUES_MAX ? &q.arguments[i] : &q.headers[i - BOT_VALUES_MAX];

		if (!value->len)
			continue;
		n_needed++;
		*value = arena_copy(&a, *value);
		((char *)value->ptr)[0] ^= 1;
		n_refused += take(b, &q, &m) != BOT_OK;
		*value = view_make(NULL, 0);
		n_refused += take(b, &q, &m) != BOT_OK;
	}
	/* WeChat's sealed requests bear a second signature, which the first makes idle. */
	ok(n_refused >= 2 * n_needed - 2 && n_refused > 0,
	   "%s: no argument or header may be missing or changed", b->name);
	if (p->limits.window_ms) {
		struct bot_request q = *good;

		q.now_ms += p->limits.window_ms + 2000;
		is_int(take(b, &q, &m), BOT_STALE, "%s: nor be too old", b->name);
		q.now_ms = good->now_ms - p->limits.window_ms - 2000;
		is_int(take(b, &q, &m), BOT_STALE, "%s: nor from the future", b->name);
	}
	if (!p->body_is_unsigned && (m.is_sealed || good->headers[0].len)) {
		size_t n_taken = 0;

		for (size_t i = 0; i < good->body.len; i += 7) {
			struct bot_request q = *good;

			q.body = arena_copy(&a, good->body);
			((char *)q.body.ptr)[i] ^= 4;
			n_taken += take(b, &q, &m) == BOT_OK && !view_is(m.text, "郑州居住证");
		}
		is_int((int)n_taken, 0, "%s: nor may the body be other than it was", b->name);
	}
}

static void test_platform(const char *section)
{
	const int64_t now = 1800000000000;
	struct bot_message m = {.kind = BOT_OTHER};
	struct bot_request q;
	struct settings s;
	struct bot_list l;
	struct view body, said;
	const char *type;
	struct fault why;
	struct bot *b;

	if (!ok(read_config(section, &s, &l, &why) == 0 && l.n == 1, "%s", section)) {
		printf("# %s\n", why.text);
		return;
	}
	b = &l.items[0];
	b->platform->mirror->make(b, VIEW("user-1"), VIEW("42"), VIEW("郑州居住证"), now, &a, &q,
				  &type);
	is_int(take(b, &q, &m), BOT_OK, "%s: takes what the platform sends", b->name);
	ok(m.kind == BOT_TEXT && view_is(m.text, "郑州居住证"), "%s: as what was said", b->name);
	ok(view_find(m.user, VIEW("user-1")) >= 0 && view_find(m.id, VIEW("42")) >= 0,
	   "%s: by whom, and which it is", b->name);
	if (!b->platform->is_mute) {
		b->platform->encode(b, &m, VIEW("好的]]>&\"\n"), now, &a, &body);
		is_int(b->platform->mirror->read(b, body, &a, &said, &why), 0,
		       "%s: the platform can read the response", b->name);
		is_view(said, "好的]]>&\"\n", "%s: and shows what we say", b->name);
		b->platform->encode(b, &m, VIEW(""), now, &a, &body);
		is_int(b->platform->mirror->read(b, body, &a, &said, &why), 0,
		       "%s: a response that says nothing can be read", b->name);
		is_view(said, "", "%s: as nothing", b->name);
	}
	test_spoiled(b, &q);
	bot_list_done(&l);
	settings_done(&s);
}

static void test_platforms(void)
{
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		test_platform(sections[i]);
	for (size_t i = 0; bot_platforms[i]; i++) {
		bool has_section = false;

		for (size_t k = 0; k < sizeof(sections) / sizeof(sections[0]); k++)
			has_section |=
			    view_find(view_of(sections[k]), view_of(bot_platforms[i]->name)) == 5;
		ok(has_section, "%s is tested here", bot_platforms[i]->name);
	}
}

static void put_file(const char *name, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file_write(path, view_of(text), 0600);
}

int main(void)
{
	static const char *const names[] = {"token", "aes", "empty"};
	char path[128];

	arena_init(&a, 0);
	if (!mkdtemp(dir))
		return 1;
	put_file("token", " AbcToken\n");
	put_file("aes", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG\n");
	put_file("empty", "\n");
	test_wechat_vectors();
	test_lying_lengths();
	test_other_vectors();
	test_encodings();
	test_xml();
	test_pieces();
	test_json();
	test_config();
	test_carry();
	test_platforms();
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
	arena_done(&a);
	return done();
}
