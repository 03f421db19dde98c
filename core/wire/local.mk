# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/wire/inbox.c core/wire/inbox.h \
	core/wire/json-string.c core/wire/json.c core/wire/json.h \
	core/wire/record.c core/wire/record.h \
	core/wire/request.c \
	core/wire/tree.c core/wire/tree.h

unit_tests += tests/unit/wire
tests_unit_wire_SOURCES = tests/unit/wire.c tests/unit/tap.h

fuzz_targets += tests/fuzz/message_json
tests_fuzz_message_json_SOURCES = tests/fuzz/message_json.c $(fuzz_driver)
tests_fuzz_message_json_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
