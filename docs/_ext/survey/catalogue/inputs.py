"""What a catalogue is made from, as one digest: the same files, read by the same code, give the same catalogue."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from survey.catalogue.records.settings import FILE as SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = "docs"
#: Files beside ``docs/`` that are read.
_BESIDE = ("references.bib", "CITATION.bib")
#: How the names of files end whose content is read; of others only their being there matters, to links.
_READ = (".md", ".csv", ".toml", ".yaml", ".bib")
#: Folders that hold code and what builds leave; nothing in them belongs to the catalogue.
_PASSED = frozenset({"_build", "_ext", "__pycache__"})
#: What reads Markdown, YAML, BibTeX and fields for us.
_READERS = ("bibtexparser", "markdown-it-py", "mdit-py-plugins", "myst-parser", "pydantic", "pylatexenc", "PyYAML")
_PACKAGE = Path(__file__).parents[1]
_SIZE = 16  #: Bytes.


def digest(root: Path) -> str:
    """Return a digest of all that :func:`survey.catalogue.load` reads of the survey at ``root``, and of its code."""
    found = hashlib.blake2b(code().encode(), digest_size=_SIZE)
    for line in _lines(root):
        found.update(line.encode("utf-8", "surrogateescape") + b"\n")
    return found.hexdigest()


def settings(root: Path) -> str:
    """Return a digest of our code and of what a survey declares: by both a page is read, whatever others say."""
    return f"{code()} {_state(root / SETTINGS, read=True)}"


def _lines(root: Path) -> Iterator[str]:
    """Yield a line for every file: where it is, and what it is."""
    for name in _BESIDE:
        yield f"{name} {_state(root / name, read=True)}"
    for folder, names, files in os.walk(root / DOCS):
        here = Path(folder)
        names[:] = sorted(name for name in names if name not in _PASSED)
        yield from (f"{name} {_state(here / name)}" for name in names)
        relative = here.relative_to(root).as_posix()
        yield from (f"{relative}/{name} {_state(here / name, read=name.endswith(_READ))}" for name in sorted(files))


def _state(path: Path, *, read: bool = False) -> str:
    """Return what tells of a file: where it leads if it's a link, a digest of its content if that is ``read``."""
    try:
        leads = f"-> {path.readlink()} {path.exists()} " if path.is_symlink() else ""
        return leads + (hashlib.blake2b(path.read_bytes(), digest_size=_SIZE).hexdigest() if read else "there")
    except OSError as error:  # said again by whoever wants to read it
        return f"errno {error.errno}"


@cache
def code() -> str:
    """Return a digest of our own code, and the versions of the libraries that it reads with."""
    found = hashlib.blake2b(sys.version.encode(), digest_size=_SIZE)
    found.update("".join(f"{name} {_version(name)}\n" for name in _READERS).encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        found.update(path.relative_to(_PACKAGE).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:  # not needed, or brought along in another way
        return ""
