"""DOIs: CSL-JSON by content negotiation (https://citation.doi.org/docs.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from survey.adding.bibtex import work_links
from survey.adding.draft.drafts import PREPRINT, Draft, joined, person
from survey.adding.lookups import answers
from survey.adding.lookups.fetching import fetch

if TYPE_CHECKING:
    from survey.adding.lookups.fetching import Patience
    from survey.catalogue import PartialDate

SERVICE = "doi.org"
CSL = "application/vnd.citationstyles.csl+json"
#: Types of CSL, and of Crossref, which some of its answers have instead; and the field that holds where it appeared.
_TYPES = {
    "article-journal": ("article", "journal"),
    "journal-article": ("article", "journal"),
    "article-magazine": ("article", "journal"),
    "paper-conference": ("inproceedings", "booktitle"),
    "proceedings-article": ("inproceedings", "booktitle"),
    "chapter": ("incollection", "booktitle"),
    "book-chapter": ("incollection", "booktitle"),
    "book": ("book", ""),
    "monograph": ("book", ""),
    "dataset": ("dataset", "howpublished"),
    "software": ("software", "howpublished"),
    "thesis": ("phdthesis", "school"),
    "dissertation": ("phdthesis", "school"),
    "report": ("techreport", "institution"),
}
_PUBLISHED = ("published", "published-online", "published-print", "issued")


def look_up(doi: str, address: str, patience: Patience) -> Draft:
    """Return what the agency that registered a DOI knows of it.

    :raises Unavailable: if it cannot be asked, or there is no such DOI.
    """
    body = fetch(SERVICE, address + quote(doi, safe="/:;()"), accept=CSL, patience=patience)
    return read(body, doi)


def read(body: bytes, doi: str) -> Draft:
    """Read an answer.

    :raises Unavailable: if it isn't CSL-JSON.
    """
    answer = answers.as_json(SERVICE, body)
    given = answers.text(answer.get("type"))
    kind, venue = _TYPES.get(given, ("misc", "howpublished"))
    published = _published(answer)
    container = answers.title(answer.get("container-title"))
    publisher = answers.title(answer.get("publisher"))
    if venue in {"school", "institution"} or (venue == "howpublished" and not container):
        container, publisher = publisher, ""
    fields = {
        "title": joined(answers.title(answer.get("title")), answers.title(answer.get("subtitle"))),
        "author": " and ".join(name for name in map(_person, answers.listed(answer.get("author"))) if name),
        "year": f"{published.year:04d}" if published is not None else "",
        "volume": answers.title(answer.get("volume")),
        "number": answers.title(answer.get("issue")),
        "pages": answers.title(answer.get("page")),
        "publisher": publisher,
        "doi": doi,
        "url": work_links.address_of(doi),
    }
    if venue:
        fields[venue] = PREPRINT if container.casefold() == "arxiv" else container
    notes = ("the publisher's record has only this: compare it with the paper",)
    return Draft(kind, fields, published, None, answers.text(answer.get("abstract"), answers.ABSTRACT), notes=notes)


def _person(author: Any) -> str:
    parts = answers.mapping(author)
    if literal := answers.title(parts.get("literal") or parts.get("name")):
        return person("", literal)
    particle = answers.title(parts.get("non-dropping-particle") or parts.get("dropping-particle"))
    family = f"{particle} {answers.title(parts.get('family'))} {answers.title(parts.get('suffix'))}"
    return person(answers.title(parts.get("given")), family)


def _published(answer: dict[str, Any]) -> PartialDate | None:
    """Return the earliest of the dates of publication, at the precision that is given."""
    found = []
    for name in _PUBLISHED:
        for parts in answers.listed(answers.mapping(answer.get(name)).get("date-parts"))[:1]:
            numbers = [str(part) for part in answers.listed(parts)[:3] if isinstance(part, int | str)]
            form = "-".join([*(number.zfill(4) for number in numbers[:1]), *(n.zfill(2) for n in numbers[1:])])
            date = answers.day(form)
            if date is not None:
                found.append(date)
    return min(found, key=lambda date: (date.year, date.month or 13, date.day or 32), default=None)
