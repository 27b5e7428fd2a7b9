"""What a survey says of its watch, in ``docs/survey.toml``: where new works are looked for, and which words count.

::

    [watch]
    categories = ["cs.CL", "cs.LG"]  # of arXiv
    least = 4                        # what title and abstract have to score

    [watch.words]                    # what a word or phrase counts, half as much again in the title
    "attention head" = 4
    segmentation = -1
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TABLE, WORDS = "watch", "words"
#: What the table may hold, with its meaning for the reference.
KEYS = {
    "categories": "The categories of arXiv in which new works are looked for; all of them, if none is named.",
    "least": "What the title and the abstract of a work have to score to be put into the queue.",
    "words": "A table of words and phrases with what each counts; below 0 for what speaks against a work.",
}
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?")
_PHRASE = re.compile(r"\w[\w .'-]*")
LEAST = 4.0
_MOST, _LONGEST, _HIGHEST = 300, 100, 1000


@dataclass(frozen=True, slots=True)
class Watch:
    """The settings of the watch."""

    categories: tuple[str, ...] = ()
    least: float = LEAST
    words: tuple[tuple[str, float], ...] = ()


NO_WATCH = Watch()  #: Of a survey that says nothing of it.


def faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is wrong with the table: the table, the key, what is wrong, and what to do."""
    table = values.get(TABLE, {})
    if not isinstance(table, dict):
        yield TABLE, TABLE, f"'{TABLE}' is not a table", f"write [{TABLE}] and its settings below it"
        return
    for key in table:
        if key not in KEYS:
            yield TABLE, key, f"there is no setting '{key}'", f"the watch has {', '.join(KEYS)}"
    categories = table.get("categories", [])
    if not isinstance(categories, list) or not all(
        isinstance(at, str) and _CATEGORY.fullmatch(at) for at in categories
    ):
        yield TABLE, "categories", "'categories' is no list of arXiv's categories", 'write ["cs.CL", "cs.LG"]'
    if not _is_number(table.get("least", 0)):
        yield TABLE, "least", "'least' is no number", "write what works have to score, such as 4"
    yield from _faulty_words(table.get(WORDS, {}))


def _faulty_words(words: Any) -> Iterator[tuple[str, str, str, str]]:
    if not isinstance(words, dict) or len(words) > _MOST:
        yield (
            TABLE,
            WORDS,
            f"'{WORDS}' is no table of {_MOST} words at most",
            f"write [{TABLE}.{WORDS}] and lines word = 1",
        )
        return
    for word, weight in words.items():
        if len(word) > _LONGEST or _PHRASE.fullmatch(word) is None:
            hint = "words consist of letters, digits, spaces, hyphens and dots"
            yield f"{TABLE}.{WORDS}", word, f"'{word[:_LONGEST]}' cannot be looked for", hint
        elif not _is_number(weight):
            yield f"{TABLE}.{WORDS}", word, f"'{word}' has no number that says what it counts", f'write "{word}" = 1'


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -_HIGHEST <= value <= _HIGHEST


def read(values: Mapping[str, Any]) -> Watch:
    """Return the settings of a table that has no faults."""
    table = values.get(TABLE, {})
    words = tuple((word, float(weight)) for word, weight in table.get(WORDS, {}).items())
    return Watch(tuple(table.get("categories", ())), float(table.get("least", LEAST)), words)
