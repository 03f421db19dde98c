# SPDX-License-Identifier: Apache-2.0
nobase_dist_intents_DATA += \
	intents/common/chitchat.greet.yaml \
	intents/common/chitchat.thanks.yaml \
	intents/common/handoff.human.yaml \
	intents/common/meta.source.yaml \
	intents/common/out_of_scope.yaml \
	intents/common/refuse.forgery.yaml \
	intents/common/refuse.injection.yaml \
	intents/common/refuse.others.yaml \
	intents/common/refuse.paid.yaml
