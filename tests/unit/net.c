/* SPDX-License-Identifier: Apache-2.0 */
/* net.c - the HTTPS client against a server of its own on the loopback, with and without TLS. */
#include "net/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "tests/unit/tap.h"

/* --- certificates: one authority, a good server, one with another host's name --- */

static EVP_PKEY *key;
static X509 *authority, *good, *other;

static X509 *certificate(const char *name, const char *alt, bool is_authority)
{
	X509 *c = X509_new();
	X509_NAME *n = X509_get_subject_name(c);
	X509V3_CTX ctx;
	X509_EXTENSION *e;

	X509_set_version(c, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(c), (long)clock_ns() & 0xffffff);
	X509_gmtime_adj(X509_getm_notBefore(c), -3600);
	X509_gmtime_adj(X509_getm_notAfter(c), 3600);
	X509_set_pubkey(c, key);
	X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0);
	X509_set_issuer_name(c, is_authority ? n : X509_get_subject_name(authority));
	X509V3_set_ctx_nodb(&ctx);
	X509V3_set_ctx(&ctx, is_authority ? c : authority, c, NULL, NULL, 0);
	e = X509V3_EXT_conf_nid(NULL, &ctx,
				is_authority ? NID_basic_constraints : NID_subject_alt_name,
				is_authority ? "critical,CA:TRUE" : alt);
	X509_add_ext(c, e, -1);
	X509_EXTENSION_free(e);
	X509_sign(c, key, EVP_sha256());
	return c;
}

static void make_certificates(const char *ca_file)
{
	FILE *f = fopen(ca_file, "w");

	key = EVP_EC_gen("P-256");
	authority = certificate("Test authority", NULL, true);
	good = certificate("here", "IP:127.0.0.1", false);
	other = certificate("elsewhere", "DNS:elsewhere.invalid", false);
	PEM_write_X509(f, authority);
	fclose(f);
}

/* --- the server: a child, one connection at a time, one request each --- */

struct peer {
	int fd;
	SSL *ssl;
};

static void put(struct peer *p, const char *bytes, size_t len)
{
	ssize_t n =
	    p->ssl ? SSL_write(p->ssl, bytes, (int)len) : send(p->fd, bytes, len, MSG_NOSIGNAL);

	(void)n;
}

static void say(struct peer *p, const char *head, const char *body)
{
	char text[2048];
	int n = snprintf(text, sizeof(text),
			 "HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n%s", head,
			 strlen(body), body);

	put(p, text, (size_t)n);
}

/* Head and body of a request, by its Content-Length. */
static size_t hear(struct peer *p, char *text, size_t cap)
{
	size_t len = 0;

	while (len < cap - 1) {
		ssize_t n = p->ssl ? SSL_read(p->ssl, text + len, (int)(cap - 1 - len))
				   : recv(p->fd, text + len, cap - 1 - len, 0);
		const char *end, *length;

		if (n <= 0)
			break;
		len += (size_t)n;
		text[len] = '\0';
		end = strstr(text, "\r\n\r\n");
		length = strstr(text, "Content-Length: ");
		if (end && (!length || strlen(end + 4) >= (size_t)atoi(length + 16)))
			break;
	}
	text[len] = '\0';
	return len;
}

static void answer(struct peer *p, unsigned *n_seen)
{
	static char text[65536], big[65536];

	if (!hear(p, text, sizeof(text)))
		return;
	if (strstr(text, " /hello ")) {
		say(p, "200 OK\r\nContent-Type: text/plain", "你好");
	} else if (strstr(text, " /echo ")) {
		text[1500] = '\0';
		say(p, "200 OK", text);
	} else if (strstr(text, " /endless ")) {
		memset(big, 'x', sizeof(big));
		put(p, "HTTP/1.1 200 OK\r\n\r\n", 19);
		for (int i = 0; i < 64; i++)
			put(p, big, sizeof(big));
	} else if (strstr(text, " /slow ")) {
		poll(&(struct pollfd){p->fd, POLLIN, 0}, 1, 60000);
	} else if (strstr(text, " /cut ")) {
		put(p, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", 43);
	} else if (strstr(text, " /nothing ")) {
		return;
	} else if (strstr(text, " /second ")) {
		++*n_seen % 2 ? say(p, "500 Oops", "") : say(p, "200 OK", "at last");
	} else if (strstr(text, " /later ")) {
		++*n_seen % 2 ? say(p, "503 Busy\r\nRetry-After: 1", "")
			      : say(p, "200 OK", "at last");
	} else if (strstr(text, " /much-later ")) {
		say(p, "429 Slowly\r\nRetry-After: 3600", "not now");
	} else if (strstr(text, " /moved ")) {
		say(p, "302 Found\r\nLocation: /hello", "elsewhere");
	} else if (strstr(text, " /count ")) {
		snprintf(big, sizeof(big), "%u", *n_seen);
		say(p, "200 OK", big);
	} else {
		say(p, "404 Not Found", "");
	}
}

static void serve(int listener, X509 *shown)
{
	SSL_CTX *ctx = shown ? SSL_CTX_new(TLS_server_method()) : NULL;
	unsigned n_seen = 0;

	signal(SIGPIPE, SIG_IGN);
	if (ctx) {
		SSL_CTX_use_certificate(ctx, shown);
		SSL_CTX_use_PrivateKey(ctx, key);
	}
	for (;;) {
		struct peer p = {.fd = accept(listener, NULL, NULL)};

		if (p.fd < 0)
			_exit(1);
		if (ctx) {
			p.ssl = SSL_new(ctx);
			SSL_set_fd(p.ssl, p.fd);
			if (SSL_accept(p.ssl) > 0)
				answer(&p, &n_seen);
			SSL_shutdown(p.ssl);
			SSL_free(p.ssl);
		} else {
			answer(&p, &n_seen);
		}
		shutdown(p.fd, SHUT_RDWR);
		close(p.fd);
	}
}

static unsigned listen_somewhere(int *ret_fd)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(a);

	*ret_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(*ret_fd, (struct sockaddr *)&a, sizeof(a)) || listen(*ret_fd, 16) ||
	    getsockname(*ret_fd, (struct sockaddr *)&a, &len))
		exit(1);
	return ntohs(a.sin_port);
}

struct server {
	pid_t pid;
	char base[64];
};

static struct server server_of(X509 *shown)
{
	struct server s;
	int fd;
	unsigned port = listen_somewhere(&fd);

	snprintf(s.base, sizeof(s.base), "%s://127.0.0.1:%u", shown ? "https" : "http", port);
	fflush(stdout);
	s.pid = fork();
	if (s.pid == 0)
		serve(fd, shown);
	close(fd);
	return s;
}

static void server_end(struct server *s)
{
	kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
}

/* --- the client --- */

struct got {
	struct net_client *client;
	int n, error, status;
	unsigned tries;
	int64_t retry_after_ms;
	char body[4096], type[64];
	uint64_t cancel; /* from the callback */
};

static void on_reply(void *data, const struct net_reply *r)
{
	struct got *g = data;

	g->n++;
	g->error = r->error;
	g->status = r->status;
	g->tries = r->tries;
	g->retry_after_ms = r->retry_after_ms;
	snprintf(g->body, sizeof(g->body), "%.*s", VIEW_ARG(r->body));
	snprintf(g->type, sizeof(g->type), "%.*s", VIEW_ARG(r->content_type));
	if (g->cancel)
		net_cancel(g->client, g->cancel);
}

static struct loop *loop;

static struct got fetch(struct net_client *c, const char *base, const char *path,
			struct net_request q)
{
	struct got g = {.client = c};
	char url[256];
	uint64_t id = 0;

	snprintf(url, sizeof(url), "%s%s", base, path);
	q.url = view_of(url);
	q.allows_plain = true;
	q.call = on_reply;
	q.data = &g;
	/* Under valgrind a handshake takes seconds. */
	if (!q.timeout_ms)
		q.timeout_ms = q.connect_timeout_ms = 120000;
	g.error = net_start(c, &q, &id);
	if (g.error)
		return g;
	while (net_client_busy(c))
		loop_turn(loop, true);
	return g;
}

#define GET(c, base, path, ...) fetch(c, base, path, (struct net_request){__VA_ARGS__})

static void test_replies(struct net_client *c, const char *base)
{
	static const struct view json[] = {VIEW_INIT("Content-Type: application/json"),
					   VIEW_INIT("X-Secret: 12")};
	struct got g = GET(c, base, "/hello");

	ok(g.n == 1 && g.status == 200 && !g.error, "a page is fetched");
	is_str(g.body, "你好", "with its body");
	is_str(g.type, "text/plain", "and its type");
	is_int(GET(c, base, "/none").status, 404, "404 is a reply");
	g = GET(c, base, "/echo", .method = "POST", .headers = json, .n_headers = 2,
		.body = VIEW("{\"a\":1}"));
	ok(strstr(g.body, "POST /echo HTTP/1.1") && strstr(g.body, "\r\n\r\n{\"a\":1}"),
	   "a body is sent");
	ok(strstr(g.body, "Content-Type: application/json\r\n") &&
	       strstr(g.body, "X-Secret: 12\r\n") && !strstr(g.body, "urlencoded") &&
	       !strstr(g.body, "Expect"),
	   "with the headers that were asked for and no others");
	g = GET(c, base, "/echo", .method = "DELETE");
	ok(strstr(g.body, "DELETE /echo HTTP/1.1") != NULL, "other methods too");
	g = GET(c, base, "/moved");
	ok(g.status == 302 && !strcmp(g.body, "elsewhere"),
	   "a redirect is a reply unless asked for");
	is_str(GET(c, base, "/moved", .max_redirects = 2).body, "你好", "and followed if so");
}

static void test_failures(struct net_client *c, const char *base)
{
	struct got g = GET(c, base, "/endless", .max_reply_bytes = 10000);

	ok(g.error == -EMSGSIZE && !g.body[0], "a reply longer than allowed is given up");
	is_int(GET(c, base, "/slow", .timeout_ms = 200).error, -ETIMEDOUT, "so is a slow one");
	is_int(GET(c, base, "/cut").error, -ECONNRESET, "half a reply is none");
	is_int(GET(c, base, "/nothing").error, -ECONNRESET,
	       "a connection that just ends is an error");
	is_int(GET(c, "http://127.0.0.1:1", "/").error, -ECONNREFUSED, "nobody there");
	g = GET(c, "http://nowhere.invalid", "/", .timeout_ms = 3000);
	/* Where the name server is not reached it takes as long as it may. */
	ok(g.error == -EHOSTUNREACH || g.error == -ETIMEDOUT, "no such name");
}

static void test_retries(struct net_client *c, const char *base)
{
	struct got g = GET(c, base, "/second", .retries = 2);

	ok(g.status == 200 && g.tries == 2, "after a 500 it is tried again");
	g = GET(c, base, "/second", .retries = 2, .method = "POST");
	ok(g.status == 500 && g.tries == 1, "a POST is not, since it may have been done");
	g = GET(c, base, "/second");
	ok(g.status == 200 && g.tries == 1, "(the second)");
	g = GET(c, base, "/second", .retries = 2, .method = "POST", .may_repeat = true);
	ok(g.status == 200 && g.tries == 2, "unless it says that it may be");
	g = GET(c, base, "/nothing", .retries = 2);
	ok(g.error == -ECONNRESET && g.tries == 3, "the tries have an end");
	g = GET(c, "http://127.0.0.1:1", "/", .retries = 1, .method = "POST");
	ok(g.error == -ECONNREFUSED && g.tries == 2, "what nobody heard may always be repeated");
	g = GET(c, base, "/much-later", .retries = 3);
	ok(g.status == 429 && g.tries == 1 && g.retry_after_ms == 3600000 &&
	       !strcmp(g.body, "not now"),
	   "who is told to come back later than there is time gets that reply");
	g = GET(c, base, "/later", .retries = 1);
	ok(g.status == 200 && g.tries == 2, "a Retry-After that fits is kept");
}

static void test_refusals(struct net_client *c)
{
	static const struct view bad[] = {VIEW_INIT("X: 1\r\nHost: other"), VIEW_INIT("no colon"),
					  VIEW_INIT("A b: 1"), VIEW_INIT(": 1")};
	struct net_request q = {.url = VIEW("https://a.example/"), .call = on_reply};
	uint64_t id = 7;

	ok(net_url_is_good(VIEW("https://a.example/x?y=%E4"), false), "https is spoken");
	ok(!net_url_is_good(VIEW("http://a.example/"), false), "http only if that is said");
	ok(net_url_is_good(VIEW("http://a.example/"), true), "and it was");
	ok(!net_url_is_good(VIEW("file:///etc/passwd"), true), "no files");
	ok(!net_url_is_good(VIEW("https://u:p@a.example/"), true), "no users in addresses");
	ok(!net_url_is_good(VIEW("https:///x"), true), "no address without a host");
	ok(!net_url_is_good(VIEW("https://a.example/a b"), true), "no blanks");
	ok(!net_url_is_good(VIEW("https://"), true), "not nothing");
	for (size_t i = 0; i < 4; i++) {
		q.headers = &bad[i];
		q.n_headers = 1;
		is_int(net_start(c, &q, &id), -EINVAL, "a header like '%.4s…' is refused",
		       bad[i].ptr);
	}
	q.n_headers = 0;
	q.method = "CONNECT";
	is_int(net_start(c, &q, &id), -EINVAL, "so is a method that is not known");
	q.method = NULL;
	q.body = VIEW("x");
	is_int(net_start(c, &q, &id), -EINVAL, "and a GET with a body");
	is_int((long long)id, 7, "and nothing was given back");
}

static void test_cancel(struct net_client *c, const char *base)
{
	struct got g = {.client = c}, other_got = {.client = c};
	char url[128];
	struct net_request q = {
	    .url = VIEW(""), .allows_plain = true, .call = on_reply, .data = &g};
	uint64_t id;
	int n = 0;

	snprintf(url, sizeof(url), "%s/hello", base);
	q.url = view_of(url);
	ok(!net_start(c, &q, &id) && id != 0, "a request has an id");
	ok(g.n == 0, "its callback does not come before net_start() is back");
	net_cancel(c, id);
	net_cancel(c, id);
	q.data = &other_got;
	net_start(c, &q, &other_got.cancel);
	while (net_client_busy(c))
		loop_turn(loop, true);
	ok(g.n == 0 && other_got.n == 1, "a cancelled request is not called back; one that cancels "
					 "itself in its callback is fine");
	while (n <= LIMIT_NET_REQUESTS && net_start(c, &q, &id) == 0)
		n++;
	is_int(n, LIMIT_NET_REQUESTS, "there is an end to how many run at once");
	net_client_free(c);
	ok(other_got.n == 1, "freeing the client calls nobody back");
}

static void test_tls(const char *ca_file)
{
	struct server right = server_of(good), wrong = server_of(other);
	struct net_options options = {.ca_file = ca_file};
	struct net_client *c = net_client_new(loop, &options);

	is_str(GET(c, right.base, "/hello").body, "你好", "a good certificate is accepted");
	is_int(GET(c, wrong.base, "/hello").error, -EKEYREJECTED, "another host's is not");
	is_str(GET(c, right.base, "/second", .retries = 1).body, "at last",
	       "retries go over TLS too");
	net_client_free(c);
	c = net_client_new(loop, NULL);
	is_int(GET(c, right.base, "/hello", .retries = 3).error, -EKEYREJECTED,
	       "nor one by an authority that nobody named");
	net_client_free(c);
	server_end(&right);
	server_end(&wrong);
}

int main(void)
{
	char ca_file[] = "/tmp/net-test.XXXXXX";
	struct server plain;
	struct net_client *c;

	close(mkstemp(ca_file));
	make_certificates(ca_file);
	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("https_proxy", "http://127.0.0.1:1", 1);
	plain = server_of(NULL);
	loop = loop_new(false);
	c = net_client_new(loop, NULL);
	test_replies(c, plain.base);
	test_retries(c, plain.base);
	test_refusals(c);
	test_tls(ca_file);
	test_failures(c, plain.base);
	server_end(&plain);
	plain = server_of(NULL);
	test_cancel(c, plain.base);
	loop_free(loop);
	server_end(&plain);
	unlink(ca_file);
	X509_free(authority);
	X509_free(good);
	X509_free(other);
	EVP_PKEY_free(key);
	return done();
}
