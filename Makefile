# One command each; everything lives in .venv and is built from requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

# Compiled modules are kept: the tests start the bot many times, a second each instead of five.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test workers check audit setup lock clean
.DEFAULT_GOAL := setup

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(READY)

demo: $(READY)  ## the real bot on the local Telegram, with a sample MFI
	$(BIN)/groundwork demo

test: $(READY)  ## every test that this machine can run
	$(BIN)/python -m pytest -n $$($(BIN)/python -c "import os; print((os.cpu_count() or 1) + 1)") --dist worksteal

workers: $(READY)  ## conversations, crashes and reminders on PostgreSQL: three workers, one killed every few seconds
	GROUNDWORK_TEST_STORE=postgresql $(BIN)/python -m pytest tests/bot/test_recordings.py tests/bot/test_*conversation*.py tests/bot/test_main_job.py tests/bot/test_samples_played.py tests/workers tests/reminding
	$(BIN)/python -m tests.workers
	$(BIN)/python -m tests.reminding 3

check: $(READY)  ## style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: $(READY)  ## known holes of the pinned packages: make audit ADVISORIES=folder or zip file
	$(BIN)/python -m tests.advisories $(ADVISORIES)

lock: $(READY)  ## pin anew; needs uv
	uv pip compile pyproject.toml --extra optimal --group dev --universal --python-version 3.11 --generate-hashes --no-header -o requirements.lock
	uv pip compile pyproject.toml --extra optimal --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --constraint requirements.lock -o deploy/requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
