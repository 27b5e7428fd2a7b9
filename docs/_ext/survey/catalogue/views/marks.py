"""The five marks of a head type: how far anybody has got with it, as a row that is read at a glance."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from survey.translation import _, noted

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What each mark is called, in their order.
NAMES = {
    "named": noted("named"),
    "observed": noted("observed"),
    "intervened": noted("intervened on"),
    "second_group": noted("seen by a second group"),
    "located": noted("located"),
}
_ON, _OFF = "●", "○"


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of a head type, step by step; :func:`survey.catalogue.views.evidence.of_head` has the rules."""

    named: bool  #: A surveyed paper is filed under it.
    observed: bool  #: A paper shows something of it, and doesn't only dispute it.
    intervened: bool  #: A paper changed such heads and watched the effect.
    second_group: bool  #: A paper that shares no author with the first has it too.
    located: bool  #: A layer and head of a model are recorded.

    def __iter__(self) -> Iterator[tuple[str, bool]]:
        """Yield the names of the marks, as :data:`NAMES` has them, each with whether it is reached."""
        return ((field.name, getattr(self, field.name)) for field in fields(self))

    @property
    def reached(self) -> int:
        """How many there are."""
        return sum(on for _name, on in self)

    @property
    def row(self) -> str:
        """The marks as signs, full and empty: ``●●●○○``."""
        return "".join(_ON if on else _OFF for _name, on in self)

    @property
    def words(self) -> str:
        """The marks in words, those that are missing behind the others."""
        there = [_(NAMES[name]) for name, on in self if on]
        missing = [_(NAMES[name]) for name, on in self if not on]
        if not missing:
            return ", ".join(there)
        missing_words = _("not yet: {marks}").format(marks=", ".join(missing))
        return "; ".join([", ".join(there), missing_words] if there else [missing_words])

    @property
    def label(self) -> str:
        """The marks as assistive technology says them, where only the row is shown."""
        return _("evidence, {count} of {all} marks: {words}").format(
            count=self.reached, all=len(NAMES), words=self.words
        )
