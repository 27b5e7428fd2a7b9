"""What people call head types, methods and models, as ids of the survey: by id, name, alias, or another tool's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Refused
from survey.adding.heads import bare
from survey.catalogue import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from survey.catalogue import Catalogue

#: What to do about a name that isn't there.
_HINTS = {
    "head": "the taxonomy lists the types; a new one is proposed in an issue of its own",
    "model": "the survey's page on models lists them; a new one is added to its family's file first",
    "method": "the survey's page on methods lists them",
}
_SHOWN = 100  #: Characters of a name in a message.


def split(text: str) -> list[str]:
    """Return the names of an answer, which stand between commas, semicolons or line ends, perhaps as a list."""
    given = (name.strip(" \t*-`'\"") for name in re.split(r"[,;\n]", text))
    return [name for name in given if name]


def ids(names: Iterable[str], kind: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of what is named, each once.

    :raises Refused: with all names that the survey doesn't have.
    """
    known = _known(kind, catalogue)
    given = list(names)
    wrong = [name for name in given if _bare(name, kind) not in known]
    if wrong:
        raise Refused(*(_unknown(name, kind, catalogue) for name in dict.fromkeys(wrong)))
    return tuple(dict.fromkeys(known[_bare(name, kind)] for name in given))


def _unknown(name: str, kind: str, catalogue: Catalogue) -> Fault:
    shown = name[:_SHOWN]
    every = {text for key, text in _names(kind, catalogue)} | {key for key, text in _names(kind, catalogue)}
    return Fault(f"there is no {kind} '{shown}'", did_you_mean(shown, every, _HINTS.get(kind, "see its folder")))


def _known(kind: str, catalogue: Catalogue) -> Mapping[str, str]:
    """Return the ids by bare name; ids come before names, and names before aliases."""
    found: dict[str, str] = {}
    for key, name in _names(kind, catalogue):
        found.setdefault(_bare(name, kind), key)
    return found


def _names(kind: str, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield ids with ids, then with names, then with aliases; of models those of members."""
    if catalogue.layout.facet(kind).by_member:
        members = [member for _entry, member in catalogue.members.values()]
        yield from ((member.id, member.id) for member in members)
        yield from ((member.id, member.name) for member in members)
        others = ((member.id, (member.huggingface, member.transformer_lens, *member.aliases)) for member in members)
        yield from ((key, name) for key, names in others for name in names if name)
        return
    entries = catalogue.entries[kind].values()
    yield from ((entry.id, entry.id) for entry in entries)
    yield from ((entry.id, entry.name) for entry in entries)
    yield from ((entry.id, alias) for entry in entries for alias in entry.fields.aliases)


def _bare(name: str, kind: str) -> str:
    return bare(name) if kind == "head" else "".join(re.findall(r"\w+|(?<=\d)\.(?=\d)", name.casefold()))
