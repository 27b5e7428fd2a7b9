"""OpenReview: the notes of its API, version 2 and, for older venues, version 1 (https://docs.openreview.net)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.adding.bibtex import bibentries
from survey.adding.draft.drafts import Draft, person_of
from survey.adding.draft.faults import Fault, NotFound, Refused, Unavailable
from survey.adding.lookups import answers
from survey.adding.lookups.fetching import INSTEAD, fetch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.adding.lookups.fetching import Patience

SERVICE = "OpenReview"
_SUBMITTED = ("submitted", "withdrawn", "rejected", "desk")


def look_up(number: str, addresses: Sequence[str], patience: Patience) -> Draft:
    """Return what OpenReview knows of a paper, from the first of its interfaces that has it.

    :raises Unavailable: if none can be asked, or none has such a paper.
    """
    failure: Unavailable | None = None
    for address in addresses:
        try:
            body = fetch(SERVICE, address, params={"id": number}, accept="application/json", patience=patience)
            return read(body, number)
        except Unavailable as unavailable:  # what one cannot answer, the other may
            if failure is None or isinstance(failure, NotFound):
                failure = unavailable
    raise failure or NotFound(Fault("OpenReview was not asked"))


def read(body: bytes, number: str) -> Draft:
    """Read an answer of either version.

    :raises Unavailable: if it has no such note.
    """
    notes = answers.listed(answers.as_json(SERVICE, body).get("notes"))
    note = next((note for note in map(answers.mapping, notes) if note.get("id") == number), None)
    if note is None:
        raise NotFound(Fault(f"OpenReview knows no paper '{number}'", f"check the address, {INSTEAD}"))
    content = {name: _value(value) for name, value in answers.mapping(note.get("content")).items()}
    published = next(filter(None, (answers.moment(note.get(name)) for name in ("pdate", "odate", "cdate"))), None)
    venue = answers.title(content.get("venue"))
    known = _entry(content.get("_bibtex"))
    fields = {
        "title": answers.title(content.get("title")),
        "author": " and ".join(
            filter(None, (person_of(answers.title(name)) for name in answers.listed(content.get("authors"))))
        ),
        "booktitle": known.get("booktitle", "") or venue,
        "year": known.get("year", "") or (f"{published.year:04d}" if published is not None else ""),
        "url": f"https://openreview.net/forum?id={number}",
    }
    remarks = ["OpenReview writes names as they are spoken: look where the family names begin"]
    if not venue or any(word in venue.casefold() for word in _SUBMITTED):
        remarks.append(f"OpenReview gives the venue '{venue}': was the paper accepted?")
    abstract = answers.text(content.get("abstract"), answers.ABSTRACT)
    kind = "inproceedings" if fields["booktitle"] else "misc"
    return Draft(kind, fields, published, None, abstract, notes=tuple(remarks))


def _value(value: Any) -> Any:
    """Return a field's value, which version 2 wraps in an object."""
    return value.get("value") if isinstance(value, dict) else value


def _entry(bibtex: Any) -> dict[str, str]:
    """Return the fields of the entry that OpenReview made, which names the proceedings in full; none if it cannot."""
    if not isinstance(bibtex, str):
        return {}
    try:
        return dict(bibentries.read(bibtex, SERVICE).fields)
    except Refused:
        return {}
