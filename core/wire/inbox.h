/* SPDX-License-Identifier: Apache-2.0 */
/* inbox.h - a row of the inbox as JSON, for wenlu inbox and the administrator. */
#ifndef WIRE_INBOX_H
#define WIRE_INBOX_H

#include "base/buf.h"
#include "store/inbox.h"

/* One object, without a newline; not closed, so that the caller may add to it. */
void inbox_row_begin(struct buf *out, const struct inbox_row *row);

#endif
