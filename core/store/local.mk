# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/store/sessions.c core/store/sessions.h

unit_tests += tests/unit/sessions
tests_unit_sessions_SOURCES = tests/unit/sessions.c tests/unit/tap.h
