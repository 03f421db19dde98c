/* SPDX-License-Identifier: Apache-2.0 */
/* inbox.c - see inbox.h. */
#include "wire/inbox.h"

#include "engine/generation.h"
#include "wire/json.h"

static void put(struct buf *out, const char *name, const char *value)
{
	if (!value[0])
		return;
	buf_printf(out, ",\"%s\":", name);
	json_string(out, view_of(value));
}

static void put_day(struct buf *out, const char *name, int64_t ms)
{
	char day[DATE_ROOM];

	date_format(ms, day);
	buf_printf(out, ",\"%s\":\"%s\"", name, day);
}

void inbox_row_begin(struct buf *out, const struct inbox_row *row)
{
	const struct inbox_note *note = &row->note;

	buf_printf(out, "{\"n\":%lld,\"kind\":\"%s\",\"state\":\"%s\",\"count\":%lld",
		   (long long)row->n, inbox_kind_name(note->kind), inbox_state_name(row->state),
		   (long long)row->count);
	put(out, "text", note->text);
	put(out, "reason", note->reason);
	put(out, "region", note->region);
	put(out, "rule", note->rule);
	buf_str(out, ",\"nearest\":[");
	for (size_t i = 0; i < note->n_nearest; i++) {
		buf_str(out, i ? ",{\"intent\":" : "{\"intent\":");
		json_string(out, view_of(note->nearest[i].intent));
		buf_printf(out, ",\"score\":%.3f}", (double)note->nearest[i].score);
	}
	buf_printf(out, "],\"generation\":%llu", (unsigned long long)note->generation);
	put_day(out, "first", row->first_ms);
	put_day(out, "last", note->when_ms);
}
