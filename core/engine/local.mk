# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/engine/answer-copy.c \
	core/engine/archive.c core/engine/archive.h \
	core/engine/ask.h \
	core/engine/builder.c core/engine/builder.h \
	core/engine/builder-child.c \
	core/engine/canary.c core/engine/canary.h \
	core/engine/engine.c core/engine/engine.h \
	core/engine/finish.c \
	core/engine/generation.c core/engine/generation.h \
	core/engine/ground.c core/engine/ground.h \
	core/engine/handover.c core/engine/handover.h \
	core/engine/loader.c core/engine/loader.h \
	core/engine/memo.c core/engine/memo.h \
	core/engine/note.c \
	core/engine/opener.c \
	core/engine/run.c \
	core/engine/suggest.c core/engine/suggest.h \
	core/engine/trial.c core/engine/trial.h \
	core/engine/watch.c core/engine/watch.h \
	core/engine/why.c

# On the real content, with the plugins as built.
unit_tests += tests/unit/engine tests/unit/memo tests/golden/dialogues-test
tests_unit_engine_SOURCES = tests/unit/engine.c tests/unit/tap.h
tests_unit_memo_SOURCES = tests/unit/memo.c tests/unit/tap.h
tests_golden_dialogues_test_SOURCES = tests/golden/run-dialogues.c tests/unit/tap.h
