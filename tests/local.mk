# SPDX-License-Identifier: Apache-2.0
# Tests: unit tests stand in each module's local.mk; here is what runs over the whole.

# A fuzz target is an ordinary test that replays its corpus, unless it is linked with libFuzzer.
if LIBFUZZER
fuzz_driver =
AM_LDFLAGS += -fsanitize=fuzzer
else
fuzz_driver = tests/fuzz/replay.c
endif

lint_tests = tests/lint/house.sh tests/lint/messages.sh tests/lint/tools.sh
dist_check_SCRIPTS += $(lint_tests)
EXTRA_DIST += tests/lint/literals.awk tests/lint/tap.sh tests/fuzz/replay.c tests/fuzz/corpus \
	tests/golden/answers tests/golden/dialogues tests/golden/questions tests/golden/facts.tsv
TESTS += $(lint_tests)

# With --table it prints them: make check, then builddir=… tests/golden/facts.sh --table
dist_check_SCRIPTS += tests/golden/facts.sh
TESTS += tests/golden/facts.sh

# Of every name of the country, in many sentences, and of bare questions.
dist_check_SCRIPTS += tests/golden/names.sh
EXTRA_DIST += tests/golden/names-lost.tsv
TESTS += tests/golden/names.sh

# Fuzz targets: each module's local.mk adds its own, with $(fuzz_driver) among the sources.
check_PROGRAMS += $(fuzz_targets)
TESTS += $(fuzz_targets)
.PHONY: fuzz-targets
fuzz-targets: $(fuzz_targets)

# What the build made, with the time that plugins and clients need on a machine that has much else to
# do.
check_DATA += test.conf
CLEANFILES += test.conf
test.conf: in-place.conf
	$(AM_V_GEN){ cat in-place.conf && \
	echo 'plugin_budget_ms = 60000' && \
	echo 'ping_interval = 0'; } >$@.new && mv $@.new $@

include tests/plugin/local.mk
include tests/it/local.mk
include tests/cli/local.mk
