"""What a head attends to: tokens with an arc from each to what it reads, and beside them the same as a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.figures import arcs
from survey.figures.arcs import Part, opacity, pair, reading
from survey.figures.looks import shade_class
from survey.figures.svg import (
    NARROW,
    WIDE,
    Element,
    clipped,
    coordinates,
    drawing,
    element,
    named_list,
    number,
    path,
    rect,
    text,
    text_width,
)
from survey.translation import _

if TYPE_CHECKING:
    from survey.catalogue.schema.fields import Attends, Pattern

_SMALL = 11  #: Of labels and notes; no text is smaller.
_LABEL = 62  #: How wide a token may be at the matrix before it is shortened.
_PAGE, _NARROW_PAGE = 680, 330


def pattern(declared: Pattern, name: str, shade: int) -> tuple[Element, ...]:
    """Return the picture of a pattern, wide and narrow."""
    title = _("What {head} attends to").format(head=name)
    description = f"{sentence(declared)} {declared.caption}"
    return tuple(
        drawing(
            part.width,
            part.height,
            title,
            description,
            *part.marks,
            classes=f"survey-pattern {layout} {shade_class(shade)}",
            role="img",
        )
        for layout, part in ((WIDE, _wide(declared)), (NARROW, _narrow(declared)))
    )


def sentence(declared: Pattern) -> str:
    """Return a pattern in words, for those who don't see it; tokens that read the same one alike are named together."""
    alike: dict[tuple[int, float], list[Attends]] = {}
    for arrow in declared.attends:
        alike.setdefault((arrow.to, arrow.weight), []).append(arrow)
    reads = named_list([_read_alike(declared, arrows) for arrows in alike.values()])
    return _("Of the tokens {tokens}, {reads}.").format(tokens=" ".join(declared.tokens), reads=reads)


def _read_alike(declared: Pattern, arrows: list[Attends]) -> str:
    """Return in words what one token reads, or what several do, with the same weight."""
    words = {"read": declared.tokens[arrows[0].to], "its_place": arrows[0].to, "weight": number(arrows[0].weight)}
    if len(arrows) == 1:
        token, place = declared.tokens[arrows[0].origin], arrows[0].origin
        return _("{token} ({place}) reads {read} ({its_place}) with weight {weight}").format(
            token=token, place=place, **words
        )
    tokens = named_list([f"{declared.tokens[arrow.origin]} ({arrow.origin})" for arrow in arrows])
    return _("{tokens} each read {read} ({its_place}) with weight {weight}").format(tokens=tokens, **words)


def _wide(declared: Pattern) -> Part:
    """Arcs and matrix side by side if there's room, one above the other if not; many tokens stand in a column."""
    lines, matrix = arcs.row(declared), _matrix(declared)
    gap = 28
    if lines.width > _PAGE:
        lines = arcs.column(declared)
    if lines.width + gap + matrix.width <= _PAGE:
        height = max(lines.height, matrix.height)
        return Part(
            lines.width + gap + matrix.width,
            height,
            (lines.at(0, (height - lines.height) / 2), matrix.at(lines.width + gap, (height - matrix.height) / 2)),
        )
    return _above(lines, matrix)


def _narrow(declared: Pattern) -> Part:
    return _above(arcs.column(declared), _matrix(declared, _NARROW_PAGE))


def _above(first: Part, second: Part) -> Part:
    gap = 24
    return Part(
        max(first.width, second.width),
        first.height + gap + second.height,
        (first.at(0, 0), second.at(0, first.height + gap)),
    )


# Matrix


def _matrix(declared: Pattern, room: float = 0) -> Part:
    """A row for each token being processed, a column for each token that it may read."""
    tokens = declared.tokens
    count = len(tokens)
    labels = [clipped(token, _SMALL, _LABEL) for token in tokens]
    left = max(text_width(label, _SMALL) for label in labels) + 6
    cell = min(20.0, max(9.0, 240 / count))
    if room:
        cell = min(cell, (room - left) / count)
    top = left + 16
    side = cell * count
    marks = [text(left, 10, _("the token read →"), "survey-faint", font_size=_SMALL)]
    for index, label in enumerate(labels):
        middle = cell * index + cell / 2
        marks.append(text(left - 5, top + middle + 4, label, "survey-label", font_size=_SMALL, text_anchor="end"))
        marks.append(_column_name(label, left + middle, top - 5, cell))
    marks.append(_cells_that_can_be_read(declared, left, top, cell))
    for arrow in declared.attends:
        x, y = left + cell * arrow.to, top + cell * arrow.origin
        marks.append(
            element(
                "g",
                reading(declared, arrow),
                rect(x + 0.5, y + 0.5, cell - 1, cell - 1, "survey-weight", fill_opacity=opacity(arrow.weight)),
                class_=pair(declared, arrow),
            )
        )
    note = _("↑ a row for each token being processed")
    marks.append(text(0, top + side + 16, note, "survey-faint", font_size=_SMALL))
    return Part(max(left + side + 1, text_width(note, _SMALL)), top + side + 20, tuple(marks))  # a line has a width


def _column_name(label: str, x: float, y: float, room: float) -> Element:
    """Return the name of a column, upright if there is room: digits and commas are hard to read turned."""
    if text_width(label, _SMALL) <= room - 4:
        return text(x, y, label, "survey-label", font_size=_SMALL, text_anchor="middle")
    turned = f"translate({coordinates(x + 4, y)}) rotate(-90)"
    return element("text", label, class_="survey-label", font_size=_SMALL, transform=turned)


def _cells_that_can_be_read(declared: Pattern, left: float, top: float, cell: float) -> Element:
    """Return the outlines of the cells: a decoder's tokens can only read themselves and what is before them."""
    count = len(declared.tokens)
    lines = []
    for index in range(count + 1):
        across = count if declared.bidirectional else min(index + 1, count)
        down = 0 if declared.bidirectional else max(index - 1, 0)
        lines.append(f"M{coordinates(left, top + cell * index)}h{number(cell * across)}")
        lines.append(f"M{coordinates(left + cell * index, top + cell * down)}V{number(top + cell * count)}")
    return path("".join(lines), "survey-grid-lines")
