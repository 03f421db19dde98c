# SPDX-License-Identifier: Apache-2.0
# Tests of the wenlu command, each subcommand from outside.
cli_tests = \
	tests/cli/bot.sh \
	tests/cli/check.sh \
	tests/cli/chinese.sh \
	tests/cli/data.sh \
	tests/cli/eval.sh \
	tests/cli/mistakes.sh \
	tests/cli/noise.sh \
	tests/cli/readme.sh \
	tests/cli/refusals.sh \
	tests/cli/region.sh
dist_check_SCRIPTS += $(cli_tests)
EXTRA_DIST += tests/cli/lib.sh
TESTS += $(cli_tests)
