"""Writing what was made: all of it or nothing, and never over a file that is there.

Each file is complete on the disk, under a hidden name beside its own, before the first takes its place; they do so one
right after the other. If the program is killed, each file is the old or the new one, and the next run removes what is
left of hidden ones. Killed between two places, it leaves a work of the bibliography without a page, which the same
command completes (:mod:`survey.adding.finishing`).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Refused
from survey.catalogue import load
from survey.catalogue.texts.places import DOCS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from survey.catalogue import Catalogue

_HIDDEN = ".{name}.being-written"  #: Ignored by git, and no page to anybody.


@dataclass(frozen=True, slots=True)
class _Change:
    """A file's new content, beside the file."""

    path: str
    staged: Path
    target: Path
    before: bytes | None  #: None: there must be no file.


@dataclass
class Changes:
    """Changes to the files under a root; nothing is seen of them until :meth:`keep` is called.

    Whoever makes them holds the survey's lock (:mod:`survey.adding.files.locking`): hidden files are left-overs.
    """

    root: Path
    _changes: list[_Change] = field(default_factory=list)
    _placed: list[_Change] = field(default_factory=list)
    _kept: bool = False

    def __enter__(self) -> Changes:
        for pattern in (_HIDDEN, f"{DOCS}/{_HIDDEN}", f"{DOCS}/*/{_HIDDEN}"):
            for path in self.root.glob(pattern.format(name="*")):
                with contextlib.suppress(OSError):
                    path.unlink()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if not self._kept:
            for change in reversed(self._placed):
                _take_back(change)
        for change in self._changes:
            with contextlib.suppress(OSError):
                change.staged.unlink(missing_ok=True)

    def create(self, path: str, text: str) -> None:
        """Write a new file, given its path relative to the root.

        :raises Refused: if it is there, or cannot be written.
        """
        target = self.root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(target):
                raise _there(path)
            self._stage(path, target, text.encode("utf-8"), None)
        except OSError as error:
            raise Refused(unwritable(path, error)) from None

    def replace(self, path: str, data: bytes, before: bytes) -> None:
        """Give a file other content, if it still has the content that the other was made from.

        :raises Refused: if it has been changed, or cannot be written.
        """
        try:
            target = (self.root / path).resolve()
            if target.read_bytes() != before:
                raise Refused(Fault("the file has been changed in the meantime", "run the command again", path))
            if not os.access(target, os.W_OK):  # or it would be replaced where its folder may be written
                raise PermissionError(13, os.strerror(13))
            self._stage(path, target, data, before)
        except OSError as error:
            raise Refused(unwritable(path, error)) from None

    def _stage(self, path: str, target: Path, data: bytes, before: bytes | None) -> None:
        change = _Change(path, target.with_name(_HIDDEN.format(name=target.name)), target, before)
        self._changes.append(change)
        _write(change.staged, data)
        if before is not None:
            change.staged.chmod(target.stat().st_mode)

    def keep(self) -> None:
        """Let every file take its place.

        :raises Refused: if one cannot; then none does.
        """
        for change in self._changes:
            try:
                self._placed.append(change)
                _place(change)
            except FileExistsError:
                self._placed.remove(change)
                raise _there(change.path) from None
            except OSError as error:
                raise Refused(unwritable(change.path, error)) from None
        self._kept = True


def checked(root: Path, files: Mapping[str, bytes]) -> tuple[Catalogue, Catalogue]:
    """Return what a survey's files say as they are, and with other files written; in a copy, so that nothing is.

    :raises Refused: if there's no room for a copy.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="survey-") as folder:
            copy = Path(folder).resolve()
            _copy(root.resolve(), copy)
            before = load(copy)
            for path, data in files.items():
                (copy / path).parent.mkdir(parents=True, exist_ok=True)
                (copy / path).write_bytes(data)
            return before, load(copy)
    except OSError as error:
        raise Refused(unwritable(error.filename or tempfile.gettempdir(), error)) from None


def _copy(root: Path, copy: Path) -> None:
    """Copy what a survey's files are: the bibliography and how the survey is cited, at its root, and its pages."""
    for path in root.iterdir():
        if path.suffix in {".bib", ".cff"} and path.is_file():
            shutil.copyfile(path, copy / path.name)
    if (root / DOCS).is_dir():
        left_out = shutil.ignore_patterns("_build", "__pycache__", "_ext", ".*")
        shutil.copytree(root / DOCS, copy / DOCS, symlinks=True, ignore=left_out)


def _write(path: Path, data: bytes) -> None:
    """Write a file of which nothing is left to be written when this ends: not even by the disk."""
    path.unlink(missing_ok=True)
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _place(change: _Change) -> None:
    if change.before is None:
        _name(change.staged, change.target)
    else:
        change.staged.replace(change.target)


def _name(staged: Path, target: Path) -> None:
    """Give a file a name that no other has."""
    try:
        os.link(staged, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links; the lock keeps others of us away
        if os.path.lexists(target):
            raise FileExistsError from None
        staged.rename(target)


def _take_back(change: _Change) -> None:
    with contextlib.suppress(OSError):
        if change.before is None:
            if not change.staged.exists() or change.target.samefile(change.staged):  # else it is somebody else's
                change.target.unlink(missing_ok=True)
        elif change.target.read_bytes() != change.before:
            mode = change.target.stat().st_mode
            _write(change.staged, change.before)
            change.staged.chmod(mode)
            change.staged.replace(change.target)


def _there(path: str) -> Refused:
    return Refused(Fault("the file is already there", "edit it, or remove it", path))


def unwritable(path: str, error: OSError) -> Fault:
    """Return what is said of a file that cannot be written."""
    reason = error.strerror or type(error).__name__
    return Fault(f"the file cannot be written ({reason})", "mend its permissions, or free some space", path)
