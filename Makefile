# Each target sets up what it needs. `make` alone lists them.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help lab test lint release demo bench system-packages

# demo: which assignment, how many simulated students, and the seed that draws them.
ASSIGNMENT ?= m09a_nps
STUDENTS ?= 24
SEED ?= 4

# The tests start hundreds of programs: a setting not to keep compiled modules would slow each one down.
unexport PYTHONDONTWRITEBYTECODE

PIP := .venv/bin/python -m pip install -qq --disable-pip-version-check -c constraints.txt

# An environment holds absolute paths, so one that was moved with its folder is built again.
ifneq ($(wildcard .venv/.place),)
ifneq ($(shell cat .venv/.place),$(CURDIR))
$(info This folder was moved: building its environment again.)
$(shell rm -rf .venv)
endif
endif

help:
	@echo "make lab      open the course in JupyterLab      (PORT=8889, BROWSER=none)"
	@echo "make test     run every check and every test"
	@echo "make lint     style and types only"
	@echo "make release  build the student versions of the assignments again"
	@echo "make demo     grade a simulated class            (ASSIGNMENT=m09a_nps STUDENTS=24 SEED=4)"
	@echo "make bench    measure, and write grading/bench.json"

lab: .venv/.course
	@.venv/bin/python course/start.py

# Every step runs, whatever an earlier one said; pytest comes last, so that its summary closes the output.
test: system-packages .venv/.everything
	@failed=""; \
	for step in "ruff check" "ruff format --check" "mypy" "autograder verify"; do \
		echo "== $$step"; .venv/bin/$$step || failed="$$failed [$$step]"; \
	done; \
	echo "== pytest"; .venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder || failed="$$failed [pytest]"; \
	if [ -n "$$failed" ]; then echo "Failed:$$failed" >&2; exit 1; fi

lint: .venv/.everything
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy

release: .venv/.course
	@.venv/bin/autograder release

demo: .venv/.course
	@.venv/bin/autograder demo $(ASSIGNMENT) --students $(STUDENTS) --seed $(SEED)

bench: .venv/.everything
	@.venv/bin/python tests/benchmarks/run.py

system-packages:
	@.ci/system-packages

.venv/bin/python:
	@.ci/create-venv

.venv/.course: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing the course into .venv: once, about a minute ..."
	@$(PIP) -e .
	@pwd -P > .venv/.place
	@touch $@

.venv/.everything: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing the course and its development tools into .venv: once, about two minutes ..."
	@$(PIP) -e '.[dev]'
	@pwd -P > .venv/.place
	@touch .venv/.course $@
