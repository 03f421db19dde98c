# SPDX-License-Identifier: Apache-2.0
# Programs of contrib/learn; built on demand.
learner = contrib/learners/learner.c contrib/learners/learner.h
EXTRA_PROGRAMS += contrib/learners/targets contrib/learners/doubts
contrib_learners_targets_SOURCES = contrib/learners/targets.c $(learner)
contrib_learners_doubts_SOURCES = contrib/learners/doubts.c $(learner) \
	core/cli/typing-tables.c core/cli/typing-tables.h
core/cli/typing-tables.$(OBJEXT): core/cli/typing-tables.inc
EXTRA_DIST += contrib/learn
CLEANFILES += contrib/learners/targets contrib/learners/doubts
