"""The day on which files are written."""

from __future__ import annotations

import datetime as dt

from survey.catalogue.texts.dates import PartialDate
from survey.catalogue.texts.source_date import source_date


def written_on() -> PartialDate:
    """Return the present day in UTC, or that of ``SOURCE_DATE_EPOCH``."""
    day = source_date() or dt.datetime.now(dt.UTC).date()
    return PartialDate(day.year, day.month, day.day)
