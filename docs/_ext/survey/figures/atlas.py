"""The atlas: a model's heads as a grid of layers by heads, with what has been named in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.records.modelheads import AT
from survey.figures.legends import legend, stages, swatch
from survey.figures.looks import shade_class
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
    from survey.catalogue.views.atlas import Cell, Claim, Grid, Role

_SMALL = 11
LEFT, TOP = 34, 32  #: Room for the numbers of layers and heads.
_WIDE, _HIGH, _NARROW = 640, 480, 294  #: How much a grid may take.
_LARGEST = 24  #: A cell, in a small model: as much as a finger needs.
_BETWEEN = 22  #: The least distance between two numbers on an axis.
_STEPS = (1, 2, 4, 5, 8, 10, 16, 20, 32, 40)


def grid(data: Grid) -> tuple[Element, ...]:
    """Return the grid of a model, and for narrow screens its heads by layer if cells would be too small for a finger.

    There is nothing if the size of the model isn't known.
    """
    if data.layers is None or data.heads is None:
        return ()
    cell = min(_LARGEST, _WIDE / data.heads, _HIGH / data.layers)
    if cell >= _LARGEST and cell * data.heads <= _NARROW:
        return (_grid(data, data.layers, data.heads, cell, ""),)
    return (_grid(data, data.layers, data.heads, cell, WIDE), _by_layer(data))


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


def _by_layer(data: Grid) -> Element:
    """Return the named heads as a list, a line for each layer that has any."""
    layers: dict[int, list[Cell]] = {}
    for cell in data.cells:
        layers.setdefault(cell.layer, []).append(cell)
    rows = []
    for layer, cells in layers.items():
        name = element("span", _("layer {layer}").format(layer=layer), class_="survey-layer")
        rows.append(element("li", name, *(_chip(data, cell) for cell in cells)))
    return element("ul", *rows, class_=f"survey-by-layer {NARROW}")


def _chip(data: Grid, cell: Cell) -> Element:
    """Return a head in the color of its first stage, large enough for a finger."""
    look = "survey-hollow" if cell.inferred else "survey-full"
    classes = f"survey-cell {look} {shade_class(cell.shades[0])} {_role_classes(cell)}".strip()
    target = Target.here(data.anchor(cell))
    return element("a", cell.label, href=target, aria_label=sentence(cell), class_=classes)


def _role_classes(cell: Cell) -> str:
    return " ".join(f"survey-role-{role.tag.id}" for role in cell.roles if role.tag.id)


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
    return link(
        Target.here(data.anchor(cell)),
        sentence(cell),
        *marks(cell, x, y, size),
        classes=f"survey-cell {_role_classes(cell)}".strip(),
    )


def marks(cell: Cell, x: float, y: float, size: float) -> list[Element]:
    """Return what a named head looks like: a strip for each stage of its roles, and marks for more."""
    inset = min(1.0, size / 8)
    side = size - 2 * inset
    strip = side / len(cell.shades)
    look = "survey-hollow" if cell.inferred else "survey-full"
    found = [
        rect(x + inset + strip * index, y + inset, strip, side, f"{look} {shade_class(shade)}")
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
    """Return what the marks of a grid lead to: of each head the roles with definition, tests and sources, and links."""
    hint = element("li", _("Choose a mark to see its roles and sources, with links."), class_="survey-hint")
    found = [
        element(
            "li",
            element("strong", element("a", cell.label, href=Target(AT, f"{data.tag.id} {cell.label}"))),
            *(part for role in cell.roles for part in _card_role(role)),
            id=data.anchor(cell),
        )
        for cell in data.cells
    ]
    return element("ul", *found, hint, class_="survey-cards")


def _card_role(role: Role) -> list[Element | str]:
    """Return what a head is said to do, and below it who says so, by which tests."""
    name = element("a", role.tag.name, href=Target("head", role.tag.id)) if role.tag.id else role.tag.name
    says = element("span", role.definition, class_="survey-card-definition") if role.definition else None
    claims = [element("span", *_claim(claim), class_="survey-card-claim") for claim in dict.fromkeys(role.claims)]
    return [" ", element("span", name, ". " if says is not None else None, says, *claims, class_="survey-card-role")]


def _claim(claim: Claim) -> list[Element | str]:
    parts: list[Element | str] = [claim.words]
    if claim.paper is not None:
        parts = [element("a", claim.words, href=Target("paper", claim.paper))]
    elif claim.url is not None:
        parts = [element("a", claim.words, href=claim.url, rel="noopener")]
    if claim.inferred:
        parts.append(_(" (inferred)"))
    if claim.tests:
        parts.append(_(", tested by {methods}").format(methods=", ".join(claim.tests)))
    elif claim.observations:
        parts.append(_(", observed by {methods}").format(methods=", ".join(claim.observations)))
    if claim.caveat:
        parts += [". ", element("strong", claim.caveat)]
    return parts
