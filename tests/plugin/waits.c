/* SPDX-License-Identifier: Apache-2.0 */
/* waits.c - its constructor waits for something that never comes. */
#include <unistd.h>

#include "zoo.h"

__attribute__((constructor)) static void wait_for_ever(void)
{
	sleep(1000);
}

ZOO_ANIMAL("waits", NULL);
