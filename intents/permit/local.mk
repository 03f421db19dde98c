# SPDX-License-Identifier: Apache-2.0
nobase_dist_intents_DATA += \
	intents/permit/matter.yaml \
	intents/permit/permit.apply.yaml \
	intents/permit/permit.change.yaml \
	intents/permit/permit.compare.yaml \
	intents/permit/permit.documents.yaml \
	intents/permit/permit.endorse.yaml \
	intents/permit/permit.fee.yaml \
	intents/permit/permit.hkmt.yaml \
	intents/permit/permit.mutual.yaml \
	intents/permit/permit.number.format.yaml \
	intents/permit/permit.number.query.yaml \
	intents/permit/permit.offline.yaml \
	intents/permit/permit.online.yaml \
	intents/permit/permit.proxy.yaml \
	intents/permit/permit.replace.yaml \
	intents/permit/permit.rights.yaml \
	intents/permit/permit.score.yaml \
	intents/permit/permit.security.yaml \
	intents/permit/permit.selfservice.yaml \
	intents/permit/permit.status.yaml \
	intents/permit/permit.timing.yaml
