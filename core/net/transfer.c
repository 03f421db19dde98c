/* SPDX-License-Identifier: Apache-2.0 */
/*
 * transfer.c - libcurl on the loop: the only file that knows it.
 *
 * libcurl says which sockets it waits for and when it wants to be called again; we tell it what
 * happened. Its callbacks must not start or stop transfers, so the ends are picked up afterwards.
 */
#include "net/transfer.h"

#include <curl/curl.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/error.h"
#include "base/limits.h"
#include "net/inner.h"

struct wheel {
	struct loop *loop;
	CURLM *multi;
	struct loop_timer timer;
	void (*ended)(void *data, const struct transfer_result *result);
	char *ca_file, *proxy, *agent;
};

struct transfer {
	struct wheel *wheel;
	CURL *easy;
	struct curl_slist *headers;
	struct buf *in;
	size_t max_reply_bytes;
	bool is_too_long, is_inner;
	void *data;
};

struct watched {
	struct loop_io io;
	struct wheel *wheel;
};

static void start_libcurl(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		die("libcurl cannot be started");
}

static char *copy_or_null(const char *s)
{
	char *copy = s ? strdup(s) : NULL;

	if (s && !copy)
		die_oom(strlen(s));
	return copy;
}

/* The status line of a reply counts as contact: from there on the server has seen something. */
static void fill_result(struct transfer *t, CURLcode code, struct transfer_result *ret)
{
	long status = 0, sent = 0;
	curl_off_t wait = 0;
	char *type = NULL;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(t->easy, CURLINFO_REQUEST_SIZE, &sent);
	curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &wait);
	curl_easy_getinfo(t->easy, CURLINFO_CONTENT_TYPE, &type);
	*ret = (struct transfer_result){
	    .status = (int)status,
	    .was_sent = sent > 0,
	    .retry_after_ms = wait > 0 && wait < INT32_MAX ? wait * 1000 : -1,
	    .why = curl_easy_strerror(code),
	    .content_type = type,
	};
	switch (code) {
	case CURLE_OK:
		return;
	case CURLE_OPERATION_TIMEDOUT:
		ret->error = -ETIMEDOUT;
		break;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
		ret->error = -EHOSTUNREACH;
		break;
	case CURLE_COULDNT_CONNECT:
		ret->error = -ECONNREFUSED;
		break;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
		ret->error = -EKEYREJECTED;
		break;
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
		ret->error = -ECONNRESET;
		break;
	case CURLE_TOO_MANY_REDIRECTS:
		ret->error = -ELOOP;
		break;
	default:
		ret->error = t->is_too_long ? -EMSGSIZE : -EIO;
	}
	if (t->is_inner) {
		ret->error = -EACCES;
		ret->why = "its address is one of our own network";
	}
	if (t->is_too_long)
		ret->why = "the reply is longer than it may be";
}

static void pick_up_ends(struct wheel *w)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(w->multi, &left))) {
		struct transfer *t;
		struct transfer_result result;
		char *data = NULL;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &data);
		t = (struct transfer *)data;
		fill_result(t, m->data.result, &result);
		w->ended(t->data, &result);
	}
}

static void on_socket(void *data, int fd, int events)
{
	struct wheel *w = ((struct watched *)data)->wheel;
	int running;

	curl_multi_socket_action(w->multi, fd,
				 (events & LOOP_READ ? CURL_CSELECT_IN : 0) |
				     (events & LOOP_WRITE ? CURL_CSELECT_OUT : 0),
				 &running);
	pick_up_ends(w);
}

static void on_time(void *data)
{
	struct wheel *w = data;
	int running;

	curl_multi_socket_action(w->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	pick_up_ends(w);
}

static int want_timer(CURLM *multi, long ms, void *data)
{
	struct wheel *w = data;

	(void)multi;
	if (ms < 0)
		loop_timer_stop(w->loop, &w->timer);
	else
		loop_timer_start(w->loop, &w->timer, ms, 0, on_time, w);
	return 0;
}

static int want_socket(CURL *easy, curl_socket_t fd, int what, void *data, void *socket_data)
{
	struct wheel *w = data;
	struct watched *s = socket_data;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		if (s)
			loop_io_stop(w->loop, &s->io);
		free(s);
		curl_multi_assign(w->multi, fd, NULL);
		return 0;
	}
	if (!s) {
		s = calloc(1, sizeof(*s));
		if (!s)
			die_oom(sizeof(*s));
		s->wheel = w;
		curl_multi_assign(w->multi, fd, s);
	}
	loop_io_start(w->loop, &s->io, fd,
		      (what & CURL_POLL_IN ? LOOP_READ : 0) |
			  (what & CURL_POLL_OUT ? LOOP_WRITE : 0),
		      on_socket, s);
	return 0;
}

struct wheel *wheel_new(struct loop *loop, const struct net_options *options,
			void (*ended)(void *data, const struct transfer_result *result))
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct net_options o = options ? *options : (struct net_options){0};
	struct wheel *w = calloc(1, sizeof(*w));

	pthread_once(&once, start_libcurl);
	if (!w)
		die_oom(sizeof(*w));
	w->loop = loop;
	w->ended = ended;
	w->ca_file = copy_or_null(o.ca_file);
	w->proxy = copy_or_null(o.proxy);
	w->agent = copy_or_null(o.agent ? o.agent : "wenlu");
	w->multi = curl_multi_init();
	if (!w->multi)
		die("libcurl cannot be started");
	curl_multi_setopt(w->multi, CURLMOPT_SOCKETFUNCTION, want_socket);
	curl_multi_setopt(w->multi, CURLMOPT_SOCKETDATA, w);
	curl_multi_setopt(w->multi, CURLMOPT_TIMERFUNCTION, want_timer);
	curl_multi_setopt(w->multi, CURLMOPT_TIMERDATA, w);
	curl_multi_setopt(w->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
			  (long)(o.max_connections ? o.max_connections : LIMIT_NET_CONNECTIONS));
	curl_multi_setopt(w->multi, CURLMOPT_MAX_HOST_CONNECTIONS,
			  (long)(o.max_per_host ? o.max_per_host : LIMIT_NET_CONNECTIONS_PER_HOST));
	return w;
}

void wheel_free(struct wheel *w)
{
	if (!w)
		return;
	curl_multi_cleanup(w->multi);
	loop_timer_stop(w->loop, &w->timer);
	free(w->ca_file);
	free(w->proxy);
	free(w->agent);
	free(w);
}

static size_t take_body(char *bytes, size_t one, size_t n, void *data)
{
	struct transfer *t = data;

	if (one * n > t->max_reply_bytes - t->in->len) {
		t->is_too_long = true;
		return 0;
	}
	buf_add(t->in, bytes, one * n);
	return one * n;
}

/* Looked at here, the address is the very one that is used. */
static curl_socket_t open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct transfer *t = data;

	(void)purpose;
	if (inner_has(&to->addr)) {
		t->is_inner = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static void set_schemes(CURL *e, bool is_plain)
{
#if LIBCURL_VERSION_NUM >= 0x075500
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, is_plain ? "http,https" : "https");
	curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS_STR, is_plain ? "http,https" : "https");
#else
	long allowed = is_plain ? CURLPROTO_HTTP | CURLPROTO_HTTPS : CURLPROTO_HTTPS;

	curl_easy_setopt(e, CURLOPT_PROTOCOLS, allowed);
	curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS, allowed);
#endif
}

static void set_safety(struct transfer *t, const struct transfer_plan *p)
{
	struct wheel *w = t->wheel;

	set_schemes(t->easy, p->is_plain);
	if (p->refuses_inner) {
		curl_easy_setopt(t->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
		curl_easy_setopt(t->easy, CURLOPT_OPENSOCKETDATA, t);
		/* Not over a connection that was opened for somebody who may. */
		curl_easy_setopt(t->easy, CURLOPT_FRESH_CONNECT, 1L);
		curl_easy_setopt(t->easy, CURLOPT_FORBID_REUSE, 1L);
	}
	curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(t->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (w->ca_file) {
		curl_easy_setopt(t->easy, CURLOPT_CAINFO, w->ca_file);
		curl_easy_setopt(t->easy, CURLOPT_CAPATH, NULL);
	}
	/* "" is how libcurl is told not to look into the environment. */
	curl_easy_setopt(t->easy, CURLOPT_PROXY, w->proxy ? w->proxy : "");
	curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION, p->max_redirects ? 1L : 0L);
	curl_easy_setopt(t->easy, CURLOPT_MAXREDIRS, (long)p->max_redirects);
	curl_easy_setopt(t->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
#if LIBCURL_VERSION_NUM >= 0x075700
	/* Else stopping a request waits for the thread that resolves its name. */
	curl_easy_setopt(t->easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

static void set_request(struct transfer *t, const struct transfer_plan *p)
{
	CURL *e = t->easy;
	bool has_body = strcmp(p->method, "GET") != 0 && strcmp(p->method, "HEAD") != 0;

	curl_easy_setopt(e, CURLOPT_URL, p->url);
	curl_easy_setopt(e, CURLOPT_USERAGENT, t->wheel->agent);
	if (has_body) {
		curl_easy_setopt(e, CURLOPT_POSTFIELDS, p->body);
		curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)p->body_len);
		curl_easy_setopt(e, CURLOPT_CUSTOMREQUEST, p->method);
		/* No round trip before a body, and no content type that nobody chose. */
		t->headers = curl_slist_append(t->headers, "Expect:");
		t->headers = curl_slist_append(t->headers, "Content-Type:");
	} else if (!strcmp(p->method, "HEAD")) {
		curl_easy_setopt(e, CURLOPT_NOBODY, 1L);
	}
	for (size_t i = 0; i < p->n_headers; i++)
		t->headers = curl_slist_append(t->headers, p->headers[i]);
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers);
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)p->timeout_ms);
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)p->connect_timeout_ms);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(e, CURLOPT_PRIVATE, (char *)t);
}

struct transfer *transfer_start(struct wheel *w, const struct transfer_plan *plan, struct buf *in)
{
	struct transfer *t = calloc(1, sizeof(*t));

	if (!t)
		die_oom(sizeof(*t));
	t->wheel = w;
	t->in = in;
	t->max_reply_bytes = plan->max_reply_bytes;
	t->data = plan->data;
	t->easy = curl_easy_init();
	if (!t->easy)
		die_oom(sizeof(*t));
	set_safety(t, plan);
	set_request(t, plan);
	if (curl_multi_add_handle(w->multi, t->easy)) {
		transfer_stop(t);
		return NULL;
	}
	return t;
}

void transfer_stop(struct transfer *t)
{
	if (!t)
		return;
	curl_multi_remove_handle(t->wheel->multi, t->easy);
	curl_easy_cleanup(t->easy);
	for (struct curl_slist *h = t->headers; h; h = h->next)
		explicit_bzero(h->data, strlen(h->data));
	curl_slist_free_all(t->headers);
	free(t);
}
