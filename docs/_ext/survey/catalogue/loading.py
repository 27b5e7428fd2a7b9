"""From a survey's files to its catalogue: they are read, then checked against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue import inputs, keeping
from survey.catalogue.checks import checking, impossible_dates
from survey.catalogue.records import queue
from survey.catalogue.records.catalogue import Catalogue, made_of
from survey.catalogue.records.files import read_files
from survey.catalogue.records.settings import read_layout

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

_KEPT = "catalogue.pickle"


def load_kept(root: Path, folder: Path) -> tuple[Catalogue, str]:
    """Return the catalogue as :func:`load` does, and the digest of what it is made from.

    It is kept in ``folder``, and taken from there where the survey, our code and the day are those of the last time.
    """
    layout, _problems = read_layout(root)
    made_from, now = inputs.digest(root), impossible_dates.today()
    path, key = folder / _KEPT, f"{made_from} {now}"
    found = keeping.read(path, key, layout)
    if isinstance(found, Catalogue):
        return found, made_from
    catalogue = load(root, now)
    keeping.write(path, key, catalogue.layout, catalogue)
    return catalogue, made_from


def load(root: Path, now: dt.date | None = None) -> Catalogue:
    """Read the survey at ``root``, which holds ``references.bib`` and ``docs/``, and cross-check it.

    ``now`` is the day on which dates are judged, by default today
    (see :func:`survey.catalogue.checks.impossible_dates.today`). What is wrong with the files is in
    :attr:`Catalogue.problems`; nothing in them makes this raise.
    """
    layout, problems = read_layout(root)
    files = read_files(root, layout, certain=not problems)
    problems += files.problems
    problems += checking.check(files, layout, now or impossible_dates.today())
    waiting, found = queue.read(root, files.bibliography, files.papers)
    return made_of(files, layout, [*problems, *found], waiting)
