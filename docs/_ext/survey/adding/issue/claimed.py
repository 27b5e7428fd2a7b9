"""Answers of the form that say what a paper shows, on what and where in it, and how that is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from survey.adding import naming
from survey.adding.draft.faults import Fault, Refused
from survey.adding.positions import tables
from survey.adding.positions.groups import LONG, Saying, grouped
from survey.adding.text.cleaning import seen
from survey.catalogue import did_you_mean
from survey.catalogue.schema.fields import TAKEAWAY, Depth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from survey.adding.positions.groups import Group
    from survey.catalogue import Catalogue

_MOST = 20  #: Head types or methods in one answer.
_MOST_MODELS = 60
_LONGEST = 500  #: Characters of an answer that says what a paper ran on.
_NONE = frozenset({"none", "no", "n/a", "-", "background"})
_BACKGROUND = "papers that name no type of head are added by hand, with 'scope: background' (see CONTRIBUTING)"
_NEAR = "did you mean"  #: How the hint begins where a name is nearly one of the survey's.


@dataclass(frozen=True, slots=True)
class RanOn:
    """What a paper ran on: the ids of models, or words where the survey doesn't have them all."""

    ids: tuple[str, ...] = ()
    note: str = ""
    doubts: tuple[str, ...] = ()  #: What a person has to look at.

    def beside(self, named: Sequence[str]) -> RanOn:
        """Return the same for a paper that names these models; where it names some, a note has no place in its page."""
        if not self.note or not named:
            return self
        return RanOn(
            self.ids, "", (*self.doubts, f"the models are those of the positions; the issue says '{self.note}'")
        )


def takeaway(answer: str) -> str:
    """Return the sentence that stands for the paper in lists, as plain text in one line.

    :raises Refused: if it is too long.
    """
    line = " ".join(seen(answer).split())
    if len(line) > TAKEAWAY:
        raise Refused(Fault(f"the answer has {len(line)} characters", f"shorten it: {TAKEAWAY} at most"))
    return line


def read(answer: str) -> tuple[str, ...]:
    """Return what the summary rests on; nothing if the answer is left open.

    :raises Refused: if it is anything that the form doesn't offer.
    """
    if not answer:
        return ()
    depths = get_args(Depth)
    given = list(dict.fromkeys(part.strip(" \t*-`").casefold() for part in re.split(r"[,\n]", answer)))
    given = [part for part in given if part]
    if not given or len(given) > len(depths):
        raise Refused(Fault("the answer says nothing of what was read", f"choose from {', '.join(depths)}"))
    wrong = [part for part in given if part not in depths]
    if wrong:
        hints = (did_you_mean(part[:100], depths, f"choose from {', '.join(depths)}") for part in wrong)
        raise Refused(*(Fault(f"'{part[:100]}' cannot be read", hint) for part, hint in zip(wrong, hints, strict=True)))
    return tuple(depth for depth in depths if depth in given)


def named(answer: str, kind: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of what an answer names, by id, name or alias.

    :raises Refused: if it names what the survey doesn't have, or says that there's nothing to name.
    """
    given = naming.split(answer)
    if len(given) > _MOST:
        raise Refused(Fault(f"the answer names {len(given)} {kind}s", "separate them by commas, and nothing else"))
    if kind == "head" and given and given[0].casefold() in _NONE:
        raise Refused(Fault("the answer names no head type", _BACKGROUND))
    return naming.ids(given, kind, catalogue)


def models(answer: str, catalogue: Catalogue) -> RanOn:
    """Return the models that an answer names, by id, name, alias or another tool's name; or else the answer, as a note.

    An answer of which the survey doesn't know every part is a note: it may be 'six open models, not named'.

    :raises Refused: if it is too long for either.
    """
    line = " ".join(seen(answer).split())
    given = naming.split(answer)
    if len(line) > _LONGEST and len(given) > _MOST_MODELS:
        raise Refused(Fault(f"the answer names {len(given)} models", f"name {_MOST_MODELS} at most"))
    try:
        return RanOn(naming.ids(given, "model", catalogue))
    except Refused as refused:
        if len(line) > _LONGEST:
            hint = "give names of models, or a few words"
            raise Refused(Fault(f"the answer has {len(line)} characters", hint)) from None
        return RanOn((), line, tuple(fault.explanation for fault in refused.faults if fault.hint.startswith(_NEAR)))


def positions(answer: str, tags: Mapping[str, Sequence[str]], catalogue: Catalogue, place: str) -> list[Group]:
    """Return the groups of a table of positions; ``tags`` are the ids that the issue names, by the paper's field.

    :raises Refused: if the table cannot be read, lacks or doesn't know something, or is too long for a page.
    """
    if not answer:
        return []
    only = {"head": tags.get("heads", ()), "model": tags.get("models", ())}
    groups = grouped(tables.read(answer, place), Saying(options=False), only, catalogue, place)
    if any(len(group.rows) > LONG for group in groups):
        hint = "leave it out here; whoever completes the page adds it by 'new --positions'"
        raise Refused(Fault(f"a list has more than {LONG} positions", hint))
    return groups


def with_positions(tags: Mapping[str, Sequence[str]], groups: Iterable[Group]) -> dict[str, tuple[str, ...]]:
    """Return the head types and models with those that only the positions name."""
    found = {"heads": [group.head for group in groups], "models": [group.model for group in groups]}
    return {field: tuple(dict.fromkeys([*tags.get(field, ()), *names])) for field, names in found.items() if names}
