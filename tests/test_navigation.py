"""The sidebar is made once for pages that have the same, and is on each page what the theme would have made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx_book_theme import get_html_theme_path
from trees import small_survey

from survey.pages.frame import sidebar as navigation

if TYPE_CHECKING:
    from pathlib import Path

    from trees import Built, Tree

THEME = {"html_theme": "sphinx_book_theme"}


@pytest.fixture
def survey(tmp_path: Path) -> Tree:
    tree = small_survey(tmp_path)
    tree.replace("docs/index.md", "taxonomy\n", "taxonomy\nheads/index\nmethods/index\n")
    for kind, folder in (("head", "heads"), ("method", "methods")):
        tree.write(f"docs/{folder}/index.md", f"# All {folder}\n\n```{{survey:index}} {kind}\n```\n")
    return tree


def _sidebars(built: Built) -> dict[str, str]:
    pages = [name.removesuffix(".html") for name in built.files if name.endswith(".html")]
    return {name: str(built.page(name).find(class_="bd-docs-nav")) for name in pages}


def test_it_is_what_the_theme_makes_for_each_page(survey: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = _sidebars(survey.build(confoverrides=THEME))
    monkeypatch.setattr(navigation.Sidebars, "folder_of", lambda *_: None)
    assert shared == _sidebars(survey.build(confoverrides=THEME, fresh=True))
    assert shared["heads/memory"] != shared["methods/probing"], "links are relative to the page's folder"


def test_pages_in_the_contents_are_marked_there(survey: Tree) -> None:
    page = survey.build(confoverrides=THEME).page("heads/index")
    assert page.find(class_="bd-docs-nav").find("li", class_="current").get_text().strip() == "All heads"


def test_it_follows_a_renamed_page(survey: Tree) -> None:
    survey.build(confoverrides=THEME)
    survey.replace("docs/heads/index.md", "# All heads", "# Every head")
    built = survey.build(confoverrides=THEME)
    assert all("Every head" in sidebar for sidebar in _sidebars(built).values() if sidebar != "None")


def test_the_theme_still_asks_for_the_component_by_this_name() -> None:
    """Our template stands in for the theme's of the same name, and includes it."""
    assert (get_html_theme_path() / "components" / "sbt-sidebar-nav.html").is_file()


def test_sphinx_makes_no_index_where_readers_have_pagefinds(survey: Tree) -> None:
    light = survey.build(confoverrides=THEME, fresh=True).files
    assert "search.html" in light
    assert "searchindex.js" not in light
    assert "searchindex.js" in survey.build(fresh=True).files, "another theme has Sphinx's own search"
