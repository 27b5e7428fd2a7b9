"""Letters behind the year, where several works would be cited alike: 'Yang et al., 2025a'.

A letter that an entry records (``yearsuffix = {a}``; CSL calls the same ``year-suffix``) is its own for good: what
others have cited by it stays right. Works without one get the next that are free, in the order of their arXiv numbers
and then of their keys, until somebody records them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from survey.catalogue.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from survey.catalogue.bibliography.bibentry import BibEntry

FIELD = "yearsuffix"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def lettered(entries: Mapping[str, BibEntry]) -> dict[str, BibEntry]:
    """Return the works with the letters by which citations tell them apart, in the order in which they were."""
    letters: dict[str, str] = {}
    for works in _alike(entries.values()):
        letters |= _letters(works)
    return {key: replace(work, letter=letters[key]) if key in letters else work for key, work in entries.items()}


def _alike(works: Iterable[BibEntry]) -> Iterator[list[BibEntry]]:
    """Yield the groups of works that have authors and year in common, as citations give them."""
    groups: defaultdict[tuple[str, str], list[BibEntry]] = defaultdict(list)
    for work in works:
        groups[work.short_authors.casefold(), work.year].append(work)
    yield from (group for group in groups.values() if len(group) > 1)


def _letters(works: list[BibEntry]) -> Iterator[tuple[str, str]]:
    taken = {work.fields[FIELD] for work in works if work.fields.get(FIELD)}
    free = (letter for letter in _names() if letter not in taken)
    for work in sorted(works, key=lambda work: (work.arxiv or "~", work.key)):  # '~' comes after every number
        yield work.key, work.fields.get(FIELD) or next(free)


def _names() -> Iterator[str]:
    """Yield a to z, and then aa, ab and so on."""
    yield from _ALPHABET
    for first in count():
        yield from (_ALPHABET[first % len(_ALPHABET)] + second for second in _ALPHABET)


def clashes(entries: Mapping[str, BibEntry], file: str) -> Iterator[Problem]:
    """Yield the letters that two works record which are cited alike otherwise too."""
    for works in _alike(entries.values()):
        first: dict[str, BibEntry] = {}
        for work in works:
            letter = work.fields.get(FIELD, "")
            if letter and letter in first:
                other = first[letter]
                message = f"'{work.key}' and '{other.key}' (line {other.line}) are both cited as '{work.short}'"
                yield Problem(file, work.line, "label-clash", message, f"give one of them another '{FIELD}'")
            first.setdefault(letter, work)


def unrecorded(entries: Mapping[str, BibEntry], file: str) -> Iterator[Problem]:
    """Yield the works that have a letter which isn't recorded, so that another work could take it."""
    for work in entries.values():
        if work.letter and not work.fields.get(FIELD):
            message = f"'{work.key}' is cited as '{work.short}', and nothing records the letter"
            hint = f"add '{FIELD} = {{{work.letter}}},' to the entry: the letter stays when other works come"
            yield Problem(file, work.line, "unrecorded-letter", message, hint)
