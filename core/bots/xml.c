/* SPDX-License-Identifier: Apache-2.0 */
/* xml.c - expat, with what strangers could misuse switched off. */
#include "bots/xml.h"

#include <errno.h>
#include <expat.h>
#include <limits.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"

struct open_element {
	size_t index;    /* in elements, SIZE_MAX for the outermost */
	size_t path_len; /* of what is around it */
};

struct reading {
	struct arena *arena;
	XML_Parser parser;
	struct open_element open[LIMIT_XML_DEPTH];
	size_t depth;
	char path[256];
	size_t path_len;
	VEC(struct xml_element) elements;
	VEC(struct buf) texts;
	const char *refused;
};

static void refuse(struct reading *r, const char *why)
{
	r->refused = why;
	XML_StopParser(r->parser, XML_FALSE);
}

/* Behind the last one's path; false if it does not fit. */
static bool path_add(struct reading *r, const char *name)
{
	size_t len = strlen(name), slash = r->path_len > 0;

	if (len + slash > sizeof(r->path) - r->path_len)
		return false;
	if (slash)
		r->path[r->path_len] = '/';
	memcpy(r->path + r->path_len + slash, name, len);
	r->path_len += slash + len;
	return true;
}

static void on_start(void *data, const char *name, const char **attributes)
{
	struct reading *r = data;
	struct open_element *o = &r->open[r->depth];

	(void)attributes;
	if (r->refused)
		return;
	if (r->depth == LIMIT_XML_DEPTH) {
		refuse(r, "elements are nested too deep");
		return;
	}
	o->path_len = r->path_len;
	o->index = SIZE_MAX;
	if (r->depth > 0) {
		if (r->elements.n == LIMIT_XML_ELEMENTS || !path_add(r, name)) {
			refuse(r, "too many elements, or too long a name");
			return;
		}
		o->index = r->elements.n;
		vec_push(&r->elements)->path =
		    arena_copy(r->arena, view_make(r->path, r->path_len));
		*vec_push(&r->texts) = (struct buf)BUF_INIT;
	}
	r->depth++;
}

static void on_end(void *data, const char *name)
{
	struct reading *r = data;

	(void)name;
	if (!r->refused)
		r->path_len = r->open[--r->depth].path_len;
}

static void on_text(void *data, const char *text, int len)
{
	struct reading *r = data;
	size_t index = r->depth ? r->open[r->depth - 1].index : SIZE_MAX;

	if (!r->refused && index != SIZE_MAX)
		buf_add(&r->texts.items[index], text, (size_t)len);
}

static void on_doctype(void *data, const char *name, const char *system, const char *public,
		       int has_internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)has_internal;
	refuse(data, "document types are not taken");
}

static void on_entity(void *data, const char *name, int is_parameter, const char *value, int len,
		      const char *base, const char *system, const char *public,
		      const char *notation)
{
	(void)name;
	(void)is_parameter;
	(void)value;
	(void)len;
	(void)base;
	(void)system;
	(void)public;
	(void)notation;
	refuse(data, "entities are not taken");
}

static int on_external(XML_Parser parser, const char *context, const char *base, const char *system,
		       const char *public)
{
	(void)parser;
	(void)context;
	(void)base;
	(void)system;
	(void)public;
	return XML_STATUS_ERROR;
}

static int parse(struct reading *r, struct view text, struct fault *why)
{
	int status;

	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
	XML_SetEntityDeclHandler(r->parser, on_entity);
	XML_SetExternalEntityRefHandler(r->parser, on_external);
	XML_SetParamEntityParsing(r->parser, XML_PARAM_ENTITY_PARSING_NEVER);
	status = XML_Parse(r->parser, text.ptr, (int)text.len, XML_TRUE);
	if (status == XML_STATUS_OK && !r->refused)
		return 0;
	fault_set(why, "this XML cannot be used: %s",
		  r->refused ? r->refused : XML_ErrorString(XML_GetErrorCode(r->parser)));
	return -EBADMSG;
}

int xml_read(struct arena *a, struct view text, struct xml *ret, struct fault *why)
{
	struct reading r = {.arena = a, .elements = VEC_INIT, .texts = VEC_INIT};
	struct xml_element *elements;
	int result;

	if (text.len == 0 || text.len > INT_MAX || !utf8_is_valid(text, NULL)) {
		fault_set(why, "this is no XML in UTF-8");
		return -EBADMSG;
	}
	/* Whatever encoding a document claims, it was just checked to be this one. */
	r.parser = XML_ParserCreate("UTF-8");
	if (!r.parser)
		die_oom(sizeof(r));
	result = parse(&r, text, why);
	elements = ARENA_ARRAY(a, r.elements.n + 1, struct xml_element);
	for (size_t i = 0; i < r.elements.n; i++) {
		elements[i].path = r.elements.items[i].path;
		elements[i].text = arena_copy(a, buf_view(&r.texts.items[i]));
		buf_done(&r.texts.items[i]);
	}
	if (result == 0)
		*ret = (struct xml){elements, r.elements.n};
	vec_done(&r.elements);
	vec_done(&r.texts);
	XML_ParserFree(r.parser);
	return result;
}

struct view xml_text(const struct xml *x, const char *path)
{
	for (size_t i = 0; i < x->n; i++)
		if (view_is(x->elements[i].path, path))
			return x->elements[i].text;
	return VIEW("");
}

void xml_put(struct buf *out, const char *name, struct view text)
{
	ptrdiff_t at;

	buf_printf(out, "<%s><![CDATA[", name);
	/* "]]>" would end it: the bracket pair goes into one section, the sign into the next. */
	while ((at = view_find(text, VIEW("]]>"))) >= 0) {
		buf_view_add(out, view_sub(text, 0, (size_t)at + 2));
		buf_str(out, "]]><![CDATA[");
		text = view_sub(text, (size_t)at + 2, text.len);
	}
	buf_view_add(out, text);
	buf_printf(out, "]]></%s>", name);
}
