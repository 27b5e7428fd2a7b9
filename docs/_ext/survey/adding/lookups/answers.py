"""Parts of answers: of the type that their documentation gives, or nothing."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from survey.adding.draft.faults import Fault, Unavailable
from survey.adding.lookups.fetching import INSTEAD
from survey.adding.text import html_text
from survey.adding.text.cleaning import one_line, plain
from survey.adding.text.latex_reader import UnreadableError
from survey.catalogue import PartialDate
from survey.catalogue.texts import hidden_letters

#: Characters of a text, and of an abstract, that are looked at; what is longer than an entry admits is refused there.
LONGEST, ABSTRACT, _MOST = 5_000, 10_000, 100_000
_MOST_AUTHORS = 10_000


def unusable(service: str, what: str) -> Unavailable:
    """Return what to raise when an answer isn't what the service's documentation says."""
    return Unavailable(Fault(f"{service} answers with {what}", f"try later, {INSTEAD}"))


def as_json(service: str, body: bytes) -> dict[str, Any]:
    """Return an object of JSON.

    :raises Unavailable: if the body holds none.
    """
    try:
        answer = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise unusable(service, "something that is not JSON") from None
    if not isinstance(answer, dict):
        raise unusable(service, "JSON of another form")
    return answer


def text(value: Any, longest: int = LONGEST) -> str:
    """Return a value as one plain line, or nothing if it is no text."""
    return one_line(html_text.text_of(_written(value)), longest)


def _written(value: Any) -> str:
    if isinstance(value, list) and value:  # Crossref has some texts in lists of one
        value = value[0]
    return value[:_MOST] if isinstance(value, str) else ""


def title(value: Any) -> str:
    """Return a title or venue as one plain line, in which formulas and commands of LaTeX are what they show.

    :raises Unavailable: with the answer's own words, if there are some of which nobody knows what they show.
    """
    given = text(value)
    if sign := hidden_letters.lost(_written(value)):
        message = f"the answer holds {hidden_letters.named(sign)}, which stands for a character that is lost"
        raise Unavailable(Fault(message, INSTEAD.removeprefix("or ")))
    try:
        return plain(given) if "\\" in given or given.count("$") > 1 else given
    except UnreadableError as error:
        message = f"the answer holds LaTeX that cannot be read ('{error.words}')"
        raise Unavailable(Fault(message, INSTEAD.removeprefix("or "))) from None


def listed(value: Any) -> list[Any]:
    """Return a list, or an empty one; of authors there are never so many."""
    return value[:_MOST_AUTHORS] if isinstance(value, list) else []


def mapping(value: Any) -> dict[str, Any]:
    """Return an object, or an empty one."""
    return value if isinstance(value, dict) else {}


def day(value: Any) -> PartialDate | None:
    """Return the day that a text begins with ('2024-04-24T00:52:03Z'), or None."""
    try:
        return PartialDate.parse(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def moment(value: Any) -> PartialDate | None:
    """Return the day of a time in milliseconds since 1970, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        at = dt.datetime.fromtimestamp(value / 1000, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return PartialDate(at.year, at.month, at.day)
