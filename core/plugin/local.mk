# SPDX-License-Identifier: Apache-2.0
core_libwenlu_a_SOURCES += \
	core/plugin/allow.c core/plugin/allow.h \
	core/plugin/answer.c core/plugin/answer.h \
	core/plugin/errand.c core/plugin/pool.h \
	core/plugin/child.c core/plugin/child.h \
	core/plugin/confine.c core/plugin/confine.h core/plugin/confined.c \
	core/plugin/describe.c core/plugin/describe.h \
	core/plugin/fetch.c \
	core/plugin/hear.c \
	core/plugin/host.c core/plugin/host.h \
	core/plugin/image.c core/plugin/image.h \
	core/plugin/load.c core/plugin/load.h \
	core/plugin/packet.c core/plugin/packet-put.c core/plugin/packet.h \
	core/plugin/registry.c core/plugin/registry.h \
	core/plugin/runner.c \
	core/plugin/serve.c core/plugin/serve.h \
	core/plugin/serve-http.c core/plugin/serving.h \
	core/plugin/setting.c core/plugin/setting.h \
	core/plugin/signature.c core/plugin/signature.h \
	core/plugin/source.c core/plugin/source.h

# The child that runs plugin code: linked with as little as it needs.
libexec_PROGRAMS += wenlu-host
wenlu_host_SOURCES = core/plugin/host-main.c
wenlu_host_LDADD = core/libwenlu.a $(YAML_LIBS) $(DL_LIBS)

unit_tests += tests/unit/plugin-allow
tests_unit_plugin_allow_SOURCES = tests/unit/plugin-allow.c tests/unit/tap.h
unit_tests += tests/unit/plugin-packet tests/unit/plugin-load tests/unit/plugin-registry tests/unit/signature
tests_unit_plugin_packet_SOURCES = tests/unit/plugin-packet.c tests/unit/tap.h
tests_unit_plugin_load_SOURCES = tests/unit/plugin-load.c tests/unit/tap.h
tests_unit_plugin_registry_SOURCES = tests/unit/plugin-registry.c tests/unit/tap.h
tests_unit_signature_SOURCES = tests/unit/signature.c tests/unit/tap.h

fuzz_targets += tests/fuzz/host_packet
tests_fuzz_host_packet_SOURCES = tests/fuzz/host_packet.c $(fuzz_driver)
tests_fuzz_host_packet_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
