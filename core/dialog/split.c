/* SPDX-License-Identifier: Apache-2.0 */
/* split.c - where one clause ends and the next begins. */
#include "dialog/split.h"

static const char *const marks[] = {"？", "?",  "！", "!", "。", "；",
				    ";",  "\n", "，", ",", "…",  "~"};
static const char *const joints[] = {
    "另外", "还有就是", "还有", "顺便问一下", "顺便问", "顺便", "再问一下", "再问", "先问一下",
    "先问", "然后就是", "以及", "同时",
    /* Stories told without a mark: here the question begins. */
    "我就想问一下", "就想问一下", "我想问一下", "想问一下", "我想问问", "想问问", "我想知道",
    "我就想知道", "想请问一下", "请问一下", "想咨询一下", "我想咨询", "麻烦问一下", "就是想问",
    "想请教", "你帮我看看", "我就问一下", "问你一下", "我想问下", "想问下"};

#define N_MARKS      (sizeof(marks) / sizeof(marks[0]))
#define RUN_ON_BYTES 60
#define N_JOINTS     (sizeof(joints) / sizeof(joints[0]))

/* Most characters end nothing: only those that a mark or a joint begins with are looked at. */
static bool may_end(unsigned char lead)
{
	switch (lead) {
	case '?':
	case '!':
	case ';':
	case '\n':
	case ',':
	case '~':
	case 0xe2: /* … */
	case 0xe3: /* 。 */
	case 0xef: /* ？！；， */
		return true;
	default:
		return lead >= 0xe4 && lead <= 0xe9; /* Han: the joints */
	}
}

static size_t longest(struct view v, const char *const *words, size_t n)
{
	size_t best = 0;

	for (size_t i = 0; i < n; i++) {
		struct view w;

		/* The second byte tells most of them apart. */
		if (v.len > 1 && words[i][1] != v.ptr[1] && words[i][1])
			continue;
		w = view_of(words[i]);
		if (w.len > best && view_starts(v, w))
			best = w.len;
	}
	return best;
}

static void put(struct view clause, struct view out[SPLIT_MAX], size_t *n)
{
	clause = view_trim(clause);
	if (clause.len == 0)
		return;
	if (*n == SPLIT_MAX)
		out[*n - 1].len = (size_t)(clause.ptr + clause.len - out[*n - 1].ptr);
	else
		out[(*n)++] = clause;
}

/* 1、 · 2. · 3） · （4） · ⑤: how long, and which number; 0 if there is none. */
static size_t enumerator(struct view v, unsigned *ret)
{
	static const char *const behind[] = {"、", ".", "．", ")", "）", "：", ":"};
	static const char *const circles[] = {"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"};
	size_t open = view_starts(v, VIEW("(")) ? 1 : view_starts(v, VIEW("（")) ? 3 : 0;
	struct view rest = view_sub(v, open + 1, v.len);

	for (unsigned i = 0; i < sizeof(circles) / sizeof(circles[0]); i++) {
		*ret = i + 1;
		if (view_starts(v, view_of(circles[i])))
			return strlen(circles[i]);
	}
	if (v.len < open + 2 || v.ptr[open] < '1' || v.ptr[open] > '9')
		return 0;
	*ret = (unsigned)(v.ptr[open] - '0');
	for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
		size_t len = strlen(behind[i]);

		if (view_starts(rest, view_of(behind[i])) &&
		    !(rest.len > len && rest.ptr[len] >= '0' && rest.ptr[len] <= '9'))
			return open + 1 + len;
	}
	return 0;
}

bool split_is_list(struct view text)
{
	unsigned next = 1, n;

	for (size_t i = 0; i < text.len && next < 3; i++)
		if (enumerator(view_sub(text, i, text.len), &n) > 0 && n == next)
			next++;
	return next > 2;
}

bool split_is_listed(struct view text, struct view clause)
{
	unsigned n;

	for (size_t i = 0; i < text.len && text.ptr + i < clause.ptr; i++) {
		size_t len = enumerator(view_sub(text, i, text.len), &n);

		while (len > 0 && text.ptr + i + len < clause.ptr && text.ptr[i + len] == ' ')
			len++;
		if (len > 0 && text.ptr + i + len == clause.ptr)
			return true;
	}
	return false;
}

/* Spoken, not written: no mark anywhere, and long. */
static bool is_run_on(struct view text)
{
	return text.len >= RUN_ON_BYTES && !view_has_any(text, marks, N_MARKS);
}

/* 啊 · 吗: there somebody who speaks draws breath. */
static size_t breath(struct view v)
{
	static const char *const words[] = {"啊", "呀", "吗", "嘛", "呢", "吧", "啦"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (view_starts(v, view_of(words[i])))
			return strlen(words[i]);
	return 0;
}

size_t split_clauses(struct view text, struct view out[SPLIT_MAX])
{
	size_t n = 0, from = 0, i = 0;
	bool is_list = split_is_list(text), is_spoken = is_run_on(text);

	while (i < text.len) {
		struct view rest = view_sub(text, i, text.len);
		unsigned number;
		size_t said = is_spoken ? breath(rest) : 0;
		size_t listed = is_list ? enumerator(rest, &number) : 0;
		unsigned char lead = (unsigned char)text.ptr[i];
		bool is_han = lead >= 0xe4 && lead <= 0xe9;
		size_t len = !may_end(lead) || is_han ? 0 : longest(rest, marks, N_MARKS);
		size_t joint = is_han ? longest(rest, joints, N_JOINTS) : 0;

		if (said) {
			put(view_sub(text, from, i + said - from), out, &n);
			from = i += said;
			continue;
		}
		if (listed) {
			put(view_sub(text, from, i - from), out, &n);
			from = i += listed;
			continue;
		}
		if (len + joint == 0) {
			i += lead >= 0xe0 && lead < 0xf0 ? 3 : 1;
			continue;
		}
		/* A question mark stays with its clause: it says that something is asked. */
		if (view_starts(rest, VIEW("?")) || view_starts(rest, VIEW("？")))
			put(view_sub(text, from, i + len - from), out, &n);
		else
			put(view_sub(text, from, i - from), out, &n);
		i += len + joint;
		from = i;
	}
	put(view_sub(text, from, text.len), out, &n);
	return n;
}
