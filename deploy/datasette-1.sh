#!/bin/sh
# The published file on the next Datasette: an environment of its own, and the smoke test in it.
# Needs `make test` to have built .venv, and a package index.
set -eu
cd "$(dirname "$0")/.."
next=.venv-datasette-1
test -x "$next/bin/python" || .venv/bin/python -m venv "$next"
"$next/bin/python" -m pip install --quiet --disable-pip-version-check -r deploy/datasette-1.txt
MOOCSCOUT_DATASETTE1="$PWD/$next/bin/python" .venv/bin/python -m pytest -q tests/test_datasette1.py
