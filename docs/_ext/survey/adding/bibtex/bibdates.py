"""When a work appeared, as BibTeX's year and month or biblatex's date say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.catalogue import PartialDate
from survey.catalogue.texts.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

#: biblatex's dates (EDTF): an approximate one ends in '~', '?' or '%', a range has a slash, a time follows a 'T'.
_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:[-/](?P<month>[0-9]{1,2})(?:[-/](?P<day>[0-9]{1,2}))?)?"
    r"(?:T[0-9:.]*(?:Z|[+-][0-9:]*)?)?[~?%]*(?:\s*/\s*(?:\.\.|open|unknown|[0-9].*)?)?",
)
_UNKNOWN = re.compile(
    r"(?P<year>[0-9]{4})-(?:(?:XX|uu)(?:-(?:XX|uu))?|(?P<month>[0-9]{2})-(?:XX|uu))[~?%]*", re.IGNORECASE
)
_SEASONS = range(21, 42)  #: Seasons, quarters and halves stand where months do.
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"0?[1-9]|1[0-2]")
_YEAR = re.compile(r"[1-9][0-9]{3}")
_DAY = re.compile(r"0?[1-9]|[12][0-9]|3[01]")
_SHORTEST = 3  #: Letters of an abbreviated month.


class UnclearDateError(ValueError):
    """A date is given that cannot be read."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(value)
        self.name, self.value = name, value


def read(given: Mapping[str, str]) -> tuple[PartialDate | None, str]:
    """Return when the work appeared, at the precision that is clear; and what could not be read of it, if anything.

    :param given: the fields, as plain text.
    :raises UnclearDateError: if there is a date that doesn't even have a year.
    """
    year, month, day = (given.get(name, "").strip() for name in ("year", "month", "day"))
    if date := given.get("date", "").strip():
        found = _of_date(date)
        if found is None and _YEAR.fullmatch(year) is None:
            raise UnclearDateError("date", date)
        if found is not None:
            return found, ""
    if _YEAR.fullmatch(year) is None:
        return None, ""
    number = _month(month)
    if number is None:
        return PartialDate(int(year)), month
    if _DAY.fullmatch(day):
        return _day(int(year), number, int(day)), ""
    return PartialDate(int(year), number), ""


def _of_date(text: str) -> PartialDate | None:
    match = _DATE.fullmatch(text) or _UNKNOWN.fullmatch(text)
    if match is None:
        return None
    groups = match.groupdict()
    year, month, day = (int(groups.get(name) or 0) for name in ("year", "month", "day"))
    if not year or month in _SEASONS:
        return PartialDate(year) if year else None
    try:
        return PartialDate.parse("-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)]))
    except ValueError:
        return None


def _month(text: str) -> int | None:
    """Return the number of the first month that a text names: 'jul', '7', '23--29 Jul', 'June/July'."""
    if _NUMBER.fullmatch(text):
        return int(text)
    for word in _WORD.findall(text.casefold()):
        for number, name in enumerate(MONTHS, 1):
            if len(word) >= _SHORTEST and name.casefold().startswith(
                word.removesuffix("t") if word == "sept" else word
            ):
                return number
    return None


def _day(year: int, month: int, day: int) -> PartialDate:
    try:
        return PartialDate.parse(f"{year:04d}-{month:02d}-{day:02d}")
    except ValueError:
        return PartialDate(year, month)
