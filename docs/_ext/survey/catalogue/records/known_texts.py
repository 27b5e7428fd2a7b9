"""Files as an earlier reading found them: where a text is what it was, it isn't taken apart again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from survey.catalogue.texts.digests import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from survey.catalogue.problems import Problem

_Content = TypeVar("_Content")


@dataclass(frozen=True, slots=True)
class KnownText:
    """What a file holds, with what is wrong with it alone, and the digest of the text that it was read from."""

    digest: str
    content: Any  #: A page, or what the bibliography holds.
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class KnownTexts:
    """What files hold, by their paths: at an earlier reading, and at this one."""

    before: Mapping[str, KnownText] = field(default_factory=dict)
    now: dict[str, KnownText] = field(default_factory=dict)

    def read(
        self, path: str, text: str, take_apart: Callable[[list[Problem]], _Content], problems: list[Problem]
    ) -> _Content:
        """Return what a file holds: as it is known, if its text is the same, or else as it is taken apart."""
        current = digest(text.encode("utf-8", "surrogatepass"))
        known = self.before.get(path)
        if known is None or known.digest != current:
            own: list[Problem] = []
            known = KnownText(current, take_apart(own), tuple(own))
        self.now[path] = known
        problems += known.problems
        content: _Content = known.content
        return content

    @property
    def differ(self) -> bool:
        """Whether there is anything that wasn't known, or is no longer there."""
        return self.before.keys() != self.now.keys() or any(
            self.before[path] is not known for path, known in self.now.items()
        )
