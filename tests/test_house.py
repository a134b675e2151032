"""The conventions of the project, as tests: what is written down is held."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.utils.functional import Promise

from tests import messages

ROOT = messages.ROOT
APPS = messages.APPS
STATIC = ROOT / "racing" / "static" / "racing"
# What is not ours, or not kept.
SKIPPED = {
    *(".git", ".venv", "var", "__pycache__", ".hypothesis"),
    *(".pytest_cache", ".ruff_cache", ".import_linter_cache"),
}

MODULES = {
    str(path.relative_to(ROOT)): path.read_text() for path in messages.python_files()
}
TREES = {name: ast.parse(source) for name, source in MODULES.items()}
TEMPLATES = {
    str(path.relative_to(ROOT)): path.read_text() for path in messages.template_files()
}
MODELS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in APPS and not hasattr(model, "instance_type")
]


def tracked_files():
    """Every file of the project, without what tools and the site leave behind."""
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not SKIPPED & set(parts):
            yield path


def found(pattern, files):
    """`file:line: text` of every line that matches, in a {name: text} of files."""
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in files.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(pattern, line)
    ]


# Time


# What tells the time in each module that can.
CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "django.utils.timezone": {"now", "localdate"},
    "time": {"time", "time_ns", "monotonic", "perf_counter", "gmtime", "localtime"},
    "django.db.models.functions": {"Now"},
}


def clocks_read(tree):
    """The line of everything in a module that asks the machine for the time."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name, module, thing in imported(node):
                names[name] = module
                if module != "datetime" and thing in CLOCKS.get(module, ()):
                    yield node.lineno
    for node in ast.walk(tree):
        if asks_the_time(node, names):
            yield getattr(node, "lineno", 0)


def imported(node):
    """(name here, module, thing or None) of everything an import brings."""
    module = getattr(node, "module", None)
    for alias in node.names:
        whole = f"{module}.{alias.name}" if module else alias.name
        if whole in CLOCKS:
            yield alias.asname or alias.name, whole, None
        else:
            yield alias.asname or alias.name, module, alias.name


def asks_the_time(node, names):
    """Whether a node of a syntax tree reads a clock; `names` tells its imports."""
    if isinstance(node, ast.Attribute):
        module = names.get(ast.unparse(node.value).split(".")[0])
        return node.attr in CLOCKS.get(module, ())
    if isinstance(node, ast.keyword):
        return node.arg in ("auto_now", "auto_now_add")
    # Without a moment it takes the present one.
    return isinstance(node, ast.Call) and ast.unparse(node).endswith("localtime()")


def test_only_the_clock_asks_the_machine_for_the_time():
    asked = [
        f"{name}:{line}"
        for name, tree in TREES.items()
        if name != "racing/clock.py"
        for line in clocks_read(tree)
    ]
    assert asked == []


def test_no_template_asks_the_machine_for_the_time():
    assert found(r"\{% now\b|\|(timesince|timeuntil|naturaltime)\b", TEMPLATES) == []


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.datetime.now()",
        "import datetime as dt\ndt.date.today()",
        "from datetime import datetime\ndatetime.now(UTC)",
        "from datetime import datetime\ndatetime.utcnow()",
        "from django.utils import timezone\nField(default=timezone.now)",
        "from django.utils import timezone\ntimezone.localdate()",
        "from django.utils import timezone\ntimezone.localtime()",
        "from django.utils.timezone import now",
        "from django.db.models.functions import Now",
        "import time\ntime.time()",
        "from time import time",
        "Field(auto_now_add=True)",
    ],
)
def test_every_way_to_ask_for_the_time_is_seen(source):
    assert list(clocks_read(ast.parse(source))) != []


@pytest.mark.parametrize(
    "source",
    [
        "from racing import clock\nclock.now(), clock.today(zone)",
        "from datetime import date, time\ndate(2022, 5, 12), time(12)",
        "from django.utils import timezone\ntimezone.localtime(moment)",
        "lineup.now.record",
    ],
)
def test_the_sites_own_clock_is_free_to_ask(source):
    assert list(clocks_read(ast.parse(source))) == []


# Python


def test_models_send_no_signals_to_each_other():
    """Django may tell the project that it has migrated; no row tells another."""
    signals = r"\breceiver\b|\bSignal\b|m2m_changed|\b(pre|post)_(save|delete|init)\b"
    assert found(signals, MODULES) == []
    assert found(r"\bsignals\b(?!.*post_migrate)", MODULES) == []


def test_no_markup_is_made_in_python():
    assert found(r"mark_safe|SafeString|SafeText", MODULES) == []


def test_no_module_is_too_long_to_read():
    long = {name: text.count("\n") for name, text in MODULES.items()}
    assert {name: lines for name, lines in long.items() if lines > 450} == {}


def test_every_folder_of_tests_is_found_by_the_runner():
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_every_test_stands_in_a_file_that_the_runner_reads():
    stray = [
        path.name
        for path in (ROOT / "tests").rglob("*.py")
        if re.search(r"^def test_", path.read_text(), re.MULTILINE)
        and not path.name.startswith("test_")
    ]
    assert stray == []


def test_nothing_is_left_for_later():
    later = re.compile("TO" + "DO|FIX" + "ME|XX" + "X")
    texts = {
        str(path.relative_to(ROOT)): path.read_text()
        for path in tracked_files()
        if path.suffix in {".py", ".html", ".css", ".js", ".md", ".toml", ""}
    }
    assert found(later, texts) == []


def test_no_file_is_too_large_to_keep():
    sizes = {
        str(path.relative_to(ROOT)): path.stat().st_size for path in tracked_files()
    }
    assert {name: size for name, size in sizes.items() if size > 600_000} == {}


# Models


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_has_a_name_in_the_readers_language(model):
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    plain = [
        field.name
        for field in fields
        if not field.auto_created and not isinstance(field.verbose_name, Promise)
    ]
    assert plain == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_has_a_name_in_the_readers_language(model):
    assert isinstance(model._meta.verbose_name, Promise)
    assert isinstance(model._meta.verbose_name_plural, Promise)


def test_every_model_has_a_place_of_its_own_in_the_admin():
    """A ModelAdmin of its own, or rows that stand on their owner's page."""
    registered = {model: type(site) for model, site in admin.site._registry.items()}
    inline = {row.model for site in registered.values() for row in site.inlines}
    plain = [
        model._meta.label
        for model in MODELS
        if registered.get(model, admin.ModelAdmin) is admin.ModelAdmin
        and model not in inline
    ]
    assert plain == []


def test_every_rule_of_the_database_has_a_sentence_for_a_name():
    names = [rule.name for model in MODELS for rule in model._meta.constraints]
    assert len(names) > 20
    assert [
        name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+){3,}", name)
    ] == []


def test_every_rule_of_the_database_is_tested():
    tests = "".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    names = {rule.name for model in MODELS for rule in model._meta.constraints}
    assert sorted(name for name in names if name not in tests) == []


def help_texts():
    """(file:line, text) of every help text that is written in a call of gettext."""
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "help_text":
                text = getattr(node.value, "args", [None])[0]
                if isinstance(text, ast.Constant):
                    yield f"{name}:{text.lineno}", text.value


def test_help_texts_are_whole_sentences():
    texts = dict(help_texts())
    assert len(texts) > 50
    sentence = re.compile(r"[A-Z0-9“].*[.…]", re.DOTALL)
    assert {
        place: text for place, text in texts.items() if not sentence.fullmatch(text)
    } == {}


@pytest.mark.django_db
def test_the_migrations_are_up_to_date_with_the_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# Templates


def test_templates_escape_what_they_print():
    assert found(r"\|\s*safe(seq)?\b|autoescape\s+off", TEMPLATES) == []


def test_templates_carry_no_style_and_no_script():
    assert found(r"\sstyle=|<style\b|\son[a-z]+=|javascript:", TEMPLATES) == []
    assert found(r"<script(?![^>]*\b(src|json)\b)", TEMPLATES) == []


def test_templates_load_nothing_from_other_hosts():
    assert found(r"(src|srcset)=[\"']?(https?:)?//", TEMPLATES) == []
    assert found(r"<link[^>]*href=[\"']?(https?:)?//", TEMPLATES) == []


def test_templates_ask_no_questions_of_the_database():
    assert found(r"\.(filter|exclude|get_queryset|objects)\b", TEMPLATES) == []


# What a stranger could choose here harms nobody: `service.hide_results`,
# `press.photo_views.basket`.
HARMLESS_FORMS = {
    "templates/includes/spoiler_switch.html",
    "templates/includes/photo_basket_button.html",
}


def test_forms_that_change_something_carry_a_token():
    forms = {
        f"{name}: {form}"
        for name, text in TEMPLATES.items()
        for form in re.findall(r"<form\b.*?</form>", text, re.DOTALL)
        if re.search(r"method=.post", form)
        and "csrf_token" not in form
        and name not in HARMLESS_FORMS
    }
    assert forms == set()


def test_templates_are_named_for_what_they_show():
    names = [name.removeprefix("templates/") for name in TEMPLATES]
    assert [
        name for name in names if not re.fullmatch(r"([a-z_]+/)*[a-z0-9_]+\.\w+", name)
    ] == []


def test_every_page_extends_the_one_base():
    folders = ("templates/racing/", "templates/drivers/", "templates/events/")
    pages = {
        name: text
        for name, text in TEMPLATES.items()
        if name.startswith(folders) and name.endswith(".html")
    }
    assert len(pages) >= 16
    assert [
        name
        for name, text in pages.items()
        if not text.startswith('{% extends "page.html" %}')
    ] == []
    page = TEMPLATES["templates/page.html"]
    assert page.startswith('{% extends "base.html" %}')


def test_every_part_of_a_page_is_used():
    sources = "".join([*TEMPLATES.values(), *MODULES.values()])
    parts = [
        name.removeprefix("templates/")
        for name in TEMPLATES
        if name.startswith("templates/includes/")
    ]
    assert [part for part in parts if sources.count(f'"{part}"') == 0] == []


# Static files


def test_the_fonts_weigh_at_most_80_kb():
    fonts = [path.stat().st_size for path in STATIC.rglob("*.woff2")]
    assert len(fonts) >= 2
    assert sum(fonts) <= 80_000
    assert (STATIC / "fonts" / "LICENSE.txt").exists()


def test_the_style_sheets_name_their_colours_in_one_place():
    """As custom properties; paper is white and ink is black without a name."""
    screens = {
        path.name: path.read_text().split("@layer print {")[0]
        for path in (STATIC / "css").glob("*.css")
        if path.name != "admin.css"
    }
    colours = r"^(?!\s*--).*(#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|oklch)a?\()"
    assert len(screens) > 1
    assert found(colours, screens) == []


def test_the_style_sheet_stays_on_the_host():
    css = {str(path): path.read_text() for path in STATIC.rglob("*.css")}
    assert found(r"@import|url\([\"']?(https?:)?//", css) == []


def test_the_scripts_of_the_site_weigh_less_than_10_kb():
    scripts = {
        path: path.stat().st_size
        for path in STATIC.rglob("*.js")
        if not path.name.startswith("admin")
    }
    assert len(scripts) >= 1
    assert sum(scripts.values()) < 10_000
    assert [path.name for path, size in scripts.items() if size > 3_000] == []


def test_scripts_write_no_markup_and_know_no_language():
    scripts = {path.name: path.read_text() for path in STATIC.rglob("*.js")}
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|eval\(|new Function|gettext\("
    assert found(forbidden, scripts) == []
    assert [name for name, text in scripts.items() if not text.startswith("//")] == []


# The house itself


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
README = (ROOT / "README.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def direct(requirements):
    """The names of requirements such as `psycopg[binary]>=3.3,<4`."""
    return [re.match(r"[A-Za-z0-9_-]+", line)[0].lower() for line in requirements]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_pins_every_package_by_hash(lock):
    text = (ROOT / lock).read_text()
    pins = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert len(pins) > 10
    unpinned = re.compile(r"(?![\w.\[\],-]+==\S+.*--hash=sha256:)", re.DOTALL)
    assert [pin for pin in pins if unpinned.match(pin)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_address(lock):
    text = {lock: (ROOT / lock).read_text()}
    assert found(r"://|index|find-links|\s@\s|^-", text) == []


def test_the_locks_hold_what_the_project_asks_for():
    needed = {
        "requirements.txt": PROJECT["dependencies"],
        "requirements-dev.txt": PROJECT["optional-dependencies"]["dev"],
    }
    for lock, requirements in needed.items():
        pinned = re.findall(r"^([\w.-]+)", (ROOT / lock).read_text(), re.MULTILINE)
        assert set(direct(requirements)) - set(pinned) == set()


def test_every_dependency_is_explained_once():
    wanted = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    rows = re.findall(r"^\| (\S.*?) \| (.+?) \|$", CONTRIBUTING, re.MULTILINE)
    reasons = [
        name.strip("` ")
        for names, reason in rows
        if len(reason.split()) > 1
        for name in names.split(",")
    ]
    assert {name: reasons.count(name) for name in direct(wanted)} == dict.fromkeys(
        direct(wanted), 1
    )


def test_every_setting_of_the_environment_is_explained():
    read = set(re.findall(r"read\(\s*\"([A-Z_]+)\"", MODULES["racing/settings.py"]))
    assert len(read) > 8
    table = CONTRIBUTING.split("## Settings")[1].split("\n## ")[0]
    assert read == set(re.findall(r"`([A-Z][A-Z_]+)`", table)) - {"SITE"}


def test_the_commands_in_words_are_the_commands_there_are():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"\.PHONY: (.+)", makefile)[1].split())
    pattern = r"(?:^ {4}|`)(?:[A-Z]+=\S+ )*make ([a-z]+)"
    named = set(re.findall(pattern, README + CONTRIBUTING, re.MULTILINE))
    assert {"run", "test"} <= set(re.findall(pattern, README, re.MULTILINE))
    assert named - targets == set()
    assert targets - named == {"check"}


def test_the_pages_in_words_point_to_files_there_are():
    links = re.findall(r"\]\((?!https?:)([^)#]+)|src=\"([^\"]+)\"", README)
    files = [Path(name or image) for name, image in links]
    assert len(files) >= 2
    assert [file for file in files if not (ROOT / file).exists()] == []
