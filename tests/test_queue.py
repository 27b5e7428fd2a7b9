"""The queue: works without a page, checked like the rest, shown on a page, and gone from it once they have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from trees import small_survey

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Tree

WORKS = """\
# Works that were seen.
- id: "2506.01234"
  title: Heads that count
  seen: a listing of June 2025
  why: names counting heads and ablates them
- id: 10.1234/other
  title: Heads that sing
  seen: a conference's programme
  why: names singing heads
  state: left-out
  reason: tests no head
"""
PAGE = "---\norphan: true\n---\n\n# Queue\n\nTake one.\n\n```{survey:queue}\n```\n"


def with_queue(tree: Tree, works: str = WORKS) -> Tree:
    tree.write("docs/queue.yaml", works)
    tree.write("docs/queue.md", PAGE)
    return tree


def test_a_survey_needs_none(tmp_path: Path) -> None:
    tree = small_survey(tmp_path)
    tree.write("docs/queue.md", PAGE)
    assert tree.problems() == []
    assert "Nothing is waiting." in tree.build().page("queue").get_text()


def test_the_page_says_what_waits_and_what_was_left_out(tmp_path: Path) -> None:
    built = with_queue(small_survey(tmp_path)).build()
    assert built.warnings == ""
    waiting, left_out = built.page("queue").find(id="waiting"), built.page("queue").find(id="left-out")
    assert "Heads that count" in waiting.get_text()
    assert "names counting heads and ablates them" in waiting.get_text()
    assert waiting.find("a", string="2506.01234")["href"] == "https://arxiv.org/abs/2506.01234"
    assert "tests no head" in left_out.get_text()
    assert left_out.find("a", string="10.1234/other")["href"] == "https://doi.org/10.1234/other"


def test_the_page_follows_the_file(tmp_path: Path) -> None:
    tree = with_queue(small_survey(tmp_path))
    tree.build()
    tree.write("docs/queue.yaml", WORKS.replace("that count", "that reckon"))
    assert "Heads that reckon" in tree.build().page("queue").get_text()
    tree.remove("docs/queue.yaml")
    assert "Heads that" not in tree.build().page("queue").get_text()


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "says"),
    [
        ("  title: Heads that count\n", "", 2, "missing-field", "'title' is missing"),
        ("  state: left-out\n", "  state: lost\n", 10, "bad-value", "'waiting'"),
        ("  reason: tests no head\n", "", 6, "bad-value", "left out without a reason"),
        ("  state: left-out\n", "", 6, "bad-value", "has a reason"),
        ("10.1234/other", '"2506.01234"', 6, "duplicate-id", "in the queue already"),
        ('"2506.01234"', '"2404.15574v2"', 2, "bad-value", "has its page, docs/papers/wu2024retrieval.md"),
        ("  seen: a listing", "  sen: a listing", 4, "unknown-field", "'sen'"),
        ("  title: Heads that count", "  title: [Heads", 3, "yaml-syntax", ""),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, code: str, says: str
) -> None:
    works = WORKS.replace(old, new, 1)
    assert works != WORKS
    found = [at for at in with_queue(small_survey(tmp_path), works).problems() if at.code == code]
    assert found, code
    assert (found[0].path, says in found[0].explanation) == ("docs/queue.yaml", True)
    if code != "yaml-syntax":
        assert line in {at.line for at in found}
