/* SPDX-License-Identifier: Apache-2.0 */
/* config_rows.c - the table of settings: what there is, its default, its bounds, what it is for. */
#include "serve/config.h"

#include <stddef.h>

#include "base/limits.h"

#define TEXT_OF(x) #x
#define DEFAULT(x) TEXT_OF(x)
#define AT(member) offsetof(struct settings, member)

/* clang-format off */
#define TEXT(member, value, doc) \
	{#member, SETTING_TEXT, AT(member), value, 0, 0, NULL, doc, NULL}
#define PATH(member, value, doc) \
	{#member, SETTING_PATH, AT(member), value, 0, 0, NULL, doc, NULL}
#define LIST_OF(member, value, doc) \
	{#member, SETTING_LIST, AT(member), value, 0, 0, NULL, doc, NULL}
#define PATHS(member, value, doc) \
	{#member, SETTING_PATHS, AT(member), value, 0, 0, NULL, doc, NULL}
#define NUMBER(member, value, min, max, doc) \
	{#member, SETTING_NUMBER, AT(member), value, min, max, NULL, doc, NULL}
#define LIMIT(member, name, doc) \
	{#member, SETTING_NUMBER, AT(member), DEFAULT(LIMIT_##name), LIMIT_##name##_MIN, \
	 LIMIT_##name##_MAX, NULL, doc, NULL}
#define SIZE_LIMIT(member, name, doc) \
	{#member, SETTING_SIZE, AT(member), DEFAULT(LIMIT_##name), LIMIT_##name##_MIN, \
	 LIMIT_##name##_MAX, NULL, doc, NULL}
#define SIZE(member, value, min, max, doc) \
	{#member, SETTING_SIZE, AT(member), value, min, max, NULL, doc, NULL}
#define CHOICE(member, value, choices, doc) \
	{#member, SETTING_CHOICE, AT(member), value, 0, 0, choices, doc, NULL}
#define GROUP(heading) {NULL, SETTING_TEXT, 0, NULL, 0, 0, NULL, NULL, heading}

static const struct setting_row rows[] = {
GROUP("Where to listen"),
LIST_OF(listen, "127.0.0.1",
	"Addresses to listen on: 127.0.0.1, ::1, * (every address), 10.0.0.5:8080 or [::1]:8080 "
	"with a port of its own, unix:/path for a local socket. Ignored under socket activation."),
NUMBER(port, "8765", 0, 65535,
	"The port of every address that names none; 0 lets the system choose one, which is logged."),
TEXT(workers, "1",
	"Processes that share the work: 1 is one process that does everything; more have a parent that "
	"starts and watches them; auto: one for each processor core."),
PATH(port_file, "",
	"Write the port in use into this file once the server is ready."),
PATH(admin_socket, "@run@/admin.sock",
	"The administrator's unix socket (mode 0600): status, plugins, metrics, reload, stop, log. "
	"Empty for none."),

GROUP("TLS: both or neither; without, put a proxy in front for the open network"),
PATH(tls_certificate, "",
	"PEM file with the certificate and its chain. Read again on reload."),
PATH(tls_key, "",
	"PEM file with the private key."),

GROUP("Content"),
PATH(intents, "@data@/intents",
	"Folder of the matters and intents."),
PATH(regions, "@data@/regions",
	"Folder of the region tables."),
PATH(wording, "@data@/wording/zh.yaml",
	"The program's own sentences."),
PATH(www, "@data@/www",
	"The widget and its pages: files.tsv there lists what is served. Read again on reload. "
	"Empty: none."),
PATHS(plugins, "@plugins@",
	"Folders of plugins, *.yaml and *.so; a later folder wins over an earlier one."),
PATH(host_program, "@libexec@/wenlu-host",
	"The program that runs plugins' code in a process of its own."),
PATH(state_dir, "@state@",
	"What has to survive a restart, such as conversations. Empty: nothing does."),
PATH(cache_dir, "@cache@",
	"Trained models are kept here; may be deleted at any time. Empty: train at every start."),
TEXT(language_model, "auto",
	"What wenlu train --tier takes the meaning of words from: the path of a KenLM file. auto: that "
	"of Debian's libime-data-language-model, if it is there. Empty: nothing."),
CHOICE(watch, "yes", "yes|no",
	"Take new, changed and deleted plugins, intents and wording at once. no: only on reload."),
CHOICE(require_signed, "no", "yes|no",
	"Only plugins with a signature (NAME.minisig or NAME.sig beside them) by one of trusted_keys."),
LIST_OF(trusted_keys, "",
	"Public keys of those who may sign plugins: as minisign prints them, or Ed25519's 32 bytes in "
	"base64. With keys, a plugin whose signature is wrong is refused in any case."),
TEXT(handoff, "",
	"The sentence for people who want to talk to a person: a telephone number, a window. "
	"Empty: the general one."),

GROUP("Limits for clients"),
SIZE_LIMIT(max_question_bytes, QUESTION_BYTES,
	"One question, in bytes of UTF-8 (a Chinese character has three)."),
SIZE_LIMIT(max_frame_bytes, FRAME_BYTES,
	"One message or HTTP body. A longer WebSocket message closes with 1009, HTTP answers 413."),
LIMIT(max_id_bytes, ID_BYTES,
	"A client's own id for a question."),
LIMIT(max_connections, CONNECTIONS,
	"Connections at once, all kinds together."),
LIMIT(max_connections_per_address, CONNECTIONS_PER_ADDRESS,
	"Of these, from one address (IPv6: one /64). Offices and mobile networks share addresses."),
SIZE_LIMIT(max_send_queue_bytes, SEND_QUEUE_BYTES,
	"Bytes waiting for a client that does not read; past it the client is cut off."),
LIMIT(max_pending_asks, PENDING_ASKS,
	"Questions of one connection under way at once."),
LIMIT(max_sessions, SESSIONS,
	"Conversations remembered; the longest idle one makes room."),
NUMBER(message_rate, "1200", 0, 1000000,
	"Messages a minute from one address, in the long run. 0: no limit."),
NUMBER(message_burst, "200", 1, 1000000,
	"Messages that one address may send at once before message_rate holds it back."),
NUMBER(replay_messages, "8", 0, 64,
	"Last replies of a conversation that are kept for a client that lost its connection."),
SIZE(replay_bytes, "8M", 0, 1073741824,
	"Memory for these replies, all conversations together."),
CHOICE(explain, "no", "yes|no",
	"Tell clients that ask for it why they got this answer (why in an ask): scores, the rule, the "
	"nearest examples. Each such ask costs as much as hundreds; wenlu ask --why is free to use."),

GROUP("The inbox: what could not be answered and what people thought of answers, in state_dir"),
LIMIT(inbox_entries, INBOX_ENTRIES,
	"Questions and feedback kept for wenlu inbox, equal ones once, never who asked; beyond, what is "
	"done, rare and old is forgotten. 0: nothing is kept."),
LIMIT(inbox_days, INBOX_DAYS,
	"What was not asked again for this many days is deleted."),

GROUP("Times, in seconds unless the name says otherwise"),
NUMBER(header_timeout, "10", 1, 300,
	"From the connection to the end of its first request's head, and for the body of a request."),
NUMBER(keepalive_timeout, "30", 1, 3600,
	"An HTTP connection without a request is closed after this."),
NUMBER(ping_interval, "50", 0, 3600,
	"A WebSocket client that has been silent for this long is pinged. 0: never."),
NUMBER(pong_timeout, "20", 1, 600,
	"A pinged client that stays silent this long is gone."),
NUMBER(idle_timeout, "3600", 10, 604800,
	"A WebSocket connection without a message is closed after this."),
NUMBER(drain_seconds, "10", 0, 3600,
	"A stopping server waits this long for questions under way and for clients to leave."),
LIMIT(context_minutes, CONTEXT_MINUTES,
	"After this silence a conversation's context has faded."),
LIMIT(plugin_budget_ms, PLUGIN_BUDGET_MS,
	"Milliseconds for a plugin's code to answer."),

GROUP("Who may connect"),
LIST_OF(allow_origins, "",
	"Web pages that may use this server: https://www.example.gov.cn, https://*.example.gov.cn, "
	"or * for all. Empty: only pages of the same host. Programs send no origin and are served."),
LIST_OF(trusted_proxies, "",
	"Addresses or networks (10.0.0.0/8, ::1, unix) whose X-Forwarded-For is believed."),

GROUP("Log"),
CHOICE(log_level, "info", "error|warn|info|debug",
	"How much is logged. What people ask is never logged."),
CHOICE(log_form, "text", "text|json|syslog",
	"text and json go to stderr."),
};
/* clang-format on */

const struct setting_row *settings_rows(size_t *ret_n)
{
	*ret_n = sizeof(rows) / sizeof(rows[0]);
	return rows;
}
