/* SPDX-License-Identifier: Apache-2.0 */
/* admin_inbox.c - see admin_inbox.h. */
#include "serve/admin_inbox.h"

#include <errno.h>
#include <stdlib.h>

#include "store/store.h"
#include "wire/inbox.h"

#define ROWS_MAX  200
#define BYTES_MAX 500000 /* the administrator's socket takes no more than a mebibyte */

enum what { WHAT_LIST, WHAT_JSON, WHAT_MARK };

struct inbox_errand {
	enum what what;
	enum inbox_state state;
	int64_t n;
	size_t rows;
	struct buf out;
	admin_inbox_done *done;
	void *data;
};

static bool put_row(void *data, const struct inbox_row *row)
{
	struct inbox_errand *e = data;
	const struct inbox_note *note = &row->note;

	if (e->rows++ == ROWS_MAX || e->out.len > BYTES_MAX)
		return false;
	if (e->what == WHAT_JSON) {
		buf_str(&e->out, e->rows > 1 ? "," : "");
		inbox_row_begin(&e->out, row);
		buf_char(&e->out, '}');
		return true;
	}
	buf_printf(&e->out, "%6lld %5lld× %-10s %s", (long long)row->n, (long long)row->count,
		   inbox_kind_name(note->kind), note->text[0] ? note->text : "—");
	if (note->region[0])
		buf_printf(&e->out, "  %s", note->region);
	if (note->n_nearest)
		buf_printf(&e->out, "  %s %.2f", note->nearest[0].intent,
			   (double)note->nearest[0].score);
	if (note->reason[0])
		buf_printf(&e->out, "  “%s”", note->reason);
	buf_char(&e->out, '\n');
	return true;
}

/* On the store's thread; the loop looks at none of it meanwhile. */
static void work(void *data, struct inbox *inbox)
{
	struct inbox_errand *e = data;
	struct fault why;
	int r;

	if (e->what == WHAT_MARK) {
		r = inbox_mark(inbox, e->n, e->state, &why);
	} else {
		buf_str(&e->out, e->what == WHAT_JSON ? "[" : "");
		r = inbox_list(inbox, 1u << INBOX_NEW, put_row, e, &why);
		buf_str(&e->out, e->what == WHAT_JSON ? "]\n" : "");
	}
	if (r < 0) {
		buf_clear(&e->out);
		buf_printf(&e->out, "error: %s\n", why.text);
	} else if (e->what == WHAT_MARK) {
		buf_str(&e->out, "ok\n");
	}
}

static void worked(void *data, bool is_over)
{
	struct inbox_errand *e = data;

	e->done(e->data, is_over ? NULL : &e->out);
	buf_done(&e->out);
	free(e);
}

static int read_argument(struct view argument, struct inbox_errand *ret)
{
	static const char *const words[INBOX_STATES] = {
	    [INBOX_NEW] = "new", [INBOX_DONE] = "done", [INBOX_IGNORED] = "ignore"};
	struct view rest = argument, word = VIEW("");
	uint64_t n;

	view_split(&rest, ' ', &word);
	if (view_trim(argument).len == 0 || view_is(word, "json")) {
		ret->what = argument.len ? WHAT_JSON : WHAT_LIST;
		return 0;
	}
	for (int i = 0; i < INBOX_STATES; i++) {
		if (!view_is(word, words[i]))
			continue;
		ret->what = WHAT_MARK;
		ret->state = (enum inbox_state)i;
		if (view_to_u64(view_trim(rest), &n) < 0 || n > INT64_MAX)
			return -EINVAL;
		ret->n = (int64_t)n;
		return 0;
	}
	return -EINVAL;
}

int admin_inbox_run(struct store *store, struct view argument, admin_inbox_done *done, void *data)
{
	struct inbox_errand *e = calloc(1, sizeof(*e));
	int r;

	if (!e)
		die_oom(sizeof(*e));
	e->done = done;
	e->data = data;
	r = read_argument(argument, e);
	if (r == 0 && (!store || !store_run(store, work, worked, e)))
		r = -ENOENT;
	if (r < 0)
		free(e);
	return r;
}
