/* SPDX-License-Identifier: Apache-2.0 */
/* inner.h - addresses that are not of the open network: this machine, our own networks, no host. */
#ifndef NET_INNER_H
#define NET_INNER_H

#include <stdbool.h>
#include <sys/socket.h>

/* Loopback, private, link-local (where clouds keep their secrets), shared, multicast, unspecified;
 * IPv4 inside IPv6 counts as what it is; families that are no IP are inner. */
bool inner_has(const struct sockaddr *address);

#endif
