"""Pages as an earlier reading found them: where a text is what it was, it isn't taken apart again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.catalogue.texts.digests import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from survey.catalogue.problems import Problem
    from survey.catalogue.records.files import Page


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page, with what is wrong with it alone, and the digest of the text that it was read from."""

    digest: str
    page: Page
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class KnownPages:
    """Pages by the paths of their files: those of an earlier reading, and those of this one."""

    before: Mapping[str, KnownPage] = field(default_factory=dict)
    now: dict[str, KnownPage] = field(default_factory=dict)

    def page(self, path: str, text: str, read: Callable[[list[Problem]], Page], problems: list[Problem]) -> Page:
        """Return the page of a file: as it is known, if its text is the same, or else as it is read."""
        current = digest(text.encode("utf-8", "surrogatepass"))
        known = self.before.get(path)
        if known is None or known.digest != current:
            own: list[Problem] = []
            page = read(own)
            known = KnownPage(current, page, tuple(own))
        self.now[path] = known
        problems += known.problems
        return known.page

    @property
    def differ(self) -> bool:
        """Whether there is anything that wasn't known, or is no longer there."""
        return self.before.keys() != self.now.keys() or any(
            self.before[path] is not known for path, known in self.now.items()
        )
