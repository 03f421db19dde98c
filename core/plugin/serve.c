/* SPDX-License-Identifier: Apache-2.0 */
/*
 * serve.c - loading one plugin and passing its asks and answers on.
 *
 * The plugin's init, answer and fini are only called here, on the main thread, one at a time.
 */
#include "plugin/serve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "plugin/answer.h"
#include "plugin/serving.h"

int serve_send(struct serve *s, const struct packet *m)
{
	buf_clear(&s->out);
	packet_put(&s->out, m);
	return packet_send(s->socket, buf_view(&s->out), !s->is_inside);
}

static int refuse(struct serve *s, const char *why)
{
	struct view text = utf8_clip(view_of(why), FAULT_TEXT_MAX - 1);
	struct packet m = {.type = PACKET_REFUSED, .text = text};

	serve_send(s, &m);
	return -EPROTO;
}

/* ---- the host table's services: from any thread, so nothing of `s` is changed ---- */

static void host_log(const struct wenlu_host *host, int32_t level, const char *text)
{
	const struct serve *s = host->priv;
	struct buf out = BUF_INIT;
	struct packet m = {.type = PACKET_LOG};

	if (!text || level < WENLU_LOG_ERROR || level > WENLU_LOG_DEBUG)
		return;
	m.log.level = level;
	m.log.text = view_make(text, strnlen(text, 1000));
	if (m.log.text.len == 1000)
		m.log.text = utf8_clip(m.log.text, 999);
	if (!packet_text_ok(m.log.text, 1000))
		m.log.text = VIEW("(a line that is not UTF-8)");
	packet_put(&out, &m);
	/* A line is dropped rather than waited for. */
	packet_send(s->socket, buf_view(&out), false);
	buf_done(&out);
}

static int32_t host_conf(const struct wenlu_host *host, const char *key, char *buf, uint32_t cap)
{
	const struct serve *s = host->priv;

	for (size_t i = 0; key && i < s->settings.n; i++) {
		struct view value = s->settings.items[i].value;

		if (!view_is(s->settings.items[i].key, key))
			continue;
		if (buf && cap) {
			struct view cut = utf8_clip(value, cap - 1);

			if (cut.len)
				memcpy(buf, cut.ptr, cut.len);
			buf[cut.len] = '\0';
		}
		return (int32_t)value.len;
	}
	return -1;
}

static uint32_t host_ms_left(const struct wenlu_host *host)
{
	const struct serve *s = host->priv;
	int64_t left = atomic_load(&s->deadline) - clock_ms();

	return left > 0 ? (uint32_t)left : 0;
}

/* ---- extensions ---- */

/* Slot number i of those that are numbers, or figures; NULL behind the last. */
static const struct packet_slot *number_at(const struct serve *s, uint32_t i)
{
	for (size_t k = 0; s->asked && k < s->asked->n_slots; k++)
		if (s->asked->slots[k].name.ptr[0] == '#' && i-- == 0)
			return &s->asked->slots[k];
	return NULL;
}

static uint32_t number_count(const struct wenlu_host *host)
{
	uint32_t n = 0;

	while (number_at(host->priv, n))
		n++;
	return n;
}

static int32_t number_get(const struct wenlu_host *host, uint32_t i, struct wenlu_number *ret)
{
	const struct packet_slot *slot = number_at(host->priv, i);
	struct wenlu_number n = {.struct_size = sizeof(n)};
	size_t len;

	if (!slot || !ret || ret->struct_size < sizeof(n))
		return WENLU_EINVAL;
	n.kind = (int32_t)(slot->value & 0xff);
	n.is_right = (int32_t)(slot->value >> 8 & 0xff) - 1;
	n.length = (uint32_t)(slot->value >> 16 & 0xffff);
	len = slot->name.len - 1 < sizeof(n.shape) - 1 ? slot->name.len - 1 : sizeof(n.shape) - 1;
	memcpy(n.shape, slot->name.ptr + 1, len);
	n.struct_size = ret->struct_size;
	*ret = n;
	return WENLU_OK;
}

static int32_t condition_figure(const struct wenlu_host *host, const char *name, int64_t min,
				int64_t max, int64_t *ret)
{
	const struct serve *s = host->priv;

	if (!name || !ret)
		return WENLU_EINVAL;
	for (size_t i = 0; s->asked && i < s->asked->n_slots; i++) {
		const struct packet_slot *slot = &s->asked->slots[i];

		if (!view_is(slot->name, name) || slot->value < min || slot->value > max)
			continue;
		*ret = slot->value;
		return WENLU_OK;
	}
	return WENLU_DEFER;
}

static int32_t condition_ask_for(const struct wenlu_host *host, struct wenlu_answer *out,
				 const char *name, const char *text, const char *source)
{
	(void)host;
	return answer_ask_for(out, name, text, source);
}

static const void *host_get_extension(const struct wenlu_host *host, const char *id)
{
	static const struct wenlu_number_host number = {
	    .struct_size = sizeof(number), .count = number_count, .get = number_get};
	static const struct wenlu_condition_host condition = {.struct_size = sizeof(condition),
							      .figure = condition_figure,
							      .ask_for = condition_ask_for};

	const struct serve *s = host->priv;

	if (id && !s->is_inside && strcmp(id, WENLU_EXTENSION_HTTP) == 0)
		return &serve_http;
	if (id && strcmp(id, WENLU_EXTENSION_NUMBER) == 0)
		return &number;
	if (id && strcmp(id, WENLU_EXTENSION_CONDITION) == 0)
		return &condition;
	return NULL;
}

static void make_table(struct serve *s)
{
	s->table = (struct wenlu_host){
	    .struct_size = sizeof(s->table),
	    .abi_major = WENLU_ABI_MAJOR,
	    .abi_minor = WENLU_ABI_MINOR,
	    .priv = s,
	    .log = host_log,
	    .conf = host_conf,
	    .ms_left = host_ms_left,
	    .get_extension = host_get_extension,
	};
	answer_fill_table(&s->table);
}

/* ---- what it is ---- */

static int send_about(struct serve *s, const struct serve_options *o)
{
	const struct wenlu_plugin *p = &s->plugin.entry;
	struct packet m = {.type = PACKET_ABOUT};
	struct view claims[PACKET_CLAIMS], rest = s->plugin.guide;
	int r;

	for (size_t i = 0; i < s->plugin.n_claims; i++)
		claims[i] = view_of(p->claims[i]);
	m.about = (struct packet_about){
	    .name = view_of(p->name),
	    .version = view_of(p->version),
	    .claims = claims,
	    .n_claims = s->plugin.n_claims,
	    .guide_len = (uint32_t)rest.len,
	    .abi_minor = p->abi_minor,
	    .confined = o->confined,
	    .has_code = p->answer != NULL,
	};
	r = serve_send(s, &m);
	while (r == 0 && rest.len > 0) {
		struct packet piece = {.type = PACKET_GUIDE,
				       .text = view_sub(rest, 0, PACKET_PIECE)};

		r = serve_send(s, &piece);
		rest = view_sub(rest, piece.text.len, rest.len);
	}
	return r;
}

static int read_guide(struct serve *s)
{
	struct problems problems = {.list = VEC_INIT};
	char text[FAULT_TEXT_MAX + FAULT_FILE_MAX];
	int r =
	    guide_read(&s->lasting, s->plugin.guide, s->plugin.entry.name, &s->guide, &problems);

	for (size_t i = 0; r < 0 && i < problems.list.n; i++)
		if (problems.list.items[i].is_error) {
			refuse(s, fault_format(&problems.list.items[i].fault, text, sizeof(text)));
			break;
		}
	problems_done(&problems);
	return r;
}

/* ---- asks ---- */

static int get_ready(struct serve *s)
{
	const struct wenlu_plugin *p = &s->plugin.entry;
	struct packet ready = {.type = PACKET_READY};
	char why[80];
	int32_t r = p->init ? p->init(&s->table, &s->state) : WENLU_OK;

	if (r != WENLU_OK) {
		snprintf(why, sizeof(why), "its init() returned %d", (int)r);
		return refuse(s, why);
	}
	s->is_ready = true;
	return serve_send(s, &ready);
}

static const char *cstr(struct arena *a, struct view v)
{
	return arena_copy(a, v).ptr;
}

/* A call of the plugin's was refused: the author reads it in the log. */
static void complain(void *data, const char *what)
{
	struct serve *s = data;

	host_log(&s->table, WENLU_LOG_WARN, what);
}

static int32_t call_answer(struct serve *s, const struct packet_ask *ask, int64_t left,
			   struct wenlu_answer *out)
{
	struct arena *a = &s->passing;
	struct wenlu_slot *slots = ARENA_ARRAY(a, ask->n_slots + 1, struct wenlu_slot);
	struct wenlu_request request = {
	    .struct_size = sizeof(request),
	    .budget_ms = left < UINT32_MAX ? (uint32_t)left : UINT32_MAX,
	    .region = cstr(a, ask->region),
	    .intent = cstr(a, ask->intent),
	    .text = cstr(a, ask->text),
	    .slots = slots,
	};
	int32_t result;

	for (size_t i = 0; i < ask->n_slots; i++) {
		if (ask->slots[i].name.ptr[0] == '#')
			continue;
		slots[request.n_slots].name = cstr(a, ask->slots[i].name);
		slots[request.n_slots++].value = ask->slots[i].value;
	}
	s->asked = ask;
	atomic_store(&s->deadline, ask->deadline);
	result = s->plugin.entry.answer(s->state, &s->table, &request, out);
	s->asked = NULL;
	atomic_store(&s->deadline, 0);
	return result;
}

static void set_failure(struct packet_answer *m, int32_t result, const char *reason)
{
	m->result = result;
	m->reason = view_of(reason);
	m->facts = (struct facts){.channels = {NULL, 0}};
	m->inquiry = (struct inquiry){.figure = VIEW_INIT("")};
}

static int answer_ask(struct serve *s, const struct packet_ask *ask)
{
	struct wenlu_answer *out = ARENA_NEW(&s->passing, struct wenlu_answer);
	struct packet m = {.type = PACKET_ANSWER};
	int64_t left = ask->deadline - clock_ms();
	char reason[80];
	int32_t result;

	answer_init(out, &s->passing, &s->guide, ask->intent);
	out->complain = complain;
	out->data = s;
	/* Nobody waits for it any more: on with the next. */
	result = left > 0 ? call_answer(s, ask, left, out) : WENLU_EBUSY;
	m.answer.id = ask->id;
	m.answer.result = result;
	m.answer.max_age_ms = out->max_age_ms;
	if (result < WENLU_ENOSPC || result > WENLU_DEFER) {
		snprintf(reason, sizeof(reason), "its answer() returned %d, which means nothing",
			 (int)result);
		set_failure(&m.answer, WENLU_EFAULT, reason);
	} else if (result < WENLU_OK) {
		snprintf(reason, sizeof(reason), "its answer() returned %d", (int)result);
		set_failure(&m.answer, result, reason);
	} else if (result == WENLU_OK && out->is_full) {
		set_failure(&m.answer, WENLU_ENOSPC, "its answer is too large");
	} else if (result == WENLU_OK && packet_says_nothing(&out->facts, &out->inquiry)) {
		set_failure(&m.answer, WENLU_EFAULT, "its answer() returned OK and said nothing");
	} else if (result == WENLU_OK) {
		m.answer.facts = out->facts;
		m.answer.inquiry = out->inquiry;
	}
	buf_clear(&s->out);
	packet_put(&s->out, &m);
	if (s->out.len > LIMIT_HOST_MESSAGE) {
		set_failure(&m.answer, WENLU_ENOSPC, "its answer is too large");
		return serve_send(s, &m);
	}
	return packet_send(s->socket, buf_view(&s->out), !s->is_inside);
}

static int handle(struct serve *s, const struct packet *m)
{
	struct setting *setting;
	int r = 0;

	switch (m->type) {
	case PACKET_CONF:
		if (s->is_ready)
			return -EPROTO;
		setting = vec_push(&s->settings);
		setting->key = arena_copy(&s->lasting, m->conf.key);
		setting->value = arena_copy(&s->lasting, m->conf.value);
		return 0;
	case PACKET_FETCHED:
		return 0; /* too late, for a question that is answered */
	case PACKET_ASK:
		if (!s->is_ready)
			r = get_ready(s);
		return r < 0 ? r : answer_ask(s, &m->ask);
	default:
		return -EPROTO;
	}
}

/* One packet, if `n` says that there is one. 0 or -errno. */
static int take(struct serve *s, ssize_t n)
{
	struct fault why;
	struct packet m;
	int r;

	if (n <= 0)
		return (int)n;
	arena_reset(&s->passing);
	r = packet_parse(&s->passing, view_make(s->in, (size_t)n), &m, &why);
	if (r == 0)
		r = handle(s, &m);
	/* The question may hold what nobody else should ever read. */
	explicit_bzero(s->in, (size_t)n);
	return r;
}

static int serve_asks(struct serve *s)
{
	for (;;) {
		ssize_t n = serve_take_kept(s);
		int r;

		if (n == 0)
			n = packet_receive(s->socket, s->in, sizeof(s->in), true);
		r = take(s, n);
		if (n <= 0 || r < 0)
			return r;
	}
}

int serve_run(const struct serve_options *options)
{
	static struct serve serve;
	struct serve *s = &serve;
	struct fault why;
	int r;

	s->socket = options->socket;
	arena_init(&s->lasting, 0);
	arena_init(&s->passing, 0);
	make_table(s);
	r = load_open(options->image, &s->plugin, &why);
	if (r < 0)
		return refuse(s, why.text);
	if (options->describe)
		return send_about(s, options);
	if (!s->plugin.entry.answer)
		return refuse(s, "it has no answer() function");
	r = read_guide(s);
	if (r == 0)
		r = serve_asks(s);
	if (s->is_ready && s->plugin.entry.fini)
		s->plugin.entry.fini(s->state);
	return r;
}

/* ---- in the server's own process ---- */

/* The linker knows what it has by the name that it was opened by: the number of a descriptor comes
 * again, with another image behind it. So no two names are the same. */
static void make_name(int fd, char *out, size_t cap)
{
	static unsigned long count;
	size_t n = (size_t)snprintf(out, cap, "/proc/self/fd/");

	count++;
	for (unsigned long rest = count; rest; rest /= 2)
		n += (size_t)snprintf(out + n, cap - n, rest % 2 ? ".//" : "./");
	snprintf(out + n, cap - n, "%d", fd);
}

int serve_open(int image_fd, int socket, struct serve **ret, struct fault *why)
{
	struct serve *s = calloc(1, sizeof(*s));
	char name[256];
	int r;

	if (!s)
		die_oom(sizeof(*s));
	s->socket = socket;
	s->is_inside = true;
	arena_init(&s->lasting, 0);
	arena_init(&s->passing, 0);
	make_table(s);
	make_name(image_fd, name, sizeof(name));
	r = load_open(name, &s->plugin, why);
	if (r == 0 && !s->plugin.entry.answer) {
		fault_set(why, "it has no answer() function");
		r = -EPROTO;
	}
	if (r == 0) {
		r = read_guide(s);
		if (r < 0)
			fault_set(why, "its guide cannot be read");
	}
	if (r < 0)
		serve_close(s);
	else
		*ret = s;
	return r;
}

int serve_turn(struct serve *s)
{
	ssize_t n = packet_receive(s->socket, s->in, sizeof(s->in), false);

	return n == -EAGAIN ? 0 : take(s, n);
}

void serve_close(struct serve *s)
{
	if (!s)
		return;
	if (s->is_ready && s->plugin.entry.fini)
		s->plugin.entry.fini(s->state);
	load_close(&s->plugin);
	vec_done(&s->settings);
	buf_done(&s->out);
	arena_done(&s->lasting);
	arena_done(&s->passing);
	close(s->socket);
	free(s);
}
