"""The view of all papers by everything that readers can choose them by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.bibliography.venues import series, slug
from survey.catalogue.views.cards import DEPTHS, PaperCard, Tag, card, depths_of
from survey.catalogue.views.contested import parents
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from survey.catalogue.records.catalogue import Catalogue
    from survey.catalogue.records.record_types import Paper

YEAR, VENUE, CODE, READ = "year", "venue", "code", "read"
NOT_RECORDED = "not-recorded"  #: The value of a surveyed paper that has none: a choice shall not lose it unseen.
YES = "yes"  #: The only value of a facet that says whether there is something.


@dataclass(frozen=True, slots=True)
class Term:
    """What can be chosen in a facet."""

    value: str  #: As it stands in addresses: an id, a year.
    name: str
    count: int  #: Of all papers.
    shade: int = 0  #: The place of its stage among the stages, from 1; 0 for what belongs to none.
    parent: str = ""  #: What it is a kind of: who chooses that gets the papers on this as well.


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet with what can be chosen in it."""

    name: str  #: Of the parameter of addresses.
    title: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Explored:
    """A paper and what it can be chosen by."""

    card: PaperCard
    values: tuple[tuple[str, tuple[str, ...]], ...]  #: By name of the facet.


@dataclass(frozen=True, slots=True)
class Exploration:
    """Everything that the explorer shows."""

    papers: tuple[Explored, ...]  #: Newest first.
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Explore:
    """All papers, by the facets of the survey, year, venue, depth of reading, and whether there is code."""

    def select(self, catalogue: Catalogue) -> Exploration:
        """Return the papers and what they can be chosen by."""
        values = {key: dict(_values(paper, catalogue)) for key, paper in catalogue.papers.items()}
        return Exploration(
            papers=tuple(
                Explored(card(paper, catalogue), tuple((name, tuple(found)) for name, found in values[key].items()))
                for key, paper in catalogue.papers.items()
            ),
            choices=tuple(_choices(values.values(), catalogue)),
        )


def _values(paper: Paper, catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    """Yield the values of a paper in each facet; of models its families, and then the members that it names."""
    for facet in catalogue.layout.facets:
        tags = list(paper.tags.get(facet.kind, ()))
        families = [catalogue.members[tag][0].id for tag in tags] if facet.by_member else []
        found = list(dict.fromkeys([*families, *tags]))
        yield facet.kind, found or ([] if paper.is_background else [NOT_RECORDED])
    yield YEAR, [str(paper.published.year)]
    yield VENUE, [slug(series(paper.entry.venue))] if paper.entry.venue else []
    yield CODE, [YES] if paper.fields.links.code else []
    yield READ, list(depths_of(paper))


def _parent(tag: Tag, catalogue: Catalogue) -> str:
    return next(iter(parents(tag.id, catalogue)), "") if tag.kind == "head" else ""


def _choices(papers: Iterable[Mapping[str, list[str]]], catalogue: Catalogue) -> Iterator[Choice]:
    counts: dict[str, Counter[str]] = {}
    for values in papers:
        for name, found in values.items():
            general = {parent for value in found for parent in parents(value, catalogue)} if name == "head" else set()
            counts.setdefault(name, Counter()).update({*found, *general})
    for facet in catalogue.layout.facets:
        numbers = counts.get(facet.kind, Counter())
        tags = (Tag.of(facet.kind, key, catalogue) for key in catalogue.entries[facet.kind] if numbers[key])
        terms = [Term(tag.id, tag.name, numbers[tag.id], tag.shade, _parent(tag, catalogue)) for tag in tags]
        if facet.through is None:  # stages have an order of their own
            terms.sort(key=lambda term: -term.count)
        if numbers[NOT_RECORDED]:
            terms.append(Term(NOT_RECORDED, _("Not recorded"), numbers[NOT_RECORDED]))
        yield Choice(facet.kind, _(facet.title), tuple(terms))
    years = sorted(counts.get(YEAR, Counter()).items(), reverse=True)
    yield Choice(YEAR, _("Years"), tuple(Term(year, year, count) for year, count in years))
    names = {slug(series(paper.entry.venue)): series(paper.entry.venue) for paper in catalogue.papers.values()}
    venues = sorted(counts.get(VENUE, Counter()).items(), key=lambda item: (-item[1], names[item[0]].casefold()))
    yield Choice(VENUE, _("Venues"), tuple(Term(venue, names[venue], count) for venue, count in venues))
    depths = counts.get(READ, Counter())
    yield Choice(READ, _("Read"), tuple(Term(at, _(words), depths[at]) for at, words in DEPTHS.items() if depths[at]))
    code = counts.get(CODE, Counter())
    yield Choice(CODE, _("Code"), tuple(Term(value, _("Has code"), count) for value, count in code.items()))
