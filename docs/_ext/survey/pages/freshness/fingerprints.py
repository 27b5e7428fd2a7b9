"""What a build leaves in a folder: noted when the build is finished, and compared before the next one trusts it.

The note is a file of JSON::

    {"finished": true,
     "files": {"papers/wu2024retrieval.html": "<digest>"},   # what builds have written, from the folder, and no other
     "more": {"pages": ["papers/wu2024retrieval"]}}          # what else the next build wants to know, as it likes

A build marks it as unfinished before it changes anything, and as finished when it has changed everything: so a build
that was killed, or a file that somebody else has changed since, is known to the next one.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from survey.catalogue.texts.known_digests import stamp_of
from survey.catalogue.texts.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from survey.catalogue.texts.known_digests import KnownDigests, Stamp


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a folder; nothing, if no build has noted anything."""

    finished: bool = False
    files: Mapping[str, str] = field(default_factory=dict)  #: Digests, by the path from the folder.
    more: Mapping[str, Any] = field(default_factory=dict)

    def names(self, key: str) -> frozenset[str]:
        """Return a list of names among what else is noted."""
        found = self.more.get(key)
        return frozenset(map(str, found)) if isinstance(found, list) else frozenset()

    def table(self, key: str) -> dict[str, str]:
        """Return a table of texts among what else is noted."""
        found = self.more.get(key)
        return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}


def read_note(path: Path) -> Note:
    """Return a note; one that is missing or damaged says nothing."""
    try:
        found = json.loads(path.read_bytes())
        files = {str(name): str(digest) for name, digest in found["files"].items()}
        return Note(found["finished"] is True, files, dict(found["more"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Note()


def write_note(path: Path, note: Note) -> None:
    """Write a note at once or not at all: being killed in between leaves the earlier one."""
    clear_way(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"finished": note.finished, "files": note.files, "more": note.more}
    write_whole(path, json.dumps(content, sort_keys=True).encode())


def stamps(folder: Path, skipped: Collection[Path] = ()) -> dict[str, Stamp]:
    """Return what tells of each file in a folder whether it was written since, without what is ``skipped``."""
    return dict(_stamps(str(folder), "", frozenset(map(str, skipped))))


def _stamps(folder: str, place: str, skipped: frozenset[str]) -> Iterator[tuple[str, Stamp]]:
    """Yield them; thousands of files are looked at, in every build, which is long by paths that are objects."""
    try:
        inside = os.scandir(folder)
    except OSError:  # not there, or gone meanwhile
        return
    with inside:
        for found in inside:
            if found.path in skipped:
                continue
            if found.is_dir(follow_symlinks=False):
                yield from _stamps(found.path, f"{place}{found.name}/", skipped)
            elif not found.is_dir():
                yield f"{place}{found.name}", stamp_of(found.stat(follow_symlinks=False))


def digests(
    folder: Path, before: Mapping[str, Stamp], after: Mapping[str, Stamp], known: Note, current: KnownDigests
) -> dict[str, str]:
    """Return the digests of the files in a folder that builds have written: this one, or those that noted ``known``."""
    found = {}
    for name in sorted(after):
        if before.get(name) != after[name]:
            found[name] = current.found(folder / name)
        elif name in known.files:
            found[name] = known.files[name]
    return found


def changed(folder: Path, note: Note, current: KnownDigests) -> list[str]:
    """Return the files of a folder that aren't as a note has them: damaged, replaced or gone."""
    return [name for name, digest in note.files.items() if current.found(folder / name) != digest]


def remove(folder: Path, names: Iterable[str]) -> None:
    """Remove files, and whatever stands in the place of them or of their folders."""
    for name in names:
        path = folder / name
        for outer in reversed(path.parents):
            if outer.is_relative_to(folder) and outer != folder and outer.is_file():
                outer.unlink()
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def clear_way(path: Path) -> None:
    """Remove a folder that stands where a file of a build belongs."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
