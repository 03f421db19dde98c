/* SPDX-License-Identifier: Apache-2.0 */
/* load.c - the only user of dlopen, and the handshake. */
#include "plugin/load.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "plugin/packet.h"

/* All that 1.0 has; later members come behind it. */
#define SIZE_1_0                                        \
	(offsetof(struct wenlu_plugin, get_extension) + \
	 sizeof(((struct wenlu_plugin *)NULL)->get_extension))

#define NAME_MAX_BYTES 64

static bool is_name(const char *text, const char *more)
{
	size_t n = strnlen(text, NAME_MAX_BYTES + 1);

	if (n == 0 || n > NAME_MAX_BYTES)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= '0' && text[i] <= '9') ||
		      strchr(more, text[i])))
			return false;
	return true;
}

/* The part that is the same in all major versions: is the rest readable at all? */
static int check_head(const struct wenlu_plugin *p, struct fault *why)
{
	if (p->magic != WENLU_MAGIC) {
		fault_set(why,
			  "bad magic 0x%08x, expected 0x%08x: is it written with WENLU_PLUGIN()?",
			  p->magic, WENLU_MAGIC);
		return -ENOEXEC;
	}
	if (p->abi_major != WENLU_ABI_MAJOR) {
		fault_set(why,
			  "built for version %u.%u of wenlu/plugin.h, this server speaks %d.x: %s",
			  p->abi_major, p->abi_minor, WENLU_ABI_MAJOR,
			  p->abi_major > WENLU_ABI_MAJOR ? "a newer server is needed"
							 : "build the plugin anew");
		return -EPROTONOSUPPORT;
	}
	if (p->struct_size < SIZE_1_0) {
		fault_set(why,
			  "struct_size is %u, version 1.0 already has %zu: something is missing",
			  p->struct_size, (size_t)SIZE_1_0);
		return -EPROTO;
	}
	return 0;
}

static int check_guide(const struct wenlu_plugin *p, struct fault *why)
{
	size_t bad;
	struct view guide;

	if (!p->guide || !p->guide_end || p->guide_end <= p->guide) {
		fault_set(why, "carries no guide: WENLU_GUIDE or WENLU_GUIDE_ARRAY() is missing");
		return -EPROTO;
	}
	guide = view_make(p->guide, (size_t)(p->guide_end - p->guide));
	if (guide.len > LIMIT_YAML_BYTES) {
		fault_set(why, "its guide has %zu bytes, at most %d are taken", guide.len,
			  LIMIT_YAML_BYTES);
		return -EPROTO;
	}
	if (!utf8_is_valid(guide, &bad)) {
		fault_set(why, "its guide is not UTF-8 at byte %zu", bad);
		return -EPROTO;
	}
	return 0;
}

static int check_claims(const struct wenlu_plugin *p, size_t *ret_n, struct fault *why)
{
	size_t n = 0;

	while (p->claims && p->claims[n]) {
		if (n == PACKET_CLAIMS) {
			fault_set(why,
				  "claims more than %d intents: is the NULL at the end missing?",
				  PACKET_CLAIMS);
			return -EPROTO;
		}
		if (!is_name(p->claims[n], "._-")) {
			fault_set(why, "claims[%zu] is no intent id; it looks like permit.timing",
				  n);
			return -EPROTO;
		}
		n++;
	}
	if (n > 0 && !p->answer) {
		fault_set(why, "claims %s, but has no answer() function", p->claims[0]);
		return -EPROTO;
	}
	*ret_n = n;
	return 0;
}

int load_handshake(const struct wenlu_plugin *entry, struct loaded *ret, struct fault *why)
{
	struct loaded l = {.n_claims = 0};
	int r = check_head(entry, why);

	if (r < 0)
		return r;
	/* A plugin from the future is longer: what we know of it is at its beginning. */
	memcpy(&l.entry, entry,
	       entry->struct_size < sizeof(l.entry) ? entry->struct_size : sizeof(l.entry));
	if (!l.entry.name || !is_name(l.entry.name, "-")) {
		fault_set(why, "%s: it is 1 to %d of a-z, 0-9 and -",
			  l.entry.name ? "its name is not allowed" : "it has no name",
			  NAME_MAX_BYTES);
		return -EPROTO;
	}
	if (l.entry.version &&
	    !packet_word_ok(
		view_make(l.entry.version, strnlen(l.entry.version, NAME_MAX_BYTES + 1)),
		NAME_MAX_BYTES)) {
		fault_set(why, "its version is no word of at most %d plain characters",
			  NAME_MAX_BYTES);
		return -EPROTO;
	}
	r = check_guide(&l.entry, why);
	if (r < 0)
		return r;
	r = check_claims(&l.entry, &l.n_claims, why);
	if (r < 0)
		return r;
	l.guide = view_make(l.entry.guide, (size_t)(l.entry.guide_end - l.entry.guide));
	*ret = l;
	return 0;
}

/* dlerror() with the path we opened, which is of no use to anybody, taken off the front. */
static const char *reason(const char *path)
{
	const char *text = dlerror();
	size_t len = strlen(path);

	if (!text)
		return "no reason given";
	if (strncmp(text, path, len) == 0 && text[len] == ':')
		text += len + 1;
	return text + strspn(text, " ");
}

int load_open(const char *path, struct loaded *ret, struct fault *why)
{
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	const struct wenlu_plugin *entry;
	int r;

	if (!handle) {
		fault_set(why, "cannot be opened: %s", reason(path));
		return -ENOEXEC;
	}
	entry = dlsym(handle, "wenlu_plugin_entry");
	if (!entry) {
		fault_set(why, "exports no constant wenlu_plugin_entry: "
			       "WENLU_PLUGIN() is missing, or the symbol is hidden");
		return -ENOEXEC;
	}
	if ((uintptr_t)entry % _Alignof(struct wenlu_plugin)) {
		fault_set(why, "its wenlu_plugin_entry is not aligned as the struct needs");
		return -ENOEXEC;
	}
	r = load_handshake(entry, ret, why);
	if (r == 0)
		ret->handle = handle;
	return r;
}

void load_close(struct loaded *l)
{
	if (l->handle)
		dlclose(l->handle);
	l->handle = NULL;
}
