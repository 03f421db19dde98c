/* SPDX-License-Identifier: Apache-2.0 */
/* trial.c - see trial.h. */
#include "engine/trial.h"

#include <errno.h>
#include <stdlib.h>

#include "engine/canary.h"

static int make(struct trial *t, struct sources *sources, struct problems *problems,
		struct generation **ret, struct fault *why)
{
	struct generation_input input = {
	    .ground = t->ground, .sources = sources, .offered = t->model};

	return generation_make(t->paths, &input, ret, problems, why);
}

static void ask(struct trial *t, struct generation *g, struct canary_failures *ret)
{
	canaries_ask(t->loop, g, t->paths->host_program, &t->paths->of_plugins, ret);
	t->n_canaries += ret->n_asked;
}

static struct plugin_source *source_of(struct sources *s, const char *path)
{
	return (struct plugin_source *)sources_find(s, path);
}

static void drop(struct trial *t, struct plugin_source *s, const struct fault *why)
{
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX + 32];
	bool has_old = s->old && s->is_changed;

	problem_add(t->problems, true, why->file[0] ? why->file : s->path, why->line, 0, "%s%s",
		    why->text,
		    has_old ? "; its last good version stays in use" : "; it is left out");
	source_fall_back(t->sources, s, view_of(fault_format(why, text, sizeof(text))));
}

/* Those that are new and fail what they themselves ask. */
static bool drop_own(struct trial *t, const struct canary_failures *f)
{
	bool any = false;

	for (size_t i = 0; i < f->list.n; i++) {
		const struct canary_failure *one = &f->list.items[i];
		struct plugin_source *s = source_of(t->sources, one->plugin->path);

		if (!s || !s->is_changed)
			continue;
		drop(t, s, &one->why);
		any = true;
	}
	return any;
}

static bool is_among(const struct canary_failure *one, const struct canary_failures *f)
{
	for (size_t i = 0; i < f->list.n; i++)
		if (view_eq(f->list.items[i].plugin->name, one->plugin->name) &&
		    view_eq(f->list.items[i].canary->ask, one->canary->ask))
			return true;
	return false;
}

/*
 * Fails of `sources` with only the change `alone` in it (NULL: without any), that are not in
 * `known`: the first of them into *ret_first. True if there is one. `known` NULL: *ret_all is
 * filled.
 */
static bool fails_with(struct trial *t, const struct plugin_source *alone,
		       bool (*judge)(void *data, const struct canary_failures *f), void *data)
{
	struct sources trial;
	struct problems problems = {.n_errors = 0};
	struct generation *g = NULL;
	struct canary_failures f;
	struct fault why;
	bool result = true;

	sources_copy(&trial, t->sources);
	for (size_t i = 0; i < trial.list.n; i++) {
		struct plugin_source *s = &trial.list.items[i];

		if (s->is_changed && !(alone && strcmp(s->path, alone->path) == 0))
			source_fall_back(&trial, s, view_of("held back for a trial"));
	}
	if (make(t, &trial, &problems, &g, &why) == 0) {
		ask(t, g, &f);
		result = judge(data, &f);
		canary_failures_done(&f);
		generation_unref(g);
	}
	problems_done(&problems);
	sources_done(&trial);
	return result;
}

struct judgement {
	const struct canary_failures *seen; /* with all changes */
	bool *is_old;                       /* of each of them: fails without any change too */
	const struct canary_failure *first; /* that is new */
};

static bool note_old(void *data, const struct canary_failures *f)
{
	struct judgement *j = data;

	for (size_t i = 0; i < j->seen->list.n; i++)
		j->is_old[i] = is_among(&j->seen->list.items[i], f);
	return true;
}

static bool has_new(void *data, const struct canary_failures *f)
{
	struct judgement *j = data;

	for (size_t i = 0; i < j->seen->list.n; i++) {
		if (j->is_old[i] || !is_among(&j->seen->list.items[i], f))
			continue;
		j->first = &j->seen->list.items[i];
		return true;
	}
	return false;
}

static void accuse(struct trial *t, struct plugin_source *s, const struct canary_failure *victim)
{
	struct fault why;

	fault_set(&why, "with it, '%.*s' is no longer answered right: %s",
		  VIEW_ARG(victim->plugin->name), victim->why.text);
	drop(t, s, &why);
}

/* Others' questions fail that did not before: find out with whom, and drop it. */
static bool drop_guilty(struct trial *t, const struct canary_failures *f)
{
	struct judgement j = {.seen = f};
	const struct canary_failure *first = NULL;
	size_t n_changed = 0;
	bool any = false;

	for (size_t i = 0; i < t->sources->list.n; i++)
		n_changed += t->sources->list.items[i].is_changed;
	if (n_changed == 0)
		return false;
	j.is_old = calloc(f->list.n + 1, sizeof(bool));
	if (!j.is_old)
		die_oom(f->list.n);
	fails_with(t, NULL, note_old, &j);
	for (size_t i = 0; i < f->list.n && !first; i++)
		first = j.is_old[i] ? NULL : &f->list.items[i];
	for (size_t i = 0; first && i < t->sources->list.n; i++) {
		struct plugin_source *s = &t->sources->list.items[i];

		if (!s->is_changed)
			continue;
		j.first = first;
		if (n_changed == 1 || fails_with(t, s, has_new, &j)) {
			accuse(t, s, j.first);
			any = true;
		}
	}
	/* Only together: none of them can be let in. */
	for (size_t i = 0; first && !any && i < t->sources->list.n; i++)
		if (t->sources->list.items[i].is_changed)
			accuse(t, &t->sources->list.items[i], first);
	free(j.is_old);
	return first != NULL;
}

/* What is left fails with nothing new among the plugins. True: try again. */
static bool settle_rest(struct trial *t, const struct canary_failures *f, int *ret_err,
			struct fault *why)
{
	*ret_err = 0;
	if (t->has_live && t->is_shared_changed) {
		*why = f->list.items[0].why;
		*ret_err = -EBADMSG;
		return false;
	}
	for (size_t i = 0; i < f->list.n; i++) {
		const struct canary_failure *one = &f->list.items[i];
		struct plugin_source *s = source_of(t->sources, one->plugin->path);

		/* In use already and no worse than before: a warning. */
		if (t->has_live)
			problem_add(t->problems, false, one->why.file, one->why.line, 0, "%s",
				    one->why.text);
		else if (s && !s->is_out)
			drop(t, s, &one->why);
	}
	return !t->has_live;
}

int trial_quick(struct trial *t, struct generation **ret, bool *ret_is_trained)
{
	struct generation_input input = {
	    .ground = t->ground, .sources = t->sources, .offered = t->model, .no_training = true};
	struct generation *g = NULL;
	struct canary_failures f;
	struct fault why;
	int r = generation_make(t->paths, &input, &g, t->problems, &why);
	bool is_trained = r == 0;

	if (r == -EAGAIN && t->model.len) {
		input.model = t->model;
		r = generation_make(t->paths, &input, &g, t->problems, &why);
	}
	if (r < 0)
		return -EAGAIN;
	ask(t, g, &f);
	if (f.list.n > 0)
		r = -EAGAIN;
	canary_failures_done(&f);
	if (r < 0) {
		generation_unref(g);
		return r;
	}
	*ret = g;
	*ret_is_trained = is_trained;
	return 0;
}

int trial_run(struct trial *t, struct generation **ret, struct fault *why)
{
	for (;;) {
		struct generation *g = NULL;
		struct canary_failures f;
		bool again;
		int r = make(t, t->sources, t->problems, &g, why);

		if (r < 0)
			return r;
		ask(t, g, &f);
		again = f.list.n > 0 &&
			(drop_own(t, &f) || drop_guilty(t, &f) || settle_rest(t, &f, &r, why));
		canary_failures_done(&f);
		if (!again && r == 0) {
			*ret = g;
			return 0;
		}
		generation_unref(g);
		if (!again)
			return r;
	}
}
