# SPDX-License-Identifier: Apache-2.0
# The daemon. All but its main is in the library, so that tests can reach it.
core_libwenlu_a_SOURCES += \
	core/serve/address.c core/serve/address.h \
	core/serve/admin.c core/serve/admin.h \
	core/serve/ask.c \
	core/serve/assemble.c core/serve/assemble.h \
	core/serve/config.c core/serve/config.h \
	core/serve/config_check.c \
	core/serve/config_rows.c \
	core/serve/edge.c \
	core/serve/handshake.c \
	core/serve/http.c core/serve/http.h \
	core/serve/http_query.c core/serve/http_query.h \
	core/serve/http_routes.c \
	core/serve/listen.c core/serve/listen.h \
	core/serve/metrics.c \
	core/serve/notify.c core/serve/notify.h \
	core/serve/outbox.c core/serve/outbox.h \
	core/serve/peers.c core/serve/peers.h \
	core/serve/replay.c core/serve/replay.h \
	core/serve/server.c core/serve/server.h \
	core/serve/tls_check.c core/serve/tls_check.h \
	core/serve/ws.c

sbin_PROGRAMS += wenlud
wenlud_SOURCES = core/serve/main.c
