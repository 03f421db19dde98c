/* SPDX-License-Identifier: Apache-2.0 */
/* notify.h - telling the service manager how we are (sd_notify(3), without its library). */
#ifndef SERVE_NOTIFY_H
#define SERVE_NOTIFY_H

/* Send one state, "READY=1", to the socket named by NOTIFY_SOCKET; nothing if there is none. */
void notify(const char *state);

#endif
