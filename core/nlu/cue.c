/* SPDX-License-Identifier: Apache-2.0 */
/* cue.c - what follows from the words around a place; which part it plays: cue-part.c. */
#include "nlu/cue-read.h"

#define INSIDE_REACH 4 /* of a word, before the name that is a piece of it */

/* 进疆备案, 入川登记: what firms from elsewhere come for. */
static bool is_entered(const struct text *text, uint32_t at)
{
	static const char *const business[] = {"备案", "登记", "报备", "信息", "施工",
					       "承揽", "承包", "投标", "接活", "接工程",
					       "干活", "企业", "建筑", "建企", "能用"};

	static const char *const needs[] = {"要",     "需",       "需要", "得",    "先",   "前",
					    "怎么",   "咋",       "的",   "还要",  "要先", "要不要",
					    "用不用", "是不是要", "必须", "一定要"};
	struct view ahead = text_part(text, at + 1, text->n_chars);

	return at > 0 &&
	       (text->chars[at - 1] == 0x8fdb /* 进 */ || text->chars[at - 1] == 0x5165 /* 入 */) &&
	       view_starts_any(
		   view_sub(ahead, view_starts_any(ahead, needs, sizeof(needs) / sizeof(*needs)),
			    ahead.len),
		   business, sizeof(business) / sizeof(*business)) > 0;
}

bool cue_allows_abbreviation(const struct cues *c, const struct text *text, uint32_t at)
{
	uint32_t len, here = cue_after(c, text, at, 0, &len),
		      next = cue_after(c, text, at + 1, 0, &len);

	if (here & ORDINARY || (at > 0 && cue_after(c, text, at - 1, 0, &len) & ORDINARY))
		return false;
	if (here & STRONG)
		return !(next & STRONG_AFTER_NOT);
	/* 京沪, 广深 */
	if (here & PAIR && (next & PAIR || (at > 0 && cue_after(c, text, at - 1, 0, &len) & PAIR)))
		return true;
	if (is_entered(text, at))
		return true;
	if (here & NEVER_ABBR)
		return false;
	if (next & ABBR_AFTER && !(next & ABBR_AFTER_NOT))
		return true;
	return cue_before(c, text, at, 0, &len) & ABBR_BEFORE &&
	       (at + 1 == text->n_chars || next & ABBR_AROUND);
}

/*
 * 恍然|大悟, 大理|石: a word begins with the name or before it and reaches to its end or beyond;
 * 高平|米: one begins inside and goes on. But 在大庆油田 one is in a place.
 */
static bool is_covered(const struct cues *c, const struct text *text, uint32_t start, uint32_t end,
		       enum cue_name name)
{
	bool is_led = name != CUE_NAME_MISSPELT && cue_leads(c, text, start);

	for (uint32_t at = start < INSIDE_REACH ? 0 : start - INSIDE_REACH; at < end; at++) {
		uint32_t state = 0, bit = at > start ? CUE_BEHIND : CUE_COVERS;

		if (at == start && is_led)
			continue;
		for (uint32_t i = at; i < text->n_chars; i++) {
			state = trie_step(&c->inside, state, text->chars[i]);
			if (!state)
				break;
			/* 弄成 都 */
			if (name == CUE_NAME_APART && at < start && i + 1 == end)
				continue;
			if (i + 1 >= end + (at > start) && c->inside.values[state] & bit)
				return true;
		}
	}
	return false;
}

bool cue_is_inside_word(const struct cues *c, const struct text *text, uint32_t start, uint32_t end,
			enum cue_name name)
{
	uint32_t len;

	if (text->chars[end - 1] == 0x533a && cue_after(c, text, end, 0, &len) & REGION_WORD_NOT)
		return true;
	return name != CUE_NAME_FULL && is_covered(c, text, start, end, name);
}

bool cue_is_tail_of_word(const struct cues *c, const struct text *text, uint32_t start)
{
	uint32_t len;

	return cue_before(c, text, start + 1, 0, &len) & TAIL;
}

bool cue_is_common_char(const struct cues *c, uint32_t ch)
{
	uint32_t state = trie_step(&c->forward, 0, ch);

	return state && c->forward.values[state] & COMMON;
}

/* 苏州🆚上海: of the picture folding leaves nothing. */
static bool has_versus(const struct text *text, uint32_t from, uint32_t to)
{
	static const char *const pictures[] = {"🆚", "⚔", "↔", "⇄", "⇔", "🔁", "🤜"};

	/* Nothing was dropped behind the character, of three bytes mostly. */
	if (from == 0 || to > from + 1 || text->origin[to] - text->origin[from - 1] < 6)
		return false;
	return view_has_any(text_typed(text, from - 1, to), pictures,
			    sizeof(pictures) / sizeof(*pictures));
}

uint32_t cue_join_end(const struct cues *c, const struct text *text, uint32_t at)
{
	uint32_t len;

	cue_after(c, text, at, JOIN, &len);
	return at + len;
}

bool cue_joins(const struct cues *c, const struct text *text, uint32_t from, uint32_t to)
{
	uint32_t end;

	if (has_versus(text, from, to))
		return true;

	while (from < to && text->chars[from] == ' ')
		from++;
	end = cue_join_end(c, text, from);
	return end > from && end <= to && to - end <= 2;
}

bool cue_is_household_in(const struct cues *c, const struct text *text, uint32_t from, uint32_t to)
{
	uint32_t len;

	cue_after(c, text, from, HOUSEHOLD_AFTER, &len);
	return len && to - from <= len + 2;
}

bool cue_is_other_word(const struct cues *c, const struct text *text, uint32_t start)
{
	uint32_t len;

	return cue_after(c, text, start, 0, &len) & OTHER_WORD;
}

struct cue_slot cue_slot(const struct cues *c, const struct text *text, uint32_t start,
			 uint32_t end)
{
	uint32_t len, behind = cue_before(c, text, start, 0, &len);

	return (struct cue_slot){
	    .behind = start == 0 || behind & (SLOT_BEFORE | STRONG_SLOT),
	    .ahead = end == text->n_chars || cue_after(c, text, end, 0, &len) & SLOT_AFTER,
	    .is_strong = behind & STRONG_SLOT,
	};
}

bool cue_leads(const struct cues *c, const struct text *text, uint32_t start)
{
	uint32_t len;

	if (start == 0 || !(c->leading >> (text->chars[start - 1] & 63) & 1))
		return false;
	return cue_before(c, text, start, 0, &len) & STRONG_SLOT;
}

bool cue_is_lived_in(const struct cues *c, const struct text *text, uint32_t end)
{
	uint32_t len;

	return cue_after(c, text, end, 0, &len) & PLACE_WORD;
}

bool cue_is_place(const struct cues *c, const struct text *text, uint32_t start, uint32_t end)
{
	/* What only where one lives is done. */
	static const char *const homes[] = {
	    "买房", "买了", "租房", "租了", "定居", "安家", "落户",   "入户", "生活", "找工作",
	    "打拼", "读书", "上学", "创业", "就业", "入职", "买个房", "置业", "落脚", "开店",
	    "开了", "交了", "缴了", "住了", "待了", "呆了", "干了",   "混了", "人才"};
	bool is_home;
	uint32_t len, behind = cue_before(c, text, start, 0, &len),
		      ahead = cue_after(c, text, end, 0, &len);
	bool is_begin = start == 0 || !han_is(text->chars[start - 1]);

	if (ahead & PART_AFTER && !(ahead & PART_AFTER_NOT))
		return false;
	is_home = view_starts_any(text_part(text, end, text->n_chars), homes,
				  sizeof(homes) / sizeof(*homes)) > 0;
	if (behind & STRONG_SLOT)
		return end == text->n_chars || ahead & (SLOT_AFTER | PLACE_WORD) || is_home;
	return is_begin && (ahead & (PLACE_WORD | POSSESSIVE) || is_home ||
			    (end < text->n_chars && ahead & ABBR_AFTER));
}

bool cue_is_slot(const struct cues *c, const struct text *text, uint32_t start, uint32_t end)
{
	uint32_t len, behind = cue_before(c, text, start, 0, &len),
		      ahead = cue_after(c, text, end, 0, &len);
	bool is_begin = start == 0 || !han_is(text->chars[start - 1]);

	if (cue_is_other_word(c, text, start) || end == text->n_chars)
		return false;
	/* 密码锁了怎么解？开阳的 */
	if (is_begin && ahead & POSSESSIVE) {
		cue_after(c, text, end, POSSESSIVE, &len);
		if (cue_is_end(text, end + len))
			return true;
	}
	if (behind & STRONG_SLOT)
		return ahead & (PLACE_WORD | SLOT_AFTER);
	return (is_begin || behind & SLOT_BEFORE) &&
	       ahead & (PLACE_WORD | ABBR_AFTER | DONE_AFTER) && !(ahead & ABBR_AFTER_NOT);
}

enum cue_letters cue_before_letters(const struct cues *c, const struct text *text, uint32_t start)
{
	uint32_t len, behind = cue_before(c, text, start, 0, &len);

	if (behind & ENGLISH)
		return CUE_LETTERS_ENGLISH;
	return behind & IN_LETTERS ? CUE_LETTERS_IN : CUE_LETTERS_NONE;
}

bool cue_is_now(const struct cues *c, const struct text *text, uint32_t start)
{
	uint32_t len;

	return cue_before(c, text, start, 0, &len) & NOW_BEFORE ||
	       cue_before(c, text, cue_skip_back(c, text, start), 0, &len) & NOW_BEFORE;
}

bool cue_is_correction(const struct cues *c, const struct text *text, uint32_t start)
{
	uint32_t len;

	return cue_before(c, text, start, 0, &len) & RIGHT_BEFORE ||
	       cue_before(c, text, cue_skip_back(c, text, start), 0, &len) & RIGHT_BEFORE;
}

bool cue_is_past(const struct cues *c, const struct text *text, uint32_t start, uint32_t end)
{
	uint32_t len;

	if (cue_before(c, text, start, 0, &len) & (FIRST_BEFORE | PAST_BEFORE | STAGE_BEFORE))
		return true;
	return cue_after(c, text, end, 0, &len) & DONE_AFTER;
}

bool cue_is_of_others(const struct cues *c, const struct text *text, uint32_t start)
{
	uint32_t len;

	return cue_before(c, text, start, 0, &len) & OTHERS_BEFORE;
}

bool cue_is_home(const struct cues *c, const struct text *text, uint32_t start)
{
	uint32_t len;

	return cue_before(c, text, start, 0, &len) & HOME_BEFORE ||
	       cue_before(c, text, cue_skip_back(c, text, start), 0, &len) & HOME_BEFORE;
}

bool cue_is_still(const struct cues *c, const struct text *text, uint32_t start)
{
	uint32_t len;

	return cue_before(c, text, start, 0, &len) & STILL_BEFORE;
}

bool cue_is_back(const struct cues *c, const struct text *text, uint32_t start)
{
	uint32_t len;

	return cue_before(c, text, start, 0, &len) & BACK_BEFORE;
}

bool cue_is_from(const struct cues *c, const struct text *text, uint32_t start)
{
	uint32_t len;

	return cue_before(c, text, start, 0, &len) & (FROM_BEFORE | FROM_LETTERS);
}

bool cue_is_move(const struct cues *c, const struct text *text, uint32_t from, uint32_t to)
{
	uint32_t len;

	cue_after(c, text, from, MOVE_AFTER, &len);
	if (len && from + len < to && text->chars[from + len] == ' ')
		len++;
	return len && from + len == to;
}

bool cue_is_people(const struct cues *c, const struct text *text, uint32_t start, uint32_t end)
{
	uint32_t len, ahead = cue_after(c, text, end, 0, &len);

	if (ahead & PEOPLE_AFTER || cue_heard_after(c, text, end, PEOPLE_AFTER))
		return true;
	return ahead & POSSESSIVE && cue_before(c, text, start, 0, &len) & SELF_BEFORE;
}
