"""Compare what readers get of two builds: ``PYTHONPATH=tests python -m bench.compare BEFORE AFTER``.

Of each page the text, the links and the elements with their attributes are compared, in their order; how it is spaced
between elements makes no difference. Other files are compared byte by byte. Ends with 1 if anything differs.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 3  #: Examples of each kind of difference.
_LINKS = frozenset({"href", "src"})
#: Where white space says something.
_KEPT = frozenset({"pre", "script", "style", "textarea"})


class Page(HTMLParser):
    """A page as three lists, each in the order of the page."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.links: list[str] = []
        self.structure: list[str] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self._open.append(tag)
        self.links += [f"{tag} {name}={value}" for name, value in attrs if name in _LINKS]
        self.structure.append(f"<{tag} {sorted((name, value or '') for name, value in attrs if name not in _LINKS)}>")

    def handle_endtag(self, tag: str) -> None:
        """Note its end."""
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        self.structure.append(f"</{tag}>")

    def handle_decl(self, decl: str) -> None:
        """Note of which kind the page is."""
        self.structure.append(f"<!{decl}>")

    def handle_data(self, data: str) -> None:
        """Note text; runs of white space are one space."""
        if not _KEPT.isdisjoint(self._open):
            self.text.append(data)
        elif words := " ".join(data.split()):
            self.text.append(words)


def differences(before: Path, after: Path) -> Iterator[tuple[str, str]]:
    """Yield the kind of each difference, and the file with what it is."""
    old, new = _files(before), _files(after)
    yield from (("gone", name) for name in sorted(old - new))
    yield from (("new", name) for name in sorted(new - old))
    for name in sorted(old & new):
        one, other = (before / name).read_bytes(), (after / name).read_bytes()
        if one == other:
            continue
        if name.endswith(".html"):
            yield from ((kind, f"{name}: {what}") for kind, what in _of_pages(one, other))
        else:
            yield "file", name


def _of_pages(before: bytes, after: bytes) -> Iterator[tuple[str, str]]:
    old, new = (Page(source.decode("utf-8")) for source in (before, after))
    for kind in ("text", "links", "structure"):
        for one, other in zip_longest(getattr(old, kind), getattr(new, kind)):
            if one != other:
                yield kind, f"{one!r} is now {other!r}"
                break


def _files(folder: Path) -> set[str]:
    """Return the files of a build, without what is about the build itself."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if not path.name.endswith((".buildinfo", ".bak"))}


def main(arguments: list[str] | None = None) -> int:
    """Print how many files differ in what, with examples."""
    parser = argparse.ArgumentParser(prog="python -m bench.compare", description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    given = parser.parse_args(arguments)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for kind, what in differences(given.before, given.after):
        found[kind].append(what)
    for kind, examples in found.items():
        print(f"{kind}: {len(examples)}")
        for example in examples[:_SHOWN]:
            print(f"  {example[:400]}")
    if not found:
        print("nothing differs")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
