#!/usr/bin/env bash
# Sees to it that there is a Chromium for the browser tests, or says what is missing.
set -euo pipefail

if [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null; then
    exit 0
fi
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "test-web: installing chromium with apt-get" >&2
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
    exit 0
fi
cat >&2 <<'SAID'
test-web: there is no Chromium. On Debian or Ubuntu as root this target installs it by itself.
Elsewhere install Chromium or Chrome and name it: make test-web CHROMIUM=/path/to/chromium
SAID
exit 1
