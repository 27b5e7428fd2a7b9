"""The taxonomy: stages, categories and head types, each type as a disc as large as the number of its papers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from survey.figures.disc_rows import Label, flowed
from survey.figures.legends import legend, swatch
from survey.figures.svg import NARROW, WIDE, Element, Target, drawing, element, link, path, rect, text, wrapped
from survey.translation import _, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.views import CategoryView, EntryCard, Tag

    #: A stage with its categories.
    Stage = tuple[Tag, Sequence[CategoryView]]

_COLUMN = 332  #: The width of a column; the narrow layout has one, the wide two.
_BETWEEN = 16
_INSET = 12
_GROWTH, _SMALLEST = 3.1, 1.2  #: Of the radius of a disc, with the root of the number of papers.
_COUNTED = 8.5  #: A disc of this radius holds its number.


def taxonomy(stages: Sequence[Stage]) -> tuple[Element, ...]:
    """Return the tree, wide and narrow."""
    panels = [_panel(stage, categories) for stage, categories in stages]
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
    return tuple(
        drawing(width, height, title, description, *marks, classes=f"survey-tree {layout}")
        for layout, (width, height, marks) in ((WIDE, wide), (NARROW, (_COLUMN, *one)))
    )


def _split(heights: Sequence[float]) -> int:
    """Return how many panels go to the left column, so that the higher of the two is as low as can be."""
    return min(range(1, len(heights) + 1), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))


def _stacked(panels: Sequence[tuple[float, tuple[Element, ...]]]) -> tuple[float, tuple[Element, ...]]:
    top, found = 0.0, []
    for height, marks in panels:
        found.append(element("g", *marks, transform=f"translate(0 {top:.0f})"))
        top += math.ceil(height) + _BETWEEN
    return max(top - _BETWEEN, 0), tuple(found)


def _panel(stage: Tag, categories: Sequence[CategoryView]) -> tuple[float, tuple[Element, ...]]:
    """Return height and marks of a stage, at the origin."""
    heads = sum(len(category.heads) for category in categories)
    name = _("{stage}: stage with {count} head types").format(stage=stage.name, count=heads)
    marks: list[Element] = [
        link(Target(stage.kind, stage.id), name, text(_INSET, 28, stage.name, "survey-heading", font_size=16))
    ]
    top = 38.0
    for category in categories:
        for line in wrapped(category.name, 12, _COLUMN - 2 * _INSET):
            marks.append(text(_INSET, top + 14, line, "survey-subheading", font_size=12))
            top += 16
        height, placed = flowed([_label(card) for card in _largest_first(category.heads)], _COLUMN - 2 * _INSET)
        marks.append(element("g", *placed, transform=f"translate({_INSET} {top + 3:.0f})"))
        top += math.ceil(height) + 12
    panel = rect(0, 0, _COLUMN, top, "survey-panel", rx=6)
    bar = path(f"M0 2H{_COLUMN}", "survey-bar")
    return top, (element("g", panel, bar, *marks, class_=f"survey-shade-{stage.shade}"),)


def _largest_first(heads: Sequence[EntryCard]) -> list[EntryCard]:
    return sorted(heads, key=lambda card: -card.papers)


def _label(card: EntryCard) -> Label:
    radius = _SMALLEST + _GROWTH * math.sqrt(max(card.papers, 0.5))
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
