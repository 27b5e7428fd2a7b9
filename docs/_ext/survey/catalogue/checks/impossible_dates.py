"""Dates and years that cannot be: in the future, or far from one another.

What was sound when it was written stays so: days only pass. ``SOURCE_DATE_EPOCH`` counts where it is later than the
clock, as on a machine whose clock is behind; an earlier one is somebody's choice, and says nothing of the sources.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from survey.catalogue.problems import Problem
from survey.catalogue.schema.fields import PaperFields
from survey.catalogue.texts.dates import PartialDate
from survey.catalogue.texts.references_bib import FILE
from survey.catalogue.texts.source_date import source_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue.bibliography.bibentry import BibEntry
    from survey.catalogue.records.files import Files, Page

#: Years between a paper's publication and the year of its entry: a preprint, its venue, and the printed volume.
MOST_YEARS = 3
_AHEAD = 1  #: Years by which a bibliography may be ahead: volumes are dated to the year in which they appear.
_EARLIEST = 1600  #: Before there were journals.
_FIRST_ARXIV = 1991
_ARXIV = re.compile(r"(?:[a-z-]+(?:\.[A-Z]{2})?/)?([0-9]{2})([0-9]{2})[0-9.]+(?:v[0-9]+)?")
_CENTURY = 100
#: The dates of a paper, and what happened on them.
_DAYS = {
    "published": "it was made public",
    "preprinted": "it was made public",
    "added": "its page came into the survey",
}


def today() -> dt.date:
    """Return the latest day that it is anywhere, by the clock or by ``SOURCE_DATE_EPOCH``."""
    now = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    return max(now, source_date() or now)


def check(files: Files, now: dt.date) -> Iterator[Problem]:
    """Yield the dates of papers and the years of works that cannot be."""
    for key, page in files.papers.items():
        if isinstance(page.fields, PaperFields):
            yield from _paper(page, page.fields, files.bibliography.get(key), now)
    for entry in files.bibliography.values():
        yield from _entry(entry, now)


def _paper(page: Page, fields: PaperFields, entry: BibEntry | None, now: dt.date) -> Iterator[Problem]:
    for name, what in _DAYS.items():
        date = getattr(fields, name)
        if date is not None and _is_ahead(date, now):
            message, hint = f"'{name}' is in the future ({date})", f"give the day on which {what}"
            yield Problem(page.path, page.line(name), "date-differs", message, hint)
            return
    year = entry.year if entry is not None else ""
    if re.fullmatch("[0-9]{4}", year) and abs(fields.published.year - int(year)) > MOST_YEARS:
        message = f"published {fields.published}, and the entry in {FILE} says {year}"
        hint = "mend one of them: they are years apart"
        yield Problem(page.path, page.line("published"), "date-differs", message, hint)


def _is_ahead(date: PartialDate, now: dt.date) -> bool:
    current = PartialDate(now.year, now.month if date.month else 0, now.day if date.day else 0)
    return date > current


def _entry(entry: BibEntry, now: dt.date) -> Iterator[Problem]:
    if re.fullmatch("[0-9]{4}", entry.year) and not _EARLIEST <= int(entry.year) <= now.year + _AHEAD:
        message = f"the year {entry.year} cannot be the year of a work"
        yield Problem(FILE, line_of(entry, "year"), "date-differs", message, "give the year in which it appeared")
    match = _ARXIV.fullmatch(entry.arxiv or "")
    if match is None:
        return
    year, month = int(match[1]), int(match[2])
    is_old = "/" in match[0]  # of the form that ended in 2007
    year += 1900 if is_old and year >= _FIRST_ARXIV % _CENTURY else 2000
    if not 1 <= month <= 12 or (year, month) > (now.year, now.month):  # noqa: PLR2004  # months
        message = f"'{entry.arxiv}' is not a valid eprint: arXiv had no month {match[1]}{match[2]}"
        hint = "an arXiv number begins with year and month: 2404.15574"
        yield Problem(FILE, line_of(entry, "eprint"), "bad-identifier", message, hint)


def line_of(entry: BibEntry, field: str) -> int:
    """Return the line of a field of an entry, or that of the entry if it isn't found."""
    form = re.compile(rf"\s*(?:@\w+\s*[{{(][^,]*,)?\s*{field}\s*=", re.IGNORECASE)
    lines = entry.source.split("\n")
    return entry.line + next((number for number, line in enumerate(lines) if form.match(line)), 0)
