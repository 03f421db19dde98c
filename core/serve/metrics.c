/* SPDX-License-Identifier: Apache-2.0 */
/* metrics.c - the server's figures as Prometheus reads them. */
#include "serve/feedback.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "bots/bots.h"

static void put(struct buf *out, const char *name, const char *type, const char *help,
		unsigned long long value)
{
	buf_printf(out, "# HELP wenlu_%s %s\n# TYPE wenlu_%s %s\nwenlu_%s %llu\n", name, help, name,
		   type, name, value);
}

static unsigned long long resident_bytes(void)
{
	unsigned long long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (f && fscanf(f, "%*u %llu", &pages) != 1)
		pages = 0;
	if (f)
		fclose(f);
	return pages * (unsigned long long)sysconf(_SC_PAGESIZE);
}

static void put_store(const struct store *store, struct buf *out)
{
	struct store_counts n = store_counts(store);

	put(out, "sessions_saved_total", "counter", "Conversations written to state_dir.",
	    n.sessions);
	put(out, "replies_saved_total", "counter", "Replies written to state_dir.", n.replies);
	put(out, "save_failures_total", "counter", "Batches that could not be written.",
	    n.failed_batches);
	put(out, "inbox_saved_total", "counter",
	    "Unanswered questions and feedback written to the inbox.", n.notes);
	put(out, "inbox_lost_total", "counter", "Those that could not be written.", n.lost_notes);
	put(out, "session_lookups_total", "counter", "Conversations looked for in state_dir.",
	    n.lookups);
}

static void put_connections(const struct server *s, struct buf *out)
{
	size_t ws = s->conns[CONN_WS].n + s->conns[CONN_PINGED].n;

	put(out, "connections", "gauge", "Open connections.", s->n_conns);
	put(out, "websockets", "gauge", "Open WebSocket connections.", ws);
	put(out, "asks_under_way", "gauge", "Questions under way.", s->n_asks);
	put(out, "sessions", "gauge", "Conversations remembered.",
	    sessions_count(engine_sessions(s->engine)));
	put(out, "addresses", "gauge", "Client addresses being counted.", peers_count(s->peers));
	put(out, "replay_bytes", "gauge", "Memory of replies kept for clients that come back.",
	    replay_footprint(s->replay));
	if (s->store)
		put_store(s->store, out);
	put(out, "resident_bytes", "gauge", "Memory of this process.", resident_bytes());
}

static void put_edge(const struct server_counts *n, struct buf *out)
{
	put(out, "accepted_total", "counter", "Connections accepted.", n->accepted);
	put(out, "refused_full_total", "counter", "Connections refused: max_connections.",
	    n->refused_total);
	put(out, "refused_address_total", "counter",
	    "Connections refused: max_connections_per_address.", n->refused_address);
	put(out, "refused_handshakes_total", "counter", "WebSocket handshakes refused.",
	    n->refused_handshake);
	put(out, "websockets_total", "counter", "WebSocket connections opened.", n->ws_opened);
	put(out, "resumed_total", "counter", "Conversations resumed.", n->ws_resumed);
	put(out, "passed_on_total", "counter",
	    "Conversations and requests that went to the worker who owns them.", n->passed_on);
	put(out, "messages_total", "counter", "WebSocket messages received.", n->ws_messages);
	put(out, "http_requests_total", "counter", "HTTP requests received.", n->http_requests);
	put(out, "http_errors_total", "counter", "HTTP responses of 400 and above.",
	    n->http_errors);
	put(out, "bad_messages_total", "counter", "Messages that could not be read.",
	    n->bad_messages);
	put(out, "too_long_total", "counter", "Messages over max_frame_bytes.", n->too_long);
	put(out, "rate_limited_total", "counter", "Messages refused by message_rate.",
	    n->rate_limited);
	put(out, "slow_readers_total", "counter", "Clients cut off for not reading.",
	    n->cut_slow_readers);
	put(out, "timeouts_total", "counter", "Connections ended by a timeout.", n->timeouts);
	put(out, "sent_bytes_total", "counter", "Bytes of replies.", n->bytes_sent);
	put(out, "feedback_up_total", "counter", "Replies found helpful.", n->feedback_up);
	put(out, "feedback_down_total", "counter", "Replies found unhelpful.", n->feedback_down);
	put(out, "reloads_total", "counter", "Content reloaded.", n->reloads);
	put(out, "reloads_failed_total", "counter", "Content not reloaded for an error in it.",
	    n->reloads_failed);
}

static void put_engine(const struct engine *e, struct buf *out)
{
	struct engine_counts n = engine_counts(e);

	put(out, "generation", "gauge", "Number of the content in use.",
	    engine_generation(e)->number);
	put(out, "asks_total", "counter", "Questions put to the engine.", n.asks);
	put(out, "answers_total", "counter", "Replies with an answer.", n.answers);
	put(out, "clarifies_total", "counter", "Replies that ask back.", n.clarifies);
	put(out, "compares_total", "counter", "Replies that compare regions.", n.compares);
	put(out, "declines_total", "counter", "Questions declined.", n.declines);
	put(out, "errors_total", "counter", "Questions that were refused.", n.errors);
	put(out, "plugin_asks_total", "counter", "Questions put to plugins' code.", n.plugin_asks);
	put(out, "plugin_failures_total", "counter", "Of these, failed or too late.",
	    n.plugin_failures);
	put(out, "plugin_remembered_total", "counter",
	    "Questions answered from memory instead of by plugins' code.", n.plugin_remembered);
}

void server_metrics(const struct server *s, struct buf *out)
{
	struct rusage used = {.ru_maxrss = 0};

	getrusage(RUSAGE_SELF, &used);
	put(out, "uptime_seconds", "gauge", "Since the start.",
	    (unsigned long long)((clock_ms() - s->started_ms) / 1000));
	put(out, "cpu_milliseconds_total", "counter", "Processor time of this process.",
	    (unsigned long long)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
		(unsigned long long)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000);
	put_connections(s, out);
	put_edge(&s->counts, out);
	feedback_metrics(s, out);
	bots_metrics(s->bots, out);
	put_engine(s->engine, out);
}
