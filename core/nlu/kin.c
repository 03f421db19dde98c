/* SPDX-License-Identifier: Apache-2.0 */
/* kin.c - the words for people, as an automaton, and whether they stand for somebody's own. */
#include "nlu/kin.h"

#include <string.h>
#include <pthread.h>

#include "base/utf8.h"
#include "nlu/story.h"
#include "nlu/trie.h"

#define WORD_CHARS   16
#define KNOWN        (1u << 16) /* a value of the automaton: then who, then which of them */
#define ORDERS       6  /* from here on 表, 堂: other people, not other names for the same */
#define BEFORE_CHARS 12 /* what leads somebody in */

struct row {
	const char *id; /* kept in files: never changes */
	char gender;    /* 'm', 'f', 0: either or both */
	enum kin_group group;
	uint8_t members[2];
	bool has_orders;
	const char *words; /* blanks between; a low line is a blank inside of one */
};

static const struct row rows[KIN_KINDS] = {
    /* What only begins like a person. */
    [KIN_NONE] = {.id = "",
		  .words =
		      "老公司 朋友圈 领导小组 学生证 学生卡 员工宿舍 客户端 客户经理 老板娘 妈祖 "
		      "孩子王 同学会 弟子 妹纸 先生们 女儿红 娘家 婆家 侄媳 孙媳"},
    [KIN_SELF] = {.id = "self",
		  .words =
		      "我 俺 咱 偶 本人 我自己 我本人 俺自己 自己 我们 咱们 俺们 我家 俺家 咱家 "
		      "我们家 咱们家 俺们家 阿拉 我哋 wo i me my"},
    [KIN_HE] = {.id = "he", .gender = 'm', .words = "他 他自己 他本人 he him his"},
    [KIN_SHE] = {.id = "she", .gender = 'f', .words = "她 她自己 她本人 she her"},
    [KIN_ONE] = {.id = "one", .words = "佢 渠 伊 ta"},
    [KIN_THEY] = {.id = "they", .words = "他们 她们 他俩 她俩 他两 佢哋 they them their"},
    [KIN_FATHER] = {.id = "father",
		    .gender = 'm',
		    .words = "爸 爸爸 老爸 父亲 爹 老爹 爹爹 阿爸 爸比 老豆 俺爹 老父亲 家父 "
			     "baba laoba dad daddy father"},
    [KIN_MOTHER] = {.id = "mother",
		    .gender = 'f',
		    .words =
			"妈 妈妈 老妈 母亲 娘 老娘 娘亲 阿妈 妈咪 老母 老妈妈 老妈子 老母亲 家母 "
			"mama laoma mom mum mother mommy"},
    [KIN_PARENTS] = {.id = "parents",
		     .group = KIN_BOTH,
		     .members = {KIN_FATHER, KIN_MOTHER},
		     .words = "爸妈 父母 爹妈 爹娘 爸爸妈妈 妈妈爸爸 双亲 父母亲 老爸老妈 爸和妈 "
			      "爸跟妈 爸妈他们 父母他们 bama fumu parents"},
    [KIN_HUSBAND] = {.id = "husband",
		     .gender = 'm',
		     .words =
			 "老公 丈夫 先生 孩子他爸 孩子爸 孩子爸爸 娃他爸 娃爸 男朋友 男友 男票 "
			 "未婚夫 老工 laogong husband boyfriend"},
    [KIN_WIFE] = {.id = "wife",
		  .gender = 'f',
		  .words = "老婆 媳妇 媳妇儿 妻子 太太 孩子他妈 孩子妈 孩子妈妈 娃他妈 娃妈 女朋友 "
			   "女友 女票 未婚妻 老破 老坡 laopo xifu wife girlfriend"},
    [KIN_SPOUSE] = {.id = "spouse",
		    .group = KIN_EITHER,
		    .members = {KIN_HUSBAND, KIN_WIFE},
		    .words = "爱人 对象 老伴 老伴儿 配偶 另一半 另1半 duixiang airen spouse"},
    [KIN_SON] = {.id = "son",
		 .gender = 'm',
		 .has_orders = true,
		 .words = "儿子 崽 崽崽 仔 erzi son"},
    [KIN_DAUGHTER] = {.id = "daughter",
		      .gender = 'f',
		      .has_orders = true,
		      .words = "女儿 闺女 囡囡 丫头 姑娘 nver daughter"},
    [KIN_CHILD] = {.id = "child",
		   .group = KIN_EITHER,
		   .members = {KIN_SON, KIN_DAUGHTER},
		   .has_orders = true,
		   .words =
		       "孩子 小孩 小孩子 娃 娃儿 娃娃 宝宝 小朋友 细路 伢 haizi kid child baby"},
    [KIN_ELDER_BROTHER] = {.id = "elder_brother",
			   .gender = 'm',
			   .has_orders = true,
			   .words = "哥 哥哥 老哥 阿哥 gege brother"},
    [KIN_YOUNGER_BROTHER] = {.id = "younger_brother",
			     .gender = 'm',
			     .has_orders = true,
			     .words = "弟 弟弟 老弟 阿弟 细佬 didi"},
    [KIN_ELDER_SISTER] = {.id = "elder_sister",
			  .gender = 'f',
			  .has_orders = true,
			  .words = "姐 姐姐 老姐 阿姐 jiejie sister"},
    [KIN_YOUNGER_SISTER] = {.id = "younger_sister",
			    .gender = 'f',
			    .has_orders = true,
			    .words = "妹 妹妹 老妹 阿妹 妹子 meimei"},
    [KIN_FATHERS_FATHER] = {.id = "fathers_father", .gender = 'm', .words = "爷爷 yeye"},
    [KIN_FATHERS_MOTHER] = {.id = "fathers_mother", .gender = 'f', .words = "奶奶 阿嬷 nainai"},
    [KIN_FATHERS_PARENTS] = {.id = "fathers_parents",
			     .group = KIN_BOTH,
			     .members = {KIN_FATHERS_FATHER, KIN_FATHERS_MOTHER},
			     .words = "爷爷奶奶 爷奶"},
    [KIN_MOTHERS_FATHER] = {.id = "mothers_father",
			    .gender = 'm',
			    .words = "外公 姥爷 外爷 waigong laoye"},
    [KIN_MOTHERS_MOTHER] = {.id = "mothers_mother",
			    .gender = 'f',
			    .words = "外婆 姥姥 姥娘 家婆 阿婆 waipo laolao"},
    [KIN_MOTHERS_PARENTS] = {.id = "mothers_parents",
			     .group = KIN_BOTH,
			     .members = {KIN_MOTHERS_FATHER, KIN_MOTHERS_MOTHER},
			     .words = "外公外婆 姥姥姥爷 姥爷姥姥"},
    [KIN_HUSBANDS_FATHER] = {.id = "husbands_father", .gender = 'm', .words = "公公 gonggong"},
    [KIN_HUSBANDS_MOTHER] = {.id = "husbands_mother", .gender = 'f', .words = "婆婆 popo"},
    [KIN_HUSBANDS_PARENTS] = {.id = "husbands_parents",
			      .group = KIN_BOTH,
			      .members = {KIN_HUSBANDS_FATHER, KIN_HUSBANDS_MOTHER},
			      .words = "公婆 公公婆婆"},
    [KIN_WIFES_FATHER] = {.id = "wifes_father", .gender = 'm', .words = "岳父 丈人 老丈人 yuefu"},
    [KIN_WIFES_MOTHER] = {.id = "wifes_mother", .gender = 'f', .words = "岳母 丈母娘 yuemu"},
    [KIN_WIFES_PARENTS] = {.id = "wifes_parents",
			   .group = KIN_BOTH,
			   .members = {KIN_WIFES_FATHER, KIN_WIFES_MOTHER},
			   .words = "岳父母 岳父岳母"},
    [KIN_UNCLE] = {.id = "uncle",
		   .gender = 'm',
		   .has_orders = true,
		   .words = "叔 叔叔 伯 伯伯 伯父 shushu uncle"},
    [KIN_MOTHERS_BROTHER] = {.id = "mothers_brother",
			     .gender = 'm',
			     .has_orders = true,
			     .words = "舅 舅舅 jiujiu"},
    [KIN_FATHERS_SISTER] = {.id = "fathers_sister",
			    .gender = 'f',
			    .has_orders = true,
			    .words = "姑 姑姑 姑妈 姑母 gugu aunt"},
    [KIN_MOTHERS_SISTER] = {.id = "mothers_sister",
			    .gender = 'f',
			    .has_orders = true,
			    .words = "姨 姨妈 姨母 阿姨"},
    [KIN_SISTER_IN_LAW] = {.id = "sister_in_law",
			   .gender = 'f',
			   .has_orders = true,
			   .words = "嫂 嫂子 弟媳 弟妹 弟媳妇"},
    [KIN_BROTHER_IN_LAW] = {.id = "brother_in_law",
			    .gender = 'm',
			    .has_orders = true,
			    .words = "姐夫 妹夫 姊夫"},
    [KIN_AUNT_IN_LAW] = {.id = "aunt_in_law",
			 .gender = 'f',
			 .has_orders = true,
			 .words = "舅妈 舅母 婶 婶婶 婶子 伯母"},
    [KIN_UNCLE_IN_LAW] = {.id = "uncle_in_law",
			  .gender = 'm',
			  .has_orders = true,
			  .words = "姑父 姑丈 姑爹 姨父 姨丈 姨夫"},
    [KIN_SON_IN_LAW] = {.id = "son_in_law", .gender = 'm', .words = "女婿"},
    [KIN_DAUGHTER_IN_LAW] = {.id = "daughter_in_law",
			     .gender = 'f',
			     .words = "儿媳 儿媳妇 儿媳妇儿"},
    [KIN_NEPHEW] = {.id = "nephew", .gender = 'm', .words = "侄子 侄儿 外甥"},
    [KIN_NIECE] = {.id = "niece", .gender = 'f', .words = "侄女 外甥女"},
    [KIN_GRANDSON] = {.id = "grandson", .gender = 'm', .words = "孙子 外孙"},
    [KIN_GRANDDAUGHTER] = {.id = "granddaughter", .gender = 'f', .words = "孙女 外孙女"},
    [KIN_FRIEND] = {.id = "friend", .words = "朋友 好朋友 好友 闺蜜 哥们 哥们儿 pengyou friend"},
    [KIN_COLLEAGUE] = {.id = "colleague", .words = "同事 工友 tongshi colleague coworker"},
    [KIN_CLASSMATE] = {.id = "classmate", .words = "同学 tongxue classmate"},
    [KIN_ROOMMATE] = {.id = "roommate", .words = "室友 舍友 shiyou roommate"},
    [KIN_COMPATRIOT] = {.id = "compatriot", .words = "老乡"},
    [KIN_NEIGHBOUR] = {.id = "neighbour", .words = "邻居 neighbor neighbour"},
    [KIN_EMPLOYEE] = {.id = "employee", .words = "员工 工人 徒弟 保姆 下属"},
    [KIN_BOSS] = {.id = "boss", .words = "老板 领导 上司 laoban boss"},
    [KIN_LANDLORD] = {.id = "landlord", .words = "房东 landlord"},
    [KIN_TENANT] = {.id = "tenant", .words = "租客 租户 房客 tenant"},
    [KIN_CUSTOMER] = {.id = "customer", .words = "客户 顾客"},
    [KIN_STUDENT] = {.id = "student", .words = "学生"},
};

/* 大哥 … 小女儿; an id ends with the number. */
static const char *const orders[] = {"", "大", "二", "三", "四", "小", "表", "堂"};
#define N_ORDERS (sizeof(orders) / sizeof(orders[0]))

static struct trie words;
/* Not call_once(), which the thread sanitizer does not know. */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void put_word(struct view prefix, struct view word, uint32_t value)
{
	uint32_t chars[WORD_CHARS];
	size_t n = utf8_take(&prefix, chars, 1);

	n += utf8_take(&word, chars + n, WORD_CHARS - 1);
	for (size_t i = 0; i < n; i++)
		if (chars[i] == '_')
			chars[i] = ' ';
	/* 小姑 is a word by itself, too: whoever comes first has the older right. */
	if (*trie_put(&words, chars, n) == 0)
		*trie_put(&words, chars, n) = value;
}

static bool is_han(struct view word)
{
	return word.len > 0 && (unsigned char)word.ptr[0] >= 0x80;
}

/* Lives as long as the process, like every table that is built once. */
static void get_ready(void)
{
	trie_init(&words);
	for (uint32_t order = 0; order < N_ORDERS; order++)
		for (uint32_t who = KIN_NONE; who < KIN_KINDS; who++) {
			struct view rest = view_of(rows[who].words), word;

			while ((order == 0 || rows[who].has_orders) &&
			       view_split(&rest, ' ', &word))
				if (order == 0 || is_han(word))
					put_word(view_of(orders[order]), word,
						 KNOWN | who << 8 | order);
		}
}

static bool is_letter_at(const struct text *t, size_t at)
{
	return at < t->n_chars && char_is_letter(t->chars[at]);
}

/* The longest word for a person that begins at `at`: how many characters, 0: none does. */
static size_t word_at(const struct text *t, size_t at, struct kin *ret)
{
	uint32_t state = 0, value = 0;
	size_t len = 0;

	if (at > 0 && is_letter_at(t, at) && is_letter_at(t, at - 1))
		return 0;
	for (size_t i = at; i < t->n_chars; i++) {
		state = trie_step(&words, state, t->chars[i]);
		if (!state)
			break;
		if (!words.values[state] || (is_letter_at(t, i) && is_letter_at(t, i + 1)))
			continue;
		value = words.values[state];
		len = i + 1 - at;
	}
	if (value < (KNOWN | KIN_SELF << 8))
		return 0;
	*ret = (struct kin){(uint8_t)(value >> 8), (uint8_t)(value & 0xff)};
	return len;
}

enum kin_group kin_members(enum kin_who who, enum kin_who ret[2])
{
	const struct row *r = &rows[who];

	ret[0] = r->members[0];
	ret[1] = r->members[1];
	return r->group;
}

enum kin_who kin_group_of(enum kin_who who)
{
	for (int i = 1; i < KIN_KINDS; i++)
		if (rows[i].group != KIN_ALONE &&
		    (rows[i].members[0] == who || rows[i].members[1] == who))
			return i;
	return KIN_NONE;
}

bool kin_may_be(struct kin a, struct kin b)
{
	if (a.who == b.who)
		return a.order == b.order ||
		       ((!a.order || !b.order) && a.order < ORDERS && b.order < ORDERS);
	return kin_group_of(a.who) == b.who || kin_group_of(b.who) == a.who;
}

bool kin_fits(struct kin pronoun, struct kin k)
{
	char wanted = rows[pronoun.who].gender, is = rows[k.who].gender;

	return pronoun.who != KIN_THEY && k.who > KIN_THEY && rows[k.who].group != KIN_BOTH &&
	       (!wanted || !is || wanted == is);
}

void kin_id(struct kin k, char ret[KIN_ID_MAX])
{
	const char *id = rows[k.who].id ? rows[k.who].id : "";
	size_t len = strlen(id);

	memcpy(ret, id, len);
	if (k.order)
		ret[len++] = (char)('0' + k.order);
	ret[len] = '\0';
}

struct kin kin_of_id(struct view id)
{
	struct kin k = {KIN_NONE, 0};

	if (id.len > 1 && id.ptr[id.len - 1] > '0' && id.ptr[id.len - 1] < '0' + (int)N_ORDERS)
		k.order = (uint8_t)(id.ptr[--id.len] - '0');
	for (int i = 1; i < KIN_KINDS; i++)
		if (!kin_is_pronoun((struct kin){(uint8_t)i, 0}) && view_is(id, rows[i].id) &&
		    (!k.order || rows[i].has_orders))
			k.who = (uint8_t)i;
	return k.who ? k : (struct kin){KIN_NONE, 0};
}

/* 我的, 我家那个, 我有个: between whoever writes and who is theirs. */
static size_t skip_own(const struct text *t, size_t at)
{
	static const char *const links[] = {
	    "的",   "家",   "家的", "家里", "那",   "那个", "这个",   "有个",   "有1个",  "有一个",
	    "1个",  "一个", "个",   "1位",  "一位", "位",   "有位",   "亲",     "嘅",     "以前的",
	    "大学", "高中", "初中", "公司", "单位", "厂里", "单位的", "公司的", "老家的", " "};
	size_t len;

	while ((len = STARTS(text_part(t, at, t->n_chars), links)) > 0)
		at = text_char_at(t, t->bytes[at] + len);
	return at;
}

/* Nobody else's: at the beginning of a clause, or behind what a person may stand behind. */
static bool is_free(const struct text *t, size_t at)
{
	static const char *const marks[] = {",",  "。", "?", "!", ";", ":",
					    "、", " ",  "…", "~", "("};
	static const char *const leads[] = {
	    "那",   "和",   "跟",   "与",   "同",   "及",   "给", "帮",   "替",   "为",
	    "代",   "让",   "叫",   "请",   "问",   "陪",   "带", "是",   "但",   "而",
	    "因为", "由于", "如果", "要是", "假如", "万一", "等", "现在", "目前", "今天",
	    "昨天", "还有", "以及", "把",   "接",   "送",   "有", "对",   "关于", "至于",
	    "说",   "想",   "要",   "my ",  "喺",   "系",   "係", "派",   "托",   "委托",
	    "就",   "连",   "换",   "用",   "拿",   "凭",   "租", "借",   "of ",  "for "};
	static const char *const counts[] = {"个", "位", "名"};
	static const char *const more[] = {"另", "别", "其他", "其它", "哪", "某", "几", "每"};
	size_t from = at > BEFORE_CHARS ? at - BEFORE_CHARS : 0;
	struct view before = text_part(t, from, at);

	if (at == 0 || ENDS(before, marks) || ENDS(before, leads))
		return true;
	return ENDS(before, counts) && !HOLDS(text_part(t, at > 4 ? at - 4 : 0, at), more);
}

/* 奶奶住无锡|爷爷住常州: without a mark, as blanks are folded away. */
static bool is_behind_place(const struct mentions *places, size_t at)
{
	for (size_t i = 0; i < places->n; i++)
		if (places->items[i].end == at)
			return true;
	return false;
}

/* 我吗的医保卡, wo ma de: what only sounds like it, where nothing else can stand. */
static size_t misheard_at(const struct text *t, size_t at, struct kin *ret)
{
	static const char *const mothers[] = {"吗", "麻", "马", "码", "骂", "ma "};
	static const char *const fathers[] = {"吧", "巴", "把", "霸", "罢", "ba "};
	static const char *const theirs[] = {"的",   "嘅",  "那边",   "那里",
					     "那儿", "de ", "nabian", "na bian"};
	static const char *const placed[] = {"在", "住", "zai ", "zhu "};
	struct view v = text_part(t, at, t->n_chars), rest;
	size_t mother = STARTS(v, mothers), len = mother ? mother : STARTS(v, fathers);

	if (!len)
		return 0;
	rest = view_sub(v, len, v.len);
	/* 我把在成都办的居住证弄丢了 */
	if (!STARTS(rest, theirs) && (!STARTS(rest, placed) || view_starts(v, VIEW("把"))))
		return 0;
	*ret = (struct kin){mother ? KIN_MOTHER : KIN_FATHER, 0};
	return v.ptr[len - 1] == ' ' ? len - 1 : 1;
}

/* 的老婆, 他妈, 爸妈: of somebody who is spoken of, somebody else. */
static size_t others_at(const struct text *t, size_t at)
{
	static const char *const links[] = {"的", "嘅", "家", "家的", "那个", "他", "她", "的那个"};
	size_t next = at, len;
	struct kin k;

	while ((len = STARTS(text_part(t, next, t->n_chars), links)) > 0)
		next = text_char_at(t, t->bytes[next] + len);
	len = word_at(t, next, &k);
	return len > 0 && k.who > KIN_THEY ? next + len : 0;
}

/* 我的妈呀, 天哪妈呀 */
static bool is_exclaimed(const struct text *t, size_t end)
{
	static const char *const tails[] = {"呀", "耶", "诶", "哎", "啊,", "啊!"};

	return STARTS(text_part(t, end, t->n_chars), tails) > 0;
}

size_t kin_spoken(const struct text *text, const struct mentions *places,
		  struct kin_spoken ret[KIN_SPOKEN_MAX])
{
	size_t n = 0, i = 0;

	pthread_once(&once, get_ready);
	while (i < text->n_chars && n < KIN_SPOKEN_MAX) {
		struct kin_spoken p = {.start = (uint32_t)i};
		size_t len = word_at(text, i, &p.kin), end = i + len, at;
		struct kin k;

		if (!len) {
			i++;
			continue;
		}
		if (p.kin.who == KIN_SELF) {
			at = skip_own(text, end);
			len = word_at(text, at, &k);
			len = len ? len : misheard_at(text, at, &k);
			if (len > 0 && k.who > KIN_THEY) {
				p.kin = k;
				end = at + len;
			}
		} else if (!is_free(text, i) && !is_behind_place(places, i)) {
			i = end;
			continue;
		}
		while (p.kin.who != KIN_SELF && (at = others_at(text, end)) > 0) {
			p.is_others = true;
			end = at;
		}
		/* 我老公他 */
		len = word_at(text, end, &k);
		if (len > 0 && kin_is_pronoun(k) && p.kin.who > KIN_THEY)
			end += len;
		p.end = (uint32_t)end;
		i = end;
		if (p.kin.who == KIN_MOTHER && is_exclaimed(text, end))
			continue;
		ret[n++] = p;
	}
	return n;
}

struct kin kin_antecedent(const struct kin_spoken *people, const struct kin_spoken *p)
{
	struct kin found = {KIN_NONE, 0};
	bool is_exact = false;

	for (const struct kin_spoken *last = p; last-- > people;) {
		bool exact = rows[last->kin.who].gender &&
			     rows[last->kin.who].gender == rows[p->kin.who].gender;

		if (last->is_others)
			return (struct kin){KIN_THEY, 0};
		if (!kin_fits(p->kin, last->kin) || kin_eq(last->kin, found) ||
		    (is_exact && !exact))
			continue;
		/* 我妈帮我带孩子，她: a child may be she, my mother is. */
		if (found.who && is_exact == exact)
			return (struct kin){KIN_THEY, 0};
		found = last->kin;
		is_exact = exact;
	}
	return found;
}

uint32_t kin_clause_start(const struct text *text, uint32_t at)
{
	while (at > 0 && !story_is_end(text->chars[at - 1]))
		at--;
	return at;
}

struct kin kin_before(const struct text *text, size_t at)
{
	pthread_once(&once, get_ready);
	for (size_t len = at < WORD_CHARS ? at : WORD_CHARS; len > 0; len--) {
		struct kin k;

		if (word_at(text, at - len, &k) == len && !kin_is_pronoun(k))
			return k;
	}
	return (struct kin){KIN_NONE, 0};
}
