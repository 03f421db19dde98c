/* SPDX-License-Identifier: Apache-2.0 */
/* asker.h - an engine without a server: ask, wait, have the reply. */
#ifndef CLI_ASKER_H
#define CLI_ASKER_H

#include "cli/cli.h"

struct asker {
	struct loop *loop;
	struct engine *engine;
	engine_done *call;
	void *data;
	bool is_done;
};

/* The world must outlive it. */
void asker_open(struct asker *k, const struct world *w);
void asker_close(struct asker *k);
/* Calls `call` exactly once before it returns; the reply is only there within that call. */
void asker_ask(struct asker *k, const struct engine_request *request, engine_done *call,
	       void *data);

#endif
