# SPDX-License-Identifier: Apache-2.0
# Tests: unit tests stand in each module's local.mk; here is what runs over the whole.

# A fuzz target is an ordinary test that replays its corpus, unless it is linked with libFuzzer.
if LIBFUZZER
fuzz_driver =
FUZZ_LDFLAGS = -fsanitize=fuzzer
else
fuzz_driver = tests/fuzz/replay.c
FUZZ_LDFLAGS =
endif

lint_tests = tests/lint/house.sh tests/lint/tools.sh
dist_check_SCRIPTS += $(lint_tests)
EXTRA_DIST += tests/lint/tap.sh tests/fuzz/replay.c tests/fuzz/corpus tests/golden
TESTS += $(lint_tests)
