# SPDX-License-Identifier: Apache-2.0
# Messaging platforms. One file a platform; platform.h says what it has to have.
core_libwenlu_a_SOURCES += \
	core/bots/api.c core/bots/api.h \
	core/bots/bots.c core/bots/bots.h \
	core/bots/bytes.h \
	core/bots/capture.c core/bots/capture.h \
	core/bots/carry.c core/bots/carry.h \
	core/bots/config.c core/bots/config.h \
	core/bots/crypto.c core/bots/crypto.h \
	core/bots/dingtalk.c \
	core/bots/exchange.c \
	core/bots/feishu.c \
	core/bots/late.c \
	core/bots/metrics.c \
	core/bots/pace.c core/bots/pace.h \
	core/bots/platform.h \
	core/bots/qq.c \
	core/bots/send.c \
	core/bots/state.h \
	core/bots/telegram.c \
	core/bots/text.c core/bots/text.h \
	core/bots/waiter.c core/bots/waiter.h \
	core/bots/wechat.c \
	core/bots/wechat-crypt.c core/bots/wechat-crypt.h \
	core/bots/wechat-explain.c \
	core/bots/wechat-xml.c core/bots/wechat-xml.h \
	core/bots/wecom.c \
	core/bots/wecom-robot.c \
	core/bots/xml.c core/bots/xml.h

unit_tests += tests/unit/bots tests/unit/exchange tests/unit/late
tests_unit_exchange_SOURCES = tests/unit/exchange.c tests/unit/bots-world.h tests/unit/tap.h
tests_unit_late_SOURCES = tests/unit/late.c tests/unit/bots-world.h tests/unit/tap.h
tests_unit_bots_SOURCES = tests/unit/bots.c tests/unit/bots-vectors.h tests/unit/tap.h
unit_tests += tests/unit/bots-messages
tests_unit_bots_messages_SOURCES = tests/unit/bots-messages.c tests/unit/bots-vectors.h \
	tests/unit/tap.h

fuzz_targets += tests/fuzz/bots
tests_fuzz_bots_SOURCES = tests/fuzz/bots.c $(fuzz_driver)
tests_fuzz_bots_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
