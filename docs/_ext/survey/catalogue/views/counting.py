"""How many heads are known: counted in one way, wherever a number of them is shown.

A head is a query head of a model, and counts once, whatever number of sources and roles it has, as what is best known
of it: stated, or else inferred, or else chosen by a detector or score alone. Key-value heads are counted apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.catalogue.records.record_types import Place

_ORDER = {"stated": 0, "inferred": 1, "automatic": 2}  #: The best first.


@dataclass(frozen=True, slots=True)
class Heads:
    """Numbers of heads, each of which stands in one of them."""

    stated: int = 0
    inferred: int = 0  #: Not stated by any source.
    automatic: int = 0  #: Named by none, chosen by a detector or score.
    kv: int = 0  #: Key-value heads, however known.

    @property
    def named(self) -> int:
        """Query heads that a source names, or from whose words a role follows."""
        return self.stated + self.inferred

    @property
    def known(self) -> int:
        """All of them."""
        return self.named + self.automatic + self.kv


def count(places: Iterable[Place]) -> Heads:
    """Count the heads of some positions."""
    best: dict[tuple[str, bool, int, int], int] = {}
    for place in places:
        best[place.cell] = min(_ORDER[place.standing], best.get(place.cell, len(_ORDER)))
    found: Counter[int | str] = Counter("kv" if cell[1] else standing for cell, standing in best.items())
    return Heads(found[_ORDER["stated"]], found[_ORDER["inferred"]], found[_ORDER["automatic"]], found["kv"])
