/* SPDX-License-Identifier: Apache-2.0 */
/* yaml.c - libyaml's events turned into our tree; the only file that sees libyaml. */
#include "know/yaml.h"

#include <errno.h>
#include <yaml.h>

#include "base/limits.h"
#include "base/say.h"
#include "base/utf8.h"
#include "know/yaml-advice.h"

struct build {
	struct arena *arena;
	yaml_parser_t parser;
	const char *file;
	struct view text;
	struct fault *why;
	size_t n_nodes;
	/* The line that was looked at last, from 0, and where it begins: marks only go forward. */
	size_t line, line_at;
};

static int refuse(struct build *b, yaml_mark_t at, const char *reason)
{
	fault_set(b->why, "%s", say(reason));
	fault_place(b->why, b->file, (unsigned)at.line + 1, (unsigned)at.column + 1);
	return -EBADMSG;
}

/* Where byte `offset` of the text stands. */
static void place_of(struct view text, size_t offset, unsigned *ret_line, unsigned *ret_column)
{
	unsigned line = 1, column = 1;

	for (size_t i = 0; i < offset && i < text.len; i++) {
		if (text.ptr[i] == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)text.ptr[i] & 0xc0) != 0x80) {
			column++;
		}
	}
	*ret_line = line;
	*ret_column = column;
}

static int syntax_error(struct build *b)
{
	const yaml_parser_t *p = &b->parser;
	struct yaml_mistake m = {
	    .file = b->text,
	    .problem = p->problem,
	    .context = p->context,
	    .line = (unsigned)p->problem_mark.line + 1,
	    .column = (unsigned)p->problem_mark.column + 1,
	    .from_line = p->context ? (unsigned)p->context_mark.line + 1 : 0,
	    .from_column = p->context ? (unsigned)p->context_mark.column + 1 : 0,
	};

	if (p->error == YAML_MEMORY_ERROR)
		die_oom(0);
	yaml_advise(&m, b->why);
	fault_place(b->why, b->file, b->why->line, b->why->column);
	return -EBADMSG;
}

static int next_event(struct build *b, yaml_event_t *ret)
{
	return yaml_parser_parse(&b->parser, ret) ? 0 : syntax_error(b);
}

/* What an event brings along that we do not take. NULL: nothing. */
static const char *unwanted(const yaml_event_t *e)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;

	switch (e->type) {
	case YAML_ALIAS_EVENT:
		return "aliases (*name) are not allowed: write the value out "
		       "(or quote the text if it begins with '*')";
	case YAML_SCALAR_EVENT:
		anchor = e->data.scalar.anchor;
		tag = e->data.scalar.tag;
		break;
	case YAML_SEQUENCE_START_EVENT:
		anchor = e->data.sequence_start.anchor;
		tag = e->data.sequence_start.tag;
		break;
	case YAML_MAPPING_START_EVENT:
		anchor = e->data.mapping_start.anchor;
		tag = e->data.mapping_start.tag;
		break;
	default:
		break;
	}
	if (anchor)
		return "anchors (&name) are not allowed (quote the text if it begins with '&')";
	if (tag)
		return "tags (!name) are not allowed (quote the text if it begins with '!')";
	return NULL;
}

static int read_node(struct build *b, const yaml_event_t *first, unsigned depth,
		     struct yaml_node **ret);

static int check_key(struct build *b, const struct yaml_node *map, const yaml_event_t *key)
{
	struct view name;

	if (key->type != YAML_SCALAR_EVENT)
		return refuse(b, key->start_mark, "a key must be a plain text");
	if (unwanted(key))
		return refuse(b, key->start_mark, unwanted(key));
	name = view_make((const char *)key->data.scalar.value, key->data.scalar.length);
	if (name.len == 0)
		return refuse(b, key->start_mark, "a key is empty");
	if (map->n >= LIMIT_YAML_MAP)
		return refuse(b, key->start_mark, "too many keys in one map");
	yaml_each (other, map) {
		if (!view_eq(other->key, name))
			continue;
		fault_set(b->why, "the key '%.*s' stands here twice, first in line %u",
			  VIEW_ARG(utf8_clip(name, 80)), other->key_line);
		fault_place(b->why, b->file, (unsigned)key->start_mark.line + 1,
			    (unsigned)key->start_mark.column + 1);
		return -EBADMSG;
	}
	return 0;
}

/* Members of the list or map `parent` up to its end. */
static int read_children(struct build *b, struct yaml_node *parent, unsigned depth)
{
	bool is_map = parent->kind == YAML_MAP;
	yaml_event_type_t end = is_map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
	const struct yaml_node **tail = &parent->children;

	for (;;) {
		struct yaml_node *child = NULL;
		struct view key = {NULL, 0};
		yaml_mark_t at;
		yaml_event_t e;
		int r = next_event(b, &e);

		if (r < 0)
			return r;
		at = e.start_mark;
		if (e.type == end) {
			yaml_event_delete(&e);
			return 0;
		}
		if (is_map) {
			r = check_key(b, parent, &e);
			if (r == 0)
				key = arena_copy(b->arena,
						 view_make((const char *)e.data.scalar.value,
							   e.data.scalar.length));
			yaml_event_delete(&e);
			if (r < 0 || (r = next_event(b, &e)) < 0)
				return r;
		}
		r = read_node(b, &e, depth, &child);
		yaml_event_delete(&e);
		if (r < 0)
			return r;
		child->key = key;
		child->key_line = (unsigned)at.line + 1;
		child->key_column = (unsigned)at.column + 1;
		*tail = child;
		tail = &child->next;
		parent->n++;
	}
}

/* The column of a '#' that is the next sign behind `mark` in its line; 0: there is none. */
static unsigned comment_behind(struct build *b, yaml_mark_t mark)
{
	size_t at;
	unsigned column = 0;

	while (b->line < mark.line && b->line_at < b->text.len)
		b->line += b->text.ptr[b->line_at++] == '\n';
	for (at = b->line_at; at < b->text.len && column < mark.column; column++)
		for (at++; at < b->text.len && ((unsigned char)b->text.ptr[at] & 0xc0) == 0x80;)
			at++;
	for (; at < b->text.len && (b->text.ptr[at] == ' ' || b->text.ptr[at] == '\t'); at++)
		column++;
	return at < b->text.len && b->text.ptr[at] == '#' ? column + 1 : 0;
}

static void read_text(struct build *b, const yaml_event_t *e, struct yaml_node *node)
{
	bool is_plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	size_t width = e->end_mark.column - e->start_mark.column, n;

	node->kind = YAML_TEXT;
	node->is_block = e->data.scalar.style == YAML_LITERAL_SCALAR_STYLE;
	node->text = arena_copy(
	    b->arena, view_make((const char *)e->data.scalar.value, e->data.scalar.length));
	if (is_plain)
		node->comment = comment_behind(b, e->end_mark);
	n = utf8_count(node->text);
	/* Else it is folded, or has escapes. */
	if (e->start_mark.line == e->end_mark.line && width == (is_plain ? n : n + 2))
		node->inner = node->column + !is_plain;
}

static int read_node(struct build *b, const yaml_event_t *first, unsigned depth,
		     struct yaml_node **ret)
{
	const char *reason = unwanted(first);
	struct yaml_node *node;
	int r = 0;

	if (reason)
		return refuse(b, first->start_mark, reason);
	if (depth >= LIMIT_YAML_DEPTH)
		return refuse(b, first->start_mark, "nested too deeply");
	if (++b->n_nodes > LIMIT_YAML_NODES)
		return refuse(b, first->start_mark, "too many values in one file");
	node = ARENA_NEW(b->arena, struct yaml_node);
	node->line = (unsigned)first->start_mark.line + 1;
	node->column = (unsigned)first->start_mark.column + 1;
	if (first->type == YAML_SCALAR_EVENT) {
		read_text(b, first, node);
	} else {
		node->kind = first->type == YAML_MAPPING_START_EVENT ? YAML_MAP : YAML_LIST;
		r = read_children(b, node, depth + 1);
	}
	if (r == 0)
		*ret = node;
	return r;
}

/* One event that must be of this type; others are refused with the reason. */
static int expect(struct build *b, yaml_event_type_t type, const char *reason)
{
	yaml_event_t e;
	int r = next_event(b, &e);

	if (r < 0)
		return r;
	if (e.type != type)
		r = refuse(b, e.start_mark, reason);
	else if (type == YAML_DOCUMENT_START_EVENT &&
		 (e.data.document_start.version_directive ||
		  e.data.document_start.tag_directives.start !=
		      e.data.document_start.tag_directives.end))
		r = refuse(b, e.start_mark, "directives (%...) are not allowed");
	yaml_event_delete(&e);
	return r;
}

static int read_stream(struct build *b, struct yaml_node **ret)
{
	struct yaml_node *node = NULL;
	yaml_event_t e;
	int r;

	if ((r = expect(b, YAML_STREAM_START_EVENT, "unreadable")) < 0 ||
	    (r = expect(b, YAML_DOCUMENT_START_EVENT, "the file is empty")) < 0 ||
	    (r = next_event(b, &e)) < 0)
		return r;
	r = read_node(b, &e, 0, &node);
	yaml_event_delete(&e);
	if (r < 0 || (r = expect(b, YAML_DOCUMENT_END_EVENT, "unreadable")) < 0)
		return r;
	r = expect(b, YAML_STREAM_END_EVENT, "only one document a file: remove the '---'");
	if (r == 0)
		*ret = node;
	return r;
}

/* What the file probably is, judged by its first byte that is no UTF-8. */
static const char *encoding_of(struct view text, size_t bad)
{
	unsigned char c = (unsigned char)text.ptr[bad];
	unsigned char next = bad + 1 < text.len ? (unsigned char)text.ptr[bad + 1] : 0;

	if (bad == 0 && ((c == 0xff && next == 0xfe) || (c == 0xfe && next == 0xff)))
		return say(", it looks like UTF-16, which some editors call Unicode");
	if (c >= 0x81 && c <= 0xfe && next >= 0x40 && next != 0x7f && next != 0xff)
		return say(", it looks like GBK, which some editors call ANSI");
	return "";
}

/* A character begins at `bad`, and the file is over before it is. */
static bool ends_within(struct view text, size_t bad)
{
	unsigned char c = (unsigned char)text.ptr[bad];
	size_t len = c >= 0xf0 && c <= 0xf4 ? 4 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xc2 ? 2 : 0;

	if (bad == 0 || c > 0xf4 || text.len - bad >= len)
		return false;
	for (size_t i = bad + 1; i < text.len; i++)
		if (((unsigned char)text.ptr[i] & 0xc0) != 0x80)
			return false;
	return true;
}

int yaml_read(struct arena *a, struct view text, const char *file, const struct yaml_node **ret,
	      struct fault *why)
{
	struct build b = {.arena = a, .file = file, .text = text, .why = why};
	struct yaml_node *node = NULL;
	unsigned line, column;
	size_t bad;
	int r;

	if (text.len > LIMIT_YAML_BYTES) {
		fault_set(why, "the file is longer than %d bytes", LIMIT_YAML_BYTES);
		fault_place(why, file, 0, 0);
		return -EBADMSG;
	}
	if (view_starts(text, VIEW("\xef\xbb\xbf"))) /* a byte order mark of UTF-8 */
		text = view_sub(text, 3, text.len - 3);
	b.text = text;
	if (!utf8_is_valid(text, &bad)) {
		place_of(text, bad, &line, &column);
		if (ends_within(text, bad))
			fault_set(why, "the file ends within a character: it is there in part "
				       "only, copy it once more");
		else
			fault_set(why, "not valid UTF-8 (byte 0x%02x%s): save the file as UTF-8",
				  (unsigned char)text.ptr[bad], encoding_of(text, bad));
		fault_place(why, file, line, column);
		return -EBADMSG;
	}
	if (!yaml_parser_initialize(&b.parser))
		die_oom(0);
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&b.parser, (const yaml_char_t *)(text.ptr ? text.ptr : ""),
				     text.len);
	r = read_stream(&b, &node);
	if (r < 0 && b.parser.error == YAML_READER_ERROR) {
		place_of(text, b.parser.problem_offset, &line, &column);
		fault_place(why, file, line, column);
	}
	yaml_parser_delete(&b.parser);
	if (r == 0)
		*ret = node;
	return r;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
	if (!map || map->kind != YAML_MAP)
		return NULL;
	yaml_each (child, map)
		if (view_is(child->key, key))
			return child;
	return NULL;
}

static bool holds(struct view whole, struct view part)
{
	return part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len;
}

bool yaml_place(const struct yaml_node *root, struct view text, unsigned *ret_line,
		unsigned *ret_column)
{
	if (!root || text.len == 0)
		return false;
	if (root->key.len && holds(root->key, text)) {
		*ret_line = root->key_line;
		*ret_column = root->key_column;
		return true;
	}
	if (root->kind == YAML_TEXT && holds(root->text, text)) {
		struct view before = view_sub(root->text, 0, (size_t)(text.ptr - root->text.ptr));

		*ret_line = root->line;
		*ret_column = root->column;
		if (root->inner && text.len < view_trim(root->text).len)
			*ret_column = root->inner + (unsigned)utf8_count(before);
		return true;
	}
	yaml_each (child, root)
		if (yaml_place(child, text, ret_line, ret_column))
			return true;
	return false;
}

const char *yaml_kind_name(enum yaml_kind kind)
{
	static const char *const names[] = {"a text", "a list", "a map"};

	return say(names[kind]);
}
