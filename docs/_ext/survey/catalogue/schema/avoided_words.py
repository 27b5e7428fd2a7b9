"""Words that a survey avoids, by its own list: ``[avoid]`` in its settings, each with what to write instead.

Letters count as small and large alike unless the words have a capital; ``#`` stands for a digit, and a space for any
white space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TABLE = "avoid"
#: Bounds of the list, far above what anybody keeps.
MOST_WORDS, LONGEST_WORDS, LONGEST_MEND = 500, 100, 300


@dataclass(frozen=True, slots=True)
class Avoided:
    """Some words that a survey avoids, ready to be looked for."""

    mend: str
    piece: (
        str  #: The longest piece that is found in small letters wherever the words are: most pages haven't even that.
    )
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, words: str, mend: str) -> Avoided:
        """Prepare words."""
        return cls(mend, max(re.split("[# ]", words.lower()), key=len), re.compile(_pattern(words)))


def _pattern(words: str) -> str:
    """Return the words as a regular expression, of which no part repeats itself but white space."""
    signs = (re.escape(sign) if sign not in "# " else "[0-9]" if sign == "#" else r"\s+" for sign in words)
    before = r"(?<!\w)" if _is_letter(words[0]) else ""
    after = r"(?!\w)" if _is_letter(words[-1]) else ""
    pattern = f"{before}{''.join(signs)}{after}"
    return pattern if words != words.lower() else f"(?i:{pattern})"


def _is_letter(sign: str) -> bool:
    return sign.isalpha() or sign.isdecimal()


def faults(values: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the list: the words at fault, the message and the hint."""
    if len(values) > MOST_WORDS:
        yield "", f"'{TABLE}' has {len(values)} words", f"keep the {MOST_WORDS} that matter most"
    for words, mend in values.items():
        if not 0 < len(words.strip()) <= LONGEST_WORDS or words != " ".join(words.split()):
            yield words, f"'{words[:LONGEST_WORDS]}' cannot be looked for", "write a few words with single spaces"
        elif not isinstance(mend, str) or not 0 < len(mend.strip()) <= LONGEST_MEND:
            yield words, f"'{words}' has no mend", f'write "{words}" = "what to write instead"'
