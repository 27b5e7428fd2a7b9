"""arXiv: the Atom documents of its API (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from survey.adding.bibtex.work_links import primary_class
from survey.adding.draft.drafts import PREPRINT, Draft, person_of
from survey.adding.draft.faults import Fault, NotFound
from survey.adding.lookups import answers
from survey.adding.lookups.fetching import INSTEAD, fetch

if TYPE_CHECKING:
    from survey.adding.lookups.fetching import Patience

SERVICE = "arXiv"
ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_ID = re.compile(r"https?://arxiv\.org/abs/(?P<id>\S+?)(?:v[0-9]+)?")


class _Builder(ET.TreeBuilder):
    """Refuses a document type: Atom has none, and its entities could grow without end."""

    def doctype(self, name: str, pubid: str, system: str) -> None:  # noqa: ARG002  # as the parser calls it
        raise ValueError(name)


def look_up(number: str, address: str, patience: Patience) -> Draft:
    """Return what arXiv knows of a paper.

    :raises Unavailable: if it cannot be asked, or knows no such paper.
    """
    params = {"id_list": number, "max_results": "1"}
    body = fetch(SERVICE, address, params=params, accept="application/atom+xml", patience=patience)
    return read(body, number)


def read(body: bytes, number: str) -> Draft:
    """Read the answer to a question for one paper.

    :raises Unavailable: if it says nothing of this paper.
    """
    entry = feed_of(body).find(f"{ATOM}entry")
    match = _ID.fullmatch(text_of(entry, "id")) if entry is not None else None
    if entry is None or match is None or match["id"] != number:  # an error is an entry too, with another id
        raise NotFound(Fault(f"arXiv knows no paper '{number}'", f"check the number, {INSTEAD}"))
    first = answers.day(text_of(entry, "published"))
    names = (person_of(answers.title(text_of(author, "name"))) for author in entry.findall(f"{ATOM}author"))
    fields = {
        "title": answers.title(text_of(entry, "title")),
        "author": " and ".join(name for name in names if name),
        "howpublished": PREPRINT,
        "year": f"{first.year:04d}" if first is not None else "",
        "eprint": number,
        "archiveprefix": "arXiv",
        "url": f"https://arxiv.org/abs/{number}",
    }
    category = entry.find(f"{_ARXIV}primary_category")
    term = category.get("term", "") if category is not None else ""
    if found := primary_class(term, number):
        fields["primaryclass"] = found
    abstract = answers.text(text_of(entry, "summary"), answers.ABSTRACT)
    return Draft("misc", fields, first, first, abstract, notes=tuple(_notes(entry)))


def feed_of(body: bytes) -> ET.Element:
    """Return the Atom document of an answer.

    :raises Unavailable: if it is none.
    """
    parser = ET.XMLParser(target=_Builder())
    try:
        parser.feed(body)
        root: ET.Element = parser.close()
    except (ET.ParseError, ValueError, LookupError, RecursionError):
        raise answers.unusable(SERVICE, "something that is not Atom") from None
    if root.tag != f"{ATOM}feed":
        raise answers.unusable(SERVICE, "XML of another form")
    return root


def text_of(element: ET.Element, name: str, space: str = ATOM) -> str:
    """Return the text of a part of an element, or nothing."""
    return (element.findtext(f"{space}{name}") or "").strip()


def _notes(entry: ET.Element) -> list[str]:
    """Say what arXiv knows of a publication: the authors wrote it there, in no fixed form."""
    notes = []
    if venue := answers.text(text_of(entry, "journal_ref", _ARXIV)):
        notes.append(f"arXiv says that it has appeared: '{venue}'; give venue, year and 'published' of that, if so")
    if doi := answers.text(text_of(entry, "doi", _ARXIV), 200):
        notes.append(f"arXiv names the DOI {doi} of a published version; 'new {doi}' would look that up")
    return notes
