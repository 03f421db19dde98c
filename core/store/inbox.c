/* SPDX-License-Identifier: Apache-2.0 */
/* inbox.c - one table; what is equal is counted by its unique key. */
#include "store/inbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/database.h"
#include "store/inbox-row.h"

#define SWEEP_ROWS 200

enum query { PUT, COUNT, DROP_OLD, DROP_EXTRA, GET, LIST, MARK, QUERIES };

enum column {
	COLUMN_N,
	COLUMN_KIND,
	COLUMN_TEXT,
	COLUMN_REASON,
	COLUMN_REGION,
	COLUMN_ANSWERED,
	COLUMN_RULE,
	COLUMN_GENERATION,
	COLUMN_COUNT,
	COLUMN_FIRST,
	COLUMN_LAST,
	COLUMN_STATE,
	COLUMN_NEAREST, /* intent and score, INBOX_NEAREST_MAX times */
};
_Static_assert(COLUMN_NEAREST + 2 * INBOX_NEAREST_MAX == INBOX_COLUMNS, "as inbox-row.h says");

#define NEAREST_LIST "near1, score1, near2, score2, near3, score3"
#define COLUMN_LIST                                                                             \
	"n, kind, text, reason, region, answered, rule, generation, count, first_ms, last_ms, " \
	"state, " NEAREST_LIST

/* Of feedback the intent belongs to the key: one question may have had two answers. */
static const char *const texts[QUERIES] = {
    [PUT] = "INSERT INTO notes(" COLUMN_LIST ") "
	    "VALUES(NULL, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?11, ?11, 0, "
	    "?13, ?14, ?15, ?16, ?17, ?18) "
	    "ON CONFLICT(kind, text, reason, region, answered) DO UPDATE SET "
	    "rule = excluded.rule, generation = excluded.generation, count = count + 1, "
	    "last_ms = max(last_ms, excluded.last_ms), "
	    "state = CASE state WHEN 1 THEN 0 ELSE state END, "
	    "near1 = excluded.near1, score1 = excluded.score1, near2 = excluded.near2, "
	    "score2 = excluded.score2, near3 = excluded.near3, score3 = excluded.score3",
    [COUNT] = "SELECT count(*) FROM notes",
    [DROP_OLD] = "DELETE FROM notes WHERE n IN (SELECT n FROM notes WHERE last_ms < ?1 LIMIT ?2)",
    [DROP_EXTRA] = "DELETE FROM notes WHERE n IN "
		   "(SELECT n FROM notes ORDER BY state <> 1, count, last_ms LIMIT ?1)",
    [GET] = "SELECT " COLUMN_LIST " FROM notes WHERE n = ?1",
    [LIST] = "SELECT " COLUMN_LIST
	     " FROM notes WHERE (?1 >> state) & 1 ORDER BY count DESC, last_ms DESC, n",
    [MARK] = "UPDATE notes SET state = ?2 WHERE n = ?1",
};

static void declare(struct buf *out)
{
	buf_str(out,
		"CREATE TABLE IF NOT EXISTS notes(n INTEGER PRIMARY KEY AUTOINCREMENT, "
		"kind INTEGER NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL, "
		"region TEXT NOT NULL, answered TEXT NOT NULL, rule TEXT NOT NULL, "
		"generation INTEGER NOT NULL, count INTEGER NOT NULL, first_ms INTEGER NOT NULL, "
		"last_ms INTEGER NOT NULL, state INTEGER NOT NULL, near1 TEXT, score1 REAL, "
		"near2 TEXT, score2 REAL, near3 TEXT, score3 REAL, "
		"UNIQUE(kind, text, reason, region, answered));"
		"CREATE INDEX IF NOT EXISTS notes_by_age ON notes(last_ms)");
}

static void query_text(int i, struct buf *out)
{
	buf_str(out, texts[i]);
}

static const struct database_kind inbox_database = {
    .file = INBOX_FILE,
    .application_id = 0x57654c69, /* "WeLi" */
    .version = 1,
    .declare = declare,
    .query = query_text,
    .n_queries = QUERIES,
};

struct inbox {
	struct inbox_limits limits;
	struct database db;
};

static const char *const kinds[INBOX_KINDS] = {
    [INBOX_UNANSWERED] = "unanswered",
    [INBOX_UNCLEAR] = "unclear",
    [INBOX_MISSING] = "missing",
    [INBOX_UP] = "up",
    [INBOX_DOWN] = "down",
};

const char *inbox_kind_name(enum inbox_kind kind)
{
	return kinds[kind];
}

int inbox_kind_parse(const char *name, enum inbox_kind *ret)
{
	for (int i = 0; i < INBOX_KINDS; i++)
		if (strcmp(name, kinds[i]) == 0) {
			*ret = (enum inbox_kind)i;
			return 0;
		}
	return -EINVAL;
}

const char *inbox_state_name(enum inbox_state state)
{
	static const char *const names[INBOX_STATES] = {"new", "done", "ignored"};

	return names[state];
}

int inbox_open(const char *dir, const struct inbox_limits *limits, struct inbox **ret,
	       struct fault *why)
{
	struct inbox *b = calloc(1, sizeof(*b));
	int r;

	if (!b)
		die_oom(sizeof(*b));
	b->limits = *limits;
	database_init(&b->db, &inbox_database, dir);
	r = database_get(&b->db, why);
	if (r < 0) {
		inbox_close(b);
		return r;
	}
	*ret = b;
	return r;
}

void inbox_close(struct inbox *b)
{
	if (!b)
		return;
	database_done(&b->db);
	free(b);
}

static void bind_text(sqlite3_stmt *q, int column, const char *text, size_t max)
{
	sqlite3_bind_text(q, column + 1, text, (int)strnlen(text, max - 1), SQLITE_STATIC);
}

static bool is_feedback(enum inbox_kind kind)
{
	return kind == INBOX_UP || kind == INBOX_DOWN;
}

static int put(struct inbox *b, const struct inbox_note *note)
{
	sqlite3_stmt *q = b->db.queries[PUT];

	sqlite3_bind_int64(q, COLUMN_KIND + 1, note->kind);
	bind_text(q, COLUMN_TEXT, note->text, INBOX_TEXT_MAX);
	bind_text(q, COLUMN_REASON, note->reason, INBOX_TEXT_MAX);
	bind_text(q, COLUMN_REGION, note->region, INBOX_ID_MAX);
	bind_text(q, COLUMN_ANSWERED, is_feedback(note->kind) ? note->nearest[0].intent : "",
		  INBOX_ID_MAX);
	bind_text(q, COLUMN_RULE, note->rule, INBOX_ID_MAX);
	sqlite3_bind_int64(q, COLUMN_GENERATION + 1, (sqlite3_int64)note->generation);
	sqlite3_bind_int64(q, COLUMN_LAST + 1, note->when_ms);
	for (size_t i = 0; i < note->n_nearest && i < INBOX_NEAREST_MAX; i++) {
		int column = COLUMN_NEAREST + 2 * (int)i;

		bind_text(q, column, note->nearest[i].intent, INBOX_ID_MAX);
		sqlite3_bind_double(q, column + 2, (double)note->nearest[i].score);
	}
	return database_run(&b->db, PUT);
}

int inbox_put(struct inbox *b, const struct inbox_note *notes, size_t n, struct fault *why)
{
	int r = database_get(&b->db, why), code;

	if (r < 0)
		return r;
	code = database_begin(&b->db);
	for (size_t i = 0; i < n && code == SQLITE_OK; i++)
		code = put(b, &notes[i]);
	if (code == SQLITE_OK)
		code = database_commit(&b->db);
	return code == SQLITE_OK ? 0 : database_give_up(&b->db, code, why);
}

static int drop(struct inbox *b, enum query query, int64_t first, int64_t second, bool *ret_any)
{
	sqlite3_stmt *q = b->db.queries[query];
	int code;

	sqlite3_bind_int64(q, 1, first);
	if (query == DROP_OLD)
		sqlite3_bind_int64(q, 2, second);
	code = database_run(&b->db, query);
	*ret_any |= code == SQLITE_OK && sqlite3_changes(b->db.db) == SWEEP_ROWS;
	return code;
}

int inbox_sweep(struct inbox *b, int64_t now_ms, struct fault *why)
{
	int64_t count = 0, extra;
	bool any = false;
	int r = database_get(&b->db, why), code;

	if (r < 0)
		return r;
	code = drop(b, DROP_OLD, now_ms - b->limits.keep_ms, SWEEP_ROWS, &any);
	if (code == SQLITE_OK)
		code = database_number(&b->db, COUNT, &count);
	extra = count - (int64_t)b->limits.max_rows;
	if (code == SQLITE_OK && extra > 0)
		code = drop(b, DROP_EXTRA, extra < SWEEP_ROWS ? extra : SWEEP_ROWS, 0, &any);
	return code == SQLITE_OK ? any : database_give_up(&b->db, code, why);
}

/* Anybody may have had the file in between: nothing is believed. */
static bool read_text(sqlite3_stmt *q, int column, char *ret, size_t max)
{
	const char *text = (const char *)sqlite3_column_text(q, column);
	size_t len = (size_t)sqlite3_column_bytes(q, column);

	ret[0] = '\0';
	if (!text)
		return true;
	if (len >= max || memchr(text, '\0', len) || !utf8_is_valid(view_make(text, len), NULL))
		return false;
	memcpy(ret, text, len);
	ret[len] = '\0';
	return true;
}

static bool read_number(sqlite3_stmt *q, int column, int64_t max, int64_t *ret)
{
	*ret = sqlite3_column_int64(q, column);
	return sqlite3_column_type(q, column) == SQLITE_INTEGER && *ret >= 0 && *ret <= max;
}

static bool read_nearest(sqlite3_stmt *q, struct inbox_note *note)
{
	for (int i = 0; i < INBOX_NEAREST_MAX; i++) {
		struct inbox_nearest *near = &note->nearest[i];
		int column = COLUMN_NEAREST + 2 * i;
		double score = sqlite3_column_double(q, column + 1);

		if (sqlite3_column_type(q, column) == SQLITE_NULL)
			break;
		if (!read_text(q, column, near->intent, INBOX_ID_MAX) || !(score >= 0) || score > 1)
			return false;
		near->score = (float)score;
		note->n_nearest++;
	}
	return true;
}

bool inbox_row_read(sqlite3_stmt *q, struct inbox_row *ret)
{
	struct inbox_note *note = &ret->note;
	int64_t kind_of, state, generation;

	memset(ret, 0, sizeof(*ret));
	if (sqlite3_column_count(q) != INBOX_COLUMNS ||
	    !read_number(q, COLUMN_N, INT64_MAX, &ret->n) ||
	    !read_number(q, COLUMN_KIND, INBOX_KINDS - 1, &kind_of) ||
	    !read_text(q, COLUMN_TEXT, note->text, INBOX_TEXT_MAX) ||
	    !read_text(q, COLUMN_REASON, note->reason, INBOX_TEXT_MAX) ||
	    !read_text(q, COLUMN_REGION, note->region, INBOX_ID_MAX) ||
	    !read_text(q, COLUMN_RULE, note->rule, INBOX_ID_MAX) ||
	    !read_number(q, COLUMN_GENERATION, INT64_MAX, &generation) ||
	    !read_number(q, COLUMN_COUNT, INT64_MAX, &ret->count) ||
	    !read_number(q, COLUMN_FIRST, INT64_MAX, &ret->first_ms) ||
	    !read_number(q, COLUMN_LAST, INT64_MAX, &note->when_ms) ||
	    !read_number(q, COLUMN_STATE, INBOX_STATES - 1, &state) || !read_nearest(q, note))
		return false;
	note->kind = (enum inbox_kind)kind_of;
	note->generation = (uint64_t)generation;
	ret->state = (enum inbox_state)state;
	return true;
}

int inbox_list(struct inbox *b, unsigned states, bool (*each)(void *data, const struct inbox_row *),
	       void *data, struct fault *why)
{
	int r = database_get(&b->db, why), code;
	struct inbox_row row;
	sqlite3_stmt *q;
	bool more = true;

	if (r < 0)
		return r;
	q = b->db.queries[LIST];
	sqlite3_bind_int64(q, 1, states);
	while (more && (code = sqlite3_step(q)) == SQLITE_ROW)
		if (inbox_row_read(q, &row))
			more = each(data, &row);
	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	return !more || code == SQLITE_DONE ? 0 : database_give_up(&b->db, code, why);
}

int inbox_get(struct inbox *b, int64_t n, struct inbox_row *ret, struct fault *why)
{
	int r = database_get(&b->db, why), code;
	struct inbox_row row;
	sqlite3_stmt *q;
	bool good = false;

	if (r < 0)
		return r;
	q = b->db.queries[GET];
	sqlite3_bind_int64(q, 1, n);
	code = sqlite3_step(q);
	if (code == SQLITE_ROW)
		good = inbox_row_read(q, &row);
	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return database_give_up(&b->db, code, why);
	if (!good) {
		fault_set(why, "there is no number %lld", (long long)n);
		return -ENOENT;
	}
	*ret = row;
	return 0;
}

int inbox_mark(struct inbox *b, int64_t n, enum inbox_state state, struct fault *why)
{
	int r = database_get(&b->db, why), code;
	sqlite3_stmt *q;

	if (r < 0)
		return r;
	q = b->db.queries[MARK];
	sqlite3_bind_int64(q, 1, n);
	sqlite3_bind_int64(q, 2, state);
	code = database_run(&b->db, MARK);
	if (code != SQLITE_OK)
		return database_give_up(&b->db, code, why);
	if (sqlite3_changes(b->db.db) > 0)
		return 0;
	fault_set(why, "there is no number %lld", (long long)n);
	return -ENOENT;
}
