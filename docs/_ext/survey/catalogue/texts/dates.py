"""Dates at the precision that is known."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from survey.translation import _, noted

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
MONTHS = [
    noted("January"),
    noted("February"),
    noted("March"),
    noted("April"),
    noted("May"),
    noted("June"),
    noted("July"),
    noted("August"),
    noted("September"),
    noted("October"),
    noted("November"),
    noted("December"),
]


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A calendar date, or just its month or year (ISO 8601 with reduced precision).

    Dates sort by time; of two that begin alike, the less precise one comes first.
    """

    year: int
    month: int = 0  #: 1 to 12, or 0 where it isn't known.
    day: int = 0  #: 1 to 31, or 0 where it isn't known.

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2024-04-24``, ``2024-04`` or ``2024``.

        :raises ValueError: if ``text`` has another form or names no day of the calendar.
        """
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"'{text}' is not a date")
        year, month, day = (int(part or 0) for part in match.groups())
        dt.date(year, 1 if match[2] is None else month, 1 if match[3] is None else day)
        return cls(year, month, day)

    def includes(self, other: PartialDate) -> bool:
        """Tell whether ``other`` may be the same time, given more precisely."""
        return self != other and str(other).startswith(str(self))

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
        if self.day:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def words(self) -> str:
        """The date for a reader: ``24 April 2024``, ``April 2024`` or ``2024``."""
        month = _(MONTHS[self.month - 1]) if self.month else ""
        if self.day:
            return _("{day} {month} {year}").format(day=self.day, month=month, year=self.year)
        return _("{month} {year}").format(month=month, year=self.year) if month else str(self.year)
