/* SPDX-License-Identifier: Apache-2.0 */
/* region.h - the parts of `wenlu region`; each gets its own argv. */
#ifndef CLI_REGION_H
#define CLI_REGION_H

int region_new(int argc, char **argv);
int region_preview(int argc, char **argv);
int region_coverage(int argc, char **argv);

#endif
