#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# websocket-workers.sh - WebSocket with three workers: nobody outside notices them.
export WENLU_TEST_WORKERS=3
. "${srcdir:-.}/tests/it/websocket.sh"
