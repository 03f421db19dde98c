# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/net/http.c core/net/http.h \
	core/net/inner.c core/net/inner.h \
	core/net/transfer.c core/net/transfer.h

# Its own little server speaks TLS.
unit_tests += tests/unit/net
tests_unit_net_SOURCES = tests/unit/net.c tests/unit/tap.h
tests_unit_net_LDADD = $(LDADD) -lssl
