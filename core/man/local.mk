# SPDX-License-Identifier: Apache-2.0
dist_man_MANS = \
	core/man/wenlu.1 \
	core/man/wenlu-plugin.3 \
	core/man/wenlu-guide.5 \
	core/man/wenlu.conf.5 \
	core/man/wenlu-bots.7 \
	core/man/wenlud.8

# For those who write guides and read no English.
manzhdir = $(mandir)/zh_CN/man5
dist_manzh_DATA = core/man/zh_CN/wenlu-guide.5
