"""CSL-JSON: the form that citation processors take (https://citeproc-js.readthedocs.io/en/latest/csl-json/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from survey.catalogue import BibEntry, Name, PartialDate

#: By BibTeX's types; anything else is a preprint, if it has an arXiv number, or a page of the web.
_TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "proceedings": "book",
    "book": "book",
    "incollection": "chapter",
    "inbook": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "techreport": "report",
    "unpublished": "manuscript",
}


def item(entry: BibEntry, published: PartialDate | None = None) -> dict[str, Any]:
    """Return a work as an item of CSL-JSON.

    ``published`` is the day on which the survey has it; only of preprints this is the date of what is cited.
    """
    preprint = entry.type not in _TYPES and bool(entry.arxiv)
    kind = _TYPES.get(entry.type, "article" if preprint else "webpage")
    given = {
        "id": entry.key,
        "type": kind,
        "title": entry.title,
        "author": [_name(name) for name in entry.authors],
        "issued": _date(entry.year, published if preprint else None),
        "container-title": "" if preprint or kind == "book" else entry.venue,
        "volume": entry.fields.get("volume"),
        "issue": entry.fields.get("number"),
        "page": entry.fields.get("pages", "").replace("--", "-"),
        "publisher": "arXiv" if preprint else entry.fields.get("publisher"),
        "number": f"arXiv:{entry.arxiv}" if preprint else None,
        "archive": "arXiv" if entry.arxiv and not preprint else None,
        "archive_location": entry.arxiv if not preprint else None,
        "DOI": entry.doi,
        "URL": entry.url,
    }
    return {name: value for name, value in given.items() if value}


def _name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def _date(year: str, published: PartialDate | None) -> dict[str, Any] | None:
    if not (year.isascii() and year.isdigit()):
        return {"raw": year} if year else None
    parts = [int(year)]
    if published is not None and published.year == parts[0]:
        parts += [part for part in (published.month, published.day) if part]
    return {"date-parts": [parts]}
