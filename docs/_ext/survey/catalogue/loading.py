"""From a survey's files to its catalogue: they are read, then checked against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue import inputs, keeping
from survey.catalogue.checks import checking, impossible_dates
from survey.catalogue.garbage import seldom
from survey.catalogue.records import queue
from survey.catalogue.records.catalogue import Catalogue, made_of
from survey.catalogue.records.files import read_files
from survey.catalogue.records.known_texts import KnownTexts
from survey.catalogue.records.settings import read_layout

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from survey.catalogue.problems import Problem
    from survey.catalogue.schema.facets import Layout
    from survey.catalogue.texts.known_digests import KnownDigests

_KEPT, _TEXTS = "catalogue.pickle", "texts.pickle"


def load_kept(root: Path, folder: Path, digests: KnownDigests | None = None) -> tuple[Catalogue, str]:
    """Return the catalogue as :func:`load` does, and the digest of what it is made from.

    Catalogue and texts are kept in ``folder``. The catalogue is taken from there where the survey, our code and the day
    are those of the last time, or else those pages and that bibliography whose text is what it was. ``digests`` are
    those of files that are known.
    """
    with seldom():
        return _load_kept(root, folder, digests)


def _load_kept(root: Path, folder: Path, digests: KnownDigests | None) -> tuple[Catalogue, str]:
    layout, problems = read_layout(root)
    made_from, now = inputs.digest(root, digests), impossible_dates.today()
    path, key = folder / _KEPT, f"{made_from} {now}"
    kept = keeping.read(path, key, layout)
    if isinstance(kept, Catalogue):
        return kept, made_from
    settings = inputs.settings(root)
    texts = KnownTexts(keeping.read(folder / _TEXTS, settings, layout) or {})
    catalogue = _load(root, now, layout, problems, texts)
    keeping.write(path, key, layout, catalogue)
    if texts.differ:
        keeping.write(folder / _TEXTS, settings, layout, texts.now)
    return catalogue, made_from


def load(root: Path, now: dt.date | None = None) -> Catalogue:
    """Read the survey at ``root``, which holds ``references.bib`` and ``docs/``, and cross-check it.

    ``now`` is the day on which dates are judged, by default today
    (see :func:`survey.catalogue.checks.impossible_dates.today`). What is wrong with the files is in
    :attr:`Catalogue.problems`; nothing in them makes this raise.
    """
    return _load(root, now or impossible_dates.today(), *read_layout(root), KnownTexts())


def _load(root: Path, now: dt.date, layout: Layout, problems: list[Problem], texts: KnownTexts) -> Catalogue:
    files = read_files(root, layout, certain=not problems, known=texts)
    problems = [*problems, *files.problems, *checking.check(files, layout, now)]
    waiting, found = queue.read(root, files.bibliography, files.papers)
    return made_of(files, layout, [*problems, *found], waiting)
