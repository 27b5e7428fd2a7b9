"""Views of other names: those that say more than a name that is shown already, without what is only for machines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Entry
    from survey.catalogue.schema.fields import Member

#: A name that a paper uses in this sense: ``Diagonal Head (kovaleva2019dark)``.
_IN_PAPER = re.compile(r"(?P<name>.*\S)\s*\((?P<key>[a-z]+\d{4}[a-z0-9]*)\)")


def without_paper(alias: str) -> str:
    """Return a name without the key of the paper that uses it."""
    match = _IN_PAPER.fullmatch(alias)
    return match["name"] if match is not None else alias


def aliases(entry: Entry, catalogue: Catalogue) -> Iterator[tuple[str, str | None, str]]:
    """Yield the other names that differ in more than spelling.

    Where only one paper uses it in this sense, its key comes with it, and its authors and year.
    """
    seen = {_letters(entry.name)}
    for alias in entry.fields.aliases:
        match = _IN_PAPER.fullmatch(alias)
        name, key = (match["name"], match["key"]) if match and match["key"] in catalogue.papers else (alias, None)
        if _letters(name) not in seen or key is not None:
            seen.add(_letters(name))
            yield name, key, catalogue.papers[key].entry.short if key is not None else ""


def alias_names(entry: Entry, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the other names of an entry, each once, without the keys of the papers that use them."""
    return tuple(dict.fromkeys(name for name, _key, _words in aliases(entry, catalogue)))


def member_aliases(member: Member) -> tuple[str, ...]:
    """Return the other names of a model that say more than its own, and those elsewhere, in another spelling."""
    elsewhere = [name for name in (member.huggingface, member.transformer_lens) if name]
    seen = {_letters(name) for name in (member.name, *elsewhere, *(name.rpartition("/")[2] for name in elsewhere))}
    found = []
    for alias in member.aliases:
        if _letters(alias) not in seen and not any("/" in name and name in alias for name in elsewhere):
            seen.add(_letters(alias))
            found.append(alias)
    return tuple(found)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
