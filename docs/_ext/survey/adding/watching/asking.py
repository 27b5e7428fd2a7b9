"""arXiv's API asked for many works at once (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Unavailable
from survey.adding.lookups import answers
from survey.adding.lookups.arxiv import ATOM, SERVICE, feed_of, text_of
from survey.adding.lookups.fetching import Patience, fetch
from survey.adding.text.cleaning import one_line
from survey.catalogue.schema.fields import LONGEST_TEXT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from xml.etree import ElementTree as ET

    from survey.catalogue import PartialDate

_OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_ID = re.compile(r"https?://arxiv\.org/abs/(?P<id>[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?")
_ERRORS = re.compile(r"https?://arxiv\.org/api/errors\b")
PAGE = 100  #: Works of one answer.
MOST = 3_000  #: Works of one question: more than a week brings.
_LONGEST = 1_500  #: Characters of one question; what is longer is asked in parts.
_BETWEEN = 3.0  #: Seconds between two questions, as arXiv's terms of use ask for.
_HINT = "run the watch again later; it finds the same works then"


@dataclass(frozen=True, slots=True)
class Work:
    """A work as arXiv lists it."""

    id: str  #: Its number without the version.
    title: str
    abstract: str
    published: PartialDate | None


@dataclass(frozen=True, slots=True)
class _Page:
    works: tuple[Work, ...]
    entries: int  #: So many stood there, also such as cannot be used.
    total: int | None  #: So many there are, by arXiv's count.


def questions(words: Sequence[str], categories: Sequence[str], first: dt.date, last: dt.date) -> Iterator[str]:
    """Yield the questions for all works of these days and categories that have one of the words, none of them long."""
    days = f"submittedDate:[{first:%Y%m%d}0000 TO {last:%Y%m%d}2359]"
    within = " OR ".join(f"cat:{category}" for category in categories)
    rest = " AND ".join([f"({within})", days] if within else [days])
    part: list[str] = []
    for word in words:
        term = f'(ti:"{word}" OR abs:"{word}")'
        if part and len(" OR ".join([*part, term])) > _LONGEST:
            yield f"({' OR '.join(part)}) AND {rest}"
            part = []
        part.append(term)
    if part:
        yield f"({' OR '.join(part)}) AND {rest}"


def works(asked: Sequence[str], address: str, patience: Patience) -> list[Work]:
    """Return all works that answer any of the questions, each once, newest first.

    :raises Unavailable: if there is no answer to one of them, or none that can be used; half an answer is none.
    """
    found: dict[str, Work] = {}
    for number, question in enumerate(asked):
        if number:
            patience.sleep(_BETWEEN)
        for work in _answers(question, address, patience):
            found.setdefault(work.id, work)
    return list(found.values())


def _answers(question: str, address: str, patience: Patience) -> Iterator[Work]:
    start = 0
    while True:
        page = _page(question, start, address, patience)
        yield from page.works
        start += page.entries
        if start >= page.total if page.total is not None else page.entries < PAGE:
            return
        if start >= MOST:
            hint = "ask for fewer days, or name fewer words or categories in docs/survey.toml"
            raise Unavailable(Fault(f"arXiv has more than {MOST} works of these words and days", hint))
        patience.sleep(_BETWEEN)


def _page(question: str, start: int, address: str, patience: Patience) -> _Page:
    """Return one page; arXiv sometimes gives an empty one although it counts more works, and the right one later."""
    params = {
        "search_query": question,
        "start": str(start),
        "max_results": str(PAGE),
        "sortBy": "submittedDate",
        "sortOrder": "descending",
    }
    for attempt in range(patience.attempts):
        if attempt:
            patience.sleep(_BETWEEN)
        try:
            page = _read(fetch(SERVICE, address, params=params, accept="application/atom+xml", patience=patience))
        except Unavailable as unavailable:
            raise Unavailable(*(replace(fault, hint=_HINT) for fault in unavailable.faults)) from None
        if page.entries or page.total is None or start >= page.total:
            return page
    counted = f"says that it has {page.total} works and gives none from number {start + 1} on"
    raise Unavailable(Fault(f"arXiv {counted}, {patience.attempts} times", _HINT))


def _read(body: bytes) -> _Page:
    root = feed_of(body)
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        if _ERRORS.match(text_of(entry, "id")):
            said = one_line(answers.text(text_of(entry, "summary")), 200)
            raise Unavailable(Fault(f"arXiv does not take the question: '{said}'", _HINT))
    total = (root.findtext(f"{_OPENSEARCH}totalResults") or "").strip()
    count = int(total) if total.isascii() and total.isdigit() and len(total) < 10 else None  # noqa: PLR2004  # no count is
    return _Page(tuple(filter(None, map(_work, entries))), len(entries), count)


def _work(entry: ET.Element) -> Work | None:
    """Return a work, or None for an entry that is none."""
    match = _ID.fullmatch(text_of(entry, "id"))
    title = _title(text_of(entry, "title"))
    if match is None or not title:
        return None
    abstract = answers.text(text_of(entry, "summary"), answers.ABSTRACT)
    return Work(match["id"], title, abstract, answers.day(text_of(entry, "published")))


def _title(source: str) -> str:
    """Return a title as plain text; one with LaTeX that nobody can read stays as it is."""
    try:
        return one_line(answers.title(source), LONGEST_TEXT)
    except Unavailable:
        return one_line(answers.text(source), LONGEST_TEXT)
