"""What the texts of the bibliography may hold: plain characters, that are what they seem, and whole lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.bibliography.bibentry import LATEX, VERBATIM
from survey.catalogue.problems import Problem
from survey.catalogue.texts import hidden_letters
from survey.catalogue.texts.references_bib import FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from survey.catalogue.bibliography.bibentry import BibEntry

_LONGEST = 200  #: Characters of a value that are quoted.


def check(entry: BibEntry, lines: Mapping[str, int]) -> Iterator[Problem]:
    """Yield what is wrong with the texts of an entry, given the lines of its fields."""
    for field, value in entry.fields.items():
        line = lines[field]
        if field not in VERBATIM and LATEX.search(value):
            hint = "write the character itself: the file is UTF-8"
            yield Problem(FILE, line, "latex-markup", f"the {field} holds LaTeX ('{short(value)}')", hint)
        sign, wrong = hidden_letters.odd(value)
        if sign:
            message = f"the {field} holds {hidden_letters.named(sign)}, which {wrong}"
            yield Problem(FILE, line, "odd-character", message, "write the character that is meant, or remove it")
    if entry.more_authors:
        message = f"the list of authors of '{entry.key}' ends in 'and others'"
        yield Problem(FILE, lines["author"], "more-authors", message, "give all authors")


def check_same(entries: Iterable[BibEntry]) -> Iterator[Problem]:
    """Yield the entries that have an identifier of an earlier one; titles may be those of two works."""
    known: dict[tuple[str, str], BibEntry] = {}
    for entry in entries:
        marks = [("arXiv number", (entry.arxiv or "").casefold()), ("DOI", (entry.doi or "").casefold())]
        same = next((mark for mark in marks if mark in known), None)
        if same is not None:
            first = known[same]
            message = f"'{entry.key}' has the {same[0]} of '{first.key}' (line {first.line})"
            yield Problem(FILE, entry.line, "duplicate-work", message, "remove one of the two, or correct it")
        for mark in marks:
            if mark[1]:
                known.setdefault(mark, entry)


def short(value: str) -> str:
    """Return a value as problems quote it."""
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
