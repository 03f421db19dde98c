/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zoo-test.c - every animal of the zoo is taken in as a plugin, and asked if that works: what each
 * one costs must be one answer, never the server.
 *
 * Each has a plugin folder of its own, so that its problems are its own.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../unit/tap.h"
#include "base/clock.h"
#include "base/file.h"
#include "plugin/child.h"
#include "plugin/confine.h"
#include "plugin/describe.h"
#include "plugin/host.h"
#include "plugin/image.h"
#include "plugin/packet.h"
#include "plugin/registry.h"

/* Long for what must come, short for what never comes. */
#define PATIENT   120000
#define IMPATIENT 400

static struct arena arena;
static struct catalog catalog;
static struct region_table regions;
static struct loop *loop;
static struct host_pool *pool;
static const char *build_dir, *zoo_dir;
static char host_program[PATH_MAX], logged[4000];

struct heard {
	int n;
	enum host_outcome outcome;
	char summary[300], text[300], step[100], note[100], figure[70], asks[300];
	size_t n_channels, n_documents, n_timing;
	int64_t max_age_ms;
	int order;
};
static int order;

static void on_done(void *data, enum host_outcome outcome, const struct host_answer *answer,
		    const char *text)
{
	struct heard *h = data;
	const struct facts *f;

	h->n++;
	h->outcome = outcome;
	h->order = ++order;
	snprintf(h->text, sizeof(h->text), "%s", text);
	if (!answer)
		return;
	f = &answer->facts;
	h->max_age_ms = answer->max_age_ms;
	snprintf(h->figure, sizeof(h->figure), "%.*s", VIEW_ARG(answer->inquiry.figure));
	snprintf(h->asks, sizeof(h->asks), "%.*s", VIEW_ARG(answer->inquiry.line.text));
	snprintf(h->summary, sizeof(h->summary), "%.*s", VIEW_ARG(f->summary.text));
	if (f->steps.n)
		snprintf(h->step, sizeof(h->step), "%.*s", VIEW_ARG(f->steps.items[0].text));
	if (f->notes.n)
		snprintf(h->note, sizeof(h->note), "%.*s", VIEW_ARG(f->notes.items[0].text));
	h->n_channels = f->channels.n;
	h->n_documents = f->documents.n;
	h->n_timing = f->timing.n;
}

static void on_log(void *data, struct view plugin, int level, struct view text)
{
	size_t n = strlen(logged);

	(void)data;
	(void)level;
	snprintf(logged + n, sizeof(logged) - n, "%.*s: %.*s|", VIEW_ARG(plugin), VIEW_ARG(text));
}

static void wait_for(const int *n, int want)
{
	while (*n < want)
		loop_turn(loop, true);
}

/* ---- taking in ---- */

struct taken {
	struct registry *registry;
	const struct plugin *plugin; /* NULL: it was refused */
	char problem[600];
	int result;
};

static struct taken take(const char *dir)
{
	struct problems problems = {.list = VEC_INIT};
	struct registry_options options = {.dirs = &dir,
					   .n_dirs = 1,
					   .host_program = host_program,
					   .catalog = &catalog,
					   .regions = &regions,
					   .today = VIEW_INIT("2026-11-22")};
	struct taken t = {.registry = NULL};

	t.result = registry_new(&options, &t.registry, &problems);
	for (size_t i = 0; i < problems.list.n; i++)
		if (problems.list.items[i].is_error) {
			fault_format(&problems.list.items[i].fault, t.problem, sizeof(t.problem));
			break;
		}
	problems_done(&problems);
	if (t.result == 0 && registry_count(t.registry) == 1)
		t.plugin = registry_at(t.registry, 0);
	return t;
}

static const char *folder(const char *name)
{
	const char *dir = file_join(&arena, zoo_dir, name);

	if (mkdir(dir, 0755) < 0 && errno != EEXIST)
		exit(EXIT_FAILURE);
	return dir;
}

/* A folder with NAME.so in it; only its first `most` bytes, if that is not 0. */
static const char *cage(const char *name, const char *as, size_t most)
{
	const char *from = arena_printf(&arena, "%s/tests/plugin/%s.so", build_dir, name).ptr;
	const char *dir = folder(as);
	const char *to = arena_printf(&arena, "%s/%s.so", dir, name).ptr;
	struct view content;

	if (file_read(&arena, from, 32 << 20, &content) < 0) {
		printf("Bail out! %s is missing\n", from);
		exit(EXIT_FAILURE);
	}
	if (most)
		content = view_sub(content, 0, most);
	file_write(to, content, 0644);
	return dir;
}

static struct taken take_animal(const char *name)
{
	return take(cage(name, name, 0));
}

static void is_refused(const char *name, const char *words, const char *sentence)
{
	struct taken t = take_animal(name);

	ok(t.result == 0 && !t.plugin && strstr(t.problem, words), "%s", sentence);
	printf("# %s\n", t.problem);
	registry_free(t.registry);
}

/* More than are asked at a time, good ones and bad ones, from files that are there. */
static void side_by_side(void)
{
	enum { ANIMALS = 4, MANY = 50 };
	static const char *const names[ANIMALS] = {"table", "crashes-early", "good", "no-symbol"};
	struct describe_job jobs[MANY] = {{0}};
	struct image images[ANIMALS];
	size_t right = 0;
	struct fault why;

	for (size_t i = 0; i < ANIMALS; i++) {
		const char *path =
		    arena_printf(&arena, "%s/tests/plugin/%s.so", build_dir, names[i]).ptr;

		if (image_open(path, 32 << 20, &images[i], &why) < 0)
			exit(EXIT_FAILURE);
	}
	for (size_t i = 0; i < MANY; i++)
		jobs[i].image_fd = images[i % ANIMALS].fd;
	describe_images(&arena, host_program, PATIENT, jobs, MANY);
	for (size_t i = 0; i < MANY; i++)
		right += i % 2 ? jobs[i].result < 0 && jobs[i].why.text[0]
			       : jobs[i].result == 0 && jobs[i].description.guide.len > 0 &&
				     view_is(jobs[i].description.about.name, names[i % ANIMALS]);
	is_int((long long)right, MANY, "each of many says what it is, or why it is refused");
	for (size_t i = 0; i < ANIMALS; i++)
		close(images[i].fd);
}

static void refusals(void)
{
	is_refused("bad-magic", "bad magic 0x464c457f", "a bad magic number is named and refused");
	is_refused("wrong-major", "version 2.0", "another major version is refused by its number");
	is_refused("short-struct", "struct_size is 24", "too short a descriptor is refused");
	is_refused("no-symbol", "wenlu_plugin_entry", "without the constant it is no plugin");
	is_refused("no-name", "no name", "a plugin without a name is refused");
	is_refused("no-guide", "no guide", "a plugin without a guide is refused");
	is_refused("two-names", "one-name", "a plugin's name is that of its guide");
	is_refused("claims-unknown", "permit.timing", "the nearest intent is told for a wrong one");
	is_refused("claims-no-code", "answer()", "who claims an intent must have answer()");
	is_refused("crashes-early", "while it was opened",
		   "a crash in a constructor is that plugin's own end");
	is_refused("waits", "constructors wait",
		   "one that waits in a constructor is not waited for");
}

static void files(void)
{
	struct taken t;
	struct stat st;
	const char *dir = cage("good", "open-file", 0);
	const char *path = arena_printf(&arena, "%s/good.so", dir).ptr;

	chmod(path, 0666);
	t = take(dir);
	ok(!t.plugin && strstr(t.problem, "chmod o-w"),
	   "a file that everyone may write is refused");
	registry_free(t.registry);
	dir = cage("good", "strange-file", 0);
	if (geteuid() == 0) {
		const char *strange = arena_printf(&arena, "%s/good.so", dir).ptr;

		if (chown(strange, 65534, 65534) < 0)
			exit(EXIT_FAILURE);
		t = take(dir);
		ok(!t.plugin && strstr(t.problem, "belongs to user 65534"),
		   "a stranger's file is refused");
		registry_free(t.registry);
		if (chown(dir, 65534, 65534) < 0)
			exit(EXIT_FAILURE);
		t = take(dir);
		ok(t.plugin != NULL, "unless the folder is the same user's");
		registry_free(t.registry);
		if (chown(strange, 0, 65534) < 0)
			exit(EXIT_FAILURE);
		chmod(strange, 0664);
		t = take(dir);
		ok(!t.plugin && strstr(t.problem, "chmod g-w"),
		   "a file that a strange group may write is refused");
		registry_free(t.registry);
	} else {
		ok(1, "a stranger's file is refused # SKIP only root can make one");
	}
	dir = cage("good", "open-folder", 0);
	chmod(dir, 0777);
	t = take(dir);
	ok(t.result == -EPERM && strstr(t.problem, "everyone may write"),
	   "a folder that everyone may write is refused as a whole");
	stat(path, &st);
	dir = cage("good", "half", (size_t)st.st_size / 2);
	t = take(dir);
	ok(!t.plugin && strstr(t.problem, "cut off"), "half a file is told from a whole one");
	registry_free(t.registry);
	dir = cage("good", "headless", 40);
	t = take(dir);
	ok(!t.plugin && strstr(t.problem, "too short"), "the first bytes of a file are not enough");
	registry_free(t.registry);
}

/* ---- asking ---- */

static struct host_request request(const char *text, int64_t budget_ms)
{
	static const struct host_slot slots[] = {{VIEW_INIT("overdue_days"), 20}};

	return (struct host_request){.region = VIEW_INIT("330106"),
				     .intent = VIEW_INIT("permit.timing"),
				     .text = view_of(text),
				     .slots = slots,
				     .n_slots = 1,
				     .budget_ms = budget_ms};
}

static struct heard ask(const struct plugin *p, const char *text, int64_t budget_ms)
{
	struct host_request req = request(text, budget_ms);
	struct heard h = {.n = 0};

	host_ask(pool, p, &req, on_done, &h);
	wait_for(&h.n, 1);
	return h;
}

static void healthy(void)
{
	struct taken t = take_animal("table");
	struct heard h;

	ok(t.plugin && !t.plugin->has_code && t.plugin->image_fd < 0,
	   "a table in a .so is taken in and its code is never needed");
	registry_free(t.registry);

	t = take_animal("good");
	ok(t.plugin && t.plugin->has_code && view_is(t.plugin->version, "7"),
	   "a plugin with code is taken in, with the version of its code");
	host_pool_set_conf(pool, "good", "voice", "calm");
	h = ask(t.plugin, "多久", PATIENT);
	is_int(h.outcome, HOST_ANSWERED, "code answers");
	is_str(h.summary, "call 1, overdue_days = 20, voice calm, in time",
	       "code sees figures, settings and the time that is left");
	is_str(h.step, "330106", "code knows which place was asked about, and can clear and add");
	is_str(h.note, "多久", "code sees the question");
	ok(h.n_channels == 1 && h.n_documents == 1 && h.n_timing == 2,
	   "what it adds stands behind what its guide says");
	is_int(h.max_age_ms, 1234, "code says how long its answer keeps");
	ok(strstr(logged, "good: ready for questions|") != NULL,
	   "its lines reach the log, one line each");
	h = ask(t.plugin, "多久", PATIENT);
	ok(strncmp(h.summary, "call 2", 6) == 0, "the same process answers the second time");
	ok(host_health(pool, t.plugin).is_running, "its process is seen to run");
	registry_free(t.registry);

	t = take_animal("from-the-future");
	ok(t.plugin != NULL, "a plugin from the future of the same major version is taken in");
	if (t.plugin)
		is_str(ask(t.plugin, "", PATIENT).summary, "从将来来的回答", "and it answers");
	registry_free(t.registry);

	t = take_animal("defers");
	is_int(ask(t.plugin, "", PATIENT).outcome, HOST_DEFERRED, "\"not mine\" is an answer");
	is_int((int)host_health(pool, t.plugin).n_failures, 0, "and no failure");
	registry_free(t.registry);
}

/* One answer is lost, with a reason, and the plugin rests. */
static void costs_one_answer(const char *name, const char *words, const char *sentence)
{
	struct taken t = take_animal(name);
	struct heard h;
	int64_t began;

	if (!ok(t.plugin != NULL, "%s is taken in: nothing is wrong to the eye", name)) {
		printf("# %s\n", t.problem);
		return;
	}
	h = ask(t.plugin, "", PATIENT);
	ok(h.outcome == HOST_FAILED && strstr(h.text, words), "%s", sentence);
	printf("# %s\n", h.text);
	/* If we had no processor for a second, its rest is over: then it fails again, and rests
	 * longer. */
	do {
		began = clock_ms();
		ask(t.plugin, "", PATIENT);
		h = ask(t.plugin, "", PATIENT);
	} while (!strstr(h.text, "resting: ") && clock_ms() - began >= 1000);
	ok(h.outcome == HOST_FAILED && strstr(h.text, "resting: "), "%s rests afterwards", name);
	registry_free(t.registry);
}

static void is_late(const char *name, const char *sentence)
{
	struct taken t = take_animal(name);
	struct heard h = ask(t.plugin, "", IMPATIENT);

	is_int(h.outcome, HOST_TOO_LATE, "%s", sentence);
	registry_free(t.registry);
}

/* What curious.c asks for, as the question tells it. */
static void inquiries(void)
{
	struct taken t = take_animal("curious");
	struct heard h = ask(t.plugin, "two", PATIENT);
	struct host_request req;
	uint64_t id;

	ok(strcmp(h.figure, "overdue_days") == 0 && strcmp(h.asks, "逾期几天？") == 0,
	   "of two figures that are asked for the first arrives");
	is_str(h.note, "", "and no note repeats it");
	h = ask(t.plugin, "unknown", PATIENT);
	ok(strcmp(h.figure, "shoe_size") == 0 && h.asks[0],
	   "a name that no matter knows is the matter's business");
	h = ask(t.plugin, "silent", PATIENT);
	ok(strcmp(h.figure, "overdue_days") == 0 && !h.asks[0] && h.summary[0],
	   "the sentence may be left to the matter");
	h = ask(t.plugin, "only", PATIENT);
	ok(h.outcome == HOST_ANSWERED && h.asks[0] && !h.summary[0], "to ask is to answer");
	h = ask(t.plugin, "wrong", PATIENT);
	ok(h.outcome == HOST_ANSWERED && h.summary[0] && !h.figure[0],
	   "what is refused is not asked, and the answer stands");
	ok(strstr(logged, "curious: ask_for: the figure's name is no word of plain characters|") &&
	       strstr(logged, "curious: ask_for: text is not UTF-8 or has a control character|") &&
	       strstr(logged, "curious: ask_for: the guide has no source 'T9'|"),
	   "and the log says why");
	h = ask(t.plugin, "long", PATIENT);
	ok(h.outcome == HOST_FAILED && strstr(h.text, "too large"),
	   "too long a sentence is too much for one answer");
	req = request("two", PATIENT);
	h = (struct heard){.n = 0};
	id = host_ask(pool, t.plugin, &req, on_done, &h);
	wait_for(&h.n, 1);
	registry_free(t.registry);
	t = take_animal("forges-ask");
	h = ask(t.plugin, arena_printf(&arena, "%llu", (unsigned long long)id + 1).ptr, PATIENT);
	ok(h.outcome == HOST_FAILED && strstr(h.text, "a source that is not in its guide"),
	   "a forged source of what is asked is seen");
	registry_free(t.registry);
}

static void sick(void)
{
	costs_one_answer("init-fails", "init() returned -3", "an init() that fails is told");
	costs_one_answer("exits", "exit code 0", "a plugin that ends its process costs one answer");
	costs_one_answer("rubbish", "rubbish", "rubbish on the socket is seen for what it is");
	costs_one_answer("closes", "", "closing every descriptor costs one answer");
	costs_one_answer("crashes", "", "writing to where nothing is costs one answer");
	costs_one_answer("aborts", "", "so does abort()");
	costs_one_answer("too-much", "too large", "ten megabytes are refused");
	costs_one_answer("unsourced", "said nothing", "a fact without a source is no fact");
	costs_one_answer("undecided", "42", "a result that means nothing is a failure");
	costs_one_answer("forges", "", "a forged message is refused");
	is_late("sleeps", "a plugin that waits for ever is given up in time");
	is_late("forks", "a plugin that multiplies instead of answering is given up in time");
	is_late("loops", "a plugin that thinks for ever is given up in time");
	ok(strstr(logged, "unsourced: set_summary: the guide has no source 'T9'|") != NULL,
	   "what its author got wrong stands in the log");
}

/* Children of ours that run code. */
static void signal_children(int signum)
{
	char path[64], children[4096] = "", *at = children;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/self/task/%ld/children", (long)getpid());
	f = fopen(path, "r");
	if (!f || !fgets(children, sizeof(children), f))
		printf("# no children: %s\n", path);
	if (f)
		fclose(f);
	for (long pid; (pid = strtol(at, &at, 10)) > 0;)
		kill((pid_t)pid, signum);
}

static void crash_and_return(void)
{
	struct taken t = take_animal("moody");
	struct heard h = ask(t.plugin, "fine", PATIENT);
	struct host_request req;
	int64_t began;

	is_int(h.outcome, HOST_ANSWERED, "moody answers while it is well");
	req = request("fine", 1);
	req.full_budget_ms = PATIENT;
	h = (struct heard){.n = 0};
	signal_children(SIGSTOP);
	host_ask(pool, t.plugin, &req, on_done, &h);
	wait_for(&h.n, 1);
	signal_children(SIGCONT);
	is_int(h.outcome, HOST_TOO_LATE, "who was left too little time is too late");
	is_str(h.text, HOST_SHORT, "which is told as such");
	h = ask(t.plugin, "fine", PATIENT);
	ok(h.outcome == HOST_ANSWERED && host_health(pool, t.plugin).n_failures == 0,
	   "but has not failed, and is asked again");
	ok(host_health(pool, t.plugin).n_short == 1 && host_health(pool, t.plugin).n_starved == 0,
	   "it is counted once, and not put down to the machine");
	began = clock_ms();
	h = ask(t.plugin, "crash", PATIENT);
	is_int(h.outcome, HOST_FAILED, "its crash costs one answer");
	ok(strstr(h.text, "crashed") || strstr(h.text, "ended"), "the reason says what happened");
	ok(host_health(pool, t.plugin).rests_ms > 0 || clock_ms() - began >= 1000,
	   "it rests for a moment");
	for (int i = 0; i < 10000 && !host_health(pool, t.plugin).is_running; i++) {
		loop_turn(loop, false);
		usleep(20000);
	}
	ok(host_health(pool, t.plugin).is_running, "its process is back before anybody asks");
	while (host_health(pool, t.plugin).rests_ms > 0) {
		loop_turn(loop, false);
		usleep(20000);
	}
	h = ask(t.plugin, "fine", PATIENT);
	is_int(h.outcome, HOST_ANSWERED, "after its rest the new process answers");
	began = clock_ms();
	ask(t.plugin, "crash", PATIENT);
	is_int((int)host_health(pool, t.plugin).n_failures, 2, "a second failure is counted");
	ok(host_health(pool, t.plugin).rests_ms > 1000 || clock_ms() - began >= 1000,
	   "and makes the rest longer");
	registry_free(t.registry);
}

static void neighbours(void)
{
	struct taken bad = take(cage("sleeps", "sleeper-too", 0));
	struct taken good = take(cage("good", "good-too", 0));
	struct host_request req = request("a", PATIENT), late = request("b", PATIENT);
	struct heard h[5] = {{.n = 0}};
	uint64_t id, hanging;

	while (host_health(pool, bad.plugin).rests_ms > 0) {
		loop_turn(loop, false);
		usleep(20000);
	}
	hanging = host_ask(pool, bad.plugin, &late, on_done, &h[0]);
	host_ask(pool, good.plugin, &req, on_done, &h[1]);
	host_ask(pool, good.plugin, &req, on_done, &h[2]);
	id = host_ask(pool, good.plugin, &req, on_done, &h[3]);
	host_cancel(pool, id);
	host_ask(pool, good.plugin, &req, on_done, &h[4]);
	ok(h[1].n == 0, "no callback comes before the loop turns");
	wait_for(&h[4].n, 1);
	ok(h[0].n == 0, "a healthy plugin does not wait for a hanging one");
	host_cancel(pool, hanging);
	ok(h[1].order < h[2].order && h[2].order < h[4].order,
	   "questions to one plugin are answered in their order");
	is_int(h[3].n, 0, "a cancelled question is not called back");
	is_int(h[1].n + h[2].n + h[4].n, 3, "every other one is, exactly once");
	registry_free(bad.registry);
	registry_free(good.registry);
}

/* Some socket of ours holds something to read. */
static bool has_mail(void)
{
	const char *const *names;
	size_t n = 0;

	file_list(&arena, "/proc/self/fd", NULL, &names, &n);
	for (size_t i = 0; i < n; i++) {
		struct pollfd p = {.fd = atoi(names[i]), .events = POLLIN};
		struct stat st;

		if (fstat(p.fd, &st) == 0 && S_ISSOCK(st.st_mode) && poll(&p, 1, 0) == 1)
			return true;
	}
	return false;
}

/* On a machine that is too busy nobody reads the answer before its time is over. */
static void unread(void)
{
	struct taken t = take(cage("good", "good-unread", 0));
	struct host_request req = request("a", 1500);
	struct heard h = {.n = 0};
	int64_t until;

	ask(t.plugin, "a", PATIENT);
	until = clock_ms() + 1600;
	host_ask(pool, t.plugin, &req, on_done, &h);
	while (clock_ms() < until || !has_mail())
		usleep(20000);
	wait_for(&h.n, 1);
	is_int(h.outcome, HOST_ANSWERED, "an answer that was there in time is not too late");
	is_int((int)host_health(pool, t.plugin).n_failures, 0, "and its plugin has not failed");
	registry_free(t.registry);
}

/* What tells a child that gets no processor from one that waits for something. */
static void wanting(void)
{
	struct child busy = {.pid = fork(), .socket = -1, .pidfd = -1}, idle = busy;
	int status;

	if (busy.pid == 0)
		for (volatile unsigned n = 0;; n++)
			;
	idle.pid = fork();
	if (idle.pid == 0)
		for (;;)
			pause();
	for (int i = 0; i < 10000 && child_wants_cpu(&idle); i++)
		usleep(20000);
	for (int i = 0; i < 10000 && child_cpu_ns(&busy) < 20000000; i++)
		usleep(20000);
	ok(child_wants_cpu(&busy) && child_cpu_ns(&busy) >= 20000000,
	   "one that computes wants the processor, and what it had of it is known");
	ok(!child_wants_cpu(&idle) && child_cpu_ns(&idle) < 20000000, "one that waits does not");
	child_kill(&busy);
	child_kill(&idle);
	child_reap(&busy, true, &status);
	child_reap(&idle, true, &status);
	ok(!child_wants_cpu(&busy) && child_cpu_ns(&busy) == 0, "nor does one that is gone");
}

/* Under the sanitizers the process is not confined, and it says so itself. */
static void confinement(void)
{
	struct taken t = take_animal("spy");
	struct heard h = ask(t.plugin, "", PATIENT);
	const unsigned all = CONFINED_RLIMITS | CONFINED_LANDLOCK | CONFINED_SECCOMP;
	bool is_confined = (t.plugin->confined & all) == all;

	if (is_confined)
		is_str(h.summary, "worked:", "code can read, write, connect, signal, fork nothing");
	else
		ok(h.outcome == HOST_ANSWERED, "code answers # SKIP not confined here");
	registry_free(t.registry);
	if (!is_confined)
		return;
	t = take_animal("greedy");
	h = ask(t.plugin, "", PATIENT);
	ok(h.outcome == HOST_FAILED, "memory ends where its limit is");
	registry_free(t.registry);
}

/* isolate = no. There is no wenlu-host here: who answers does so in this process. */
static void inside(void)
{
	static const char *const named[] = {"good",       "defers",   "unsourced", "undecided",
					    "init-fails", "too-much", "moody"};
	struct host_pool *usual = pool;
	struct host_request req;
	struct taken t;
	struct heard h;

	pool = host_pool_new(loop, "/nonexistent/wenlu-host");
	host_pool_set_log(pool, on_log, NULL);
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		host_pool_set_conf(pool, named[i], "isolate", "no");
	host_pool_set_conf(pool, "good", "voice", "near");
	t = take_animal("good");
	for (int i = 0; i < 50; i++)
		h = ask(t.plugin, "多久", PATIENT);
	is_str(h.summary, "call 50, overdue_days = 20, voice near, in time",
	       "code that the operator named answers in the server's own process");
	ok(h.n_channels == 1 && h.n_documents == 1 && h.n_timing == 2 && h.max_age_ms == 1234,
	   "with the same answer as from a process of its own");
	registry_free(t.registry);
	costs_one_answer("init-fails", "init() returned -3", "inside, too, an init() is heard");
	costs_one_answer("too-much", "too large", "inside, too, ten megabytes are refused");
	costs_one_answer("unsourced", "said nothing", "inside, too, a fact needs a source");
	costs_one_answer("undecided", "42", "inside, too, a result must mean something");
	t = take_animal("defers");
	is_int(ask(t.plugin, "", PATIENT).outcome, HOST_DEFERRED, "inside, too, it may defer");
	registry_free(t.registry);
	t = take_animal("moody");
	req = request("slow 3", 1);
	h = (struct heard){.n = 0};
	host_ask(pool, t.plugin, &req, on_done, &h);
	wait_for(&h.n, 1);
	ok(h.outcome == HOST_TOO_LATE, "inside, too, a late answer is none");
	registry_free(t.registry);
	t = take_animal("from-the-future");
	h = ask(t.plugin, "", PATIENT);
	ok(h.outcome == HOST_FAILED && strstr(h.text, "cannot be started"),
	   "code that nobody named never runs here");
	registry_free(t.registry);
	host_pool_free(pool);
	pool = usual;
}

/* What a scan of the folder says of the one plugin in it. */
static void scan(const char *dir, const char *host, const struct sources *kept, bool is_patient,
		 struct sources *ret)
{
	struct sources_options o = {.dirs = &dir,
				    .n_dirs = 1,
				    .host_program = host,
				    .is_patient = is_patient,
				    .kept = kept};
	struct problems problems = {.list = VEC_INIT};

	sources_init(ret);
	sources_scan(ret, &o, &problems);
	problems_done(&problems);
}

static bool has_trouble(const struct sources *s, const char *words)
{
	return s->list.n == 1 && s->list.items[0].is_out &&
	       view_find(s->list.items[0].trouble, view_of(words)) >= 0;
}

/* Whoever hangs while it is looked at keeps the others waiting once, not at each change. */
static void hangs(void)
{
	static const char nobody[] = "/nonexistent/wenlu-host";
	const char *dir = cage("waits", "hanging", 0);
	const char *other = arena_printf(&arena, "%s/tests/plugin/crashes-early.so", build_dir).ptr;
	struct sources first, second, third, fourth;
	struct view content;

	scan(dir, host_program, NULL, false, &first);
	ok(has_trouble(&first, "in time"), "a constructor that waits for ever is given up");
	scan(dir, nobody, &first, false, &second);
	ok(has_trouble(&second, "in time"), "the same file is not opened again");
	scan(dir, nobody, &second, false, &third);
	ok(has_trouble(&third, "in time"), "nor the time after that");
	scan(dir, nobody, &second, true, &fourth);
	ok(has_trouble(&fourth, "cannot be started"), "but when somebody asks for it");
	sources_done(&fourth);
	ok(file_read(&arena, other, 32 << 20, &content) == 0 &&
	       file_write(file_join(&arena, dir, "waits.so"), content, 0644) == 0,
	   "another takes its place");
	scan(dir, nobody, &third, false, &fourth);
	ok(has_trouble(&fourth, "cannot be started"), "and is opened");
	sources_done(&fourth);
	sources_done(&third);
	sources_done(&second);
	sources_done(&first);
}

/* As on a kernel that has neither Landlock nor seccomp. */
static void unconfined(void)
{
	const char *dir = cage("good", "unconfined", 0);
	struct registry_options options = {.dirs = &dir,
					   .n_dirs = 1,
					   .host_program = host_program,
					   .catalog = &catalog,
					   .regions = &regions,
					   .today = VIEW_INIT("2026-11-22")};
	struct problems problems = {.list = VEC_INIT};
	struct registry *r = NULL;
	struct sources sources;

	scan(dir, host_program, NULL, false, &sources);
	sources.list.items[0].confined = CONFINED_RLIMITS;
	ok(registry_from(&options, &sources, &r, &problems) == 0 && registry_count(r) == 1,
	   "code runs where the kernel offers less");
	problems_done(&problems);
	problems = (struct problems){.list = VEC_INIT};
	confined_tell(r, &problems);
	ok(problems.list.n == 1 && !problems.list.items[0].is_error &&
	       strstr(problems.list.items[0].fault.text, "without Landlock and seccomp"),
	   "and that is told");
	ok(!confined_missing(CONFINED_RLIMITS | CONFINED_LANDLOCK | CONFINED_SECCOMP),
	   "where nothing is missing there is nothing to tell");
	problems_done(&problems);
	registry_free(r);
	sources_done(&sources);
}

static void other_languages(void)
{
	const char *path = arena_printf(&arena, "%s/tests/plugin/cxx.so", build_dir).ptr;
	struct taken t;

	if (access(path, R_OK) < 0) {
		ok(1, "a plugin may be written in C++ # SKIP no compiler for it");
		return;
	}
	t = take_animal("cxx");
	is_str(t.plugin ? ask(t.plugin, "", PATIENT).summary : t.problem, "C++: permit.timing",
	       "a plugin may be written in C++");
	registry_free(t.registry);
}

static void remove_folder(const char *path)
{
	const char *const *names;
	size_t n;

	if (file_list(&arena, path, NULL, &names, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		const char *inside = file_join(&arena, path, names[i]);

		if (unlink(inside) < 0)
			remove_folder(inside);
	}
	rmdir(path);
}

static size_t count_descriptors(void)
{
	const char *const *names;
	size_t n = 0;

	file_list(&arena, "/proc/self/fd", NULL, &names, &n);
	return n;
}

int main(void)
{
	const char *src = getenv("srcdir") ? getenv("srcdir") : ".";
	char dir[] = "/tmp/wenlu-zoo-XXXXXX";
	struct fault why;
	size_t before;

	build_dir = getenv("builddir") ? getenv("builddir") : ".";
	snprintf(host_program, sizeof(host_program), "%s/wenlu-host", build_dir);
	arena_init(&arena, 0);
	zoo_dir = mkdtemp(dir);
	if (!zoo_dir ||
	    catalog_load(&arena, file_join(&arena, src, "intents"), &catalog, &why) < 0 ||
	    region_table_load(&arena, file_join(&arena, src, "core/know/regions"), &regions, &why) <
		0) {
		printf("Bail out! %s\n", why.text);
		return EXIT_FAILURE;
	}
	loop = loop_new(true);
	before = count_descriptors();
	pool = host_pool_new(loop, host_program);
	host_pool_set_log(pool, on_log, NULL);
	refusals();
	side_by_side();
	files();
	healthy();
	inquiries();
	sick();
	crash_and_return();
	neighbours();
	unread();
	wanting();
	confinement();
	inside();
	hangs();
	unconfined();
	other_languages();
	host_pool_free(pool);
	is_int((int)count_descriptors(), (int)before, "no descriptor is left open at the end");
	remove_folder(zoo_dir);
	loop_free(loop);
	arena_done(&arena);
	return done();
}
