# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/store/backend.h \
	core/store/database.c core/store/database.h \
	core/store/inbox.c core/store/inbox.h core/store/inbox-row.h \
	core/store/notes.c core/store/notes.h \
	core/store/notes-file.c core/store/notes-file.h \
	core/store/parcel.c core/store/parcel.h \
	core/store/row.c core/store/row.h \
	core/store/sessions.c core/store/sessions.h \
	core/store/sqlite.c core/store/sqlite.h \
	core/store/store.c core/store/store.h \
	core/store/token.c core/store/token.h

unit_tests += tests/unit/inbox tests/unit/notes tests/unit/sessions tests/unit/store
tests_unit_inbox_SOURCES = tests/unit/inbox.c tests/unit/tap.h
tests_unit_notes_SOURCES = tests/unit/notes.c tests/unit/tap.h
tests_unit_sessions_SOURCES = tests/unit/sessions.c tests/unit/tap.h
tests_unit_store_SOURCES = tests/unit/store.c tests/unit/store-place.h tests/unit/tap.h

fuzz_targets += tests/fuzz/stored_row
tests_fuzz_stored_row_SOURCES = tests/fuzz/stored_row.c $(fuzz_driver)
tests_fuzz_stored_row_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
