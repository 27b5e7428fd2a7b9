"""One writer at a time: whoever changes a survey's files holds a lock on its folder until they are written.

The lock is the operating system's, on the folder itself: it leaves nothing behind, and a process that dies, however it
dies, holds none. Where folders cannot be locked (Windows, some network file systems), a file stands for it. That file
lies outside the survey, so that nobody commits it: among the temporary files, in a folder that only this user can write
to, where nobody else can put a link or keep the user out. Then only one user's processes on one machine wait for each
other.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30.0  #: Seconds that one waits for another; writing takes one or two.
_PAUSE = 0.05  #: Seconds between two attempts.


@contextlib.contextmanager
def locked(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Be the only one that writes to the survey at ``root``, once nobody else does.

    :raises Refused: if somebody else has been writing for longer than ``patience``, or no lock can be kept.
    """
    handle = _handle(root)
    try:
        end = time.monotonic() + patience
        while not _taken(handle):
            if time.monotonic() > end:
                message = f"another 'new' has been writing to this survey for {patience:.0f} seconds"
                raise Refused(Fault(message, "wait until it has ended, or end it, and run this again"))
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)  # which gives the lock back


def _handle(root: Path) -> int:
    """Open what is locked.

    :raises Refused: if that is a file, and its folder is somebody else's.
    """
    folder = root.resolve()
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        if _can_be_locked(handle):
            return handle
        os.close(handle)
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return os.open(_own_folder() / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)


def _own_folder() -> Path:
    """Return a folder for temporary files that only this user can write to; its name is known to all."""
    folder = Path(tempfile.gettempdir(), f"survey-locks-{_user()}")
    with contextlib.suppress(FileExistsError):
        folder.mkdir(0o700)
    found = folder.lstat()
    is_open = sys.platform != "win32" and (found.st_uid != _user() or found.st_mode & 0o022)
    if not stat.S_ISDIR(found.st_mode) or is_open:
        message = f"{folder} is no folder of yours alone, and a lock cannot be kept there"
        raise Refused(Fault(message, "remove it, or set TMPDIR to a folder of your own, and run this again"))
    return folder


if sys.platform == "win32":
    import msvcrt

    def _user() -> str:
        """Return what tells users apart: here each has a folder for temporary files anyway."""
        return "here"

    def _taken(handle: int) -> bool:
        """Take the lock, if nobody has it."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _user() -> int:
        """Return what tells users apart."""
        return os.getuid()

    def _taken(handle: int) -> bool:
        """Take the lock, if nobody has it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _can_be_locked(handle: int) -> bool:
        """Tell whether the file system locks folders; NFS locks only what is open for writing."""
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            fcntl.flock(handle, fcntl.LOCK_UN)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return True
