# SPDX-License-Identifier: Apache-2.0
# What people ask: a folder a matter, each with a local.mk that lists its files. A new matter adds
# one line below. tests/unit/catalog tells of a file that is in a folder but not in its list.
intentsdir = $(pkgdatadir)
nobase_dist_intents_DATA =

include intents/common/local.mk
include intents/company/local.mk
include intents/medical/local.mk
include intents/permit/local.mk
