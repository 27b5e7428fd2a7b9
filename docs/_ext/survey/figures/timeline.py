"""Time: every paper as a square in its quarter, and below, each head type where it was first described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.figures.disc_rows import Label, flowed
from survey.figures.legends import legend, stages, swatch
from survey.figures.svg import NARROW, WIDE, Element, Target, drawing, element, link, number, path, rect, text
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
_YEARS = 4  #: Quarters in one.
_APART = 26  #: The least distance between numbers.
_YEAR = 32  #: The room that the number of a year takes.


def papers(data: TimelineData) -> tuple[Element, ...]:
    """Return the papers by quarter, each a square in the colours of its stages; wide and narrow."""
    if not data.quarters:
        return ()
    count = sum(len(quarter.papers) for quarter in data.quarters)
    first, last = data.quarters[0], data.quarters[-1]
    title = _("Papers by quarter and stage")
    description = _("{count} papers from {first} to {last}, a square each. A table follows.").format(
        count=count, first=first.label, last=last.label
    )
    return tuple(
        drawing(width, height, title, description, *marks, classes=f"survey-papers-chart {layout}")
        for layout, (width, height, marks) in ((WIDE, _upright(data.quarters)), (NARROW, _lying(data.quarters)))
    )


def _most(quarters: Sequence[Quarter]) -> int:
    return max([len(quarter.papers) for quarter in quarters] + [1])


def _upright(quarters: Sequence[Quarter]) -> tuple[float, float, list[Element]]:
    """Columns, time from left to right."""
    slot = min(40, (_WIDE - _AXIS) / len(quarters))
    unit = min(_LARGEST, _HIGH / _most(quarters))
    ground = unit * _most(quarters) + 8
    marks = [*_levels(quarters, unit, ground)]
    first = sum(quarter.year == quarters[0].year for quarter in quarters)  # of a year that may have begun before
    cramped = first < len(quarters) and slot * first < _YEAR
    for index, quarter in enumerate(quarters):
        x = _AXIS + slot * index
        if index == 0 or quarters[index - 1].year != quarter.year:
            marks.append(path(f"M{number(x)} {number(ground)}v6", "survey-grid-lines"))
            if (slot * _YEARS >= _APART or quarter.year % 2 == 0) and not (cramped and index == 0):
                marks.append(text(x + 2, ground + 17, str(quarter.year), "survey-faint", font_size=_SMALL))
        marks += [
            _square(dot, x + 1, ground - unit * (at + 1), min(slot - 2, 2 * unit), unit - min(1.5, unit / 4))
            for at, dot in enumerate(quarter.papers)
        ]
    return _WIDE, ground + 22, marks


def _levels(quarters: Sequence[Quarter], unit: float, ground: float) -> Iterator[Element]:
    """Yield lines across the chart, with their numbers."""
    step = next((step for step in (5, 10, 20, 50, 100, 200) if step * unit >= _APART), 500)
    for level in range(0, _most(quarters) + 1, step):
        y = ground - unit * level
        yield path(f"M{_AXIS} {number(y)}H{_WIDE}", "survey-grid-lines")
        yield text(_AXIS - 5, y + 4, str(level), "survey-faint", font_size=_SMALL, text_anchor="end")


def _lying(quarters: Sequence[Quarter]) -> tuple[float, float, list[Element]]:
    """Rows, time from top to bottom."""
    left, row = 62, 15
    unit = min(12, (_NARROW - left) / _most(quarters))
    marks: list[Element] = []
    for index, quarter in enumerate(quarters):
        y = row * index
        marks.append(text(left - 6, y + 11, quarter.label, "survey-faint", font_size=_SMALL, text_anchor="end"))
        marks += [
            _square(dot, left + unit * at, y + 1.5, unit - min(1.5, unit / 4), row - 3)
            for at, dot in enumerate(quarter.papers)
        ]
    return _NARROW, row * len(quarters), marks


def _square(dot: Dot, x: float, y: float, width: float, height: float) -> Element:
    shades = dot.shades or (0,)
    strip = width / len(shades)
    look = "survey-full" if dot.shades else "survey-hollow"
    return link(
        Target("paper", dot.key),
        f"{dot.short}: {dot.title} ({dot.date_words})",
        *(
            rect(x + strip * index, y, strip, height, f"{look} survey-shade-{shade}")
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
