"""The flow between heads in one task: steps in layers, from the top down, and numbered arrows for what passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.catalogue.schema.flows import ranks
from survey.figures.looks import shade_class
from survey.figures.svg import (
    NARROW,
    WIDE,
    Element,
    Target,
    coordinates,
    drawing,
    element,
    link,
    number,
    path,
    rect,
    text,
    wrapped,
)
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from survey.catalogue.schema.flows import Flow, FlowNode
    from survey.catalogue.views.declared_figures import FlowData

_WIDE, _NARROW = 680, 332
_BOX, _PASS = 190, 46  #: The width of a box, and of the way that an arrow takes past the boxes of a layer.
_LEAST = 100  #: A box that would have to be narrower has no room for words.
_GAP, _BETWEEN = 20, 64  #: Between boxes of a layer, and between layers.
_SIZE, _SMALL, _LINE = 13, 12, 16
_BOLD = 1.1  #: How much wider bold letters are.
_LANE = 17  #: Between arrows beside each other, where steps are listed.
_INSET = 9
_BADGE = 9


@dataclass(frozen=True, slots=True)
class _Box:
    """A step with its words broken into lines."""

    node: FlowNode
    name: str
    words: tuple[str, ...]  #: The name.
    notes: tuple[str, ...]  #: Where it acts and sits.
    shade: int
    inferred: bool

    @property
    def height(self) -> float:
        return _LINE * (len(self.words) + len(self.notes)) + 2 * _INSET - 3

    def drawn(self, x: float, y: float, width: float) -> Element:
        """Return the box with its upper left corner at a point."""
        look = "survey-box survey-box-inferred" if self.inferred else "survey-box"
        marks = [rect(x, y, width, self.height, look, rx=5)]
        line = y + _INSET + 10
        for words in self.words:
            marks.append(text(x + width / 2, line, words, "survey-box-name", font_size=_SIZE, text_anchor="middle"))
            line += _LINE
        for words in self.notes:
            marks.append(text(x + width / 2, line, words, "survey-box-note", font_size=_SMALL, text_anchor="middle"))
            line += _LINE
        shade = shade_class(self.shade)
        if self.node.head is None:
            return element("g", *marks, class_=shade)
        return link(Target("head", self.node.head), self.name, *marks, classes=shade)


def flow(declared: Flow, data: FlowData) -> tuple[Element, ...]:
    """Return the picture of a flow without faults, wide and narrow.

    Where a layer has more boxes than fit, or more arrows pass by it, the wide one lists the steps too.
    """
    title = declared.title
    description = _("{steps} steps and {arrows} numbered arrows. A list follows.").format(
        steps=len(declared.nodes), arrows=len(declared.edges)
    )
    wide, narrow = _layered(declared, data) or _listed(declared, data, _WIDE), _listed(declared, data, _NARROW)
    return tuple(
        drawing(width, height, title, description, *marks, classes=f"survey-flow {layout}")
        for layout, (width, height, marks) in ((WIDE, wide), (NARROW, narrow))
    )


def node_name(node: FlowNode, data: FlowData) -> str:
    """Return what a step is called."""
    names = {tag.id: tag.name for tag in data.heads}
    return node.text or names.get(node.head or "", node.head or node.id)


def _box(node: FlowNode, data: FlowData, width: float) -> _Box:
    room = width - 2 * _INSET
    name = node_name(node, data)
    place = _("at {token}").format(token=node.token) if node.token else ""
    notes = wrapped(place, _SMALL, room)
    notes += wrapped(" ".join(node.at), _SMALL, room) if node.at else []
    where = "".join((f" {place}" if place else "", f": {', '.join(node.at)}" if node.at else ""))
    shades = {tag.id: tag.shade for tag in data.heads}
    stated = any((node.head, at) in data.stated for at in node.at)
    return _Box(
        node,
        f"{name}{where}",
        tuple(wrapped(name, _SIZE * _BOLD, room)),
        tuple(notes),
        shades.get(node.head or "", 0),
        bool(node.at) and not stated,
    )


# Wide: layers of boxes


@dataclass(slots=True)
class _Slot:
    """A place in a layer: of a box, or of an arrow that passes by."""

    node: str = ""
    edge: int = -1
    x: float = 0  #: Its middle.


def _layered(declared: Flow, data: FlowData) -> tuple[float, float, list[Element]] | None:
    """Return the steps in layers, or None if the page isn't wide enough."""
    layers = _layers(declared)
    most = max(sum(1 for slot in layer if slot.node) for layer in layers)
    passes = max(sum(1 for slot in layer if not slot.node) for layer in layers)
    width = min(_BOX, (_WIDE - passes * (_PASS + _GAP)) / most - _GAP)
    if width < _LEAST:
        return None
    boxes = {node.id: _box(node, data, width) for node in declared.nodes}
    for layer in layers:
        _place(layer, width)
    tops, top = [], 2.0
    for layer in layers:
        tops.append(top)
        top += max(boxes[slot.node].height for slot in layer if slot.node) + _BETWEEN
    slots = {slot.node or slot.edge: (level, slot) for level, layer in enumerate(layers) for slot in layer if slot.node}
    marks = _arrows(declared, layers, tops, boxes, width)
    marks += [
        boxes[node].drawn(slot.x - width / 2, tops[level], width)
        for node, (level, slot) in slots.items()
        if isinstance(node, str)
    ]
    return _WIDE, top - _BETWEEN + 2, marks


def _layers(declared: Flow) -> list[list[_Slot]]:
    """Return the layers with their slots in an order that keeps arrows short."""
    rank = ranks(declared)
    layers: list[list[_Slot]] = [[] for _ in range(max(rank.values()) + 1)]
    for node in declared.nodes:
        layers[rank[node.id]].append(_Slot(node=node.id))
    for index, edge in enumerate(declared.edges):
        for level in range(rank[edge.origin] + 1, rank[edge.to]):
            layers[level].append(_Slot(edge=index))
    for level in range(1, len(layers)):
        before = {
            slot.node or f"#{slot.edge}": at / len(layers[level - 1]) for at, slot in enumerate(layers[level - 1])
        }

        def wanted(slot: _Slot, before: Mapping[str, float] = before) -> float:
            sources = [
                before.get(f"#{index}", before.get(edge.origin, 0.5))
                for index, edge in enumerate(declared.edges)
                if (edge.to == slot.node if slot.node else index == slot.edge)
            ]
            return sum(sources) / len(sources) if sources else 0.5

        layers[level].sort(key=wanted)
    return layers


def _place(layer: Sequence[_Slot], width: float) -> None:
    """Spread the slots of a layer over the page."""
    widths = [width if slot.node else _PASS for slot in layer]
    gap = (_WIDE - sum(widths)) / (len(layer) + 1)
    x = gap
    for slot, takes in zip(layer, widths, strict=True):
        slot.x = x + takes / 2
        x += takes + gap


def _arrows(
    declared: Flow, layers: Sequence[Sequence[_Slot]], tops: Sequence[float], boxes: Mapping[str, _Box], width: float
) -> list[Element]:
    at = {slot.node: (level, slot.x) for level, layer in enumerate(layers) for slot in layer if slot.node}
    by_way = {(slot.edge, level): slot.x for level, layer in enumerate(layers) for slot in layer if not slot.node}
    ways = []  #: Of each edge the middles of the slots that it passes, with its ends.
    for index, edge in enumerate(declared.edges):
        (level, x), (end, end_x) = at[edge.origin], at[edge.to]
        ways.append([x, *(by_way[index, between] for between in range(level + 1, end)), end_x])
    marks = []
    for index, edge in enumerate(declared.edges):
        level, end = at[edge.origin][0], at[edge.to][0]
        outgoing = sorted((ways[i][1], i) for i, other in enumerate(declared.edges) if other.origin == edge.origin)
        incoming = sorted((ways[i][-2], i) for i, other in enumerate(declared.edges) if other.to == edge.to)
        x = ways[index][0] + _spread([i for _, i in outgoing].index(index), len(outgoing), width)
        end_x = ways[index][-1] + _spread([i for _, i in incoming].index(index), len(incoming), width)
        y = tops[level] + boxes[edge.origin].height
        points, badge = f"M{coordinates(x, y)}", None
        stops = [*zip(ways[index][1:-1], range(level + 1, end), strict=True), (end_x, end)]
        for next_x, reached in stops:
            next_y = tops[reached] - (7 if reached == end else 0)
            middle = (y + next_y) / 2
            points += f"C{coordinates(x, middle, next_x, middle, next_x, next_y)}"
            badge = badge or ((x + next_x) / 2, middle)
            if reached != end:
                next_y = tops[reached + 1] - _BETWEEN
                points += f"V{number(next_y)}"
            x, y = next_x, next_y
        tip = f"M{coordinates(end_x - 4.5, tops[end] - 8)}l4.5 8 4.5 -8z"
        marks.append(_arrow(points, tip, badge or (x, y), index))
    return marks


def _spread(place: int, count: int, width: float) -> float:
    """Return how far from the middle of a box the arrow at a place among several stands."""
    return (place - (count - 1) / 2) * min(26, width / (count + 1))


def _arrow(points: str, tip: str, badge: tuple[float, float], index: int) -> Element:
    x, y = badge
    return element(
        "g",
        path(points, "survey-arrow"),
        path(tip, "survey-arrow-tip"),
        element("circle", cx=x, cy=y, r=_BADGE, class_="survey-badge"),
        text(x, y + 4, str(index + 1), "survey-badge-number", font_size=_SMALL, text_anchor="middle"),
    )


# Narrow: one box under the other


def _listed(declared: Flow, data: FlowData, page: float) -> tuple[float, float, list[Element]]:
    rank = ranks(declared)
    order = sorted(declared.nodes, key=lambda node: rank[node.id])
    places = {node.id: place for place, node in enumerate(order)}
    lanes = _lanes([(places[edge.origin], places[edge.to]) for edge in declared.edges])
    beside = 28 + _BADGE  # of the lanes
    left = 84.0 if page == _NARROW else min(beside + _LANE * max(lanes), page / 2)
    step = min(_LANE, (left - beside) / max(*lanes, 1))
    width = page - left - 1
    marks: list[Element] = []
    tops: dict[str, tuple[float, float]] = {}  # upper edge, height
    top = 2.0
    for node in order:
        box = _box(node, data, width)
        tops[node.id] = (top, box.height)
        marks.append(box.drawn(left, top, width))
        top += box.height + 16
    for index, edge in enumerate(declared.edges):
        start, height = tops[edge.origin]
        end, end_height = tops[edge.to]
        incoming = sorted((lanes[i], i) for i, other in enumerate(declared.edges) if other.to == edge.to)
        goes_on = any(other.origin == edge.to for other in declared.edges)
        y = start + height / 2 + 4
        end_y = end + _entry(incoming.index((lanes[index], index)), len(incoming), end_height, goes_on=goes_on)
        x = left - 24 - step * lanes[index]
        points = f"M{coordinates(left, y)}C{coordinates(x, y, x, y, x, (y + end_y) / 2)}"
        points += f"S{coordinates(x, end_y, left - 7, end_y)}"
        tip = f"M{coordinates(left - 8, end_y - 4.5)}l8 4.5 -8 4.5z"
        marks.append(_arrow(points, tip, (x, (y + end_y) / 2), index))
    return page, top - 14, marks


def _entry(place: int, count: int, height: float, *, goes_on: bool) -> float:
    """Return how far below the upper edge of a box the arrow at a place among several ends.

    All come from above, so that the outer ones end below the inner ones; an arrow that goes on leaves in the middle.
    """
    room = height / 2 if goes_on else height - 8
    gap = min(10, (room - 12) / max(count - 1, 1))
    last = height / 2 - 4 if goes_on else height / 2 + gap * (count - 1) / 2
    return last - gap * (count - 1 - place)


def _lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return a lane for each span, so that no two in one lane overlap; short ones are the nearest."""
    taken: list[list[tuple[int, int]]] = []
    lanes = [0] * len(spans)
    for index, (start, end) in sorted(enumerate(spans), key=lambda item: item[1][1] - item[1][0]):
        free = (lane for lane, others in enumerate(taken) if all(end <= a or b <= start for a, b in others))
        lanes[index] = next(free, len(taken))
        if lanes[index] == len(taken):
            taken.append([])
        taken[lanes[index]].append((start, end))
    return lanes
