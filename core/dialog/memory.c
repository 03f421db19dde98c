/* SPDX-License-Identifier: Apache-2.0 */
/* memory.c - from a session's ids to things, and back. */
#include "dialog/memory.h"

#include "base/utf8.h"
#include "dialog/point.h"

static struct view stored(const char text[SESSION_ID_MAX])
{
	return view_make(text, strnlen(text, SESSION_ID_MAX));
}

static void keep_in(char *to, size_t size, struct view v)
{
	if (v.len >= size)
		v.len = 0;
	if (v.len)
		memcpy(to, v.ptr, v.len);
	to[v.len] = '\0';
}

static void keep(char to[SESSION_ID_MAX], struct view v)
{
	keep_in(to, SESSION_ID_MAX, v);
}

static const struct intent *intent_of(const struct catalog *c, struct view id)
{
	return id.len ? catalog_find(c, id) : NULL;
}

static const struct region *region_of(const struct region_table *t, struct view id)
{
	return id.len ? region_find(t, id) : NULL;
}

/* A place that is not known any more takes what was asked of it along. */
static void recall_topics(const struct session *s, const struct catalog *catalog,
			  const struct region_table *regions, struct memory *ret)
{
	for (size_t i = 0; i < s->n_topics && i < SESSION_TOPICS_MAX; i++) {
		const struct session_topic *t = &s->topics[i];
		struct view intent = view_make(t->intent, strnlen(t->intent, SESSION_TOPIC_MAX));
		struct view region = view_make(t->region, strnlen(t->region, SESSION_TOPIC_MAX));
		struct memory_topic topic = {intent_of(catalog, intent),
					     region_of(regions, region)};

		if (topic.intent && (topic.region || region.len == 0))
			ret->topics[ret->n_topics++] = topic;
	}
	if (s->n_parts <= ret->n_topics)
		ret->n_parts = s->n_parts;
}

/* Whose place is not known any more is not remembered. */
static void recall_people(const struct session *s, const struct region_table *regions,
			  struct memory *ret)
{
	for (size_t i = 0; i < s->n_people && i < LIMIT_PEOPLE; i++) {
		const struct session_person *p = &s->people[i];
		struct view region = view_make(p->region, strnlen(p->region, SESSION_TOPIC_MAX));
		struct memory_person person = {
		    kin_of_id(view_make(p->kin, strnlen(p->kin, SESSION_KIN_MAX))),
		    region_of(regions, region)};

		if (person.kin.who && (person.region || region.len == 0))
			ret->people[ret->n_people++] = person;
	}
}

static void recall_figure(const struct session_figure *f, const struct catalog *catalog,
			  struct memory *ret)
{
	ret->figure = (struct slot){.name = stored(f->name),
				    .least = {f->least.months, f->least.days},
				    .most = {f->most.months, f->most.days},
				    .first = f->first,
				    .last = f->last,
				    .said = f->said < SAID_KINDS ? f->said : SAID_NOTHING};
	ret->figure_intent =
	    intent_of(catalog, view_make(f->intent, strnlen(f->intent, SESSION_TOPIC_MAX)));
}

/* 您是想问这个吗？ and then only 南京的: about that. */
static const struct intent *offered_alone(const struct memory *m)
{
	const struct intent *only = NULL;

	for (size_t i = 0; i < m->n_options; i++) {
		const struct intent *it = m->options[i].intent;

		if (it && only && it != only)
			return NULL;
		only = it ? it : only;
	}
	return only;
}

void memory_recall(const struct session *session, const struct catalog *catalog,
		   const struct region_table *regions, int64_t now_ms, int64_t context_ms,
		   struct memory *ret)
{
	static const char numbers[] = "123456789";

	memset(ret, 0, sizeof(*ret));
	if (!session)
		return;
	ret->turns = session->turns;
	if (context_ms > 0 && now_ms - session->last_ms > context_ms) {
		ret->is_faded = session->intent[0] || session->n_regions || session->n_options;
		return;
	}
	ret->failed_rounds = session->failed_rounds;
	recall_figure(&session->figure, catalog, ret);
	ret->kind = stored(session->kind);
	ret->person = intent_of(catalog, ret->kind);
	if (ret->person)
		ret->kind = VIEW("");
	ret->is_foreign = view_is(ret->kind, MEMORY_FOREIGN);
	if (ret->is_foreign)
		ret->kind = VIEW("refuse.foreign");
	ret->intent = intent_of(catalog, stored(session->intent));
	if (ret->intent)
		ret->point = point_called(ret->intent->matter, stored(session->point));
	for (size_t i = 0; i < session->n_regions && i < SESSION_REGIONS_MAX; i++) {
		const struct region *r = region_of(regions, stored(session->regions[i]));

		if (r)
			ret->regions[ret->n_regions++] = r;
	}
	for (size_t i = 0; i < session->n_options && i < SESSION_OPTIONS_MAX; i++) {
		const struct session_option *o = &session->options[i];

		(session->options_are_next ? ret->next : ret->options)[i] = (struct memory_option){
		    .id = view_make(numbers + i, 1),
		    .text = stored(o->text),
		    .intent = intent_of(catalog, stored(o->intent)),
		    .region = region_of(regions, stored(o->region)),
		};
		if (session->options_are_next)
			ret->n_next++;
		else
			ret->n_options++;
	}
	recall_topics(session, catalog, regions, ret);
	recall_people(session, regions, ret);
	if (offered_alone(ret))
		ret->intent = offered_alone(ret);
}

static bool is_talked_about(const struct memory *m, const struct region *r)
{
	for (size_t i = 0; i < m->n_regions; i++)
		if (m->regions[i] == r)
			return true;
	return false;
}

void memory_recall_both(struct memory *m, size_t most)
{
	const struct memory_topic *now = &m->topics[0];

	if (m->n_regions != 1 || m->n_topics < 2 || now->region != m->regions[0])
		return;
	/* The newest other places of which something of this matter was asked. */
	for (size_t i = 1; i < m->n_topics && m->n_regions < most; i++) {
		const struct memory_topic *before = &m->topics[i];

		if (before->region && before->intent->matter == now->intent->matter &&
		    !is_talked_about(m, before->region))
			m->regions[m->n_regions++] = before->region;
	}
}

const struct matter *memory_matter(const struct memory *m)
{
	const struct matter *matter = NULL;

	if (m->intent && m->intent->matter)
		return m->intent->matter;
	for (size_t i = 0; i < m->n_options; i++) {
		const struct intent *offered = m->options[i].intent;

		if (!offered || !offered->matter)
			continue;
		if (matter && matter != offered->matter)
			return NULL;
		matter = offered->matter;
	}
	return matter;
}

const struct memory_topic *memory_asker(const struct memory *m)
{
	for (size_t i = 0; i < m->n_topics && m->figure_intent; i++)
		if (m->topics[i].intent == m->figure_intent)
			return &m->topics[i];
	return NULL;
}

void memory_keep_intent(struct session *s, const struct intent *intent)
{
	keep(s->intent, intent ? intent->name : VIEW(""));
}

void memory_keep_regions(struct session *s, const struct region *const *regions, size_t n)
{
	s->n_regions = 0;
	for (size_t i = 0; i < n && s->n_regions < SESSION_REGIONS_MAX; i++)
		keep(s->regions[s->n_regions++], regions[i]->id);
}

void memory_keep_option(struct session *s, struct view text, const struct intent *intent,
			const struct region *region)
{
	struct session_option *o;

	if (s->n_options >= SESSION_OPTIONS_MAX)
		return;
	o = &s->options[s->n_options++];
	keep(o->intent, intent ? intent->name : VIEW(""));
	keep(o->region, region ? region->id : VIEW(""));
	keep(o->text, utf8_clip(text, SESSION_ID_MAX - 1));
}

void memory_keep_topic(struct session *s, const struct intent *intent, const struct region *region)
{
	struct session_topic t = {"", ""};
	size_t at = 0;

	keep_in(t.intent, sizeof(t.intent), intent->name);
	keep_in(t.region, sizeof(t.region), region ? region->id : VIEW(""));
	/* An id too long to be kept would stand for another place. */
	if (!t.intent[0] || (region && !t.region[0]))
		return;
	while (at < s->n_topics && (strcmp(s->topics[at].intent, t.intent) != 0 ||
				    strcmp(s->topics[at].region, t.region) != 0))
		at++;
	if (at == SESSION_TOPICS_MAX)
		at--;
	else if (at == s->n_topics)
		s->n_topics++;
	memmove(&s->topics[1], &s->topics[0], at * sizeof(s->topics[0]));
	s->topics[0] = t;
}

_Static_assert(SESSION_KIN_MAX == KIN_ID_MAX, "an id fits");

void memory_drop_person(struct session *s, struct kin kin)
{
	char id[KIN_ID_MAX];
	uint8_t kept = 0;

	kin_id(kin, id);
	for (uint8_t i = 0; i < s->n_people; i++)
		if (strcmp(s->people[i].kin, id) != 0)
			s->people[kept++] = s->people[i];
	/* Nothing of them stays behind, neither here nor in what is written of it. */
	memset(&s->people[kept], 0, (LIMIT_PEOPLE - kept) * sizeof(s->people[0]));
	s->n_people = kept;
}

void memory_keep_person(struct session *s, struct kin kin, const struct region *region)
{
	struct session_person p = {"", ""};

	kin_id(kin, p.kin);
	keep_in(p.region, sizeof(p.region), region ? region->id : VIEW(""));
	memory_drop_person(s, kin);
	if (!p.kin[0] || (region && !p.region[0]))
		return;
	if (s->n_people == LIMIT_PEOPLE)
		s->n_people--;
	memmove(&s->people[1], &s->people[0], s->n_people * sizeof(p));
	s->people[0] = p;
	s->n_people++;
}

static struct session_span span_kept(struct span s)
{
	return (struct session_span){(int32_t)s.months, (int32_t)s.days};
}

void memory_keep_figure(struct session *s, const struct slot *figure, const struct intent *asked_by)
{
	if (!figure) {
		memset(&s->figure, 0, sizeof(s->figure));
		return;
	}
	s->figure = (struct session_figure){
	    .least = span_kept(figure->least),
	    .most = span_kept(figure->most),
	    .first = figure->first,
	    .last = figure->last,
	    .said = (uint8_t)figure->said,
	};
	keep(s->figure.name, figure->name);
	keep_in(s->figure.intent, sizeof(s->figure.intent), asked_by ? asked_by->name : VIEW(""));
}

void memory_keep_kind(struct session *s, struct view kind)
{
	keep(s->kind, kind);
}

void memory_keep_point(struct session *s, const struct matter_point *point)
{
	keep(s->point, point ? point->name : VIEW(""));
}

void memory_forget(struct session *s)
{
	s->point[0] = '\0';
	s->kind[0] = '\0';
	memset(&s->figure, 0, sizeof(s->figure));
	s->intent[0] = '\0';
	s->n_regions = 0;
	s->n_options = 0;
	s->options_are_next = 0;
	s->n_topics = 0;
	s->n_people = 0;
	memset(s->people, 0, sizeof(s->people));
	s->n_parts = 0;
	s->failed_rounds = 0;
}
