"""Views of positions as tables show them: a row for each list of a source, which says what holds for all its heads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.catalogue.records.record_types import Place


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One list of positions; what its fields mean is said of :class:`~survey.catalogue.records.record_types.Place`."""

    model: str
    role: str | None
    called: str | None
    paper: str | None
    source: str
    url: str | None
    inferred: bool
    automatic: bool
    kv: bool
    measure: str | None
    criterion: str | None
    caveat: str | None
    of: int | None
    labels: tuple[str, ...]  #: ``layer.head``, in the order of the source's ranking or else by layer.
    scores: tuple[float, float] | None  #: The first and the last one's, where all have a score.


def place_rows(places: Iterable[Place]) -> tuple[PlaceRow, ...]:
    """Return positions list by list, in the order in which each list begins; named heads come before chosen ones."""
    lists: dict[tuple[object, ...], list[Place]] = {}
    for at in places:
        said = (at.called, at.paper, at.source, at.url, at.inferred, at.automatic, at.kv)
        lists.setdefault((at.model, at.role, *said, at.measure, at.criterion, at.caveat, at.of), []).append(at)
    rows = [_row(found) for found in lists.values()]
    return tuple(sorted(rows, key=lambda row: row.automatic))


def _row(places: list[Place]) -> PlaceRow:
    at = places[0]
    ranked = sorted(places, key=lambda place: place.rank or 0)  # a stable sort: without ranks nothing moves
    scores = [place.score for place in ranked if place.score is not None]
    return PlaceRow(
        *(at.model, at.role, at.called, at.paper, at.source, at.url, at.inferred, at.automatic, at.kv),
        *(at.measure, at.criterion, at.caveat, at.of),
        labels=tuple(dict.fromkeys(f"{place.layer}.{place.head}" for place in ranked)),
        scores=(scores[0], scores[-1]) if len(scores) == len(ranked) else None,
    )
