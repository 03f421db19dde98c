/* SPDX-License-Identifier: Apache-2.0 */
/* edge_check.c - see edge_check.h. */
#include "serve/edge_check.h"

#include <errno.h>

#include "serve/address.h"
#include "serve/listen.h"

/* What is wrong with an origin as browsers send it, scheme://host[:port]; NULL: nothing. */
static const char *origin_fault(struct view origin)
{
	ptrdiff_t at = view_find(origin, VIEW("://"));
	struct view host = at < 0 ? VIEW("") : view_sub(origin, (size_t)at + 3, origin.len);

	if (view_is(origin, "*") || view_is(origin, "null"))
		return NULL;
	if (at < 0)
		return "its https:// is missing";
	if (host.len == 0)
		return "there is no host behind ://";
	if (view_find(host, VIEW("/")) >= 0)
		return "a page's origin ends with the host, or its port";
	for (size_t i = 0; i < origin.len; i++)
		if (origin.ptr[i] >= 'A' && origin.ptr[i] <= 'Z')
			return "browsers send small letters";
	return NULL;
}

int edge_check(const struct settings *s, struct problems *problems)
{
	size_t n_before = problems_errors(problems);
	struct network network;
	struct fault why;

	for (size_t i = 0; i < s->listen.n; i++)
		if (listen_check(s->listen.items[i], &why) < 0)
			problem_add(problems, true, NULL, 0, 0, "%s", why.text);
	for (size_t i = 0; i < s->trusted_proxies.n; i++)
		if (network_parse(view_of(s->trusted_proxies.items[i]), &network, &why) < 0)
			problem_add(problems, true, NULL, 0, 0, "trusted_proxies: %s", why.text);
	for (size_t i = 0; i < s->allow_origins.n; i++) {
		const char *origin = s->allow_origins.items[i];
		const char *fault = origin_fault(view_of(origin));

		if (fault)
			problem_add(problems, false, NULL, 0, 0,
				    "allow_origins: '%s' lets no page in: %s; write "
				    "https://www.example.gov.cn, https://*.example.gov.cn or *",
				    origin, fault);
	}
	return problems_errors(problems) > n_before ? -EINVAL : 0;
}
