/* SPDX-License-Identifier: Apache-2.0 */
/*
 * limits.h - every cap in one place.
 *
 * What a client, a plugin author or a file can make us hold is bounded here. The ones marked
 * (config) are defaults that wenlu.conf can change between the two bounds given beside them.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* One question, in bytes of UTF-8 (config max_question_bytes: 64 .. 65536). */
#define LIMIT_QUESTION_BYTES     4096
#define LIMIT_QUESTION_BYTES_MIN 64
#define LIMIT_QUESTION_BYTES_MAX 65536
/* One message from a client (config max_frame_bytes: 1 KiB .. 1 MiB). Larger ones: close 1009. */
#define LIMIT_FRAME_BYTES     16384
#define LIMIT_FRAME_BYTES_MIN 1024
#define LIMIT_FRAME_BYTES_MAX 1048576
/* A client's own id for a question, echoed in reply_to (config max_id_bytes: 8 .. 256). */
#define LIMIT_ID_BYTES     64
#define LIMIT_ID_BYTES_MIN 8
#define LIMIT_ID_BYTES_MAX 256
/* Connections at once, all kinds (config max_connections: 8 .. 1000000). */
#define LIMIT_CONNECTIONS     20000
#define LIMIT_CONNECTIONS_MIN 8
#define LIMIT_CONNECTIONS_MAX 1000000
/* Of these, from one address (config max_connections_per_address: 1 .. 1000000). */
#define LIMIT_CONNECTIONS_PER_ADDRESS     1000
#define LIMIT_CONNECTIONS_PER_ADDRESS_MIN 1
#define LIMIT_CONNECTIONS_PER_ADDRESS_MAX 1000000
/* Bytes waiting for a client that does not read; past it, it is cut (config max_send_queue_bytes).
 */
#define LIMIT_SEND_QUEUE_BYTES     262144
#define LIMIT_SEND_QUEUE_BYTES_MIN 16384
#define LIMIT_SEND_QUEUE_BYTES_MAX 16777216
/* Questions of one connection under way at once (config max_pending_asks: 1 .. 64). */
#define LIMIT_PENDING_ASKS     8
#define LIMIT_PENDING_ASKS_MIN 1
#define LIMIT_PENDING_ASKS_MAX 64
/* Nesting of a JSON message. */
#define LIMIT_JSON_DEPTH 8

/* Conversations remembered (config max_sessions: 16 .. 10000000). */
#define LIMIT_SESSIONS     100000
#define LIMIT_SESSIONS_MIN 16
#define LIMIT_SESSIONS_MAX 10000000
/* Hours after which a quiet conversation cannot be resumed any more and is deleted. */
#define LIMIT_SESSION_HOURS 24
/* Minutes until the context of a conversation fades (config context_minutes: 1 .. 1440). */
#define LIMIT_CONTEXT_MINUTES     30
#define LIMIT_CONTEXT_MINUTES_MIN 1
#define LIMIT_CONTEXT_MINUTES_MAX 1440

/* Unanswered questions and feedback kept (config inbox_entries: 0 .. 1000000), and for how many
 * days (config inbox_days: 1 .. 3650). */
#define LIMIT_INBOX_ENTRIES     10000
#define LIMIT_INBOX_ENTRIES_MIN 0
#define LIMIT_INBOX_ENTRIES_MAX 1000000
#define LIMIT_INBOX_DAYS        90
#define LIMIT_INBOX_DAYS_MIN    1
#define LIMIT_INBOX_DAYS_MAX    3650

/* A guide or an intent file. */
#define LIMIT_YAML_BYTES 1048576
#define LIMIT_YAML_DEPTH 12
#define LIMIT_YAML_NODES 100000
#define LIMIT_YAML_MAP   1024 /* keys in one map */
/* Faults listed of one file; an author mends these and looks again. */
#define LIMIT_PROBLEMS 50
/* Elements in one list of a guide, and bytes in one text of it. */
#define LIMIT_GUIDE_LIST    64
#define LIMIT_GUIDE_TEXT    2000
#define LIMIT_GUIDE_REGIONS 64
#define LIMIT_GUIDE_SOURCES 256
/* A plugin's shared object, in bytes, and how many plugins are loaded. */
#define LIMIT_PLUGIN_BYTES 33554432
#define LIMIT_PLUGINS      10000
/* One message between the server and a plugin's process. */
#define LIMIT_HOST_MESSAGE 65536
/* Milliseconds a plugin's code has (config plugin_budget_ms), and the part kept for the fallback.
 */
#define LIMIT_PLUGIN_BUDGET_MS     300
#define LIMIT_PLUGIN_BUDGET_MS_MIN 60
#define LIMIT_PLUGIN_BUDGET_MS_MAX 60000
#define LIMIT_PLUGIN_RESERVE_MS    50

/* Regions named in one question that are looked at; more are named in a notice. */
#define LIMIT_MENTIONS 32
/* Questions in one message that are answered, and options offered when asking back. */
#define LIMIT_PARTS   3
#define LIMIT_OPTIONS 8
/* Regions in one comparison. */
#define LIMIT_COMPARE 6
/* Related questions under an answer. */
#define LIMIT_RELATED 3
/* People of whom a conversation remembers where they are; whoever was spoken of longest ago makes
 * room. */
#define LIMIT_PEOPLE 6

/* Our own requests to other servers under way at once, and bytes of an address or a header. */
#define LIMIT_NET_REQUESTS  1024
#define LIMIT_NET_URL_BYTES 8192
/* Connections for them, and of these to one server. */
#define LIMIT_NET_CONNECTIONS          16
#define LIMIT_NET_CONNECTIONS_PER_HOST 8

/* Things remembered for messaging platforms: messages answered, signatures used. */
#define LIMIT_NOTES 1000000
/* One request from a platform, and nesting and elements of the XML in it. */
#define LIMIT_BOT_BODY     65536
#define LIMIT_XML_DEPTH    8
#define LIMIT_XML_ELEMENTS 256
/* Bots in wenlu.conf; messages being answered at once, and requests that wait for one of them. */
#define LIMIT_BOTS          32
#define LIMIT_BOT_EXCHANGES 4096
#define LIMIT_BOT_WAITERS   4
/* Answers being sent through interfaces at once; the others wait. Bytes of one that is kept. */
#define LIMIT_BOT_DELIVERIES 256
#define LIMIT_BOT_DEBT       65536
/* People in messaging apps whose pace is watched. */
#define LIMIT_BOT_PACES 8192
/* Messages that one answer may be split into. */
#define LIMIT_BOT_PIECES 4

#endif
