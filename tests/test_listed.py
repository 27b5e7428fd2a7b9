"""Listings are light in doctrees, and on pages what they would be if each page had been written on its own."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from test_claims import add_claims
from trees import small_survey

from survey.pages.listings import light_lists

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Tree


@pytest.fixture
def survey(tmp_path: Path) -> Tree:
    tree = small_survey(tmp_path)
    add_claims(tree)
    return tree


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_pages_are_as_if_each_had_been_written_alone(
    builder: str, survey: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = survey.build(builder).files
    monkeypatch.setattr(light_lists, "has_pages", lambda _builder: False)
    slow = survey.build(builder, fresh=True).files
    pages = [path for path in slow if path.endswith(".html")]
    assert {path: quick[path] for path in pages} == {path: slow[path] for path in pages}


def test_what_papers_say_is_not_in_the_doctrees_of_listings(survey: Tree) -> None:
    survey.build()
    tree = pickle.loads((survey.root / "_build" / "html.doctrees" / "chronology.doctree").read_bytes())
    (year, *_) = [node for node in tree.findall(light_lists.listed) if "wu2024retrieval" in node["keys"]]
    assert not year.children
    assert "misses" not in tree.astext()
    assert "A result of" not in tree.astext()


def test_a_link_to_the_page_itself_leads_to_its_top(survey: Tree) -> None:
    page = survey.build().page("heads/retrieval")
    links = page.find(attrs={"data-paper": "wu2024retrieval"}).find_all("a", class_="survey-head-link")
    assert {link["href"] for link in links} == {"#"}
