"""Files that are there as a whole or as they were, even if the disk is full, or the process killed, in the middle."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in a folder that is there, beside its place, and then put it there.

    Raises:
        OSError: It cannot be written; what was there stays.
    """
    new = Path(path).with_name(f".{path.name}.being-written")  # a path of Sphinx's replaces letters, not files
    try:
        new.write_bytes(content)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
