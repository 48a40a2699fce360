# moocscout. `make demo` runs the main job, `make test` the tests; both build .venv on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2

.PHONY: help demo test check format lint types bench soak lock clean

help: ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/run.stamp: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/run.stamp ## crawl the demo sites, rank, explain, serve (DEMO_SERVE=0: exit instead of serving)
	@$(BIN)/moocscout demo

# Files, not groups, go to one process each: pytest 9.2 names tests so that xdist sees no groups.
test: $(VENV)/dev.stamp ## every test but soak
	$(BIN)/python -m pytest -m "not soak" -n $(JOBS) --dist loadfile -W error

check: format lint types test ## what must be green before a commit

format: $(VENV)/dev.stamp ## say what ruff would format otherwise
	$(BIN)/ruff format --check .

lint: $(VENV)/dev.stamp ## ruff
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp ## mypy --strict
	$(BIN)/mypy

bench: $(VENV)/dev.stamp ## figures, never part of the tests
	$(BIN)/python -m tests.bench

soak: $(VENV)/dev.stamp ## the long tests
	$(BIN)/python -m pytest -m soak -W error

lock: ## write both lock files anew: versions and hashes, no index address
	uv pip compile --quiet --no-emit-index-url --no-header --no-annotate --generate-hashes --python-version 3.11 pyproject.toml requirements-build.in -o requirements.lock
	uv pip compile --quiet --no-emit-index-url --no-header --no-annotate --generate-hashes --python-version 3.11 --extra dev pyproject.toml requirements-build.in -o requirements-dev.lock

clean: ## remove what the build and the demo made
	rm -rf $(VENV) data/demo/run .mypy_cache .ruff_cache .pytest_cache
