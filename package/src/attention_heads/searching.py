"""Head types by what they do, in a reader's own words."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from attention_heads.records import HeadType

_WORD = re.compile(r"[^\W_]+")
#: Words that every description has.
_EMPTY = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "head", "in", "it", "of", "on", "that", "the", "to", "with"}
)
_ENDING = re.compile(r"(?<=\w{3})(?:ies|ied|es|ed|ing|s|y|e)$")
_STEM = 5  #: Letters that words of one family share.
#: How much a word counts by where it stands.
_NAME, _LINE, _TEXT = 6.0, 3.0, 1.0


def ranked(query: str, types: Iterable[HeadType], limit: int) -> tuple[HeadType, ...]:
    """Return the types that have words of the query, those with most of them first, rare words before common."""
    wanted = _words(query)
    kinds = list(types)
    weights = [_weights(kind, wanted) for kind in kinds]
    spread = Counter(word for found in weights for word in found)
    rarity = {word: math.log(1 + len(kinds) / spread[word]) for word in spread}

    def worth(index: int) -> tuple[int, float, int]:
        found = weights[index]
        value = sum(weight * rarity[word] for word, weight in found.items())
        return len(found), value, len(kinds[index].papers)

    order = sorted((index for index in range(len(kinds)) if weights[index]), key=worth, reverse=True)
    return tuple(kinds[index] for index in order[:limit])


def _weights(kind: HeadType, wanted: Sequence[str]) -> dict[str, float]:
    """Return the words of the query that a type has, each with the weight of the best place."""
    places = (
        (_NAME, " ".join((kind.name, *kind.aliases))),
        (_LINE, f"{kind.reads or ''} {kind.writes or ''}"),
        (_TEXT, kind.description),
    )
    found: dict[str, float] = {}
    for weight, text in places:
        has = set(_words(text))
        for word in wanted:
            if word not in found and (word in has or any(_akin(word, other) for other in has)):
                found[word] = weight
    return found


def _akin(word: str, other: str) -> bool:
    """Tell whether one of two words is the beginning of the other: "suppress" and "suppression"."""
    return min(len(word), len(other)) >= _STEM and (word.startswith(other) or other.startswith(word))


def _words(text: str) -> list[str]:
    """Return the stems of the words, without their endings: "copies" is "copy", "copying" too."""
    return [_ENDING.sub("", word) for word in _WORD.findall(text.casefold()) if _ENDING.sub("", word) not in _EMPTY]
