"""Names and aliases: earlier keys of papers and names of entries, none of which may stand for two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.problems import Problem
from survey.catalogue.schema.fields import EntryFields, ModelFields, PaperFields
from survey.catalogue.texts.lookalikes import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from survey.catalogue.records.files import Files, Page

_APART = "leave it out, or add what tells them apart"


def clashes(files: Files) -> Iterator[Problem]:
    """Yield the names and aliases that are also the name, id or alias of something else of their kind."""
    keys = {key: page.path for key, page in files.papers.items()}
    papers = (page for page in files.papers.values() if isinstance(page.fields, PaperFields))
    yield from _aliases(papers, keys, "aliases are earlier keys of this paper, and of no other", own=True)
    for pages in files.entries.values():
        entries = [page for page in pages.values() if isinstance(page.fields, EntryFields)]
        names = {skeleton(key): page.path for key, page in pages.items()}
        yield from _names(entries, names)
        yield from _aliases(entries, names, _APART)
        yield from _members(entries)


def _names(pages: Iterable[Page], taken: dict[str, str]) -> Iterator[Problem]:
    """Compare the names of pages with ids, given with their files, and with each other; they are taken then too."""
    for page in pages:
        name = getattr(page.fields, "name", "")
        other = taken.setdefault(skeleton(name), page.path)
        if other != page.path:
            message = f"the name '{name}' already stands for {other}, or looks like its name"
            yield Problem(page.path, page.line("name"), "name-clash", message, "add what tells them apart")


def _aliases(pages: Iterable[Page], names: Mapping[str, str], hint: str, *, own: bool = False) -> Iterator[Problem]:
    """Compare the aliases of pages with names, given with their files, and with each other.

    With ``own``, a page's alias may not be its own name either: that is an address which would lead to itself.
    """
    taken = dict(names)
    for page in pages:
        for index, alias in enumerate(getattr(page.fields, "aliases", ())):
            name = skeleton(alias)
            other = taken.setdefault(name, page.path)
            if other != page.path or (own and name in names):
                message = f"the alias '{alias}' already stands for {other}"
                yield Problem(page.path, page.line("aliases", index), "alias-clash", message, hint)


def _members(pages: Iterable[Page]) -> Iterator[Problem]:
    """Compare the names and aliases of the models of all families with each other."""
    taken: dict[str, tuple[str, str]] = {}
    for page in pages:
        if not isinstance(page.fields, ModelFields):
            continue
        for index, member in enumerate(page.fields.members):
            names = [
                (member.name, ("name",), "name"),
                *((at, ("aliases", n), "alias") for n, at in enumerate(member.aliases)),
            ]
            for name, where, what in names:
                other, path = taken.setdefault(skeleton(name), (member.id, page.path))
                if other != member.id:
                    message = f"the {what} '{name}' already stands for the model '{other}' of {path}"
                    line = page.line("members", index, *where)
                    yield Problem(page.path, line, f"{what}-clash", message, _APART)
