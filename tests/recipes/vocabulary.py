"""The words that the small model knows: those of the prompts of the recipes, by what they are to its heads."""

from __future__ import annotations

import re

NAMES = (" Mary", " John", " Anna", " Tom", " Kate", " Paul")
NUMBERS = (" one", " two", " three", " four", " five", " six", " seven", " eight", " nine", " ten")
#: A word, its opposite, and something else that the word could be followed by.
TRIPLES = (
    (" hot", " cold", " warm"),
    (" big", " small", " huge"),
    (" wet", " dry", " damp"),
    (" fast", " slow", " quick"),
    (" old", " young", " ancient"),
    (" high", " low", " tall"),
    (" rich", " poor", " wealthy"),
    (" strong", " weak", " mighty"),
)
START = "<|endoftext|>"
_OTHERS = (
    *("When", " and", " went", " to", " the", " store", " gave", " a", " drink", ",", "."),
    *(" The", " grass", " is", " green", " sky", " blue", " key", " Which", " number", " Answer", ":", "?", " ->"),
)
WORDS = (START, *_OTHERS, *NAMES, *NUMBERS, *(word for triple in TRIPLES for word in triple))
IDS = {word: number for number, word in enumerate(WORDS)}
_TOKEN = re.compile(r" ?[A-Za-z0-9]+| ->|[^\sA-Za-z0-9]")


def tokens(text: str) -> list[int]:
    """Return the ids of a text's words.

    :raises KeyError: for a word that the model doesn't know.
    """
    return [IDS[word] for word in _TOKEN.findall(text)]


def rows(text: str | list[str], *, prepend_bos: bool = True) -> list[list[int]]:
    """Return the ids of one text or of several of the same length, as ``to_tokens`` of TransformerLens does."""
    texts = [text] if isinstance(text, str) else text
    found = [[0] * prepend_bos + tokens(one) for one in texts]
    assert len({len(row) for row in found}) == 1, "texts of one batch have the same number of tokens"
    return found
