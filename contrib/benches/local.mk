# SPDX-License-Identifier: Apache-2.0
# Programs of contrib/bench; built on demand.
EXTRA_PROGRAMS = contrib/benches/load contrib/benches/echo contrib/benches/nlu contrib/benches/suggest \
	contrib/benches/plugin
contrib_benches_plugin_SOURCES = contrib/benches/plugin.c
contrib_benches_load_SOURCES = contrib/benches/load.c
contrib_benches_load_LDADD =
contrib_benches_echo_SOURCES = contrib/benches/echo.c
contrib_benches_echo_LDADD = $(LWS_LIBS) $(EV_LIBS)
contrib_benches_suggest_SOURCES = contrib/benches/suggest.c
contrib_benches_nlu_SOURCES = contrib/benches/nlu.c
EXTRA_DIST += contrib/bench contrib/benches/serve.sh contrib/benches/nlu.sh contrib/benches/suggest.sh \
	contrib/benches/places.sh contrib/benches/plugin.sh contrib/benches/sweep.sh contrib/benches/sweep.tsv \
	contrib/benches/questions.txt
CLEANFILES += contrib/benches/nlu contrib/benches/load contrib/benches/echo contrib/benches/suggest \
	contrib/benches/plugin
