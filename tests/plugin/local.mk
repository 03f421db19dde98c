# SPDX-License-Identifier: Apache-2.0
# The zoo: plugins that are broken in one way each, and the test that meets them.
zoo_sources = \
	tests/plugin/aborts.c \
	tests/plugin/asks-city.c \
	tests/plugin/bad-magic.c \
	tests/plugin/claims-no-code.c \
	tests/plugin/claims-unknown.c \
	tests/plugin/closes.c \
	tests/plugin/crashes.c \
	tests/plugin/crashes-early.c \
	tests/plugin/curious.c \
	tests/plugin/defers.c \
	tests/plugin/exits.c \
	tests/plugin/forges.c \
	tests/plugin/forges-ask.c \
	tests/plugin/forks.c \
	tests/plugin/from-the-future.c \
	tests/plugin/good.c \
	tests/plugin/greedy.c \
	tests/plugin/init-fails.c \
	tests/plugin/loops.c \
	tests/plugin/moody.c \
	tests/plugin/no-guide.c \
	tests/plugin/no-name.c \
	tests/plugin/no-symbol.c \
	tests/plugin/rubbish.c \
	tests/plugin/short-struct.c \
	tests/plugin/sleeps.c \
	tests/plugin/slow.c \
	tests/plugin/spy.c \
	tests/plugin/table.c \
	tests/plugin/too-much.c \
	tests/plugin/two-names.c \
	tests/plugin/undecided.c \
	tests/plugin/unsourced.c \
	tests/plugin/waits.c \
	tests/plugin/wrong-major.c
zoo_animals = $(zoo_sources:.c=.so)
EXTRA_DIST += $(zoo_sources) tests/plugin/cxx.cc tests/plugin/zoo.h
if HAVE_CXX
zoo_animals += tests/plugin/cxx.so
endif
check_DATA += $(zoo_animals)
EXTRA_DIST += tests/plugin/rust.rs
CLEANFILES += tests/plugin/rust.so
if HAVE_RUST
check_DATA += tests/plugin/rust.so
endif
# For authors who write neither C nor C++.
install-data-local: install-example
uninstall-local: uninstall-example
.PHONY: install-example uninstall-example
install-example:
	$(MKDIR_P) '$(DESTDIR)$(docdir)/examples'
	$(INSTALL_DATA) $(srcdir)/tests/plugin/rust.rs '$(DESTDIR)$(docdir)/examples/plugin.rs'
uninstall-example:
	rm -f '$(DESTDIR)$(docdir)/examples/plugin.rs'
tests/plugin/rust.so: tests/plugin/rust.rs
	$(AM_V_GEN)$(MKDIR_P) $(@D) && MAKEFLAGS= $(RUSTC) --edition 2021 -O -A non_upper_case_globals \
		--crate-type cdylib -C panic=abort -o $@ $(top_srcdir)/tests/plugin/rust.rs
CLEANFILES += $(zoo_sources:.c=.so) tests/plugin/cxx.so

SUFFIXES = .so
zoo_flags = -D_GNU_SOURCE -I$(top_srcdir)/core/include -I$(top_srcdir)/tests/plugin \
	-fPIC -fvisibility=hidden -fno-lto -shared
.c.so:
	$(AM_V_CC)$(MKDIR_P) $(@D) && $(CC) -std=gnu11 $(CPPFLAGS) $(WARN_CFLAGS) $(SAN_CFLAGS) \
		$(CFLAGS) $(zoo_flags) $(LDFLAGS) -o $@ $<
# Without the sanitizers: those of C++ want a host that is linked with them as C++.
.cc.so:
	$(AM_V_CC)$(MKDIR_P) $(@D) && $(CXX) -std=gnu++20 $(CPPFLAGS) -Wall -Wextra \
		-Wno-missing-field-initializers $(CXXFLAGS) $(zoo_flags) $(LDFLAGS) -o $@ $<
$(zoo_animals): tests/plugin/zoo.h core/include/wenlu/plugin.h

# Plugins of years ago: the header as it was at 1.0 never changes. The same numbers, and it answers.
EXTRA_DIST += tests/abi/1.0/wenlu/plugin.h
check_DATA += tests/plugin/good-1.0.so
CLEANFILES += tests/plugin/good-1.0.so
tests/plugin/good-1.0.so: tests/plugin/good.c tests/plugin/zoo.h tests/abi/1.0/wenlu/plugin.h
	$(AM_V_CC)$(MKDIR_P) $(@D) && $(CC) -std=gnu11 $(CPPFLAGS) $(WARN_CFLAGS) $(SAN_CFLAGS) \
		$(CFLAGS) -I$(top_srcdir)/tests/abi/1.0 $(zoo_flags) $(LDFLAGS) -o $@ \
		$(top_srcdir)/tests/plugin/good.c
check_PROGRAMS += tests/abi/layout-1.0
TESTS += tests/abi/layout-1.0
tests_abi_layout_1_0_SOURCES = tests/abi/layout.c tests/unit/tap.h
tests_abi_layout_1_0_CPPFLAGS = -I$(top_srcdir)/tests/abi/1.0 $(AM_CPPFLAGS)
tests_abi_layout_1_0_LDADD = core/libwenlu.a

check_PROGRAMS += tests/plugin/zoo tests/plugin/regions tests/abi/layout
TESTS += tests/plugin/zoo tests/plugin/regions tests/abi/layout
tests_plugin_zoo_SOURCES = tests/plugin/zoo-test.c tests/unit/tap.h
tests_plugin_regions_SOURCES = tests/plugin/regions-test.c tests/unit/tap.h
tests_abi_layout_SOURCES = tests/abi/layout.c tests/unit/tap.h
tests_abi_layout_LDADD = core/libwenlu.a
