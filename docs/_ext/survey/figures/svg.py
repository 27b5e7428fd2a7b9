"""Drawings as trees of elements, which know what they link to but not where that is.

They are made while pages are read, kept with the page, and written when the addresses of other pages are known. All
text and every attribute is escaped here, and only here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from survey.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NAMESPACE = "http://www.w3.org/2000/svg"
#: The classes of the two layouts of a figure.
WIDE, NARROW = "survey-wide", "survey-narrow"
BROAD = "survey-broad"  #: For a page that has all the room.

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Elements that are never given content, in the short form that both HTML and XML take for them.
_EMPTY = frozenset({"circle", "line", "path", "rect"})


@dataclass(frozen=True, slots=True)
class Target:
    """What a mark links to: an object of the survey, a place on its page, or a place on the same page."""

    kind: str = ""  #: Empty for the same page.
    key: str = ""
    member: bool = False  #: Whether a member is meant where a family has the same id.
    anchor: str = ""

    def __reduce__(self) -> tuple[type[Target], tuple[Any, ...]]:
        """Be kept with the page as it is called."""
        return Target, (self.kind, self.key, self.member, self.anchor)

    @classmethod
    def here(cls, anchor: str) -> Target:
        """Return a place on the same page."""
        return cls(anchor=anchor)


@dataclass(frozen=True, slots=True)
class Element:
    """An element of SVG or, for legends and lists, of HTML."""

    name: str
    attributes: tuple[tuple[str, str | Target], ...]
    children: tuple[Element | str, ...]

    def __reduce__(self) -> tuple[type[Element], tuple[Any, ...]]:
        """Be kept with the page as it is called: what dataclasses do by themselves takes ten times as long."""
        return Element, (self.name, self.attributes, self.children)


def element(name: str, *children: Element | str | None, **attributes: str | float | Target | None) -> Element:
    """Return an element; ``class_`` and ``stroke_width`` stand for ``class`` and ``stroke-width``.

    Children and attributes that are None are left out.
    """
    given = tuple(
        (key.removesuffix("_").replace("_", "-"), _value(value))
        for key, value in attributes.items()
        if value is not None
    )
    return Element(name, given, tuple(child for child in children if child is not None))


def _value(value: str | float | Target) -> str | Target:
    return number(value) if isinstance(value, int | float) else value


def number(value: float) -> str:
    """Return a number as drawings have it: two decimals at most, and no '-0'."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def drawing(
    width: float,
    height: float,
    title: str,
    description: str,
    *children: Element | None,
    classes: str,
    role: str = "group",
) -> Element:
    """Return a whole picture with its name and description.

    The role is ``img`` for a picture without links: the marks of any other can be reached one by one.
    """
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        *children,
        xmlns=NAMESPACE,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role=role,
        class_=f"survey-drawing {classes}",
    )


def link(target: Target, name: str, *children: Element | None, classes: str = "") -> Element:
    """Return a mark that links somewhere, with the name that assistive technology and a hovering pointer give it.

    The name is the title alone: with a label beside it, what is seen would have to be a part of that word for word.
    """
    return element("a", element("title", name), *children, href=target, class_=classes or None)


def text(x: float, y: float, words: str, classes: str, **attributes: str | float | None) -> Element:
    """Return a line of text."""
    return element("text", words, x=x, y=y, class_=classes, **attributes)


def path(points: str, classes: str, **attributes: str | float | None) -> Element:
    """Return a path."""
    return element("path", d=points, class_=classes, **attributes)


def rect(x: float, y: float, width: float, height: float, classes: str, **attributes: str | float | None) -> Element:
    """Return a rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, class_=classes, **attributes)


def coordinates(*values: float) -> str:
    """Return numbers for a path."""
    return " ".join(number(value) for value in values)


def render(tree: Element | str, resolve: Callable[[Target], str | None], *, within: str = "span") -> str:
    """Write a tree; ``resolve`` returns the address of a target, or None if it has no page: then there's no link."""
    if isinstance(tree, str):
        return _escaped(tree)
    name, attributes = tree.name, dict(tree.attributes)
    if isinstance(target := attributes.get("href"), Target):
        address = resolve(target)
        if address is None:
            name = within
            del attributes["href"]
            attributes.pop("aria-label", None)  # a name is only for what can be reached
        else:
            attributes["href"] = address
    within = "g" if name == "svg" else within
    start = "".join([f"<{name}", *(f' {key}="{_escaped(str(value))}"' for key, value in attributes.items())])
    if name in _EMPTY:
        return f"{start}/>"
    return f"{start}>{''.join(render(child, resolve, within=within) for child in tree.children)}</{name}>"


def _escaped(words: str) -> str:
    return escape(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words), quote=True)


# Text: readers' fonts differ, so widths are guessed with room to spare.

_NARROWEST, _NARROWER, _WIDER = frozenset("ijl.,:;'|! "), frozenset('ftrI()[]{}/-"'), frozenset("mwMWQO@%&<>=+~#↑→←↓…")


def text_width(words: str, size: float) -> float:
    """Return about how wide a text is in a sans-serif font of a size; rather too much than too little."""
    return size * sum(map(_share, words))


def _share(character: str) -> float:
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.05
    if character in _NARROWEST:
        return 0.31
    if character in _NARROWER:
        return 0.42
    if character in _WIDER:
        return 0.92
    return 0.7 if character.isupper() else 0.62


def clipped(words: str, size: float, most: float) -> str:
    """Shorten a text to a width, with an ellipsis."""
    if text_width(words, size) <= most:
        return words
    while words and text_width(f"{words}…", size) > most:
        words = words[:-1]
    return f"{words.rstrip()}…"


def wrapped(words: str, size: float, most: float) -> list[str]:
    """Break a text into lines of a width: at spaces, beside Chinese and Japanese characters, and in wider words."""
    lines: list[str] = []
    for word in words.split():
        space = " "
        for piece in _pieces(word, size, most):
            longer = f"{lines[-1]}{space}{piece}" if lines else piece
            if lines and text_width(longer, size) <= most:
                lines[-1] = longer
            else:
                lines.append(piece)
            space = ""
    return lines


_JOINER = "\N{ZERO WIDTH JOINER}"
_NOT_FIRST = frozenset(
    "々〻ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶゝゞヽヾ～〜"
)  #: With all closing punctuation.
_ENDS_PART = frozenset("-/_‐–—")  #: A word that is too wide is best broken after one of these.


def _pieces(word: str, size: float, most: float) -> Iterator[str]:
    """Yield the parts of a word that stay together, none wider than a line."""
    start = 0
    for at in range(1, len(word) + 1):
        if at < len(word) and not _may_end_line(word[at - 1], word[at]):
            continue
        piece, start = word[start:at], at
        while text_width(piece, size) > most and (end := _first_part(piece, size, most)) < len(piece):
            yield piece[:end]
            piece = piece[end:]
        yield piece


def _may_end_line(before: str, after: str) -> bool:
    """Return whether a line may end between two characters of a word, by the customs of Chinese and Japanese."""
    if not ({unicodedata.east_asian_width(before), unicodedata.east_asian_width(after)} & {"W", "F"}):
        return False
    opens, closes = unicodedata.category(before) in {"Ps", "Pi"}, unicodedata.category(after) in {"Pe", "Pf", "Po"}
    return not opens and not closes and after not in _NOT_FIRST and not _is_joined(before, after)


def _is_joined(before: str, after: str) -> bool:
    """Return whether two characters are seen as one: a letter and its accent, or an emoji of several."""
    return unicodedata.category(after).startswith("M") or _JOINER in {before, after}


def _first_part(piece: str, size: float, most: float) -> int:
    """Return where to break what is wider than a line; it keeps a character at least."""
    ends = [at for at in range(1, len(piece)) if not _is_joined(piece[at - 1], piece[at])] or [len(piece)]
    fitting = [at for at in ends if text_width(piece[:at], size) <= most] or ends[:1]
    return max((at for at in fitting if piece[at - 1] in _ENDS_PART), default=fitting[-1])


def named_list(items: Sequence[str]) -> str:
    """Return texts as a sentence has them: 'a, b and c'."""
    if len(items) <= 1:
        return "".join(items)
    return _("{items} and {last}").format(items=_(", ").join(items[:-1]), last=items[-1])
