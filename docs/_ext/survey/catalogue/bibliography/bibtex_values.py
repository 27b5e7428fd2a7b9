"""The values of BibTeX: what a field says that is made of braces, quotes, numbers and words joined by '#'."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey.catalogue.texts.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

#: A word of BibTeX: the name of a field, a string or a type.
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.:+/-]*")
#: The words that every style of BibTeX defines.
STRINGS: Mapping[str, str] = {name[:3].lower(): name for name in MONTHS}
#: Characters that a value may stand for: the longest list of authors that anybody has seen is half of it.
LONGEST = 100_000
_NUMBER, _SPACE = re.compile(r"[0-9]+"), re.compile(r"\s*")
_DEEPEST = 100  #: Braces inside each other that other readers take.


class TooLongError(ValueError):
    """Definitions (``@string``) stand for more text than any entry needs: they may be made of each other."""


@dataclass
class Strings:
    """What words stand for, and how much text they may still stand for in one file."""

    known: dict[str, str] = field(default_factory=lambda: dict(STRINGS))  #: By word, in lower case.
    left: int = 2_000_000  #: Characters.

    def value(self, word: str) -> str:
        """Return what a word stands for.

        :raises KeyError: with the word, if it stands for nothing.
        :raises TooLongError: if that is too much.
        """
        if word.lower() not in self.known:
            raise KeyError(word)
        found = self.known[word.lower()]
        self.left -= len(found)
        if self.left < 0:
            raise TooLongError(word)
        return found


def evaluate(text: str, strings: Strings) -> str:
    """Return what a value, as written, stands for.

    :raises ValueError: if it isn't well formed.
    :raises TooLongError: if it stands for more than :data:`LONGEST` characters that aren't written there.
    :raises KeyError: with the word, if it holds one that stands for nothing.
    """
    text, at, pieces, length = text.strip(), 0, list[str](), 0
    while True:
        piece, at = _piece(text, at, strings)
        pieces.append(piece)
        length += len(piece)
        if length > max(LONGEST, len(text)):
            raise TooLongError(text[:40])
        if at >= len(text):
            return "".join(pieces)
        if text[at] != "#":
            raise ValueError(text[at : at + 40])
        at = _behind_space(text, at + 1)


def _piece(text: str, at: int, strings: Strings) -> tuple[str, int]:
    """Return the value of the piece that begins at a place, and where the next thing is."""
    if text[at : at + 1] in {"{", '"'} and at < len(text):
        end = _closing(text, at)
        return text[at + 1 : end], _behind_space(text, end + 1)
    if (number := _NUMBER.match(text, at)) is not None:
        return number[0], _behind_space(text, number.end())
    if (word := WORD.match(text, at)) is not None:
        return strings.value(word[0]), _behind_space(text, word.end())
    raise ValueError(text[at : at + 40])


def _behind_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match is not None else at


def _closing(text: str, start: int) -> int:
    """Return where the brace or quote that stands at a place is closed."""
    depth = 0
    for index in range(start, len(text)):
        character = text[index]
        depth += (character == "{") - (character == "}")
        if not 0 <= depth <= _DEEPEST:
            break
        if depth == 0 and (text[start] == "{" or (index > start and character == '"')):
            return index
    raise ValueError(text[start : start + 40])
