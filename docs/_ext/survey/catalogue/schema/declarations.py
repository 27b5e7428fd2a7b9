"""Declarations in the text of a page: the YAML in a directive, read like front matter, with the lines of the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from survey.catalogue.schema import frontmatter
from survey.catalogue.schema.validating import read_fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.problems import Problem
    from survey.catalogue.schema.fields import Fields
    from survey.catalogue.schema.frontmatter import FrontMatter

_Model = TypeVar("_Model", bound="Fields")
_BEFORE = 2  #: Lines that we put before a declaration to make front matter of it.


class Declaration:
    """What stands at ``first`` and the following lines of a page, as the fields of ``model``."""

    def __init__(self, lines: Sequence[str], path: str, first: int, kind: str) -> None:
        self.path, self.kind = path, kind
        self._offset = first - 1 - _BEFORE
        text = "\n".join(["---", f"{kind}:", *(f" {line}" for line in lines), "---"])
        self._front: FrontMatter
        self._front, problems = frontmatter.parse(text, path)
        self.problems = [self._placed(problem) for problem in problems]

    def fields(self, model: type[_Model]) -> _Model | None:
        """Return the fields, or None if they cannot be used; then :attr:`problems` says why."""
        if self.kind not in self._front.values:
            return None
        found, problems = read_fields(self._front, self.path, self.kind, model)
        self.problems += [self._placed(problem) for problem in problems]
        return found if not self.problems else None

    def line(self, *at: str | int) -> int:
        """Return the line of a field on the page."""
        return self._front.line((self.kind, *at)) + self._offset

    def _placed(self, problem: Problem) -> Problem:
        return replace(problem, line=max(problem.line + self._offset, 1))
