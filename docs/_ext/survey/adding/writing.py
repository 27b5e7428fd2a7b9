"""Writing what was made: all of it or nothing, and never over a file that is there."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from survey.adding.faults import Fault, Refused

if TYPE_CHECKING:
    from types import TracebackType


@dataclass
class Changes:
    """Changes to the files under a root; they are taken back unless :meth:`keep` is called before the block ends."""

    root: Path
    _undo: list[tuple[Path, bytes | None]] = field(default_factory=list)  # in order; None: there was no file
    _kept: bool = False

    def __enter__(self) -> Changes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._kept and error is None:
            return
        for path, data in reversed(self._undo):
            with contextlib.suppress(OSError):
                if data is None:
                    path.unlink()
                else:
                    _replace(path, data)

    def create(self, path: str, text: str) -> None:
        """Write a new file, given its path relative to the root.

        :raises Refused: if it is there, or cannot be written.
        """
        file = self.root / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as stream:
                self._undo.append((file, None))
                stream.write(text.encode("utf-8"))
        except FileExistsError:
            raise Refused(Fault("the file is already there", "edit it, or remove it", path)) from None
        except OSError as error:
            raise Refused(_unwritable(path, error)) from None

    def replace(self, path: str, data: bytes) -> None:
        """Give a file other content, at one moment.

        :raises Refused: if it cannot be written.
        """
        file = self.root / path
        try:
            before = file.read_bytes()
            _replace(file, data)
        except OSError as error:
            raise Refused(_unwritable(path, error)) from None
        self._undo.append((file, before))

    def keep(self) -> None:
        """Let the changes stand."""
        self._kept = True


def _replace(path: Path, data: bytes) -> None:
    target = path.resolve()
    mode = target.stat().st_mode
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(mode)
        Path(name).replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _unwritable(path: str, error: OSError) -> Fault:
    return Fault(f"the file cannot be written ({error.strerror})", "mend its permissions, or free some space", path)
