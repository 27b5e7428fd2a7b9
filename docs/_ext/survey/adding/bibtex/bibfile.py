"""``references.bib`` as bytes: an entry is put at its place, and everything else stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Refused
from survey.catalogue.bibliography import references
from survey.catalogue.texts.text_files import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from survey.catalogue import BibEntry, Problem

FILE = references.FILE
_MARK = b"\xef\xbb\xbf"  #: Of the order of bytes, which some editors put in front.


@dataclass(frozen=True, slots=True)
class BibFile:
    """The file as it was read."""

    data: bytes
    read: references.Bibliography

    @classmethod
    def at(cls, root: Path) -> BibFile:
        """Read the file of a survey.

        :raises Refused: if it cannot be read.
        """
        problems: list[Problem] = []
        text = read_text(root, FILE, problems)
        if text is None:
            raise Refused(*(Fault(problem.message, problem.hint, FILE) for problem in problems))
        return cls((root / FILE).read_bytes(), references.read_all(text))

    def with_entry(self, entry: BibEntry) -> tuple[bytes, int]:
        """Return the file's new content, and the line at which the entry stands in it.

        :raises Refused: if another entry would be read otherwise than before, because the file is broken.
        """
        mark = _MARK if self.data.startswith(_MARK) else b""
        newline = b"\r\n" if b"\r\n" in self.data else b"\n"
        source = entry.source.encode("utf-8").replace(b"\n", newline) + newline
        lines = [line + b"\n" for line in self.data.removeprefix(mark).split(b"\n")]
        lines[-1] = lines[-1].removesuffix(b"\n")  # only a line feed ends a line, as the reader counts them
        at = self._place(entry.key, lines)
        before, after = b"".join(lines[:at]), b"".join(lines[at:])
        if after.strip():
            source += newline
        elif before.strip():
            source = (b"" if before.endswith(b"\n") else newline) + (b"" if _ends_blank(before) else newline) + source
        new = mark + before + source + after
        self._verify(entry, new)
        start = new.index(entry.source.encode("utf-8").replace(b"\n", newline))
        return new, new[:start].count(b"\n") + 1

    def _place(self, key: str, lines: list[bytes]) -> int:
        """Return the index of the line in front of which an entry belongs; comments stay with what follows them."""
        following = next((entry.line for other, entry in self.read.entries.items() if other > key), None)
        if following is None:
            return len(lines)
        at = following - 1
        while at and lines[at - 1].lstrip().startswith(b"%"):
            at -= 1
        return at

    def _verify(self, entry: BibEntry, new: bytes) -> None:
        after = references.read_all(new.decode("utf-8-sig").replace("\r\n", "\n")).entries
        others = {key: other.source for key, other in after.items() if key != entry.key}
        same = others == {key: other.source for key, other in self.read.entries.items()}
        if not same or entry.key not in after or after[entry.key].source != entry.source:
            hint = "run 'python -m survey check' and mend what it reports there"
            raise Refused(Fault("the file is broken where the entry belongs", hint, FILE))


def _ends_blank(data: bytes) -> bool:
    return data.replace(b"\r\n", b"\n").endswith(b"\n\n")
