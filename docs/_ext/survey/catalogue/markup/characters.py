"""Characters that a text may not hold: readers don't see them, or see the text around them in another order."""

from __future__ import annotations

import re
import unicodedata

from survey.catalogue.markup.faults import Fault

#: Controls but for tabs and line feeds; marks of direction (UAX 9); characters without width, separators of lines, and
#: the rest of what stands for nothing (tags, annotations, noncharacters). Joiners stay: some scripts need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def unseen(text: str) -> str | None:
    """Return what is said of the first character that a text may not hold, or None."""
    match = _UNSEEN.search(text)
    if match is None:
        return None
    name = unicodedata.name(match[0], "a control character").lower()
    what = "changes the direction of the text" if match[0] in _TURNING else "is not seen"
    return f"a character that {what} (U+{ord(match[0]):04X}, {name})"


def faults(text: str, after: int = 0) -> list[Fault]:
    """Return the lines of a file, behind line ``after``, with a character that they may not hold."""
    if _UNSEEN.search(text) is None:
        return []
    return [
        Fault(number, "bad-character", f"the line holds {said}", "remove it, or type the line anew")
        for number, line in enumerate(text.split("\n"), start=1)
        if number > after and (said := unseen(line)) is not None
    ]
