"""The chronology: a section a year, of long years one a month; above them links to years, and to a year's months."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from docutils import nodes

from survey.catalogue.texts.dates import MONTHS, PartialDate
from survey.pages.core.nodes import paragraph, section
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from survey.catalogue.views import PaperCard
    from survey.pages.listings.paper_lists import Groups, PaperList

_LONG = 8  #: A year with more papers has its months.


def by_month(
    listing: PaperList, groups: Groups, parts: Collection[str], *, oldest_first: bool = False
) -> list[nodes.Node]:
    """Return a section for each group, with months in those that are long, and links to all of them before.

    Those to months stand in their year: together with the years' they would fill the first screen, before any paper.
    """
    found: list[nodes.Node] = []
    years = paragraph()
    for tag, cards in groups:
        if tag is None:
            found.append(listing.items(cards, parts))
            continue
        year = section(listing.document, tag.name, ident=f"year-{tag.id}")
        months = list(_months(cards, oldest_first=oldest_first)) if len(cards) > _LONG else []
        parts_of_year = [section(listing.document, name, ident=ident) for ident, name, _cards in months]
        for part, (_ident, _name, some) in zip(parts_of_year, months, strict=True):
            part.append(listing.items(some, parts))
        if parts_of_year:
            year.append(_jumps(_line(parts_of_year)))
        year += parts_of_year or [listing.items(cards, parts)]
        years += [nodes.Text(" "), _link(year, _title(year))]
        found.append(year)
    return [_jumps(years), *found] if years.children and len(found) > 1 else found


def _jumps(links: nodes.paragraph) -> nodes.container:
    return nodes.container("", links, classes=["survey-jumps", "no-search"])


def _months(cards: Sequence[PaperCard], *, oldest_first: bool) -> Iterator[tuple[str, str, list[PaperCard]]]:
    """Yield anchor, name and papers of each month once, however the papers are sorted; some have a year alone.

    Months come as the years do: the newest first, unless all begins with the oldest.
    """
    months: dict[PartialDate, list[PaperCard]] = {}
    for card in cards:
        months.setdefault(PartialDate.parse(card.date[:7]), []).append(card)
    for date, some in sorted(months.items(), key=itemgetter(0), reverse=not oldest_first):
        name = date.words if date.month else _("{year}, month not recorded").format(year=date.year)
        yield f"month-{date}", name, some


def _line(months: Sequence[nodes.section]) -> nodes.paragraph:
    """Return links to the months of a year, which need no year there."""
    line = paragraph()
    for month in months:
        _year, _dash, number = month["ids"][0].removeprefix("month-").partition("-")
        line += [nodes.Text(" "), _link(month, _(MONTHS[int(number[:2]) - 1]) if number else _("not recorded"))]
    return line


def _title(part: nodes.section) -> str:
    return next(part.findall(nodes.title)).astext()


def _link(part: nodes.section, text: str) -> nodes.reference:
    return nodes.reference("", text, refid=part["ids"][0], internal=True)
