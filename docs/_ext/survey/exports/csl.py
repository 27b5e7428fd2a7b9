"""CSL-JSON: the form that citation processors take (https://citeproc-js.readthedocs.io/en/latest/csl-json/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.catalogue.bibliography import work_types

if TYPE_CHECKING:
    from survey.catalogue import BibEntry, Name, PartialDate

_TYPES = {
    work_types.ARTICLE: "article-journal",
    work_types.PAPER: "paper-conference",
    work_types.PROCEEDINGS: "book",
    work_types.BOOK: "book",
    work_types.BOOKLET: "pamphlet",
    work_types.CHAPTER: "chapter",
    work_types.THESIS: "thesis",
    work_types.REPORT: "report",
    work_types.MANUAL: "report",
    work_types.SOFTWARE: "software",
    work_types.DATASET: "dataset",
    work_types.PATENT: "patent",
    work_types.PAGE: "webpage",
    work_types.MANUSCRIPT: "manuscript",
    work_types.PREPRINT: "article",
    work_types.DOCUMENT: "document",
}
#: Kinds whose BibTeX ``number`` is their own, and not that of an issue.
_NUMBERED = frozenset({work_types.REPORT, work_types.MANUAL, work_types.PATENT})


def item(entry: BibEntry, published: PartialDate | None = None) -> dict[str, Any]:
    """Return a work as an item of CSL-JSON.

    ``published`` is the day on which the survey has it; only of preprints this is the date of what is cited.
    """
    kind = work_types.kind_of(entry)
    preprint = kind is work_types.PREPRINT
    given = {
        "id": entry.key,
        "type": _TYPES[kind],
        "title": entry.title,
        "author": [_name(name) for name in entry.authors],
        "issued": _date(entry.year, published if preprint else None),
        "container-title": "" if preprint else work_types.container(entry),
        "volume": entry.fields.get("volume"),
        "page": entry.fields.get("pages", "").replace("--", "-"),
        "publisher": "arXiv" if preprint else work_types.publisher(entry),
        "genre": work_types.degree(entry),
        "number" if kind in _NUMBERED else "issue": entry.fields.get("number"),
        "version": entry.fields.get("version"),
        **_archive(entry, preprint=preprint),
        "DOI": entry.doi,
        "URL": entry.url,
    }
    return {name: value for name, value in given.items() if value}


def _archive(entry: BibEntry, *, preprint: bool) -> dict[str, str]:
    """Return where a work is archived; for a preprint, arXiv is where it appeared."""
    if not entry.arxiv:
        return {}
    if preprint:
        return {"number": f"arXiv:{entry.arxiv}"}
    return {"archive": "arXiv", "archive_location": entry.arxiv}


def _name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def _date(year: str, published: PartialDate | None) -> dict[str, Any] | None:
    if not (year.isascii() and year.isdigit()):
        return {"raw": year} if year else None
    parts = [int(year)]
    if published is not None and published.year == parts[0]:
        parts += [part for part in (published.month, published.day) if part]
    return {"date-parts": [parts]}
