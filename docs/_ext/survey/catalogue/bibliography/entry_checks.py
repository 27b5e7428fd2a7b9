"""What can be wrong with the entries of the bibliography, once they are read."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from survey.catalogue.bibliography import entry_texts
from survey.catalogue.bibliography.bibentry import DOI, PERSONS, TYPES, unbraced
from survey.catalogue.bibliography.entry_texts import short
from survey.catalogue.bibliography.name_lists import are_names
from survey.catalogue.problems import Problem, did_you_mean
from survey.catalogue.texts import web_addresses
from survey.catalogue.texts.references_bib import FILE, PAPER_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from survey.catalogue.bibliography.bibentry import BibEntry

KEYS = "keys are a lower-case name, a year and a word: wu2024retrieval"
LONGEST_VALUE = 100_000  #: Characters of a field: three thousand authors.
_REQUIRED = ("title", "author", "year")
#: What else entries of a type need: a reference doesn't say where they appeared without it.
_VENUES = {
    "article": "journal",
    "book": "publisher",
    "inbook": "publisher",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "mastersthesis": "school",
    "phdthesis": "school",
    "techreport": "institution",
}
#: Since 2015 the numbers have five digits.
_ARXIV = r"(0[7-9]|1[0-4])[0-9]{2}\.[0-9]{4}|(1[5-9]|[2-9][0-9])[0-9]{2}\.[0-9]{5}|[a-z-]+(\.[A-Z]{2})?/[0-9]{7}"
_IDENTIFIERS = {
    "doi": (DOI, "a DOI starts with 10. and has a slash"),
    "eprint": (re.compile(rf"({_ARXIV})(v[0-9]+)?"), "an arXiv number is 2404.15574"),
    "year": (re.compile(r"[0-9]{4}"), "a year has four digits"),
}


def check_entry(entry: BibEntry, lines: Mapping[str, int]) -> Iterator[Problem]:
    """Yield what is wrong with an entry that can be used, given the lines of its fields."""
    if PAPER_KEY.fullmatch(entry.key) is None:
        yield Problem(FILE, entry.line, "bad-key", f"'{entry.key}' is not a key of this bibliography", KEYS)
    if entry.type not in TYPES:
        hint = did_you_mean(entry.type, TYPES, "write @misc for what has no type of its own")
        yield Problem(FILE, entry.line, "bad-value", f"there is no type of entry '@{entry.type}'", hint)
    for field in (*_REQUIRED, *(_VENUES[kind] for kind in [entry.type] if kind in _VENUES)):
        if not unbraced(entry.fields.get(field, "")):
            yield Problem(FILE, entry.line, "missing-field", f"'{entry.key}' has no {field}", f"add {field} = {{…}}")
    for field, (form, hint) in _IDENTIFIERS.items():
        value = entry.fields.get(field)
        if value and form.fullmatch(value) is None:
            yield Problem(FILE, lines[field], "bad-identifier", f"'{short(value)}' is not a valid {field}", hint)
    for field in PERSONS:
        value = entry.fields.get(field, "")
        if unbraced(value) and not are_names(value):
            hint = "write 'Last, First and Last, First'; what is no person's name goes in braces"
            yield Problem(
                FILE, lines[field], "bad-value", f"the {field} is not a list of names ('{short(value)}')", hint
            )
    yield from entry_texts.check(entry, lines)
    for field, value in entry.fields.items():
        if len(value) > LONGEST_VALUE:
            message = f"the {field} of '{entry.key}' has more than {LONGEST_VALUE:,} characters"
            yield Problem(FILE, lines[field], "too-large", message, "shorten it")
    url = entry.fields.get("url")
    if url and (fault := web_addresses.fault(url)) is not None:
        yield Problem(FILE, lines["url"], *fault)


def check_crossrefs(entries: Mapping[str, BibEntry]) -> Iterator[Problem]:
    """Yield the entries that take fields from one that isn't there."""
    known = {key.lower() for key in entries}
    for entry in entries.values():
        name = entry.fields.get("crossref", "")
        if name and name.lower() not in known:
            message = f"there is no entry '{name}' from which '{entry.key}' could take fields"
            hint = did_you_mean(name, entries, "remove 'crossref', or add the entry")
            line = next((at for at, text in enumerate(entry.source.split("\n")) if "crossref" in text.lower()), 0)
            yield Problem(FILE, entry.line + line, "unknown-citation", message, hint)


def check_order(entries: Mapping[str, BibEntry]) -> Iterator[Problem]:
    """Yield the entries that have to move, as few as can be, for the keys to be in order."""
    keys = list(entries)
    kept = _longest_run(keys)
    for index, key in enumerate(keys):
        if key in kept:
            continue
        above = [other for other in keys[:index] if other in kept and other > key]
        below = [other for other in keys[index:] if other in kept and other < key]
        if above:
            message, hint = f"'{key}' comes after '{above[-1]}'", f"move it in front of '{above[0]}'"
        else:
            message, hint = f"'{key}' comes before '{below[0]}'", f"move it behind '{below[-1]}'"
        yield Problem(FILE, entries[key].line, "unsorted", message, hint)


def _longest_run(keys: list[str]) -> set[str]:
    """Return the most keys that are in order as they stand (by patience sorting)."""
    ends: list[str] = []  # of runs of each length, the least last key
    before: dict[str, str | None] = {}
    for key in keys:
        length = bisect_left(ends, key)
        before[key] = ends[length - 1] if length else None
        ends[length : length + 1] = [key]
    run: set[str] = set()
    last = ends[-1] if ends else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run
