"""The badge on a paper's page, and what has to be copied for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from trees import ROOT, small_survey

from survey.catalogue.markup.syntax import markdown

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Tree

PAGE = "papers/wu2024retrieval"
ADDRESS = "https://example.org/survey/papers/wu2024retrieval.html"
IMAGE = "https://example.org/survey/_static/badge.svg"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Return a small survey with the badge of this one."""
    survey = small_survey(tmp_path)
    survey.write("docs/_static/badge.svg", (ROOT / "docs/_static/badge.svg").read_bytes())
    badge = 'survey_badge = "badge.svg"\nhtml_static_path = ["_static/badge.svg"]\n'
    survey.write(
        "docs/conf.py", survey.read("docs/conf.py").replace('"A small survey"', '"Heads [a <survey>]"') + badge
    )
    return survey


def test_both_snippets_show_the_badge_and_lead_to_the_page(tree: Tree) -> None:
    built = tree.build()
    assert built.warnings == ""
    badge = built.page(PAGE).select_one("#cite details.survey-badge")
    assert not badge.has_attr("open")
    in_markdown, in_html = (code.get_text() for code in badge.select("pre code"))
    for text in (markdown(html=False).render(in_markdown), in_html):
        link = BeautifulSoup(text, "html.parser").find("a")
        assert (link["href"], link.img["src"]) == (ADDRESS, IMAGE)
        assert link.img["alt"] == "In the survey: Heads [a <survey>]"
    assert badge.img["src"] == "../_static/badge.svg"
    assert built.text("_static/badge.svg").startswith("<svg")


@pytest.mark.parametrize(("name", "value"), [("survey_badge", ""), ("html_baseurl", "")])
def test_without_an_image_or_an_address_there_is_none(tree: Tree, name: str, value: str) -> None:
    built = tree.build(confoverrides={name: value})
    assert not built.page(PAGE).select(".survey-badge")
    assert built.page(PAGE).select("#cite .survey-cite")


def test_books_have_none(tree: Tree) -> None:
    built = tree.build("text")
    assert built.warnings == ""
    assert "badge.svg" not in built.text(f"{PAGE}.txt")
