# SPDX-License-Identifier: Apache-2.0
bin_PROGRAMS += wenlu
wenlu_SOURCES = \
	core/cli/ask.c \
	core/cli/check.c \
	core/cli/cli.h \
	core/cli/eval.c \
	core/cli/main.c \
	core/cli/plugin.c \
	core/cli/train.c \
	core/cli/world.c
wenlu_CFLAGS = $(AM_CFLAGS) $(EDIT_CFLAGS)
wenlu_LDADD = $(LDADD) $(EDIT_LIBS)
