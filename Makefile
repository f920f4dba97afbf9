.DEFAULT_GOAL := help
.PHONY: run test check fix bench docs help
PYTHON := .venv/bin/python
WORKERS ?= 2
ARGS ?=

run: ## Set everything up and serve the demo company until Ctrl-C
	@tools/bootstrap run
	@.venv/bin/wurzelwerk run --demo $(ARGS)

test: ## Run the whole suite (ARGS="-k rings" narrows it, DATABASE_URL=postgres://... chooses the database)
	@tools/bootstrap dev
	@$(PYTHON) -m pytest -n $(WORKERS) $(if $(ARGS),$(ARGS),--cov --cov-report=term)

check: ## Check format, style, types, import contracts, templates, migrations, catalogues and generated pages
	@tools/bootstrap dev
	@$(PYTHON) tools/check.py $(ARGS)

fix: ## Repair what can be repaired by machine: format, style, migrations, catalogues, generated pages
	@tools/bootstrap dev
	@$(PYTHON) -m ruff check --fix --quiet . || true
	@$(PYTHON) -m ruff format --quiet .
	@$(PYTHON) tools/fold_migrations.py
	@$(PYTHON) tools/catalogues.py update
	@$(PYTHON) tools/catalogues.py compile
	@$(PYTHON) tools/docs.py write

bench: ## Measure against the goals, each figure beside a bare baseline (ARGS="start --json")
	@tools/bootstrap dev
	@$(PYTHON) -m bench $(ARGS)

docs: ## Write the generated pages of docs/ anew
	@tools/bootstrap dev
	@$(PYTHON) tools/docs.py write

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
