# Every target sets up what it needs in .venv; none installs system packages.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

.PHONY: install demo check fix test test-web fuzz pictures soak bench lock clean

install: $(DEV)  ## make .venv with everything for development

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "usmca-bot needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

demo: $(RUNTIME)  ## sample feeds, alerts in the terminal, a prompt; no token, no internet
	$(BIN)/python -m bot demo

check: $(DEV)  ## format, lint, types, imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Rooms whose code is pure or decides: each keeps its coverage by itself, from the tests of these rooms
# alone. Measuring doubles the time of a test, and the others add nothing to these rooms.
COVERED := domain reading stories alerts polling pipeline services
ROOM_TESTS := $(addprefix tests/unit/,$(COVERED) record) \
	tests/integration/pipeline tests/integration/services tests/integration/storage/test_retention.py
PYTEST := $(BIN)/python -m pytest -n 3 --dist loadfile -m "not soak"

test: $(DEV)  ## everything but the long suites, and the coverage of the deciding rooms
	$(PYTEST) $(ROOM_TESTS) --cov=bot --cov-report=
	@for room in $(COVERED); do \
		$(BIN)/coverage report --include "bot/$$room/*" --fail-under=95 || exit 1; \
	done
	$(PYTEST) tests --ignore=tests/web $(addprefix --ignore=,$(ROOM_TESTS))

export CHROMIUM

test-web: $(DEV)  ## the pages in a real browser, the API under a fuzzer; as root on Debian it installs chromium
	tests/web/chromium.sh
	$(BIN)/python -m pytest tests/web

# Ordinary runs try the same examples each time (tests/conftest.py).
fuzz: $(DEV)  ## the property tests with other examples than the usual, ten times over
	@for round in 1 2 3 4 5 6 7 8 9 10; do \
		HYPOTHESIS_PROFILE=searching $(PYTEST) -q -m "hypothesis and not soak" tests --ignore=tests/web || exit 1; \
	done

pictures: $(DEV)  ## draw the pictures of the README anew
	tests/web/chromium.sh
	$(BIN)/python docs/make_pictures.py
	$(BIN)/python docs/make_screenshots.py

soak: $(DEV)  ## the long suites
	$(BIN)/python -m pytest -m soak

# From minutes to an hour each; `make bench BENCHMARKS="rules startup"` runs some.
BENCHMARKS := reading rules stories search backtest fanout startup end_to_end slack_ack web \
	polling polling_peers memory
WRITING_BY_OPTION := reading search backtest web

bench: $(DEV)  ## every benchmark, one after the other: tables here, JSON in benchmarks/results
	@mkdir -p benchmarks/results
	@for name in $(BENCHMARKS); do \
		echo "== $$name"; \
		case " $(WRITING_BY_OPTION) " in \
			*" $$name "*) to="--json benchmarks/results/$$name.json" ;; \
			*) to="" ;; \
		esac; \
		$(BIN)/python benchmarks/$$name.py $$to || exit 1; \
	done

lock: $(DEV)  ## renew the lock files (needs uv)
	uv pip compile pyproject.toml --extra postgres --extra procrastinate --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links -q -o requirements.lock
	uv pip compile pyproject.toml --extra postgres --extra procrastinate --extra otel --group dev --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links -q -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
