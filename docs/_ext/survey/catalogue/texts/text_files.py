"""The text of a survey's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.catalogue.problems import Problem
from survey.catalogue.texts.symlinks import is_linked

if TYPE_CHECKING:
    from pathlib import Path


LARGEST = 20_000_000  #: Bytes of a file that is read: a bibliography of some ten thousand works.


def read_text(root: Path, path: str, problems: list[Problem], largest: int = LARGEST) -> str | None:
    """Return the text of a file, or None where there's none that can be used, which is then among the problems."""
    if is_linked(root, path):  # reported with all symbolic links
        return None
    try:
        with (root / path).open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError) and not (root / path).is_symlink()
        reason = "is not there" if missing else f"cannot be read ({error.strerror})"
        hint = "a survey has references.bib and docs/ at its root" if missing else "mend it, or remove it"
        problems.append(Problem(path, 1, "missing-file", f"the file {reason}", hint))
        return None
    if len(data) > largest:
        message = f"the file has more than {largest:,} bytes; it is not used"
        problems.append(Problem(path, 1, "too-large", message, "divide it, or remove what doesn't belong there"))
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        problems.append(Problem(path, line, "not-utf-8", message, "save the file as UTF-8; it is not used until then"))
        return None
