"""``docs/queue.yaml`` as bytes: a work is put at its end or taken out, and everything else stays as it is."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Refused
from survey.catalogue.records import queue
from survey.catalogue.texts.text_files import read_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from survey.catalogue import Problem
    from survey.catalogue.records.queue import QueuedWork

FILE = queue.FILE
_HEADER = """\
# Works that were seen and have no page yet, and works that were considered and left out. 'nox -s check' reads this
# file; a work that gets its page leaves it. The states are waiting, in-work, and left-out with a reason.
"""
_MARK = "\ufeff"  #: Of the order of bytes, which some editors put in front.
#: Text that YAML takes as it stands, whatever is around it.
_PLAIN = re.compile(r"[A-Za-z][\w ,.;()/–—'+-]*[\w.)]")  # the dash of a range
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


@dataclass(frozen=True, slots=True)
class QueueFile:
    """The file as it was read."""

    data: bytes | None  #: None if there is no file.
    works: tuple[QueuedWork, ...]
    starts: tuple[int, ...]  #: The index of the line at which each begins.

    @classmethod
    def at(cls, root: Path) -> QueueFile:
        """Read the file of a survey.

        :raises Refused: if it cannot be read, or its form is wrong.
        """
        if not (root / FILE).is_file():
            return cls(None, (), ())
        problems: list[Problem] = []
        text = read_text(root, FILE, problems)
        if text is not None:
            found, front, more = queue.parse(text)
            problems += more
            if found is not None and not problems:
                starts = tuple(queue.line_of(front, index) - 1 for index in range(len(found.works)))
                return cls((root / FILE).read_bytes(), found.works, starts)
        raise Refused(*(Fault(problem.message, problem.hint, f"{FILE}:{problem.line}") for problem in problems))

    def with_works(self, works: Sequence[QueuedWork]) -> bytes:
        """Return the file with works at its end.

        :raises Refused: if it has a form to which nothing can be added line by line.
        """
        lines = self._lines()
        while lines and not lines[-1].strip():
            lines.pop()
        if not self.works:  # an empty list, written out
            lines = [line for line in lines if line.strip() != "[]"]
        indent = re.match(r"\s*", lines[self.starts[0]])[0] if self.starts else ""  # type: ignore[index]  # always matches
        lines += [indent + line for work in works for line in _item(work)]
        return self._verified([*lines, ""], (*self.works, *works))

    def without(self, ids: Collection[str]) -> bytes:
        """Return the file without the works of these ids; comments between works stay.

        :raises Refused: if it has a form from which nothing can be taken line by line.
        """
        lines = self._lines()
        ends = [*self.starts[1:], len(lines)]
        for work, start, end in reversed(list(zip(self.works, self.starts, ends, strict=True))):
            if work.id in ids:
                del lines[start : self._end(lines, start, end)]
        return self._verified(lines, tuple(work for work in self.works if work.id not in ids))

    @staticmethod
    def _end(lines: Sequence[str], start: int, end: int) -> int:
        """Return where a work ends: comments that are not indented like its fields, and empty lines, follow it."""
        outside = len(lines[start]) - len(lines[start].lstrip())
        while end > start + 1:
            line = lines[end - 1]
            apart = line.lstrip().startswith("#") and len(line) - len(line.lstrip()) <= outside
            if line.strip() and not apart:
                break
            end -= 1
        return end

    def _lines(self) -> list[str]:
        text = _HEADER if self.data is None else self.data.decode("utf-8").removeprefix(_MARK).replace("\r\n", "\n")
        return text.split("\n")

    def _verified(self, lines: Sequence[str], works: Sequence[QueuedWork]) -> bytes:
        """Return lines as the file has them, if they hold just these works."""
        text = "\n".join(lines)
        found, _front, problems = queue.parse(text)
        if problems or found is None or found.works != tuple(works):
            hint = "write each work as lines 'field: value' below '- id: …', or change the file by hand"
            raise Refused(Fault("the list has a form that cannot be changed line by line", hint, FILE))
        before = self.data or b""
        mark = _MARK if before.startswith(_MARK.encode()) else ""
        return (mark + text.replace("\n", "\r\n" if b"\r\n" in before else "\n")).encode("utf-8")


def _item(work: QueuedWork) -> list[str]:
    """Return the lines of a work."""
    given = work.model_dump(exclude_none=True, exclude_defaults=True)
    lines = [f"{name}: {_scalar(value, quoted=name in {'id', 'title'})}" for name, value in given.items()]
    return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]


def _scalar(text: str, *, quoted: bool) -> str:
    """Return a text as YAML: as it stands, or as JSON writes it, which is YAML too."""
    if not quoted and _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
