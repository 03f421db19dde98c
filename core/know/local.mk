# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/know/catalog-check.c \
	core/know/catalog.c core/know/catalog.h \
	core/know/facts.c core/know/facts.h \
	core/know/guide-case.c core/know/guide-case.h \
	core/know/guide-case-check.c \
	core/know/guide-check.c \
	core/know/guide-text.c core/know/guide-text.h \
	core/know/guide-topic.c core/know/guide-topic.h \
	core/know/guide.c core/know/guide.h \
	core/know/matter.c core/know/matter.h \
	core/know/nearest.c core/know/nearest.h \
	core/know/problem.c core/know/problem.h \
	core/know/reader.c core/know/reader.h \
	core/know/region-load.c \
	core/know/region.c core/know/region.h \
	core/know/span.c core/know/span.h \
	core/know/wording.c core/know/wording.h \
	core/know/yaml-advice.c core/know/yaml-advice.h \
	core/know/yaml.c core/know/yaml.h

# The program's own sentences are in it too: a portal's file may hold only what it says otherwise.
EXTRA_DIST += core/know/gen-wording.awk
BUILT_SOURCES += core/know/wording-own.inc
CLEANFILES += core/know/wording-own.inc
core/know/wording.$(OBJEXT): core/know/wording-own.inc
core/know/wording-own.inc: core/know/gen-wording.awk wording/zh.yaml
	$(AM_V_GEN)$(MKDIR_P) core/know && \
	$(AWK) -f $(srcdir)/core/know/gen-wording.awk $(srcdir)/wording/zh.yaml >$@.tmp && mv $@.tmp $@

# The places of the country: all four files or none.
regionsdir = $(pkgdatadir)/regions
dist_regions_DATA = \
	core/know/regions/aliases.tsv \
	core/know/regions/areas.tsv \
	core/know/regions/clusters.tsv \
	core/know/regions/divisions.tsv

unit_tests += \
	tests/unit/catalog \
	tests/unit/guide \
	tests/unit/guide-case \
	tests/unit/region \
	tests/unit/wording \
	tests/unit/yaml
tests_unit_catalog_SOURCES = tests/unit/catalog.c tests/unit/tap.h
tests_unit_guide_SOURCES = tests/unit/guide.c tests/unit/tap.h
tests_unit_guide_case_SOURCES = tests/unit/guide-case.c tests/unit/nlu-world.h tests/unit/tap.h
tests_unit_region_SOURCES = tests/unit/region.c tests/unit/tap.h
tests_unit_wording_SOURCES = tests/unit/wording.c tests/unit/tap.h
tests_unit_yaml_SOURCES = tests/unit/yaml.c tests/unit/tap.h

fuzz_targets += tests/fuzz/guide
tests_fuzz_guide_SOURCES = tests/fuzz/guide.c $(fuzz_driver)
tests_fuzz_guide_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)

fuzz_targets += tests/fuzz/matter
tests_fuzz_matter_SOURCES = tests/fuzz/matter.c $(fuzz_driver)
tests_fuzz_matter_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
