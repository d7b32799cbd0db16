# crosstally: make demo, make test. Everything sets itself up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := out

.PHONY: help demo test lint types contract bench docs clean setup browser

help:
	@echo "make demo    install, read the example reports, show the account, write the page"
	@echo "make test    lint, types, import contract, every test"
	@echo "make bench   accuracy on public corpora (DATA=folder)"
	@echo "make docs    generate the pages of the manual that are generated"

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.developed: pyproject.toml $(VENV)/.installed | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

setup: $(VENV)/.developed

demo: $(VENV)/.installed
	@mkdir -p $(OUT)
	@$(BIN)/crosstally ledger examples/reports
	@$(BIN)/crosstally ledger examples/reports --format html --output $(OUT)/demo.html
	@echo
	@echo "The page: file://$(CURDIR)/$(OUT)/demo.html"

browser:
	@sh scripts/ensure_chromium.sh

lint: setup
	$(BIN)/ruff check src tests bench scripts

types: setup
	$(BIN)/mypy

contract: setup
	$(BIN)/lint-imports --config pyproject.toml

test: setup browser
	$(BIN)/ruff check src tests bench scripts
	$(BIN)/mypy
	$(BIN)/lint-imports --config pyproject.toml
	$(BIN)/python -m pytest -n 2

bench: setup
	$(BIN)/python -m bench.accuracy $(ARGS)

docs: setup
	$(BIN)/python scripts/write_docs.py

clean:
	rm -rf $(VENV) $(OUT)
