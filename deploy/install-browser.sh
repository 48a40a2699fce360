#!/bin/sh
# What the browser tests need: Debian's Chromium with its driver, and axe-core from npm, which
# looks for barriers to access. Does nothing where all are there.
set -eu
cd "$(dirname "$0")/.."
axe=4.14.1

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

debian() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then
    echo "chromium and chromedriver are installed"
else
    debian chromium chromium-driver
fi

if grep -qs "\"version\": \"$axe\"" node_modules/axe-core/package.json; then
    echo "axe-core $axe is installed"
else
    command -v npm >/dev/null || debian npm
    npm install --no-save --no-package-lock --no-audit --no-fund --ignore-scripts "axe-core@$axe"
fi
