# The commands of this project. CI calls the same ones.
.DEFAULT_GOAL := help
.PHONY: help demo test lint bench deep lock messages pictures

PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

demo: ## Start Plumbline with a sample company (PORT=8000 HOST=127.0.0.1 FRESH=1)
	@tools/environment
	@exec $(BIN)/plumbline demo --host $(HOST) --port $(PORT) $(if $(FRESH),--fresh)

lint: ## Check style, types, layers, migrations and translations
	@tools/environment dev
	@tools/lint

test: ## Run every check and every test, on both databases and in a browser
	@tools/environment dev
	@tools/needs
	@tools/lint
	$(PYTEST) -n 2 --dist worksteal --ignore tests/browser --ignore tests/deep --ignore tests/bench
	$(PYTEST) -n 2 --dist worksteal --ignore tests/browser --ignore tests/deep --ignore tests/bench --database=postgres tests
	$(PYTEST) -n 2 --dist loadfile tests/browser

bench: ## Measure what should stay fast
	@tools/environment dev
	$(PYTEST) tests/bench -s -p no:randomly
	$(BIN)/python judge/bench.py
	$(BIN)/python -m tests.bench.pages

deep: ## Run what takes long: installing from nothing, mutation, long fuzzing
	@tools/environment dev
	$(PYTEST) tests/deep -p no:randomly
	$(PYTEST) -n 2 --dist loadfile --deep -m deep tests

lock: ## Write the locks anew from pyproject.toml
	@tools/environment dev
	@tools/lock

messages: ## Gather the texts to translate (needs gettext)
	@tools/environment dev
	@tools/messages

pictures: ## Take the pictures of the documentation anew
	@tools/environment dev
	$(BIN)/python tools/pictures.py
