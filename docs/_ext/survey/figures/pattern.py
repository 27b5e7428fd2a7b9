"""What a head attends to: tokens with an arc from each to what it reads, and beside them the same as a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    from collections.abc import Sequence

    from survey.catalogue.schema.fields import Attends, Pattern

_SIZE = 14  #: Of tokens.
_BOLD = 1.1  #: How much wider the bold letters of tokens that read or are read are.
_SMALL = 11  #: Of indices, labels and notes; no text is smaller.
_TOKEN = 96  #: How wide a token may be before it is shortened.
_LABEL = 62  #: The same, at the matrix.
_PAGE, _NARROW_PAGE = 680, 330
_ROW = 26  #: Between the tokens of a column.
_REACH = 12  #: How wide an arc is for the pointer, which need not meet its line.
_LEAST, _MOST_WEIGHT = 0.22, 1.0  #: Opacity of the faintest and of the full weight.


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
            classes=f"survey-pattern {layout} survey-shade-{shade}",
            role="img",
        )
        for layout, part in ((WIDE, _wide(declared)), (NARROW, _narrow(declared)))
    )


def sentence(declared: Pattern) -> str:
    """Return a pattern in words, for those who don't see it."""
    reads = [
        _("{token} ({place}) reads {read} ({its_place}) with weight {weight}").format(
            token=declared.tokens[arrow.origin],
            place=arrow.origin,
            read=declared.tokens[arrow.to],
            its_place=arrow.to,
            weight=number(arrow.weight),
        )
        for arrow in declared.attends
    ]
    return _("Of the tokens {tokens}, {reads}.").format(tokens=" ".join(declared.tokens), reads=named_list(reads))


def _reading(declared: Pattern, arrow: Attends) -> Element:
    """Return the name of an arrow's marks."""
    token, read = declared.tokens[arrow.origin], declared.tokens[arrow.to]
    words = _("{token} reads {read}: {weight}").format(token=token, read=read, weight=number(arrow.weight))
    return element("title", words)


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a picture, at the origin."""

    width: float
    height: float
    marks: tuple[Element, ...]

    def at(self, x: float, y: float) -> Element:
        return element("g", *self.marks, transform=f"translate({coordinates(x, y)})")


def _wide(declared: Pattern) -> _Part:
    """Arcs and matrix side by side if there's room, one above the other if not; many tokens stand in a column."""
    arcs, matrix = _row(declared), _matrix(declared)
    gap = 28
    if arcs.width > _PAGE:
        arcs = _column(declared)
    if arcs.width + gap + matrix.width <= _PAGE:
        height = max(arcs.height, matrix.height)
        return _Part(
            arcs.width + gap + matrix.width,
            height,
            (arcs.at(0, (height - arcs.height) / 2), matrix.at(arcs.width + gap, (height - matrix.height) / 2)),
        )
    return _above(arcs, matrix)


def _narrow(declared: Pattern) -> _Part:
    return _above(_column(declared), _matrix(declared, _NARROW_PAGE))


def _above(first: _Part, second: _Part) -> _Part:
    gap = 24
    return _Part(
        max(first.width, second.width),
        first.height + gap + second.height,
        (first.at(0, 0), second.at(0, first.height + gap)),
    )


# Arcs


def _row(declared: Pattern) -> _Part:
    """Tokens from left to right; what is read lies back, so arcs run above, and below where they run ahead."""
    labels = [clipped(token, _SIZE, _TOKEN) for token in declared.tokens]
    widths = [max(_token_width(declared, index, label), 12) + 11 for index, label in enumerate(labels)]
    centres = [sum(widths[:index]) + width / 2 for index, width in enumerate(widths)]
    rise = max((_bulge(centres, arrow) for arrow in declared.attends if arrow.to <= arrow.origin), default=0)
    fall = max((_bulge(centres, arrow) for arrow in declared.attends if arrow.to > arrow.origin), default=0)
    line = rise + 8 + _SIZE  # the baseline of the tokens
    marks = [_arc(declared, arrow, centres, line - _SIZE - 4, line + 24, upright=True) for arrow in declared.attends]
    for index, (label, centre) in enumerate(zip(labels, centres, strict=True)):
        marks.append(text(centre, line, label, _token_class(declared, index), font_size=_SIZE, text_anchor="middle"))
        marks.append(text(centre, line + 15, str(index), "survey-faint", font_size=_SMALL, text_anchor="middle"))
    return _Part(sum(widths), line + 20 + (fall + 8 if fall else 0), tuple(marks))


def _column(declared: Pattern) -> _Part:
    """Tokens from top to bottom, the arcs to their right, and to their left where they run ahead."""
    labels = [clipped(token, _SIZE, _TOKEN) for token in declared.tokens]
    centres = [_ROW * index + _ROW / 2 for index in range(len(labels))]
    ahead = max((_bulge(centres, arrow) for arrow in declared.attends if arrow.to > arrow.origin), default=0)
    back = max((_bulge(centres, arrow) for arrow in declared.attends if arrow.to <= arrow.origin), default=0)
    left = 24 + (ahead + 2 if ahead else 0)  # a line has a width
    right = left + max(_token_width(declared, index, label) for index, label in enumerate(labels))
    marks = [_arc(declared, arrow, centres, right + 6, left - 22, upright=False) for arrow in declared.attends]
    for index, (label, centre) in enumerate(zip(labels, centres, strict=True)):
        marks.append(text(left, centre + 5, label, _token_class(declared, index), font_size=_SIZE))
        marks.append(text(left - 7, centre + 4, str(index), "survey-faint", font_size=_SMALL, text_anchor="end"))
    return _Part(right + back + 14, _ROW * len(labels), tuple(marks))


def _token_class(declared: Pattern, index: int) -> str:
    return "survey-token survey-token-used" if _is_used(declared, index) else "survey-token"


def _token_width(declared: Pattern, index: int, label: str) -> float:
    return text_width(label, _SIZE) * (_BOLD if _is_used(declared, index) else 1)


def _is_used(declared: Pattern, index: int) -> bool:
    return any(index in {arrow.origin, arrow.to} for arrow in declared.attends)


def _bulge(centres: Sequence[float], arrow: Attends) -> float:
    """Return how far an arc stands off the line of tokens."""
    return min(20 + 0.3 * abs(centres[arrow.origin] - centres[arrow.to]), 110)


def _arc(
    declared: Pattern, arrow: Attends, centres: Sequence[float], back: float, ahead: float, *, upright: bool
) -> Element:
    """Return an arc from a token to the token that it reads, with a head at what is read."""
    bulge = _bulge(centres, arrow) / 0.75  # a curve reaches three quarters of the way to its control points
    forward = arrow.to > arrow.origin
    base = ahead if forward else back
    away = 1 if forward == upright else -1
    turn = 5 if arrow.to == arrow.origin else 3 if forward else -3
    start, end = centres[arrow.origin] + turn, centres[arrow.to] - turn

    def at(along: float, off: float) -> str:
        return coordinates(along, base + away * off) if upright else coordinates(base + away * off, along)

    curve = f"M{at(start, 0)}C{at(start, bulge)} {at(end, bulge)} {at(end, 6)}"
    tip = f"M{at(end, 0)}L{at(end - 3.5, 7)} {at(end + 3.5, 7)}Z"
    return element(
        "g",
        _reading(declared, arrow),
        element("path", d=curve, fill="none", stroke="none", stroke_width=_REACH, pointer_events="stroke"),
        path(curve, "survey-arc"),
        path(tip, "survey-arc-tip"),
        class_=_pair(declared, arrow),
        opacity=_opacity(arrow.weight),
    )


def _pair(declared: Pattern, arrow: Attends) -> str:
    """Return the classes by which an arc and its cell in the matrix are lit together (figures.css)."""
    return f"survey-pair survey-pair-{declared.attends.index(arrow)}"


def _opacity(weight: float) -> float:
    return _LEAST + (_MOST_WEIGHT - _LEAST) * weight


# Matrix


def _matrix(declared: Pattern, room: float = 0) -> _Part:
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
        turned = f"translate({coordinates(left + middle + 4, top - 5)}) rotate(-90)"
        marks.append(element("text", label, class_="survey-label", font_size=_SMALL, transform=turned))
    marks.append(_cells_that_can_be_read(declared, left, top, cell))
    for arrow in declared.attends:
        x, y = left + cell * arrow.to, top + cell * arrow.origin
        marks.append(
            element(
                "g",
                _reading(declared, arrow),
                rect(x + 0.5, y + 0.5, cell - 1, cell - 1, "survey-weight", fill_opacity=_opacity(arrow.weight)),
                class_=_pair(declared, arrow),
            )
        )
    note = _("↑ a row for each token being processed")
    marks.append(text(0, top + side + 16, note, "survey-faint", font_size=_SMALL))
    return _Part(max(left + side, text_width(note, _SMALL)), top + side + 20, tuple(marks))


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
