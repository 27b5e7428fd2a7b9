"""What the tests of figures share: records made without files, and a look at what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from survey.catalogue.schema.fields import Pattern
from survey.catalogue.views import CategoryView, EntryCard, Tag
from survey.catalogue.views.atlas import Cell, Claim, Grid, Role
from survey.catalogue.views.counting import Heads
from survey.figures.svg import Element, Target, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
