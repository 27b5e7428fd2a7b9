"""A work that gets its page leaves the queue, in the same change as its page comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Refused
from survey.adding.files.queuefile import FILE, QueueFile
from survey.catalogue.records.queue import is_of

if TYPE_CHECKING:
    from pathlib import Path

    from survey.adding.files.writing import Changes
    from survey.catalogue import BibEntry, Catalogue


@dataclass(frozen=True, slots=True)
class Leaving:
    """What becomes of the queue when a work gets its page; nothing, if it wasn't there."""

    ids: tuple[str, ...] = ()  #: Of the items that leave it.
    notes: tuple[str, ...] = ()  #: What a person has to do, where the file can only be changed by one.
    data: bytes = b""  #: The file's new content, if any leave it.
    before: bytes = b""

    def write(self, changes: Changes) -> None:
        """Change the file.

        :raises Refused: if it cannot be written, or has been changed in the meantime.
        """
        if self.ids:
            changes.replace(FILE, self.data, self.before)

    @property
    def files(self) -> dict[str, bytes]:
        """The new content by the file's path, if there is any."""
        return {FILE: self.data} if self.ids else {}


def leaving(root: Path, entry: BibEntry, catalogue: Catalogue) -> Leaving:
    """Return how the queue is without a work that gets its page.

    The page is worth more than the queue: where the queue has a form that only a person can change, it comes anyway.
    """
    waiting = tuple(work.id for work in catalogue.queue if is_of(work, entry))
    if not waiting:
        return Leaving()
    try:
        file = QueueFile.at(root)
        return Leaving(waiting, (), file.without(waiting), file.data or b"")
    except Refused as refused:
        reasons = "; ".join(str(fault) for fault in refused.faults)
        return Leaving((), tuple(f"take '{name}' out of {FILE}, since it has its page: {reasons}" for name in waiting))
