/* SPDX-License-Identifier: Apache-2.0 */
/* row.c - one column for each member of struct session; NULL where a list has ended. */
#include "store/row.h"

#include <errno.h>

#include "base/utf8.h"

enum { COLUMN_ID, COLUMN_SEQ, COLUMN_CREATED, COLUMN_LAST, COLUMN_TURNS, COLUMN_FAILED };
enum {
	COLUMN_INTENT = COLUMN_FAILED + 1,
	COLUMN_REGIONS,
	COLUMN_OPTIONS = COLUMN_REGIONS + SESSION_REGIONS_MAX,
	OPTION_COLUMNS = 3,
	COLUMN_FIGURE = COLUMN_OPTIONS + SESSION_OPTIONS_MAX * OPTION_COLUMNS,
	COLUMN_FIGURE_DAYS,
	COLUMN_FIGURE_SAID,
	COLUMN_KIND,
	COLUMN_PARTS,
	COLUMN_TOPICS,
	TOPIC_COLUMNS = 2,
	COLUMN_NEXT = COLUMN_TOPICS + SESSION_TOPICS_MAX * TOPIC_COLUMNS,
	COLUMN_PEOPLE,
	PERSON_COLUMNS = 2,
	COLUMN_FIGURE_MORE = COLUMN_PEOPLE + LIMIT_PEOPLE * PERSON_COLUMNS,
	FIGURE_COLUMNS = 5,
	COLUMN_FIGURE_INTENT = COLUMN_FIGURE_MORE + FIGURE_COLUMNS,
	COLUMN_POINT,
	COLUMNS,
};

/* What row_bind() and row_read() make of a figure: its least days have a column of their own. */
#define FIGURE_MORE(f)                                                                          \
	{                                                                                       \
		&(f)->least.months, &(f)->most.months, &(f)->most.days, &(f)->first, &(f)->last \
	}
/* More than a hundred years in days, and no day that a calendar has: nothing of ours. */
#define FIGURE_LIMIT 100000

/* The columns that version 1, then 2, 3, 4, 5 and 6 had not: they come last, so that they can be
 * added. */
#define FIGURE_COLUMN "figure TEXT"
#define VALUE_COLUMN  "figure_value INTEGER" /* up to version 5 the figure, now its least days */
#define SAID_COLUMN   "figure_said INTEGER"
#define KIND_COLUMN   "kind TEXT"
#define PARTS_COLUMN  "parts INTEGER"
#define NEXT_COLUMN   "options_are_next INTEGER"
#define LEAST_COLUMN  "figure_least_months INTEGER"
#define MOST_COLUMN   "figure_most_months INTEGER"
#define DAYS_COLUMN   "figure_most_days INTEGER"
#define FIRST_COLUMN  "figure_first INTEGER"
#define LAST_COLUMN   "figure_last INTEGER"
#define ASKER_COLUMN  "figure_intent TEXT"
#define POINT_COLUMN  "point TEXT"

void row_declare(struct buf *out)
{
	buf_str(out, "id BLOB PRIMARY KEY NOT NULL, seq INTEGER NOT NULL, "
		     "created_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL, "
		     "turns INTEGER NOT NULL, failed_rounds INTEGER NOT NULL, intent TEXT");
	for (int i = 1; i <= SESSION_REGIONS_MAX; i++)
		buf_printf(out, ", region%d TEXT", i);
	for (int i = 1; i <= SESSION_OPTIONS_MAX; i++)
		buf_printf(out, ", option%d_intent TEXT, option%d_region TEXT, option%d_text TEXT",
			   i, i, i);
	buf_str(out, ", " FIGURE_COLUMN ", " VALUE_COLUMN ", " SAID_COLUMN ", " KIND_COLUMN
		     ", " PARTS_COLUMN);
	for (int i = 1; i <= SESSION_TOPICS_MAX; i++)
		buf_printf(out, ", topic%d_intent TEXT, topic%d_region TEXT", i, i);
	buf_str(out, ", " NEXT_COLUMN);
	for (int i = 1; i <= LIMIT_PEOPLE; i++)
		buf_printf(out, ", person%d TEXT, person%d_region TEXT", i, i);
	buf_str(out, ", " LEAST_COLUMN ", " MOST_COLUMN ", " DAYS_COLUMN ", " FIRST_COLUMN
		     ", " LAST_COLUMN ", " ASKER_COLUMN ", " POINT_COLUMN);
}

#define ADD(column)   "ALTER TABLE sessions ADD COLUMN " column
#define ADD_TOPIC(n)  ADD("topic" #n "_intent TEXT") ";" ADD("topic" #n "_region TEXT")
#define ADD_PERSON(n) ADD("person" #n " TEXT") ";" ADD("person" #n "_region TEXT")

_Static_assert(SESSION_TOPICS_MAX == 6, "version 3 has six topics");
_Static_assert(LIMIT_PEOPLE == 6, "version 5 has six people");

const char *row_upgrade(int64_t version)
{
	switch (version) {
	case 1:
		return ADD(FIGURE_COLUMN) ";" ADD(VALUE_COLUMN) ";" ADD(SAID_COLUMN) ";" ADD(
		    KIND_COLUMN);
	case 2:
		return ADD(PARTS_COLUMN) ";" ADD_TOPIC(1) ";" ADD_TOPIC(2) ";" ADD_TOPIC(
		    3) ";" ADD_TOPIC(4) ";" ADD_TOPIC(5) ";" ADD_TOPIC(6);
	case 3:
		return ADD(NEXT_COLUMN);
	case 4:
		return ADD_PERSON(1) ";" ADD_PERSON(2) ";" ADD_PERSON(3) ";" ADD_PERSON(
		    4) ";" ADD_PERSON(5) ";" ADD_PERSON(6);
	case 5:
		return ADD(LEAST_COLUMN) ";" ADD(MOST_COLUMN) ";" ADD(DAYS_COLUMN) ";" ADD(
		    FIRST_COLUMN) ";" ADD(LAST_COLUMN) ";" ADD(ASKER_COLUMN);
	case 6:
		return ADD(POINT_COLUMN);
	default:
		return NULL;
	}
}

void row_places(struct buf *out)
{
	for (int i = 0; i < COLUMNS; i++)
		buf_str(out, i ? ",?" : "?");
}

/* Statements are cleared between uses, so a column that is not bound is NULL. */
static int bind_text(sqlite3_stmt *q, int column, const char text[SESSION_ID_MAX])
{
	return sqlite3_bind_text(q, column + 1, text, (int)strnlen(text, SESSION_ID_MAX - 1),
				 SQLITE_STATIC);
}

static int bind_topics(sqlite3_stmt *q, const struct session *s)
{
	int r = sqlite3_bind_int64(q, COLUMN_PARTS + 1, s->n_parts);

	for (int i = 0; i < s->n_topics; i++) {
		const struct session_topic *t = &s->topics[i];
		int first = COLUMN_TOPICS + i * TOPIC_COLUMNS;

		r |= sqlite3_bind_text(q, first + 1, t->intent, -1, SQLITE_STATIC);
		r |= sqlite3_bind_text(q, first + 2, t->region, -1, SQLITE_STATIC);
	}
	return r;
}

static int bind_people(sqlite3_stmt *q, const struct session *s)
{
	int r = SQLITE_OK;

	for (int i = 0; i < s->n_people; i++) {
		const struct session_person *p = &s->people[i];
		int first = COLUMN_PEOPLE + i * PERSON_COLUMNS;

		r |= sqlite3_bind_text(q, first + 1, p->kin, -1, SQLITE_STATIC);
		r |= sqlite3_bind_text(q, first + 2, p->region, -1, SQLITE_STATIC);
	}
	return r;
}

static int bind_figure(sqlite3_stmt *q, const struct session_figure *f)
{
	const int32_t *const more[FIGURE_COLUMNS] = FIGURE_MORE(f);
	int r = SQLITE_OK;

	if (!f->name[0])
		return r;
	r |= bind_text(q, COLUMN_FIGURE, f->name);
	r |= sqlite3_bind_int64(q, COLUMN_FIGURE_DAYS + 1, f->least.days);
	r |= sqlite3_bind_int64(q, COLUMN_FIGURE_SAID + 1, f->said);
	for (int i = 0; i < FIGURE_COLUMNS; i++)
		r |= sqlite3_bind_int64(q, COLUMN_FIGURE_MORE + i + 1, *more[i]);
	if (f->intent[0])
		r |= sqlite3_bind_text(q, COLUMN_FIGURE_INTENT + 1, f->intent, -1, SQLITE_STATIC);
	return r;
}

int row_bind(sqlite3_stmt *q, const struct store_id *id, const struct session *s)
{
	int r = sqlite3_bind_blob(q, COLUMN_ID + 1, id->bytes, sizeof(id->bytes), SQLITE_STATIC);

	r |= sqlite3_bind_int64(q, COLUMN_SEQ + 1, (sqlite3_int64)s->seq);
	r |= sqlite3_bind_int64(q, COLUMN_CREATED + 1, s->created_ms);
	r |= sqlite3_bind_int64(q, COLUMN_LAST + 1, s->last_ms);
	r |= sqlite3_bind_int64(q, COLUMN_TURNS + 1, s->turns);
	r |= sqlite3_bind_int64(q, COLUMN_FAILED + 1, s->failed_rounds);
	if (s->intent[0])
		r |= bind_text(q, COLUMN_INTENT, s->intent);
	for (int i = 0; i < s->n_regions; i++)
		r |= bind_text(q, COLUMN_REGIONS + i, s->regions[i]);
	for (int i = 0; i < s->n_options; i++) {
		const struct session_option *o = &s->options[i];
		int first = COLUMN_OPTIONS + i * OPTION_COLUMNS;

		r |= bind_text(q, first, o->intent);
		r |= bind_text(q, first + 1, o->region);
		r |= bind_text(q, first + 2, o->text);
	}
	r |= bind_figure(q, &s->figure);
	if (s->kind[0])
		r |= bind_text(q, COLUMN_KIND, s->kind);
	if (s->point[0])
		r |= bind_text(q, COLUMN_POINT, s->point);
	if (s->n_topics)
		r |= bind_topics(q, s);
	if (s->options_are_next)
		r |= sqlite3_bind_int64(q, COLUMN_NEXT + 1, s->options_are_next);
	return r | bind_people(q, s);
}

static bool is_there(sqlite3_stmt *q, int column)
{
	return sqlite3_column_type(q, column) != SQLITE_NULL;
}

/* Anybody may have had the file in between: nothing is believed. */
static bool read_up_to(sqlite3_stmt *q, int column, char *ret, int size)
{
	const char *text = (const char *)sqlite3_column_text(q, column);
	int len = sqlite3_column_bytes(q, column);

	ret[0] = '\0';
	if (!text)
		return true;
	if (len >= size || !utf8_is_valid(view_make(text, (size_t)len), NULL))
		return false;
	memcpy(ret, text, (size_t)len);
	ret[len] = '\0';
	return true;
}

static bool read_text(sqlite3_stmt *q, int column, char ret[SESSION_ID_MAX])
{
	return read_up_to(q, column, ret, SESSION_ID_MAX);
}

static bool read_number(sqlite3_stmt *q, int column, int64_t max, int64_t *ret)
{
	*ret = sqlite3_column_int64(q, column);
	return sqlite3_column_type(q, column) == SQLITE_INTEGER && *ret >= 0 && *ret <= max;
}

static bool read_lists(sqlite3_stmt *q, struct session *s)
{
	bool good = true;

	for (int i = 0; i < SESSION_REGIONS_MAX && is_there(q, COLUMN_REGIONS + i); i++)
		good &= read_text(q, COLUMN_REGIONS + i, s->regions[s->n_regions++]);
	for (int i = 0; i < SESSION_OPTIONS_MAX; i++) {
		int first = COLUMN_OPTIONS + i * OPTION_COLUMNS;
		struct session_option *o = &s->options[s->n_options];

		if (!is_there(q, first + 2))
			break;
		s->n_options++;
		good &= read_text(q, first, o->intent) && read_text(q, first + 1, o->region) &&
			read_text(q, first + 2, o->text);
	}
	return good;
}

static bool read_topics(sqlite3_stmt *q, struct session *s)
{
	int64_t parts = 0;
	bool good = true;

	if (!is_there(q, COLUMN_PARTS))
		return true;
	good = read_number(q, COLUMN_PARTS, SESSION_TOPICS_MAX, &parts);
	s->n_parts = (uint8_t)parts;
	for (int i = 0; i < SESSION_TOPICS_MAX; i++) {
		int first = COLUMN_TOPICS + i * TOPIC_COLUMNS;
		struct session_topic *t = &s->topics[i];

		if (!is_there(q, first))
			break;
		s->n_topics++;
		good &= read_up_to(q, first, t->intent, sizeof(t->intent)) &&
			read_up_to(q, first + 1, t->region, sizeof(t->region));
	}
	return good && s->n_parts <= s->n_topics;
}

static bool read_people(sqlite3_stmt *q, struct session *s)
{
	bool good = true;

	for (int i = 0; i < LIMIT_PEOPLE; i++) {
		int first = COLUMN_PEOPLE + i * PERSON_COLUMNS;
		struct session_person *p = &s->people[i];

		if (!is_there(q, first))
			break;
		s->n_people++;
		good &= read_up_to(q, first, p->kin, sizeof(p->kin)) &&
			read_up_to(q, first + 1, p->region, sizeof(p->region));
	}
	return good;
}

/* A span of somebody's may be a day less than so many months. */
static bool read_part(sqlite3_stmt *q, int column, int32_t *ret)
{
	int64_t n = sqlite3_column_int64(q, column);

	*ret = n >= -FIGURE_LIMIT && n <= FIGURE_LIMIT ? (int32_t)n : 0;
	return sqlite3_column_type(q, column) == SQLITE_INTEGER && *ret == n;
}

static bool read_figure(sqlite3_stmt *q, struct session_figure *f)
{
	int32_t *const more[FIGURE_COLUMNS] = FIGURE_MORE(f);
	int64_t said = 0;
	bool good = true;

	if (!is_there(q, COLUMN_FIGURE))
		return true;
	good = read_text(q, COLUMN_FIGURE, f->name) &&
	       read_number(q, COLUMN_FIGURE_SAID, UINT8_MAX, &said) &&
	       read_up_to(q, COLUMN_FIGURE_INTENT, f->intent, sizeof(f->intent));
	f->said = (uint8_t)said;
	/* Of version 5, whose value was counted otherwise: what was asked for is known, no more. */
	if (!is_there(q, COLUMN_FIGURE_MORE))
		return good;
	good &= read_part(q, COLUMN_FIGURE_DAYS, &f->least.days);
	for (int i = 0; i < FIGURE_COLUMNS; i++)
		good &= read_part(q, COLUMN_FIGURE_MORE + i, more[i]);
	return good;
}

static bool read_added(sqlite3_stmt *q, struct session *s)
{
	int64_t next = 0;

	if (!read_text(q, COLUMN_KIND, s->kind) || !read_text(q, COLUMN_POINT, s->point) ||
	    !read_topics(q, s) || !read_people(q, s))
		return false;
	if (is_there(q, COLUMN_NEXT) && !read_number(q, COLUMN_NEXT, 1, &next))
		return false;
	s->options_are_next = (uint8_t)next;
	return read_figure(q, &s->figure);
}

int row_read(sqlite3_stmt *q, struct session *ret)
{
	struct session s = {.seq = 0};
	int64_t seq, turns, failed;

	if (sqlite3_column_count(q) != COLUMNS || !read_number(q, COLUMN_SEQ, INT64_MAX, &seq) ||
	    !read_number(q, COLUMN_CREATED, INT64_MAX, &s.created_ms) ||
	    !read_number(q, COLUMN_LAST, INT64_MAX, &s.last_ms) ||
	    !read_number(q, COLUMN_TURNS, UINT32_MAX, &turns) ||
	    !read_number(q, COLUMN_FAILED, UINT8_MAX, &failed) ||
	    !read_text(q, COLUMN_INTENT, s.intent) || !read_lists(q, &s) || !read_added(q, &s))
		return -EBADMSG;
	s.seq = (uint64_t)seq;
	s.turns = (uint32_t)turns;
	s.failed_rounds = (uint8_t)failed;
	*ret = s;
	return 0;
}
