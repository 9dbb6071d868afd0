# One command for each thing one does here. Everything is set up in .venv on the first call; a later call finds its
# stamp there and starts at once. Scripts do what takes more than a line, so that this file can be read in one go.

.DEFAULT_GOAL := help
.SUFFIXES:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
CODE := src tests scripts $(wildcard benchmarks)

# `make run PORT=8080`: make hands a variable of its command line on to what it starts, and `gwannae` reads PORT.

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: ## try the bot in a browser page of this machine (needs Python and pip only; PORT=n chooses the port)
	@sh scripts/setup.sh run
	@exec $(BIN)/gwannae demo

.PHONY: test
test: setup ## the one gate: set-up, browser and font, lint, types, import contracts, every test
	@sh scripts/browser.sh
	@$(MAKE) check-ready
	@$(BIN)/python -m pytest

.PHONY: check
check: setup check-ready ## lint, format, types and import contracts, without the tests

.PHONY: check-ready
check-ready:
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: fmt
fmt: setup ## format the code and mend what the linter can mend
	@$(BIN)/ruff check --fix-only $(CODE)
	@$(BIN)/ruff format $(CODE)

.PHONY: bench
bench: ## measure the product beside its peers in one run; prints ratios, writes JSON to benchmarks/results
	@sh scripts/setup.sh bench
	@$(BIN)/python -m benchmarks

# `make soak SOAK_SECONDS=60 SOAK_SEED=7`: shorter, or what an earlier soak found once more.
SOAK_SECONDS ?= 600
SOAK_SEED ?=

.PHONY: soak
soak: setup ## kill tests and fuzzers for SOAK_SECONDS each (600), with a fresh seed that is printed first
	@SOAK_SECONDS=$(SOAK_SECONDS) SOAK_SEED=$(SOAK_SEED) $(BIN)/python -m pytest -m soak --timeout $$(($(SOAK_SECONDS) + 300))

.PHONY: setup
setup: ## only set up the development tools in .venv
	@sh scripts/setup.sh dev
