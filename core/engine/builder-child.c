/* SPDX-License-Identifier: Apache-2.0 */
/* builder-child.c - the builder's process: from files to a generation that passed its trial. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/seal.h"
#include "engine/archive.h"
#include "engine/builder.h"
#include "engine/handover.h"
#include "engine/trial.h"
#include "nlu/cache.h"
#include "plugin/child.h"
#include "plugin/confine.h"

/* Trained models that stay in cache_dir. */
#define MODELS_KEPT 16
#define KEPT_NAME   "plugins.kept"
#define KEPT_MOST   ((size_t)1 << 30)
/* Less urgent than answering people. */
#define NICENESS 5

struct build {
	struct arena arena;
	struct view request;
	struct generation_paths paths;
	struct handover live;
	struct view live_archive, live_model;
	struct view kept_file; /* what the kept sources point into, if it is a file */
	struct sources kept, sources;
	struct buf archive;
	struct ground *ground;
	struct problems problems;
	bool has_live;
	bool is_trained;
	size_t n_canaries;
};

static const char *setting(struct build *b, const char *name)
{
	return archive_setting(b->request, &b->arena, name);
}

static const char *or_null(const char *text)
{
	return text[0] ? text : NULL;
}

/* Three at a time: plugin, key, value. */
static void read_plugin_settings(struct build *b)
{
	const char *const *values;
	size_t n = archive_settings(b->request, &b->arena, "of_plugin", &values) / 3;
	struct plugin_setting *items = ARENA_ARRAY(&b->arena, n + 1, struct plugin_setting);

	for (size_t i = 0; i < n; i++)
		items[i] =
		    (struct plugin_setting){values[3 * i], values[3 * i + 1], values[3 * i + 2]};
	b->paths.of_plugins = (struct plugin_settings){items, n};
}

static void read_request(struct build *b)
{
	struct generation_paths *p = &b->paths;

	p->intents_dir = setting(b, "intents");
	p->regions_dir = setting(b, "regions");
	p->wording_file = setting(b, "wording");
	p->host_program = setting(b, "host_program");
	p->cache_dir = or_null(setting(b, "cache_dir"));
	p->state_dir = or_null(setting(b, "state_dir"));
	p->n_plugin_dirs = archive_settings(b->request, &b->arena, "plugins", &p->plugin_dirs);
	p->trust.n_keys = archive_settings(b->request, &b->arena, "trusted_keys", &p->trust.keys);
	p->trust.is_required = strcmp(setting(b, "require_signed"), "yes") == 0;
	read_plugin_settings(b);
}

/* ---- last good versions ---- */

/* The rules may have become stricter since it was kept. */
static bool is_trusted(const struct build *b, const struct plugin_source *s)
{
	struct view content = s->guide;
	struct fault why;
	bool is_right;

	if (!b->paths.trust.is_required)
		return true;
	/* Of a table in a .so only the text is kept, which is not what was signed. */
	if (s->signature.len == 0 || (s->is_object && s->image_fd < 0))
		return false;
	if (s->is_object && seal_map(s->image_fd, &content) < 0)
		return false;
	is_right = signature_check(&b->paths.trust, content, s->signature, &why) == 0;
	if (s->is_object)
		seal_unmap(content);
	return is_right;
}

static void read_kept_file(struct build *b)
{
	const char *path = file_join(&b->arena, b->paths.state_dir, KEPT_NAME);
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return;
	/* Nobody else may have had a hand in it. */
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && !(st.st_mode & 022) &&
	    (st.st_uid == geteuid() || st.st_uid == 0) &&
	    file_read_fd(&b->arena, fd, KEPT_MOST, &b->kept_file) == 0 &&
	    archive_is_whole(b->kept_file))
		(void)archive_sources(b->kept_file, &b->kept, NULL, 0);
	close(fd);
	for (size_t i = 0; i < b->kept.list.n; i++)
		if (!is_trusted(b, &b->kept.list.items[i]))
			b->kept.list.items[i].is_out = true;
}

static int read_live(struct build *b)
{
	int r = 0;

	while (r == 0 && !b->live.is_whole)
		r = handover_receive(&b->live, CHILD_SOCKET_FD, true);
	if (r < 0 || b->live.fds.n < 2)
		return r;
	b->has_live = true;
	r = seal_map(b->live.fds.items[0], &b->live_archive);
	if (r == 0)
		r = seal_map(b->live.fds.items[1], &b->live_model);
	if (r == 0)
		r = archive_sources(b->live_archive, &b->kept, b->live.fds.items + 2,
				    b->live.fds.n - 2);
	return r;
}

/* What is kept for the next start, if it is not there already. */
static void keep(struct build *b)
{
	bool is_new = b->sources.list.n != b->kept.list.n || (!b->has_live && !b->kept_file.len);
	struct buf out = BUF_INIT;
	int r;

	for (size_t i = 0; i < b->sources.list.n; i++)
		is_new |= b->sources.list.items[i].is_changed;
	if (!b->paths.state_dir || !is_new)
		return;
	archive_put_sources(&out, &b->sources, true);
	archive_end(&out);
	(void)file_make_folder(b->paths.state_dir, 0700);
	r = file_write(file_join(&b->arena, b->paths.state_dir, KEPT_NAME), buf_view(&out), 0600);
	if (r < 0)
		log_warn("state_dir %s: %s; last good versions of plugins will not outlast a "
			 "restart",
			 b->paths.state_dir, error_text(r));
	buf_done(&out);
}

/* ---- the generation ---- */

/* All that is read goes into the archive; from then on the disk is not looked at. */
static int snapshot(struct build *b, struct fault *why)
{
	const struct generation_paths *p = &b->paths;
	struct ground_paths where = {p->intents_dir, p->regions_dir, p->wording_file};
	struct files_recorder recorder;
	int r;

	files_recorder_init(&recorder, &b->archive);
	r = ground_read(&recorder.files, &where, &b->ground, why);
	if (r < 0)
		return r;
	b->ground->id = archive_files_hash(buf_view(&b->archive), &b->arena);
	archive_put_ground(&b->archive, b->ground->id);
	return 0;
}

static int scan(struct build *b, struct fault *why)
{
	struct sources_options options = {
	    .dirs = b->paths.plugin_dirs,
	    .n_dirs = b->paths.n_plugin_dirs,
	    .host_program = b->paths.host_program,
	    .trust = b->paths.trust,
	    .is_patient = !b->has_live || strcmp(setting(b, "is_patient"), "yes") == 0,
	    .kept = &b->kept,
	};
	int r = sources_scan(&b->sources, &options, &b->problems);

	if (r < 0 && !problems_first_error(&b->problems, why))
		fault_set(why, "the plugins cannot be read: %s", error_text(r));
	return r;
}

static int try(struct build *b, struct generation **ret, struct fault *why)
{
	struct loop *loop = loop_new(false);
	struct trial trial = {
	    .loop = loop,
	    .paths = &b->paths,
	    .ground = b->ground,
	    .sources = &b->sources,
	    .problems = &b->problems,
	    .has_live = b->has_live,
	};
	int r = -EAGAIN;

	if (b->has_live)
		trial.is_shared_changed =
		    archive_ground(b->live_archive, &b->arena) != b->ground->id;
	if (!trial.is_shared_changed)
		trial.model = b->live_model;
	b->is_trained = true;
	if (strcmp(setting(b, "may_wait"), "yes") != 0)
		r = trial_quick(&trial, ret, &b->is_trained);
	if (r < 0) {
		b->is_trained = true;
		r = trial_run(&trial, ret, why);
	}
	b->n_canaries = trial.n_canaries;
	if (r == 0) {
		plugin_settings_match(&b->paths.of_plugins, (*ret)->registry, &b->problems);
		confined_tell((*ret)->registry, &b->problems);
	}
	loop_free(loop);
	return r;
}

static int make(struct build *b, struct generation **ret, struct fault *why)
{
	int r = snapshot(b, why);

	if (r == 0)
		r = scan(b, why);
	return r < 0 ? r : try(b, ret, why);
}

/* ---- handing it over ---- */

/* The live one's again, or a copy. */
static int model_fd(const struct build *b, const struct generation *g)
{
	struct view image = understander_image(g->understander);

	if (image.len && image.ptr == b->live_model.ptr)
		return fcntl(b->live.fds.items[1], F_DUPFD_CLOEXEC, 0);
	return seal_make("wenlu-model", image);
}

static int send_all(struct build *b, const struct generation *g)
{
	VEC(int) fds = VEC_INIT;
	int r, archive, model = -1;

	archive_put_problems(&b->archive, &b->problems);
	archive_put_setting(&b->archive, "is_trained", view_of(b->is_trained ? "yes" : "no"));
	archive_put_setting(&b->archive, "n_canaries",
			    arena_printf(&b->arena, "%zu", b->n_canaries));
	if (g)
		archive_put_sources(&b->archive, &b->sources, false);
	archive_end(&b->archive);
	archive = seal_make("wenlu-content", buf_view(&b->archive));
	*vec_push(&fds) = archive;
	if (g) {
		model = model_fd(b, g);
		*vec_push(&fds) = model;
	}
	for (size_t i = 0; g && i < b->sources.list.n; i++)
		if (b->sources.list.items[i].image_fd >= 0)
			*vec_push(&fds) = b->sources.list.items[i].image_fd;
	r = archive < 0 || (g && model < 0) ? -ENOMEM
					    : handover_send(CHILD_SOCKET_FD, fds.items, fds.n);
	if (archive >= 0)
		close(archive);
	if (model >= 0)
		close(model);
	vec_done(&fds);
	return r;
}

static int run(struct build *b)
{
	struct generation *g = NULL;
	struct fault why;
	int r = seal_map(CHILD_IMAGE_FD, &b->request);

	if (r < 0)
		return r;
	read_request(b);
	r = read_live(b);
	if (r < 0)
		return r;
	if (!b->has_live && b->paths.state_dir)
		read_kept_file(b);
	if (make(b, &g, &why) < 0) {
		archive_put_failed(&b->archive, &why);
		return send_all(b, NULL);
	}
	r = send_all(b, g);
	if (r == 0)
		keep(b);
	if (b->paths.cache_dir)
		cache_trim(b->paths.cache_dir, MODELS_KEPT);
	generation_unref(g);
	return r;
}

static void clean_up(struct build *b)
{
	sources_done(&b->sources);
	sources_done(&b->kept);
	handover_done(&b->live);
	seal_unmap(b->live_archive);
	seal_unmap(b->live_model);
	seal_unmap(b->request);
	problems_done(&b->problems);
	ground_unref(b->ground);
	buf_done(&b->archive);
	arena_done(&b->arena);
}

int builder_main(const char *parent)
{
	struct build b = {.n_canaries = 0};
	int r;

	prctl(PR_SET_NAME, "wenlud-builder");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != (pid_t)strtol(parent, NULL, 10))
		return 1;
	fcntl(CHILD_SOCKET_FD, F_SETFD, FD_CLOEXEC);
	fcntl(CHILD_IMAGE_FD, F_SETFD, FD_CLOEXEC);
	(void)setpriority(PRIO_PROCESS, 0, NICENESS);
	signal(SIGPIPE, SIG_IGN);
	log_setup("wenlud", LOG_FORM_TEXT, LOG_LEVEL_WARN);
	arena_init(&b.arena, 0);
	sources_init(&b.kept);
	sources_init(&b.sources);
	r = run(&b);
	clean_up(&b);
	if (r < 0)
		log_error("builder: %s", error_text(r));
	return r < 0;
}
