# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/text/fold-number.c \
	core/text/fold-other.c \
	core/text/fold-put.c \
	core/text/fold-rewrite.c \
	core/text/fold-state.h \
	core/text/fold.c core/text/fold.h \
	core/text/han.c core/text/han.h \
	core/text/personal-atom.c core/text/personal-atom.h \
	core/text/personal.c core/text/personal.h \
	core/text/pinyin.c core/text/pinyin.h \
	core/text/shape.c core/text/shape.h

# The tables of Chinese characters: made once from Unihan and OpenCC, and shipped in a release.
AM_CPPFLAGS += -I$(top_builddir)/core
EXTRA_DIST += core/text/gen-han.awk core/text/gen-han.sh core/text/words.tsv \
	core/text/han-tables.inc
BUILT_SOURCES += core/text/han-tables.inc
MAINTAINERCLEANFILES = core/text/han-tables.inc
core/text/han.$(OBJEXT): core/text/han-tables.inc
core/text/han-tables.inc: core/text/gen-han.awk core/text/gen-han.sh core/text/words.tsv
	$(AM_V_GEN)$(MKDIR_P) core/text && \
	AWK='$(AWK)' BZCAT='$(BZCAT)' OPENCC_DICT='$(OPENCC_DICT)' UNIHAN_DIR='$(UNIHAN_DIR)' \
	OPENCC_DIR='$(OPENCC_DIR)' $(SHELL) $(srcdir)/core/text/gen-han.sh $(srcdir)/core/text $@

unit_tests += tests/unit/fold tests/unit/pinyin tests/unit/personal tests/unit/shape
tests_unit_fold_SOURCES = tests/unit/fold.c tests/unit/tap.h
tests_unit_pinyin_SOURCES = tests/unit/pinyin.c tests/unit/tap.h
tests_unit_personal_SOURCES = tests/unit/personal.c tests/unit/tap.h
tests_unit_shape_SOURCES = tests/unit/shape.c tests/unit/tap.h

fuzz_targets += tests/fuzz/fold tests/fuzz/personal
tests_fuzz_fold_SOURCES = tests/fuzz/fold.c $(fuzz_driver)
tests_fuzz_fold_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_personal_SOURCES = tests/fuzz/personal.c $(fuzz_driver)
tests_fuzz_personal_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
