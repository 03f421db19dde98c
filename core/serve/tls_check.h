/* SPDX-License-Identifier: Apache-2.0 */
/* tls_check.h - do the certificate and the key of the configuration fit, before they are needed? */
#ifndef SERVE_TLS_CHECK_H
#define SERVE_TLS_CHECK_H

#include "serve/config.h"

/* 0 (also if there is none), or -EINVAL with errors in `problems`; one that has run out or will
 * within two weeks is a warning. */
int tls_check(const struct settings *s, struct problems *problems);

#endif
