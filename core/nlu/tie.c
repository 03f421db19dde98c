/* SPDX-License-Identifier: Apache-2.0 */
/* tie.c - the words that tie somebody to a place; see tie.h. */
#include "nlu/tie.h"

#include "base/utf8.h"

#define WORD_CHARS 16

static const char *const lists[] = {
    [TIE_LIVES] =
	"住 住在 租 租在 租房 租住 居住 常住 家在 家住 安家 定居 落脚 生活 待 待在 呆 呆在 "
	"人在 屋企 常驻 租了 买房 有房 zhu zhu_zai live lives living stay staying rent ren_zai",
    [TIE_WORKS] =
	"上班 班儿 工作 打工 返工 做工 做事 做嘢 公司 公司在 单位 单位在 厂 工厂 店 开店 门店 "
	"生意 做生意 干活 工地 项目 务工 就业 任职 出差 派到 派驻 驻 总部 分公司 注册 跑单 进货 "
	"gongzuo shangban dagong gongsi danwei work works working office company",
    [TIE_STUDIES] =
	"读书 上学 上大学 念书 念 读 就读 大学 学校 读研 求学 毕业 dushu shangxue study "
	"studying school university",
    [TIE_INSURED] =
	"参保 社保 医保 缴 缴纳 交的 农合 养老 公积金 保险 买的 办的 发的 卡 卡是 shebao yibao "
	"canbao card",
    [TIE_HOUSEHOLD] =
	"户口 户口在 户籍 户籍在 老家 籍贯 原籍 籍 落户 娘家 婆家 老屋 家乡 人 的人 hukou "
	"laojia huji hometown ren",
    [TIE_SELF] = "我 俺 咱 偲 额 本人 自己 我们 阿拉 侬好 wo i my me 我司 我自己",
    [TIE_OTHERS] =
	"妈 爸 爹 娘 爷 奶 外婆 外公 姥 公公 婆婆 岳 老公 老婆 媳妇 丈夫 妻 儿子 女儿 闺女 儿 女 "
	"孩子 娃 小孩 "
	"崽 弟 哥 姐 妹 舅 姑 姨 叔 伯 侄 甥 孙 友 同学 同事 室友 员工 客户 工人 师傅 老板 邻居 他 "
	"她 佢 渠 老人 "
	"太太 先生 对象 爱人 父母 父亲 母亲 家人 亲戚 老乡 徒弟 学生 租客 房东 伢 嫂 mama baba "
	"laogong laopo erzi "
	"nver pengyou tongxue tongshi ta mom dad mother father husband wife son daughter friend "
	"colleague girlfriend boyfriend brother sister",
};

static void put_word(struct trie *words, struct view word, enum tie tie)
{
	uint32_t chars[WORD_CHARS];
	size_t n = utf8_take(&word, chars, WORD_CHARS);

	for (size_t i = 0; i < n; i++)
		if (chars[i] == '_')
			chars[i] = ' ';
	*trie_put(words, chars, n) = (uint32_t)tie;
}

void ties_init(struct trie *words)
{
	trie_init(words);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct view rest = lists[i] ? view_of(lists[i]) : view_make("", 0), word;

		while (view_split(&rest, ' ', &word))
			if (word.len)
				put_word(words, word, (enum tie)i);
	}
}

static bool is_letter_at(const struct text *text, uint32_t at)
{
	return at < text->n_chars && char_is_letter(text->chars[at]);
}

/* The longest word that stands at `at` and ends by `to`; its length, or 0. */
static uint32_t word_at(const struct trie *words, const struct text *text, uint32_t at, uint32_t to,
			enum tie *ret)
{
	uint32_t state = 0, len = 0;

	if (at > 0 && is_letter_at(text, at) && is_letter_at(text, at - 1))
		return 0;
	for (uint32_t i = at; i < to; i++) {
		state = trie_step(words, state, text->chars[i]);
		if (!state)
			break;
		if (!words->values[state] || (is_letter_at(text, i) && is_letter_at(text, i + 1)))
			continue;
		*ret = (enum tie)words->values[state];
		len = i + 1 - at;
	}
	return len;
}

/* Behind the matter's word that covers `at`; `at` if none does. *next goes along with `at`. */
static uint32_t skip_term(const struct term_hits *terms, size_t *next, uint32_t at)
{
	const struct term_hit *hit;

	while (*next < terms->n && terms->items[*next].end <= at)
		++*next;
	hit = *next < terms->n ? &terms->items[*next] : NULL;
	return hit && hit->start <= at && hit->term->matter ? hit->end : at;
}

void ties_find(const struct trie *words, const struct text *text, const struct term_hits *terms,
	       uint32_t begin, uint32_t from, uint32_t start, uint32_t end, uint32_t to,
	       struct ties *ret)
{
	enum tie tie = TIE_NONE;
	size_t term = 0;

	*ret = (struct ties){TIE_NONE, TIE_NONE, TIE_NONE};
	for (uint32_t i = begin, next; i < start; i = next) {
		uint32_t len;

		next = skip_term(terms, &term, i);
		if (next > i)
			continue;
		len = word_at(words, text, i, start, &tie);
		next = i + (len ? len : 1);
		if (!len)
			continue;
		if (tie >= TIE_SELF)
			ret->who = tie;
		else if (i >= from)
			ret->before = tie;
	}
	for (uint32_t i = end, next; i < to && !ret->behind; i = next) {
		next = skip_term(terms, &term, i);
		if (next > i)
			continue;
		if (word_at(words, text, i, to, &tie) && tie < TIE_SELF)
			ret->behind = tie;
		next = i + 1;
	}
}
