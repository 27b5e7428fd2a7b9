"""``python -m survey list``: what each paper's page rests on, and the counts of it all."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from survey.command import main

if TYPE_CHECKING:
    from trees import Tree


@pytest.fixture
def said(survey: Tree) -> Tree:
    """Return a survey in which one paper says everything, and one why it names no model."""
    takeaway = "Head A copies."
    survey.paper("doe2020heads", heads=["memory"], published="2020", read=["abstract", "full"], takeaway=takeaway)
    survey.replace("docs/papers/doe2020heads.md", "\n---\n\n#", "\n  models_note: a model, not named\n---\n\n#")
    return survey


def listed(survey: Tree, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["list", "--root", str(survey.root), *arguments]) == 0
    return capsys.readouterr().out


def test_each_paper_has_what_it_rests_on_and_says(said: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed(said, capsys).splitlines()
    at = lines.index("doe2020heads: abstract full | none: a model, not named | - | 0 findings")
    assert lines[at + 1] == "    Head A copies."
    assert "cole2022heads: - | none: background | - | 0 findings" in lines
    assert "bell2023previous: - | llama-2-7b | probing | 0 findings" in lines


def test_the_counts_come_last_or_alone(said: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    counts = listed(said, capsys, "--tallies")
    assert listed(said, capsys).endswith(counts)
    assert counts.splitlines() == [
        "5 papers, by the deepest that was read: full 1, nothing 4",
        "models: 3 name them, 1 say why not, 1 are background, 0 neither",
        "methods: 3",
        "takeaways: 1",
        "findings: 0",
        "labels that name two works: 0",
        "pages that open with a question: 0 (the survey doesn't ask for it)",
        "uses of words that the survey avoids: 0 (the survey doesn't ask for it)",
        "disputes with fewer than two works: 0 (the survey doesn't ask for it)",
        "takeaways that aren't understood alone: 0",
    ]


def test_what_is_wrong_is_counted(said: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    said.write("docs/survey.toml", 'require = ["opening-question"]\n[avoid]\n"idea" = "say it"\n')
    said.replace("docs/papers/wu2024retrieval.md", "A new idea.", "Is it an idea?")
    said.replace("docs/papers/doe2020heads.md", "Head A copies.", "It copies.")
    counts = listed(said, capsys, "--tallies").splitlines()
    assert "pages that open with a question: 1" in counts
    assert "uses of words that the survey avoids: 5" in counts
    assert "takeaways that aren't understood alone: 1" in counts


def test_a_table_has_a_row_for_each_paper(said: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    said.replace("docs/papers/doe2020heads.md", "Head A copies.", "'=1+1'")
    rows = list(csv.DictReader(io.StringIO(listed(said, capsys, "--format", "csv"))))
    assert len(rows) == 5
    (row,) = [row for row in rows if row["key"] == "doe2020heads"]
    assert row["takeaway"] == "'=1+1"  # no formula
    assert (row["read"], row["models"], row["findings"]) == ("abstract full", "none: a model, not named", "0")
