"""The arcs of an attention pattern: tokens in a row or a column, and a line from each to what it reads.

Where many tokens read one, their lines would lie on each other as arcs; they join a common line there, as at a comb.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.figures.svg import Element, clipped, coordinates, element, number, path, text, text_width
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.schema.fields import Attends, Pattern

_SIZE = 14  #: Of tokens.
_BOLD = 1.1  #: How much wider the bold letters of tokens that read or are read are.
_INDEX = 11  #: The size of the numbers of tokens.
_TOKEN = 96  #: How wide a token may be before it is shortened.
_ROW = 26  #: Between the tokens of a column.
_REACH = 12  #: How wide an arc is for the pointer, which need not meet its line.
_LEAST, _MOST_WEIGHT = 0.22, 1.0  #: Opacity of the faintest and of the full weight.
_MANY = 5  #: The lines from as many tokens to one are joined,
_FEW = 3  #: unless there are more than so many such tokens, which then don't stand out.
_RAIL, _BETWEEN_RAILS = 24, 12  #: How far joined lines stand off the tokens or the arcs, and off each other.
_TURN = 8  #: The radius at which they turn.


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a picture, at the origin."""

    width: float
    height: float
    marks: tuple[Element, ...]

    def at(self, x: float, y: float) -> Element:
        """Return the piece at another place."""
        return element("g", *self.marks, transform=f"translate({coordinates(x, y)})")


def reading(declared: Pattern, arrow: Attends) -> Element:
    """Return the name of an arrow's marks."""
    token, read = declared.tokens[arrow.origin], declared.tokens[arrow.to]
    words = _("{token} reads {read}: {weight}").format(token=token, read=read, weight=number(arrow.weight))
    return element("title", words)


def pair(declared: Pattern, arrow: Attends) -> str:
    """Return the classes by which an arc and its cell in the matrix are lit together (figures.css)."""
    return f"survey-pair survey-pair-{declared.attends.index(arrow)}"


def opacity(weight: float) -> float:
    """Return how dark a weight is drawn."""
    return _LEAST + (_MOST_WEIGHT - _LEAST) * weight


def row(declared: Pattern) -> Part:
    """Tokens from left to right; what is read lies back, so arcs run above, and below where they run ahead."""
    labels = [clipped(token, _SIZE, _TOKEN) for token in declared.tokens]
    widths = [max(_token_width(declared, index, label), 12) + 11 for index, label in enumerate(labels)]
    centres = [sum(widths[:index]) + width / 2 for index, width in enumerate(widths)]
    offs = _offs(declared, centres)
    rise, fall = _reach(declared, offs, ahead=False), _reach(declared, offs, ahead=True)
    line = rise + 8 + _SIZE  # the baseline of the tokens
    places = _Places(centres, line - _SIZE - 4, line + 24, upright=True)
    marks = _arcs(declared, places, offs)
    for index, (label, centre) in enumerate(zip(labels, centres, strict=True)):
        marks.append(text(centre, line, label, _token_class(declared, index), font_size=_SIZE, text_anchor="middle"))
        marks.append(text(centre, line + 15, str(index), "survey-faint", font_size=_INDEX, text_anchor="middle"))
    return Part(sum(widths), line + 20 + (fall + 8 if fall else 0), tuple(marks))


def column(declared: Pattern) -> Part:
    """Tokens from top to bottom, the arcs to their right, and to their left where they run ahead."""
    labels = [clipped(token, _SIZE, _TOKEN) for token in declared.tokens]
    centres = [_ROW * index + _ROW / 2 for index in range(len(labels))]
    offs = _offs(declared, centres)
    back, ahead = _reach(declared, offs, ahead=False), _reach(declared, offs, ahead=True)
    left = 24 + (ahead + 2 if ahead else 0)  # a line has a width
    right = left + max(_token_width(declared, index, label) for index, label in enumerate(labels))
    marks = _arcs(declared, _Places(centres, right + 6, left - 22, upright=False), offs)
    for index, (label, centre) in enumerate(zip(labels, centres, strict=True)):
        marks.append(text(left, centre + 5, label, _token_class(declared, index), font_size=_SIZE))
        marks.append(text(left - 7, centre + 4, str(index), "survey-faint", font_size=_INDEX, text_anchor="end"))
    return Part(right + back + 14, _ROW * len(labels), tuple(marks))


def _token_class(declared: Pattern, index: int) -> str:
    return "survey-token survey-token-used" if _is_used(declared, index) else "survey-token"


def _token_width(declared: Pattern, index: int, label: str) -> float:
    return text_width(label, _SIZE) * (_BOLD if _is_used(declared, index) else 1)


def _is_used(declared: Pattern, index: int) -> bool:
    return any(index in {arrow.origin, arrow.to} for arrow in declared.attends)


@dataclass(frozen=True, slots=True)
class _Off:
    """How a line runs: how far it stands off the tokens, whether it is joined to others, and how far it is moved."""

    far: float
    joined: bool = False
    moved: float = 0


@dataclass(frozen=True, slots=True)
class _Places:
    """Where tokens stand, and the two lines on which arrows that run back and ahead begin and end."""

    centres: Sequence[float]
    back: float
    ahead: float
    upright: bool  #: Whether tokens stand in a row, and arcs on it.


def _offs(declared: Pattern, centres: Sequence[float]) -> list[_Off]:
    """Return how each arrow's line runs, in their order."""
    back, ahead = (_rails(declared, centres, ahead=ahead) for ahead in (False, True))
    backward = [arrow for arrow in declared.attends if arrow.to < arrow.origin]
    ends, starts = {arrow.to for arrow in backward}, {arrow.origin for arrow in backward}

    def off(arrow: Attends) -> _Off:
        if arrow.to == arrow.origin:  # a loop makes room for the lines that end or start where it stands
            return _Off(_bulge(centres, arrow), moved=-4 if arrow.to in ends else 5 if arrow.to in starts else 0)
        return (ahead if arrow.to > arrow.origin else back).get(arrow.to) or _Off(_bulge(centres, arrow))

    return [off(arrow) for arrow in declared.attends]


def _read_by_many(declared: Pattern) -> list[int]:
    """Return the tokens that many others read, if these stand out from the rest."""
    counts = Counter(arrow.to for arrow in declared.attends if arrow.to != arrow.origin)
    many = sorted(to for to, count in counts.items() if count >= _MANY)
    return many if len(many) <= _FEW else []


def _rails(declared: Pattern, centres: Sequence[float], *, ahead: bool) -> dict[int, _Off]:
    """Return the lines that are joined on one side by the token at which they end, the outermost for the farthest."""
    here = [arrow for arrow in declared.attends if (arrow.to > arrow.origin if ahead else arrow.to < arrow.origin)]
    ends = {arrow.to for arrow in here}
    many = [to for to in _read_by_many(declared) if to in ends]
    arcs = [_bulge(centres, arrow) for arrow in here if arrow.to not in many]
    first = max([_RAIL, *(arc + _BETWEEN_RAILS for arc in arcs)])
    inward = many if ahead else many[::-1]
    return {to: _Off(first + _BETWEEN_RAILS * rank, joined=True) for rank, to in enumerate(inward)}


def _bulge(centres: Sequence[float], arrow: Attends) -> float:
    return min(20 + 0.3 * abs(centres[arrow.origin] - centres[arrow.to]), 110)


def _reach(declared: Pattern, offs: Sequence[_Off], *, ahead: bool) -> float:
    """Return how far the farthest line on one side stands off the tokens."""
    pairs = zip(declared.attends, offs, strict=True)
    return max((off.far for arrow, off in pairs if (arrow.to > arrow.origin) == ahead), default=0)


def _arcs(declared: Pattern, places: _Places, offs: Sequence[_Off]) -> list[Element]:
    return [_arc(declared, arrow, places, off) for arrow, off in zip(declared.attends, offs, strict=True)]


def _arc(declared: Pattern, arrow: Attends, places: _Places, off: _Off) -> Element:
    """Return a line from a token to the token that it reads, with a head at what is read."""
    forward = arrow.to > arrow.origin
    base = places.ahead if forward else places.back
    away = 1 if forward == places.upright else -1
    turn = 5 if arrow.to == arrow.origin else 3 if forward else -3
    start = places.centres[arrow.origin] + turn + off.moved
    end = places.centres[arrow.to] - turn + off.moved + (2 if off.joined and not forward else 0)

    def at(along: float, far: float) -> str:
        return coordinates(along, base + away * far) if places.upright else coordinates(base + away * far, along)

    if off.joined:
        corner = min(_TURN, abs(end - start) / 2) * (1 if forward else -1)
        rail, near = off.far, off.far - abs(corner)
        curve = (
            f"M{at(start, 0)}L{at(start, near)}Q{at(start, rail)} {at(start + corner, rail)}"
            f"L{at(end - corner, rail)}Q{at(end, rail)} {at(end, near)}L{at(end, 6)}"
        )
    else:
        control = off.far / 0.75  # a curve reaches three quarters of the way to its control points
        curve = f"M{at(start, 0)}C{at(start, control)} {at(end, control)} {at(end, 6)}"
    tip = f"M{at(end, 0)}L{at(end - 3.5, 7)} {at(end + 3.5, 7)}Z"
    return element(
        "g",
        reading(declared, arrow),
        element("path", d=curve, fill="none", stroke="none", stroke_width=_REACH, pointer_events="stroke"),
        path(curve, "survey-arc"),
        path(tip, "survey-arc-tip"),
        class_=pair(declared, arrow),
        opacity=opacity(arrow.weight),
    )
