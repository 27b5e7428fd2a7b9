"""What is wrong in a text, before it is known in which file the text stands."""

from __future__ import annotations

from typing import NamedTuple

from survey.catalogue.problems import Problem


class Fault(NamedTuple):
    """A problem without its file."""

    line: int
    code: str
    message: str
    hint: str

    def on(self, path: str) -> Problem:
        """Return the problem of a file."""
        return Problem(path, *self)
