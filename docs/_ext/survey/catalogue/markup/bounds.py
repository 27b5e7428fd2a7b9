"""How much a page may hold: reading it must not take longer than anybody waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.markup.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 200_000  #: Bytes of a page; the longest chapter has a tenth of it.
MOST_LINES = 2_000  #: Lines without a blank one between them.
MOST_BRACKETS = 2_000  #: Brackets that open within these: each is looked for to the end.


def fault(text: str, after: int = 0) -> Fault | None:
    """Return why the text of a page, behind line ``after``, is too much to be read, or None."""
    for line, count, brackets in _blocks(text):
        if line <= after:
            continue
        if count > MOST_LINES:
            message = f"more than {MOST_LINES:,} lines follow each other without a blank one; the page is not used"
            return Fault(line, "too-large", message, "divide them by blank lines")
        if brackets > MOST_BRACKETS:
            message = f"a paragraph opens more than {MOST_BRACKETS:,} brackets; the page is not used"
            return Fault(line, "too-large", message, "divide it, or remove some")
    return None


def _blocks(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the first line of each run of lines, how many they are, and how many brackets they open."""
    first, count, brackets = 1, 0, 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            first, count, brackets = first if count else number, count + 1, brackets + line.count("[")
        elif count:
            yield first, count, brackets
            count = brackets = 0
    if count:
        yield first, count, brackets
