"""Positions put into the page of a paper, and long lists into the table beside it; checked before they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.adding.draft.faults import Fault, Refused
from survey.adding.files.locking import locked
from survey.adding.files.writing import Changes, checked
from survey.adding.positions import tables
from survey.adding.positions.groups import LONG, Saying, grouped
from survey.catalogue import load
from survey.catalogue.records.position_tables import COLUMNS, LARGEST
from survey.catalogue.schema import frontmatter
from survey.catalogue.texts.text_files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from survey.adding.positions.groups import Group
    from survey.catalogue import Paper, Problem

__all__ = ["AddedPositions", "Saying", "new_positions"]
_FIELD = "positions"


@dataclass(frozen=True, slots=True)
class AddedPositions:
    """What was written."""

    path: str  #: The page.
    table: str  #: The table beside it, if any list went there.
    lists: tuple[tuple[str, str, int], ...]  #: Model, head type, and how many positions.
    notes: tuple[str, ...]  #: What a person should look at.


def new_positions(root: Path, key: str, text: str, saying: Saying, place: str) -> AddedPositions:
    """Add the positions of a table to the page of a paper of the survey at ``root``.

    :param place: where the table comes from, for messages.
    :raises Refused: if anything of it cannot be used, or the checks would report the page; then nothing is written.
    """
    rows = tables.read(text, place)
    with locked(root):
        catalogue = load(root)
        paper = catalogue.papers.get(key)
        if paper is None:
            raise Refused(
                Fault(f"there is no paper '{key}' that can be used", "add it first, or mend its file", "--paper")
            )
        groups = grouped(rows, saying, paper.tags, catalogue, place)
        return _write(root, paper, groups)


def _write(root: Path, paper: Paper, groups: Sequence[Group]) -> AddedPositions:
    csv = f"{paper.path.removesuffix('.md')}.csv"
    long = [group for group in groups if len(group.rows) > LONG]
    items = [group.lines(csv.rpartition("/")[2] if group in long else "") for group in groups]
    before = {paper.path: _read(root, paper.path), **({csv: _readable(root, csv)} if long else {})}
    after = {paper.path: _with_items(before[paper.path] or b"", items)}
    if long:
        after[csv] = _with_rows(before[csv], [row for group in long for row in group.table_rows()])
    _check(root, paper, groups, after)
    with Changes(root) as changes:
        for path, data in after.items():
            if (old := before[path]) is None:
                changes.create(path, data.decode("utf-8"))
            else:
                changes.replace(path, data, old)
        changes.keep()
    lists = tuple((group.model, group.head, len(group.rows)) for group in groups)
    return AddedPositions(paper.path, csv if long else "", lists, tuple(_notes(paper, groups)))


def _notes(paper: Paper, groups: Sequence[Group]) -> Iterator[str]:
    """Say which head types and models the paper has positions of without naming them."""
    for kind, names in (("head", [group.head for group in groups]), ("model", [group.model for group in groups])):
        missing = [name for name in dict.fromkeys(names) if name not in paper.tags[kind]]
        if missing:
            yield f"'{kind}s' of the page does not name {', '.join(missing)}"


def _read(root: Path, path: str) -> bytes | None:
    return (root / path).read_bytes() if (root / path).is_file() else None


def _readable(root: Path, table: str) -> bytes | None:
    """Return what is in the table beside a page, if there is one.

    :raises Refused: if rows cannot be added to it: a table that no page names has not been looked at before.
    """
    problems: list[Problem] = []
    data = _read(root, table)
    if data is not None and read_text(root, table, problems, LARGEST) is None:
        if not problems:
            raise Refused(Fault("the table is a symbolic link", "put the file itself in its place", table))
        raise Refused(*(Fault(problem.message, problem.hint, problem.location) for problem in problems))
    return data


def _check(root: Path, paper: Paper, groups: Sequence[Group], files: dict[str, bytes]) -> None:
    """Refuse what the checks would report, and what would be read otherwise than it was meant."""
    before, after = checked(root, files)
    known = {(problem.path, problem.code, problem.message) for problem in before.problems}
    new = [problem for problem in after.problems if (problem.path, problem.code, problem.message) not in known]
    if new:
        raise Refused(*(Fault(f"{problem.code}: {problem.message}", problem.hint, problem.location) for problem in new))
    was = len(before.papers[paper.key].fields.positions)
    found = after.papers[paper.key].fields.positions if paper.key in after.papers else ()
    read = [(group.model, group.head, group.at, group.scores, group.source) for group in found[was:]]
    if read != [(group.model, group.head, group.at, group.scores, group.source) for group in groups]:
        hint = f"add the items under '{_FIELD}' by hand, each as in CONTRIBUTING"
        raise Refused(Fault("the front matter has a form to which nothing can be added line by line", hint, paper.path))


def _with_items(page: bytes, items: Sequence[Sequence[str]]) -> bytes:
    """Return a page with items at the end of its positions."""
    newline = "\r\n" if b"\r\n" in page else "\n"
    lines = page.decode("utf-8").replace("\r\n", "\n").split("\n")
    front, _problems = frontmatter.parse("\n".join(lines), "")
    at, indent = front.end - 1, "    "
    start = front.lines.get(("paper", _FIELD))
    if start is None:
        lines.insert(at, f"  {_FIELD}:")
        at += 1
    else:
        if re.fullmatch(rf"\s+{_FIELD}:\s*\[\s*\]\s*", lines[start - 1]):
            lines[start - 1] = f"  {_FIELD}:"
        following = [line for path, line in front.lines.items() if len(path) <= 2 and line > start]  # noqa: PLR2004  # fields of the paper
        at = min([front.end, *following]) - 1
        first = front.lines.get(("paper", _FIELD, 0))
        if first is not None and (match := re.match(r"\s*(?=- )", lines[first - 1])) is not None:
            indent = match[0]
    lines[at:at] = [f"{indent}{line}" for item in items for line in item]
    return newline.join(lines).encode("utf-8")


def _with_rows(table: bytes | None, rows: Sequence[str]) -> bytes:
    """Return a table with rows at its end."""
    text = table.decode("utf-8") if table is not None else f"{','.join(COLUMNS)}\n"
    newline = "\r\n" if "\r\n" in text else "\n"
    return (text.rstrip("\r\n") + newline + newline.join(rows) + newline).encode("utf-8")
