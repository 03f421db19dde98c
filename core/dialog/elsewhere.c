/* SPDX-License-Identifier: Apache-2.0 */
/* elsewhere.c - clauses and listed names of what is no matter of ours, set aside and named. */
#include "dialog/elsewhere.h"

#include "base/buf.h"
#include "dialog/phrase.h"
#include "dialog/point.h"
#include "dialog/situation.h"
#include "dialog/split.h"
#include "dialog/topic.h"

#define UNNAMED_LEAST 0.75f /* about nothing of ours */
#define NAMED_LEAST   0.50f /* … as something else is named */
#define ALONE_LEAST   0.95f /* a clause that is set aside */
#define BEHIND_LEAST  0.35f /* the same behind the matter's name … */
#define OURS_LEAST    0.80f
#define ADDED_BYTES   36    /* 还有驾照换证 needs no word that asks */
#define POINT_LEAST   0.90f /* … of what the matter may need: 社保, 房产证 */

/* 医保 is no name for something else where a matter is called 医保卡, nor 积分 where it is said to
 * answer that. */
static bool is_part_of_ours(const struct catalog *c, struct view name)
{
	for (size_t i = 0; i < c->n_matters; i++) {
		const struct matter *m = &c->matters[i];

		if (view_find(m->title, name) >= 0 || view_find(m->terms[0], name) >= 0 ||
		    view_find(m->about, name) >= 0)
			return true;
	}
	return false;
}

static bool is_other(const struct catalog *c, const struct term *t)
{
	return !t->matter && han_is(t->chars[0]) && !is_part_of_ours(c, t->written);
}

struct view elsewhere_named(const struct catalog *catalog, const struct term_hits *terms)
{
	for (size_t i = 0; i < terms->n; i++)
		if (is_other(catalog, terms->items[i].term))
			return terms->items[i].term->written;
	return VIEW("");
}

/* Less is enough where something is named that it is about: 注册公司呢. */
bool elsewhere_is(const struct understanding *u)
{
	float least = term_hits_have(&u->terms, false) ? NAMED_LEAST : UNNAMED_LEAST;

	return u->n_ranking > 0 && u->ranking[0].intent->kind == INTENT_OUT_OF_SCOPE &&
	       u->ranking[0].probability >= least;
}

static float out_of_scope(const struct understanding *u)
{
	for (size_t i = 0; i < u->n_ranking; i++)
		if (u->ranking[i].intent->kind == INTENT_OUT_OF_SCOPE)
			return u->ranking[i].probability;
	return 0;
}

struct piece {
	struct view text;
	bool is_added; /* 还有 in front of it */
	bool is_aside;
	struct view other;
};

static bool is_blank(struct view v, size_t i)
{
	return v.ptr[i] == ' ' || v.ptr[i] == '\t';
}

/* Clauses, and what blanks part: 居住证怎么办 身份证丢了怎么补. Not between letters. */
static size_t cut(struct view text, struct piece out[SPLIT_MAX])
{
	static const char *const adding[] = {"还有", "另外", "顺便",     "顺便问",   "以及",
					     "再问", "同时", "还有就是", "再问一下", "顺便问一下"};
	struct view clauses[SPLIT_MAX];
	size_t n_clauses = split_clauses(text, clauses), n = 0;

	for (size_t i = 0; i < n_clauses; i++) {
		struct view before =
		    view_trim(view_sub(text, 0, (size_t)(clauses[i].ptr - text.ptr)));
		bool is_added = view_ends_any(before, adding, N_OF(adding)) > 0;
		struct view c = clauses[i];
		size_t from = 0;

		for (size_t k = 1; k < c.len && n + n_clauses - i < SPLIT_MAX; k++) {
			if (!is_blank(c, k) || (unsigned char)c.ptr[k - 1] < 0x80)
				continue;
			out[n++] =
			    (struct piece){view_sub(c, from, k - from), .is_added = is_added};
			while (k < c.len && is_blank(c, k))
				k++;
			from = k;
			is_added = false;
		}
		if (from < c.len)
			out[n++] = (struct piece){view_sub(c, from, c.len), .is_added = is_added};
	}
	return n;
}

/* What is wanted or amiss, where nothing is asked: 居住证续签. */
static bool is_wanted(struct view text)
{
	static const char *const words[] = {"想",   "要办", "需要", "咨询", "帮我", "丢", "忘",
					    "过期", "到期", "续签", "签注", "补办", "换", "锁"};
	static const char *const settled[] = {"好了", "办完", "补完", "拿到", "解决", "搞定",
					      "办了", "已经", "没事", "不用", "清楚", "没有问题"};

	return HOLDS(text, words) && !HOLDS(text, settled);
}

/* 身份证丢了 · 社保断了几天: tells, though some word in it may ask. */
static bool is_told(struct view text)
{
	static const char *const words[] = {"了", "没", "丢", "不见", "过期", "都"};
	static const char *const asks[] = {"怎么", "咋", "哪",     "什么",    "多少",
					   "多久", "吗", "能不能", "可不可以"};

	return HOLDS(text, words) && !HOLDS(text, asks);
}

static bool is_asked(const struct piece *piece, bool is_next_added)
{
	if (is_told(piece->text))
		return false;
	return phrase_is_question(piece->text) ||
	       ((piece->is_added || is_next_added) && piece->text.len <= ADDED_BYTES);
}

/* It names something of ours and clearly asks, or wants, something of it. */
static bool is_ours(const struct piece *piece, const struct understanding *u)
{
	return term_hits_have(&u->terms, true) && topic_is_asked(u) &&
	       u->ranking[0].probability >= OURS_LEAST &&
	       (phrase_is_question(piece->text) || is_wanted(piece->text));
}

/* Clearly of something else, whatever matter it is asked behind. */
static int read_aside(struct arena *a, const struct plan_input *in, const struct matter *ours,
		      const struct understanding *alone, struct piece *piece)
{
	float least = point_named(ours, alone->text.folded) ? POINT_LEAST : BEHIND_LEAST;
	struct understanding behind;
	int r;

	piece->other = elsewhere_named(in->catalog, &alone->terms);
	piece->is_aside = is_told(piece->text) && elsewhere_is(alone);
	if (piece->other.len == 0 || term_hits_have(&alone->terms, true) || piece->is_aside ||
	    out_of_scope(alone) < ALONE_LEAST)
		return 0;
	r = understand(
	    in->understander, a,
	    arena_printf(a, "%.*s%.*s", VIEW_ARG(ours->title), VIEW_ARG(alone->text.folded)),
	    in->today, &behind);
	piece->is_aside = r == 0 && out_of_scope(&behind) >= least;
	return r;
}

static void name_once(struct buf *b, struct view name)
{
	if (name.len == 0 || view_find(buf_view(b), name) >= 0)
		return;
	buf_str(b, b->len > 0 ? "、“" : "“");
	buf_view_add(b, name);
	buf_str(b, "”");
}

/* What is left asks something of ours, and is all there is to understand. */
static int take(struct arena *a, struct plan_input *in, struct plan *p, struct view rest,
		struct view names)
{
	struct understanding u;
	int r = understand(in->understander, a, rest, in->today, &u);

	if (r < 0 || !topic_named(&u) || elsewhere_is(&u))
		return r;
	in->text = rest;
	p->what = u;
	p->elsewhere = names;
	return 0;
}

static int clauses_aside(struct arena *a, struct plan_input *in, struct plan *p,
			 const struct matter *ours)
{
	const bool is_lost = elsewhere_is(&p->what);
	struct piece pieces[SPLIT_MAX];
	size_t n = cut(in->text, pieces), n_aside = 0;
	struct buf rest = BUF_INIT, names = BUF_INIT;
	bool has_ours = false, has_question = false;
	int r = 0;

	for (size_t i = 0; i < n && n > 1 && r == 0; i++) {
		struct piece *piece = &pieces[i];
		struct understanding alone;
		bool asks = is_asked(piece, i + 1 < n && pieces[i + 1].is_added);

		r = understand(in->understander, a, piece->text, in->today, &alone);
		/* 身份证丢了 居住证怎么办: what is only told of it must not hide the question. */
		if (r == 0 && (asks || (is_lost && is_told(piece->text))))
			r = read_aside(a, in, ours, &alone, piece);
		if (r == 0 && piece->is_aside && asks)
			name_once(&names, piece->other);
		n_aside += piece->is_aside;
		has_question |= !piece->is_aside && phrase_is_question(piece->text);
		has_ours |= r == 0 && is_ours(piece, &alone);
		if (piece->is_aside)
			continue;
		if (rest.len > 0)
			buf_str(&rest, "，");
		buf_view_add(&rest, piece->text);
	}
	/* 社保卡丢了 居住证也到期了: both are amiss, and neither is the other's story. */
	for (size_t i = 0; i < n && r == 0 && !has_question; i++)
		if (pieces[i].is_aside)
			name_once(&names, pieces[i].other);
	if (r == 0 && n_aside > 0 && has_ours)
		r = take(a, in, p, arena_copy(a, buf_view(&rest)), arena_copy(a, buf_view(&names)));
	buf_done(&rest);
	buf_done(&names);
	return r;
}

static bool joins(struct view between)
{
	static const char *const joints[] = {"和", "跟", "与", "及", "以及", "还有", "、"};
	static const char *const owners[] = {"我的", "我", "他的", "她的", "孩子的", ""};
	size_t len = view_starts_any(between, joints, N_OF(joints));

	between = view_sub(between, len, between.len);
	for (size_t i = 0; len > 0 && i < N_OF(owners); i++)
		if (view_is(between, owners[i]))
			return true;
	return false;
}

/* 我要办居住证和社保卡: of both the same is wanted, and neither is what the other takes. */
static bool is_wanted_alike(struct view before, struct view behind)
{
	static const char *const used[] = {"带",   "拿", "凭", "用",   "持",   "有", "交",
					   "需要", "是", "把", "拿着", "带着", "没", "查"};
	static const char *const verbs[] = {"办", "办理", "申请", "补办", "补", "领",   "申领",
					    "弄", "搞",   "换",   "续",   "问", "想问", "咨询"};
	static const char *const asked[] = {"怎么",   "咋",     "去哪",  "在哪",   "到哪", "要什么",
					    "丢了",   "多久",   "多少",  "掉了",   "办",   "补",
					    "能办",   "能补",   "能换",  "可以办", "都办", "一起办",
					    "能一起", "都丢了", "都要办"};
	static const char *const alike[] = {"区别", "不同", "关系", "一样", "冲突",
					    "一致", "合",   "绑定", "有吗", "带"};

	before = view_trim(before);
	behind = view_trim(behind);
	if (view_ends_any(before, used, N_OF(used)) || HOLDS(behind, alike))
		return false;
	return view_starts_any(behind, asked, N_OF(asked)) > 0 ||
	       view_ends_any(before, verbs, N_OF(verbs)) > 0;
}

static struct view part_of(const struct text *t, uint32_t start, uint32_t end)
{
	return view_sub(t->folded, t->bytes[start], t->bytes[end] - t->bytes[start]);
}

/* A place right in front of a name is the name's. */
static uint32_t with_place(const struct understanding *u, uint32_t start)
{
	for (size_t i = 0; i < u->mentions.n; i++)
		if (u->mentions.items[i].end == start ||
		    (u->mentions.items[i].end + 1 == start &&
		     view_is(part_of(&u->text, start - 1, start), "的")))
			return u->mentions.items[i].start;
	return start;
}

/* 办居住证和社保卡: the other name goes, with what joins it. */
static int name_aside(struct arena *a, struct plan_input *in, struct plan *p,
		      const struct matter *ours)
{
	const struct understanding *u = &p->what;
	const struct text *t = &u->text;

	for (size_t i = 0; i + 1 < u->terms.n; i++) {
		const struct term_hit *first = &u->terms.items[i], *second = first + 1;
		bool is_first = is_other(in->catalog, first->term);
		const struct term *other = is_first ? first->term : second->term;
		struct view before = part_of(t, 0, with_place(u, first->start));
		struct view behind = part_of(t, second->end, t->n_chars);

		if (is_first == is_other(in->catalog, second->term) ||
		    (is_first ? second->term : first->term)->matter == NULL ||
		    point_at(ours, other->written) == other->written.len ||
		    !joins(view_trim(part_of(t, first->end, second->start))) ||
		    !is_wanted_alike(before, behind))
			continue;
		return take(a, in, p,
			    is_first
				? arena_printf(a, "%.*s%.*s", VIEW_ARG(part_of(t, 0, first->start)),
					       VIEW_ARG(part_of(t, second->start, t->n_chars)))
				: arena_printf(a, "%.*s%.*s", VIEW_ARG(part_of(t, 0, first->end)),
					       VIEW_ARG(behind)),
			    arena_printf(a, "“%.*s”", VIEW_ARG(other->written)));
	}
	return 0;
}

int elsewhere_set_aside(struct arena *a, struct plan_input *in, struct plan *p)
{
	const struct matter *ours = topic_named(&p->what);
	const struct view typed = in->text;
	int r;

	if (!ours || (signs_of_classifier(&p->what) & REFUSES) || in->option.len > 0 ||
	    elsewhere_named(in->catalog, &p->what.terms).len == 0)
		return 0;
	r = clauses_aside(a, in, p, ours);
	return r < 0 || in->text.ptr != typed.ptr ? r : name_aside(a, in, p, ours);
}
