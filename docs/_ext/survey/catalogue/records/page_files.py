"""Which files under ``docs/`` are pages: the same for the checks and for the build.

A page is a file whose name ends in ``.md``, outside folders whose names begin with ``_`` or ``.``. What looks like a
page and is none is reported: its author would wait for it in vain.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from survey.catalogue.problems import Problem
from survey.catalogue.texts.places import DOCS

if TYPE_CHECKING:
    from collections.abc import Collection

_SUFFIX = ".md"
_TABLE = ".csv"  #: A table of positions, beside the page that names it.
#: Folders that Sphinx, its themes and translators keep beside the pages, and what a build leaves.
_NOT_OURS = frozenset({"_build", "_ext", "_static", "_templates", "_locale", "_locales", "_themes", "__pycache__"})
#: Names by which other tools know Markdown or reStructuredText, copies of editors, and letters of the wrong case.
_NEARLY = re.compile(r".+\.(?:md|markdown|mdown|mkdn?|mdwn|mdx|mdtxt|rst|rest|qmd|rmd)(?:[.~_ -].*)?", re.IGNORECASE)
_NEARLY_FACTS = re.compile(r".+\.(?:txt|text|ya?ml|docx?|org|adoc)", re.IGNORECASE)
_HINT = "name it '<name>.md'"


@dataclass(slots=True)
class Found:
    """The files of a survey."""

    pages: list[str] = field(default_factory=list)  #: Paths relative to the root, in order.
    tables: list[str] = field(default_factory=list)  #: Of the folders of facts, relative to the root.
    excluded: list[str] = field(default_factory=list)  #: What no build may take for a page.
    problems: list[Problem] = field(default_factory=list)


def find(root: Path, folders: Collection[str]) -> Found:
    """Return the pages of the survey at ``root``; in the folders of facts, named from docs/, stands nothing else."""
    found = Found()
    for folder, names, files in os.walk(root / DOCS):
        here = Path(folder).relative_to(root).as_posix()
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in [name for name in names if name.startswith("_")]:
            names.remove(name)
            if name not in _NOT_OURS:
                _hidden(root, f"{here}/{name}", found)
        for file in sorted(files):
            _file(f"{here}/{file}", file, found, is_facts=here.removeprefix(f"{DOCS}/") in folders)
    found.pages.sort()
    if (root / DOCS).is_dir() and f"{DOCS}/index.md" not in found.pages:
        hint = "every site begins there: write a heading and a {toctree}"
        found.problems.append(Problem(f"{DOCS}/index.md", 1, "missing-file", "the first page is not there", hint))
    return found


def _file(path: str, name: str, found: Found, *, is_facts: bool) -> None:
    if not _is_text(path):
        if name.endswith(_SUFFIX):
            message = "the path holds bytes that are not UTF-8; the page is not used"
            found.excluded.append(path)
            found.problems.append(Problem(path, 1, "bad-file-name", message, "rename it, in ASCII letters"))
    elif name.endswith(_SUFFIX) and not name.startswith("."):
        found.pages.append(path)
    elif is_facts and name.lower().endswith(_TABLE) and not name.startswith("."):
        found.tables.append(path)
    elif name.startswith("."):
        found.excluded.append(path)  # files of editors and file systems
    elif _NEARLY.fullmatch(name) or (is_facts and _NEARLY_FACTS.fullmatch(name)):
        found.excluded.append(path)
        message = f"'{name}' is nearly the name of a page; the file is not used"
        found.problems.append(Problem(path, 1, "ignored-file", message, f"{_HINT}, or move it out of {DOCS}/"))


def _hidden(root: Path, folder: str, found: Found) -> None:
    """Report the pages of a folder that isn't part of the site, and keep the build from reading them."""
    found.excluded.append(folder)
    for inner, names, files in os.walk(root / folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for file in sorted(files):
            if file.endswith(_SUFFIX):
                path = (Path(inner) / file).relative_to(root).as_posix()
                message = f"folders whose names begin with '_' are no part of the site, and '{folder}' is one"
                found.problems.append(Problem(path, 1, "ignored-file", message, "rename the folder, or move the page"))


def _is_text(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
