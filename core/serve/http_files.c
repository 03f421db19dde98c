/* SPDX-License-Identifier: Apache-2.0 */
/* http_files.c - files from memory: compressed if that is understood, or "not modified". */
#include <libwebsockets.h>

#include "serve/http.h"
#include "serve/static.h"

void http_file(struct http_request *r, const struct static_file *file, bool by_accept)
{
	struct view encodings = edge_header(r->conn, WSI_TOKEN_HTTP_ACCEPT_ENCODING);
	struct view known = edge_header(r->conn, WSI_TOKEN_HTTP_IF_NONE_MATCH);
	struct http_head head = {
	    .kind = file->is_page ? HTTP_PAGE : HTTP_SHARED,
	    .type = file->media.ptr,
	    .cache = file->caching == STATIC_FOREVER ? "public, max-age=31536000, immutable"
						     : "no-cache",
	    .vary = by_accept ? "Accept, Accept-Encoding" : "Accept-Encoding",
	    .etag = file->etag,
	    .is_gzip = static_accepts(encodings, "gzip"),
	};
	struct view tag = file->etag;

	if (head.is_gzip)
		tag = arena_printf(&r->conn->server->scratch, "%.*s-gz", VIEW_ARG(file->etag));
	if (static_tag_matches(known, tag))
		http_answer_as(r, 304, &head, VIEW(""));
	else
		http_answer_as(r, 200, &head, head.is_gzip ? file->gzip : file->body);
}
