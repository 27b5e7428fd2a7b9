"""Why something cannot be added, in words for the person who asked for it."""

from __future__ import annotations

from dataclasses import dataclass

from survey.adding.text.cleaning import one_line

_LONGEST = 600  #: Characters of a fault; what it quotes may be anything.


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason, and what to do about it."""

    message: str  #: What is wrong.
    hint: str = ""  #: What to do; a question or an imperative.
    place: str = ""  #: Where: a file and line, or the label of a field of the form.

    @property
    def explanation(self) -> str:
        """Message and hint in one line."""
        return one_line(f"{self.message}; {self.hint}" if self.hint else self.message, _LONGEST)

    def __str__(self) -> str:
        return f"{one_line(self.place, _LONGEST)}: {self.explanation}" if self.place else self.explanation


class Refused(Exception):  # noqa: N818  # it is an answer, not an error of the program
    """Nothing was added."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Unavailable(Refused):
    """Nothing was added because a service did not answer as it should; another source, or another time, may do."""


class NotFound(Unavailable):
    """Nothing was added because a service knows no such paper."""
