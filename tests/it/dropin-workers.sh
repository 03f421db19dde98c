#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# dropin-workers.sh - plugins that come and go with three workers: nobody outside notices them.
export WENLU_TEST_WORKERS=3
. "${srcdir:-.}/tests/it/dropin.sh"
