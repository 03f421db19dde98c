# SPDX-License-Identifier: Apache-2.0
nobase_dist_intents_DATA += \
	intents/medical/matter.yaml \
	intents/medical/medical.documents.yaml \
	intents/medical/medical.fee.yaml \
	intents/medical/medical.lock.yaml \
	intents/medical/medical.offline.yaml \
	intents/medical/medical.online.yaml \
	intents/medical/medical.password.change.yaml \
	intents/medical/medical.password.initial.yaml \
	intents/medical/medical.password.reset.yaml \
	intents/medical/medical.proxy.yaml \
	intents/medical/medical.timing.yaml
