/* SPDX-License-Identifier: Apache-2.0 */
/* yaml-advice.c - see yaml-advice.h. The rules stand in the order in which they are tried. */
#include "know/yaml-advice.h"

#include <stdio.h>
#include <string.h>

#include "base/say.h"
#include "base/utf8.h"

/* A line of the file without its end; from 1. */
static struct view line_at(struct view file, unsigned line)
{
	size_t from = 0, to;

	while (line > 1 && from < file.len)
		line -= file.ptr[from++] == '\n';
	for (to = from; to < file.len && file.ptr[to] != '\n' && file.ptr[to] != '\r';)
		to++;
	return view_sub(file, from, to - from);
}

/* The rest of a line from a column on. */
static struct view from_column(struct view line, unsigned column)
{
	size_t at = 0;

	for (; column > 1 && at < line.len; column--)
		for (at++; at < line.len && ((unsigned char)line.ptr[at] & 0xc0) == 0x80;)
			at++;
	return view_sub(line, at, line.len - at);
}

static unsigned column_of(struct view line, size_t offset)
{
	return (unsigned)utf8_count(view_sub(line, 0, offset)) + 1;
}

static unsigned indentation(struct view line)
{
	unsigned n = 0;

	while (n < line.len && line.ptr[n] == ' ')
		n++;
	return n;
}

static bool says(const char *text, const char *part)
{
	return text && strstr(text, part);
}

/* Put the words; "(not valid YAML: …)" follows, for who knows the grammar and its English. */
static bool advise(const struct yaml_mistake *m, struct fault *why, unsigned line, unsigned column,
		   const char *words)
{
	if (!say_is_english())
		fault_set(why, "%s", say(words));
	else if (m->context && m->from_line && m->from_line != m->line)
		fault_set(why, "%s (not valid YAML: %s, %s that began in line %u)", words,
			  m->problem, m->context, m->from_line);
	else
		fault_set(why, "%s (not valid YAML: %s)", words, m->problem);
	fault_place(why, NULL, line, column);
	return true;
}

/* A tab, or a sign that means something to YAML at the beginning of a text. */
static bool is_wrong_sign(const struct yaml_mistake *m, struct fault *why)
{
	struct view rest = from_column(line_at(m->file, m->line), m->column);
	char words[240];

	if (says(m->problem, "found a tab") || (rest.len && rest.ptr[0] == '\t'))
		return advise(m, why, m->line, m->column,
			      "a tab: indent with blanks, two for each step");
	if (!says(m->problem, "cannot start any token") || rest.len == 0)
		return false;
	snprintf(words, sizeof(words),
		 say("a text cannot begin with '%c': put the whole text in quotes \"…\""),
		 rest.ptr[0]);
	return advise(m, why, m->line, m->column, words);
}

/* Blanks of Chinese typing in front of a line, or those that web pages are full of: letters. */
static bool is_wide_blank(const struct yaml_mistake *m, struct fault *why)
{
	const unsigned lines[] = {m->line, m->line > 1 ? m->line - 1 : 0, m->from_line};

	if (!says(m->problem, "expected ':'") && !says(m->problem, "mapping values") &&
	    !says(m->problem, "expected key"))
		return false;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct view line = lines[i] ? line_at(m->file, lines[i]) : VIEW("");
		struct view rest = view_sub(line, indentation(line), line.len);

		if (view_starts(rest, VIEW("\xe3\x80\x80")) || view_starts(rest, VIEW("\xc2\xa0")))
			return advise(m, why, lines[i], indentation(line) + 1,
				      "a full-width blank: indent with half-width ones, two for "
				      "each step");
	}
	return false;
}

/* "name：x": the colon of Chinese typing, which is a letter like others to YAML. */
static bool is_wide_colon(const struct yaml_mistake *m, struct fault *why)
{
	const unsigned lines[] = {m->from_line, m->line, m->line > 1 ? m->line - 1 : 0};

	if (!says(m->problem, "expected ':'") && !says(m->problem, "mapping values") &&
	    !says(m->problem, "expected key"))
		return false;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct view line = lines[i] ? line_at(m->file, lines[i]) : VIEW("");
		ptrdiff_t at = view_find(line, VIEW("："));

		if (at < 0 || view_find(view_sub(line, 0, (size_t)at), VIEW(": ")) >= 0)
			continue;
		return advise(m, why, lines[i], column_of(line, (size_t)at),
			      "a full-width colon '：': write ': ', a half-width one and a blank");
	}
	return false;
}

/* A key without ": " behind it. */
static bool is_key_without_colon(const struct yaml_mistake *m, struct fault *why)
{
	struct view line = line_at(m->file, m->from_line ? m->from_line : m->line);
	ptrdiff_t at = view_find(line, VIEW(":"));

	if (!says(m->problem, "expected ':'"))
		return false;
	if (at >= 0 && (size_t)at + 1 < line.len && line.ptr[at + 1] != ' ')
		return advise(m, why, m->from_line, column_of(line, (size_t)at),
			      "a blank is missing behind the colon: write 'key: value'");
	return advise(m, why, m->from_line ? m->from_line : m->line,
		      m->from_line ? m->from_column : m->column,
		      "this line is neither 'key: value' nor '- element'");
}

/* Where a comment begins in a line, quotes heeded; -1: there is none. */
static ptrdiff_t comment_in(struct view line, size_t from)
{
	char quote = '\0';

	for (size_t i = from; i < line.len; i++) {
		char c = line.ptr[i];

		if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '#' && i > 0 && line.ptr[i - 1] == ' ')
			return (ptrdiff_t)i;
	}
	return -1;
}

/* {name: 拨打 #12345}: a comment that takes the rest of a list or map along. */
static bool is_comment_within(const struct yaml_mistake *m, struct fault *why)
{
	struct view line = line_at(m->file, m->from_line);
	ptrdiff_t at;

	if (!m->from_line || (!says(m->problem, "',' or ']'") && !says(m->problem, "',' or '}'")))
		return false;
	at = comment_in(line, line.len - from_column(line, m->from_column).len);
	return at >= 0 && advise(m, why, m->from_line, column_of(line, (size_t)at),
				 "a '#' behind a blank begins a comment, also within […] and {…}: "
				 "put the text that holds it in quotes \"…\"");
}

/* A quote, bracket or brace that is not closed. */
static bool is_left_open(const struct yaml_mistake *m, struct fault *why)
{
	bool knows = m->from_line > 0;
	unsigned line = knows ? m->from_line : m->line, column = knows ? m->from_column : m->column;
	const char *words = NULL;

	if (says(m->context, "quoted scalar") && says(m->problem, "end of stream"))
		words = "the quote that begins here is never closed";
	else if (says(m->problem, "',' or ']'"))
		words = "in the list '[…' that begins here a ',' or the ']' is missing";
	else if (says(m->problem, "',' or '}'"))
		words = "in the map '{…' that begins here a ', ', the '}' or a quote is missing";
	/* Of an opening and a noticed place in one line the second is the better. */
	if (words && knows && m->from_line == m->line && !says(m->context, "quoted")) {
		line = m->line;
		column = m->column;
		words =
		    says(m->problem, "']'")
			? "a ',' is missing before this, or the list '[…' is not closed before it"
			: "a ', ' is missing before this, or a quote or '}' is not closed before "
			  "it";
	}
	return words && advise(m, why, line, column, words);
}

static size_t count_quotes(struct view text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == '"';
	return n;
}

/* The quote that closes before this place was to open: an earlier line lacks its second one. */
static bool is_quote_of_before(const struct yaml_mistake *m, struct fault *why)
{
	struct view rest = from_column(line_at(m->file, m->line), m->column), line;
	size_t at;

	line = line_at(m->file, m->line);
	if (count_quotes(view_sub(line, 0, line.len - rest.len)) % 2 == 0)
		return false;
	for (unsigned l = m->line - 1; l > 0 && l + 20 > m->line; l--) {
		line = line_at(m->file, l);
		if (count_quotes(line) % 2 == 0)
			continue;
		for (at = line.len; line.ptr[at - 1] != '"';)
			at--;
		return advise(m, why, l, column_of(line, at - 1),
			      "the quote that begins here is not closed in its line");
	}
	return false;
}

/* Something behind a text that was complete. */
static bool is_behind_quote(const struct yaml_mistake *m, struct fault *why)
{
	struct view line = line_at(m->file, m->line);

	if (!says(m->problem, "expected key") || indentation(line) + 1 == m->column)
		return false;
	return is_quote_of_before(m, why) ||
	       advise(m, why, m->line, m->column,
		      "after a closing quote nothing may follow: put the whole text in quotes, and "
		      "quotes within it as “…”");
}

/* A line that stands too far left or right. */
static bool is_indentation(const struct yaml_mistake *m, struct fault *why)
{
	struct view line = line_at(m->file, m->line);
	bool is_list = says(m->problem, "'-' indicator");
	char words[320];

	if ((!says(m->problem, "expected key") && !is_list) || !m->from_column)
		return false;
	snprintf(words, sizeof(words),
		 is_list ? say("this line is indented by %u blanks, but the list that began in "
			       "line %u by %u: give it as many, or those of what it belongs to")
			 : say("this line is indented by %u blanks, but the part that began in "
			       "line %u by %u: give it as many, or those of what it belongs to"),
		 indentation(line), m->from_line, m->from_column - 1);
	return advise(m, why, m->line, m->column, words);
}

/* ": " in a text without quotes, or a key that stands too far right. */
static bool is_second_colon(const struct yaml_mistake *m, struct fault *why)
{
	struct view line = line_at(m->file, m->line);
	ptrdiff_t first = view_find(line, VIEW(":"));

	if (!says(m->problem, "mapping values"))
		return false;
	if (first >= 0 && column_of(line, (size_t)first) < m->column)
		return advise(
		    m, why, m->line, m->column,
		    "a second ': ' in one line: put the text that holds it in quotes \"…\"");
	return advise(m, why, m->line, indentation(line) + 1,
		      "this line is indented further than the line before it allows: a key stands "
		      "under the first letter of its sisters");
}

static bool is_else(const struct yaml_mistake *m, struct fault *why)
{
	if (says(m->problem, "block sequence entries"))
		return advise(m, why, m->line, m->column,
			      "a list begins in a line of its own: '- …' under its key");
	if (says(m->problem, "escape"))
		return advise(m, why, m->line, m->column,
			      "a '\\' means something in \"…\": write '…' instead");
	if (says(m->problem, "alphabetic or numeric"))
		return advise(m, why, m->line, m->column,
			      "a text cannot begin with '*', '&' or '!': put the whole text in "
			      "quotes \"…\"");
	if (says(m->context, "scanning a tag") && m->from_line)
		return advise(m, why, m->from_line, m->from_column,
			      "a text cannot begin with '*', '&' or '!': put the whole text in "
			      "quotes \"…\"");
	if (says(m->problem, "document start"))
		return advise(m, why, m->line, m->column,
			      "this is neither 'key: value' nor belongs to the line before it");
	return false;
}

void yaml_advise(const struct yaml_mistake *m, struct fault *why)
{
	if (is_wrong_sign(m, why) || is_wide_blank(m, why) || is_wide_colon(m, why) ||
	    is_key_without_colon(m, why) || is_comment_within(m, why) || is_left_open(m, why) ||
	    is_behind_quote(m, why) || is_indentation(m, why) || is_second_colon(m, why) ||
	    is_else(m, why))
		return;
	if (m->context && m->from_line && m->from_line != m->line)
		fault_set(why, "not valid YAML: %s (%s that began in line %u)", m->problem,
			  m->context, m->from_line);
	else
		fault_set(why, "not valid YAML: %s", m->problem ? m->problem : "unreadable");
	fault_place(why, NULL, m->line, m->column);
}
