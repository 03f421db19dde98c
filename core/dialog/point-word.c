/* SPDX-License-Identifier: Apache-2.0 */
/* point-word.c - the lines and papers of guides that name a thing. */
#include "base/utf8.h"
#include "dialog/point.h"
#include "dialog/verdict.h"
#include "dialog/word.h"

#define LINES_MAX    3
#define ENOUGH_LINES 2
#define LEADS_CHARS  30

static void take_lines(const struct voice *v, const struct matter_point *point,
		       const struct facts *f, bool lacking, struct facts *room, size_t *n)
{
	for (int which = 0; which < FACTS_LINE_LISTS; which++) {
		struct line_list lines = facts_lines(f, (enum facts_lines)which);
		struct line *out = ARENA_ARRAY(v->arena, lines.n + 1, struct line);
		size_t kept = 0;

		for (size_t i = 0; i < lines.n && *n < LINES_MAX; i++) {
			if (!point_is_told(point, lines.items[i].text) ||
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
	if (point_is_told(point, f->summary.text) &&
	    (!lacking || point_is_lacking(f->summary.text)))
		room->summary = f->summary;
	take_lines(v, point, f, lacking, room, &n);
	room->documents.items = papers;
	room->channels.items = channels;
	for (size_t i = 0; i < f->documents.n && !lacking; i++) {
		const struct document *d = &f->documents.items[i];

		if (point_is_told(point, d->name) || point_is_told(point, d->form) ||
		    point_is_told(point, d->purpose))
			papers[room->documents.n++] = *d;
	}
	for (size_t i = 0; i < f->channels.n && !lacking; i++) {
		const struct channel *c = &f->channels.items[i];

		if (point_is_told(point, c->name) || point_is_told(point, c->path))
			channels[room->channels.n++] = *c;
	}
	return n > 0 || room->summary.text.len > 0 || room->documents.n > 0 || room->channels.n > 0;
}

static void put(const struct voice *v, const struct facts *room)
{
	size_t n = 0;

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
		n += lines.n;
	}
	/* The first sentence holds all of it: it need not be said beside lines that do. */
	if (room->summary.text.len > 0 && room->documents.n == 0 && room->channels.n == 0 &&
	    n < ENOUGH_LINES)
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
			if (!point_is_told(point, lines.items[i].text) ||
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
	/* What is all that is said needs no name over it. */
	if (o->asked && hop->level != o->asked && hop->level != o->level)
		voice_say(v, "say.point.level", "name", point->name, "level", hop->level->name);
	else if (!point->is_alone)
		voice_say(v, "say.point", "name", point->name, VOICE_NOTHING);
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

/* Of one topic, from the place asked about outward; `own`: of the place that answered alone. */
static bool put_topic(const struct voice *v, const struct matter_point *point,
		      const struct outcome *o, struct view topic, bool lacking, bool own,
		      struct citations *set)
{
	struct registry_walk walk = walk_of(v, o, topic);
	struct registry_hop hop = {.level = NULL};

	while (!view_eq(topic, o->intent->name) && registry_next(&walk, &hop))
		if ((!own || hop.level == o->level) && put_hop(v, point, o, &hop, lacking, set))
			return true;
	return false;
}

/* 能邮寄吗 is understood as a question of how, or how long, or how much: who speaks of it does so
 * under one of them, or where it is asked of all it is. */
static bool put_other_topics(const struct voice *v, const struct matter_point *point,
			     const struct outcome *o, bool lacking, bool own, struct citations *set)
{
	for (size_t i = 0; i < point->n_topics; i++)
		if (put_topic(v, point, o, point->topics[i], lacking, own, set))
			return true;
	return point->intent.len > 0 && point_leads(v, point) &&
	       put_topic(v, point, o, point->intent, lacking, own, set);
}

static struct matter_point by_name_alone(const struct matter_point *point)
{
	struct matter_point named = *point;

	/* Guides call it by words of theirs. */
	if (point->n_told > 0)
		return named;
	named.words = &point->name;
	named.n_words = 1;
	return named;
}

/* All that one place says of it, under whichever of its topics. */
static bool put_level(const struct voice *v, const struct matter_point *point,
		      const struct outcome *o, const struct region *level, struct citations *set)
{
	bool is_found = false;

	for (size_t i = 0; i < point->n_topics; i++) {
		struct registry_walk walk = walk_of(v, o, point->topics[i]);
		struct registry_hop hop = {.level = NULL};

		while (registry_next(&walk, &hop))
			if (hop.level == level)
				is_found |= put_hop(v, point, o, &hop, false, set);
	}
	return is_found;
}

/* A thing that is all there was to ask: what the nearest place says that speaks of it. */
static bool put_nearest(const struct voice *v, const struct matter_point *point,
			const struct outcome *o, struct citations *set)
{
	const struct region *near = o->asked ? o->asked : &v->regions->items[0];

	while (near && !put_level(v, point, o, near, set))
		near = near->parent;
	return near != NULL;
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
	if (!point_is_told(&named, view_sub(buf_view(v->out), mark, SIZE_MAX)))
		put_wider(v, &named, o, lacking, set);
	return true;
}

bool point_is_in_guide(const struct matter_point *point, const struct guide *g)
{
	for (size_t i = 0; i < point->n_topics; i++) {
		const struct guide_topic *topic = guide_topic_find(g, point->topics[i]);

		for (int which = 0; topic && which < FACTS_LINE_LISTS; which++) {
			struct line_list lines =
			    facts_lines(&topic->facts, (enum facts_lines)which);

			for (size_t j = 0; j < lines.n; j++)
				if (point_is_told(point, lines.items[j].text))
					return true;
		}
	}
	return false;
}

bool point_leads(const struct voice *v, const struct matter_point *point)
{
	return utf8_count(v->asked) <= LEADS_CHARS || point_is_asked(point, v->asked, LEADS_CHARS);
}

bool point_word(const struct voice *v, const struct matter_point *point, const struct outcome *o,
		bool alone, struct citations *set)
{
	bool is_its = point->intent.len == 0 || (point->n_topics > 0 && point_leads(v, point)) ||
		      view_eq(point->intent, o->intent->name);
	const struct matter_point named = by_name_alone(point);

	if (point_is_general(point))
		point = &named;
	if (point->is_alone && put_nearest(v, point, o, set))
		return true;
	if (point_is_lacking(v->asked) && put_found(v, point, o, true, set))
		return true;
	if (put_found(v, point, o, false, set))
		return true;
	if (alone || is_its)
		voice_say(v, "say.point.unknown", "name", point->name, VOICE_NOTHING);
	return false;
}
