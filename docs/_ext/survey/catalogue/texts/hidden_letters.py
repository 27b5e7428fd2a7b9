"""Letters that look like others, or like nothing: what a text may hold without anybody seeing it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Categories of Unicode that nobody sees: controls, marks of direction and joining, surrogates, private and unassigned.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
#: Two letters that were one type in lead; they come from PDFs, and no search finds them.
LIGATURES: Mapping[str, str] = {
    chr(number): unicodedata.normalize("NFKC", chr(number)) for number in (*range(0xFB00, 0xFB07), 0x132, 0x133)
}
#: Scripts whose letters look like those of Latin, as the names of their characters begin.
_ALIKE = ("CYRILLIC ", "ARMENIAN ", "CHEROKEE ")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: Characters that those of UTF-8 become when they are misread.
_RUN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,}"
)
#: Categories of what is no character that anybody knows.
_UNKNOWN = frozenset({"Cs", "Co", "Cn"})
_LOST = "\N{REPLACEMENT CHARACTER}"


def lost(text: str) -> str:
    """Return the first character of a text that stands for one that is lost, or nothing."""
    return next((sign for sign in text if sign == _LOST or unicodedata.category(sign) in _UNKNOWN), "")


def odd(text: str) -> tuple[str, str]:
    """Return the first character of a text that isn't what it seems, and what is wrong with it; or two empty texts."""
    if text.isascii() and text.isprintable():
        return "", ""
    found = next(((sign, wrong) for sign in text if (wrong := _wrong(sign))), None)
    return found or _misread_in(text) or _apart_in(text) or _foreign_in(text) or ("", "")


def _wrong(sign: str) -> str:
    if sign == _LOST:
        return "stands for one that a program could not read"
    if sign in LIGATURES:
        return f"is a ligature of '{LIGATURES[sign]}'"
    return "isn't seen" if unicodedata.category(sign) in UNSEEN else ""


def _misread_in(text: str) -> tuple[str, str] | None:
    found = next(((run[0][0], meant) for run in _RUN.finditer(text) if (meant := _misread(run[0]))), None)
    return (found[0], f"seems to be a part of '{found[1]}' that was read in another encoding") if found else None


def _apart_in(text: str) -> tuple[str, str] | None:
    if unicodedata.is_normalized("NFC", text):
        return None
    mark = next((sign for sign in text if unicodedata.combining(sign)), text[:1])
    return mark, "stands apart from its letter"


def _foreign_in(text: str) -> tuple[str, str] | None:
    for word in _WORD.findall(text):
        names = [(letter, unicodedata.name(letter, "")) for letter in word]
        other = next((letter for letter, name in names if name.startswith(_ALIKE)), "")
        if other and any(name.startswith("LATIN ") for _, name in names):
            return other, f"is a letter of another script in '{word}'"
    return None


def _misread(run: str) -> str:
    """Return what was meant by characters that are UTF-8 taken for Windows' or Latin's first part, or nothing."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return run.encode(encoding).decode("utf-8")
        except ValueError:
            continue
    return ""


def named(character: str) -> str:
    """Return a character with its number, so that it is told from one that looks alike: ``'’' (U+2019)``."""
    code = f"U+{ord(character):04X}"
    return f"'{character}' ({code})" if character.isprintable() and not character.isspace() else code


def same(one: str, other: str) -> bool:
    """Tell whether two texts are the same to a reader: composed or not, with whatever spaces."""
    return " ".join(unicodedata.normalize("NFC", one).split()) == " ".join(unicodedata.normalize("NFC", other).split())


def difference(one: str, other: str) -> tuple[str, str]:
    """Return the first characters in which two texts differ that look alike; or two empty texts if they don't."""
    one, other = " ".join(one.split()), " ".join(other.split())
    if one == other or _skeleton(one) != _skeleton(other):
        return "", ""
    pairs = zip(one, other, strict=False)
    return next(((left, right) for left, right in pairs if left.casefold() != right.casefold()), ("", ""))


_LOOKS = str.maketrans(
    {
        sign: plain
        for signs, plain in [
            *(("‘’‛′ʼ`´", "'"), ("“”„″", '"'), ("‐‑‒–—−", "-"), ("…", "..."), ("аА", "a"), ("еЕ", "e"), ("оОοΟ", "o")),
            *(("рР", "p"), ("сС", "c"), ("хХ", "x"), ("уУ", "y"), ("іІ", "i")),
        ]
        for sign in signs
    }
)


def _skeleton(text: str) -> str:
    visible = "".join(sign for sign in text if unicodedata.category(sign) not in UNSEEN)
    return unicodedata.normalize("NFKD", visible.translate(_LOOKS)).casefold().translate(_LOOKS)
