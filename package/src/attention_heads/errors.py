"""What can go wrong, in words for the person who asked."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 100  #: Letters of a name that a message shows.


class SurveyError(Exception):
    """Base of all errors of this package."""


class UnknownNameError(SurveyError, KeyError):
    """There is no model, head type or paper of this name, or several models have it."""

    def __str__(self) -> str:
        """Return the message; a KeyError would show it in quotes."""
        return str(self.args[0])


class NoSuchHeadError(SurveyError, IndexError):
    """The model has fewer layers or heads."""


class OtherModelError(SurveyError, ValueError):
    """A loaded model is of another shape than the one of its name."""


class DataError(SurveyError, ValueError):
    """The data cannot be read, or are of a schema that this version of the package doesn't know."""


def unknown(kind: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """Return the error for a name that isn't known, with those that are nearly the same."""
    near = {entry.casefold() for entry in known if abs(len(entry) - len(name)) <= len(entry)}
    close = get_close_matches(name.casefold(), sorted(near), n=3, cutoff=0.6)
    hint = f"; did you mean {' or '.join(repr(entry) for entry in close)}?" if close else ""
    shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
    return UnknownNameError(f"there is no {kind} {shown!r} in the survey{hint}")
