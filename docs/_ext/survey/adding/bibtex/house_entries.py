"""The bibliography entry in the form of the house (CONTRIBUTING, "The bibliography"), read back before it counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Refused
from survey.adding.text.cleaning import one_line
from survey.catalogue.bibliography import references

if TYPE_CHECKING:
    from survey.adding.draft.drafts import Draft
    from survey.catalogue import BibEntry

#: The fields that entries have, in their order; others say nothing that a reference shows.
ORDER = (
    *("title", "author", "journal", "booktitle", "howpublished", "school", "institution"),
    *("year", "yearsuffix", "volume", "number", "pages", "publisher"),
    *("doi", "eprint", "archiveprefix", "primaryclass", "url"),
)
_LONGEST = 1000  #: Characters of a value, other than a list of names.
_ANY_KEY = "doe2024key"
_RANGE = re.compile(r"\s*[-\N{EN DASH}\N{EM DASH}]+\s*")  #: Between two pages.


def check(draft: Draft, place: str) -> None:
    """Make sure that an entry can be made of a work, whatever its key.

    :raises Refused: with the checker's words, if something is missing or cannot be used.
    """
    entry_of(draft, _ANY_KEY, place)


def entry_of(draft: Draft, key: str, place: str) -> BibEntry:
    """Return the entry of a work, as it will stand in the bibliography.

    :raises Refused: with the checker's words, if something that an entry needs is missing or cannot be used.
    """
    long = [name for name, value in draft.fields.items() if len(value) > _LONGEST and name != "author"]
    if long:
        raise Refused(*(Fault(f"the {name} has more than {_LONGEST} characters", "shorten it", place) for name in long))
    found = references.read_all(_source(draft, key))
    faults = [
        Fault(problem.message.replace(f"'{key}'", "the entry"), problem.hint, place) for problem in found.problems
    ]
    if faults or key not in found.entries:
        raise Refused(*(faults or [Fault("the entry cannot be written", "add it by hand", place)]))
    return found.entries[key]


def _source(draft: Draft, key: str) -> str:
    values = {}
    for name in ORDER:
        value = one_line(draft.fields.get(name, ""))
        if name == "pages":
            value = _RANGE.sub("--", value)
        if name not in {"author", "url"}:
            value = value.replace("{", "").replace("}", "").strip()
        if value:
            values[name] = f"{{{value}}}" if name == "title" else value
    width = max(map(len, values), default=0)
    fields = "".join(f"  {name.ljust(width)} = {{{value}}},\n" for name, value in values.items())
    return f"@{draft.type}{{{key},\n{fields}}}"
