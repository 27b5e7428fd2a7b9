"""COinS: an OpenURL in a page, by which reference managers find the works on it (OpenURL 1.0, Z39.88-2004).

Unlike tags in a page's head it can describe many works on one page, and doesn't say that the page *is* the work.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from survey.catalogue import BibEntry

#: By BibTeX's types: the format of the description, its genre, and the element that holds the title.
_FORMS = {
    "article": ("journal", "article", "rft.atitle"),
    "inproceedings": ("book", "proceeding", "rft.atitle"),
    "conference": ("book", "proceeding", "rft.atitle"),
    "incollection": ("book", "bookitem", "rft.atitle"),
    "inbook": ("book", "bookitem", "rft.atitle"),
    "book": ("book", "book", "rft.btitle"),
    "techreport": ("book", "report", "rft.btitle"),
}
_PREPRINT = ("journal", "preprint", "rft.atitle")


def span(entry: BibEntry) -> str:
    """Return the element of HTML that describes a work; it shows nothing."""
    # An empty element of the text would still be met by screen readers that announce titles.
    return f'<span class="Z3988" aria-hidden="true" title="{escape(context_object(entry))}"></span>'


def context_object(entry: BibEntry) -> str:
    """Return the description of a work as the query of an OpenURL."""
    return urlencode([pair for pair in _pairs(entry) if pair[1]], quote_via=quote, errors="replace")


def _pairs(entry: BibEntry) -> Iterator[tuple[str, str]]:
    form, genre, title = _FORMS.get(entry.type, _PREPRINT)
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"
    yield "rft.genre", genre
    yield title, entry.title
    if title == "rft.atitle" and genre != "preprint":
        yield "rft.jtitle" if form == "journal" else "rft.btitle", entry.venue
    yield "rft.date", entry.year
    for field in ("volume", "issue", "pages"):
        yield f"rft.{field}", entry.fields.get("number" if field == "issue" else field, "").replace("--", "-")
    if entry.authors:
        yield "rft.aulast", entry.authors[0].family
        yield "rft.aufirst", entry.authors[0].given
    for name in entry.authors[1:]:  # who has a first author and the list would have the first twice
        yield "rft.au", f"{name.given} {name.family}".strip()
    yield "rft_id", f"info:doi/{entry.doi}" if entry.doi else ""
    yield "rft_id", entry.url or ""
