/* SPDX-License-Identifier: Apache-2.0 */
/* page.c - fuzz target: forms of the page without scripts, and what they put into it. */
#include <stdlib.h>

#include "base/utf8.h"
#include "serve/page.h"
#include "serve/static.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Nothing that could end a quoted attribute or begin an element. */
static void check_escaped(struct view v)
{
	struct buf out = BUF_INIT;

	page_escape(&out, v);
	for (size_t i = 0; i < out.len; i++)
		if (strchr("<>\"'", out.ptr[i]))
			abort();
	buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view input = view_make((const char *)data, size);
	struct page_form form;
	struct buf out = BUF_INIT;
	struct arena a;

	arena_init(&a, 0);
	check_escaped(input);
	if (page_read_form(&a, input, &form) == 0) {
		struct page_values v = {.question = form.question,
					.region = form.region,
					.region_name = form.last,
					.session = form.session,
					.answer = form.question,
					.next = &form.question,
					.n_next = 1};

		if (!utf8_is_valid(form.question, NULL) || !utf8_is_valid(form.session, NULL))
			abort();
		page_fill(&out,
			  VIEW("<@QUESTION@|@REGION@|@REGION_NAME@|@IS "
			       "1@|@REGION_OTHER@|@SESSION@@ANSWER@"),
			  &v);
		buf_clear(&out);
		page_fill(&out, VIEW("@QUESTION@@REGION@@SESSION@"), &v);
		if (out.len && memchr(out.ptr, '<', out.len))
			abort();
		buf_clear(&out);
		page_fill(&out, input, &v);
	}
	(void)static_tag_matches(input, VIEW("0123456789abcdef-gz"));
	(void)static_accepts(input, "gzip");
	buf_done(&out);
	arena_done(&a);
	return 0;
}
