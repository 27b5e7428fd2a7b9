"""What a paper claims is shown wherever the paper is: its takeaway, what its page rests on, relations and findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from trees import small_survey

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from trees import Built, Tree

TAKEAWAY = "In Llama-2-7B, masking twelve retrieval heads makes the model miss 42% of the needles."
RELATION = {"to": "bell2023previous", "kind": "extends", "about": "from the last token to any"}
FINDING = {
    "head": "retrieval",
    "models": ["llama-2-7b"],
    "methods": ["zero-ablation"],
    "says": "qualifies",
    "result": "42% fewer needles found, against 3% for random heads",
}


def add_claims(tree: Tree) -> None:
    """Give the paper on retrieval heads everything that it can claim, and the memory head its notes."""
    more = (
        f'  takeaway: "{TAKEAWAY}"\n  read: [abstract, full]\n  relations: {json.dumps([RELATION])}\n'
        f"  findings: {json.dumps([FINDING])}\n---\n\n# Retrieval Heads"
    )
    tree.replace("docs/papers/wu2024retrieval.md", "---\n\n# Retrieval Heads", more)
    notes = (
        "  hatnote: 'Not {survey:head}`the one that looks back <previous-token>`, "
        "as {cite:t}`bell2023previous` has it.'\n"
        "  reads: the subject\n  writes: its attribute\n---\n\n# Memory"
    )
    tree.replace("docs/heads/memory.md", "---\n\n# Memory", notes)
    tree.write("docs/explore.md", "---\norphan: true\n---\n\n# Explore\n\n```{survey:explore}\n```\n")


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    tree = small_survey(tmp_path_factory.mktemp("survey"))
    add_claims(tree)
    return tree


@pytest.fixture(scope="module")
def built(survey: Tree) -> Built:
    built = survey.build()
    assert built.warnings == ""
    return built


def _row(page: BeautifulSoup, label: str) -> str:
    terms = {term.get_text().strip(": \n"): term for term in page.find_all("dt")}
    return terms[label].find_next("dd").get_text().strip()


def test_the_checks_have_nothing_against_it(survey: Tree) -> None:
    assert survey.problems() == []


def test_a_papers_page_says_what_it_rests_on_the_deepest_first(built: Built) -> None:
    assert _row(built.page("papers/wu2024retrieval"), "This page rests on") == "read in full, abstract"
    assert "This page rests on" not in built.text("papers/bell2023previous.html")


def test_a_papers_page_begins_with_the_takeaway_and_has_the_summary_open(built: Built) -> None:
    page = built.page("papers/wu2024retrieval")
    assert page.find(class_="survey-takeaway").get_text() == TAKEAWAY
    assert page.find("dt", string="Innovation").find_parent("details") is None


def test_lists_show_the_takeaway_and_fold_the_summary(built: Built) -> None:
    for docname in ("chronology", "heads/retrieval"):
        item = built.page(docname).find(attrs={"data-paper": "wu2024retrieval"})
        assert item.find(class_="survey-takeaway").get_text() == TAKEAWAY
        assert "A result of 42 %." in item.find("details").get_text()
        other = built.page(docname).find(attrs={"data-paper": "ahn2025memory"})
        assert other.find("details") is None, "a paper without a takeaway shows its summary"
        assert "A result of 42 %." in other.get_text()


def test_relations_stand_on_both_pages(built: Built) -> None:
    here = built.page("papers/wu2024retrieval").find(class_="survey-relations")
    assert here.get_text().strip() == "Extends Bell 2023: from the last token to any"
    assert here.a["href"] == "bell2023previous.html"
    there = built.page("papers/bell2023previous").find(class_="survey-relations")
    assert there.get_text().strip() == "Extended by Wu and Wang 2024: from the last token to any"


def test_what_is_related_by_its_own_word_is_suggested_first(built: Built) -> None:
    related = built.page("papers/wu2024retrieval").find(id="related").find_all(attrs={"data-paper": True})
    assert next(item["data-paper"] for item in related) == "bell2023previous"


def test_findings_name_head_result_method_and_model(built: Built) -> None:
    cells = built.page("papers/wu2024retrieval").find(class_="survey-findings").tbody.find_all("td")
    assert [cell.get_text().strip() for cell in cells] == [
        "Retrieval Head",
        FINDING["result"],
        "qualifies",
        "Zero ablation",
        "Llama-2-7B",
    ]


def test_a_head_says_which_is_meant_what_it_reads_and_writes(built: Built) -> None:
    page = built.page("heads/memory")
    note = page.find(class_="survey-hatnote")
    assert note.get_text() == "Not the one that looks back, as Bell (2023) has it."
    assert note.find_previous_sibling().name == "h1"
    assert (_row(page, "Reads"), _row(page, "Writes")) == ("the subject", "its attribute")


def test_a_hatnotes_links_are_checked(survey: Tree, tmp_path: pytest.TempPathFactory) -> None:
    tree = small_survey(tmp_path)
    tree.replace("docs/heads/memory.md", "---\n\n# M", "  hatnote: 'See {survey:head}`memry`.'\n---\n\n# M")
    assert [(problem.code, problem.line) for problem in tree.problems()] == [("unknown-head", 6)]


def test_readers_choose_by_depth_of_reading_and_find_what_has_no_model(built: Built) -> None:
    page = built.page("explore")
    papers = {item["data-paper"]: item for item in page.find_all(attrs={"data-paper": True})}
    assert papers["wu2024retrieval"]["data-read"] == "full abstract"
    assert "data-model" not in papers["cole2022heads"].attrs, "background papers need none"
    values = {box["value"] for box in page.find_all("input", attrs={"name": "read"})}
    assert values == {"full", "abstract"}


def test_machines_get_all_of_it(built: Built) -> None:
    papers = {paper["key"]: paper for paper in json.loads(built.text("data/survey.json"))["papers"]}
    paper = papers["wu2024retrieval"]
    assert paper["takeaway"] == TAKEAWAY
    assert paper["read"] == ["abstract", "full"]
    assert paper["relations"] == [RELATION]
    assert paper["findings"] == [{"causal": False} | FINDING]
    assert TAKEAWAY in built.text("feed.xml")
    assert TAKEAWAY in built.text("llms.txt")
    assert TAKEAWAY in built.text("data/papers.csv")


def test_a_changed_takeaway_shows_everywhere(tmp_path: pytest.TempPathFactory) -> None:
    tree = small_survey(tmp_path)
    add_claims(tree)
    tree.build()
    tree.replace("docs/papers/wu2024retrieval.md", "miss 42% of", "miss 43% of")
    again = tree.build().files
    clean = tree.build(fresh=True).files
    shown = [path for path in clean if b"miss 43% of" in clean[path]]
    assert {"papers/wu2024retrieval.html", "chronology.html", "heads/retrieval.html", "explore.html"} <= set(shown)
    assert {path: again[path] for path in shown} == {path: clean[path] for path in shown}


def test_a_head_says_how_many_of_its_papers_were_read_in_full(built: Built) -> None:
    assert "1 read in full" in _row(built.page("heads/retrieval"), "Papers")
    assert "read in full" not in _row(built.page("heads/memory"), "Papers")
