/* SPDX-License-Identifier: Apache-2.0 */
/*
 * server.h - the daemon's one big struct, and the calls by which its parts know each other.
 *
 *	listen.c   accepts sockets ──▶ edge.c   hands them to libwebsockets, and gets its callbacks
 *	                                 │    (conn.c: what is done to a connection)
 *	                                 ├──▶ handshake.c  refuses what may not become a WebSocket
 *	                                 ├──▶ ws.c         messages of wenlu.v1
 *	                                 └──▶ http.c       requests (http_routes.c: what there is)
 *	ws.c, http.c ──▶ ask.c ──▶ the engine, and back when it has the reply
 *	static.c   the widget's files;  page.c  the page without scripts, filled in
 *	admin.c    the administrator's socket;  server.c  start, drain, stop
 *	content.c  new content: from a changed folder to the engine's switch
 *
 * That is one process. With `workers` there are several, each with a struct server, and a parent
 * that has none:
 *
 *	parent.c   starts and watches them, has the builder, the administrator's socket, the port
 *	worker.c   the worker's end of its link to the parent
 *	relay.c    a conversation that another worker owns: messages there, replies back
 *
 * One thread, one loop. A struct conn lives from accept to the end of its socket.
 */
#ifndef SERVE_SERVER_H
#define SERVE_SERVER_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/loop.h"
#include "engine/engine.h"
#include "serve/assemble.h"
#include "serve/config.h"
#include "serve/listen.h"
#include "serve/outbox.h"
#include "serve/peers.h"
#include "serve/replay.h"
#include "serve/shared.h"
#include "wire/json.h"

struct lws;
struct lws_context;
struct lws_vhost;
struct admin;
struct bots;
struct builder;
struct content;
struct http_request;
struct resume;
struct feedback;
struct static_files;
struct held_ask;
struct relays;
struct relay;
struct guest;
struct worker;

/* In which part of its life a connection is; each phase has one time limit (see server.c). */
enum conn_phase {
	CONN_HANDSHAKE, /* accepted, nothing whole has come */
	CONN_BODY,      /* HTTP: the body is coming         */
	CONN_BUSY,      /* HTTP: the reply is being made or sent */
	CONN_KEEPALIVE, /* HTTP: between two requests       */
	CONN_WS,        /* WebSocket, heard of lately       */
	CONN_PINGED,    /* WebSocket, asked for a sign of life */
	CONN_LEAVING,   /* WebSocket, to be closed once its queue is empty */
	CONN_CLOSING,
	CONN_GUEST, /* another worker has the client; it sees to times */
	CONN_PHASES,
};

struct conn {
	struct server *server;
	struct lws *wsi;
	struct conn *older, *newer; /* of the same phase, by since_ms */
	enum conn_phase phase;
	int64_t since_ms;
	int64_t last_message_ms;
	struct address peer;   /* the other end of the socket */
	struct address client; /* the same, or who is behind a trusted proxy */
	bool is_counted;       /* peers_connect() was called for `client` */
	bool is_ws;
	bool is_cut; /* its socket is shut down; nothing is done for it any more */
	bool ping_due;
	uint16_t close_code; /* close when the queue is empty; 0: stay */
	unsigned n_pending;
	struct ask *asks;
	char token[SESSION_TOKEN_LEN + 1];
	bool shares_asks;     /* with an older connection of the same conversation */
	uint64_t resumed_seq; /* WebSocket: the last reply when it came back to its conversation */
	struct assembly assembly;
	struct outbox outbox;
	size_t resent_bytes;       /* of kept replies in the outbox, beyond what it may hold */
	struct http_request *http; /* while one is under way */
	struct resume *resume;     /* while the store is asked */
	struct relay *relay;       /* another worker owns its conversation */
	struct guest *guest;       /* its client is another worker's; there is no wsi */
};

struct conn_list {
	struct conn *oldest, *newest;
	size_t n;
};

struct server_counts {
	uint64_t accepted, refused_total, refused_address, refused_handshake;
	uint64_t ws_opened, ws_messages, ws_resumed, passed_on, http_requests, http_errors;
	uint64_t rate_limited, too_long, bad_messages, cut_slow_readers, timeouts;
	uint64_t feedback_up, feedback_down, reloads, reloads_failed;
	uint64_t bytes_sent;
};

struct server {
	struct settings *settings;
	struct loop *loop;
	struct engine *engine;
	struct listeners listeners;
	struct lws_context *lws;
	struct lws_vhost *vhost;
	struct conn *adopting; /* while libwebsockets takes a socket over */
	struct conn_list conns[CONN_PHASES];
	size_t n_conns;
	struct peers *peers;
	struct network *trusted;
	size_t n_trusted;
	struct frame_pool frames;
	struct replay *replay;
	struct store *store;  /* NULL: conversations end with the process */
	struct arena scratch; /* for one message; wiped after it */
	struct buf text;      /* for bodies that are put together */
	struct ask *free_asks;
	struct ask *orphans;   /* asks whose connection has gone */
	struct ask *under_way; /* all of them */
	size_t n_asks, n_free_asks;
	struct admin *admin;
	struct content *content;
	struct bots *bots;          /* NULL: none */
	struct static_files *files; /* NULL: no pages */
	struct feedback *feedback;  /* NULL: none came yet */
	struct server_counts counts;
	struct shared *shared;
	unsigned self;         /* which worker this is, of shared->n */
	struct worker *worker; /* NULL: the only process */
	struct relays *relays; /* NULL likewise */
	int64_t started_ms;
	bool has_port_file; /* we wrote it, so we remove it */
	bool is_draining;
	bool is_over; /* drain_seconds are */
	bool is_done;
	int64_t drain_deadline_ms;
	struct loop_timer sweep, closer;
	struct loop_signal on_term, on_int, on_hup;
};

/* What a worker is given by its parent. */
struct inheritance {
	const struct listeners *listeners;
	struct peers *peers;
	struct shared *shared;
	unsigned self;
	int bots_fd; /* bots/carry.h */
};

/* server.c */
/* `from` is NULL in the only process. A worker does not accept until server_accept(). */
int server_start(struct server *s, struct settings *settings, struct generation *generation,
		 const struct inheritance *from, struct fault *why);
void server_accept(struct server *s);
void server_stop(struct server *s);
/* As many descriptors as the settings promise connections, if we may; else fewer connections. */
void server_raise_limits(struct settings *set);
/* The table of addresses that the settings ask for. */
struct peers *server_peers(const struct settings *set, unsigned n_workers);
/* Follow the content, and switch to what the builder makes of it. Takes the builder. */
void server_follow(struct server *s, struct builder *builder);
/* drain.c */
/* See to deadlines, once a second from now on. */
void server_sweep(struct server *s);
/* A conversation that was quiet for so long is forgotten. */
#define SESSION_KEEP_MS ((int64_t)LIMIT_SESSION_HOURS * 3600 * 1000)
/* Stop accepting, finish what runs, say good-bye, then leave the loop. Twice: leave at once. */
void server_drain(struct server *s);
/* Read the pages again; if something is wrong with them the old ones stay. */
void server_read_pages(struct server *s);
/* The answer to a command that came later than its call. */
void server_answer(struct server *s, uint64_t ticket, struct view text);
void server_metrics(const struct server *s, struct buf *out);

/* edge.c: connections and libwebsockets */
int edge_start(struct server *s, struct fault *why);
void edge_stop(struct server *s);
/* Let libwebsockets see to its own timers; it only does so when something happens. */
void edge_wake(struct server *s);
/* Read the certificate again. */
void edge_reload(struct server *s);
/* A fresh socket, from listen.c. */
void edge_accept(void *server, int fd, const struct sockaddr_storage *from);
/* A header's value into the scratch arena; empty if absent. Only while headers are there. */
struct view edge_header(struct conn *c, int token);
/* Who is asking, from the headers of a request; false if that client has too many connections. */
bool edge_identify(struct conn *c);

/* conn.c */
/* In its first phase, or a guest's. */
struct conn *conn_new(struct server *s, struct guest *guest);
void conn_free(struct conn *c);
void conn_enter(struct conn *c, enum conn_phase phase);
/* Queue a frame (takes its reference) and have it written; cuts a client that does not read. */
void conn_send(struct conn *c, struct frame *f);
/* No good-bye: the socket is shut down, libwebsockets finds out and frees it. */
void conn_cut(struct conn *c);
/* Has the other side gone, though nothing is read from it just now? Not told of what TLS hides. */
bool conn_is_gone(const struct conn *c);
/* WebSocket: close with this code once all that waits is sent. */
void conn_close(struct conn *c, uint16_t code);
/* From the loop, close those that wait for it and have nothing more to send. */
void conn_close_soon(struct server *s);
void conn_writable(struct conn *c);
/* One message more from this client: 0, or the seconds it has to wait. */
unsigned conn_take_message(struct conn *c);

/* handshake.c: 0 if this request may become a WebSocket, else it was answered and is to be closed.
 */
int handshake_check(struct conn *c);
/* May a page of this origin use us? `host` is the request's Host header; no origin: yes. */
bool origin_is_allowed(const struct server *s, struct view origin, struct view host);

/* ask.c: questions under way */
struct ask {
	struct ask *next, **link; /* of the connection, of the orphans, or in the free list */
	struct ask *all_next, **all_link; /* of all under way */
	struct server *server;
	struct conn *conn; /* NULL: it has gone, the reply waits in the conversation */
	uint64_t engine_id;
	struct held_ask *held; /* its conversation is being fetched */
	bool is_http;
	bool is_shared; /* its conversation was resumed by another connection meanwhile */
	uint64_t asked; /* mark of id and question; 0 without an id */
	unsigned id_len;
	char token[SESSION_TOKEN_LEN + 1];
	char id[LIMIT_ID_BYTES_MAX];
};
/* Put a question or a choice to the engine; the reply goes to the connection, now or later. */
void ask_start(struct conn *c, const struct message *m, struct session *session);
/* The same by a token that memory does not know, and that the store may. False: there is none. */
bool ask_start_later(struct conn *c, const struct message *m);
/*
 * Was this asked before, by a client that lost the reply? True: the reply is sent again, or comes
 * when it is there; the engine is not asked twice. It is the same only with the same id and words.
 */
bool ask_repeat(struct conn *c, const struct message *m, const struct session *session);
/* The connection came back to its conversation: what is under way there is answered to it (too). */
void asks_take_over(struct conn *c);
/* The connection is going: HTTP questions are dropped, the others go on for the conversation. */
void asks_leave(struct conn *c);
/* Drop what is still under way, and free everything. */
void asks_done(struct server *s);

/* ws.c */
void ws_open(struct conn *c);
/* The answer to a hello: its conversation, or NULL if that is not known (any more). */
void ws_resumed(struct conn *c, struct session *session, struct view reply_to, uint64_t seen);
void ws_message(struct conn *c, struct view message);
/* The same of one that was counted: it has to wait for so many seconds, 0 for none. */
void ws_message_counted(struct conn *c, struct view message, unsigned wait);
void ws_error(struct conn *c, struct view reply_to, const char *code, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* http_pass.c */
struct http_request;
/* A request whose conversation another worker owns, if it is: then it was passed on to it, or
 * refused. */
bool http_pass_on(struct http_request *r, struct view token, bool is_counted);
/* Its answer, with a first byte that says whether the connection stays; empty: there will be none.
 */
void http_passed(struct conn *c, struct view answer);
/* A request of a guest, as http_pass_on() packed it. */
void http_take_in(struct conn *c, struct view parcel);

/* http.c; each gives 0, or -1 when the connection is to be closed */
int http_begin(struct conn *c);
int http_body(struct conn *c, const void *bytes, size_t len);
int http_body_end(struct conn *c);
int http_write(struct conn *c);
void http_done(struct conn *c);
/* A kept reply, as it was. */
void http_repeat(struct conn *c, struct view reply);
/* The reply to the question that a request waits for. */
void http_reply(struct conn *c, const struct reply *reply, const struct reply_envelope *envelope);

#endif
