# SPDX-License-Identifier: Apache-2.0
# Tests of the daemon from outside, by a client of our own.
it_tests = \
	tests/it/bots.sh \
	tests/it/bots-reload.sh \
	tests/it/bots-reload-workers.sh \
	tests/it/dropin.sh \
	tests/it/dropin-workers.sh \
	tests/it/handshake.sh \
	tests/it/http.sh \
	tests/it/inside.sh \
	tests/it/http-plugin.sh \
	tests/it/http-workers.sh \
	tests/it/inbox.sh \
	tests/it/lifecycle.sh \
	tests/it/lifecycle-workers.sh \
	tests/it/limits.sh \
	tests/it/limits-workers.sh \
	tests/it/sessions.sh \
	tests/it/sessions-workers.sh \
	tests/it/signed.sh \
	tests/it/soak.sh \
	tests/it/tls.sh \
	tests/it/waiting.sh \
	tests/it/workers.sh \
	tests/it/websocket.sh \
	tests/it/websocket-workers.sh \
	tests/it/wording.sh \
	tests/it/www.sh \
	tests/it/www-workers.sh \
	tests/it/zoo.sh \
	tests/it/zoo-workers.sh
dist_check_SCRIPTS += $(it_tests)
EXTRA_DIST += tests/it/lib.sh
# Needs npm, so it is contrib/test --all that runs it.
EXTRA_DIST += tests/it/bots/test tests/it/bots/package.json tests/it/bots/package-lock.json \
	tests/it/bots/.npmrc tests/it/bots/all.mjs tests/it/bots/lib.mjs tests/it/bots/dingtalk.mjs \
	tests/it/bots/feishu.mjs tests/it/bots/late.mjs tests/it/bots/qq.mjs tests/it/bots/telegram.mjs \
	tests/it/bots/wechat.mjs tests/it/bots/wecom.mjs
TESTS += $(it_tests)

check_PROGRAMS += tests/it/city tests/it/activate tests/it/soaker tests/it/wsclient
tests_it_city_SOURCES = tests/it/city.c
tests_it_city_LDADD =
tests_it_activate_SOURCES = tests/it/activate.c
tests_it_activate_LDADD =
tests_it_soaker_SOURCES = tests/it/soaker.c
tests_it_soaker_LDADD =
tests_it_wsclient_SOURCES = tests/it/wsclient.c
tests_it_wsclient_LDADD =
