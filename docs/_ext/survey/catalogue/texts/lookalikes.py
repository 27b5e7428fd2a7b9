"""Names that readers cannot tell apart: by case, spaces and hyphens, by letters that are not seen, or by look-alikes.

The skeleton is that of UTS 39 for the letters that names of this kind are made of: compatibility forms are taken apart
(NFKC), what isn't seen is dropped, and letters of Cyrillic and Greek stand for the Latin ones that look like them.
"""

from __future__ import annotations

import unicodedata

#: Letters as Unicode's confusables.txt maps them, Cyrillic, Greek and others; upper case comes before it is folded.
_LOOKS = {
    "a": "аɑα", "b": "ЬƄ", "c": "сϲᴄ", "d": "ԁ", "e": "еҽ", "g": "ɡց", "h": "һհ", "i": "іıɩι", "j": "јϳ", "k": "κк",
    "l": "ӏا", "m": "м", "n": "ոп", "o": "оοσօо", "p": "рρ", "q": "ԛ", "r": "г", "s": "ѕ", "t": "тτ", "u": "υսц",
    "v": "νѵ", "w": "ԝѡ", "x": "хχ", "y": "уγү", "z": "ᴢ",
    "A": "АΑ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕ", "F": "Ϝ", "G": "Ԍ", "H": "НΗ", "I": "ІΙӀ", "J": "ЈͿ", "K": "КΚ",
    "L": "Ⅼ",
    "M": "МΜ", "N": "Ν", "O": "ОΟՕ", "P": "РΡ", "Q": "Ԛ", "S": "ЅՏ", "T": "ТΤ", "U": "Ս", "V": "Ѵ", "W": "Ԝ", "X": "ХΧ",
    "Y": "УΥҮ", "Z": "Ζ",
}  # fmt: skip
_TO_LATIN = {ord(look): latin for latin, looks in _LOOKS.items() for look in looks}
#: Not seen, or seen as space: formats, controls, marks without width, and all that joins or separates words.
_DROPPED = frozenset({"Cf", "Cc", "Cn", "Zs", "Zl", "Zp", "Pd"})


def skeleton(name: str) -> str:
    """Return what a reader sees of a name: two with the same skeleton are taken for one."""
    plain = unicodedata.normalize("NFKC", name).translate(_TO_LATIN)
    kept = (sign for sign in plain if unicodedata.category(sign) not in _DROPPED)
    return unicodedata.normalize("NFKC", "".join(kept).casefold())
