# SPDX-License-Identifier: Apache-2.0
bin_PROGRAMS += wenlu
wenlu_SOURCES = \
	core/cli/admin-client.c core/cli/admin-client.h \
	core/cli/admin.c \
	core/cli/alike.c core/cli/alike.h \
	core/cli/ask.c \
	core/cli/asker.c core/cli/asker.h \
	core/cli/bot.c core/cli/bot.h \
	core/cli/bot-doctor.c \
	core/cli/check.c \
	core/cli/cli.h \
	core/cli/data-check.c \
	core/cli/data-import.c \
	core/cli/data.c core/cli/data.h \
	core/cli/eval-html.c \
	core/cli/eval-run.c \
	core/cli/eval-text.c \
	core/cli/eval.c core/cli/eval.h \
	core/cli/html.c core/cli/html.h \
	core/cli/import.c core/cli/import.h \
	core/cli/inbox.c core/cli/inbox.h \
	core/cli/inbox-group.c \
	core/cli/language.c core/cli/language.h \
	core/cli/main.c \
	core/cli/neighbour.c core/cli/neighbour.h \
	core/cli/noise.c \
	core/cli/plugin.c \
	core/cli/preview.c core/cli/preview.h \
	core/cli/progress.c core/cli/progress.h \
	core/cli/region-coverage.c \
	core/cli/region-new.c \
	core/cli/region-preview.c \
	core/cli/region.c core/cli/region.h \
	core/cli/sample.c core/cli/sample.h \
	core/cli/train.c \
	core/cli/typing-tables.c core/cli/typing-tables.h \
	core/cli/typing.c core/cli/typing.h \
	core/cli/world.c
wenlu_CFLAGS = $(AM_CFLAGS) $(EDIT_CFLAGS)
wenlu_LDADD = $(LDADD) $(EDIT_LIBS)

# How people mistype: made once from Unihan, OpenCC and shapes.txt, and shipped in a release.
EXTRA_DIST += core/cli/gen-typing.awk core/cli/gen-typing.sh core/cli/shapes.txt \
	core/cli/typing-tables.inc
BUILT_SOURCES += core/cli/typing-tables.inc
MAINTAINERCLEANFILES += core/cli/typing-tables.inc
core/cli/wenlu-typing-tables.$(OBJEXT): core/cli/typing-tables.inc
core/cli/typing-tables.inc: core/cli/gen-typing.awk core/cli/gen-typing.sh core/cli/shapes.txt
	$(AM_V_GEN)$(MKDIR_P) core/cli && \
	AWK='$(AWK)' BZCAT='$(BZCAT)' OPENCC_DICT='$(OPENCC_DICT)' UNIHAN_DIR='$(UNIHAN_DIR)' \
	OPENCC_DIR='$(OPENCC_DIR)' $(SHELL) $(srcdir)/core/cli/gen-typing.sh $(srcdir)/core/cli $@

# What is said in other languages than English.
EXTRA_DIST += core/cli/gen-messages.awk core/cli/zh_CN.po
BUILT_SOURCES += core/cli/messages-zh.inc
CLEANFILES += core/cli/messages-zh.inc
core/cli/wenlu-language.$(OBJEXT): core/cli/messages-zh.inc
core/cli/messages-zh.inc: core/cli/gen-messages.awk core/cli/zh_CN.po
	$(AM_V_GEN)$(MKDIR_P) core/cli && \
	LC_ALL=C $(AWK) -f $(srcdir)/core/cli/gen-messages.awk $(srcdir)/core/cli/zh_CN.po >$@.tmp && \
	mv $@.tmp $@

# What `wenlu region new` writes.
new_files = \
	core/cli/new/guide.yaml.in \
	core/cli/new/plugin.c.in \
	core/cli/new/Makefile.guide.in \
	core/cli/new/Makefile.code.in \
	core/cli/new/check.sh.in \
	core/cli/new/README.md.in
EXTRA_DIST += core/cli/gen-new.awk $(new_files)
BUILT_SOURCES += core/cli/new-files.inc
CLEANFILES += core/cli/new-files.inc
core/cli/wenlu-region-new.$(OBJEXT): core/cli/new-files.inc
core/cli/new-files.inc: core/cli/gen-new.awk $(new_files)
	$(AM_V_GEN)$(MKDIR_P) core/cli && cd $(srcdir) && \
	$(AWK) -f core/cli/gen-new.awk $(new_files) >$(abs_builddir)/$@.tmp && \
	mv $(abs_builddir)/$@.tmp $(abs_builddir)/$@

unit_tests += tests/unit/say
tests_unit_say_SOURCES = tests/unit/say.c tests/unit/tap.h core/cli/language.c core/cli/language.h
core/cli/language.$(OBJEXT): core/cli/messages-zh.inc
