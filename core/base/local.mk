# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/base/arena.c core/base/arena.h \
	core/base/blank.h \
	core/base/buf.c core/base/buf.h \
	core/base/clock.h \
	core/base/error.c core/base/error.h \
	core/base/file.c core/base/file.h \
	core/base/files.c core/base/files.h \
	core/base/hands.c core/base/hands.h \
	core/base/hash.h \
	core/base/limits.h \
	core/base/log.c core/base/log.h \
	core/base/loop.c core/base/loop.h \
	core/base/say.c core/base/say.h \
	core/base/seal.c core/base/seal.h \
	core/base/utf8.c core/base/utf8.h \
	core/base/vec.c core/base/vec.h \
	core/base/view.c core/base/view.h

unit_tests += tests/unit/base
tests_unit_base_SOURCES = tests/unit/base.c tests/unit/tap.h
