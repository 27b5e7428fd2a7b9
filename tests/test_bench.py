"""What the benchmark builds: surveys that are valid, and the same papers for others without anything of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import surveys

from survey.catalogue import load

if TYPE_CHECKING:
    from pathlib import Path


def test_a_made_up_survey_is_valid_and_the_same_each_time(tmp_path: Path) -> None:
    first, second = (surveys.made_up(tmp_path / name, 12) for name in ("a", "b"))
    assert [problem for problem in load(first.root).problems if problem.code != "unused-entry"] == []
    for path in first.docs.rglob("*.md"):
        other = second.docs / path.relative_to(first.docs)
        assert path.read_text("utf-8") == other.read_text("utf-8")


def test_this_survey_is_repeated_with_entries_of_its_own(tmp_path: Path) -> None:
    own = len(list((surveys.ROOT / "docs" / "papers").glob("*.md")))
    survey = surveys.of_the_corpus(tmp_path / "more", own + 3)
    catalogue = load(survey.root)
    assert len(catalogue.papers) == own + 3
    assert {problem.code for problem in catalogue.problems} <= {"copied-words", "unrecorded-letter"}


def test_plain_pages_have_nothing_of_ours(tmp_path: Path) -> None:
    docs = surveys.plain(surveys.made_up(tmp_path / "made-up", 5), tmp_path / "plain")
    pages = [path.read_text("utf-8") for path in (docs / "papers").glob("*.md")]
    assert len(pages) == 5
    assert all("survey:" not in page and page.count("{cite:p}") == 1 for page in pages)
