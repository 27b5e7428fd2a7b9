"""How a work is cited: the box on papers' pages and the home page, links of the bibliography, data of scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from trees import Built, Tree

CITATION = (
    "@misc{small2026survey,\n  title = {{A small survey}},\n  author = {{Its contributors}},\n  year = {2026},\n}\n"
)
PAPER = "papers/wu2024retrieval"


def panels(built: Built, docname: str) -> dict[str, str]:
    """Return the text of each form of the box of a page."""
    box = built.page(docname).select_one(".survey-cite")
    assert box is not None
    tabs = {tab["aria-controls"]: tab.get_text() for tab in box.select("[role=tab]")}
    return {
        tabs[panel["id"]]: panel.select_one("pre, .survey-reference").get_text()
        for panel in box.select("[role=tabpanel]")
    }


def data(built: Built, name: str) -> Any:
    """Return what a script of data holds."""
    return json.loads(built.text(f"data/{name}.js").split(" = ", 1)[1].rstrip(";\n"))


def test_a_paper_can_be_cited_in_every_form_and_the_files_say_the_same(survey: Tree) -> None:
    built = survey.build()
    found = panels(built, PAPER)
    assert list(found) == ["BibTeX", "RIS", "CSL-JSON", "Plain text"]
    for name, ending in (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json")):
        assert found[name].rstrip("\n") == built.text(f"cite/wu2024retrieval.{ending}").rstrip("\n")
    assert found["Plain text"].startswith("Wenhao Wu and Yizhong Wang. Retrieval Heads.")


def test_files_are_downloaded_under_the_key(survey: Tree) -> None:
    page = survey.build().page(PAPER)
    assert [(link["href"], link["download"]) for link in page.select(".survey-cite a[download]")] == [
        (f"../cite/wu2024retrieval.{ending}", f"wu2024retrieval.{ending}") for ending in ("bib", "ris", "json")
    ]


def test_links_to_files_are_right_where_pages_are_folders(survey: Tree) -> None:
    built = survey.build("dirhtml")
    links = built.page(f"{PAPER}/index").select(".survey-cite a[download]")
    assert links[0]["href"] == "../../cite/wu2024retrieval.bib"
    entry = built.page("bibliography/index").select_one("#cite-wu2024retrieval .survey-entry-links a[href*=cite]")
    assert entry["href"] == "../cite/wu2024retrieval.bib"


def test_the_bibliography_links_to_the_files_of_every_entry(survey: Tree) -> None:
    built = survey.build()
    for entry in built.page("bibliography").select("div.citation"):
        key = entry["id"].removeprefix("cite-")
        links = {link.get_text(): link["href"] for link in entry.select(".survey-entry-links a[href*=cite]")}
        assert links == {
            name: f"cite/{key}.{end}" for name, end in (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json"))
        }
        assert all(address in built.files for address in links.values())


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with the mark of an editor"])
def test_the_survey_itself_can_be_cited(survey: Tree, mark: str) -> None:
    survey.write("CITATION.bib", f"{mark}{CITATION}")
    survey.replace("docs/index.md", "# A small survey\n", "# A small survey\n\n```{survey:cite}\n```\n")
    built = survey.build()
    assert built.warnings == ""
    said = "url    = {https://example.org/survey/},\n  urldate = {2025-01-10},\n}"
    assert panels(built, "index")["BibTeX"].strip() == CITATION.strip().removesuffix("}") + f"  {said}"
    links = built.page("index").select(".survey-cite a[download]")
    assert [link["download"] for link in links] == [f"small2026survey.{end}" for end in ("bib", "ris", "json")]
    assert all("small2026survey" in built.text(link["href"]) for link in links)
    survey.replace("CITATION.bib", "2026}", "2027}")
    again = survey.build()
    assert "2027" in panels(again, "index")["Plain text"]
    assert "2027" in again.text("cite/survey.ris")


@pytest.mark.parametrize("text", [None, "", "@misc{broken,\n"])
def test_a_survey_that_does_not_say_how_is_told(survey: Tree, text: str | None) -> None:
    if text is not None:
        survey.write("CITATION.bib", text)
    survey.replace("docs/index.md", "# A small survey\n", "# A small survey\n\n```{survey:cite}\n```\n")
    assert (
        "CITATION.bib:1: WARNING: bad-value: there is no entry by which to cite the survey" in survey.build().warnings
    )


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_other_builders_show_bibtex_and_words(survey: Tree, builder: str) -> None:
    built = survey.build(builder)
    text = built.text(f"{PAPER}.txt") if builder == "text" else ""
    if builder == "text":
        assert "@article{wu2024retrieval," in text
        assert "Wenhao Wu and Yizhong Wang. Retrieval Heads." in text
        assert "TY  - JOUR" not in text
    assert "Cite: BibTeX" not in "".join(content.decode("utf-8", "replace") for content in built.files.values())


def test_pages_load_the_scripts_that_they_use(survey: Tree) -> None:
    built = survey.build()
    assert "cite.js" in built.text(f"{PAPER}.html")
    assert "cite.js" not in built.text("chronology.html")
    assert "cards.js" in built.text("chronology.html")
    assert "cards.js" not in built.text("genindex.html")


def test_cards_have_every_work_and_head_as_plain_text(survey: Tree) -> None:
    survey.replace("docs/papers/wu2024retrieval.md", "A result of 42 %.", "A {survey:head}`head <memory>` of *42 %*.")
    cards = data(survey.build(), "cards")
    assert cards["papers"]["wu2024retrieval"] == {
        "title": "Retrieval Heads",
        "by": "Wenhao Wu, Yizhong Wang",
        "at": "Journal of Heads, 2024",
        "says": "A head of 42 %.",
        "heads": ["retrieval"],
    }
    assert cards["heads"]["retrieval"]["title"] == "Retrieval Head"
    assert cards["papers"]["vaswani2017attention"]["title"] == "Attention Is All You Need"
    assert cards["heads"]["retrieval"]["by"] == "In Context Identification · 2 papers"


def test_data_of_scripts_follow_a_change_that_no_page_shows(survey: Tree) -> None:
    survey.build()
    survey.replace("docs/papers/cole2022heads.md", "A new idea.", "Another idea.")
    built = survey.build()
    assert "Another idea." in data(built, "citations")["papers"]["cole2022heads"][2]
    clean = survey.build(fresh=True)
    for name in ("cards", "citations"):
        assert built.text(f"data/{name}.js") == clean.text(f"data/{name}.js")
