#!/bin/sh
# Debian's Chromium and its driver, for the browser tests. Does nothing where both are there.
set -eu

if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then
    echo "chromium and chromedriver are installed"
    exit 0
fi
if [ "$(id -u)" -eq 0 ]; then as_root=""; else as_root="sudo"; fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update
$as_root apt-get install --yes --no-install-recommends chromium chromium-driver
