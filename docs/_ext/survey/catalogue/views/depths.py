"""The view of how deeply the papers were read, all together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.views.cards import DEPTHS, depths_of
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.records.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class DepthCount:
    """How many papers rest on one kind of reading."""

    words: str
    deepest: int  #: Papers whose page rests on nothing deeper.
    papers: int  #: All papers whose page rests on it, among other things.


@dataclass(frozen=True, slots=True)
class Depths:
    """How many papers stand at each depth of reading, the deepest first."""

    def select(self, catalogue: Catalogue) -> tuple[DepthCount, ...]:
        """Return a row for each depth that any paper has, and one for the papers that don't say."""
        return tuple(row for row in _rows(catalogue) if row.papers)


def _rows(catalogue: Catalogue) -> Iterator[DepthCount]:
    read = [depths_of(paper) for paper in catalogue.papers.values()]
    for depth, words in DEPTHS.items():
        deepest = sum(depths[:1] == (depth,) for depths in read)
        yield DepthCount(_(words), deepest, sum(depth in depths for depths in read))
    without = sum(not depths for depths in read)
    yield DepthCount(_("not recorded"), without, without)
