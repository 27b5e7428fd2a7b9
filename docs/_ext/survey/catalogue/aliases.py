"""Aliases: earlier keys of papers and other names of entries, none of which may stand for two things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.catalogue.fields import EntryFields, PaperFields
from survey.catalogue.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from survey.catalogue.reading import Files, Page

_BETWEEN = re.compile(r"[\s-]+")


def clashes(files: Files) -> Iterator[Problem]:
    """Yield the aliases that are also the name, id or alias of something else of their kind."""
    keys = {key: page.path for key, page in files.papers.items()}
    papers = (page for page in files.papers.values() if isinstance(page.fields, PaperFields))
    yield from _clashes(papers, keys, "aliases are earlier keys of this paper, and of no other", own=True)
    for pages in files.entries.values():
        names: dict[str, str] = {}
        for key, page in pages.items():
            names.setdefault(_plain(key), page.path)
            if isinstance(page.fields, EntryFields):
                names.setdefault(_plain(page.fields.name), page.path)
        entries = (page for page in pages.values() if isinstance(page.fields, EntryFields))
        yield from _clashes(entries, names, "leave it out, or add what tells them apart")


def _clashes(pages: Iterable[Page], names: Mapping[str, str], hint: str, *, own: bool = False) -> Iterator[Problem]:
    """Compare the aliases of pages with names, given with their files, and with each other.

    With ``own``, a page's alias may not be its own name either: that is an address which would lead to itself.
    """
    taken = dict(names)
    for page in pages:
        for index, alias in enumerate(getattr(page.fields, "aliases", ())):
            name = _plain(alias)
            other = taken.setdefault(name, page.path)
            if other != page.path or (own and name in names):
                message = f"the alias '{alias}' already stands for {other}"
                yield Problem(page.path, page.line("aliases", index), "alias-clash", message, hint)


def _plain(name: str) -> str:
    """Return a name as readers take it: case, spaces and hyphens don't tell two apart."""
    return _BETWEEN.sub("", name).casefold()
