/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stored_row.c - rows of somebody else's making, as a conversation and as a note of the inbox.
 *
 * The first byte chooses which. Then values, one a column: a byte for the type and what it holds
 * (0 NULL · 1 integer and 4 real, 8 bytes · 2 text and 3 blob, a byte for the length · 5 text of
 * so many x). What is left out is NULL.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/inbox-row.h"
#include "store/row.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const uint8_t *at;
	size_t left;
};

static uint8_t take(struct input *in)
{
	if (in->left == 0)
		return 0;
	in->left--;
	return *in->at++;
}

static void take_word(struct input *in, void *to)
{
	size_t n = in->left < 8 ? in->left : 8;

	memset(to, 0, 8);
	memcpy(to, in->at, n);
	in->at += n;
	in->left -= n;
}

static void bind_text(sqlite3_stmt *q, int column, struct input *in, bool is_blob)
{
	size_t n = take(in);

	n = n < in->left ? n : in->left;
	if (is_blob)
		sqlite3_bind_blob(q, column, in->at, (int)n, SQLITE_TRANSIENT);
	else
		sqlite3_bind_text(q, column, (const char *)in->at, (int)n, SQLITE_TRANSIENT);
	in->at += n;
	in->left -= n;
}

static void bind_value(sqlite3_stmt *q, int column, struct input *in)
{
	char many[4 * 255];
	int64_t number;
	double real;
	size_t n;

	switch (take(in) % 6) {
	case 1:
		take_word(in, &number);
		sqlite3_bind_int64(q, column, number);
		break;
	case 2:
	case 3:
		bind_text(q, column, in, in->at[-1] % 6 == 3);
		break;
	case 4:
		take_word(in, &real);
		sqlite3_bind_double(q, column, real);
		break;
	case 5:
		n = (size_t)take(in) * 4;
		memset(many, 'x', n);
		sqlite3_bind_text(q, column, many, (int)n, SQLITE_TRANSIENT);
		break;
	default:
		break;
	}
}

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_text(const char *text, size_t max)
{
	size_t n = strnlen(text, max);

	must(n < max && utf8_is_valid(view_make(text, n), NULL));
}

static void check_session(const struct session *s)
{
	check_text(s->intent, sizeof(s->intent));
	check_text(s->figure.name, sizeof(s->figure.name));
	check_text(s->figure.intent, sizeof(s->figure.intent));
	check_text(s->kind, sizeof(s->kind));
	must(s->n_regions <= SESSION_REGIONS_MAX && s->n_options <= SESSION_OPTIONS_MAX);
	must(s->n_topics <= SESSION_TOPICS_MAX && s->n_parts <= s->n_topics);
	for (int i = 0; i < s->n_topics; i++) {
		check_text(s->topics[i].intent, SESSION_TOPIC_MAX);
		check_text(s->topics[i].region, SESSION_TOPIC_MAX);
	}
	must(s->n_people <= LIMIT_PEOPLE);
	for (int i = 0; i < s->n_people; i++) {
		check_text(s->people[i].kin, SESSION_KIN_MAX);
		check_text(s->people[i].region, SESSION_TOPIC_MAX);
	}
	for (int i = 0; i < s->n_regions; i++)
		check_text(s->regions[i], SESSION_ID_MAX);
	for (int i = 0; i < s->n_options; i++)
		check_text(s->options[i].text, SESSION_ID_MAX);
}

static void check_note(const struct inbox_row *row)
{
	const struct inbox_note *note = &row->note;

	check_text(note->text, sizeof(note->text));
	check_text(note->reason, sizeof(note->reason));
	check_text(note->region, sizeof(note->region));
	check_text(note->rule, sizeof(note->rule));
	must(note->n_nearest <= INBOX_NEAREST_MAX && row->count >= 0);
	must(inbox_kind_name(note->kind) && inbox_state_name(row->state));
	for (size_t i = 0; i < note->n_nearest; i++) {
		check_text(note->nearest[i].intent, INBOX_ID_MAX);
		must(note->nearest[i].score >= 0 && note->nearest[i].score <= 1);
	}
}

/* "SELECT ?,?,…" gives back what is bound: a row without a table. */
static sqlite3_stmt *prepare(sqlite3 *db, bool is_session)
{
	struct buf sql = BUF_INIT;
	sqlite3_stmt *q = NULL;

	buf_str(&sql, "SELECT ");
	if (is_session)
		row_places(&sql);
	for (int i = 0; i < INBOX_COLUMNS && !is_session; i++)
		buf_str(&sql, i ? ",?" : "?");
	must(sqlite3_prepare_v2(db, sql.ptr, -1, &q, NULL) == SQLITE_OK);
	buf_done(&sql);
	return q;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static sqlite3 *db;
	static sqlite3_stmt *queries[2];
	struct input in = {data, size};
	bool is_session = take(&in) % 2 == 0;
	struct inbox_row row;
	struct session s;
	sqlite3_stmt *q;

	if (!db)
		must(sqlite3_open(":memory:", &db) == SQLITE_OK);
	if (!queries[is_session])
		queries[is_session] = prepare(db, is_session);
	q = queries[is_session];
	for (int i = 1; i <= sqlite3_bind_parameter_count(q); i++)
		bind_value(q, i, &in);
	must(sqlite3_step(q) == SQLITE_ROW);
	if (is_session && row_read(q, &s) == 0)
		check_session(&s);
	if (!is_session && inbox_row_read(q, &row))
		check_note(&row);
	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	return 0;
}
