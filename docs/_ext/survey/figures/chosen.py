"""The grids of heads that a detector or score has chosen: one path for each color and strength, without links."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from survey.catalogue.views.chosen import STRENGTHS
from survey.figures.atlas import LEFT, TOP, axes, lines
from survey.figures.legends import legend, stages, swatch
from survey.figures.looks import shade_class
from survey.figures.svg import Element, drawing, element, number, path, rect
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from survey.catalogue.views import Tag
    from survey.catalogue.views.chosen import ChosenGrid, Marks

_WIDTH = 288  #: What the heads of a layer take, so that the grid fits a narrow screen as it is.
_LARGEST, _LOWEST = 14, 4.5  #: A cell.


def grids(data: ChosenGrid) -> tuple[Element, ...]:
    """Return the grid of the query heads and that of the key-value heads, as far as any were chosen and sizes known."""
    found = []
    if data.marks and data.layers is not None and data.heads is not None:
        title = _("Heads chosen by a detector or score in {model}").format(model=data.tag.name)
        found.append(_grid(title, data.layers, data.heads, data.marks, data.named))
    if data.kv_marks and data.layers is not None and data.kv_heads is not None:
        title = _("Key-value heads chosen by a detector or score in {model}").format(model=data.tag.name)
        found.append(_grid(title, data.layers, data.kv_heads, data.kv_marks, ()))
    return tuple(found)


def explanation(tags: Sequence[Tag]) -> Element:
    """Return the legend of all these grids."""
    steps = [
        rect(1 + 2.5 * (step - 1), 1, 2.5, 10, f"survey-full survey-strength-{step}")
        for step in range(1, STRENGTHS + 1)
    ]
    named = rect(1.5, 1.5, 9, 9, "survey-named")
    return legend(
        *stages(tags),
        (
            swatch(element("g", *steps)),
            _("a stronger tint: higher in its list by rank or score (quarters of the list)"),
        ),
        (swatch(named), _("named by a source as well, whatever the role")),
    )


def _grid(title: str, layers: int, heads: int, marks: Sequence[Marks], named: Sequence[tuple[int, int]]) -> Element:
    size = max(_LOWEST, min(_LARGEST, _WIDTH / heads))
    strips = _strips(marks)
    paths = [_path(mark, size, layers, heads, strips) for mark in marks]
    outlines = "".join(
        f"M{number(LEFT + size * head)} {number(TOP + size * layer)}h{number(size)}v{number(size)}h-{number(size)}z"
        for layer, head in named
        if layer < layers and head < heads
    )
    if outlines:
        paths.append(path(outlines, "survey-named"))
    description = _(
        "{layers} layers from top to bottom, {heads} heads from left to right. {chosen} of {all} have been chosen. "
        "Lists follow."
    ).format(layers=layers, heads=heads, chosen=len(strips), all=layers * heads)
    return drawing(
        LEFT + size * heads + 2,
        TOP + size * layers + 2,
        title,
        description,
        path(lines(layers, heads, size), "survey-grid-lines"),
        *axes(layers, heads, size),
        *paths,
        classes="survey-grid",
        role="img",
    )


def _strips(marks: Sequence[Marks]) -> Mapping[tuple[int, int], list[int]]:
    """Return for each head the stages whose colours share its cell."""
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for mark in marks:
        for at in mark.at:
            found[at].append(mark.shade)
    return found


def _path(mark: Marks, size: float, layers: int, heads: int, strips: Mapping[tuple[int, int], list[int]]) -> Element:
    def cells() -> Iterator[str]:
        for layer, head in mark.at:
            if layer < layers and head < heads:
                shades = strips[layer, head]
                wide = size / len(shades)
                x, y = LEFT + size * head + wide * shades.index(mark.shade), TOP + size * layer
                yield f"M{number(x)} {number(y)}h{number(wide)}v{number(size)}h-{number(wide)}z"

    return path("".join(cells()), f"survey-full {shade_class(mark.shade)} survey-strength-{mark.strength}")
