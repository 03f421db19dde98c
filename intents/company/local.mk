# SPDX-License-Identifier: Apache-2.0
nobase_dist_intents_DATA += \
	intents/company/matter.yaml \
	intents/company/company.capital.yaml \
	intents/company/company.compare.yaml \
	intents/company/company.documents.yaml \
	intents/company/company.fee.yaml \
	intents/company/company.offline.yaml \
	intents/company/company.online.yaml \
	intents/company/company.qualification.yaml \
	intents/company/company.register.yaml \
	intents/company/company.safety.yaml \
	intents/company/company.timing.yaml
