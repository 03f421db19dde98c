/* SPDX-License-Identifier: Apache-2.0 */
/* point.c - the lines and papers of guides that name a thing. */
#include "dialog/point.h"

#include "base/utf8.h"
#include "dialog/verdict.h"
#include "dialog/word.h"

#define LINES_MAX   3
#define LEADS_CHARS 30

bool point_is_in(const struct matter_point *point, struct view text)
{
	for (size_t i = 0; i < point->n_words; i++)
		if (view_find(text, point->words[i]) >= 0)
			return true;
	return false;
}

#define WORD(text) VIEW_INIT(text)

static const struct view by_others[] = {
    WORD("代办"),     WORD("找人代办"), WORD("请人代办"), WORD("别人代办"), WORD("他人代办"),
    WORD("家人代办"), WORD("委托"),     WORD("委托别人"), WORD("委托他人"), WORD("代理"),
    WORD("代领"),     WORD("代取"),     WORD("别人代"),   WORD("他人代"),   WORD("找人办"),
    WORD("找人帮"),   WORD("帮忙办"),   WORD("替我办"),   WORD("帮我办"),   WORD("别人办"),
    WORD("本人去"),   WORD("本人来"),   WORD("本人办"),   WORD("本人到"),   WORD("本人到场"),
    WORD("亲自"),     WORD("本人吗"),   WORD("本人嘛"),   WORD("本人么"),   WORD("本人亲"),
    WORD("必须本人"), WORD("非本人"),   WORD("非得本人"), WORD("本人才"),
};
static const struct view validity[] = {
    WORD("有效期"),   WORD("有效时间"), WORD("过期"),     WORD("到期"),
    WORD("逾期"),     WORD("期满"),     WORD("失效"),     WORD("延期"),
    WORD("续期"),     WORD("几年有效"), WORD("终身有效"), WORD("长期有效"),
    WORD("有效几年"), WORD("有效多久"), WORD("管几年"),   WORD("能用几年")};
static const struct view progress[] = {WORD("进度"),     WORD("办到哪"),   WORD("办到哪1步"),
				       WORD("办到哪步"), WORD("到哪1步"),  WORD("审核状态"),
				       WORD("审批状态"), WORD("办理状态"), WORD("办理情况")};
static const struct view loss[] = {WORD("丢"),   WORD("遗失"),   WORD("挂失"), WORD("补领"),
				   WORD("掉了"), WORD("不见了"), WORD("补办"), WORD("补证")};
static const struct view change[] = {WORD("变更"), WORD("改地址"), WORD("换地址")};
static const struct view use[] = {WORD("用处"),   WORD("好处"),     WORD("作用"),
				  WORD("福利"),   WORD("有什么用"), WORD("有啥用"),
				  WORD("有用吗"), WORD("干什么用")};
static const struct view conditions[] = {WORD("条件"),   WORD("门槛"),   WORD("外地人"),
					 WORD("谁能办"), WORD("谁可以"), WORD("什么人"),
					 WORD("哪些人")};
static const struct view face[] = {WORD("刷脸"), WORD("人脸识别"), WORD("人脸"), WORD("实名认证")};

/* What may be asked of any matter, though only some have an intent for it. Guides call it by its
 * name alone: 期满 stands in lines about other things. */
static const struct matter_point general[] = {
    {.name = WORD("代办"), .words = by_others, .n_words = N_OF(by_others)},
    {.name = WORD("有效期"), .words = validity, .n_words = N_OF(validity)},
    {.name = WORD("进度"), .words = progress, .n_words = N_OF(progress)},
    {.name = WORD("遗失"), .words = loss, .n_words = N_OF(loss)},
    {.name = WORD("变更"), .words = change, .n_words = N_OF(change)},
    {.name = WORD("用处"), .words = use, .n_words = N_OF(use)},
    {.name = WORD("条件"), .words = conditions, .n_words = N_OF(conditions)},
    {.name = WORD("刷脸"), .words = face, .n_words = N_OF(face)},
};

/* One of the matter's own questions is asked by it. */
static bool is_asked_by(const struct matter_point *point, const struct matter *m)
{
	for (size_t i = 0; i < m->n_facets; i++)
		for (size_t j = 0; j < m->facets[i].n_words; j++)
			if (point_is_in(point, m->facets[i].words[j]))
				return true;
	return false;
}

/* The matter's own, then the general ones that none of its questions is about. */
static const struct matter_point *point_next(const struct matter *m, size_t *i)
{
	if (!m)
		return NULL;
	if (*i < m->n_points)
		return &m->points[(*i)++];
	while (*i - m->n_points < N_OF(general)) {
		const struct matter_point *point = &general[(*i)++ - m->n_points];

		if (!is_asked_by(point, m))
			return point;
	}
	return NULL;
}

bool point_is_general(const struct matter_point *point)
{
	for (size_t i = 0; i < N_OF(general); i++)
		if (point == &general[i])
			return true;
	return false;
}

bool point_is_of_any(const struct matter *m, struct view folded)
{
	for (size_t i = 0; i < N_OF(general); i++)
		if (point_is_in(&general[i], folded) && !is_asked_by(&general[i], m))
			return true;
	return false;
}

/* What a matter says of a general one itself: whose question it is. */
static const struct matter_point *own_of(const struct matter *m, const struct matter_point *point)
{
	for (size_t i = 0; i < m->n_points && point_is_general(point); i++)
		if (view_eq(m->points[i].name, point->name))
			return &m->points[i];
	return point;
}

const struct matter_point *point_named(const struct matter *m, struct view folded)
{
	const struct matter_point *best = NULL, *point;
	size_t longest = 0, at = 0;

	while ((point = point_next(m, &at)) != NULL)
		for (size_t j = 0; j < point->n_words; j++) {
			struct view word = point->words[j];

			if (word.len > longest && view_find(folded, word) >= 0) {
				longest = word.len;
				best = point;
			}
		}
	return best ? own_of(m, best) : NULL;
}

const struct matter_point *point_asked_by(const struct matter *m, struct view facet)
{
	static const struct {
		const char *facet, *name;
	} pairs[] = {
	    {"proxy", "代办"}, {"endorse", "有效期"}, {"status", "进度"}, {"replace", "遗失"}};

	for (size_t i = 0; i < N_OF(pairs); i++)
		for (size_t j = 0; view_is(facet, pairs[i].facet) && j < N_OF(general); j++)
			if (view_is(general[j].name, pairs[i].name))
				return own_of(m, &general[j]);
	return NULL;
}

bool point_shares_word(struct view word)
{
	for (size_t i = 0; i < N_OF(general); i++)
		for (size_t j = 0; j < general[i].n_words; j++)
			if (view_find(word, general[i].words[j]) >= 0 ||
			    view_find(general[i].words[j], word) >= 0)
				return true;
	return false;
}

static size_t longest_word_at(const struct matter_point *point, struct view v, size_t best)
{
	for (size_t i = 0; i < point->n_words; i++)
		if (point->words[i].len > best && view_starts(v, point->words[i]))
			best = point->words[i].len;
	return best;
}

size_t point_at(const struct matter *m, struct view v)
{
	const struct matter_point *point;
	size_t best = 0, at = 0;

	while ((point = point_next(m, &at)) != NULL)
		best = longest_word_at(point, v, best);
	return best;
}

size_t point_general_at(struct view v)
{
	size_t best = 0;

	for (size_t i = 0; i < N_OF(general); i++)
		best = longest_word_at(&general[i], v, best);
	return best;
}

bool point_is_lacking(struct view text)
{
	static const char *const words[] = {"没", "無", "无", "缺", "丢", "冇", "开不出", "拿不到"};

	return view_has_any(text, words, sizeof(words) / sizeof(words[0]));
}

static void take_lines(const struct voice *v, const struct matter_point *point,
		       const struct facts *f, bool lacking, struct facts *room, size_t *n)
{
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		struct line_list lines = facts_lines(f, (enum facts_lines)which);
		struct line *out = ARENA_ARRAY(v->arena, lines.n + 1, struct line);
		size_t kept = 0;

		for (size_t i = 0; i < lines.n && *n < LINES_MAX; i++) {
			if (!point_is_in(point, lines.items[i].text) ||
			    (lacking && !point_is_lacking(lines.items[i].text)))
				continue;
			out[kept++] = lines.items[i];
			++*n;
		}
		facts_set_lines(room, (enum facts_lines)which, (struct line_list){out, kept});
	}
}

/* The parts of facts that name the point; false: there is none. */
static bool take(const struct voice *v, const struct matter_point *point, const struct facts *f,
		 bool lacking, struct facts *room)
{
	struct document *papers = ARENA_ARRAY(v->arena, f->documents.n + 1, struct document);
	struct channel *channels = ARENA_ARRAY(v->arena, f->channels.n + 1, struct channel);
	size_t n = 0;

	memset(room, 0, sizeof(*room));
	if (point_is_in(point, f->summary.text) && (!lacking || point_is_lacking(f->summary.text)))
		room->summary = f->summary;
	take_lines(v, point, f, lacking, room, &n);
	room->documents.items = papers;
	room->channels.items = channels;
	for (size_t i = 0; i < f->documents.n && !lacking; i++) {
		const struct document *d = &f->documents.items[i];

		if (point_is_in(point, d->name) || point_is_in(point, d->form) ||
		    point_is_in(point, d->purpose))
			papers[room->documents.n++] = *d;
	}
	for (size_t i = 0; i < f->channels.n && !lacking; i++) {
		const struct channel *c = &f->channels.items[i];

		if (point_is_in(point, c->name) || point_is_in(point, c->path))
			channels[room->channels.n++] = *c;
	}
	return n > 0 || room->summary.text.len > 0 || room->documents.n > 0 || room->channels.n > 0;
}

static void put(const struct voice *v, const struct facts *room)
{
	if (room->documents.n > 0) {
		word_documents(v, room);
		buf_str(v->out, "。");
	} else if (room->channels.n > 0) {
		word_channels(v, room);
		buf_str(v->out, "。");
	}
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		struct line_list lines = facts_lines(room, (enum facts_lines)which);

		for (size_t i = 0; i < lines.n; i++)
			buf_view_add(v->out, lines.items[i].text);
	}
	/* The first sentence holds all of it: nothing else need be said. */
	if (room->summary.text.len > 0 && room->documents.n == 0 && room->channels.n == 0)
		buf_view_add(v->out, room->summary.text);
}

static bool lies_in(const struct region *r, const struct region *in)
{
	while (r && r != in)
		r = r->parent;
	return r != NULL;
}

/* 据资料（未核实），佛山是变更之日起…: the line begins with the name, behind what it rests on. */
static bool begins_with(struct view line, struct view name)
{
	ptrdiff_t comma = view_find(line, VIEW("，"));

	return view_starts(line, name) ||
	       (comma >= 0 &&
		view_starts(view_sub(line, (size_t)comma + strlen("，"), SIZE_MAX), name));
}

/* A province's line on one of its cities is nothing to the others. */
static bool is_of_another(const struct voice *v, const struct outcome *o,
			  const struct region *level, struct view line)
{
	for (size_t i = 0; i < v->regions->n_items; i++) {
		const struct region *r = &v->regions->items[i];

		if (r->parent == level && r->level == REGION_CITY && !lies_in(o->asked, r) &&
		    begins_with(line, r->short_name))
			return true;
	}
	return false;
}

/* Facts without the lines on the point that are about a place elsewhere. */
static struct facts of_here(const struct voice *v, const struct matter_point *point,
			    const struct outcome *o, const struct region *level,
			    const struct facts *f)
{
	struct facts here = *f;

	if (!o->asked || o->asked == level || level->level != REGION_PROVINCE)
		return here;
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		struct line_list lines = facts_lines(f, (enum facts_lines)which);
		struct line *out = ARENA_ARRAY(v->arena, lines.n + 1, struct line);
		size_t n = 0;

		for (size_t i = 0; i < lines.n; i++)
			if (!point_is_in(point, lines.items[i].text) ||
			    !is_of_another(v, o, level, lines.items[i].text))
				out[n++] = lines.items[i];
		facts_set_lines(&here, (enum facts_lines)which, (struct line_list){out, n});
	}
	return here;
}

/* Of one place's topic, which is named unless it is the one asked about or the one that answered.
 */
static bool put_hop(const struct voice *v, const struct matter_point *point,
		    const struct outcome *o, const struct registry_hop *hop, bool lacking,
		    struct citations *set)
{
	struct facts here, room;

	if (!hop->topic)
		return false;
	here = of_here(v, point, o, hop->level, &hop->topic->facts);
	if (!take(v, point, &here, lacking, &room))
		return false;
	if (!o->asked || hop->level == o->asked || hop->level == o->level)
		voice_say(v, "say.point", "name", point->name, VOICE_NOTHING);
	else
		voice_say(v, "say.point.level", "name", point->name, "level", hop->level->name);
	room.summary.text = verdict_without(room.summary.text);
	put(v, &room);
	citations_add_facts(set, &hop->plugin->guide, &room);
	return true;
}

static struct registry_walk walk_of(const struct voice *v, const struct outcome *o,
				    struct view intent)
{
	return registry_walk(v->registry, o->asked ? o->asked : &v->regions->items[0], intent);
}

/* Wider places' facts, from behind the level that answered on. */
static bool put_wider(const struct voice *v, const struct matter_point *point,
		      const struct outcome *o, bool lacking, struct citations *set)
{
	struct registry_walk walk = walk_of(v, o, o->intent->name);
	struct registry_hop hop = {.level = NULL};
	bool is_wider = false;

	while (registry_next(&walk, &hop)) {
		if (is_wider && put_hop(v, point, o, &hop, lacking, set))
			return true;
		is_wider |= hop.level == o->level;
	}
	return false;
}

/* 能邮寄吗 is understood as a question of how, or how long, or how much: who speaks of it does so
 * under one of them. `own`: the place that answered alone. */
static bool put_other_topics(const struct voice *v, const struct matter_point *point,
			     const struct outcome *o, bool lacking, bool own, struct citations *set)
{
	for (size_t i = 0; i < point->n_topics; i++) {
		struct registry_walk walk = walk_of(v, o, point->topics[i]);
		struct registry_hop hop = {.level = NULL};

		while (!view_eq(point->topics[i], o->intent->name) && registry_next(&walk, &hop))
			if ((!own || hop.level == o->level) &&
			    put_hop(v, point, o, &hop, lacking, set))
				return true;
	}
	return false;
}

static struct matter_point by_name_alone(const struct matter_point *point)
{
	struct matter_point named = *point;

	named.words = &point->name;
	named.n_words = 1;
	return named;
}

/* Own facts first. If these call it otherwise, wider ones may say more exactly what it is. */
static bool put_found(const struct voice *v, const struct matter_point *point,
		      const struct outcome *o, bool lacking, struct citations *set)
{
	const struct matter_point named = by_name_alone(point);
	size_t mark;
	struct facts here, room;

	if (o->facts)
		here = of_here(v, point, o, o->level, o->facts);
	if (!o->facts || !take(v, point, &here, lacking, &room))
		return put_other_topics(v, point, o, lacking, true, set) ||
		       put_wider(v, point, o, lacking, set) ||
		       put_other_topics(v, point, o, lacking, false, set);
	voice_say(v, "say.point", "name", point->name, VOICE_NOTHING);
	mark = voice_mark(v);
	put(v, &room);
	citations_add_facts(set, o->guide, &room);
	if (!point_is_in(&named, view_sub(buf_view(v->out), mark, SIZE_MAX)))
		put_wider(v, &named, o, lacking, set);
	return true;
}

bool point_leads(const struct voice *v)
{
	return utf8_count(v->asked) <= LEADS_CHARS;
}

bool point_word(const struct voice *v, const struct matter_point *point, const struct outcome *o,
		bool alone, struct citations *set)
{
	bool is_its = point->intent.len == 0 || (point->n_topics > 0 && point_leads(v)) ||
		      view_eq(point->intent, o->intent->name);
	const struct matter_point named = by_name_alone(point);

	if (point_is_general(point))
		point = &named;
	if (point_is_lacking(v->asked) && put_found(v, point, o, true, set))
		return true;
	if (put_found(v, point, o, false, set))
		return true;
	if (alone || is_its)
		voice_say(v, "say.point.unknown", "name", point->name, VOICE_NOTHING);
	return false;
}
