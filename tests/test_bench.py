"""What the benchmark builds: surveys that are valid, and the same papers for others without anything of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bench import compare, reporting, surveys
from bench.measuring import Cost

from survey.catalogue import load

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


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


def _site(folder: Path, body: str) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text(f"<!DOCTYPE html><html><body>{body}</body></html>", "utf-8")
    return folder


def test_pages_are_compared_by_text_links_and_structure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = _site(tmp_path / "a", '<p class="x">Words  and <a href="b.html">a link</a></p>')
    assert (
        compare.main([str(site), str(_site(tmp_path / "b", '<p class="x">Words\nand <a href="b.html">a link</a></p>'))])
        == 0
    )
    changed = {"text": "Words or", "links": "c.html", "structure": "y"}
    for number, (kind, new) in enumerate(changed.items()):
        old = {"text": "Words  and", "links": "b.html", "structure": "x"}[kind]
        body = '<p class="x">Words  and <a href="b.html">a link</a></p>'.replace(old, new)
        assert compare.main([str(site), str(_site(tmp_path / str(number), body))]) == 1
        said = capsys.readouterr().out
        assert f"{kind}: 1" in said and new in said
    (site / "more.json").write_text("{}", "utf-8")
    assert compare.main([str(site), str(tmp_path / "b")]) == 1
    assert "more.json" in capsys.readouterr().out


def test_a_page_with_the_table_and_a_picture_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "docs" / "development"
    folder.mkdir(parents=True)
    costs = {"full": Cost(20, 22, 300), "plain Sphinx": Cost(10, 11, 100), "two processes": Cost(24, 13.2, 310)}
    twice = {name: Cost(2 * cost.processor, cost.wall, cost.memory) for name, cost in costs.items()}
    reporting.write({100: costs, 200: twice | {"no change": Cost(2, 2, 90)}}, "a machine", folder)
    page = (folder / "performance.md").read_text("utf-8")
    assert "| 100 | full | 20.0 | 22.0 | 300 | 2.00 × plain; memory 3.00 |" in page
    assert "0.60 of the full build's wall time" in page
    assert "| 200 | no change | 2.0 | 2.0 | 90 | 5.0% of full |" in page
    assert "a machine" in page and "exponent 1.00" in page
    assert re.search(r"200 papers +this survey +40.0 s  █+", page)
