/* SPDX-License-Identifier: Apache-2.0 */
/* plugin-allow.c - what a plugin may ask of the outside: hosts, addresses, and what is sent. */
#include "plugin/allow.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <wenlu/plugin.h>

#include "net/inner.h"
#include "plugin/packet.h"
#include "plugin/setting.h"
#include "tap.h"

static bool has(const char *list, const char *url)
{
	return allow_has(view_of(list), view_of(url));
}

static void hosts(void)
{
	const char *list =
	    "api.example.gov.cn, one.example:8443 http://10.1.2.3:8080,[2001:db8::1]";

	ok(has(list, "https://api.example.gov.cn/x?y=1"), "a listed host may be asked");
	ok(has(list, "https://API.example.GOV.cn:443#z"), "by its name in any case, with its port");
	ok(has(list, "https://one.example:8443/") && has(list, "http://10.1.2.3:8080"),
	   "with the port and scheme that are listed");
	ok(has(list, "https://[2001:db8::1]/"), "also by number");
	ok(!has(list, "https://one.example/"), "another port is another place");
	ok(!has(list, "http://api.example.gov.cn/"), "without encryption it is another place");
	ok(!has(list, "https://x.api.example.gov.cn/") && !has(list, "https://example.gov.cn/") &&
	       !has(list, "https://api.example.gov.cn.evil.example/"),
	   "a part of a name is not the name");
	ok(!has(list, "https://api.example.gov.cn@evil.example/") &&
	       !has(list, "https://evil.example\\@api.example.gov.cn/") &&
	       !has(list, "https://api.example.gov.cn\\.evil.example/") &&
	       !has(list, "https://api.example.gov.cn:443:80/") &&
	       !has(list, "https://api.example.gov.cn./"),
	   "what others may read otherwise is refused");
	ok(!has(list, "ftp://api.example.gov.cn/") && !has(list, "file:///etc/passwd") &&
	       !has(list, "https:///x") && !has(list, ""),
	   "nothing but https and http");
	ok(!has("", "https://api.example.gov.cn/"), "an empty list lists nobody");
}

static void settings(void)
{
	struct plugin_setting s = {"x", "allow_hosts", "a.example, https://*.example"};
	struct fault why;

	ok(plugin_setting_check(&s, &why) < 0 && strstr(why.text, "*.example"),
	   "a pattern is refused by name");
	s.value = "a.example:0";
	ok(plugin_setting_check(&s, &why) < 0, "there is no port 0");
	s.value = "a.example/path";
	ok(plugin_setting_check(&s, &why) < 0, "a path is no host");
	s = (struct plugin_setting){"x", "isolate", "maybe"};
	ok(plugin_setting_check(&s, &why) < 0, "isolate is yes or no");
	s = (struct plugin_setting){"x", "allow_host", "a.example"};
	ok(plugin_setting_check(&s, &why) < 0 && strstr(why.text, "'allow_hosts'"),
	   "a slip in one of our keys is no key of the plugin's");
	s = (struct plugin_setting){"x", "city_url", "https://a.example/"};
	is_int(plugin_setting_check(&s, &why), 0, "any other key is the plugin's");
}

static bool is_inner(const char *text)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};

	if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
		return inner_has((struct sockaddr *)&v4);
	inet_pton(AF_INET6, text, &v6.sin6_addr);
	return inner_has((struct sockaddr *)&v6);
}

static void addresses(void)
{
	static const char *const inner[] = {"127.0.0.1",
					    "10.255.0.1",
					    "172.16.0.1",
					    "172.31.255.255",
					    "192.168.1.1",
					    "0.0.0.0",
					    "169.254.169.254",
					    "100.64.0.1",
					    "224.0.0.1",
					    "255.255.255.255",
					    "::1",
					    "::",
					    "fe80::1",
					    "fd00::1",
					    "ff02::1",
					    "::ffff:127.0.0.1",
					    "64:ff9b::a00:1",
					    "2002:7f00:1::",
					    "::127.0.0.1"};
	static const char *const outer[] = {"8.8.8.8",       "172.32.0.1", "100.128.0.1",
					    "192.169.0.1",   "223.5.5.5",  "2400:3200::1",
					    "::ffff:8.8.8.8"};

	for (size_t i = 0; i < sizeof(inner) / sizeof(inner[0]); i++)
		ok(is_inner(inner[i]), "%s is of an inner network", inner[i]);
	for (size_t i = 0; i < sizeof(outer) / sizeof(outer[0]); i++)
		ok(!is_inner(outer[i]), "%s is of the open one", outer[i]);
}

static void packets(void)
{
	static const struct view headers[] = {VIEW_INIT("A: b"), VIEW_INIT("C: d")};
	struct packet m = {.type = PACKET_FETCH}, n;
	struct fault why;
	struct buf out = BUF_INIT;
	struct arena a;
	int refused = 0;

	arena_init(&a, 0);
	m.fetch = (struct packet_fetch){.ask = 7,
					.number = 3,
					.timeout_ms = 100,
					.method = VIEW_INIT("POST"),
					.url = VIEW_INIT("https://a.example/"),
					.body = VIEW_INIT("x=1"),
					.headers = headers,
					.n_headers = 2};
	packet_put(&out, &m);
	ok(packet_parse(&a, buf_view(&out), &n, &why) == 0 && n.fetch.ask == 7 &&
	       view_is(n.fetch.body, "x=1") && view_is(n.fetch.headers[1], "C: d"),
	   "a request arrives as it was sent");
	for (size_t len = 0; len < out.len; len++)
		refused += packet_parse(&a, view_make(out.ptr, len), &n, &why) < 0;
	is_int(refused, (long long)out.len, "a part of it does not");
	buf_clear(&out);
	m = (struct packet){.type = PACKET_FETCHED};
	m.fetched.status = 200;
	m.fetched.body = view_make("\xff\0\x01", 3);
	packet_put(&out, &m);
	ok(packet_parse(&a, buf_view(&out), &n, &why) == 0 && n.fetched.status == 200 &&
	       n.fetched.body.len == 3,
	   "a reply may have any bytes");
	buf_done(&out);
	arena_done(&a);
}

int main(void)
{
	hosts();
	settings();
	addresses();
	packets();
	return done();
}
