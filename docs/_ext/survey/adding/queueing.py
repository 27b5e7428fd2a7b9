"""The queue of works without a page: one is put there, looked up, and leaves it once it has its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.adding import duplicates, papers, suggesting
from survey.adding.draft import identifiers
from survey.adding.draft.faults import Fault, Refused
from survey.adding.files.locking import locked
from survey.adding.files.queuefile import FILE, QueueFile
from survey.adding.files.writing import Changes
from survey.adding.text import cleaning
from survey.catalogue import load
from survey.catalogue.records.queue import QueuedWork, names_of, plain_id
from survey.catalogue.schema.fields import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from survey.adding.draft.drafts import Draft
    from survey.adding.draft.identifiers import Identifier
    from survey.adding.lookups import Services
    from survey.catalogue import Catalogue

#: What services are called where a work was seen.
_SEEN = {"arxiv": "arXiv", "doi": "its DOI's record", "openreview": "OpenReview", "acl": "the ACL Anthology"}
_ADDRESSES = {"openreview": "https://openreview.net/forum?id={}", "acl": "https://aclanthology.org/{}/"}


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a person says of a work; empty where nothing was said."""

    why: str = ""  #: Why it may belong.
    seen: str = ""  #: Where it was seen.
    left_out: str = ""  #: Why it was left out, if it was.


def new_queued(root: Path, given: str, reasons: Reasons, services: Services | None = None) -> QueuedWork:
    """Look a work up and put it into the queue of the survey at ``root``.

    :raises Refused: if it is there, or has its page, or nothing says why it may belong; then nothing is written.
    """
    identifier = identifiers.parse(given)
    catalogue = load(root)
    papers.refuse_if_any(_known(identifier, catalogue))
    draft = papers.look_up(identifier, services).with_dates()
    work = _work(identifier, draft, reasons, catalogue)
    with locked(root):  # not while a service is asked, which takes its time
        append(root, [work])
    return work


def append(root: Path, works: Sequence[QueuedWork]) -> None:
    """Write works at the end of the queue; whoever calls this has the lock.

    :raises Refused: if one is there, or has its page.
    """
    catalogue = load(root)
    papers.refuse_if_any(fault for work in works for fault in _there(work, catalogue))
    file = QueueFile.at(root)
    data = file.with_works(works)
    with Changes(root) as changes:
        if file.data is None:
            changes.create(FILE, data.decode("utf-8"))
        else:
            changes.replace(FILE, data, file.data)
        changes.keep()


def id_of(identifier: Identifier) -> str:
    """Return the id of a work in the queue: its number, or its address where it has none."""
    return _ADDRESSES.get(identifier.scheme, "{}").format(identifier.value)


def _known(identifier: Identifier, catalogue: Catalogue) -> Iterable[Fault]:
    """Yield where a work is, before anything is looked up; one that is only cited may wait for its page."""
    for paper in catalogue.papers.values():
        if duplicates.has(identifier, paper.entry):
            yield Fault(f"the work has its page, {paper.path}", "correct that file if something is missing")
    for work in catalogue.queue:
        if plain_id(work.id) == plain_id(id_of(identifier)):
            yield _waits(work)


def _there(work: QueuedWork, catalogue: Catalogue) -> Iterable[Fault]:
    names = {plain_id(work.id)}
    for paper in catalogue.papers.values():
        if not names.isdisjoint(names_of(paper.entry)) or duplicates.same_title(work.title, paper.title):
            yield Fault(f"the work has its page, {paper.path}", "correct that file if something is missing")
    for other in catalogue.queue:
        if plain_id(other.id) in names or duplicates.same_title(work.title, other.title):
            yield _waits(other)


def _waits(work: QueuedWork) -> Fault:
    hint = "change what the file says of it" if work.state != "left-out" else f"it was left out: {work.reason}"
    return Fault(f"'{work.id}' is in the queue already, as '{work.title}'", hint, FILE)


def _work(identifier: Identifier, draft: Draft, reasons: Reasons, catalogue: Catalogue) -> QueuedWork:
    """Return a work with what is known of it and what was said.

    :raises Refused: if nothing says why it may belong.
    """
    title = cleaning.one_line(draft.fields.get("title", ""), LONGEST_TEXT)
    if not title:
        raise Refused(Fault(f"{identifier} has no title", f"write it into {FILE} by hand"))
    when = f", {draft.published.words}" if draft.published is not None else ""
    given = {
        "id": id_of(identifier),
        "title": title,
        "seen": _line(reasons.seen, "--seen") or f"{_SEEN[identifier.scheme]}{when}",
        "why": _line(reasons.why, "--why") or _named(draft, catalogue),
    }
    if reason := _line(reasons.left_out, "--left-out"):
        given |= {"state": "left-out", "reason": reason}
    return QueuedWork.model_validate(given)


def _line(text: str, option: str) -> str:
    line = cleaning.one_line(text, LONGEST_TEXT + 1)
    if len(line) > LONGEST_TEXT:
        raise Refused(Fault(f"the text is longer than {LONGEST_TEXT} characters", "shorten it", option))
    return line


def _named(draft: Draft, catalogue: Catalogue) -> str:
    """Return which head types a work names, as the reason why it may belong.

    :raises Refused: if it names none.
    """
    facet = catalogue.layout.facet("head")
    found = suggesting.suggest(catalogue, facet, draft.fields.get("title", ""), draft.abstract)
    if not found:
        hint = 'say why it may belong: --why "locates heads that …"'
        raise Refused(Fault("title and abstract name no head type of the survey", hint))
    return "names " + ", ".join(f"{catalogue.name('head', at.id)} ({at.place})" for at in found)
