/* SPDX-License-Identifier: Apache-2.0 */
/*
 * confine.h - taking rights away from this process before a plugin's code runs in it.
 *
 * Constructors run inside dlopen, so all of it comes before. What the kernel does not have is left
 * out and missing in the result; the builder tells the operator.
 */
#ifndef PLUGIN_CONFINE_H
#define PLUGIN_CONFINE_H

/*
 * No new privileges, no core files, no writing of files, a bound on memory; no file but the system
 * libraries to read (Landlock); no processes, sockets, signals to others (seccomp). Under a
 * sanitizer only what does not disturb it. CONFINED_ bits of what took hold (packet.h), or -errno
 * if even the first step failed.
 */
int confine_self(void);

struct registry;
struct problems;

/* What is missing among these bits, in words; NULL if nothing is. */
const char *confined_missing(unsigned confined);
/* A warning, if the code of some plugin runs without any of it. */
void confined_tell(const struct registry *registry, struct problems *problems);

#endif
