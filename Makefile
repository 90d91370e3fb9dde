.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
LOCK := requirements/dev.txt
ADDRESS ?= 127.0.0.1:8000

help:  ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: $(VENV)/.installed  ## Set up .venv from the hashed lock

$(VENV)/.installed: $(LOCK)
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@test -x $(PY) || python3 -m venv $(VENV)
	@echo "Installing into $(VENV) (once; a minute or two) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	@touch $@

run: install  ## Serve the demo alliance on 127.0.0.1:8000, job loop beside it
	@$(PY) manage.py serve --address $(ADDRESS)

test: install  ## Run the tests on SQLite, browser journeys included where there is a chromium
	@$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: install  ## All checks: format, lint, types, imports, templates, migrations, translations
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(VENV)/bin/djlint --lint --quiet site s2s_forms s2s_workflow health_checks
	@PYTHONPATH=site:. $(VENV)/bin/lint-imports
	@$(VENV)/bin/mypy
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py untranslated

format: install  ## Format code and templates
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format .
	@$(VENV)/bin/djlint --reformat --quiet site s2s_forms s2s_workflow health_checks || true

shell: install  ## A Python shell with the product loaded
	@$(PY) manage.py shell

lock: install  ## Write the hashed locks anew from pyproject.toml
	@for set in base dev; do \
	  $(VENV)/bin/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --no-annotate --no-emit-index-url \
	    $$(test $$set = dev && echo --group dev) pyproject.toml -o requirements/$$set.txt; done

demo-reset: install  ## Throw the demo's data away and load it afresh
	@$(PY) manage.py reset_demo

screenshots: install  ## Take the pictures of the guides from a fresh demo
	@$(PY) -m docs.screenshots

bench: install  ## Print the benchmarks' ratios
	@$(PY) -m benchmarks

.PHONY: help install run test lint format shell lock demo-reset screenshots bench
