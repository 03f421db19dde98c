/* SPDX-License-Identifier: Apache-2.0 */
/*
 * preview.h - the world with a guide that is not installed.
 *
 * The guide is put into a folder of its own behind the configured ones, where it wins over an
 * installed guide of its name, and the world is built with that. Nothing installed is touched.
 */
#ifndef CLI_PREVIEW_H
#define CLI_PREVIEW_H

#include "cli/asker.h"

struct preview {
	const struct settings *settings;
	struct world world; /* its generation; the settings are a copy without an owner */
	struct asker asker; /* asks that world */
	struct arena arena;
	const char *file;   /* as it was named */
	const char *folder; /* of the copy */
	const char *copy;
	const struct plugin *plugin; /* what the copy became */
};

/*
 * Build it; what is wrong with the guide is added to `problems`. 0; -EBADMSG if there is an error
 * among that; else -errno with *why. The settings must outlive it; preview_close() in any case.
 */
int preview_open(struct preview *p, const struct settings *settings, const char *file,
		 struct problems *problems, struct fault *why);
void preview_close(struct preview *p);
/* Ask its canary questions: each that is not answered as it should be is an error, placed in the
 * file, in `problems`. How many were asked. */
size_t preview_canaries(struct preview *p, struct problems *problems);

#endif
