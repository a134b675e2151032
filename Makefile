# Two commands: `make run` shows the site, `make test` checks everything.
PYTHON ?= python3
PORT ?= 8000
SCENE ?= race-week
BIN := .venv/bin
SITE := var/$(SCENE)
# Of each three one waits, for Chromium or the database.
WORKERS ?= 3
RUN ?= $(BIN)/pytest
# What one process has compiled the next need not compile again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run password test check lock messages

# The demonstration. SCENE is race-week (the clock stands at 12 May 2022) or
# archive (every fact, the real clock); each keeps what is edited in var/SCENE.
run: export SITE_URL = http://127.0.0.1:$(PORT)
run: export ALLOWED_HOSTS = 127.0.0.1,localhost
run: export DATABASE_URL = sqlite:///$(CURDIR)/$(SITE)/db.sqlite3
run: export MEDIA_ROOT = $(CURDIR)/$(SITE)/media
run: export STATIC_ROOT = $(CURDIR)/var/static
ifeq ($(SCENE),race-week)
run: export DEMO_NOW = 2022-05-12T12:00+02:00
endif
run: .venv/installed var/secret-key
	@mkdir -p $(SITE)/media
	@SECRET_KEY=$$(cat var/secret-key) exec sh -ec '\
	  $(BIN)/python manage.py migrate --verbosity 0; \
	  $(BIN)/python manage.py collectstatic --noinput --verbosity 0; \
	  $(BIN)/python manage.py demo $(SCENE) --if-empty; \
  $(BIN)/python manage.py develop_photos; \
	  echo "Pitboard is at $$SITE_URL/ until you stop it with Ctrl-C."; \
	  exec $(BIN)/gunicorn racing.wsgi --bind 127.0.0.1:$(PORT) \
	    --worker-class gthread --workers 2 --threads 4 --keep-alive 30 \
	    --no-control-socket --log-level warning'

# Set the demonstration's password anew.
password: .venv/installed var/secret-key
	@SECRET_KEY=$$(cat var/secret-key) SITE_URL=http://127.0.0.1:$(PORT) \
	  DATABASE_URL=sqlite:///$(CURDIR)/$(SITE)/db.sqlite3 \
	  $(BIN)/python manage.py changepassword press

# Lint and the whole suite.
test: check
	$(RUN) -n $(WORKERS) $(PYTEST)

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files -z -- '*.html' | xargs -0 $(BIN)/djade --check --target-version 5.2
	$(BIN)/lint-imports

# Pin every package anew, with hashes and without the address of any index.
lock: .venv/installed-dev
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --output-file requirements.txt
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --extra dev \
	  --constraints requirements.txt --output-file requirements-dev.txt
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --annotation-style line

# Compile the Swedish texts.
messages: .venv/installed-dev
	$(BIN)/python -m tests.messages

.venv/bin/pip:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  "Pitboard needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check \
	  --require-hashes --only-binary :all: -r requirements.txt
	touch $@

.venv/installed-dev: requirements-dev.txt requirements.txt | .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --no-compile \
	  --require-hashes --only-binary :all: -r requirements-dev.txt
	touch $@ .venv/installed

var/secret-key:
	mkdir -p var
	umask 077; $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@
