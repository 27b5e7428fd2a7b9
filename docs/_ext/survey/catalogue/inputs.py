"""What a catalogue is made from, as one digest: the same files, read by the same code, give the same catalogue."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from survey.catalogue.records.settings import FILE as SETTINGS
from survey.catalogue.texts.digests import digest_of_all
from survey.catalogue.texts.known_digests import KnownDigests
from survey.catalogue.texts.places import BESIDE, DOCS
from survey.catalogue.texts.symlinks import CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: How the names of files end whose content is read; of others only their being there matters, to links.
_READ = (".md", ".csv", ".toml", ".yaml", ".bib")
#: What reads Markdown, YAML, BibTeX and fields for us.
_READERS = ("bibtexparser", "markdown-it-py", "mdit-py-plugins", "myst-parser", "pydantic", "pylatexenc", "PyYAML")
_PACKAGE = Path(__file__).parents[1]


def digest(root: Path, files: KnownDigests | None = None) -> str:
    """Return a digest of all that :func:`survey.catalogue.load` reads of the survey at ``root``, and of its code."""
    lines = (line.encode("utf-8", "surrogateescape") for line in _lines(root, files or KnownDigests()))
    return digest_of_all(chain([code().encode()], lines))


def settings(root: Path) -> str:
    """Return a digest of our code and of what a survey declares: by both a page is read, whatever others say."""
    return f"{code()} {_state(root / SETTINGS, KnownDigests())}"


def _lines(root: Path, known: KnownDigests) -> Iterator[str]:
    """Yield a line for every file and folder: where it is, and what it is."""
    for name in BESIDE:
        yield f"{name} {_state(root / name, known)}\n"
    for folder, names, files in os.walk(root / DOCS):
        here = Path(folder)
        if here == root / DOCS:
            names[:] = [name for name in names if name not in CODE]
        names.sort()
        place = here.relative_to(root).as_posix()
        yield from (f"{place}/{name} {_state(here / name)}\n" for name in names)
        yield from (
            f"{place}/{name} {_state(here / name, known if name.endswith(_READ) else None)}\n" for name in sorted(files)
        )


def _state(path: Path, known: KnownDigests | None = None) -> str:
    """Return what tells of a file: where it leads if it's a link, and the digest of its content if that matters."""
    try:
        leads = f"-> {path.readlink()} {path.exists()} " if path.is_symlink() else ""
        return leads + (known.of(path) if known is not None else "there")
    except OSError as error:  # said again by whoever wants to read it
        return f"errno {error.errno}"


@cache
def code() -> str:
    """Return a digest of our own code with its translations, and of the versions of what it reads with."""
    paths = sorted(path for path in _PACKAGE.rglob("*") if path.suffix in {".py", ".mo"})
    own = (part for path in paths for part in (path.relative_to(_PACKAGE).as_posix().encode(), path.read_bytes()))
    return digest_of_all(chain([sys.version.encode(), versions(_READERS).encode()], own))


def versions(names: Iterable[str]) -> str:
    """Return which versions of libraries are there; those that are not needed may be missing."""
    return "".join(f"{name} {_version(name)}\n" for name in names)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
