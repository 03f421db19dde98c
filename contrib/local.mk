# SPDX-License-Identifier: Apache-2.0
EXTRA_DIST += contrib/build contrib/fuzz contrib/run contrib/soak contrib/test

schemadir = $(pkgdatadir)/schema
dist_schema_DATA = \
	contrib/schema/asyncapi.yaml \
	contrib/schema/guide.schema.json \
	contrib/schema/wenlu.v1.schema.json

include contrib/benches/local.mk
include contrib/learners/local.mk
include contrib/widget/local.mk
