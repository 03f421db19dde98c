/* SPDX-License-Identifier: Apache-2.0 */
/* confine.c - resource limits, Landlock and seccomp, with nothing but system calls. */
#include "plugin/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "plugin/packet.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Address space of a plugin's process: libc, guide, plugin and room to work. */
#define MEMORY_MAX (512UL << 20)
#define FILES_MAX  32

static int limit_resources(void)
{
	static const struct {
		int what;
		rlim_t most;
	} limits[] = {
	    {RLIMIT_CORE, 0},  /* a citizen's question may be in memory */
	    {RLIMIT_FSIZE, 0}, /* it has nothing to write */
	    {RLIMIT_NOFILE, FILES_MAX}, {RLIMIT_MEMLOCK, 0}, {RLIMIT_AS, MEMORY_MAX},
	};
	int result = CONFINED_RLIMITS;

	/* Writing past the size limit is then an error for the plugin, not its end. */
	signal(SIGXFSZ, SIG_IGN);
	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
		struct rlimit limit = {limits[i].most, limits[i].most};

		/* The sanitizers' shadow takes terabytes of addresses. */
		if (SANITIZED && limits[i].what != RLIMIT_CORE)
			continue;
		if (setrlimit(limits[i].what, &limit) < 0)
			result = 0;
	}
	return result;
}

#ifdef __NR_landlock_create_ruleset

/* What exists since ABI 2 and 3; the headers may be older than the kernel. */
#define FS_REFER      (1ULL << 13)
#define FS_TRUNCATE   (1ULL << 14)
#define FS_IOCTL_DEV  (1ULL << 15)
#define FS_ALL_ABI_1  ((1ULL << 13) - 1)
#define NET_BIND_TCP  (1ULL << 0)
#define NET_CONNECT   (1ULL << 1)
#define SCOPE_SOCKETS (1ULL << 0)
#define SCOPE_SIGNALS (1ULL << 1)

/* The kernel's struct as of ABI 6; older kernels are given less of it. */
struct ruleset {
	uint64_t handled_access_fs;
	uint64_t handled_access_net;
	uint64_t scoped;
};

static void allow_reading(int ruleset, const char *path)
{
	struct landlock_path_beneath_attr rule = {
	    .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
			      LANDLOCK_ACCESS_FS_EXECUTE,
	    .parent_fd = open(path, O_PATH | O_CLOEXEC),
	};

	if (rule.parent_fd < 0)
		return;
	if (syscall(__NR_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0) {
		/* A plain file takes no rights of folders. */
		rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
		syscall(__NR_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	}
	close(rule.parent_fd);
}

/* Files: only those that dlopen, the locale and the time zone need. */
static int confine_files(void)
{
	static const char *const readable[] = {
	    "/lib",           "/lib64",           "/usr/lib",       "/usr/lib64",
	    "/usr/local/lib", "/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo",
	};
	long abi = syscall(__NR_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset attr = {.handled_access_fs = FS_ALL_ABI_1};
	size_t size = sizeof(attr.handled_access_fs);
	int ruleset, r;

	if (SANITIZED || abi < 1)
		return 0;
	attr.handled_access_fs |= abi >= 2 ? FS_REFER : 0;
	attr.handled_access_fs |= abi >= 3 ? FS_TRUNCATE : 0;
	attr.handled_access_fs |= abi >= 5 ? FS_IOCTL_DEV : 0;
	if (abi >= 4) {
		attr.handled_access_net = NET_BIND_TCP | NET_CONNECT;
		size += sizeof(attr.handled_access_net);
	}
	if (abi >= 6) {
		attr.scoped = SCOPE_SOCKETS | SCOPE_SIGNALS;
		size += sizeof(attr.scoped);
	}
	ruleset = (int)syscall(__NR_landlock_create_ruleset, &attr, size, 0);
	if (ruleset < 0)
		return 0;
	for (size_t i = 0; i < sizeof(readable) / sizeof(*readable); i++)
		allow_reading(ruleset, readable[i]);
	r = (int)syscall(__NR_landlock_restrict_self, ruleset, 0);
	close(ruleset);
	return r < 0 ? 0 : CONFINED_LANDLOCK;
}

#else
static int confine_files(void)
{
	return 0;
}
#endif

#if defined(__x86_64__)
#define AUDIT_ARCH_HERE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define AUDIT_ARCH_HERE AUDIT_ARCH_AARCH64
#endif

#ifdef AUDIT_ARCH_HERE

/*
 * What a computing process needs. Everything else fails with EPERM: the plugin sees an error where
 * it tried to reach out, and a libc that tries something new falls back instead of dying.
 */
/* clang-format off */
static const uint32_t allowed_calls[] = {
	__NR_read, __NR_write, __NR_readv, __NR_writev, __NR_pread64, __NR_close, __NR_lseek,
	__NR_openat, __NR_fstat, __NR_newfstatat, __NR_statx, __NR_readlinkat, __NR_faccessat,
	__NR_getdents64, __NR_getcwd, __NR_dup, __NR_sendto, __NR_recvfrom, __NR_sendmsg,
	__NR_recvmsg, __NR_ppoll, __NR_mmap, __NR_munmap, __NR_mprotect, __NR_mremap,
	__NR_madvise, __NR_brk, __NR_futex, __NR_set_robust_list, __NR_rseq, __NR_sched_yield,
	__NR_sched_getaffinity, __NR_clock_gettime, __NR_clock_getres, __NR_clock_nanosleep,
	__NR_nanosleep, __NR_gettimeofday, __NR_getrandom, __NR_getpid, __NR_gettid,
	__NR_getppid, __NR_getuid, __NR_geteuid, __NR_getgid, __NR_getegid, __NR_uname,
	__NR_sysinfo, __NR_rt_sigaction, __NR_rt_sigprocmask, __NR_rt_sigreturn,
	__NR_sigaltstack, __NR_restart_syscall, __NR_exit, __NR_exit_group, __NR_membarrier,
	__NR_getrusage, __NR_set_tid_address,
#ifdef __x86_64__
	__NR_open, __NR_stat, __NR_lstat, __NR_access, __NR_readlink, __NR_poll,
	__NR_arch_prctl, __NR_time,
#endif
};
/* clang-format on */

#define CALLS                 (sizeof(allowed_calls) / sizeof(*allowed_calls))
#define ARG(n)                ((uint32_t)offsetof(struct seccomp_data, args[n]))
#define LOAD(at)              BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (at))
#define GIVE(ret)             BPF_STMT(BPF_RET | BPF_K, (ret))
#define SKIP_UNLESS(value, n) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (n))

/* Little-endian: the lower half of an argument stands first. */
static int confine_calls(void)
{
	struct sock_filter program[CALLS * 2 + 32];
	struct sock_fprog filter = {.filter = program};
	unsigned n = 0;
	const uint32_t no = SECCOMP_RET_ERRNO | EPERM;
	const struct sock_filter head[] = {
	    LOAD(offsetof(struct seccomp_data, arch)),
	    SKIP_UNLESS(AUDIT_ARCH_HERE, 1),
	    BPF_STMT(BPF_JMP | BPF_JA, 1),
	    GIVE(SECCOMP_RET_KILL_PROCESS),
	    LOAD(offsetof(struct seccomp_data, nr)),
	    /* Threads, not processes; clone3 hides its flags, so libc is sent back to clone. */
	    SKIP_UNLESS(__NR_clone3, 1),
	    GIVE(SECCOMP_RET_ERRNO | ENOSYS),
	    SKIP_UNLESS(__NR_clone, 4),
	    LOAD(ARG(0)),
	    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1),
	    GIVE(SECCOMP_RET_ALLOW),
	    GIVE(no),
	    /* Signals only to itself: abort() and pthread_kill(). */
	    SKIP_UNLESS(__NR_tgkill, 4),
	    LOAD(ARG(0)),
	    SKIP_UNLESS((uint32_t)getpid(), 1),
	    GIVE(SECCOMP_RET_ALLOW),
	    GIVE(no),
	    /* Limits may be read, not set. */
	    SKIP_UNLESS(__NR_prlimit64, 6),
	    LOAD(ARG(2)),
	    SKIP_UNLESS(0, 3),
	    LOAD(ARG(2) + 4),
	    SKIP_UNLESS(0, 1),
	    GIVE(SECCOMP_RET_ALLOW),
	    GIVE(no),
	    /* stdio asks whether a file is a terminal. */
	    SKIP_UNLESS(__NR_ioctl, 1),
	    GIVE(SECCOMP_RET_ERRNO | ENOTTY),
	};

	if (SANITIZED)
		return 0;
	for (; n < sizeof(head) / sizeof(*head); n++)
		program[n] = head[n];
	for (size_t i = 0; i < CALLS; i++) {
		program[n++] = (struct sock_filter)SKIP_UNLESS(allowed_calls[i], 1);
		program[n++] = (struct sock_filter)GIVE(SECCOMP_RET_ALLOW);
	}
	program[n++] = (struct sock_filter)GIVE(no);
	filter.len = (unsigned short)n;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) < 0 ? 0 : CONFINED_SECCOMP;
}

#else
static int confine_calls(void)
{
	return 0;
}
#endif

int confine_self(void)
{
	int result;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -errno;
	result = limit_resources();
	result |= confine_files();
	result |= confine_calls();
	return result;
}
