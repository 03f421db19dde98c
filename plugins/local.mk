# SPDX-License-Identifier: Apache-2.0
# The regions. plugins/ of the build folder is a complete plugin folder, ready for use in place.
#
# A new region is its name in this list: plugins/NAME/NAME.yaml is its guide. If there is a NAME.c
# beside it, it becomes NAME.so with the guide inside.
regions = \
	anhui \
	beijing \
	chengdu \
	chengyu \
	chongqing \
	guangdong \
	guangzhou \
	hangzhou \
	henan \
	jiangsu \
	luoyang \
	nanjing \
	national \
	pudong \
	shanghai \
	shenzhen \
	sichuan \
	southwest-county \
	tianjin \
	yantai \
	yangtze-delta \
	zhejiang \
	zhengzhou

region_codes = $(foreach r,$(regions),$(wildcard $(srcdir)/plugins/$r/$r.c))
region_objects = $(patsubst %.c,plugins/%.so,$(notdir $(region_codes)))
region_guides = $(foreach r,$(regions),\
	$(if $(wildcard $(srcdir)/plugins/$r/$r.c),,$(srcdir)/plugins/$r/$r.yaml))
EXTRA_DIST += $(foreach r,$(regions),\
	plugins/$r/$r.yaml $(if $(wildcard $(srcdir)/plugins/$r/$r.c),plugins/$r/$r.c))
EXTRA_DIST += plugins/figure.h
pkgplugin_DATA = $(region_objects) $(region_guides)
noinst_DATA += plugins/guides.stamp
CLEANFILES += $(region_objects) plugins/guides.stamp plugins/*.yaml

# Without libtool: a plugin is a program that is linked with -shared. What runs in the daemon's
# folder is moved into place, so that it never sees half a file.
.SECONDEXPANSION:
$(region_objects): plugins/%.so: plugins/$$*/$$*.c plugins/$$*/$$*.yaml core/include/wenlu/plugin.h \
		plugins/figure.h
	$(AM_V_CC)$(MKDIR_P) plugins && $(CC) -std=gnu11 $(DEFS) -D_GNU_SOURCE \
		-I$(top_srcdir)/core/include -I$(top_srcdir)/plugins/$* $(CPPFLAGS) $(WARN_CFLAGS) \
		$(HARDEN_CFLAGS) $(SAN_CFLAGS) $(CFLAGS) -fPIC -fvisibility=hidden -fno-lto \
		-shared $(LDFLAGS) -o plugins/.$*.so.new $(top_srcdir)/plugins/$*/$*.c
	@rm -f plugins/$*.yaml && mv plugins/.$*.so.new $@

plugins/guides.stamp: $(region_guides)
	@$(MKDIR_P) plugins
	@for guide in $(region_guides); do \
		name=`basename $$guide`; \
		cp $$guide plugins/.$$name.new && mv plugins/.$$name.new plugins/$$name || exit 1; \
	done
	@touch $@
