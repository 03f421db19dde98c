#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bots-reload-workers.sh - the same with three workers, one of whom dies.
export WENLU_TEST_WORKERS=3
. "${srcdir:-.}/tests/it/bots-reload.sh"
