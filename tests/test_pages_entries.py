"""The pages of stages, methods and model families, and the place of all pages of facts in the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from trees import Built, Tree, small_survey

if TYPE_CHECKING:
    from bs4 import Tag

FACTS = ("papers/", "heads/", "stages/", "methods/", "models/")


def words(part: Tag | None) -> str:
    assert part is not None
    return " ".join(part.get_text(" ").replace("¶", "").split())


def facts(part: Tag | None) -> dict[str, str]:
    assert part is not None
    return {words(term).rstrip(" :"): words(term.find_next_sibling("dd")) for term in part.select("dt")}


def keys(part: Tag | None) -> list[str]:
    assert part is not None
    return [str(item["data-paper"]) for item in part.select("[data-paper]")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = small_survey(tmp_path_factory.mktemp("entries"))
    tree.method("zero-ablation", name="Zero ablation", subgroup="replacement-based", aliases=["Knock-out"])
    tree.model(
        "bert",
        name="BERT",
        aliases=["Bidirectional encoders"],
        members=[
            {
                "id": "bert",
                "name": "BERT base",
                "parameters": "110M",
                "layers": 12,
                "heads": 12,
                "aliases": ["BERT-base", "BERT of 2018", "bert of (2018)"],
            },
            {"id": "bert-2.1-large", "name": "BERT large"},
        ],
        text="An encoder.\n\n## Notes\n\nMore.\n",
    )
    tree.paper("dunn2024bert", title="Heads of BERT", heads=["memory"], models=["bert"], methods=["probing"])
    built = tree.build()
    assert built.warnings == ""
    return built


def test_a_stage_has_its_categories_with_their_heads(built: Built) -> None:
    page = built.page("stages/in-context-identification")
    assert [words(item) for item in page.select("#heads h3")][:2] == [
        "Long Context Retrieval",
        "Overall Structure",
    ]
    category = page.select_one("#long-context-retrieval")
    assert "What long-context-retrieval means. Retrieval Head 2 papers" in words(category)
    assert [item["href"] for item in page.select("#long-context-retrieval dt a")] == ["../heads/retrieval.html"]


@pytest.mark.parametrize(
    ("docname", "expected"),
    [
        ("stages/in-context-identification", ["ahn2025memory", "wu2024retrieval", "bell2023previous"]),
        ("methods/zero-ablation", ["ahn2025memory", "wu2024retrieval"]),
        ("models/llama-2", ["ahn2025memory", "wu2024retrieval", "bell2023previous"]),
    ],
)
def test_the_papers_of_an_entry_stand_there_once_newest_first_with_their_results(
    built: Built, docname: str, expected: list[str]
) -> None:
    listing = built.page(docname).select_one("#papers")
    assert keys(listing) == expected
    assert words(listing).count("A result of 42 %.") == len(expected)


def test_a_method_has_its_group_and_other_names(built: Built) -> None:
    found = facts(built.page("methods/zero-ablation").select_one("h1 + dl"))
    assert {label: value.lower().replace("-", " ") for label, value in found.items()} == {
        "Group": "modeling free",
        "Subgroup": "replacement based",
        "Also called": "knock out",
    }


@pytest.mark.parametrize(
    ("docname", "key", "name"),
    [
        ("models/llama-2", "llama-2-7b", "Llama-2-7B"),
        ("models/llama-2", "llama-2-13b", "Llama-2-13B"),
        ("models/bert", "bert", "BERT base"),
        ("models/bert", "bert-2.1-large", "BERT large"),
    ],
    ids=["one member", "another", "called like its family", "with a dot"],
)
def test_a_members_section_has_its_id_as_anchor(built: Built, docname: str, key: str, name: str) -> None:
    (section,) = built.page(docname).find_all(id=key)
    assert section.name == "section"
    assert words(section.select_one("h2")) == name


def test_no_anchor_stands_twice_on_a_familys_page(built: Built) -> None:
    anchors = [item["id"] for item in built.page("models/bert").select("[id]")]
    assert len(anchors) == len(set(anchors))


def test_a_members_section_has_its_facts(built: Built) -> None:
    page = built.page("models/bert")
    assert facts(page.find(id="bert")) == {
        "Parameters": "110M",
        "Layers": "12",
        "Heads per layer": "12",
        "Also called": "BERT of 2018",
        "Papers": "1",
    }
    assert facts(page.find(id="bert-2.1-large")) == {}
    assert facts(page.select_one("h1 + dl")) == {"Also called": "Bidirectional encoders"}


def test_a_members_section_leads_to_its_heads_and_has_its_papers(built: Built) -> None:
    section = built.page("models/llama-2").find(id="llama-2-7b")
    assert facts(section)["Known heads"] == "2 stated"
    assert section.select_one("a[href='llama-2-7b.html']") is not None
    assert keys(section) == ["wu2024retrieval", "bell2023previous"]


def test_a_familys_own_text_stays_above_its_members(built: Built) -> None:
    headings = [words(item) for item in built.page("models/bert").select("h2")]
    assert headings[:4] == ["Notes", "BERT base", "BERT large", "Papers"]


@pytest.mark.parametrize("theme", ["alabaster", "sphinx_book_theme"])
def test_pages_of_facts_are_in_no_sidebar_and_no_warning(survey: Tree, theme: str) -> None:
    built = survey.build(confoverrides={"html_theme": theme})
    assert built.warnings == ""
    for docname in ("index", "chronology"):
        page = built.page(docname)
        for sidebar in page.select(".sphinxsidebar, .bd-sidebar-primary"):
            addresses = [str(link["href"]) for link in sidebar.select("a[href]")]
            assert [address for address in addresses if address.startswith(FACTS)] == []
            assert "taxonomy.html" in addresses
        assert page.select(".sphinxsidebar, .bd-sidebar-primary")


def test_an_entry_that_a_table_of_contents_names_is_in_the_sidebar(survey: Tree) -> None:
    survey.replace("docs/index.md", "taxonomy\n", "taxonomy\nstages/knowledge-recalling\n")
    built = survey.build(confoverrides={"html_theme": "alabaster"})
    assert built.warnings == ""
    assert built.page("chronology").select(".sphinxsidebar a[href='stages/knowledge-recalling.html']")
