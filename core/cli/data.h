/* SPDX-License-Identifier: Apache-2.0 */
/* data.h - the parts of `wenlu data`; each gets its own argv. */
#ifndef CLI_DATA_H
#define CLI_DATA_H

int data_check(int argc, char **argv);
int data_import(int argc, char **argv);

#endif
