/* SPDX-License-Identifier: Apache-2.0 */
/* allow.c - see allow.h. What libcurl might read otherwise than we is refused here. */
#include "plugin/allow.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#define HOST_MAX 253

static bool is_host(struct view v)
{
	bool is_v6 = v.len > 2 && v.ptr[0] == '[' && v.ptr[v.len - 1] == ']';

	if (is_v6)
		v = view_sub(v, 1, v.len - 2);
	for (size_t i = 0; i < v.len; i++)
		if (!v.ptr[i] || !strchr(is_v6 ? "0123456789abcdefABCDEF:."
					       : "0123456789abcdefghijklmnopqrstuvwxyz"
						 "ABCDEFGHIJKLMNOPQRSTUVWXYZ-._",
					 v.ptr[i]))
			return false;
	return v.len > 0 && v.len <= HOST_MAX && v.ptr[0] != '.' && v.ptr[v.len - 1] != '.';
}

/* HOST or HOST:PORT. */
static bool parse_authority(struct view v, struct allow_place *place)
{
	size_t at = v.len;
	uint64_t port;

	while (at > 0 && v.ptr[at - 1] >= '0' && v.ptr[at - 1] <= '9')
		at--;
	place->port = place->is_plain ? 80 : 443;
	if (at > 0 && at < v.len && v.ptr[at - 1] == ':' &&
	    !(v.ptr[0] == '[' && v.ptr[v.len - 1] == ']')) {
		if (v.len - at > 5 || view_to_u64(view_sub(v, at, v.len - at), &port) < 0 ||
		    port == 0 || port > 65535)
			return false;
		place->port = (unsigned)port;
		v = view_sub(v, 0, at - 1);
	}
	place->host = v;
	return is_host(v);
}

bool allow_place_of(struct view url, struct allow_place *ret)
{
	struct allow_place place = {.is_plain = view_starts(url, VIEW("http://"))};
	size_t end;

	if (!place.is_plain && !view_starts(url, VIEW("https://")))
		return false;
	for (size_t i = 0; i < url.len; i++)
		if (url.ptr[i] <= ' ' || url.ptr[i] > '~' || url.ptr[i] == '\\')
			return false;
	url = view_sub(url, place.is_plain ? 7 : 8, url.len);
	for (end = 0; end < url.len && !strchr("/?#", url.ptr[end]); end++)
		;
	if (!parse_authority(view_sub(url, 0, end), &place))
		return false;
	*ret = place;
	return true;
}

static bool parse_entry(struct view entry, struct allow_place *ret)
{
	ret->is_plain = view_starts(entry, VIEW("http://"));
	if (ret->is_plain)
		entry = view_sub(entry, 7, entry.len);
	else if (view_starts(entry, VIEW("https://")))
		entry = view_sub(entry, 8, entry.len);
	return parse_authority(entry, ret);
}

/* The next entry that is not empty. */
static bool next_entry(struct view *list, struct view *ret)
{
	size_t n = 0;

	while (list->len > 0 && strchr(", \t", list->ptr[0]))
		*list = view_sub(*list, 1, list->len);
	while (n < list->len && !strchr(", \t", list->ptr[n]))
		n++;
	*ret = view_sub(*list, 0, n);
	*list = view_sub(*list, n, list->len);
	return n > 0;
}

bool allow_has(struct view list, struct view url)
{
	struct allow_place wanted, place;
	struct view entry;

	if (!allow_place_of(url, &wanted))
		return false;
	while (next_entry(&list, &entry))
		if (parse_entry(entry, &place) && place.is_plain == wanted.is_plain &&
		    place.port == wanted.port && place.host.len == wanted.host.len &&
		    strncasecmp(place.host.ptr, wanted.host.ptr, wanted.host.len) == 0)
			return true;
	return false;
}

int allow_check(struct view list, struct fault *why)
{
	struct allow_place place;
	struct view entry;

	while (next_entry(&list, &entry)) {
		if (parse_entry(entry, &place))
			continue;
		fault_set(why,
			  "'%.*s' is no host: write api.example.gov.cn, api.example.gov.cn:8443 or "
			  "http://10.1.2.3:8080, without a path and without *",
			  VIEW_ARG(entry));
		return -EINVAL;
	}
	return 0;
}
