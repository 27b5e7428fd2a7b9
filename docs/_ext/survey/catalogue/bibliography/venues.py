"""The series that a venue belongs to: proceedings of one conference, whatever their year and volume, are one venue."""

from __future__ import annotations

import re
import unicodedata

_UNITS = "First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth"
_TENS = "Twenty|Thirty|Forty|Fifty|Sixty|Seventy|Eighty|Ninety"
_TEENS = "Tenth|Eleventh|Twelfth|Thirteenth|Fourteenth|Fifteenth|Sixteenth|Seventeenth|Eighteenth|Nineteenth"
_ORDINAL = (
    rf"(?:\d+(?:st|nd|rd|th)|(?:(?:{_TENS})-)?(?:{_UNITS})|{_TEENS}|(?:Twen|Thir|For|Fif|Six|Seven|Eigh|Nine)tieth)"
)
_LEFT_OUT = (
    re.compile(r"\s*\((?:Volume|Vol\.|Long|Short|Industry|\d{4}|[A-Z]{3,})[^()]*\)"),
    re.compile(r"^(?:The\s+)?(?:Proceedings|Proc\.)\s+of\s+(?:the\s+)?", re.IGNORECASE),
    re.compile(r"^The\s+"),
    re.compile(rf"\b(?:{_ORDINAL}|(?:19|20)\d\d)\s+(?=\S)"),
    re.compile(r"(?<=^Findings of the Association for Computational Linguistics):.*"),
    re.compile(r"(?:,|\s+at)?\s+[A-Za-z]+[-’' ](?:(?:19|20)\d\d|\d\d)$"),
    re.compile(r",?\s+(?:19|20)\d\d$"),
)


def series(venue: str) -> str:
    """Return a venue's name without what is of one year: number, year and volume.

    >>> series("Proceedings of the 62nd Annual Meeting of the Association for Computational Linguistics (Volume 1: …)")
    'Annual Meeting of the Association for Computational Linguistics'
    """
    name = venue
    for pattern in _LEFT_OUT:
        name = pattern.sub("", name).strip()
    return name or venue


def slug(name: str) -> str:
    """Return a name as one word for addresses: letters and digits in lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "-".join(re.findall(r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter))))
