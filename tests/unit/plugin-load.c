/* SPDX-License-Identifier: Apache-2.0 */
/* plugin-load.c - the handshake, sentence by sentence, and the sealed copy of a shared object. */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "plugin/image.h"
#include "plugin/load.h"
#include "tap.h"

static const char guide[] = "guide: 1";

static int32_t answer(void *state, const struct wenlu_host *host,
		      const struct wenlu_request *request, struct wenlu_answer *out)
{
	(void)state;
	(void)host;
	(void)request;
	(void)out;
	return WENLU_DEFER;
}

static struct wenlu_plugin good(void)
{
	return (struct wenlu_plugin){.magic = WENLU_MAGIC,
				     .abi_major = WENLU_ABI_MAJOR,
				     .struct_size = sizeof(struct wenlu_plugin),
				     .name = "a-1",
				     WENLU_GUIDE_ARRAY(guide)};
}

static void is_refused(struct wenlu_plugin p, const char *words, const char *sentence)
{
	struct loaded l;
	struct fault why = {.line = 0};
	int r = load_handshake(&p, &l, &why);

	if (!ok(r < 0 && strstr(why.text, words), "%s", sentence))
		printf("# %d %s\n", r, why.text);
}

static void handshakes(void)
{
	static const char *const claims[] = {"permit.timing", NULL};
	static const char *const odd[] = {"permit timing", NULL};
	static const char *endless[200];
	struct {
		struct wenlu_plugin known;
		const char *more[4];
	} future = {.known = good()};
	struct wenlu_plugin p = good();
	struct fault why;
	struct loaded l;

	is_int(load_handshake(&p, &l, &why), 0, "a descriptor as it should be is accepted");
	is_view(l.guide, guide, "the guide ends where guide_end says");
	future.known.struct_size = sizeof(future);
	future.known.abi_minor = 65535;
	future.known.flags = 0xffffffffu;
	is_int(load_handshake(&future.known, &l, &why), 0,
	       "a longer one with unknown flags is accepted");
	p.magic = 0;
	is_refused(p, "bad magic", "the magic number comes first");
	p = good();
	p.abi_major = 0;
	is_refused(p, "build the plugin anew", "an older major version must be built anew");
	p.abi_major = 2;
	is_refused(p, "newer server", "a newer major version needs a newer server");
	p = good();
	p.struct_size--;
	is_refused(p, "struct_size", "one byte less than version 1.0 is too short");
	p = good();
	p.name = "Suzhou";
	is_refused(p, "a-z", "a name has no capital letters");
	p.name = "";
	is_refused(p, "a-z", "a name is not empty");
	p.name = "../../etc";
	is_refused(p, "a-z", "a name is no path");
	p = good();
	p.version = "1\n2";
	is_refused(p, "version", "a version is one line");
	p = good();
	p.guide_end = p.guide;
	is_refused(p, "no guide", "an empty guide is none");
	p.guide_end = (const char *)((uintptr_t)p.guide - 1);
	is_refused(p, "no guide", "a guide does not end before it begins");
	p = good();
	p.guide_end = (const char *)((uintptr_t)p.guide + (2 << 20));
	is_refused(p, "bytes", "too long a guide is refused without being read");
	p = good();
	p.guide = "\xff\xff";
	p.guide_end = p.guide + 2;
	is_refused(p, "not UTF-8 at byte 0", "a guide is UTF-8");
	p = good();
	p.claims = claims;
	is_refused(p, "answer()", "claims need code");
	p.answer = answer;
	is_int(load_handshake(&p, &l, &why), 0, "with code they are accepted");
	is_int((int)l.n_claims, 1, "and counted");
	p.claims = odd;
	is_refused(p, "claims[0]", "a claim is an intent id");
	for (size_t i = 0; i < 199; i++)
		endless[i] = "a.b";
	p.claims = endless;
	is_refused(p, "NULL at the end", "claims end somewhere");
}

/* The smallest thing that passes for a shared object. */
struct tiny {
	ElfW(Ehdr) head;
	ElfW(Phdr) segments[2];
};

static struct tiny tiny(void)
{
	struct tiny t;
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	/* Class, byte order and machine: as this program's. */
	memset(&t, 0, sizeof(t));
	if (fd < 0 || read(fd, &t.head, sizeof(t.head)) != sizeof(t.head))
		exit(EXIT_FAILURE);
	close(fd);
	t.head.e_type = ET_DYN;
	t.head.e_phoff = offsetof(struct tiny, segments);
	t.head.e_phentsize = sizeof(t.segments[0]);
	t.head.e_phnum = 2;
	t.head.e_shoff = 0;
	t.segments[0].p_type = PT_LOAD;
	t.segments[0].p_filesz = sizeof(t);
	t.segments[1].p_type = PT_DYNAMIC;
	return t;
}

static void is_no_object(const struct tiny *t, const char *words, const char *sentence)
{
	struct fault why = {.line = 0};

	if (!ok(image_check(t, sizeof(*t), &why) < 0 && strstr(why.text, words), "%s", sentence))
		printf("# %s\n", why.text);
}

static void objects(void)
{
	struct tiny t = tiny();
	struct fault why;

	is_int(image_check(&t, sizeof(t), &why), 0, "a small shared object passes");
	is_int(image_check(&t, 0, &why), -ENOEXEC, "nothing does not");
	t.head.e_ident[0] = 'X';
	is_no_object(&t, "does not begin", "the first bytes are those of ELF");
	t = tiny();
	t.head.e_machine ^= 0x55;
	is_no_object(&t, "another kind of machine", "another machine's object is refused");
	t = tiny();
	t.head.e_type = ET_REL;
	is_no_object(&t, "-shared", "an object file is not linked yet");
	t = tiny();
	t.segments[0].p_filesz++;
	is_no_object(&t, "cut off", "a segment behind the end means cut off");
	t.segments[0].p_offset = (ElfW(Off)) - 1;
	is_no_object(&t, "cut off", "an offset that wraps around is no way in");
	t = tiny();
	t.head.e_shoff = sizeof(t);
	t.head.e_shnum = 1;
	t.head.e_shentsize = 64;
	is_no_object(&t, "cut off", "section headers behind the end mean cut off");
	t = tiny();
	t.head.e_phoff = sizeof(t) - 1;
	is_no_object(&t, "cut off", "program headers behind the end mean cut off");
	t = tiny();
	t.segments[1].p_type = PT_NOTE;
	is_no_object(&t, "dynamic", "without a dynamic section nothing can be looked up");
}

static void cannot(const char *path, int wanted, const char *sentence)
{
	struct image image;
	struct fault why;

	is_int(image_open(path, 4096, &image, &why), wanted, "%s", sentence);
	if (strcmp(why.file, path) != 0)
		ok(0, "the fault names %s", path);
}

static void images(void)
{
	char dir[] = "/tmp/wenlu-image-XXXXXX", path[64], text[8192] = "";
	struct tiny t = tiny(), changed = t, read_back;
	struct image image, again;
	struct fault why;

	if (!mkdtemp(dir))
		exit(EXIT_FAILURE);
	snprintf(path, sizeof(path), "%s/x.so", dir);
	cannot(path, -ENOENT, "a file that is not there is refused");
	cannot(dir, -EINVAL, "a folder is no plugin");
	file_write(path, VIEW(""), 0644);
	cannot(path, -EAGAIN, "an empty file is perhaps still being written");
	file_write(path, view_make(text, sizeof(text)), 0644);
	cannot(path, -EFBIG, "too large a file is refused");
	file_write(path, VIEW("guide: 1"), 0644);
	cannot(path, -ENOEXEC, "a guide called .so is no shared object");
	file_write(path, view_make((char *)&t, sizeof(t)), 0646);
	chmod(path, 0646);
	cannot(path, -EPERM, "a file that everyone may write is refused");
	chmod(path, 0644);
	is_int(image_open(path, 4096, &image, &why), 0, "a good one is copied");
	changed.segments[1].p_align = 8;
	file_write(path, view_make((char *)&changed, sizeof(changed)), 0644);
	ok(pread(image.fd, &read_back, sizeof(read_back), 0) == sizeof(t) &&
	       memcmp(&read_back, &t, sizeof(t)) == 0,
	   "the copy stays as it was when the file changes");
	ok(pwrite(image.fd, "x", 1, 0) < 0 && ftruncate(image.fd, 0) < 0,
	   "nobody can write to the copy or shorten it");
	is_int(image_open(path, 4096, &again, &why), 0, "the new file is another copy");
	ok(image.id != again.id, "and has another id");
	close(image.fd);
	close(again.fd);
	is_int(image_check_rights(dir, NULL, &why), 0, "a folder of ours alone is trusted");
	chmod(dir, 0777);
	is_int(image_check_rights(dir, NULL, &why), -EPERM, "one that everyone may write is not");
	unlink(path);
	rmdir(dir);
}

int main(void)
{
	handshakes();
	objects();
	images();
	return done();
}
