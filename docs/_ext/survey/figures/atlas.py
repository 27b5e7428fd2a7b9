"""The atlas: a model's heads as a grid of layers by heads, with what has been named in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.figures.legends import legend, stages, swatch
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
)
from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.catalogue.views import Tag
    from survey.catalogue.views.atlas import Cell, Grid, Role

_SMALL = 11
LEFT, TOP = 34, 32  #: Room for the numbers of layers and heads.
_WIDE, _HIGH, _NARROW = 640, 480, 294  #: How much a grid may take.
_LARGEST = 24  #: A cell, in a small model.
_BETWEEN = 22  #: The least distance between two numbers on an axis.
_STEPS = (1, 2, 4, 5, 8, 10, 16, 20, 32, 40)


def anchor(model: str, cell: Cell) -> str:
    """Return the anchor of a position on the pages that show it."""
    return f"{model}-{cell.label}"


def grid(data: Grid) -> tuple[Element, ...]:
    """Return the grid of a model, wide and narrow; nothing if its size isn't known."""
    if data.layers is None or data.heads is None:
        return ()
    cell = min(_LARGEST, _WIDE / data.heads, _HIGH / data.layers)
    if cell * data.heads <= _NARROW:
        return (_grid(data, data.layers, data.heads, cell, ""),)
    narrow = _NARROW / data.heads
    return (_grid(data, data.layers, data.heads, cell, WIDE), _grid(data, data.layers, data.heads, narrow, NARROW))


def _grid(data: Grid, layers: int, heads: int, size: float, layout: str) -> Element:
    width, height = size * heads, size * layers
    marks = [path(lines(layers, heads, size), "survey-grid-lines"), *axes(layers, heads, size)]
    marks += [_cell(data, cell, size) for cell in data.cells if cell.layer < layers and cell.head < heads]
    description = _(
        "{layers} layers from top to bottom, {heads} heads from left to right. {named} of {all} heads have been named, "
        "in {roles} roles. A list follows."
    ).format(layers=layers, heads=heads, named=len(data.cells), all=layers * heads, roles=len(data.roles))
    return drawing(
        LEFT + width + 2,
        TOP + height + 2,
        _("Known heads of {model}").format(model=data.tag.name),
        description,
        *marks,
        classes=f"survey-grid {layout}".strip(),
    )


def lines(layers: int, heads: int, size: float) -> str:
    """Return the lines between the cells of a grid, as the points of a path."""
    width, height = size * heads, size * layers
    across = "".join(f"M{LEFT} {number(TOP + size * layer)}h{number(width)}" for layer in range(layers + 1))
    return across + "".join(f"M{number(LEFT + size * head)} {TOP}v{number(height)}" for head in range(heads + 1))


def axes(layers: int, heads: int, size: float) -> list[Element]:
    """Return the numbers of layers and heads beside a grid."""
    found = [
        text(LEFT, 10, _("head →"), "survey-faint", font_size=_SMALL),
        text(0, TOP - 5, _("layer"), "survey-faint", font_size=_SMALL),
    ]
    for head in range(0, heads, _step(size)):
        x = LEFT + size * (head + 0.5)
        found.append(text(x, TOP - 5, str(head), "survey-faint", font_size=_SMALL, text_anchor="middle"))
    for layer in range(0, layers, _step(size, 13)):
        y = TOP + size * (layer + 0.5) + 4
        found.append(text(LEFT - 5, y, str(layer), "survey-faint", font_size=_SMALL, text_anchor="end"))
    return found


def _step(size: float, between: float = _BETWEEN) -> int:
    """Return how many rows or columns go to one number on the axis."""
    return next((step for step in _STEPS if step * size >= between), 64)


def _cell(data: Grid, cell: Cell, size: float) -> Element:
    x, y = LEFT + size * cell.head, TOP + size * cell.layer
    roles = " ".join(f"survey-role-{role.tag.id}" for role in cell.roles if role.tag.id)
    return link(
        Target.here(anchor(data.tag.id, cell)),
        sentence(cell),
        *marks(cell, x, y, size),
        classes=f"survey-cell {roles}".strip(),
    )


def marks(cell: Cell, x: float, y: float, size: float) -> list[Element]:
    """Return what a named head looks like: a strip for each stage of its roles, and marks for more."""
    inset = min(1.0, size / 8)
    side = size - 2 * inset
    strip = side / len(cell.shades)
    look = "survey-hollow" if cell.inferred else "survey-full"
    found = [
        rect(x + inset + strip * index, y + inset, strip, side, f"{look} survey-shade-{shade}")
        for index, shade in enumerate(cell.shades)
    ]
    if cell.several:
        found.append(several_mark(x + size / 2, y + size / 2, size))
    if cell.agreed:
        found.append(agreed_mark(x + size - inset, y + inset, size))
    return found


def several_mark(x: float, y: float, size: float) -> Element:
    """Return the mark of a head with several roles: a dot in its middle."""
    return element("circle", cx=x, cy=y, r=size / 6, class_="survey-mark")


def agreed_mark(x: float, y: float, size: float) -> Element:
    """Return the mark of a head whose role two papers give: its upper right corner."""
    corner = number(size * 0.38)
    return path(f"M{number(x)} {number(y)}h-{corner}l{corner} {corner}z", "survey-mark")


def sentence(cell: Cell) -> str:
    """Return a position with its roles and who gives them: the name of its mark."""
    return f"{cell.label}: {'; '.join(f'{role.tag.name} ({_sources(role)})' for role in cell.roles)}"


def _sources(role: Role) -> str:
    inferred = _("{source}, inferred")
    words = (inferred.format(source=claim.words) if claim.inferred else claim.words for claim in role.claims)
    return "; ".join(dict.fromkeys(words))


def explanation(tags: Sequence[Tag]) -> Element:
    """Return the legend of all grids."""
    both = element("g", rect(1, 1, 10, 10, "survey-full"))
    return legend(
        *stages(tags),
        (swatch(rect(1, 1, 10, 10, "survey-full")), _("a role that is no type of this survey")),
        (swatch(rect(1, 1, 10, 10, "survey-hollow")), _("inferred from a source, not stated by it")),
        (swatch(element("g", both, several_mark(6, 6, 14))), _("several roles")),
        (swatch(element("g", both, agreed_mark(11, 1, 14))), _("one role, given by two papers or more")),
    )


def cards(data: Grid) -> Element:
    """Return what the marks of a grid lead to: for each position its roles and sources, with links."""
    hint = element("li", _("Choose a mark to see its roles and sources, with links."), class_="survey-hint")
    found = [
        element(
            "li",
            element("strong", cell.label),
            *(part for role in cell.roles for part in _card_role(role)),
            id=anchor(data.tag.id, cell),
        )
        for cell in data.cells
    ]
    return element("ul", *found, hint, class_="survey-cards")


def _card_role(role: Role) -> list[Element | str]:
    name = element("a", role.tag.name, href=Target("head", role.tag.id)) if role.tag.id else role.tag.name
    parts: list[Element | str] = [" ", name]
    for index, claim in enumerate(dict.fromkeys(role.claims)):
        parts.append(", " if index else ": ")
        if claim.paper is not None:
            parts.append(element("a", claim.words, href=Target("paper", claim.paper)))
        elif claim.url is not None:
            parts.append(element("a", claim.words, href=claim.url, rel="noopener"))
        else:
            parts.append(claim.words)
        if claim.inferred:
            parts.append(_(" (inferred)"))
        if claim.caveat:
            parts += [" ", element("strong", claim.caveat)]
    return [element("span", *parts, class_="survey-card-role")]
