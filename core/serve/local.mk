# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/serve/config.c core/serve/config.h \
	core/serve/config_check.c \
	core/serve/config_rows.c
