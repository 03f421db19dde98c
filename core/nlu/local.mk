# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/nlu/accept.c core/nlu/aside.c \
	core/nlu/bag.c core/nlu/bag.h core/nlu/bag-learn.c core/nlu/bag-pack.c \
	core/nlu/bucket.h \
	core/nlu/cache.c core/nlu/cache.h \
	core/nlu/calendar.c core/nlu/calendar.h \
	core/nlu/calibrate.c core/nlu/calibrate.h \
	core/nlu/chance.c core/nlu/chance.h \
	core/nlu/convolution.c core/nlu/convolution.h \
	core/nlu/convolution-learn.c core/nlu/convolution-pack.c \
	core/nlu/cue-part.c \
	core/nlu/cue-read.c core/nlu/cue-read.h \
	core/nlu/cue-words.c core/nlu/cue-words.h \
	core/nlu/cue.c core/nlu/cue.h \
	core/nlu/date.c core/nlu/date.h \
	core/nlu/dated-begin.c core/nlu/dated-end.c core/nlu/dated-spot.h \
	core/nlu/dated.c core/nlu/dated.h \
	core/nlu/doubt.c core/nlu/doubt.h core/nlu/doubt-list.c \
	core/nlu/doubt-weights.inc core/nlu/doubt-words.inc \
	core/nlu/evaluate-count.c core/nlu/evaluate.c core/nlu/evaluate.h \
	core/nlu/explain.c \
	core/nlu/duration.c core/nlu/duration.h \
	core/nlu/feature.c core/nlu/feature.h \
	core/nlu/figure.c core/nlu/figure.h core/nlu/figure-place.c core/nlu/figure-place.h \
	core/nlu/figure-stay.c core/nlu/figure-stay.h core/nlu/figure-word.c core/nlu/figure-word.h \
	core/nlu/focus.c \
	core/nlu/gazetteer.c core/nlu/gazetteer.h \
	core/nlu/gloss.c core/nlu/gloss.h \
	core/nlu/hear.c core/nlu/hear.h \
	core/nlu/household.c \
	core/nlu/insured.c \
	core/nlu/kin.c core/nlu/kin.h \
	core/nlu/known.c core/nlu/known.h \
	core/nlu/leave.c \
	core/nlu/lanes.h \
	core/nlu/letters.c core/nlu/letters.h \
	core/nlu/letters-belief.c \
	core/nlu/linear.c core/nlu/linear.h \
	core/nlu/linear-fit.c core/nlu/linear-fit.h \
	core/nlu/linear-rows.c core/nlu/linear-rows.h \
	core/nlu/linear-train.c \
	core/nlu/lm.c core/nlu/lm.h \
	core/nlu/matrix.c core/nlu/matrix.h core/nlu/matrix-kernel.h \
	core/nlu/mention.c core/nlu/mention.h \
	core/nlu/misheard.c \
	core/nlu/misread.c \
	core/nlu/misread-part.c \
	core/nlu/model.c core/nlu/model.h core/nlu/model-train.c \
	core/nlu/net.c core/nlu/net.h core/nlu/net-learn.c \
	core/nlu/piece.h \
	core/nlu/question.c \
	core/nlu/random.h \
	core/nlu/reading.c \
	core/nlu/role.c core/nlu/role.h \
	core/nlu/search.c \
	core/nlu/sign.c core/nlu/sign.h \
	core/nlu/slot.c core/nlu/slot.h \
	core/nlu/slur.c core/nlu/slur.h \
	core/nlu/sound.c core/nlu/sound.h \
	core/nlu/story.c core/nlu/story.h \
	core/nlu/target.c core/nlu/target.h core/nlu/target-piece.c core/nlu/target-text.c \
	core/nlu/target-weights.inc \
	core/nlu/term.c core/nlu/term.h \
	core/nlu/thing.c \
	core/nlu/tie.c core/nlu/tie.h \
	core/nlu/tier.h \
	core/nlu/top.h \
	core/nlu/train-read.c core/nlu/train-read.h \
	core/nlu/trie.c core/nlu/trie.h \
	core/nlu/understand.c core/nlu/understand.h core/nlu/understander.h \
	core/nlu/way.h \
	core/nlu/whereabouts.c core/nlu/whereabouts.h \
	core/nlu/whose.c \
	core/nlu/withdrawn.c \
	core/nlu/word.c core/nlu/word.h core/nlu/word-vector.c

fuzz_targets += tests/fuzz/date
tests_fuzz_date_SOURCES = tests/fuzz/date.c $(fuzz_driver)
tests_fuzz_date_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_targets += tests/fuzz/model
tests_fuzz_model_SOURCES = tests/fuzz/model.c $(fuzz_driver)
tests_fuzz_model_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
fuzz_targets += tests/fuzz/language_model
tests_fuzz_language_model_SOURCES = tests/fuzz/language_model.c $(fuzz_driver)
tests_fuzz_language_model_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)

unit_tests += tests/unit/bag tests/unit/cache tests/unit/chance tests/unit/convolution tests/unit/linear tests/unit/top
unit_tests += tests/unit/word tests/unit/hear
tests_unit_top_SOURCES = tests/unit/top.c tests/unit/tap.h
tests_unit_bag_SOURCES = tests/unit/bag.c tests/unit/tap.h
tests_unit_cache_SOURCES = tests/unit/cache.c tests/unit/tap.h
tests_unit_chance_SOURCES = tests/unit/chance.c tests/unit/tap.h
tests_unit_linear_SOURCES = tests/unit/linear.c tests/unit/tap.h
tests_unit_convolution_SOURCES = tests/unit/convolution.c tests/unit/tap.h
tests_unit_word_SOURCES = tests/unit/word.c tests/unit/tap.h
tests_unit_hear_SOURCES = tests/unit/hear.c tests/unit/tap.h
unit_tests += tests/unit/mention tests/unit/doubt tests/unit/focus tests/unit/target \
	tests/unit/understand tests/unit/date tests/unit/slot tests/unit/evaluate tests/unit/whereabouts
tests_unit_doubt_SOURCES = tests/unit/doubt.c tests/unit/nlu-places.h \
	tests/unit/nlu-world.h tests/unit/tap.h
tests_unit_mention_SOURCES = tests/unit/mention.c tests/unit/nlu-places.h \
	tests/unit/nlu-world.h tests/unit/tap.h
tests_unit_focus_SOURCES = tests/unit/focus.c tests/unit/nlu-places.h \
	tests/unit/nlu-world.h tests/unit/tap.h
tests_unit_target_SOURCES = tests/unit/target.c tests/unit/nlu-places.h \
	tests/unit/nlu-world.h tests/unit/tap.h
tests_unit_whereabouts_SOURCES = tests/unit/whereabouts.c tests/unit/nlu-places.h \
	tests/unit/nlu-world.h tests/unit/tap.h
tests_unit_understand_SOURCES = tests/unit/understand.c tests/unit/nlu-world.h tests/unit/tap.h
tests_unit_date_SOURCES = tests/unit/date.c tests/unit/tap.h
tests_unit_slot_SOURCES = tests/unit/slot.c tests/unit/nlu-places.h tests/unit/nlu-world.h tests/unit/tap.h
tests_unit_evaluate_SOURCES = tests/unit/evaluate.c tests/unit/tap.h
