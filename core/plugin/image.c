/* SPDX-License-Identifier: Apache-2.0 */
/* image.c - copying a shared object into sealed memory and looking it over. */
#include "plugin/image.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h> /* ElfW(): the ELF types of this machine */
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

#if defined(__x86_64__)
#define MACHINE EM_X86_64
#elif defined(__aarch64__)
#define MACHINE EM_AARCH64
#elif defined(__riscv)
#define MACHINE EM_RISCV
#elif defined(__i386__)
#define MACHINE EM_386
#elif defined(__arm__)
#define MACHINE EM_ARM
#endif

#define ELF_CLASS (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32)
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ELF_DATA ELFDATA2LSB
#else
#define ELF_DATA ELFDATA2MSB
#endif

/* Writing for a group is fine where the group is ours or root's: its members are the operator's. */
static int check_mode(const struct stat *st, struct fault *why)
{
	unsigned mode = st->st_mode & 07777;

	if (mode & S_IWOTH)
		fault_set(why, "everyone may write to it (mode %04o); make that: chmod o-w", mode);
	else if (mode & S_IWGRP && st->st_gid != 0 && st->st_gid != getegid())
		fault_set(why, "the group %u may write to it (mode %04o); make that: chmod g-w",
			  (unsigned)st->st_gid, mode);
	else
		return 0;
	return -EPERM;
}

/* A stranger's file that lies in a trusted folder is changed by the stranger, not by who put it
 * there. */
static int check_owner(const struct stat *st, const struct stat *folder, struct fault *why)
{
	if (!folder || st->st_uid == 0 || st->st_uid == geteuid() || st->st_uid == folder->st_uid)
		return 0;
	fault_set(why,
		  "it belongs to user %u, who may change it at any time: chown it to root, to the "
		  "user of the server (%u) or to the owner of its folder (%u)",
		  (unsigned)st->st_uid, (unsigned)geteuid(), (unsigned)folder->st_uid);
	return -EPERM;
}

int image_check_rights(const char *path, const struct stat *folder, struct fault *why)
{
	struct stat st;
	int r;

	if (stat(path, &st) < 0) {
		r = -errno;
		fault_set(why, "%s", error_text(r));
	} else {
		r = check_mode(&st, why);
		if (r == 0)
			r = check_owner(&st, folder, why);
	}
	if (r < 0)
		fault_place(why, path, 0, 0);
	return r;
}

static int check_header(const ElfW(Ehdr) * e, struct fault *why)
{
	if (memcmp(e->e_ident, ELFMAG, SELFMAG) != 0)
		fault_set(why, "is no shared object (it does not begin as an ELF file does)");
	else if (e->e_ident[EI_CLASS] != ELF_CLASS || e->e_ident[EI_DATA] != ELF_DATA)
		fault_set(why, "was built for another kind of machine (word size or byte order)");
#ifdef MACHINE
	else if (e->e_machine != MACHINE)
		fault_set(why, "was built for another kind of machine (ELF machine %u, here %u)",
			  (unsigned)e->e_machine, (unsigned)MACHINE);
#endif
	else if (e->e_type != ET_DYN)
		fault_set(why, "is no shared object (ELF type %u); link it with -shared",
			  (unsigned)e->e_type);
	else if (e->e_phentsize != sizeof(ElfW(Phdr)) || e->e_phnum == 0)
		fault_set(why, "has no program headers of the usual size");
	else
		return 0;
	return -ENOEXEC;
}

/* True if `len` bytes at `from` lie inside; careful with sums that wrap. */
static bool inside(uint64_t from, uint64_t len, size_t size)
{
	return from <= size && len <= size - from;
}

int image_check(const void *bytes, size_t size, struct fault *why)
{
	const char *base = bytes;
	bool has_dynamic = false;
	ElfW(Ehdr) e;

	if (size < sizeof(e)) {
		fault_set(why, "is too short for a shared object (%zu bytes)", size);
		return -ENOEXEC;
	}
	memcpy(&e, base, sizeof(e));
	if (check_header(&e, why) < 0)
		return -ENOEXEC;
	/* Section headers stand last in the file: without them it was cut off. */
	if (!inside(e.e_phoff, (uint64_t)e.e_phnum * e.e_phentsize, size) ||
	    (e.e_shoff && !inside(e.e_shoff, (uint64_t)e.e_shnum * e.e_shentsize, size))) {
		fault_set(why, "is cut off: its headers lie behind its end (%zu bytes)", size);
		return -ENOEXEC;
	}
	for (unsigned i = 0; i < e.e_phnum; i++) {
		ElfW(Phdr) p;

		memcpy(&p, base + e.e_phoff + (size_t)i * sizeof(p), sizeof(p));
		if ((p.p_type == PT_LOAD || p.p_type == PT_DYNAMIC) &&
		    !inside(p.p_offset, p.p_filesz, size)) {
			fault_set(why, "is cut off: segment %u lies behind its end (%zu bytes)", i,
				  size);
			return -ENOEXEC;
		}
		has_dynamic |= p.p_type == PT_DYNAMIC;
	}
	if (!has_dynamic) {
		fault_set(why, "has no dynamic section; link it with -shared");
		return -ENOEXEC;
	}
	return 0;
}

static int open_memory(const char *path)
{
	const char *name = strrchr(path, '/');
	char label[64];
	size_t len;
	int fd;

	/* The name only shows up in /proc; longer than 249 bytes is refused by the kernel. */
	name = name ? name + 1 : path;
	len = strnlen(name, sizeof(label) - 1);
	memcpy(label, name, len);
	label[len] = '\0';
	fd = memfd_create(label, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL);
	if (fd < 0 && errno == EINVAL)
		fd = memfd_create(label, MFD_CLOEXEC | MFD_ALLOW_SEALING);
	return fd < 0 ? -errno : fd;
}

/* Copy up to max + 1 bytes; gives how many. */
static int copy(int from, int to, size_t max, size_t *ret_size)
{
	static const size_t step = 65536;
	char piece[65536];
	size_t size = 0;

	while (size <= max) {
		ssize_t n = read(from, piece, step);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		for (ssize_t at = 0; at < n;) {
			ssize_t w = write(to, piece + at, (size_t)(n - at));

			if (w < 0 && errno == EINTR)
				continue;
			if (w < 0)
				return -errno;
			at += w;
		}
		size += (size_t)n;
	}
	*ret_size = size;
	return 0;
}

static int check_file(int fd, size_t max, size_t *ret_size, struct fault *why)
{
	struct stat st;

	if (fstat(fd, &st) < 0) {
		fault_set(why, "%s", error_text(errno));
		return -EIO;
	}
	if (!S_ISREG(st.st_mode)) {
		fault_set(why, "is no regular file");
		return -EINVAL;
	}
	if (check_mode(&st, why) < 0)
		return -EPERM;
	if ((uint64_t)st.st_size > max) {
		fault_set(why, "is too large: %lld bytes, at most %zu are taken",
			  (long long)st.st_size, max);
		return -EFBIG;
	}
	*ret_size = (size_t)st.st_size;
	return 0;
}

/* Seal it, then look: nobody can change it between the look and the use. */
static int seal_and_check(int fd, size_t size, uint64_t *ret_id, struct fault *why)
{
	void *map;
	int r;

	if (fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0) {
		r = -errno;
		fault_set(why, "its copy cannot be sealed: %s", error_text(r));
		return r;
	}
	map = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED) {
		r = -errno;
		fault_set(why, "its copy cannot be read: %s", error_text(r));
		return r;
	}
	r = image_check(map, size, why);
	*ret_id = hash_bulk(map, size, size);
	munmap(map, size);
	return r;
}

static int make_image(int file, const char *path, size_t max, struct image *ret, struct fault *why)
{
	struct image image = {.fd = -1};
	size_t size;
	int r = check_file(file, max, &image.size, why);

	if (r < 0)
		return r;
	image.fd = open_memory(path);
	r = image.fd < 0 ? image.fd : copy(file, image.fd, max, &size);
	if (r < 0) {
		fault_set(why, "cannot be copied: %s", error_text(r));
	} else if (size != image.size || size == 0) {
		/* Nothing, or more or less than it was a moment ago: somebody is writing to it. */
		fault_set(why, size ? "changed while it was read" : "is empty");
		r = -EAGAIN;
	} else {
		r = seal_and_check(image.fd, size, &image.id, why);
	}
	if (r < 0) {
		if (image.fd >= 0)
			close(image.fd);
		return r;
	}
	*ret = image;
	return 0;
}

int image_open(const char *path, size_t max, struct image *ret, struct fault *why)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	int r;

	if (file < 0) {
		r = -errno;
		fault_set(why, "%s", error_text(r));
	} else {
		r = make_image(file, path, max, ret, why);
		close(file);
	}
	if (r < 0)
		fault_place(why, path, 0, 0);
	return r;
}
