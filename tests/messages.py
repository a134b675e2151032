"""The Swedish catalogue: collected from the code and compiled without gettext.

`python -m tests.messages` (`make messages`) brings django.po up to date with the
texts in Python and in templates and compiles it. Translations are kept, texts that
nobody uses any more leave, new ones come in empty. Nothing is guessed: a text that
changed by a comma is a new one. The outcome depends on the sources alone.
"""

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "racing" / "locale" / "sv" / "LC_MESSAGES" / "django.po"
APPS = ("racing", "drivers", "events", "press")

# How each function of django.utils.translation names its arguments.
FUNCTIONS = {
    "gettext": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
}
FUNCTIONS |= {f"{name}_lazy": arguments for name, arguments in FUNCTIONS.items()}
FUNCTIONS["gettext_noop"] = FUNCTIONS["gettext"]
TEMPLATE_CALL = re.compile(r"\b(?:n?p?gettext|_)\(")
# A named value (`%(name)s`), a positional one (`%s`) or a format field (`{name}`).
PLACEHOLDER = re.compile(r"%\(\w+\)[-+ #0-9.]*[a-z]|%[sdr]|\{\w*\}")
HEADER = {
    "Project-Id-Version": "Pitboard",
    "Language": "sv",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


class UnwrittenTextError(ValueError):
    """A call of gettext whose text is not written out, so that nobody can find it."""


def extract(root=ROOT):
    """Every text of the site: {(context or None, msgid, plural or None): files}."""
    messages = defaultdict(set)
    for path in python_files(root):
        for message in from_python(path.read_text(), path):
            messages[message].add(str(path.relative_to(root)))
    for path in template_files(root):
        for message in from_template(path.read_text(), path):
            messages[message].add(str(path.relative_to(root)))
    return dict(messages)


def python_files(root=ROOT):
    """The project's own modules; migrations carry no text for people."""
    files = (path for app in APPS for path in (root / app).rglob("*.py"))
    return sorted(path for path in files if "migrations" not in path.parts)


def template_files(root=ROOT):
    """Every template: the site's own folder, and those the apps bring."""
    folders = [root / "templates", *(root / app / "templates" for app in APPS)]
    files = (path for folder in folders for path in folder.rglob("*"))
    return sorted(path for path in files if path.is_file())


def from_python(source, path):
    """The texts of a module, by whatever name it imports gettext."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: FUNCTIONS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in FUNCTIONS
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Name):
            arguments = names.get(call.func.id)
        else:
            arguments = FUNCTIONS.get(getattr(call.func, "attr", ""))
        if arguments:
            yield _message(call, arguments, path)


def from_template(source, path):
    """The texts of a template, as Django itself reads them."""
    code = templatize(source, origin=str(path))
    for found in TEMPLATE_CALL.finditer(code):
        call = _call(code, found.start())
        name = "gettext" if call.func.id == "_" else call.func.id
        yield _message(call, FUNCTIONS[name], path)


def _call(code, start):
    """The call that begins there; around it stands what is no Python."""
    end = start
    while end := code.index(")", end) + 1:
        try:
            return ast.parse(code[start:end], mode="eval").body
        except SyntaxError:
            continue


def _message(call, arguments, path):
    values = {}
    for name, node in zip(arguments, call.args, strict=False):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            raise UnwrittenTextError(
                f"{path}: line {call.lineno}: the text is not written out"
            )
        values[name] = node.value
    return values.get("context"), values["msgid"], values.get("plural")


def catalogue(messages, known):
    """A catalogue of those messages with the translations that are known.

    `known` is the catalogue so far. Entries are sorted, so that the same sources
    give the same file on every machine.
    """
    new = polib.POFile(wrapwidth=78)
    new.metadata = HEADER
    new.header = "Swedish texts of Pitboard. Run “make messages” after a change."
    old = {(entry.msgctxt, entry.msgid, entry.msgid_plural): entry for entry in known}
    for context, msgid, plural in sorted(messages, key=_order):
        entry = polib.POEntry(
            msgctxt=context,
            msgid=msgid,
            msgid_plural=plural or "",
            occurrences=[
                (file, "") for file in sorted(messages[context, msgid, plural])
            ],
            flags=["python-format"] if "%(" in msgid else [],
        )
        entry.msgstr_plural = {0: "", 1: ""} if plural else {}
        before = old.get((context, msgid, plural or ""))
        if before and not before.obsolete and "fuzzy" not in before.flags:
            entry.msgstr = before.msgstr
            entry.msgstr_plural = before.msgstr_plural
            entry.tcomment = before.tcomment
        new.append(entry)
    return new


def _order(message):
    context, msgid, plural = message
    return msgid.casefold(), msgid, context or "", plural or ""


def read(path=CATALOGUE):
    """The catalogue as it is, or an empty one."""
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def texts(entry):
    """Every translation of an entry: one, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text):
    """What a text has filled in, in no order: languages have their own."""
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def main():
    new = catalogue(extract(), read())
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(str(new) + "\n")
    CATALOGUE.with_suffix(".mo").write_bytes(new.to_binary())
    empty = sum(not all(texts(entry)) for entry in new)
    sys.stdout.write(f"{len(new)} texts, {empty} without a translation.\n")


if __name__ == "__main__":
    main()
