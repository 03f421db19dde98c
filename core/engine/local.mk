# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/engine/ask.h \
	core/engine/engine.c core/engine/engine.h \
	core/engine/finish.c \
	core/engine/generation.c core/engine/generation.h \
	core/engine/run.c \
	core/engine/suggest.c core/engine/suggest.h \
	core/engine/why.c

# On the real content, with the plugins as built.
unit_tests += tests/unit/engine tests/golden/dialogues-test
tests_unit_engine_SOURCES = tests/unit/engine.c tests/unit/tap.h
tests_golden_dialogues_test_SOURCES = tests/golden/run-dialogues.c tests/unit/tap.h
