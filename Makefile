# make demo and make test set up all that they need in .venv; only Python has to be there.

# Python 3.10, 3.11 or 3.12; the first of these that is one, unless given: make test PYTHON=...
PYTHON =
CANDIDATES = $(or $(PYTHON),python3 python3.12 python3.11 python3.10)
IS_RIGHT = import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 12))

VENV = .venv
BIN = $(VENV)/bin
SAMPLE = corpus/sample/abstracts
DEMO = demo
CARD = build/card
BASELINE = corpus/baseline.json.gz

# What make bench measures with (the gold corpus unless given), and further options of it.
ABSTRACTS =
BENCH =
# Real gold with its texts (corpus/README.md), whose scores make card puts on the card too.
REAL =

.PHONY: help demo test check docs card bench clean
.DEFAULT_GOAL := help

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.all ## Set up, run over the sample abstracts, show what is found
	@mkdir -p $(DEMO) && echo '*' > $(DEMO)/.gitignore
	@$(BIN)/absift extract --show --quiet $(SAMPLE)/second-line-chemotherapy.txt \
	  $(SAMPLE)/tapering-adalimumab.txt
	@echo "Now all of $(SAMPLE):"
	@$(BIN)/absift extract $(SAMPLE) -o $(DEMO)/findings.csv --html $(DEMO)/report.html \
	  --rejects $(DEMO)/rejected.jsonl --force
	@$(BIN)/absift extract $(SAMPLE) -o $(DEMO)/studies.csv --table studies \
	  --rejects $(DEMO)/rejected.jsonl --force --quiet
	@echo "How good it is, on the test split of the gold corpus:"
	@$(BIN)/absift evaluate corpus/gold/test.jsonl
	@echo "Written:"
	@echo "  $(CURDIR)/$(DEMO)/findings.csv    a row a finding"
	@echo "  $(CURDIR)/$(DEMO)/studies.csv     a row a study"
	@echo "  $(CURDIR)/$(DEMO)/rejected.jsonl  records that hold no abstract, with the reason"
	@echo "  $(CURDIR)/$(DEMO)/report.html     the abstracts with their findings; open it in a browser"

test: $(VENV)/.dev ## Set up, then run every check and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest
	$(BIN)/absift evaluate corpus/gold/test.jsonl --fail-if-worse $(BASELINE) > /dev/null

check: $(VENV)/.dev ## Set up, then run the checks and the tests that are quick
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not slow"

docs: $(VENV)/.all ## Write docs/commands.md anew from the help texts
	$(BIN)/python -m absift.cli.reference > docs/commands.md.new
	mv docs/commands.md.new docs/commands.md

card: $(VENV)/.all ## Measure on corpus/gold anew (REAL="unseen.jsonl": and on these), write models/README.md
	@mkdir -p $(CARD) && echo '*' > $(CARD)/.gitignore && rm -f $(CARD)/*.json
	@for gold in $(REAL) corpus/gold/dev.jsonl corpus/gold/test.jsonl; do \
	  set=$$(basename $$gold .jsonl); echo "evaluating $$gold"; \
	  $(BIN)/absift evaluate $$gold --json $(CARD)/$$set.json --force > $(CARD)/$$set.log || exit 1; \
	done
	$(BIN)/absift assemble $(CARD)/pipeline --force \
	  $(foreach gold,$(REAL) dev test,--evaluation $(CARD)/$(basename $(notdir $(gold))).json)
	cp $(CARD)/pipeline/README.md models/README.md
	gzip -9 -n -c $(CARD)/test.json > $(BASELINE)

bench: $(VENV)/.all ## Measure speed and write docs/speed.md (ABSTRACTS=file.jsonl.gz, BENCH="--soak 200000")
	$(BIN)/python benchmarks/speed.py $(ABSTRACTS) $(BENCH)

clean: ## Remove what the others made
	rm -rf $(VENV) $(DEMO) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find pipeline -name "*.so" -delete

# Stamps: each step is done once, and again when pyproject.toml or what is compiled has changed.
INSTALLED = pyproject.toml hatch_build.py $(shell find pipeline -name '*.pyx' -o -name '*.pxd')

$(VENV)/.made:
	@for candidate in $(CANDIDATES); do \
	  if "$$candidate" -c '$(IS_RIGHT)' >/dev/null 2>&1; then \
	    echo "making $(VENV) with $$candidate"; \
	    rm -rf $(VENV) && "$$candidate" -m venv $(VENV) && touch $@ && exit 0; \
	    rm -rf $(VENV); exit 1; \
	  fi; \
	done; \
	echo "absift needs Python 3.10, 3.11 or 3.12 with its module venv." >&2; \
	echo "None of these is one: $(CANDIDATES)" >&2; \
	echo "Install one (on Debian and Ubuntu with the package python3-venv), or name it:" >&2; \
	echo "  make $(MAKECMDGOALS) PYTHON=/path/to/python3.12" >&2; \
	exit 1

$(VENV)/.all: $(VENV)/.made $(INSTALLED)
	@echo "installing absift and what it needs; this takes some minutes the first time"
	$(BIN)/python -m pip install --disable-pip-version-check -e '.[all]'
	@$(BIN)/absift --version
	@touch $@

$(VENV)/.dev: $(VENV)/.made $(INSTALLED)
	@echo "installing absift, what it needs and the tools; this takes some minutes the first time"
	$(BIN)/python -m pip install --disable-pip-version-check -e '.[dev]'
	@$(BIN)/absift --version
	@touch $@ $(VENV)/.all
