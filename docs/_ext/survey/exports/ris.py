"""RIS: what every reference manager reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rispy

from survey.catalogue.bibliography import work_types
from survey.exports.text import one_line

if TYPE_CHECKING:
    from survey.catalogue import BibEntry, Name

_TYPES = {
    work_types.ARTICLE: "JOUR",
    work_types.PAPER: "CPAPER",
    work_types.PROCEEDINGS: "CONF",
    work_types.BOOK: "BOOK",
    work_types.BOOKLET: "PAMP",
    work_types.CHAPTER: "CHAP",
    work_types.THESIS: "THES",
    work_types.REPORT: "RPRT",
    work_types.MANUAL: "RPRT",
    work_types.SOFTWARE: "COMP",
    work_types.DATASET: "DATA",
    work_types.PATENT: "PAT",
    work_types.PAGE: "ELEC",
    work_types.MANUSCRIPT: "UNPB",
    work_types.PREPRINT: "UNPB",
    work_types.DOCUMENT: "GEN",
}


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy's writers have no types
    """rispy's, without the number in front of each record, which the format doesn't have."""

    def set_header(self, count: int) -> str:  # noqa: ARG002
        """Return nothing."""
        return ""


def record(entry: BibEntry) -> str:
    """Return a work's RIS record."""
    first, _, last = entry.fields.get("pages", "").replace("--", "-").partition("-")
    given: dict[str, Any] = {
        "type_of_reference": _TYPES[work_types.kind_of(entry)],
        "id": entry.key,
        "title": entry.title,
        "authors": [_name(name) for name in entry.authors],
        "year": entry.year,
        "secondary_title": work_types.container(entry),
        "volume": entry.fields.get("volume", ""),
        "number": entry.fields.get("number", ""),
        "start_page": first.strip(),
        "end_page": last.strip(),
        "publisher": work_types.publisher(entry),
        "type_of_work": work_types.degree(entry),
        "doi": entry.doi or "",
        "accession_number": f"arXiv:{entry.arxiv}" if entry.arxiv else "",
        "urls": [entry.url] if entry.url else [],
    }
    text: str = rispy.dumps([{label: _clean(value) for label, value in given.items() if value}], implementation=_Writer)
    return text


def _name(name: Name) -> str:
    return f"{name.family}, {name.given}" if name.given else name.family


def _clean(value: str | list[str]) -> str | list[str]:
    return [one_line(text) for text in value] if isinstance(value, list) else one_line(value)
