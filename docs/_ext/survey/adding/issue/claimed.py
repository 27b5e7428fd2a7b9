"""Answers of the form that say what a paper shows, on what, and how that is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from survey.adding.draft.faults import Fault, Refused
from survey.adding.heads import bare
from survey.adding.text.cleaning import seen
from survey.catalogue import did_you_mean
from survey.catalogue.schema.fields import TAKEAWAY, Depth

if TYPE_CHECKING:
    from survey.catalogue import Catalogue

_MOST = 60  #: Models in one answer.
_LONGEST = 500  #: Characters of an answer that says what a paper ran on.


def takeaway(answer: str) -> str:
    """Return the sentence that stands for the paper in lists, as plain text in one line.

    :raises Refused: if it is too long.
    """
    line = " ".join(seen(answer).split())
    if len(line) > TAKEAWAY:
        raise Refused(Fault(f"the answer has {len(line)} characters", f"shorten it: {TAKEAWAY} at most"))
    return line


def read(answer: str) -> tuple[str, ...]:
    """Return what the summary rests on.

    :raises Refused: if it is anything that the form doesn't offer.
    """
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


def models(answer: str, catalogue: Catalogue) -> tuple[tuple[str, ...], str]:
    """Return the ids of the models that an answer names, by id, name or alias; or else the answer, as a note.

    An answer of which the survey doesn't know every part is a note: it may be 'six open models, not named'.

    :raises Refused: if it is too long for either.
    """
    line = " ".join(seen(answer).split())
    given = [part for part in (piece.strip(" *-`'\"") for piece in re.split(r"[,;]", line)) if part]
    if len(line) > _LONGEST and len(given) > _MOST:
        raise Refused(Fault(f"the answer names {len(given)} models", f"name {_MOST} at most"))
    names: dict[str, str] = {}
    for key, (_family, member) in catalogue.members.items():
        for name in (key, member.name, *member.aliases):
            names.setdefault(bare(name), key)
    if given and all(bare(part) in names for part in given):
        return tuple(dict.fromkeys(names[bare(part)] for part in given)), ""
    if len(line) > _LONGEST:
        raise Refused(Fault(f"the answer has {len(line)} characters", "give names of models, or a few words"))
    return (), line
