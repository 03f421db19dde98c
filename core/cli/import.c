/* SPDX-License-Identifier: Apache-2.0 */
/* import.c - CSV, JSON lines and Rasa's nlu.yml into rows. */
#include "cli/import.h"

#include <errno.h>

#include "base/utf8.h"
#include "know/yaml.h"
#include "wire/record.h"

/* What the two columns are called elsewhere. */
static const char *const text_names[] = {"text",      "question", "query",
					 "utterance", "utt",      "sentence"};
static const char *const label_names[] = {"intent", "label", "category", "class"};

const struct import_format *import_format_find(const char *name)
{
	static const struct import_format formats[] = {
	    {"rasa", import_rasa}, {"csv", import_csv}, {"jsonl", import_jsonl}};

	for (size_t i = 0; i < N_OF(formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

static struct view clean(struct arena *a, struct view v)
{
	char *out;

	v = view_trim(v);
	out = arena_alloc(a, v.len + 1);
	for (size_t i = 0; i < v.len; i++)
		out[i] = strchr("\t\r\n", v.ptr[i]) || !v.ptr[i] ? ' ' : v.ptr[i];
	return view_make(out, v.len);
}

void import_add(struct importing *in, struct view label, struct view text, unsigned line)
{
	struct imported row = {clean(in->arena, label), clean(in->arena, text), line};

	if (row.label.len && row.text.len && utf8_is_valid(row.text, NULL))
		*vec_push(&in->rows) = row;
}

void import_quote(struct buf *out, struct view v)
{
	buf_char(out, '"');
	for (size_t i = 0; i < v.len; i++) {
		if (v.ptr[i] == '"' || v.ptr[i] == '\\')
			buf_char(out, '\\');
		buf_char(out, v.ptr[i]);
	}
	buf_char(out, '"');
}

/* ---- JSON lines ---- */

int import_jsonl(struct importing *in, struct view text)
{
	struct view line, label, question;
	unsigned number = 0;

	while (view_split(&text, '\n', &line)) {
		number++;
		line = view_trim(line);
		if (line.len == 0)
			continue;
		if (record_text(in->arena, line, label_names, N_OF(label_names), &label) < 0 ||
		    record_text(in->arena, line, text_names, N_OF(text_names), &question) < 0) {
			fault_set(&in->why, "this is no JSON object on one line");
			fault_place(&in->why, in->file, number, 1);
			return -EBADMSG;
		}
		if (!label.len || !question.len) {
			fault_set(&in->why, "the object has no text 'intent' or 'text'");
			fault_place(&in->why, in->file, number, 1);
			return -EBADMSG;
		}
		import_add(in, label, question, number);
	}
	return 0;
}

/* ---- CSV, RFC 4180 ---- */

#define CSV_COLUMNS 32

struct csv {
	struct arena *arena;
	struct view rest;
	char separator;
	unsigned line;
	struct view cells[CSV_COLUMNS];
	size_t n;
};

/* Where the quote that closes the cell stands; rest.len if none does. */
static size_t closing_quote(struct view rest)
{
	size_t i = 1;

	while (i < rest.len && (rest.ptr[i] != '"' || (i + 1 < rest.len && rest.ptr[i + 1] == '"')))
		i += rest.ptr[i] == '"' ? 2 : 1;
	return i < rest.len ? i : rest.len;
}

static struct view quoted_cell(struct csv *c)
{
	size_t end = closing_quote(c->rest), n = 0;
	char *out = arena_alloc(c->arena, end + 1);

	for (size_t i = 1; i < end; i++) {
		c->line += c->rest.ptr[i] == '\n';
		out[n++] = c->rest.ptr[i];
		i += c->rest.ptr[i] == '"';
	}
	c->rest = view_sub(c->rest, end + 1, c->rest.len);
	return view_make(out, n);
}

static struct view plain_cell(struct csv *c)
{
	size_t i = 0;
	struct view cell;

	while (i < c->rest.len && c->rest.ptr[i] != c->separator && c->rest.ptr[i] != '\n')
		i++;
	cell = view_sub(c->rest, 0, i);
	c->rest = view_sub(c->rest, i, c->rest.len);
	return cell;
}

/* The cells of the next row; false at the end. */
static bool csv_row(struct csv *c)
{
	c->n = 0;
	if (c->rest.len == 0)
		return false;
	c->line++;
	for (;;) {
		struct view cell =
		    c->rest.len && c->rest.ptr[0] == '"' ? quoted_cell(c) : plain_cell(c);
		if (c->n < CSV_COLUMNS)
			c->cells[c->n++] = view_trim(cell);
		/* What stands between a closing quote and the next separator is lost. */
		plain_cell(c);
		if (c->rest.len == 0 || c->rest.ptr[0] == '\n')
			break;
		c->rest = view_sub(c->rest, 1, c->rest.len);
	}
	c->rest = view_sub(c->rest, 1, c->rest.len);
	return true;
}

static size_t find_column(const struct csv *c, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < c->n; k++)
			if (view_is(c->cells[k], names[i]))
				return k;
	return CSV_COLUMNS;
}

int import_csv(struct importing *in, struct view text)
{
	struct csv c = {.arena = in->arena, .separator = ','};
	size_t at_text, at_label;
	bool has_row;

	if (view_starts(text, VIEW("\xef\xbb\xbf")))
		text = view_sub(text, 3, text.len);
	c.rest = text;
	has_row = csv_row(&c);
	at_text = find_column(&c, text_names, N_OF(text_names));
	at_label = find_column(&c, label_names, N_OF(label_names));
	if ((at_text < CSV_COLUMNS) != (at_label < CSV_COLUMNS)) {
		fault_set(&in->why, "the heading has no column '%s'",
			  at_text < CSV_COLUMNS ? "intent" : "text");
		fault_place(&in->why, in->file, 1, 1);
		return -EBADMSG;
	}
	if (at_text < CSV_COLUMNS) {
		has_row = csv_row(&c);
	} else {
		at_text = 0;
		at_label = 1;
	}
	for (; has_row; has_row = csv_row(&c)) {
		if (at_text < c.n && at_label < c.n) {
			import_add(in, c.cells[at_label], c.cells[at_text], c.line);
		} else if (c.n > 1 || c.cells[0].len) {
			fault_set(&in->why, "a row of %zu columns: intent or text is missing", c.n);
			fault_place(&in->why, in->file, c.line, 1);
			return -EBADMSG;
		}
	}
	return 0;
}

/* ---- Rasa ---- */

/* Where the bracket that stands at `open` is closed; v.len if it is not. */
static size_t closing(struct view v, size_t open, char close)
{
	size_t i = open + 1;

	while (i < v.len && v.ptr[i] != close)
		i++;
	return i;
}

/* [Suzhou](city) and [Suzhou]{"entity": "city"} are Suzhou. */
static struct view without_marks(struct arena *a, struct view v)
{
	char *out = arena_alloc(a, v.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < v.len; i++) {
		size_t end = v.ptr[i] == '[' ? closing(v, i, ']') : v.len;
		char next = end + 1 < v.len ? v.ptr[end + 1] : '\0';

		if (next != '(' && next != '{') {
			out[n++] = v.ptr[i];
			continue;
		}
		memcpy(out + n, v.ptr + i + 1, end - i - 1);
		n += end - i - 1;
		i = closing(v, end + 1, next == '(' ? ')' : '}');
	}
	return view_make(out, n);
}

/* A block of lines "- question". */
static void rasa_block(struct importing *in, struct view label, const struct yaml_node *block)
{
	struct view rest = block->text, line;
	unsigned at = block->line;

	while (view_split(&rest, '\n', &line)) {
		at += block->is_block;
		line = view_trim(line);
		if (view_starts(line, VIEW("- ")))
			line = view_sub(line, 2, line.len);
		import_add(in, label, without_marks(in->arena, line), at);
	}
}

/* "examples:" is a block of lines, or a list of texts or of maps with "text". */
static void rasa_examples(struct importing *in, struct view label, const struct yaml_node *node)
{
	if (node->kind == YAML_TEXT)
		rasa_block(in, label, node);
	if (node->kind != YAML_LIST)
		return;
	yaml_each (item, node) {
		const struct yaml_node *text =
		    item->kind == YAML_MAP ? yaml_get(item, "text") : item;

		if (text && text->kind == YAML_TEXT)
			rasa_block(in, label, text);
	}
}

int import_rasa(struct importing *in, struct view text)
{
	const struct yaml_node *root, *nlu;
	int r = yaml_read(in->arena, text, in->file, &root, &in->why);

	if (r < 0)
		return r;
	nlu = yaml_get(root, "nlu");
	if (!nlu || nlu->kind != YAML_LIST) {
		fault_set(&in->why, "there is no list 'nlu' in it");
		fault_place(&in->why, in->file, 1, 1);
		return -EBADMSG;
	}
	yaml_each (item, nlu) {
		const struct yaml_node *intent = yaml_get(item, "intent");
		const struct yaml_node *examples = yaml_get(item, "examples");

		/* Synonyms, look-up tables and patterns are no questions. */
		if (intent && intent->kind == YAML_TEXT && examples)
			rasa_examples(in, intent->text, examples);
	}
	return 0;
}
