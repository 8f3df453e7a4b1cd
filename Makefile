# Two commands do everything on a fresh machine: make run, make test.
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help setup setup-dev run test check bench harness migration clear-sample

help:
	@echo "make run [PORT=8000]   set up if needed and serve the sample on 127.0.0.1"
	@echo "make test              set up if needed and run the whole suite"
	@echo "make check             format, lint, types, then tests with nothing left out"
	@echo "make bench             the ratio table; make harness: the long fault runs"
	@echo "make migration NAME=what_it_adds   a new migration from what the rows say"
	@echo "make clear-sample      throw the sample away and begin empty"

$(VENV)/.runtime: requirements.txt
	@test -d $(VENV) || python3 -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.tools: requirements.txt requirements-postgres.txt requirements-dev.txt
	@test -d $(VENV) || python3 -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.tools

run: setup
	@$(PY) -m flask serve --port $(PORT)

test: setup-dev
	@$(PY) -m pytest -n 2 --dist loadscope --tb=short -rfEs

check: setup-dev
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@YISHITING_NOTHING_LEFT_OUT=1 $(PY) -m pytest -n 2 --dist loadscope --tb=short -rfEs

bench: setup-dev
	@$(PY) -m bench

harness: setup-dev
	@$(PY) -m bench.harness

migration: setup
	@test -n "$(NAME)" || { echo "make migration NAME=what_it_adds"; exit 1; }
	@rm -rf build/migration && mkdir -p build/migration
	@YISHITING_INSTANCE=$(CURDIR)/build/migration $(VENV)/bin/flask db upgrade
	@YISHITING_INSTANCE=$(CURDIR)/build/migration $(VENV)/bin/flask db migrate -m $(NAME) \
	  --rev-id $$(printf %04d $$(($$(ls deliberation/store/migrations/versions/*.py | wc -l) + 1)))
	@rm -rf build/migration

clear-sample: setup
	@$(VENV)/bin/flask sample clear
