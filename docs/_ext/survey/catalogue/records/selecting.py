"""Choosing papers from the catalogue: filters, order, groups and parts, as listings and exports use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Paper


@dataclass(frozen=True, slots=True)
class Selection:
    """Which papers, in which order and groups."""

    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()  #: Kind or 'year', and its ids: OR inside one, AND across.
    sort: str = "date"  #: A key of :data:`ORDERS`.
    group_by: str | None = None  #: 'year' or a kind; a paper stands in each group that it belongs to.
    limit: int | None = None  #: At most so many papers, before they are grouped.


HIGHEST_LIMIT = 100_000  #: Papers that a listing may be limited to.
#: What a listing can show of a paper beside its title, in the order on the page.
LISTING_PARTS = ("date", "authors", "summary", "result", "tags", "links")
#: What a listing shows if nothing else is asked for.
DEFAULT_PARTS = ("date", "authors", "summary", "tags", "links")
#: What short listings show: papers that use a method, related papers.
SHORT_PARTS = ("date", "authors", "result")
NONE = ""  #: The group of the papers that have nothing of the kind by which they are grouped; it comes last.


def _title(paper: Paper) -> str:
    return paper.title.casefold()


OLDEST = "oldest"
#: The orders of a listing: a sort of papers that are newest first.
ORDERS: Mapping[str, Callable[[Sequence[Paper]], list[Paper]]] = {
    "date": list,
    OLDEST: lambda papers: sorted(papers, key=lambda paper: (paper.published, paper.key)),
    "title": lambda papers: sorted(papers, key=_title),
    "year": lambda papers: sorted(papers, key=lambda paper: -paper.published.year),
    "venue": lambda papers: sorted(papers, key=lambda paper: paper.entry.venue.casefold()),
    "key": lambda papers: sorted(papers, key=lambda paper: paper.key),
}


def select(catalogue: Catalogue, selection: Selection) -> list[tuple[str | None, list[Paper]]]:
    """Return the groups of a selection, each with its papers; one group without a name if it isn't grouped."""
    papers = [paper for paper in catalogue.papers.values() if _matches(paper, selection, catalogue)]
    papers = ORDERS[selection.sort](papers)[: selection.limit]
    if selection.group_by is None:
        return [(None, papers)]
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        for key in _values(paper, selection.group_by, catalogue) or [NONE]:
            groups.setdefault(key, []).append(paper)
    if selection.group_by == "year":
        # Years follow each other in time, also where the papers of each are sorted by something else.
        years = sorted(groups, key=int, reverse=selection.sort != OLDEST)
        return [(year, groups[year]) for year in years]
    order = [key for key in (*catalogue.entries[selection.group_by], NONE) if key in groups]
    return [(key, groups[key]) for key in order]


def _matches(paper: Paper, selection: Selection, catalogue: Catalogue) -> bool:
    return all(
        set(wanted) & (set(paper.tags.get(kind, ())) | set(_values(paper, kind, catalogue)))
        for kind, wanted in selection.filters
    )


def _values(paper: Paper, kind: str, catalogue: Catalogue) -> list[str]:
    """Return what a paper has of a facet: ids of entries, for models of the families."""
    if kind == "year":
        return [str(paper.published.year)]
    tags = paper.tags.get(kind, ())
    if catalogue.layout.facet(kind).by_member:
        return list(dict.fromkeys(catalogue.members[tag][0].id for tag in tags))
    return list(tags)
