/* SPDX-License-Identifier: Apache-2.0 */
/* filler.h - words that add nothing to a place: 那 · 我说的是 · 也一样吗 · 我老公. */
#ifndef DIALOG_FILLER_H
#define DIALOG_FILLER_H

#include "base/view.h"

/* The bytes of the longest one that the folded text begins with; 0 if it begins with none. */
size_t filler_at(struct view v);
/* The same where something is asked about by its name: 行吗, 没有, 可以用 add nothing to it. */
size_t filler_of_point_at(struct view v);
/* The same where that is something that may be asked of anything: 有效期多久, 证书丢了怎么补. */
size_t filler_of_general_at(struct view v);

#endif
