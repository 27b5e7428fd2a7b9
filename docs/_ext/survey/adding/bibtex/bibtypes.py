"""The types of entries that BibTeX, biblatex and the programs that write them have, as those of the house."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from survey.catalogue.bibliography.bibentry import TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Types of biblatex (its manual, section 2.1) and of older styles, and those that say the same.
_SAME: Mapping[str, str] = {
    "conference": "inproceedings",
    "report": "techreport",
    "electronic": "misc",
    "www": "misc",
    "webpage": "misc",
    "preprint": "misc",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "reference": "book",
    "mvreference": "book",
    "mvproceedings": "proceedings",
    "inreference": "incollection",
    "suppbook": "incollection",
    "suppcollection": "incollection",
    "bookinbook": "incollection",
    "suppperiodical": "article",
    "review": "article",
    "periodical": "article",
    # Their references show fields that entries of the house don't have.
    "manual": "misc",
    "unpublished": "misc",
}
_THESES = frozenset({"thesis", "phdthesis", "mastersthesis", "masterthesis", "bachelorthesis", "bachelorsthesis"})
_MASTER = re.compile(r"ma(?:ster|thesis)|\bm\.?\s*(?:sc|a|s|phil|eng)\b|dipl", re.IGNORECASE)
_BACHELOR = re.compile(r"bathesis|bachelor|\bb\.?\s*(?:sc|a|s|eng)\b", re.IGNORECASE)
#: Where a work of a type appeared, and the fields that other programs have it in.
_VENUES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "article": ("journal", ("booktitle",)),
    "inproceedings": ("booktitle", ("eventtitle", "journal", "series")),
    "incollection": ("booktitle", ("maintitle", "series")),
    "book": ("publisher", ("organization",)),
    "phdthesis": ("school", ("institution", "university", "publisher", "organization")),
    "mastersthesis": ("school", ("institution", "university", "publisher", "organization")),
    "techreport": ("institution", ("publisher", "organization", "school")),
}
#: Fields that a misc and the like may have appeared in.
_ANYWHERE = ("howpublished", "journal", "booktitle", "publisher", "institution", "school", "organization", "eventtitle")
_LOOSE = frozenset({"misc", "online", "software", "dataset", "booklet"})


def kind_of(written: str, given: Mapping[str, str]) -> tuple[str, str]:
    """Return the type of an entry, given its own and its fields; and that one again if nobody knows it."""
    if written in _THESES:
        return _thesis(written if written != "thesis" else given.get("type", ""))
    if written == "inbook" and given.get("booktitle", "").strip():  # biblatex's is a chapter
        return "incollection", ""
    if written in _SAME:
        return _SAME[written], ""
    return (written, "") if written in TYPES else ("misc", written)


def _thesis(degree: str) -> tuple[str, str]:
    """Return the type of a thesis; there is none of a bachelor's."""
    if _BACHELOR.search(degree) is not None:
        return "misc", degree
    return ("mastersthesis" if _MASTER.search(degree) is not None else "phdthesis"), ""


def settle_venue(kind: str, fields: dict[str, str]) -> None:
    """Move the name of where a work appeared to the field in which its type has it, if that is empty."""
    name, others = _VENUES.get(kind, ("howpublished", _ANYWHERE) if kind in _LOOSE else ("", ()))
    if not name or fields.get(name):
        return
    found = next((other for other in others if fields.get(other)), None)
    if found is not None:
        fields[name] = fields.pop(found)
