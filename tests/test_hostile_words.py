"""What is said of markup that a stranger's page must not have, word for word, by the checks alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from hostile_markup import ROWS
from trees import small_survey

if TYPE_CHECKING:
    from pathlib import Path

    from hostile_markup import Row
    from syrupy.assertion import SnapshotAssertion


def page(row: Row) -> str:
    """Return a page with the markup of a row; the file that it tries to reach need not be there."""
    text = f"---\norphan: true\n{row.front}\n---\n\n# Page\n\nIt begins.\n\n{row.text}\n"
    return text.replace("{UP}", "../../../secret").replace("{SECRET}", "/secret")


def test_what_is_said_of_hostile_markup_was_read_and_approved(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    survey = small_survey(tmp_path)
    for number, row in enumerate(ROWS):
        survey.write(f"docs/hostile/row{number:03}.md", page(row))
    said: dict[str, list[str]] = defaultdict(list)
    for problem in survey.problems():
        said[problem.path].append(str(problem))
    assert dict(said) == snapshot
