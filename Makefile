# The commands of this project. CI calls the same ones.
.DEFAULT_GOAL := help
.PHONY: help demo test lint bench deep lock messages pictures

PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

demo: ## Start Plumbline with a sample company (PORT=8000 HOST=127.0.0.1 FRESH=1)
	@tools/environment
	@exec $(BIN)/plumbline demo --host $(HOST) --port $(PORT) $(if $(FRESH),--fresh)

lock: ## Write the locks anew from pyproject.toml
	@tools/environment dev
	@tools/lock
