# SPDX-License-Identifier: Apache-2.0
wordingdir = $(pkgdatadir)/wording
dist_wording_DATA = wording/zh.yaml
