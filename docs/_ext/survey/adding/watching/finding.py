"""What the watch makes of arXiv's answers: works that match, without those that are known, ranked and queued."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.adding import queueing
from survey.adding.draft.faults import Fault, Refused, Unavailable
from survey.adding.files.locking import locked
from survey.adding.text.cleaning import one_line
from survey.adding.watching.terms import Terms
from survey.catalogue import load
from survey.catalogue.records.queue import QueuedWork, names_of, plain_id, title_id
from survey.catalogue.schema.fields import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from survey.adding.lookups import Services
    from survey.adding.watching.asking import Work
    from survey.adding.watching.terms import Match
    from survey.catalogue import Catalogue

#: Works that one run puts into the queue; a week brings a handful, and what is left over is said.
MOST = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A work that may belong, with the reason."""

    work: Work
    matches: tuple[Match, ...]  #: What counts most first.

    @property
    def score(self) -> float:
        """How well title and abstract match."""
        return sum(match.score for match in self.matches)

    @property
    def queued(self) -> QueuedWork:
        """What stands of it in the queue."""
        reasons = ", ".join(str(match) for match in self.matches if match.weight > 0)
        when = f", {self.work.published.words}" if self.work.published is not None else ""
        why = one_line(f"found by the watch, score {self.score:.1f}: {reasons}", LONGEST_TEXT)
        return QueuedWork(id=self.work.id, title=self.work.title, seen=f"arXiv{when}", why=why)


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of a run."""

    asked: int  #: Works that arXiv has of these words and days.
    known: int  #: Of those that match, those that are in the bibliography or in the queue.
    queued: tuple[Found, ...]  #: The best first.
    left: tuple[Found, ...]  #: What matches too, and is more than one run puts into the queue.


def watch(
    root: Path, days: int, *, today: dt.date | None = None, services: Services | None = None, write: bool = True
) -> Watched:
    """Ask arXiv for the works of the last days, and put those that may belong into the queue of the survey at ``root``.

    :raises Refused: if arXiv gives no whole answer, or the queue cannot be changed; then nothing is written.
    """
    catalogue = load(root)
    terms = Terms.of(catalogue)
    last = today or dt.datetime.now(dt.UTC).date()
    listed = _ask(terms, catalogue, last - dt.timedelta(days=days), last, services)
    matching = ranked(terms, listed, catalogue.layout.watch.least)
    if not write:
        return _sorted_out(matching, catalogue, len(listed))
    with locked(root):  # not while arXiv is asked, which takes its time
        watched = _sorted_out(matching, load(root), len(listed))
        if watched.queued:
            queueing.append(root, [found.queued for found in watched.queued])
    return watched


def ranked(terms: Terms, works: Iterable[Work], least: float) -> list[Found]:
    """Return the works that score enough, the best first."""
    found = (Found(work, tuple(terms.matches(work.title, work.abstract))) for work in works)
    return sorted((one for one in found if one.score >= least), key=lambda one: (-one.score, one.work.id))


def _ask(terms: Terms, catalogue: Catalogue, first: dt.date, last: dt.date, services: Services | None) -> list[Work]:
    words = terms.asked()
    if not words:
        hint = "add head types, or words under [watch.words] in docs/survey.toml"
        raise Refused(Fault("there are no words by which works could be looked for", hint))
    try:
        from survey.adding.lookups import Services  # noqa: PLC0415  # httpx is needed for this alone
        from survey.adding.watching import asking  # noqa: PLC0415  # it asks by httpx
    except ModuleNotFoundError as error:
        hint = "install requirements/new.txt, as 'nox -s watch' does"
        raise Unavailable(Fault(f"asking arXiv needs the library {error.name}", hint)) from None
    at = services or Services()
    questions = asking.questions(words, catalogue.layout.watch.categories, first, last)
    return asking.works(list(questions), at.arxiv, at.patience)


def _sorted_out(matching: Iterable[Found], catalogue: Catalogue, asked: int) -> Watched:
    """Drop what is known: works of the bibliography, and of the queue, also those that were left out."""
    known = {name for entry in catalogue.bibliography.values() for name in names_of(entry)}
    known |= {name for work in catalogue.queue for name in (plain_id(work.id), title_id(work.title))}
    new, old = [], 0
    for found in matching:
        names = {plain_id(found.work.id), title_id(found.work.title)} - {""}
        if names.isdisjoint(known):
            new.append(found)
            known |= names
        else:
            old += 1
    return Watched(asked, old, tuple(new[:MOST]), tuple(new[MOST:]))
