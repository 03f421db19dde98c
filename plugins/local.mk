# SPDX-License-Identifier: Apache-2.0
# The regions. plugins/ of the build folder is a complete plugin folder, ready for use in place.

# Regions as shared objects: one folder, one NAME.c, one NAME.yaml that is taken into it.
# Without libtool: a plugin is a program that is linked with -shared.
plugin_cppflags = -I$(top_srcdir)/core/include
plugin_cflags = -std=gnu11 -fPIC -fvisibility=hidden -fno-lto $(WARN_CFLAGS) $(HARDEN_CFLAGS) \
	$(SAN_CFLAGS)
plugin_ldflags = -shared $(SAN_CFLAGS)

pkgplugin_PROGRAMS =

pkgplugin_PROGRAMS += plugins/national.so
plugins_national_so_SOURCES = plugins/national/national.c
plugins_national_so_CPPFLAGS = $(plugin_cppflags) -I$(top_srcdir)/plugins/national
plugins_national_so_CFLAGS = $(plugin_cflags)
plugins_national_so_LDFLAGS = $(plugin_ldflags)
plugins_national_so_LDADD =
EXTRA_DIST += plugins/national/national.yaml
$(plugins_national_so_OBJECTS): $(top_srcdir)/plugins/national/national.yaml

pkgplugin_PROGRAMS += plugins/henan.so
plugins_henan_so_SOURCES = plugins/henan/henan.c
plugins_henan_so_CPPFLAGS = $(plugin_cppflags) -I$(top_srcdir)/plugins/henan
plugins_henan_so_CFLAGS = $(plugin_cflags)
plugins_henan_so_LDFLAGS = $(plugin_ldflags)
plugins_henan_so_LDADD =
EXTRA_DIST += plugins/henan/henan.yaml
$(plugins_henan_so_OBJECTS): $(top_srcdir)/plugins/henan/henan.yaml

pkgplugin_PROGRAMS += plugins/zhengzhou.so
plugins_zhengzhou_so_SOURCES = plugins/zhengzhou/zhengzhou.c
plugins_zhengzhou_so_CPPFLAGS = $(plugin_cppflags) -I$(top_srcdir)/plugins/zhengzhou
plugins_zhengzhou_so_CFLAGS = $(plugin_cflags)
plugins_zhengzhou_so_LDFLAGS = $(plugin_ldflags)
plugins_zhengzhou_so_LDADD =
EXTRA_DIST += plugins/zhengzhou/zhengzhou.yaml
$(plugins_zhengzhou_so_OBJECTS): $(top_srcdir)/plugins/zhengzhou/zhengzhou.yaml

pkgplugin_PROGRAMS += plugins/shanghai.so
plugins_shanghai_so_SOURCES = plugins/shanghai/shanghai.c
plugins_shanghai_so_CPPFLAGS = $(plugin_cppflags) -I$(top_srcdir)/plugins/shanghai
plugins_shanghai_so_CFLAGS = $(plugin_cflags)
plugins_shanghai_so_LDFLAGS = $(plugin_ldflags)
plugins_shanghai_so_LDADD =
EXTRA_DIST += plugins/shanghai/shanghai.yaml
$(plugins_shanghai_so_OBJECTS): $(top_srcdir)/plugins/shanghai/shanghai.yaml

pkgplugin_PROGRAMS += plugins/pudong.so
plugins_pudong_so_SOURCES = plugins/pudong/pudong.c
plugins_pudong_so_CPPFLAGS = $(plugin_cppflags) -I$(top_srcdir)/plugins/pudong
plugins_pudong_so_CFLAGS = $(plugin_cflags)
plugins_pudong_so_LDFLAGS = $(plugin_ldflags)
plugins_pudong_so_LDADD =
EXTRA_DIST += plugins/pudong/pudong.yaml
$(plugins_pudong_so_OBJECTS): $(top_srcdir)/plugins/pudong/pudong.yaml

pkgplugin_PROGRAMS += plugins/shenzhen.so
plugins_shenzhen_so_SOURCES = plugins/shenzhen/shenzhen.c
plugins_shenzhen_so_CPPFLAGS = $(plugin_cppflags) -I$(top_srcdir)/plugins/shenzhen
plugins_shenzhen_so_CFLAGS = $(plugin_cflags)
plugins_shenzhen_so_LDFLAGS = $(plugin_ldflags)
plugins_shenzhen_so_LDADD =
EXTRA_DIST += plugins/shenzhen/shenzhen.yaml
$(plugins_shenzhen_so_OBJECTS): $(top_srcdir)/plugins/shenzhen/shenzhen.yaml

# Regions as guides alone.
dist_pkgplugin_DATA = \
	plugins/anhui/anhui.yaml \
	plugins/beijing/beijing.yaml \
	plugins/chengdu/chengdu.yaml \
	plugins/chengyu/chengyu.yaml \
	plugins/chongqing/chongqing.yaml \
	plugins/guangdong/guangdong.yaml \
	plugins/guangzhou/guangzhou.yaml \
	plugins/hangzhou/hangzhou.yaml \
	plugins/jiangsu/jiangsu.yaml \
	plugins/luoyang/luoyang.yaml \
	plugins/nanjing/nanjing.yaml \
	plugins/sichuan/sichuan.yaml \
	plugins/tianjin/tianjin.yaml \
	plugins/southwest-county/southwest-county.yaml \
	plugins/yangtze-delta/yangtze-delta.yaml \
	plugins/yantai/yantai.yaml \
	plugins/zhejiang/zhejiang.yaml

# A running daemon never sees half a file: each is moved into place.
noinst_DATA += plugins/guides.stamp
CLEANFILES += plugins/guides.stamp plugins/*.yaml
plugins/guides.stamp: $(dist_pkgplugin_DATA)
	@$(MKDIR_P) plugins
	@for guide in $(dist_pkgplugin_DATA); do \
		name=`basename $$guide`; \
		cp $(srcdir)/$$guide plugins/.$$name.new && mv plugins/.$$name.new plugins/$$name \
			|| exit 1; \
	done
	@touch $@
