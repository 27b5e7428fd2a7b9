"""Time: every paper as a square in its quarter, and below, each head type where it was first described."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from survey.figures import periods
from survey.figures.disc_rows import Label, flowed
from survey.figures.legends import legend, stages, swatch
from survey.figures.looks import shade_class
from survey.figures.svg import (
    NARROW,
    WIDE,
    Element,
    Target,
    drawing,
    element,
    link,
    number,
    path,
    rect,
    text,
    text_width,
)
from survey.figures.taxonomy import short
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from survey.catalogue.views import Tag
    from survey.catalogue.views.timeline import Dot, Quarter, TimelineData

_SMALL = 11
_WIDE, _HIGH, _NARROW = 680, 300, 332
_AXIS = 26  #: Room for the numbers beside the chart.
_LARGEST = 14  #: A square.
_APART = 26  #: The least distance between numbers.
_YEAR = 32  #: The least distance between numbers of years.
_MOST = 120  #: Columns: with more, squares are too narrow for the pointer.
_GAP = 8  #: Without papers, so many columns in a row are drawn as a break if there are too many columns.


@dataclass(frozen=True, slots=True)
class _Column:
    """What is drawn above one place of the axis: the papers of a quarter, or of some years; or a break in time."""

    label: str
    year: int
    papers: tuple[Dot, ...]
    is_break: bool = False


def papers(data: TimelineData) -> tuple[Element, ...]:
    """Return the papers by quarter, each a square in the colours of its stages; wide and narrow.

    So many quarters that they would not fit are drawn without long times that have no paper, and if that isn't
    enough, some years to a column.
    """
    if not data.quarters:
        return ()
    count = sum(len(quarter.papers) for quarter in data.quarters)
    first, last = data.quarters[0], data.quarters[-1]
    years, columns = _columns(data.quarters)
    title = _("Papers by quarter and stage")
    if years:
        title = _("Papers by {years} years and stage").format(years=years)
        if years == 1:
            title = _("Papers by year and stage")
    description = _("{count} papers from {first} to {last}, a square each. A table follows.").format(
        count=count, first=first.label, last=last.label
    )
    if any(column.is_break for column in columns):
        description = _("{words} Long times without papers are left out.").format(words=description)
    return tuple(
        drawing(width, height, title, description, *marks, classes=f"survey-papers-chart {layout}")
        for layout, (width, height, marks) in ((WIDE, _upright(columns)), (NARROW, _lying(columns)))
    )


def by_quarter(data: TimelineData) -> bool:
    """Return whether each column of the papers is a quarter."""
    return not data.quarters or not _columns(data.quarters)[0]


def _columns(quarters: Sequence[Quarter]) -> tuple[int, list[_Column]]:
    """Return how many years a column stands for, 0 for a quarter, and the columns."""
    columns = [_Column(quarter.label, quarter.year, quarter.papers) for quarter in quarters]
    if len(columns) <= _MOST or len(columns := _broken(columns)) <= _MOST:
        return 0, columns
    dots = {
        year: tuple(dot for quarter in found for dot in quarter.papers)
        for year, found in groupby(quarters, key=lambda quarter: quarter.year)
    }
    for years in periods.SPANS:
        spans = periods.columns(quarters[0].year, quarters[-1].year, years)
        columns = [
            _Column(periods.label(span), span.start, tuple(dot for year in span for dot in dots.get(year, ())))
            for span in spans
        ]
        if len(columns) <= _MOST or len(columns := _broken(columns)) <= _MOST:
            break
    return years, columns


def _broken(columns: Sequence[_Column]) -> list[_Column]:
    """Return columns with a break where many in a row have no paper."""
    found: list[_Column] = []
    for is_empty, group in groupby(columns, key=lambda column: not column.papers):
        run = list(group)
        found += [_Column("⋯", run[0].year, (), is_break=True)] if is_empty and len(run) >= _GAP else run
    return found


def _most(columns: Sequence[_Column]) -> int:
    return max([len(column.papers) for column in columns] + [1])


def _upright(columns: Sequence[_Column]) -> tuple[float, float, list[Element]]:
    """Columns, time from left to right."""
    before = [*accumulate((2 if column.is_break else 1 for column in columns), initial=0)]
    slot = min(40, (_WIDE - _AXIS) / before[-1])
    places = [_AXIS + slot * count for count in before]
    unit = min(_LARGEST, _HIGH / _most(columns))
    ground = unit * _most(columns) + 8
    marks = [*_levels(columns, unit, ground)]
    years = _numbered(columns, places)
    for index, (column, x) in enumerate(zip(columns, places, strict=False)):  # the last place is the end
        if column.is_break:
            middle = x + slot
            marks.append(text(middle, ground + 4, column.label, "survey-faint", font_size=_SMALL, text_anchor="middle"))
        elif _begins(columns, index):
            marks.append(path(f"M{number(x)} {number(ground)}v6", "survey-grid-lines"))
            if index in years:
                marks.append(text(years[index], ground + 17, str(column.year), "survey-faint", font_size=_SMALL))
        marks += [
            _square(dot, x + 1, ground - unit * (at + 1), min(slot - 2, 2 * unit), unit - min(1.5, unit / 4))
            for at, dot in enumerate(column.papers)
        ]
    return _WIDE, ground + 22, marks


def _begins(columns: Sequence[_Column], index: int) -> bool:
    """Return whether a column is the first of its year."""
    return index == 0 or columns[index - 1].is_break or columns[index - 1].year != columns[index].year


def _numbered(columns: Sequence[_Column], places: Sequence[float]) -> dict[int, float]:
    """Return the columns that have the number of their year below them, and where: as many as there is room for."""
    found: dict[int, float] = {}
    end = _WIDE + _YEAR - text_width("0000", _SMALL)
    for index, column in reversed([*enumerate(columns)]):
        if not column.is_break and _begins(columns, index):
            x = places[index] + 2
            if not found:
                x = min(x, end - _YEAR)
            if x + _YEAR <= end:
                found[index] = end = x
    return found


def _levels(columns: Sequence[_Column], unit: float, ground: float) -> Iterator[Element]:
    """Yield lines across the chart, with their numbers."""
    step = next((step for step in (5, 10, 20, 50, 100, 200) if step * unit >= _APART), 500)
    for level in range(0, _most(columns) + 1, step):
        y = ground - unit * level
        yield path(f"M{_AXIS} {number(y)}H{_WIDE}", "survey-grid-lines")
        yield text(_AXIS - 5, y + 4, str(level), "survey-faint", font_size=_SMALL, text_anchor="end")


def _lying(columns: Sequence[_Column]) -> tuple[float, float, list[Element]]:
    """Rows, time from top to bottom."""
    left, row = 62, 15
    unit = min(12, (_NARROW - left) / _most(columns))
    marks: list[Element] = []
    for index, column in enumerate(columns):
        y = row * index
        marks.append(text(left - 6, y + 11, column.label, "survey-faint", font_size=_SMALL, text_anchor="end"))
        marks += [
            _square(dot, left + unit * at, y + 1.5, unit - min(1.5, unit / 4), row - 3)
            for at, dot in enumerate(column.papers)
        ]
    return _NARROW, row * len(columns), marks


def _square(dot: Dot, x: float, y: float, width: float, height: float) -> Element:
    shades = dot.shades or (0,)
    strip = width / len(shades)
    look = "survey-full" if dot.shades else "survey-hollow"
    return link(
        Target("paper", dot.key),
        f"{dot.short}: {dot.title} ({dot.date_words})",
        *(
            rect(x + strip * index, y, strip, height, f"{look} {shade_class(shade)}")
            for index, shade in enumerate(shades)
        ),
        classes="survey-square",
    )


def heads(data: TimelineData) -> tuple[Element, ...]:
    """Return the head types by the quarter in which each was first described; wide and narrow."""
    quarters = [quarter for quarter in data.quarters if quarter.heads]
    if not quarters:
        return ()
    count = sum(len(quarter.heads) for quarter in quarters)
    title = _("Head types by first description")
    description = _("{count} head types from {first} to {last}. A table follows.").format(
        count=count, first=quarters[0].label, last=quarters[-1].label
    )
    return tuple(
        drawing(width, height, title, description, *marks, classes=f"survey-first {layout}")
        for layout, (width, height, marks) in (
            (WIDE, _heads(quarters, _WIDE, 72)),
            (NARROW, _heads(quarters, _NARROW, 0)),
        )
    )


def _heads(quarters: Sequence[Quarter], width: float, margin: float) -> tuple[float, float, list[Element]]:
    """Return lines of names beside their quarter or, without a margin, below it."""
    top, marks = 0.0, []
    for quarter in quarters:
        indent = margin or 14
        below = 0 if margin else 16
        marks.append(text(0, top + 13, quarter.label, "survey-subheading", font_size=12))
        height, placed = flowed([_label(tag, paper) for tag, paper in quarter.heads], width - indent)
        marks.append(element("g", *placed, transform=f"translate({number(indent)} {number(top + below)})"))
        if margin:
            line = f"M{number(margin - 10)} {number(top + 2)}V{number(top + height - 2)}"
            marks.append(path(line, "survey-grid-lines"))
        top += below + height + 5
    return width, top, marks


def _label(tag: Tag, paper: str) -> Label:
    words = _("{head}, first described in {paper}").format(head=tag.name, paper=paper)
    return Label(Target(tag.kind, tag.id), short(tag.name), words, 4.3, shade=tag.shade)


def explanation(tags: Sequence[Tag]) -> Element:
    """Return the legend of both pictures."""
    hollow = swatch(rect(1, 1, 10, 10, "survey-hollow"))
    return legend(*stages(tags), (hollow, _("background: names no head type")))
