"""Where the entries of a text of BibTeX begin and end, whatever their keys: other programs' keys are not ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_START = re.compile(r"@\s*(?P<type>\w+)\s*(?P<brace>[{(])")
_NOT_ENTRIES = frozenset({"string", "comment", "preamble"})
#: A field: where there is one in front of the first comma, the entry has no key.
_FIELD = re.compile(
    r"\s*(?:[A-Za-z][\w:.+/-]*\s*=\s*[\"{]|(?:year|month|day|volume|number|pages|date)\s*=)", re.IGNORECASE
)
_USUAL = re.compile(r"[A-Za-z0-9:_+.-]+")
_OURS = re.compile(r"[a-z]+[0-9]{4}[a-z0-9]*")
ANY = "entry"  #: What a key becomes that our reader doesn't know.


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of an entry, up to its first field."""

    type: str
    key: str  #: As it stands there; empty if there is none.
    start: int  #: Where the key begins.
    end: int  #: Where it ends.
    comma: bool  #: Whether a comma follows it.


def find(text: str) -> list[Head]:
    """Return the entries of a text; what looks like one inside the value of another isn't."""
    return list(_find(text))


def _find(text: str) -> Iterator[Head]:
    at = 0
    while (match := _START.search(text, at)) is not None:
        kind = match["type"].lower()
        at = _end(text, match.end() - 1)
        if kind not in _NOT_ENTRIES:
            yield _head(text, kind, match.end(), at)


def _head(text: str, kind: str, start: int, end: int) -> Head:
    comma = text.find(",", start, end)
    if comma < 0 or _FIELD.match(text, start, end) is not None:
        return Head(kind, "", start, start, comma=False)
    return Head(kind, text[start:comma].strip(), start, comma, comma=True)


def _end(text: str, brace: int) -> int:
    """Return where an entry ends whose brace opens at a place: behind the one that closes it, or with the text."""
    opening, closing = ("{", "}") if text[brace] == "{" else ("(", ")")
    depth = inner = 0
    for at in range(brace, len(text)):
        sign = text[at]
        if closing == ")":
            inner += (sign == "{") - (sign == "}")
        if not inner or closing == "}":
            depth += (sign == opening) - (sign == closing)
        if depth <= 0:
            return at + 1
    return len(text)


def with_usual_key(text: str, head: Head) -> str:
    """Return a text in which an entry has a key that our reader knows; lines stay where they are."""
    if _USUAL.fullmatch(head.key) and head.comma:
        return text
    lines = "\n" * text.count("\n", head.start, head.end)
    return f"{text[: head.start]}{ANY}{'' if head.comma else ','}{lines}{text[head.end :]}"


def key_of_ours(head: Head) -> str:
    """Return the key of an entry if it has the form of ours."""
    return head.key if _OURS.fullmatch(head.key) else ""
