# SPDX-License-Identifier: Apache-2.0
# Programs of contrib/learn; built on demand.
EXTRA_PROGRAMS += contrib/learners/targets
contrib_learners_targets_SOURCES = contrib/learners/targets.c
EXTRA_DIST += contrib/learn
CLEANFILES += contrib/learners/targets
