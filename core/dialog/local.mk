# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/dialog/abroad.c core/dialog/abroad.h \
	core/dialog/aspect.c core/dialog/aspect.h \
	core/dialog/carry.c core/dialog/carry.h \
	core/dialog/choose.c core/dialog/choose.h \
	core/dialog/clause.c core/dialog/clause.h \
	core/dialog/clause-cut.c core/dialog/clause-cut.h \
	core/dialog/citation.c core/dialog/citation.h \
	core/dialog/compare.c core/dialog/compare.h \
	core/dialog/compose.c core/dialog/compose.h \
	core/dialog/compose-answer.c core/dialog/compose-inside.h \
	core/dialog/compose-parts.c \
	core/dialog/elsewhere.c core/dialog/elsewhere.h \
	core/dialog/emergency.c core/dialog/emergency.h \
	core/dialog/facet.c core/dialog/facet.h \
	core/dialog/figure.c core/dialog/figure.h \
	core/dialog/filler.c core/dialog/filler.h \
	core/dialog/judge.c core/dialog/judge.h \
	core/dialog/kind.c \
	core/dialog/memory.c core/dialog/memory.h \
	core/dialog/offer.c core/dialog/offer.h \
	core/dialog/outcome.h \
	core/dialog/people.c core/dialog/people.h \
	core/dialog/person.c core/dialog/person.h \
	core/dialog/phrase.c core/dialog/phrase.h \
	core/dialog/phrase-table.c core/dialog/phrase-table.h \
	core/dialog/point.c core/dialog/point-word.c core/dialog/point.h \
	core/dialog/plan.c core/dialog/plan.h \
	core/dialog/policy.c core/dialog/policy.h \
	core/dialog/recall.c \
	core/dialog/relevant.c core/dialog/relevant.h \
	core/dialog/refer.c core/dialog/refer.h \
	core/dialog/related.c core/dialog/related.h \
	core/dialog/reply.c core/dialog/reply.h \
	core/dialog/scope.c core/dialog/scope.h \
	core/dialog/session.h \
	core/dialog/settle.c \
	core/dialog/said.c core/dialog/said.h \
	core/dialog/signs.c \
	core/dialog/situation.c core/dialog/situation.h \
	core/dialog/source.c core/dialog/source.h \
	core/dialog/split.c core/dialog/split.h \
	core/dialog/telephone.c core/dialog/telephone.h \
	core/dialog/topic.c core/dialog/topic.h \
	core/dialog/trail.c core/dialog/trail.h \
	core/dialog/who.c core/dialog/who.h \
	core/dialog/words.c core/dialog/words.h \
	core/dialog/verdict.c core/dialog/verdict.h \
	core/dialog/voice.c core/dialog/voice.h \
	core/dialog/word.c core/dialog/word.h

unit_tests += tests/unit/dialog tests/unit/judge tests/unit/said
tests_unit_dialog_SOURCES = tests/unit/dialog.c tests/unit/tap.h
tests_unit_judge_SOURCES = tests/unit/judge.c tests/unit/nlu-world.h tests/unit/tap.h
tests_unit_said_SOURCES = tests/unit/said.c tests/unit/tap.h
