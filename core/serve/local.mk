# SPDX-License-Identifier: Apache-2.0
# The daemon. All but its main is in the library, so that tests can reach it.
core_libwenlu_a_SOURCES += \
	core/serve/address.c core/serve/address.h \
	core/serve/admin.c core/serve/admin.h \
	core/serve/admin_inbox.c core/serve/admin_inbox.h \
	core/serve/admin_plugins.c core/serve/admin_plugins.h \
	core/serve/ask.c \
	core/serve/assemble.c core/serve/assemble.h \
	core/serve/commands.c core/serve/commands.h \
	core/serve/config.c core/serve/config.h \
	core/serve/config_check.c \
	core/serve/config_rows.c \
	core/serve/conn.c \
	core/serve/content.c core/serve/content.h \
	core/serve/drain.c \
	core/serve/edge.c \
	core/serve/edge_check.c core/serve/edge_check.h \
	core/serve/feedback.c core/serve/feedback.h \
	core/serve/guest.c \
	core/serve/handshake.c \
	core/serve/http.c core/serve/http.h \
	core/serve/http_bots.c \
	core/serve/http_files.c \
	core/serve/http_page.c \
	core/serve/http_pass.c \
	core/serve/http_query.c core/serve/http_query.h \
	core/serve/http_routes.c \
	core/serve/link.c core/serve/link.h \
	core/serve/listen.c core/serve/listen.h \
	core/serve/metrics.c \
	core/serve/metrics_merge.c \
	core/serve/notify.c core/serve/notify.h \
	core/serve/outbox.c core/serve/outbox.h \
	core/serve/page.c core/serve/page.h \
	core/serve/parent.c core/serve/parent.h \
	core/serve/parent_admin.c \
	core/serve/parent_content.c \
	core/serve/parent_fork.c \
	core/serve/parent_inside.h \
	core/serve/peers.c core/serve/peers.h \
	core/serve/relay.c core/serve/relay.h core/serve/relay_inside.h \
	core/serve/replay.c core/serve/replay.h \
	core/serve/resume.c core/serve/resume.h \
	core/serve/server.c core/serve/server.h \
	core/serve/shared.c core/serve/shared.h \
	core/serve/static.c core/serve/static.h \
	core/serve/tls_check.c core/serve/tls_check.h \
	core/serve/worker.c core/serve/worker.h \
	core/serve/ws.c

sbin_PROGRAMS += wenlud
wenlud_SOURCES = core/serve/main.c

# Settings for using the build folder as it is; wenlud and wenlu look for it beside themselves.
noinst_DATA += in-place.conf
CLEANFILES += in-place.conf
in-place.conf: Makefile
	$(AM_V_GEN)$(MKDIR_P) var/cache var/state && { \
	echo '# Made by the build: wenlud and wenlu are used from this folder with this.'; \
	echo 'intents = $(abs_srcdir)/intents'; \
	echo 'regions = $(abs_srcdir)/core/know/regions'; \
	echo 'wording = $(abs_srcdir)/wording/zh.yaml'; \
	echo 'www = www'; \
	echo 'plugins = plugins'; \
	echo 'host_program = wenlu-host'; \
	echo 'state_dir = var/state'; \
	echo 'cache_dir = var/cache'; \
	echo 'admin_socket = var/admin.sock'; \
	} >$@.new && mv $@.new $@

# The sample, with this installation's folders. An administrator's own file is never touched.
EXTRA_DIST += contrib/wenlu.conf
noinst_DATA += wenlu.conf
CLEANFILES += wenlu.conf
wenlu.conf: $(srcdir)/contrib/wenlu.conf Makefile
	$(AM_V_GEN)sed -e 's|/usr/share/wenlu|$(pkgdatadir)|' \
		-e 's|/usr/lib/wenlu/plugins|$(pkgplugindir)|' \
		-e 's|/usr/libexec|$(libexecdir)|' \
		-e 's|/var/lib/wenlu|$(localstatedir)/lib/wenlu|' \
		-e 's|/var/cache/wenlu|$(localstatedir)/cache/wenlu|' \
		-e 's|= /run/wenlu|= $(localstatedir)/run/wenlu|' \
		$(srcdir)/contrib/wenlu.conf >$@.new && mv $@.new $@
# Prerequisites only: other folders have things to install as well.
install-data-local: install-conf install-folders
uninstall-local: uninstall-conf
.PHONY: install-conf install-folders uninstall-conf
# What the daemon keeps. It makes them itself where it may; conversations are nobody else's to read.
install-folders:
	$(MKDIR_P) '$(DESTDIR)$(localstatedir)/lib' '$(DESTDIR)$(localstatedir)/cache/wenlu'
	test -d '$(DESTDIR)$(localstatedir)/lib/wenlu' || \
		mkdir -m 700 '$(DESTDIR)$(localstatedir)/lib/wenlu'
install-conf: wenlu.conf
	$(MKDIR_P) '$(DESTDIR)$(confdir)'
	test -e '$(DESTDIR)$(confdir)/wenlu.conf' || \
		$(INSTALL_DATA) wenlu.conf '$(DESTDIR)$(confdir)/wenlu.conf'
uninstall-conf:
	if cmp -s wenlu.conf '$(DESTDIR)$(confdir)/wenlu.conf'; then \
		rm -f '$(DESTDIR)$(confdir)/wenlu.conf'; fi

unit_tests += tests/unit/config tests/unit/serve tests/unit/workers tests/unit/www
tests_unit_config_SOURCES = tests/unit/config.c tests/unit/tap.h
tests_unit_serve_SOURCES = tests/unit/serve.c tests/unit/tap.h
tests_unit_workers_SOURCES = tests/unit/workers.c tests/unit/tap.h
tests_unit_www_SOURCES = tests/unit/www.c tests/unit/tap.h

fuzz_targets += tests/fuzz/assemble tests/fuzz/config tests/fuzz/http_query \
	tests/fuzz/link tests/fuzz/page
tests_fuzz_assemble_SOURCES = tests/fuzz/assemble.c $(fuzz_driver)
tests_fuzz_assemble_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_config_SOURCES = tests/fuzz/config.c $(fuzz_driver)
tests_fuzz_config_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_http_query_SOURCES = tests/fuzz/http_query.c $(fuzz_driver)
tests_fuzz_http_query_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_link_SOURCES = tests/fuzz/link.c $(fuzz_driver)
tests_fuzz_link_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
tests_fuzz_page_SOURCES = tests/fuzz/page.c $(fuzz_driver)
tests_fuzz_page_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
