/* SPDX-License-Identifier: Apache-2.0 */
/* whose.c - several people in several places, and whose thing is asked about. */
#include "nlu/kin.h"
#include "nlu/known.h"

/* The character behind what is left of the text up to `at` without one of these at its end. */
static size_t without_end(const struct text *t, size_t at, const char *const *ends, size_t n)
{
	return text_char_at(t, t->bytes[at] - view_ends_any(text_part(t, 0, at), ends, n));
}
#define WITHOUT(t, at, list) without_end(t, at, list, sizeof(list) / sizeof(*(list)))

/* 我老婆现在住在|佛山: who is there. */
static struct kin person_in(const struct search *s, const struct mention *m)
{
	static const char *const in[] = {"在", "住在", "人在", "搬到", "住", "去了", "嫁到", "喺"};
	static const char *const now[] = {"现在",   "目前",   "还",   "一直", "也",   "都",  "人",
					  "一个人", "现在人", "人还", "今年", "这边", "这儿"};
	size_t at = WITHOUT(s->text, m->start, in);

	if (at == m->start)
		return (struct kin){KIN_NONE, 0};
	return kin_before(s->text, WITHOUT(s->text, at, now));
}

/* 我爸居住证怎么补: the owner of what is asked about; the last one. */
static struct kin owner_of(const struct search *s)
{
	static const char *const of[] = {"的",     "嘅",     "那张", "的那张", "那边的",
					 "这边的", "那边",   "这边", "那个",   "想办",
					 "要办",   "想补办", "办"};

	for (size_t i = s->terms->n; i-- > 0;) {
		struct kin who =
		    kin_before(s->text, WITHOUT(s->text, s->terms->items[i].start, of));

		if (who.who)
			return who;
	}
	return (struct kin){KIN_NONE, 0};
}

bool known_is_whose(const struct search *s)
{
	/* It may have been given elsewhere. */
	static const char *const elsewhere[] = {"老家", "参保", "户口", "户籍", "交的", "办的",
						"领的", "发的", "缴",   "一起", "都想", "过去"};
	struct view all = text_part(s->text, 0, s->text->n_chars);
	struct kin who[LIMIT_MENTIONS], owner;
	bool has_own = false, has_other = false;

	if (s->n < 2 || HOLDS(all, elsewhere) || focus_holds_compare(all) || focus_holds_carry(all))
		return false;
	owner = owner_of(s);
	if (!owner.who)
		return false;
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];
		bool goes_on = i > 0 && places_are_adjacent(s, m - 1, m);

		if (m->role == MENTION_NEGATED || m->role == MENTION_PART ||
		    m->name->kind == REGION_NAME_APP || thing_is_named(s, m))
			return false;
		who[i] = goes_on ? who[i - 1] : person_in(s, m);
		if (!who[i].who)
			return false;
		has_own |= kin_may_be(who[i], owner);
		has_other |= !kin_may_be(who[i], owner);
	}
	if (!has_own || !has_other)
		return false;
	for (size_t i = 0; i < s->n; i++)
		s->found[i].role = kin_may_be(who[i], owner) ? MENTION_TARGET : MENTION_BESIDE;
	return true;
}
