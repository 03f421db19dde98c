# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/dialog/reply.c core/dialog/reply.h \
	core/dialog/session.h
