/* SPDX-License-Identifier: Apache-2.0 */
/* cxx.cc - healthy: a plugin in C++. */
#include <string>

#include "zoo.h"

namespace
{
int32_t answer(void *, const wenlu_host *host, const wenlu_request *request, wenlu_answer *out)
{
	const std::string text = std::string("C++: ") + request->intent;

	return host->set_summary(out, text.c_str(), "T1");
}
} // namespace

ZOO_ANIMAL("cxx", answer);
