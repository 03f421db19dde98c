/* SPDX-License-Identifier: Apache-2.0 */
/*
 * edge.c - connections, and the one callback by which libwebsockets tells us of them.
 *
 * libwebsockets parses HTTP/1.1 and WebSocket frames; everything it leaves to its user is here or
 * near: accepting, limits, deadlines, queues. It never gets to listen, nor to speak HTTP/2, nor to
 * negotiate an extension.
 */
#include "serve/server.h"

#include <errno.h>
#include <libwebsockets.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "serve/tls_check.h"

/* A question is rarely longer; longer ones come in several pieces. It is memory per WebSocket. */
#define RX_BYTES 1024
/* Larger than any reply: libwebsockets cuts writes to this, and copies what is behind. */
#define TX_BYTES        (4 << 20)
#define HEADER_BYTES    8192
#define HEADER_POOL_MAX 8192

_Static_assert(FRAME_ROOM >= LWS_PRE, "room for the head of a frame");

struct view edge_header(struct conn *c, int token)
{
	int len = c->guest ? 0 : lws_hdr_total_length(c->wsi, (enum lws_token_indexes)token);
	char *text;

	if (len <= 0)
		return VIEW("");
	text = arena_alloc(&c->server->scratch, (size_t)len + 16);
	len = lws_hdr_copy(c->wsi, text, len + 16, (enum lws_token_indexes)token);
	return len <= 0 ? VIEW("") : view_of(text);
}

bool edge_identify(struct conn *c)
{
	struct server *s = c->server;
	struct address client = address_behind(&c->peer, edge_header(c, WSI_TOKEN_X_FORWARDED_FOR),
					       s->trusted, s->n_trusted);

	if (address_eq(&client, &c->client))
		return true;
	if (c->is_counted)
		peers_disconnect(s->peers, &c->client);
	c->client = client;
	c->is_counted = peers_connect(s->peers, &c->client);
	if (!c->is_counted)
		s->counts.refused_address++;
	return c->is_counted;
}

static bool is_proxy(const struct server *s, const struct address *a)
{
	for (size_t i = 0; i < s->n_trusted; i++)
		if (network_has(&s->trusted[i], a))
			return true;
	return false;
}

void edge_accept(void *server, int fd, const struct sockaddr_storage *from)
{
	struct server *s = server;
	struct address peer = address_from(from);
	bool is_trusted = is_proxy(s, &peer), is_counted = false;
	lws_adopt_desc_t how = {.vh = s->vhost,
				.type = LWS_ADOPT_SOCKET | LWS_ADOPT_HTTP | LWS_ADOPT_ALLOW_SSL};
	struct conn *c;

	/* Refused before a byte is read: all it costs is an accept and a close. */
	if (shared_connections(s->shared) >= (size_t)s->settings->max_connections) {
		s->counts.refused_total++;
		close(fd);
		return;
	}
	/* A proxy stands for many; whom it brings is counted once known. */
	if (!is_trusted) {
		is_counted = peers_connect(s->peers, &peer);
		if (!is_counted) {
			s->counts.refused_address++;
			close(fd);
			return;
		}
	}
	c = conn_new(s, NULL);
	c->peer = c->client = peer;
	c->is_counted = is_counted;
	s->counts.accepted++;
	how.fd.sockfd = fd;
	how.opaque = c;
	s->adopting = c;
	/* On failure it has closed the socket, and has told of the end or not. */
	if (!lws_adopt_descriptor_vhost_via_info(&how) && s->adopting)
		conn_free(s->adopting);
	s->adopting = NULL;
}

static int write_ping(struct conn *c)
{
	unsigned char frame[LWS_PRE + 4] = {0};

	/* With a payload: libwebsockets does not tell of empty pongs. */
	memcpy(frame + LWS_PRE, "here", 4);
	c->ping_due = false;
	if (c->outbox.n > 0)
		lws_callback_on_writable(c->wsi);
	return lws_write(c->wsi, frame + LWS_PRE, 4, LWS_WRITE_PING) < 0 ? -1 : 0;
}

/* One write a call, as libwebsockets wants it. */
static int on_ws_writable(struct conn *c)
{
	struct frame *f;
	int n;

	if (c->ping_due)
		return write_ping(c);
	f = outbox_pop(&c->outbox);
	if (!f)
		return 0;
	if (c->outbox.n > 0)
		lws_callback_on_writable(c->wsi);
	else
		c->resent_bytes = 0;
	if (c->outbox.n == 0 && c->close_code)
		conn_close_soon(c->server);
	n = lws_write(c->wsi, (unsigned char *)frame_text(f), frame_len(f), LWS_WRITE_TEXT);
	c->server->counts.bytes_sent += frame_len(f);
	frame_unref(f);
	return n < 0 ? -1 : 0;
}

static int close_with(struct conn *c, enum lws_close_status code, const char *reason)
{
	conn_enter(c, CONN_CLOSING);
	lws_close_reason(c->wsi, code, (unsigned char *)reason, strlen(reason));
	return -1;
}

static int on_ws_piece(struct conn *c, void *in, size_t len)
{
	struct server *s = c->server;
	size_t coming = lws_remaining_packet_payload(c->wsi);
	struct view message;

	if (c->close_code || c->phase == CONN_CLOSING)
		return 0;
	if (lws_frame_is_binary(c->wsi))
		return close_with(c, LWS_CLOSE_STATUS_UNACCEPTABLE_OPCODE, "text frames only");
	if (c->phase == CONN_PINGED)
		conn_enter(c, CONN_WS);
	switch (assembly_add(&c->assembly, view_make(in, len), coming,
			     lws_is_final_fragment(c->wsi), (size_t)s->settings->max_frame_bytes,
			     &message)) {
	case ASSEMBLY_MORE:
		break;
	case ASSEMBLY_TOO_LONG:
		s->counts.too_long++;
		return close_with(c, LWS_CLOSE_STATUS_MESSAGE_TOO_LARGE, "message too long");
	case ASSEMBLY_WHOLE:
		conn_enter(c, CONN_WS);
		c->last_message_ms = c->since_ms;
		s->counts.ws_messages++;
		ws_message(c, message);
		assembly_clear(&c->assembly);
		break;
	}
	return 0;
}

static int on_ws(struct conn *c, enum lws_callback_reasons reason, void *in, size_t len)
{
	switch (reason) {
	case LWS_CALLBACK_ESTABLISHED:
		c->is_ws = true;
		c->server->counts.ws_opened++;
		conn_enter(c, CONN_WS);
		c->last_message_ms = c->since_ms;
		ws_open(c);
		return 0;
	case LWS_CALLBACK_RECEIVE:
		return on_ws_piece(c, in, len);
	case LWS_CALLBACK_RECEIVE_PONG:
		if (c->phase == CONN_PINGED || c->phase == CONN_WS)
			conn_enter(c, CONN_WS);
		return 0;
	case LWS_CALLBACK_SERVER_WRITEABLE:
		return on_ws_writable(c);
	default:
		return 0;
	}
}

static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
		    size_t len)
{
	struct conn *c = wsi ? lws_get_opaque_user_data(wsi) : NULL;

	(void)user;
	if (!c)
		return 0;
	c->wsi = wsi;
	if (reason == LWS_CALLBACK_WSI_DESTROY) {
		if (c->server->adopting == c)
			c->server->adopting = NULL;
		lws_set_opaque_user_data(wsi, NULL);
		conn_free(c);
		return 0;
	}
	switch (reason) {
	case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
	case LWS_CALLBACK_HTTP:
	case LWS_CALLBACK_HTTP_BODY:
	case LWS_CALLBACK_HTTP_BODY_COMPLETION:
	case LWS_CALLBACK_HTTP_WRITEABLE:
	case LWS_CALLBACK_ESTABLISHED:
	case LWS_CALLBACK_RECEIVE:
	case LWS_CALLBACK_RECEIVE_PONG:
	case LWS_CALLBACK_SERVER_WRITEABLE:
		if (c->is_cut)
			return -1;
		break;
	default:
		break;
	}
	switch (reason) {
	case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
		/* Not `in`: with an unknown token it may be dangling. */
		return handshake_check(c);
	case LWS_CALLBACK_HTTP:
		return http_begin(c);
	case LWS_CALLBACK_HTTP_BODY:
		return http_body(c, in, len);
	case LWS_CALLBACK_HTTP_BODY_COMPLETION:
		return http_body_end(c);
	case LWS_CALLBACK_HTTP_WRITEABLE:
		return http_write(c);
	/* The method CONNECT would make a raw connection of it. */
	case LWS_CALLBACK_RAW_ADOPT:
	case LWS_CALLBACK_RAW_RX:
		return -1;
	default:
		return on_ws(c, reason, in, len);
	}
}

static const struct lws_protocols protocols[] = {
    {.name = "wenlu.v1",
     .callback = on_event,
     .rx_buffer_size = RX_BYTES,
     .tx_packet_size = TX_BYTES},
    {.name = NULL},
};

/* libwebsockets' own pings and hang-ups are switched off: server.c has the deadlines. */
static const lws_retry_bo_t no_validity_check;

static bool lws_is_starting;

static void on_lws_log(int level, const char *line)
{
	size_t len = strlen(line);

	while (len > 0 && line[len - 1] == '\n')
		len--;
	/* Once it runs, nearly all it complains of is what clients do. */
	log_write(lws_is_starting && level == LLL_ERR ? LOG_LEVEL_ERROR : LOG_LEVEL_DEBUG,
		  "libwebsockets: %.*s", (int)len, line);
}

int edge_start(struct server *s, struct fault *why)
{
	const struct settings *set = s->settings;
	int64_t pool =
	    set->max_connections < HEADER_POOL_MAX ? set->max_connections : HEADER_POOL_MAX;
	void *native = loop_native(s->loop);
	struct lws_context_creation_info info = {
	    .port = CONTEXT_PORT_NO_LISTEN_SERVER,
	    .protocols = protocols,
	    .options = LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_VALIDATE_UTF8 |
		       LWS_SERVER_OPTION_EXPLICIT_VHOSTS,
	    .foreign_loops = &native,
	    .alpn = "http/1.1",
	    .server_string = "wenlu",
	    .max_http_header_data = HEADER_BYTES,
	    .max_http_header_pool2 = (unsigned)pool,
	    .timeout_secs = (unsigned)set->header_timeout + 2,
	    .keepalive_timeout = (int)set->keepalive_timeout + 2,
	    .retry_and_idle_policy = &no_validity_check,
	    .uid = (uid_t)-1,
	    .gid = (gid_t)-1,
	};

	lws_is_starting = true;
	lws_set_log_level(LLL_ERR | (log_is_on(LOG_LEVEL_DEBUG) ? LLL_WARN : 0), on_lws_log);
	if (set->tls_certificate[0]) {
		info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
		info.ssl_cert_filepath = set->tls_certificate;
		info.ssl_private_key_filepath = set->tls_key;
	}
	s->lws = lws_create_context(&info);
	if (s->lws)
		s->vhost = lws_create_vhost(s->lws, &info);
	lws_is_starting = false;
	if (s->vhost) {
		lws_set_log_level(log_is_on(LOG_LEVEL_DEBUG) ? LLL_ERR | LLL_WARN : 0, on_lws_log);
		return 0;
	}
	fault_set(why,
		  s->lws && set->tls_certificate[0]
		      ? "TLS cannot be set up with the certificate %s and the key %s"
		      : "libwebsockets cannot be started; is libwebsockets-evlib-ev installed?",
		  set->tls_certificate, set->tls_key);
	edge_stop(s);
	return -EIO;
}

void edge_stop(struct server *s)
{
	if (s->lws)
		lws_context_destroy(s->lws);
	s->lws = NULL;
	s->vhost = NULL;
}

void edge_wake(struct server *s)
{
	lws_cancel_service(s->lws);
}

void edge_reload(struct server *s)
{
	const struct settings *set = s->settings;
	struct problems problems = {.list = VEC_INIT};

	if (!set->tls_certificate[0])
		return;
	/* It does not tell whether it worked, so look first. */
	if (tls_check(set, &problems) < 0)
		log_warn("the certificate %s stays as it was: %s", set->tls_certificate,
			 problems.list.items[0].fault.text);
	else
		lws_tls_cert_updated(s->lws, set->tls_certificate, set->tls_key, NULL, 0, NULL, 0);
	problems_done(&problems);
}
