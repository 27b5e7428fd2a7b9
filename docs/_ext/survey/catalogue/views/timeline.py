"""Views of papers and head types over time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.schema.fields import HeadFields
from survey.catalogue.views.atlas import stage_tags
from survey.catalogue.views.cards import Tag

if TYPE_CHECKING:
    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Paper
    from survey.catalogue.texts.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Dot:
    """A paper on the time line."""

    key: str
    short: str  #: Authors and year.
    title: str
    date_words: str
    shades: tuple[int, ...]  #: The stages of its heads; none for background.


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year; or all of it, for what is known only by year."""

    year: int
    quarter: int  #: 1 to 4, or 0 where only the year is known.
    papers: tuple[Dot, ...]
    heads: tuple[tuple[Tag, str], ...]  #: The head types first described then, each with authors and year.

    @property
    def label(self) -> str:
        """What stands beside it: ``2024 Q1``."""
        return f"{self.year} Q{self.quarter}" if self.quarter else str(self.year)


@dataclass(frozen=True, slots=True)
class TimelineData:
    """Time from the first paper to the last, without gaps."""

    stages: tuple[Tag, ...]
    quarters: tuple[Quarter, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Papers by the date of publication, head types by the first public version of the paper that describes them."""

    def select(self, catalogue: Catalogue) -> TimelineData:
        """Return the quarters."""
        papers: defaultdict[tuple[int, int], list[Dot]] = defaultdict(list)
        heads: defaultdict[tuple[int, int], list[tuple[Tag, str]]] = defaultdict(list)
        for paper in reversed(list(catalogue.papers.values())):
            papers[_quarter(paper.published)].append(_dot(paper, catalogue))
        for head in catalogue.entries.get("head", {}).values():
            first = head.fields.first_described_in if isinstance(head.fields, HeadFields) else None
            described = catalogue.papers.get(first or "")
            if described is not None:
                when = described.fields.preprinted or described.published
                heads[_quarter(when)].append((Tag.of("head", head.id, catalogue), described.entry.short))
        return TimelineData(
            stages=stage_tags(catalogue),
            quarters=tuple(
                Quarter(*at, tuple(sorted(papers.get(at, ()), key=_by_stage)), tuple(heads.get(at, ())))
                for at in _all_between({*papers, *heads})
            ),
        )


def _by_stage(dot: Dot) -> tuple[bool, tuple[int, ...]]:
    return not dot.shades, dot.shades


def _quarter(date: PartialDate) -> tuple[int, int]:
    return date.year, (date.month + 2) // 3


def _dot(paper: Paper, catalogue: Catalogue) -> Dot:
    stages = list(catalogue.entries.get("stage", {}))
    shades = tuple(stages.index(stage) + 1 for stage in paper.tags.get("stage", ()))
    return Dot(paper.key, paper.entry.short, paper.title, paper.published.words, shades)


def _all_between(used: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return every quarter from the first to the last, and the years that something is known to be of."""
    if not used:
        return []
    first, last = min(used), max(used)
    every = {(year, quarter) for year in range(first[0], last[0] + 1) for quarter in range(1, 5)}
    return sorted(used | {at for at in every if first < at < last})


@dataclass(frozen=True, slots=True)
class PapersByYear:
    """How many papers a year name a head type, over all years that the survey has papers of."""

    head: str

    def select(self, catalogue: Catalogue) -> tuple[tuple[int, int], ...]:
        """Return years, each with its number."""
        if not catalogue.by_year:
            return ()
        years = [paper.published.year for paper in catalogue.papers_of("head", self.head)]
        every = range(min(catalogue.by_year), max(catalogue.by_year) + 1)
        return tuple((year, years.count(year)) for year in every)
