"""Drawings as files of their own, for books: no style sheet, no links, and the legend is part of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.figures.looks import BACKGROUND, look, shade_of
from survey.figures.svg import BROAD, NAMESPACE, NARROW, Element, element, number, rect, render, text, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MARGIN = 6  #: Around a figure: guessed texts may be longer, and outlines reach half their width beyond.
_GAP = 10  #: Between a legend and a drawing.
_WIDE = 680  #: Of a legend that stands by itself.
_SIZE, _LINE = 12, 19  #: Of the words of a legend, and of its lines.
_SWATCH, _BETWEEN = 18, 18  #: The room of a swatch before its words, and between entries.


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as a file."""

    svg: str  #: The text of the file.
    width: float
    height: float
    words: str  #: What it shows, for those who don't see it.


def picture(parts: Iterable[Element], *, margin: float = MARGIN) -> Picture | None:
    """Return what a figure draws as one picture: the wide layout, with its legend; None if there is nothing to draw."""
    parts = tuple(parts)
    drawings = [part for part in parts if _is_drawing(part)]
    legends = [part for part in parts if "survey-legend" in _classes(part)]
    if not drawings and not legends:
        return None
    width = max([float(_given(part, "width")) for part in drawings] or [_WIDE])
    top, found = 0.0, []
    for part in (*legends, *drawings):
        marks, height = _drawn(part) if part in drawings else _legend(part, width)
        found.append(element("g", *marks, transform=f"translate({number(margin)} {number(top + margin)})"))
        top += height + _GAP
    width, height = width + 2 * margin, top - _GAP + 2 * margin
    title, words = _words(drawings) if drawings else ("", "; ".join(_entry_words(at) for at in _entries(legends)))
    root = element(
        "svg",
        element("title", title or words),
        element("desc", words) if title else None,
        rect(0, 0, width, height, "", fill=BACKGROUND),
        *found,
        xmlns=NAMESPACE,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        font_family="sans-serif",
    )
    written = f'<?xml version="1.0" encoding="UTF-8"?>\n{render(_plain(root, 0), lambda _: None)}\n'
    return Picture(written, width, height, f"{title}. {words}" if title else words)


def _is_drawing(part: Element) -> bool:
    classes = _classes(part)
    return "survey-drawing" in classes and not {NARROW, BROAD} & {*classes}


def _classes(part: Element) -> list[str]:
    return _given(part, "class").split()


def _given(part: Element, attribute: str) -> str:
    return str(dict(part.attributes).get(attribute, ""))


def _words(drawings: Sequence[Element]) -> tuple[str, str]:
    """Return the title of the first drawing, and the descriptions of all."""
    found = {
        name: [str(child.children[0]) for part in drawings for child in _elements(part) if child.name == name]
        for name in ("title", "desc")
    }
    return found["title"][0], " ".join(found["desc"])


def _elements(part: Element) -> Iterator[Element]:
    return (child for child in part.children if isinstance(child, Element))


def _drawn(part: Element) -> tuple[list[Element], float]:
    """Return a drawing without its name, which becomes that of the whole, and its height."""
    marks = [child for child in _elements(part) if child.name not in {"title", "desc"}]
    return [element("g", *marks, class_=_given(part, "class"))], float(_given(part, "height"))


# Legends: lists of HTML, drawn in lines


def _entries(legends: Iterable[Element]) -> list[Element]:
    return [entry for legend in legends for entry in _elements(legend)]


def _entry_words(entry: Element) -> str:
    return "".join(child for child in entry.children if isinstance(child, str)).strip()


def _legend(part: Element, width: float) -> tuple[list[Element], float]:
    """Return the entries of a legend in lines of a width, and their height."""
    x, top, found = 0.0, 0.0, []
    for entry in _entries([part]):
        words = _entry_words(entry)
        takes = _SWATCH + text_width(words, _SIZE)
        if x and x + takes > width:
            x, top = 0.0, top + _LINE
        for swatch in _elements(entry):
            place = f"translate({number(x)} {number(top + 2)})"
            found.append(element("g", *swatch.children, transform=place, class_=_given(swatch, "class")))
        found.append(text(x + _SWATCH, top + 12, words, "", font_size=_SIZE))
        x += takes + _BETWEEN
    return found, top + _LINE


# Without a style sheet


def _plain(tree: Element, around: int) -> Element:
    """Return a tree whose elements have attributes instead of classes, and lead nowhere."""
    classes = _classes(tree)
    shade = shade_of(classes, around)
    given = tuple(at for at in tree.attributes if at[0] not in {"class", "href", "aria-label"})
    looks = look(tree.name, classes, shade)
    for name, _ in given:
        looks.pop(name, None)
    children = tuple(child if isinstance(child, str) else _plain(child, shade) for child in tree.children)
    return Element("g" if tree.name == "a" else tree.name, (*given, *looks.items()), children)
