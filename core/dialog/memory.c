/* SPDX-License-Identifier: Apache-2.0 */
/* memory.c - from a session's ids to things, and back. */
#include "dialog/memory.h"

#include "base/utf8.h"

static struct view stored(const char text[SESSION_ID_MAX])
{
	return view_make(text, strnlen(text, SESSION_ID_MAX));
}

static void keep(char to[SESSION_ID_MAX], struct view v)
{
	if (v.len >= SESSION_ID_MAX)
		v.len = 0;
	if (v.len)
		memcpy(to, v.ptr, v.len);
	to[v.len] = '\0';
}

static const struct intent *intent_of(const struct catalog *c, const char id[SESSION_ID_MAX])
{
	return id[0] ? catalog_find(c, stored(id)) : NULL;
}

static const struct region *region_of(const struct region_table *t, const char id[SESSION_ID_MAX])
{
	return id[0] ? region_find(t, stored(id)) : NULL;
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
	ret->figure =
	    (struct slot){stored(session->figure), session->figure_value,
			  session->figure_said < SAID_KINDS ? session->figure_said : SAID_SO};
	ret->kind = stored(session->kind);
	ret->intent = intent_of(catalog, session->intent);
	for (size_t i = 0; i < session->n_regions && i < SESSION_REGIONS_MAX; i++) {
		const struct region *r = region_of(regions, session->regions[i]);

		if (r)
			ret->regions[ret->n_regions++] = r;
	}
	for (size_t i = 0; i < session->n_options && i < SESSION_OPTIONS_MAX; i++) {
		const struct session_option *o = &session->options[i];

		ret->options[ret->n_options++] = (struct memory_option){
		    .id = view_make(numbers + i, 1),
		    .text = stored(o->text),
		    .intent = intent_of(catalog, o->intent),
		    .region = region_of(regions, o->region),
		};
	}
	if (offered_alone(ret))
		ret->intent = offered_alone(ret);
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

void memory_keep_figure(struct session *s, const struct slot *figure)
{
	keep(s->figure, figure ? figure->name : VIEW(""));
	s->figure_value = figure ? figure->value : 0;
	s->figure_said = figure ? (uint8_t)figure->said : 0;
}

void memory_keep_kind(struct session *s, struct view kind)
{
	keep(s->kind, kind);
}

void memory_forget(struct session *s)
{
	s->kind[0] = '\0';
	s->figure[0] = '\0';
	s->intent[0] = '\0';
	s->n_regions = 0;
	s->n_options = 0;
	s->failed_rounds = 0;
}
