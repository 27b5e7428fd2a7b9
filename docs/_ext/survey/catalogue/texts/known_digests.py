"""Digests of files that are known from an earlier build: a file that nobody has written since isn't read again.

What tells that is its stamp: its times, its size and its place on the disk. The system sets the time of the last change
(``st_ctime``) itself, so that neither a copied time nor a file that is moved into its place goes unseen. It counts time
in steps, though: a file can be written twice within one, and its stamp stays. So a digest is kept only where the file
was settled when it was read. (Git does likewise: https://git-scm.com/docs/racy-git.)
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path

from survey.catalogue.texts.digests import digest
from survey.catalogue.texts.whole_files import write_whole

#: What tells of a file whether it was written since: its times in nanoseconds, its size and its place on the disk.
Stamp = tuple[int, int, int, int]
#: How long before it is read a file was written last, at least, if its digest is kept: twice the longest step of a
#: file system that is in use (FAT: two seconds).
SETTLED = 4_000_000_000
#: Elsewhere ``st_ctime`` isn't the time of the last change.
_TELLING = os.name == "posix"


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


class KnownDigests:
    """Digests of files by their paths: those of an earlier build, and those that this one has asked for."""

    def __init__(self, before: dict[str, tuple[Stamp, str]] | None = None) -> None:
        self._before = before or {}
        self._now: dict[str, tuple[Stamp, str]] = {}

    @classmethod
    def read(cls, path: Path) -> KnownDigests:
        """Return what was kept in a file; one that is missing or damaged says nothing."""
        try:
            found = json.loads(path.read_bytes())
            return cls({str(name): (_stamp(stamp), str(text)) for name, (stamp, text) in found.items()})
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return cls()

    def of(self, path: Path | str) -> str:
        """Return the digest of a file's content.

        Raises:
            OSError: It cannot be read.
        """
        path = Path(path)
        name, stamp = str(path), stamp_of(path.stat())
        known = self._now.get(name) or self._before.get(name)
        if known is not None and known[0] == stamp:
            self._now[name] = known
            return known[1]
        self._now.pop(name, None)
        read_at = time.time_ns()
        found = digest(path.read_bytes())
        if _TELLING and stamp[1] < read_at - SETTLED:
            self._now[name] = stamp, found
        return found

    def found(self, path: Path | str) -> str:
        """Return the digest of a file's content, or nothing if there's no such file."""
        try:
            return self.of(path)
        except OSError:
            return ""

    def write(self, path: Path) -> None:
        """Keep what was asked for; where that cannot be written, files are read next time."""
        if self._now == self._before:
            return
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, json.dumps(self._now).encode())


def _stamp(found: list[int]) -> Stamp:
    modified, changed, size, place = found
    return int(modified), int(changed), int(size), int(place)
