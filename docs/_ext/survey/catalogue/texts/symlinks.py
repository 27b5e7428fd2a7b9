"""Symbolic links: through one, a build would publish files from outside, or the same pages without end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from survey.catalogue.problems import Problem
from survey.catalogue.texts.places import BESIDE, DOCS

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = frozenset({"_ext", "_build"})  #: Folders of docs/ that no build publishes.
_HINT = "put the file itself there; the link is not followed"


def is_linked(root: Path, path: str) -> bool:
    """Tell whether a file, given relative to the root, is or lies behind a symbolic link that isn't followed."""
    if "/" not in path:
        return _leads_away(root, path)
    at = root
    for part in Path(path).parts:
        at /= part
        if at.is_symlink():
            return True
    return False


def _leads_away(root: Path, name: str) -> bool:
    """Tell whether a bibliography is a link to anything but another bibliography of the survey."""
    file = root / name
    if not file.is_symlink():
        return False
    try:
        target = file.resolve(strict=True)
    except (OSError, RuntimeError):  # to nowhere, or to itself
        return True
    return target.suffix != ".bib" or not target.is_relative_to(root.resolve())


def problems(root: Path) -> Iterator[Problem]:
    """Yield the symbolic links of a survey that aren't followed."""
    for name in BESIDE:
        if _leads_away(root, name):
            yield _problem(name, "does not lead to a .bib file of the survey")
    for folder, names, files in os.walk(root / DOCS):
        here = Path(folder)
        if here == root / DOCS:
            names[:] = [name for name in names if name not in CODE]
        for name in (*names, *files):
            if (here / name).is_symlink():
                yield _problem((here / name).relative_to(root).as_posix(), f"stands in {DOCS}/")


def _problem(path: str, where: str) -> Problem:
    return Problem(path, 1, "symbolic-link", f"a symbolic link {where}", _HINT)
