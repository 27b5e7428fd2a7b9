"""What the tests of figures share: records made without files, and a look at what is drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from survey.catalogue.schema.fields import Pattern
from survey.catalogue.views import CategoryView, EntryCard, Tag
from survey.catalogue.views.atlas import Cell, Claim, Grid, Role
from survey.catalogue.views.counting import Heads
from survey.figures.svg import Element, Target, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ROUNDED = 0.1  #: Numbers in drawings have two decimals.

SVG = "{http://www.w3.org/2000/svg}"


def address(target: Target) -> str:
    """Return an address for every target."""
    return f"{target.kind}/{target.key}#{target.anchor}"


def parsed(tree: Element) -> ET.Element:
    """Return a drawing as a reader of XML gets it."""
    return ET.fromstring(render(tree, address))


def marks(tree: Element) -> list[ET.Element]:
    """Return the links of a drawing."""
    return list(parsed(tree).iter(f"{SVG}a"))


def name_of(mark: ET.Element) -> str:
    """Return the name of a link of a drawing, or of a list that stands for one."""
    return mark.findtext(f"{SVG}title") or mark.attrib["aria-label"]


def chips(tree: Element) -> list[ET.Element]:
    """Return the heads of a list for narrow screens, which is HTML."""
    return list(parsed(tree).iter("a"))


def named(trees: Iterable[Element]) -> bool:
    """Say whether every drawing, and every mark in it, has a name."""
    roots = [parsed(tree) for tree in trees]
    everything = [*roots, *(mark for root in roots for mark in root.iter(f"{SVG}a"))]
    return all((at.findtext(f"{SVG}title") or "").strip() for at in everything)


def size(tree: Element) -> tuple[float, float]:
    """Return width and height of a drawing."""
    root = parsed(tree)
    return float(root.attrib["width"]), float(root.attrib["height"])


def tag(key: str, shade: int = 1, kind: str = "head") -> Tag:
    """Return a tag named after its id."""
    return Tag(kind, key, f"{key.title()} Head", shade)


def role(key: str, *papers: str, shade: int = 1, inferred: bool = False) -> Role:
    """Return a role that papers give."""
    return Role(tag(key, shade), tuple(Claim(paper, paper, None, inferred) for paper in papers))


def grid(cells: Sequence[Cell], layers: int | None = 4, heads: int | None = 4) -> Grid:
    """Return a model with named heads."""
    return Grid(Tag("model", "m", "M"), layers, heads, tuple(cells), 1, Heads(stated=len(cells)), (), (), "m-")


def stage(key: str, shade: int, counts: Sequence[int]) -> tuple[Tag, tuple[CategoryView, ...]]:
    """Return a stage with one category, whose heads have so many papers."""
    cards = tuple(EntryCard(tag(f"{key}-{at}", shade), count, None) for at, count in enumerate(counts))
    return tag(key, shade, "stage"), (CategoryView("c", "Category", "What it is.", cards),)


def pattern(tokens: Sequence[str], *attends: tuple[int, int, float], bidirectional: bool = False) -> Pattern:
    """Return a pattern."""
    arrows = [{"from": origin, "to": to, "weight": weight} for origin, to, weight in attends]
    return Pattern.model_validate(
        {"tokens": tokens, "attends": arrows, "caption": "What to see.", "bidirectional": bidirectional}
    )


def misdrawn(tree: Element) -> list[str]:
    """Return the squares and discs that cannot be seen: without a size, or beyond the sides of the drawing."""
    width, _height = size(tree)
    found = []
    for mark, left in _placed(parsed(tree), 0):
        at = {name: float(mark.attrib.get(name, 0)) for name in ("x", "width", "height", "cx", "r")}
        if mark.tag == f"{SVG}rect":
            start, end, seen = left + at["x"], left + at["x"] + at["width"], min(at["width"], at["height"]) > 0
        else:
            start, end, seen = left + at["cx"] - at["r"], left + at["cx"] + at["r"], at["r"] > 0
        if not seen or start < -_ROUNDED or end > width + _ROUNDED:
            found.append(ET.tostring(mark, encoding="unicode"))
    return found


def _placed(mark: ET.Element, left: float) -> Iterator[tuple[ET.Element, float]]:
    """Yield the squares and discs in a mark, with how far they have been moved."""
    moved = re.fullmatch(r"translate\((\S+) \S+\)", mark.attrib.get("transform", ""))
    left += float(moved[1]) if moved else 0
    if mark.tag in {f"{SVG}rect", f"{SVG}circle"}:
        yield mark, left
    for child in mark:
        yield from _placed(child, left)
