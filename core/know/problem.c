/* SPDX-License-Identifier: Apache-2.0 */
/* problem.c - the list of what is wrong, capped: an author mends fifty and looks again. */
#include "know/problem.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/say.h"

/* Errors push warnings out when the list is full, so that an error is never only counted first. */
static struct problem *room(struct problems *p, bool is_error)
{
	if (p->list.n < LIMIT_PROBLEMS)
		return vec_push(&p->list);
	if (!is_error)
		return NULL;
	for (size_t i = p->list.n; i-- > 0;)
		if (!p->list.items[i].is_error)
			return &p->list.items[i];
	return NULL;
}

static struct problem *add(struct problems *p, bool is_error, const char *fmt, va_list ap)
{
	char text[FAULT_TEXT_MAX + 8]; /* fault_set() cuts at a character's edge */
	struct problem *new;

	if (is_error)
		p->n_errors++;
	else
		p->n_warnings++;
	new = room(p, is_error);
	if (!new)
		return NULL;
	vsnprintf(text, sizeof(text), say(fmt), ap);
	*new = (struct problem){.is_error = is_error};
	fault_set(&new->fault, "%s", text);
	return new;
}

void problem_add(struct problems *p, bool is_error, const char *file, unsigned line,
		 unsigned column, const char *fmt, ...)
{
	struct problem *new;
	va_list ap;

	va_start(ap, fmt);
	new = add(p, is_error, fmt, ap);
	va_end(ap);
	if (new)
		fault_place(&new->fault, file, line, line && !column ? 1 : column);
}

void problem_add_stale(struct problems *p, const char *file, unsigned line, unsigned column,
		       const char *fmt, ...)
{
	struct problem *new;
	va_list ap;

	va_start(ap, fmt);
	new = add(p, false, fmt, ap);
	va_end(ap);
	if (!new)
		return;
	fault_place(&new->fault, file, line, column);
	new->is_stale = true;
}

void problem_copy(struct problems *p, const struct problem *from)
{
	struct problem *new;

	if (from->is_error)
		p->n_errors++;
	else
		p->n_warnings++;
	new = room(p, from->is_error);
	if (new)
		*new = *from;
}

bool problems_have_room(const struct problems *p, bool is_error)
{
	if (p->list.n < LIMIT_PROBLEMS)
		return true;
	for (size_t i = 0; is_error && i < p->list.n; i++)
		if (!p->list.items[i].is_error)
			return true;
	return false;
}

void problems_done(struct problems *p)
{
	vec_done(&p->list);
	p->n_errors = p->n_warnings = 0;
}

size_t problems_errors(const struct problems *p)
{
	return p->n_errors;
}

bool problems_first_error(const struct problems *p, struct fault *ret)
{
	for (size_t i = 0; i < p->list.n; i++) {
		if (!p->list.items[i].is_error)
			continue;
		*ret = p->list.items[i].fault;
		return true;
	}
	return false;
}
