/* SPDX-License-Identifier: Apache-2.0 */
/* refer.c - see refer.h. */
#include "dialog/refer.h"

#include "base/buf.h"

#define LEAD_BYTES    12 /* before 不是问: 不对， 哎 我 */
#define INSTEAD_BYTES 24 /* of what is taken back, and of what comes instead */

static ptrdiff_t find_any(struct view v, const char *const *words, size_t n, size_t *ret_len)
{
	ptrdiff_t best = -1;

	for (size_t i = 0; i < n; i++) {
		struct view w = view_of(words[i]);
		ptrdiff_t at = view_find(v, w);

		if (at >= 0 && (best < 0 || at < best || (at == best && w.len > *ret_len))) {
			best = at;
			*ret_len = w.len;
		}
	}
	return best;
}

struct view refer_corrected(struct view text)
{
	/* Only asking is taken back; 不是三天就好吗 is a question. */
	static const char *const back[] = {"不是问",   "不是想问", "不是要问", "没问你",
					   "没有问你", "我没问",   "没让你说", "不是说"};
	static const char *const forth[] = {"是问",     "我问的是", "我是问", "是想问",   "是要问",
					    "想问的是", "我想问",   "而是问", "我要问",   "问的是",
					    "而是",     "我是说",   "是说",   "我说的是", "，是",
					    ",是",      " 是"};
	size_t len = 0, skip = 0;
	ptrdiff_t at = find_any(text, back, N_OF(back), &len), to;
	struct view rest;

	if (at < 0 || at > LEAD_BYTES)
		return text;
	rest = view_sub(text, (size_t)at + len, text.len);
	to = find_any(rest, forth, N_OF(forth), &skip);
	if (to < 0)
		return text;
	rest = view_trim(view_sub(rest, (size_t)to + skip, rest.len));
	return rest.len >= 2 * strlen("问") ? rest : text;
}

static struct view without_any(struct view v, const char *const *words, size_t n)
{
	bool cut = true;

	while (cut) {
		cut = false;
		for (size_t i = 0; i < n; i++) {
			struct view w = view_of(words[i]);

			if (w.len <= v.len && view_starts(v, w)) {
				v = view_sub(v, w.len, v.len);
				cut = true;
			}
		}
	}
	return v;
}

struct view refer_retracted(struct view text)
{
	static const char *const back[] = {"，不是",   "，哦不是",   "，啊不是", "，噢不是",
					   "，诶不是", "，不对不是", ",不是",    ",哦不是",
					   ",啊不是",  "，呃不是"};
	static const char *const forth[] = {"，是",       ",是",    "，我是问",
					    "，我问的是", "，是问", " 是"};
	static const char *const dropped[] = {
	    "算了，先问",   "算了先问",       "算了,先问",      "算了，问",
	    "算了，还是问", "算了，我问",     "算了，我想问",   "算了还是问",
	    "先不问这个，", "先不问这个了，", "先不说这个，",   "这个先不问，",
	    "这个先放着，", "不问这个了，",   "算了不问这个，", "算了不问这个了，"};
	size_t len = 0, skip = 0;
	ptrdiff_t at = find_any(text, back, N_OF(back), &len), to;
	ptrdiff_t drop = find_any(text, dropped, N_OF(dropped), &skip);
	struct view taken, rest;

	/* 上海居住证怎么…算了，先问医保卡密码忘了怎么办 */
	if (drop > 0 && text.len > (size_t)drop + skip + 2 * strlen("问"))
		return view_trim(view_sub(text, (size_t)drop + skip, text.len));

	if (at <= 0)
		return text;
	rest = view_sub(text, (size_t)at + len, text.len);
	to = find_any(rest, forth, N_OF(forth), &skip);
	taken = view_sub(rest, 0, to > 0 ? (size_t)to : 0);
	/* What is taken back was said: else it is a story. */
	if (to <= 0 || to > INSTEAD_BYTES || view_find(view_sub(text, 0, (size_t)at), taken) < 0)
		return text;
	rest = view_trim(view_sub(rest, (size_t)to + skip, rest.len));
	return rest.len >= 2 * strlen("问") ? rest : text;
}

struct view refer_instead(struct view text)
{
	static const char *const sighs[] = {"哎呀", "哎", "诶", "唉", "啊", "呃",
					    "哦",   "噢", "嗯", "，", ",",  " "};
	static const char *const back[] = {"不是", "不要", "我不是", "也不是", "不对，不是"};
	static const char *const commas[] = {"，", ",", " ", "是"};
	static const char *const asks[] = {"吗", "呢", "么", "?", "？", "嘛", "吧", "说"};
	size_t len = 0, skip = 0, none = 0;
	struct view v = without_any(text, sighs, N_OF(sighs));
	ptrdiff_t at = find_any(v, back, N_OF(back), &len), comma;
	struct view taken, rest;

	if (at != 0)
		return text;
	rest = view_sub(v, len, v.len);
	comma = find_any(rest, commas, N_OF(commas), &skip);
	if (comma <= 0 || comma > INSTEAD_BYTES)
		return text;
	taken = view_sub(rest, 0, (size_t)comma);
	rest = view_trim(view_sub(rest, (size_t)comma + skip, rest.len));
	if (view_starts(rest, VIEW("是")))
		rest = view_sub(rest, strlen("是"), rest.len);
	/* 不是三天吗，怎么这么久 is a question as it stands. */
	if (find_any(taken, asks, N_OF(asks), &none) >= 0 || rest.len < 2 * strlen("线") ||
	    rest.len > INSTEAD_BYTES)
		return text;
	return rest;
}

bool refer_is_greeting(struct view folded)
{
	static const char *const asking[] = {
	    "how are you",    "how are u",       "how r u",        "how're you",
	    "how are things", "how is it going", "how's it going", "how have you been",
	    "how do you do",  "how is your day", "how's your day", "what's up"};
	static const char *const words[] = {"hello",
					    "hi",
					    "hey",
					    "good morning",
					    "good afternoon",
					    "good evening",
					    "there",
					    "today",
					    "doing",
					    "going",
					    "feeling",
					    "this morning",
					    "this evening",
					    "tonight",
					    "now",
					    "my friend",
					    "so far",
					    "lately",
					    " ",
					    ",",
					    ".",
					    "!",
					    "?",
					    "，",
					    "。",
					    "！",
					    "？",
					    "~"};
	bool asks = false;

	while (folded.len > 0) {
		size_t how = view_starts_any(folded, asking, N_OF(asking));
		size_t len = how ? how : view_starts_any(folded, words, N_OF(words));

		if (!len)
			return false;
		asks |= how > 0;
		folded = view_sub(folded, len, folded.len);
	}
	return asks;
}

struct view refer_behind_courtesy(struct view text)
{
	static const char *const words[] = {
	    "喂",         "你好",     "您好",      "哈喽",      "哈啰",
	    "嗨",         "在吗",     "在不在",    "hello",     "hi",
	    "Hello",      "Hi",       "hey",       "Hey",       "谢谢",
	    "謝謝",       "多谢",     "多謝",      "唔该",      "唔該",
	    "thanks",     "Thanks",   "thank you", "Thank you", "好的",
	    "好",         "嗯",       "哦",        "行",        "ok",
	    "OK",         "Ok",       "那个",      "啊",        "呀",
	    "哈",         "了",       "姑娘",      "小姐姐",    "同志",
	    "师傅",       "老师",     "客服",      "亲",        "我想问一下子",
	    "我想问一下", "我想问下", "我想问",    "想问一下",  "问一下",
	    "问下",       "请问",     "麻烦",      "打扰",      "晚上好",
	    "早安",       "早！",     "早，",      "早 ",       "早啊",
	    "嘿",         "哎",       "诶",        "欸",        "早上好",
	    "上午好",     "下午好",   "，",        ",",         "。",
	    "！",         "!",        "~",         "、",        " "};
	struct view rest = without_any(text, words, N_OF(words));

	return rest.len >= 2 * strlen("办") ? rest : text;
}

/* The bytes of a sign that stands for a word here, because one goes on behind it; 0: none does. */
static size_t sign_at(struct view text, const char **ret_word)
{
	static const struct {
		const char *sign, *word;
	} table[] = {
	    {"🏥", "医保"}, {"🔒", "锁"},     {"🔐", "锁"},     {"🔑", "密码"},  {"🏠", "居住"},
	    {"🏡", "居住"}, {"💳", "卡"},     {"🆔", "身份证"}, {"🪪", "证"}, {"🏗", "建筑"},
	    {"👷", "建筑"}, {"🏢", "公司"},   {"📱", "手机"},   {"💻", "网上"},  {"💰", "钱"},
	    {"👶", "孩子"}, {"👵", "老人"},   {"👴", "老人"},   {"🔍", "查"},    {"📄", "材料"},
	    {"📃", "材料"}, {"👮", "派出所"}, {"🚓", "派出所"},
	};
	const char *const variant = "\xef\xb8\x8f";

	for (size_t i = 0; i < N_OF(table); i++) {
		size_t len = strlen(table[i].sign);
		struct view rest;

		if (!view_starts(text, view_of(table[i].sign)))
			continue;
		rest = view_sub(text, len, text.len);
		if (view_starts(rest, view_of(variant)))
			len += strlen(variant);
		rest = view_sub(text, len, text.len);
		*ret_word = table[i].word;
		/* At the end it is a mood; a Han character or one more sign goes on. */
		return rest.len > 0 && (unsigned char)rest.ptr[0] >= 0xe4 &&
			       (unsigned char)rest.ptr[0] != 0xef
			   ? len
			   : 0;
	}
	return 0;
}

struct view refer_signs_within(struct arena *a, struct view text)
{
	struct buf b = BUF_INIT;
	struct view v = text;
	bool any = false;

	for (size_t i = 0, len; i < text.len; i += len) {
		const char *word = NULL;

		len = (unsigned char)text.ptr[i] >= 0xf0
			  ? sign_at(view_sub(text, i, text.len), &word)
			  : 0;
		any |= len > 0;
		if (len)
			buf_str(&b, word);
		else
			buf_char(&b, text.ptr[i]);
		len = len ? len : 1;
	}
	if (any)
		v = arena_copy(a, buf_view(&b));
	buf_done(&b);
	return v;
}

struct view refer_signs(struct arena *a, struct view text)
{
	static const struct {
		const char *sign, *word;
	} table[] = {
	    {"💰", "多少钱"},       {"💵", "多少钱"},       {"💴", "多少钱"},
	    {"⏰", "要多久"},       {"⏱", "要多久"},       {"⏳", "要多久"},
	    {"⌛", "要多久"},       {"🕐", "要多久"},       {"📄", "要带什么材料"},
	    {"📃", "要带什么材料"}, {"📋", "要带什么材料"}, {"📱", "手机上能办吗"},
	    {"💻", "网上能办吗"},   {"📍", "在哪里办"},     {"📞", "人工电话"},
	    {"☎", "人工电话"},     {"👌", "好的"},         {"👍", "真棒"},
	    {"🙏", "谢谢"},         {"❤", "谢谢"},         {"👋", "再见"},
	    {"🆗", "好的"},
	};
	static const char *const nothing[] = {"？", "?", "❓", "❔", "！", "!", " ", "\xef\xb8\x8f"};
	static const struct {
		const char *sign, *word;
	} leads[] = {{"📱", "手机上"}, {"💻", "网上"}, {"📞", "电话"}};
	const char *word = NULL;

	/* 📱能办吗 */
	for (size_t i = 0; i < N_OF(leads); i++) {
		struct view sign = view_of(leads[i].sign),
			    rest = view_sub(text, sign.len, text.len);

		if (view_starts(text, sign) && rest.len > 2 * strlen("办"))
			return arena_printf(a, "%s%.*s", leads[i].word, VIEW_ARG(rest));
	}
	while (text.len > 0) {
		size_t len = 0;

		for (size_t i = 0; i < N_OF(nothing) && !len; i++)
			len = view_starts(text, view_of(nothing[i])) ? strlen(nothing[i]) : 0;
		for (size_t i = 0; i < N_OF(table) && !len; i++) {
			if (!view_starts(text, view_of(table[i].sign)))
				continue;
			len = strlen(table[i].sign);
			if (word && word != table[i].word)
				return VIEW("");
			word = table[i].word;
		}
		if (!len)
			return VIEW("");
		text = view_sub(text, len, text.len);
	}
	return word ? arena_copy(a, view_of(word)) : VIEW("");
}

/* 第2个 · 第二个城市的; gives what it takes, 0 if there is none. */
static size_t read_ordinal(struct view v, size_t n, size_t *ret)
{
	static const struct {
		const char *word;
		int at; /* from 1; -1: the last */
	} words[] = {
	    {"第一个", 1},    {"第1个", 1},     {"头一个", 1}, {"前面那个", 1},  {"前者", 1},
	    {"第二个", 2},    {"第2个", 2},     {"第三个", 3}, {"第3个", 3},     {"第四个", 4},
	    {"第4个", 4},     {"第五个", 5},    {"第5个", 5},  {"第六个", 6},    {"第6个", 6},
	    {"最后一个", -1}, {"最后那个", -1}, {"后者", -1},  {"后面那个", -1},
	};

	for (size_t i = 0; i < N_OF(words); i++) {
		if (!view_starts(v, view_of(words[i].word)))
			continue;
		*ret = words[i].at < 0 ? n : (size_t)words[i].at;
		return strlen(words[i].word);
	}
	return 0;
}

static struct view without(struct view v, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (view_starts(v, view_of(words[i])))
			return view_sub(v, strlen(words[i]), v.len);
	return v;
}

const struct region *refer_place(struct view text, const struct memory *memory,
				 struct view *ret_rest)
{
	static const char *const before[] = {"那么", "那", "问下", "请问"};
	static const char *const behind[] = {"城市的", "地方的", "城市", "地方", "呢，", "的"};
	const struct region *places[SESSION_OPTIONS_MAX];
	size_t n = 0, at, len;
	struct view rest = without(view_trim(text), before, N_OF(before));

	/* Those offered just now; else those compared. */
	for (size_t i = 0; i < memory->n_options; i++)
		if (memory->options[i].region)
			places[n++] = memory->options[i].region;
	for (size_t i = 0; n == 0 && i < memory->n_regions && memory->n_regions > 1; i++)
		places[i] = memory->regions[i];
	n = n ? n : memory->n_regions > 1 ? memory->n_regions : 0;
	len = read_ordinal(rest, n, &at);
	if (len == 0 || at < 1 || at > n)
		return NULL;
	rest = view_trim(without(view_sub(rest, len, rest.len), behind, N_OF(behind)));
	/* 第二个呢 alone is a choice. */
	if (rest.len < 2 * strlen("呢"))
		return NULL;
	*ret_rest = rest;
	return places[at - 1];
}
