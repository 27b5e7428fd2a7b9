"""The taxonomy: stages, categories and head types, each type as a disc as large as the number of its papers."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from survey.figures.disc_rows import SIZE, Label, flowed
from survey.figures.legends import legend, swatch
from survey.figures.looks import shade_class
from survey.figures.svg import (
    BROAD,
    NARROW,
    WIDE,
    Element,
    Target,
    drawing,
    element,
    link,
    path,
    rect,
    text,
    text_width,
    wrapped,
)
from survey.translation import _, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.views import CategoryView, EntryCard, Tag

    #: A stage with its categories.
    Stage = tuple[Tag, Sequence[CategoryView]]

_COLUMN = 332  #: The width of a column; the narrow layout has one, the wide two.
_BETWEEN = 16
_INSET = 12
_BAND, _LEAST = 1080, 120  #: The width of a stage that has a page's whole width, and of one of its categories.
_MOST = (_BAND - 2 * _INSET + _BETWEEN) // (_LEAST + _BETWEEN)  #: Categories for which such a width has room.
_GROWTH, _SMALLEST = 3.1, 1.2  #: Of the radius of a disc, with the root of the number of papers.
_LARGEST = 30  #: The radius of the largest disc: with more papers, all discs are drawn smaller.
_COUNTED = 8.5  #: A disc of this radius holds its number.


def taxonomy(stages: Sequence[Stage], *, broad: bool = False) -> tuple[Element, ...]:
    """Return the tree, wide and narrow; with ``broad`` also for a page that has all the room."""
    growth = _growth(stages)
    panels = [_panel(stage, categories, growth) for stage, categories in stages]
    if not panels:
        return ()
    heads = sum(len(category.heads) for _, categories in stages for category in categories)
    count = sum(len(categories) for _, categories in stages)
    title = _("The taxonomy of head types")
    description = _(
        "{stages} stages, {categories} categories and {heads} head types; the area of a disc shows the number of "
        "papers, an outline that no head has been located. A list follows."
    ).format(stages=len(stages), categories=count, heads=heads)
    split = _split([height for height, _ in panels])
    left, right = _stacked(panels[:split]), _stacked(panels[split:])
    both = element("g", *right[1], transform=f"translate({_COLUMN + _BETWEEN} 0)")
    one = _stacked(panels)
    wide = (2 * _COLUMN + _BETWEEN, max(left[0], right[0]), (*left[1], both))
    layouts = [(WIDE, wide), (NARROW, (_COLUMN, *one))]
    if broad:
        bands = _stacked([_band(stage, categories, growth) for stage, categories in stages])
        layouts.insert(0, (BROAD, (_BAND, *bands)))
    return tuple(
        drawing(width, height, title, description, *marks, classes=f"survey-tree {layout}")
        for layout, (width, height, marks) in layouts
    )


def _growth(stages: Sequence[Stage]) -> float:
    """Return how the radius of a disc grows with the root of the number of papers."""
    most = max((card.papers for _, categories in stages for at in categories for card in at.heads), default=0)
    return min(_GROWTH, (_LARGEST - _SMALLEST) / math.sqrt(max(most, 1)))


def _split(heights: Sequence[float]) -> int:
    """Return how many panels go to the left column, so that the higher of the two is as low as can be."""
    return min(range(1, len(heights) + 1), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))


def _stacked(panels: Sequence[tuple[float, tuple[Element, ...]]]) -> tuple[float, tuple[Element, ...]]:
    top, found = 0.0, []
    for height, marks in panels:
        found.append(element("g", *marks, transform=f"translate(0 {top:.0f})"))
        top += math.ceil(height) + _BETWEEN
    return max(top - _BETWEEN, 0), tuple(found)


def _panel(stage: Tag, categories: Sequence[CategoryView], growth: float) -> tuple[float, tuple[Element, ...]]:
    """Return height and marks of a stage, at the origin."""
    marks: list[Element] = [_heading(stage, categories)]
    top = 38.0
    for category in categories:
        for line in wrapped(category.name, 12, _COLUMN - 2 * _INSET):
            marks.append(text(_INSET, top + 14, line, "survey-subheading", font_size=12))
            top += 16
        height, placed = flowed(_labels(category, growth), _COLUMN - 2 * _INSET)
        marks.append(element("g", *placed, transform=f"translate({_INSET} {top + 3:.0f})"))
        top += math.ceil(height) + 12
    return top, (_framed(stage, _COLUMN, top, marks),)


def _band(stage: Tag, categories: Sequence[CategoryView], growth: float) -> tuple[float, tuple[Element, ...]]:
    """Return height and marks of a stage with its categories side by side, each as wide as its names ask for.

    Those for which there is no room beside the others go on in rows below.
    """
    marks: list[Element] = [_heading(stage, categories)]
    base, most = 41.0, 0.0
    for row in _rows(categories):
        left = float(_INSET)
        for category, width in zip(row, _shares(row), strict=True):
            for at, line in enumerate(lines := wrapped(category.name, 12, width)):
                marks.append(text(left, base + 11 + 16 * at, line, "survey-subheading", font_size=12))
            height, placed = flowed(_labels(category, growth), width)
            top = base + 16 * len(lines)
            marks.append(element("g", *placed, transform=f"translate({left:.0f} {top:.0f})"))
            left, most = left + width + _BETWEEN, max(most, top + height)
        base = math.ceil(most) + _BETWEEN
    return most + 10, (_framed(stage, _BAND, math.ceil(most) + 10, marks),)


def _rows(categories: Sequence[CategoryView]) -> list[Sequence[CategoryView]]:
    """Return categories in as few rows as hold them, each of about as many."""
    rows = math.ceil(len(categories) / _MOST) or 1
    return [categories[start:end] for start, end in pairwise(len(categories) * at // rows for at in range(rows + 1))]


def _shares(categories: Sequence[CategoryView]) -> list[float]:
    """Return the widths of columns, so that each has about as many lines."""
    room = _BAND - 2 * _INSET - _BETWEEN * (len(categories) - 1)
    takes = [sum(text_width(short(card.tag.name), SIZE) + 30 for card in category.heads) for category in categories]
    free = room - _LEAST * len(categories)
    return [_LEAST + free * one / max(sum(takes), 1) for one in takes]


def _heading(stage: Tag, categories: Sequence[CategoryView]) -> Element:
    heads = sum(len(category.heads) for category in categories)
    name = _("{stage}: stage with {count} head types").format(stage=stage.name, count=heads)
    return link(Target(stage.kind, stage.id), name, text(_INSET, 28, stage.name, "survey-heading", font_size=16))


def _framed(stage: Tag, width: float, height: float, marks: Sequence[Element]) -> Element:
    panel, bar = rect(0, 0, width, height, "survey-panel", rx=6), path(f"M0 2H{width}", "survey-bar")
    return element("g", panel, bar, *marks, class_=shade_class(stage.shade))


def _labels(category: CategoryView, growth: float) -> list[Label]:
    """Return the discs of a category, the largest first."""
    return [_label(card, growth) for card in sorted(category.heads, key=lambda card: -card.papers)]


def _label(card: EntryCard, growth: float) -> Label:
    radius = _SMALLEST + growth * math.sqrt(max(card.papers, 0.5))
    words = counted(card.papers, "{count} paper", "{count} papers")
    if card.marks is not None:
        words = f"{words}; {card.marks.words}"
    return Label(
        Target(card.tag.kind, card.tag.id),
        short(card.tag.name),
        _("{name}: {words}").format(name=card.tag.name, words=words),
        radius,
        str(card.papers) if radius >= _COUNTED else "",
        hollow=card.marks is not None and not card.marks.located,
        tentative=card.marks is not None and card.papers <= 1,
    )


def key() -> Element:
    """Return the legend: what discs and names stand for."""
    full, hollow = (element("circle", cx=6, cy=6, r=4.5, class_=f"survey-{look}") for look in ("full", "hollow"))
    name = text(1.5, 10.5, "a", "survey-tentative", font_size=13)
    return legend(
        (swatch(full), _("heads have been located")),
        (swatch(hollow), _("no head has been located")),
        (swatch(name), _("rests on one paper")),
    )


def short(name: str) -> str:
    """Return the name of a head type without the word that all of them end with."""
    return name.removesuffix(" Head") or name
