/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout.c - where every member of the contract stands, on 64-bit machines.
 *
 * A plugin built years ago relies on these numbers. Members may be added at the end of a struct (a
 * line is added here); no number that stands here may change while WENLU_ABI_MAJOR is the same.
 */
#include <wenlu/plugin.h>

#include "../unit/tap.h"

struct member {
	const char *name;
	size_t at, size, want_at, want_size;
};

#define MEMBER(type, member, want_at, want_size)                           \
	{                                                                  \
#type "." #member, offsetof(struct type, member),          \
		    sizeof(((struct type *)0)->member), want_at, want_size \
	}

static const struct member members[] = {
    MEMBER(wenlu_plugin, magic, 0, 4),
    MEMBER(wenlu_plugin, abi_major, 4, 2),
    MEMBER(wenlu_plugin, abi_minor, 6, 2),
    MEMBER(wenlu_plugin, struct_size, 8, 4),
    MEMBER(wenlu_plugin, flags, 12, 4),
    MEMBER(wenlu_plugin, name, 16, 8),
    MEMBER(wenlu_plugin, version, 24, 8),
    MEMBER(wenlu_plugin, guide, 32, 8),
    MEMBER(wenlu_plugin, guide_end, 40, 8),
    MEMBER(wenlu_plugin, claims, 48, 8),
    MEMBER(wenlu_plugin, init, 56, 8),
    MEMBER(wenlu_plugin, fini, 64, 8),
    MEMBER(wenlu_plugin, answer, 72, 8),
    MEMBER(wenlu_plugin, get_extension, 80, 8),
    MEMBER(wenlu_host, struct_size, 0, 4),
    MEMBER(wenlu_host, abi_major, 4, 2),
    MEMBER(wenlu_host, abi_minor, 6, 2),
    MEMBER(wenlu_host, priv, 8, 8),
    MEMBER(wenlu_host, log, 16, 8),
    MEMBER(wenlu_host, conf, 24, 8),
    MEMBER(wenlu_host, ms_left, 32, 8),
    MEMBER(wenlu_host, get_extension, 40, 8),
    MEMBER(wenlu_host, fill_from_guide, 48, 8),
    MEMBER(wenlu_host, clear_field, 56, 8),
    MEMBER(wenlu_host, set_summary, 64, 8),
    MEMBER(wenlu_host, add_line, 72, 8),
    MEMBER(wenlu_host, add_step, 80, 8),
    MEMBER(wenlu_host, add_channel, 88, 8),
    MEMBER(wenlu_host, add_document, 96, 8),
    MEMBER(wenlu_host, add_timing, 104, 8),
    MEMBER(wenlu_host, set_max_age, 112, 8),
    MEMBER(wenlu_slot, name, 0, 8),
    MEMBER(wenlu_slot, value, 8, 8),
    MEMBER(wenlu_request, struct_size, 0, 4),
    MEMBER(wenlu_request, budget_ms, 4, 4),
    MEMBER(wenlu_request, region, 8, 8),
    MEMBER(wenlu_request, intent, 16, 8),
    MEMBER(wenlu_request, text, 24, 8),
    MEMBER(wenlu_request, slots, 32, 8),
    MEMBER(wenlu_request, n_slots, 40, 4),
    MEMBER(wenlu_request, reserved, 44, 4),
    MEMBER(wenlu_channel, struct_size, 0, 4),
    MEMBER(wenlu_channel, kind, 4, 4),
    MEMBER(wenlu_channel, name, 8, 8),
    MEMBER(wenlu_channel, path, 16, 8),
    MEMBER(wenlu_channel, url, 24, 8),
    MEMBER(wenlu_channel, source, 32, 8),
    MEMBER(wenlu_document, struct_size, 0, 4),
    MEMBER(wenlu_document, reserved, 4, 4),
    MEMBER(wenlu_document, name, 8, 8),
    MEMBER(wenlu_document, form, 16, 8),
    MEMBER(wenlu_document, purpose, 24, 8),
    MEMBER(wenlu_document, source, 32, 8),
    MEMBER(wenlu_timing, struct_size, 0, 4),
    MEMBER(wenlu_timing, unit, 4, 4),
    MEMBER(wenlu_timing, min, 8, 4),
    MEMBER(wenlu_timing, max, 12, 4),
    MEMBER(wenlu_timing, legal_max, 16, 4),
    MEMBER(wenlu_timing, reserved, 20, 4),
    MEMBER(wenlu_timing, stage, 24, 8),
    MEMBER(wenlu_timing, text, 32, 8),
    MEMBER(wenlu_timing, source, 40, 8),
    MEMBER(wenlu_number, struct_size, 0, 4),
    MEMBER(wenlu_number, kind, 4, 4),
    MEMBER(wenlu_number, is_right, 8, 4),
    MEMBER(wenlu_number, length, 12, 4),
    MEMBER(wenlu_number, shape, 16, 32),
    MEMBER(wenlu_number_host, struct_size, 0, 4),
    MEMBER(wenlu_number_host, count, 8, 8),
    MEMBER(wenlu_number_host, get, 16, 8),
    MEMBER(wenlu_condition_host, struct_size, 0, 4),
    MEMBER(wenlu_condition_host, figure, 8, 8),
    MEMBER(wenlu_condition_host, ask_for, 16, 8),
#ifdef WENLU_EXTENSION_HTTP /* newer than the frozen copy */
    MEMBER(wenlu_http_request, struct_size, 0, 4),
    MEMBER(wenlu_http_request, timeout_ms, 4, 4),
    MEMBER(wenlu_http_request, method, 8, 8),
    MEMBER(wenlu_http_request, url, 16, 8),
    MEMBER(wenlu_http_request, headers, 24, 8),
    MEMBER(wenlu_http_request, body, 32, 8),
    MEMBER(wenlu_http_request, body_len, 40, 4),
    MEMBER(wenlu_http_request, reserved, 44, 4),
    MEMBER(wenlu_http_reply, struct_size, 0, 4),
    MEMBER(wenlu_http_reply, status, 4, 4),
    MEMBER(wenlu_http_reply, body, 8, 8),
    MEMBER(wenlu_http_reply, body_len, 16, 4),
    MEMBER(wenlu_http_reply, reserved, 20, 4),
    MEMBER(wenlu_http_reply, content_type, 24, 8),
    MEMBER(wenlu_http_host, struct_size, 0, 4),
    MEMBER(wenlu_http_host, request, 8, 8),
#endif
};

static const struct {
	const char *name;
	int value, want;
} numbers[] = {
#define NUMBER(name, want)        \
	{                         \
#name, name, want \
	}
    NUMBER(WENLU_ABI_MAJOR, 1),
    NUMBER(WENLU_OK, 0),
    NUMBER(WENLU_DEFER, 1),
    NUMBER(WENLU_EINVAL, -1),
    NUMBER(WENLU_EBUSY, -2),
    NUMBER(WENLU_EFAULT, -3),
    NUMBER(WENLU_ENOSPC, -4),
    NUMBER(WENLU_LOG_ERROR, 0),
    NUMBER(WENLU_LOG_DEBUG, 3),
    NUMBER(WENLU_FIELD_SUMMARY, 1),
    NUMBER(WENLU_FIELD_CHANNELS, 2),
    NUMBER(WENLU_FIELD_STEPS, 3),
    NUMBER(WENLU_FIELD_DOCUMENTS, 4),
    NUMBER(WENLU_FIELD_TIMING, 5),
    NUMBER(WENLU_FIELD_FEE, 6),
    NUMBER(WENLU_FIELD_NUMBER, 7),
    NUMBER(WENLU_FIELD_VERIFICATION, 8),
    NUMBER(WENLU_FIELD_CONDITIONS, 9),
    NUMBER(WENLU_FIELD_RESTRICTIONS, 10),
    NUMBER(WENLU_FIELD_NOTES, 11),
    NUMBER(WENLU_CHANNEL_APP, 1),
    NUMBER(WENLU_CHANNEL_MINI_PROGRAM, 2),
    NUMBER(WENLU_CHANNEL_ACCOUNT, 3),
    NUMBER(WENLU_CHANNEL_WEBSITE, 4),
    NUMBER(WENLU_CHANNEL_WINDOW, 5),
    NUMBER(WENLU_CHANNEL_HOTLINE, 6),
    NUMBER(WENLU_CHANNEL_MACHINE, 7),
    NUMBER(WENLU_UNIT_MINUTE, 1),
    NUMBER(WENLU_UNIT_HOUR, 2),
    NUMBER(WENLU_UNIT_DAY, 3),
    NUMBER(WENLU_UNIT_WORKING_DAY, 4),
    NUMBER(WENLU_UNIT_MONTH, 5),
    NUMBER(WENLU_UNIT_YEAR, 6),
    NUMBER(WENLU_AGE_ALWAYS, -1),
    NUMBER(WENLU_AGE_NEVER, 0),
};

int main(void)
{
	if (sizeof(void *) != 8) {
		printf("1..0 # SKIP the numbers are those of 64-bit machines\n");
		return 0;
	}
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		const struct member *m = &members[i];

		ok(m->at == m->want_at && m->size == m->want_size,
		   "%s stands at %zu and has %zu bytes", m->name, m->want_at, m->want_size);
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		is_int(numbers[i].value, numbers[i].want, "%s is %d", numbers[i].name,
		       numbers[i].want);
	ok(sizeof(struct wenlu_slot) == 16, "a slot, which sits in arrays, has 16 bytes for ever");
	ok(WENLU_MAGIC == 0x554c4e57u, "the magic number spells WNLU");
	return done();
}
