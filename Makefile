# make rank       rank the shipped study           make lint           style and types
# make test       run the tests                    make test-browser   test the explorer in Chromium
# make notebooks  open the notebooks               make figures        draw the pictures of the documents anew
# make docs       write docs/methods.md, schemas/  make bench          measure speed
# make benchmarks write benchmarks/methods.md
#
# Each target makes what it needs: an environment in .venv, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check

FIGURES := ranges shifts tradeoff

.PHONY: rank test test-browser lint bench benchmarks docs notebooks figures clean

rank: $(VENV)/.program
	@$(BIN)/techprio rank

test: $(VENV)/.tools
	$(BIN)/python -m pytest -n auto

test-browser: $(VENV)/.browser
	@./.ci/chromium
	$(BIN)/python -m pytest -n auto tests/browser

lint: $(VENV)/.tools
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy

bench: $(VENV)/.tools
	$(BIN)/python -m pytest benchmarks --benchmark-only

benchmarks: $(VENV)/.tools
	$(BIN)/python -m pytest benchmarks/test_methods.py --benchmark-only --benchmark-json=.benchmarks.json
	$(BIN)/python benchmarks/table.py .benchmarks.json benchmarks/methods.md
	@rm .benchmarks.json

docs: $(VENV)/.program
	$(BIN)/python -c "from techprio.catalogue import page; print(page(), end='')" > docs/methods.md
	$(BIN)/techprio schema schemas

notebooks: $(VENV)/.notebooks
	cd notebooks && ../$(BIN)/jupyter lab

# The pictures that the documents show; a test compares the rows behind them.
figures: $(VENV)/.program
	$(BIN)/techprio plot $(FIGURES) --quiet --output docs/pictures

# The program alone, as a user installs it.
$(VENV)/.program: pyproject.toml
	@./.ci/venv $(PYTHON) $(VENV)
	@echo "Installing techprio into $(VENV) (once, about a minute) …" >&2
	@$(PIP) install --editable .
	@touch $@

# What tests and checks need besides.
$(VENV)/.tools: $(VENV)/.program
	@echo "Installing the tools of the tests into $(VENV) (once, about a minute) …" >&2
	@$(PIP) install --editable '.[dev,peers]'
	@touch $@

# What drives a browser besides; the browser itself is the system's.
$(VENV)/.browser: $(VENV)/.tools
	@echo "Installing what drives a browser into $(VENV) (once) …" >&2
	@$(PIP) install --editable '.[dev,peers,browser]'
	@touch $@

# What the notebooks need besides.
$(VENV)/.notebooks: $(VENV)/.program
	@echo "Installing JupyterLab into $(VENV) (once, some minutes) …" >&2
	@$(PIP) install --editable '.[notebooks]'
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks
