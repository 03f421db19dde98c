/* SPDX-License-Identifier: Apache-2.0 */
/* whose.c - several people in several places, and whose thing is asked about. */
#include "nlu/known.h"

#define PERSON_NONE (-1)
#define PERSON_SELF 0

/* Each line is one person, whatever they are called. */
static const char *const people[] = {
    "我 我自己 本人 自己 俺 我本人 我这边 我这儿",
    "爸 爸爸 老爸 父亲 我爹 老爹 阿爸",
    "妈 妈妈 老妈 母亲 我娘 老娘 阿妈 媽 媽媽",
    "老婆 媳妇 爱人 妻子 太太 老伴 对象 女朋友 男朋友 女友 男友 未婚妻 未婚夫",
    "老公 丈夫 先生 孩子他爸 孩子爸",
    "儿子 女儿 闺女 孩子 小孩 娃 宝宝 仔 囡囡",
    "哥 哥哥 大哥 二哥 表哥 堂哥",
    "弟 弟弟 表弟 堂弟",
    "姐 姐姐 大姐 表姐 堂姐",
    "妹 妹妹 表妹 堂妹",
    "公公 婆婆 公婆",
    "岳父 岳母 丈人 丈母娘 岳父母",
    "爷爷 奶奶",
    "外公 外婆 姥姥 姥爷",
    "爸妈 父母 爹妈",
    "朋友 同事 同学 室友 工友 老乡 闺蜜 哥们",
};
#define PEOPLE_N (sizeof(people) / sizeof(*people))

/* Who is named last in `words`, right at their end. */
static int person_at_end(struct view words)
{
	int found = PERSON_NONE;
	size_t longest = 0;

	for (size_t i = 0; i < PEOPLE_N; i++) {
		struct view list = view_of(people[i]), word;

		while (view_split(&list, ' ', &word))
			if (word.len > longest && view_ends(words, word)) {
				longest = word.len;
				found = (int)i;
			}
	}
	return found;
}

static struct view without_end(struct view words, const char *const *ends, size_t n)
{
	return view_sub(words, 0, words.len - view_ends_any(words, ends, n));
}
#define WITHOUT(words, list) without_end(words, list, sizeof(list) / sizeof(*(list)))

/* 我老婆现在住在|佛山: who is there. */
static int person_in(const struct search *s, const struct mention *m)
{
	static const char *const in[] = {"在", "住在", "人在", "搬到", "住", "去了", "嫁到", "喺"};
	static const char *const now[] = {"现在", "目前",   "还",     "一直", "也",  "都",
					  "人",   "一个人", "现在人", "人还", "今年"};
	struct view before = text_part(s->text, 0, m->start);
	struct view who = WITHOUT(before, in);

	return who.len == before.len ? PERSON_NONE : person_at_end(WITHOUT(who, now));
}

/* 我爸居住证怎么补: the owner of what is asked about; the last one. */
static int owner_of(const struct search *s)
{
	static const char *const of[] = {"的",     "嘅",     "那张", "的那张", "那边的",
					 "这边的", "那边",   "这边", "那个",   "想办",
					 "要办",   "想补办", "办"};

	for (size_t i = s->terms->n; i-- > 0;) {
		uint32_t start = s->terms->items[i].start;
		int who = person_at_end(WITHOUT(text_part(s->text, 0, start), of));

		if (who != PERSON_NONE)
			return who;
	}
	return PERSON_NONE;
}

bool known_is_whose(const struct search *s)
{
	/* It may have been given elsewhere. */
	static const char *const elsewhere[] = {"老家", "参保", "户口", "户籍", "交的", "办的",
						"领的", "发的", "缴",   "一起", "都想", "过去"};
	struct view all = text_part(s->text, 0, s->text->n_chars);
	int who[LIMIT_MENTIONS], owner;
	bool has_own = false, has_other = false;

	if (s->n < 2 || HOLDS(all, elsewhere) || focus_holds_compare(all) || focus_holds_carry(all))
		return false;
	owner = owner_of(s);
	if (owner == PERSON_NONE)
		return false;
	for (size_t i = 0; i < s->n; i++) {
		const struct mention *m = &s->found[i];
		bool goes_on = i > 0 && places_are_adjacent(s, m - 1, m);

		if (m->role == MENTION_NEGATED || m->role == MENTION_PART ||
		    m->name->kind == REGION_NAME_APP || thing_is_named(s, m))
			return false;
		who[i] = goes_on ? who[i - 1] : person_in(s, m);
		if (who[i] == PERSON_NONE)
			return false;
		has_own |= who[i] == owner;
		has_other |= who[i] != owner;
	}
	if (!has_own || !has_other)
		return false;
	for (size_t i = 0; i < s->n; i++)
		s->found[i].role = who[i] == owner ? MENTION_TARGET : MENTION_BESIDE;
	return true;
}
