"""The message catalogues, kept in step with the code: ``python -m survey.messages`` brings them up to date.

Messages come from our Python, templates and scripts. Of each language, ``locale/<language>/LC_MESSAGES/`` has what
translators edit (``survey.po``) and what is made of it: ``survey.mo`` for Python and templates, and ``survey.js`` for
pages in which our scripts say something. All are committed, since a build writes nothing into the source tree; a test
finds out when one is behind. A new language begins with ``python -m survey.messages de``.

This is a tool for developers; the extension doesn't use it.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from survey import __version__
from survey.translation import CATALOGUE, LOCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from babel.messages.catalog import Message

SOURCE = Path(__file__).parent
TEMPLATE = LOCALE / f"{CATALOGUE}.pot"
_Keywords = dict[str, tuple[int, ...] | None]
#: Where messages stand: folder below this one, form of the files' names, Babel's method to read them, and the functions
#: that say something, with those of their arguments that are messages if it's not just the first.
SOURCES: tuple[tuple[str, str, str, _Keywords], ...] = (
    (
        "",
        "*.py",
        "python",
        {"_": None, "noted": None, "plural": (1, 2), "both": (1, 2), "counted": (2, 3)},
    ),
    ("pages/templates", "*.html", "jinja2.ext:babel_extract", {"say": None}),
    ("pages/static", "*.js", "javascript", {"_": None, "ngettext": (1, 2)}),
)
#: When the survey got its first catalogue: the time of each update would change files in which nothing changed.
_CREATED = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
_SCRIPT = """\
// What scripts say in this language: from survey.po, by survey/messages.py.
"use strict";

{
  /** @type {Record<string, string[]>} */
  const words = {
%(words)s  };
  /** @param {number} n */
  const form = (n) => Number(%(plural)s);
  window.surveyWords = {
    /** @param {string} text */
    _: (text) => words[text]?.[0] ?? text,
    /** @param {string} one @param {string} many @param {number} n */
    ngettext: (one, many, n) => words[one]?.[form(n)] ?? (n === 1 ? one : many),
  };
}
"""


def extracted() -> Catalog:
    """Return all messages of the code, each with the files in which it stands."""
    catalogue = _new()
    for folder, pattern, method, keywords in SOURCES:
        for path in sorted((SOURCE / folder).rglob(pattern)):
            name = path.relative_to(SOURCE).as_posix()
            for _line, message, _comments, _context in extract_from_file(method, path, keywords):
                catalogue.add(message, locations=[(name, 0)])
    return catalogue


def _new(language: str | None = None) -> Catalog:
    """Return an empty catalogue."""
    return Catalog(
        locale=language,
        project=CATALOGUE,
        version=__version__,
        header_comment="# The words that readers of a survey meet beside its text (survey/messages.py).",
        creation_date=_CREATED,
        revision_date=_CREATED,
        last_translator="",
        language_team="",
        msgid_bugs_address="",
        charset="utf-8",
        fuzzy=False,
    )


def languages() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(path.parent.parent.name for path in LOCALE.glob(f"*/LC_MESSAGES/{CATALOGUE}.po"))


def path_of(language: str, suffix: str) -> Path:
    """Return a file of a language's catalogue."""
    return LOCALE / language / "LC_MESSAGES" / f"{CATALOGUE}{suffix}"


def read(language: str) -> Catalog:
    """Return what translators have written."""
    path = path_of(language, ".po")
    if not path.is_file():
        return _new(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """Return what Python reads; messages without a translation are not in it."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def script(catalogue: Catalog) -> str:
    """Return what pages load: the translations of what our scripts say."""
    found = {}
    for message in catalogue:
        if message.id and message.string and any(name.endswith(".js") for name, _ in message.locations):
            found[_first(message)] = [message.string] if isinstance(message.string, str) else list(message.string)
    lines = (f"    {_json(first)}: {_json(forms)},\n" for first, forms in sorted(found.items()))
    return _SCRIPT % {"words": "".join(lines), "plural": catalogue.plural_expr}


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def update(language: str, found: Catalog) -> None:
    """Bring a language up to date: new messages are empty, and those that the code no longer has are dropped."""
    catalogue = read(language)
    catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    path_of(language, ".po").parent.mkdir(parents=True, exist_ok=True)
    _write(catalogue, path_of(language, ".po"))
    path_of(language, ".mo").write_bytes(compiled(catalogue))
    path_of(language, ".js").write_text(script(catalogue), "utf-8")


def _write(catalogue: Catalog, path: Path) -> None:
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)


def main(arguments: Sequence[str]) -> None:
    """Bring the template, all languages and new ones up to date."""
    found = extracted()
    _write(found, TEMPLATE)
    for language in sorted({*languages(), *arguments}):
        update(language, found)


if __name__ == "__main__":
    main(sys.argv[1:])
