"""Discs with names, one after another in lines, as many to a line as fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.figures.looks import shade_class
from survey.figures.svg import Element, Target, clipped, element, link, text, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZE = 12  #: Of the names.
_LEAST = 18  #: Height of a line.
_GAP, _BETWEEN = 4, 11  #: Between disc and name, and to the next.


@dataclass(frozen=True, slots=True)
class Label:
    """A linked disc with a name beside it."""

    target: Target
    words: str
    name: str  #: What assistive technology and a hovering pointer say.
    radius: float
    inside: str = ""  #: What stands in the disc.
    shade: int | None = None  #: Its stage, where the picture around it has none.
    hollow: bool = False  #: Whether the disc is an outline.
    tentative: bool = False  #: Whether the name looks so.


def flowed(labels: Sequence[Label], width: float) -> tuple[float, list[Element]]:
    """Return the height of the lines, and the labels in their places."""
    top, found = 0.0, []
    for line in _lines(labels, width):
        height = max(_LEAST, *(2 * label.radius + 2 for _, label in line))
        found += [_placed(label, x, top + height / 2, width) for x, label in line]
        top += height
    return top, found


def _lines(labels: Sequence[Label], width: float) -> Iterator[list[tuple[float, Label]]]:
    line: list[tuple[float, Label]] = []
    x = 0.0
    for label in labels:
        takes = 2 * label.radius + _GAP + text_width(label.words, SIZE)
        if line and x + takes > width:
            yield line
            line, x = [], 0.0
        line.append((x, label))
        x += takes + _BETWEEN
    if line:
        yield line


def _placed(label: Label, x: float, y: float, width: float) -> Element:
    start = x + 2 * label.radius + _GAP
    shade = f" {shade_class(label.shade)}" if label.shade is not None else ""
    return link(
        label.target,
        label.name,
        element("circle", cx=x + label.radius, cy=y, r=label.radius, class_=_disc(label)),
        text(x + label.radius, y + 4, label.inside, _inside(label), font_size=11, text_anchor="middle")
        if label.inside
        else None,
        text(start, y + 4, clipped(label.words, SIZE, width - start), _name(label), font_size=SIZE),
        classes=f"survey-disc{shade}",
    )


def _disc(label: Label) -> str:
    return "survey-hollow" if label.hollow else "survey-full"


def _inside(label: Label) -> str:
    return "survey-name" if label.hollow else "survey-inside"


def _name(label: Label) -> str:
    return "survey-tentative" if label.tentative else "survey-name"
