# Siaga 112. Type "make" to see what can be done.
SHELL := /bin/bash
PYTHON_ENV := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test schemathesis lint coverage bench call clean

help:  ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup:  ## install what is missing (quick when nothing is)
	@deploy/setup.sh

run: setup  ## start the switch and the control room, and say where to look
	$(PYTHON_ENV)/siaga run

call: setup  ## place a test call to the running switch
	$(PYTHON_ENV)/siaga call

test: lint  ## lint, then run every test
	$(PYTHON_ENV)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

schemathesis: setup  ## ask every address of the API thirty questions at random (minutes)
	$(PYTHON_ENV)/python -m pytest tests/console/test_openapi_at_random.py --hypothesis-profile=thorough

lint: setup  ## check the code's style and types
	$(PYTHON_ENV)/python -m ruff check .
	$(PYTHON_ENV)/python -m ruff format --quiet --check .
	$(PYTHON_ENV)/python -m mypy
	cd console && node_modules/.bin/eslint . && node_modules/.bin/prettier --log-level warn --check "static/**/*.mjs" "*.mjs"
	cd console && node_modules/.bin/tsc

coverage: setup  ## run every test and say which lines none of them reaches (slow)
	mkdir -p tests/artefacts
	$(PYTHON_ENV)/python -m coverage erase
	$(PYTHON_ENV)/python -m coverage run -m pytest -n 2 --dist loadfile --no-loadscope-reorder
	$(PYTHON_ENV)/python -m coverage combine -q
	$(PYTHON_ENV)/python -m coverage report

bench: setup  ## measure calls per second, board updates and routing
	$(PYTHON_ENV)/python bench/run.py

clean:  ## remove the environment and caches (recorded calls and the journal are kept)
	rm -rf .venv console/node_modules *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/artefacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
