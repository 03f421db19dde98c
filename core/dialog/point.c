/* SPDX-License-Identifier: Apache-2.0 */
/* point.c - the lines and papers of guides that name a thing. */
#include "dialog/point.h"

#include "dialog/word.h"

#define LINES_MAX 3

bool point_is_in(const struct matter_point *point, struct view text)
{
	for (size_t i = 0; i < point->n_words; i++)
		if (view_find(text, point->words[i]) >= 0)
			return true;
	return false;
}

const struct matter_point *point_named(const struct matter *m, struct view folded)
{
	const struct matter_point *best = NULL;
	size_t longest = 0;

	for (size_t i = 0; m && i < m->n_points; i++)
		for (size_t j = 0; j < m->points[i].n_words; j++) {
			struct view word = m->points[i].words[j];

			if (word.len > longest && view_find(folded, word) >= 0) {
				longest = word.len;
				best = &m->points[i];
			}
		}
	return best;
}

size_t point_at(const struct matter *m, struct view v)
{
	size_t best = 0;

	for (size_t i = 0; m && i < m->n_points; i++)
		for (size_t j = 0; j < m->points[i].n_words; j++)
			if (m->points[i].words[j].len > best &&
			    view_starts(v, m->points[i].words[j]))
				best = m->points[i].words[j].len;
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

/* Wider places' facts, from behind the level that answered on. */
static bool put_wider(const struct voice *v, const struct matter_point *point,
		      const struct outcome *o, bool lacking, struct citations *set)
{
	const struct region *from = o->asked ? o->asked : &v->regions->items[0];
	struct registry_walk walk = registry_walk(v->registry, from, o->intent->name);
	struct registry_hop hop = {.level = NULL};
	bool is_wider = false;
	struct facts room;

	while (registry_next(&walk, &hop)) {
		if (is_wider && hop.topic && take(v, point, &hop.topic->facts, lacking, &room)) {
			voice_say(v, "say.point.level", "name", point->name, "level",
				  hop.level->name);
			put(v, &room);
			citations_add_facts(set, &hop.plugin->guide, &room);
			return true;
		}
		is_wider |= hop.level == o->level;
	}
	return false;
}

/* Own facts first. If these call it otherwise, wider ones may say more exactly what it is. */
static bool put_found(const struct voice *v, const struct matter_point *point,
		      const struct outcome *o, bool lacking, struct citations *set)
{
	struct matter_point named = *point; /* by its own name alone */
	size_t mark;
	struct facts room;

	named.words = &point->name;
	named.n_words = 1;
	if (!o->facts || !take(v, point, o->facts, lacking, &room))
		return put_wider(v, point, o, lacking, set);
	voice_say(v, "say.point", "name", point->name, VOICE_NOTHING);
	mark = voice_mark(v);
	put(v, &room);
	citations_add_facts(set, o->guide, &room);
	if (!point_is_in(&named, view_sub(buf_view(v->out), mark, SIZE_MAX)))
		put_wider(v, &named, o, lacking, set);
	return true;
}

void point_word(const struct voice *v, const struct matter_point *point, const struct outcome *o,
		bool alone, struct citations *set)
{
	bool is_its = point->intent.len == 0 || view_eq(point->intent, o->intent->name);

	if (!alone)
		buf_char(v->out, '\n');
	if (point_is_lacking(v->asked) && put_found(v, point, o, true, set))
		return;
	if (put_found(v, point, o, false, set))
		return;
	if (alone || is_its)
		voice_say(v, "say.point.unknown", "name", point->name, VOICE_NOTHING);
}
