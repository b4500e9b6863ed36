# Two commands: `make site` builds the website into site/, `make test` runs every test.
# On Windows, the README gives the same steps line by line.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet

.PHONY: site test check serve proof pictures bench kills fuzz lock clean

site: $(VENV)/site
	$(BIN)/answerable build

check: $(VENV)/site
	$(BIN)/answerable check

serve: $(VENV)/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs serve --strict

test: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

# Every page in every view, and Lighthouse: about a quarter of an hour.
proof: $(VENV)/test site
	npm install --silent --no-save --prefix .cache/lighthouse lighthouse@12.8.2
	$(BIN)/python -m tests.proof

# Builds killed and refused at every step: a thousand takes some minutes. Say how many with KILLS=50.
KILLS := 1000
kills: $(VENV)/test
	$(BIN)/python -m tests.kills $(KILLS)

# Each reader is given bytes that nobody would write, for a minute each. Say how long with SECONDS=600. Linux only.
SECONDS := 60
fuzz: $(VENV)/test
	$(PIP) install --require-hashes --requirement tests/fuzz/requirements-fuzz.txt
	$(BIN)/python -m tests.fuzz $(SECONDS)

# How long a check and builds take, beside stock Material: make bench SIZES="100 1000".
SIZES ?= 50 200
bench: $(VENV)/test
	$(BIN)/python -m tests.benchmarks $(SIZES)

# The pictures of the README, from the site as it is now.
pictures: $(VENV)/test site
	$(BIN)/python -m tests.pictures

# Installing takes a minute; it is done again only when the lock or the project's own description changes.
$(VENV)/site: requirements.txt pyproject.toml
	@echo "Installing what the site needs into $(VENV) (about a minute) ..."
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test: $(VENV)/site requirements-test.txt tests/proof/requirements-csvw.txt tests/proof/package-lock.json
	@echo "Installing what the tests need ..."
	$(PIP) install --require-hashes --requirement requirements-test.txt
	$(PIP) install --require-hashes --requirement tests/proof/requirements-csvw.txt --upgrade --target $(VENV)/csvw
	@$(MAKE) --no-print-directory browser java
	npm ci --silent --prefix tests/proof
	@touch $@

# The tests drive Chromium: the one that is there, or the one of the system's packages, or the one Playwright brings.
.PHONY: browser
browser:
	@if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Chromium ..."; apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; \
	elif command -v apt-get >/dev/null && command -v sudo >/dev/null; then \
	  echo "Installing Chromium ..."; sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; \
	else $(BIN)/python -m playwright install chromium; fi

# The Nu HTML Checker needs Java, and npm to fetch it.
.PHONY: java
java:
	@if command -v java >/dev/null && command -v npm >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Java and npm ..."; apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless npm >/dev/null; \
	elif command -v apt-get >/dev/null && command -v sudo >/dev/null; then \
	  echo "Installing Java and npm ..."; sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends default-jre-headless npm >/dev/null; \
	else echo "The tests check every page with the Nu HTML Checker, which needs Java and npm: install them first." >&2; exit 1; fi

# Lock files carry hashes and name no host, so that they work with any mirror.
lock:
	$(PYTHON) -m venv $(VENV) && $(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --extra test pyproject.toml --constraint requirements.txt --output-file requirements-test.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --group csvw --output-file tests/proof/requirements-csvw.txt
	$(BIN)/uv pip compile --quiet --python-platform linux --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --group fuzz --output-file tests/fuzz/requirements-fuzz.txt

clean:
	rm -rf $(VENV) .cache/charts .cache/workbooks .cache/pages .cache/checks .cache/tables site .site-* *.egg-info
