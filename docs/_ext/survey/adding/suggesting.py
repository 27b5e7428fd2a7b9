"""What a paper may be about: entries of the facets whose names stand in its title or abstract."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from survey.catalogue import Catalogue, Entry, Facet

_MOST = 6  #: Suggestions of a kind.
_SHORTEST = 3  #: Letters of a name that is looked for.
#: Spellings that are one word to readers.
_SPELLINGS = (
    (re.compile(r"is(ation|ing|ed|es|e)\b"), r"iz\1"),
    (re.compile(r"our\b"), "or"),
    (re.compile(r"lling\b"), "ling"),
)
_PLURAL = re.compile(r"(?<=[a-z]{2}[a-rt-z])s\b")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An id that a paper may name."""

    id: str
    words: str  #: The name by which it was found.
    place: str  #: 'title' or 'abstract'.


def suggest(catalogue: Catalogue, facet: Facet, title: str, abstract: str) -> tuple[Suggestion, ...]:
    """Return what the words of a paper suggest, those of its title first; longer names win over their parts."""
    texts = {"title": _plain(title), "abstract": _plain(abstract)}
    names = [(_plain(name).strip(), key, name) for key, name in _names(catalogue, facet)]
    found: dict[str, tuple[int, int, Suggestion]] = {}
    for plain, key, name in sorted(names, key=lambda at: (-len(at[0]), at)):
        for rank, (place, text) in enumerate(texts.items()):
            if len(plain) >= _SHORTEST and f" {plain} " in text:
                texts[place] = text.replace(f" {plain} ", " | ")
                at = (rank, -len(plain), Suggestion(key, name, place))
                found[key] = min(found.get(key, at), at, key=lambda at: at[:2])
    ranked = sorted(found.values(), key=lambda at: (*at[:2], at[2].id))
    return tuple(suggestion for _, _, suggestion in ranked[:_MOST])


def _names(catalogue: Catalogue, facet: Facet) -> Iterator[tuple[str, str]]:
    """Yield the names by which entries, or of a facet with members these, are known."""
    for entry in catalogue.entries[facet.kind].values():
        if facet.by_member:
            yield from _members(entry)
        else:
            for name in _with_and_without(facet.kind, [entry.name, *entry.fields.aliases]):
                yield entry.id, name


def _members(family: Entry) -> Iterator[tuple[str, str]]:
    for member in family.members:
        for name in (member.name, member.id, *member.aliases):
            yield member.id, name
        if len(family.members) == 1:
            for name in (family.name, *family.fields.aliases):
                yield member.id, name


def _with_and_without(kind: str, names: Iterable[str]) -> Iterator[str]:
    """Yield names, and those of several words also without the word for the kind: 'Copy Suppression (Head)'."""
    for name in names:
        yield name
        shorter = re.sub(rf"\s+{kind}s?$", "", name, flags=re.IGNORECASE)
        if shorter != name and len(re.split(r"[\s-]+", shorter)) > 1:
            yield shorter


def plain_words(text: str) -> str:
    """Return the words of a text, in one spelling and without plurals."""
    return _plain(text).strip()


def _plain(text: str) -> str:
    """Return a text as words between spaces, in one spelling and without plurals, to find names in it."""
    plain = re.sub(r"[^\w.]+|[._](?!\w)|_", " ", text.casefold())
    for pattern, replacement in _SPELLINGS:
        plain = pattern.sub(replacement, plain)
    return f" {_PLURAL.sub('', ' '.join(plain.split()))} "
