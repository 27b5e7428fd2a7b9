"""The values of BibTeX: what a field says that is made of braces, quotes, numbers and words joined by '#'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.catalogue.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A word of BibTeX: the name of a field, a string or a type.
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.:+/-]*")
#: The words that every style of BibTeX defines.
STRINGS: Mapping[str, str] = {name[:3].lower(): name for name in MONTHS}
_NUMBER = re.compile(r"[0-9]+")
_DEEPEST = 100  #: Braces inside each other that other readers take.


def evaluate(text: str, strings: Mapping[str, str]) -> str:
    """Return what a value, as written, stands for.

    :raises ValueError: if it isn't well formed.
    :raises KeyError: with the word, if it holds one that isn't among the ``strings``.
    """
    rest, pieces = text.strip(), []
    while True:
        piece, rest = _piece(rest, strings)
        pieces.append(piece)
        if not rest:
            return "".join(pieces)
        if rest[0] != "#":
            raise ValueError(rest)
        rest = rest[1:].lstrip()


def _piece(text: str, strings: Mapping[str, str]) -> tuple[str, str]:
    """Return the value of the piece that ``text`` begins with, and what follows it."""
    if text[:1] in {"{", '"'} and text:
        end = _closing(text)
        return text[1:end], text[end + 1 :].lstrip()
    if (number := _NUMBER.match(text)) is not None:
        return number[0], text[number.end() :].lstrip()
    if (word := WORD.match(text)) is not None:
        if word[0].lower() not in strings:
            raise KeyError(word[0])
        return strings[word[0].lower()], text[word.end() :].lstrip()
    raise ValueError(text)


def _closing(text: str) -> int:
    """Return where the brace or quote that ``text`` begins with is closed."""
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if not 0 <= depth <= _DEEPEST:
            break
        if depth == 0 and (text[0] == "{" or (index and character == '"')):
            return index
    raise ValueError(text)
