/* SPDX-License-Identifier: Apache-2.0 */
/* cue-read.c - the look into the lists of cue-words.c. */
#include "nlu/cue-read.h"

#include "text/pinyin.h"

#define HEARD_CHARS 4 /* of the longest word that is heard */

/* A name may stand behind a blank or in quotation marks: 不是【余江区】. */
static bool is_passed_over(uint32_t c)
{
	return c == ' ' || c == '[' || c == ']' || c == '"' || c == '<' || c == '>' || c == '(' ||
	       c == ')';
}

uint32_t cue_after(const struct cues *c, const struct text *text, uint32_t at, uint32_t measured,
		   uint32_t *ret_len)
{
	uint32_t state = 0, lists = 0;

	*ret_len = 0;
	for (uint32_t i = at; i < text->n_chars; i++) {
		if (i == at && is_passed_over(text->chars[i]))
			continue;
		state = trie_step(&c->forward, state, text->chars[i]);
		if (!state)
			break;
		/* A word of letters is no piece of a longer one. */
		if (!c->forward.values[state] ||
		    (char_is_letter(text->chars[i]) && i + 1 < text->n_chars &&
		     char_is_letter(text->chars[i + 1])))
			continue;
		lists |= c->forward.values[state];
		if (c->forward.values[state] & measured)
			*ret_len = i + 1 - at;
	}
	return lists;
}

uint32_t cue_before(const struct cues *c, const struct text *text, uint32_t at, uint32_t measured,
		    uint32_t *ret_len)
{
	uint32_t state = 0, lists = 0;

	*ret_len = 0;
	for (uint32_t i = at; i > 0; i--) {
		if (i == at && is_passed_over(text->chars[i - 1]))
			continue;
		state = trie_step(&c->backward, state, text->chars[i - 1]);
		if (!state)
			break;
		if (!c->backward.values[state] || (i > 1 && char_is_letter(text->chars[i - 1]) &&
						   char_is_letter(text->chars[i - 2])))
			continue;
		lists |= c->backward.values[state];
		if (c->backward.values[state] & measured)
			*ret_len = at - i + 1;
	}
	return lists;
}

bool cue_heard_after(const struct cues *c, const struct text *text, uint32_t at, uint32_t list)
{
	uint32_t end = text->n_chars < at + HEARD_CHARS ? text->n_chars : at + HEARD_CHARS;

	for (uint32_t hole = at; hole < end; hole++) {
		uint32_t state = 0;

		for (uint32_t i = at; i < end && (i == at || state); i++) {
			uint32_t symbol = text->chars[i];

			if (i == hole)
				symbol = CUE_SOUND + pinyin_of(symbol);
			state = trie_step(&c->forward, state, symbol);
			if (state && i >= hole && c->forward.values[state] & list)
				return true;
		}
	}
	return false;
}

uint32_t cue_skip_back(const struct cues *c, const struct text *text, uint32_t at)
{
	uint32_t len;

	for (int i = 0; i < 3; i++) {
		cue_before(c, text, at, FILLER, &len);
		at -= len;
	}
	return at;
}

bool cue_is_end(const struct text *text, uint32_t at)
{
	/* nantong de ka goes on. */
	if (at + 1 < text->n_chars && text->chars[at] == ' ' && char_is_letter(text->chars[at + 1]))
		return false;
	return at >= text->n_chars ||
	       !(han_is(text->chars[at]) || char_is_letter(text->chars[at]) ||
		 char_is_digit(text->chars[at]));
}
