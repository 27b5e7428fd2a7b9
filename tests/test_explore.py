"""The explorer's page as it is built: complete in HTML, with counts, and current after every build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import BeautifulSoup
    from trees import Built, Tree

PAGE = "# Explore\n\n```{survey:explore}\n```\n"
HTML = "<b>&\"'"


@pytest.fixture
def explored(survey: Tree) -> Tree:
    """Return the small survey with an explorer."""
    survey.write("docs/explore.md", PAGE)
    survey.replace("docs/index.md", "chronology\n", "chronology\nexplore\n")
    return survey


def terms(page: BeautifulSoup, facet: str) -> dict[str, tuple[str, int]]:
    """Return value, name and count of the terms of a facet."""
    return {
        label.input["value"]: (
            label.select_one(".survey-term-name").get_text(),
            int(label.select_one(".survey-term-count").get_text()),
        )
        for label in page.select(f"[data-facet={facet}] label.survey-term")
    }


def test_the_list_is_complete_and_says_what_papers_can_be_chosen_by(explored: Tree) -> None:
    built = explored.build()
    assert built.warnings == ""
    papers = {item["data-paper"]: item for item in built.page("explore").select("[data-paper]")}
    assert list(papers) == ["ahn2025memory", "wu2024retrieval", "bell2023previous", "cole2022heads"]
    ahn = papers["ahn2025memory"]
    assert ahn["data-head"].split() == ["memory", "retrieval"]
    assert ahn["data-stage"].split() == ["knowledge-recalling", "in-context-identification"]
    assert ahn["data-model"].split() == ["llama-2", "llama-2-13b"]
    assert ahn["data-method"].split() == ["probing", "zero-ablation"]
    assert (ahn["data-year"], ahn["data-venue"], ahn["data-authors"]) == (
        "2025",
        "journal-of-heads",
        "Soo Ahn, Wenhao Wu",
    )
    assert not ahn.has_attr("data-code")
    assert papers["wu2024retrieval"]["data-code"] == "yes"
    assert "A new idea." in ahn.get_text()


def test_facets_have_counts(explored: Tree) -> None:
    page = explored.build().page("explore")
    assert terms(page, "head") == {
        "retrieval": ("Retrieval Head", 2),
        "memory": ("Memory Head", 1),
        "previous-token": ("Previous Token Head", 1),
    }
    assert list(terms(page, "stage")) == ["knowledge-recalling", "in-context-identification"]
    assert terms(page, "model") == {"llama-2": ("Llama 2", 3)}
    assert list(terms(page, "year")) == ["2025", "2024", "2023", "2022"]
    assert terms(page, "venue") == {"journal-of-heads": ("Journal of Heads", 4)}
    assert terms(page, "code") == {"yes": ("Has code", 1)}


def test_every_control_has_a_name(explored: Tree) -> None:
    page = explored.build().page("explore")
    for control in page.select(".survey-explore :is(input, select)"):
        labels = page.select(f"label[for={control['id']}]") if control.has_attr("id") else []
        assert labels or control.find_parent("label") or control.has_attr("aria-label")


def test_a_declared_facet_can_be_chosen_too(explored: Tree) -> None:
    explored.write("docs/survey.toml", '[[facets]]\nkind = "dataset"\nfolder = "datasets"\ntitle = "Data sets"\n')
    explored.fact("docs/datasets/needles.md", "dataset", {"name": "Needles"}, "Needles", "A haystack.\n")
    explored.replace("docs/papers/wu2024retrieval.md", "paper:\n", "paper:\n  datasets: [needles]\n")
    page = explored.build().page("explore")
    assert terms(page, "dataset") == {"needles": ("Needles", 1), "not-recorded": ("Not recorded", 2)}
    assert page.select_one("[data-paper=wu2024retrieval]")["data-dataset"] == "needles"


def test_text_is_text(explored: Tree) -> None:
    explored.head("wild", name=HTML, stage="knowledge-recalling", category="recall")
    explored.paper("dunn2026wild", title=HTML, heads=["wild"], bib={"author": HTML, "journal": HTML})
    page = explored.build().page("explore")
    assert terms(page, "head")["wild"] == (HTML, 1)
    assert terms(page, "venue")["b"] == (HTML, 1)
    item = page.select_one("[data-paper=dunn2026wild]")
    assert item["data-authors"] == HTML
    assert not page.select("article b")


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "gettext", "singlehtml"])
def test_other_builders_have_the_list_without_controls(explored: Tree, builder: str) -> None:
    built = explored.build(builder, confoverrides={"version": "1"})  # EPUB wants one
    assert built.warnings == ""
    texts = [
        content.decode("utf-8", "replace")
        for path, content in built.files.items()
        if path.endswith(("ml", "tex", "txt"))
    ]
    assert not any("survey-filters" in text or "explore.html?" in text for text in texts)


def test_only_its_page_loads_its_script(explored: Tree) -> None:
    built = explored.build()
    assert "explore.js" in built.text("explore.html")
    assert "explore.js" not in built.text("chronology.html")


def test_pages_of_entries_link_to_it_with_their_filter(explored: Tree) -> None:
    built = explored.build()
    for docname, query in (
        ("heads/retrieval", "head=retrieval"),
        ("stages/knowledge-recalling", "stage=knowledge-recalling"),
        ("methods/probing", "method=probing"),
        ("models/llama-2", "model=llama-2"),
    ):
        assert [link["href"] for link in built.page(docname).select(".survey-explore-link a")] == [
            f"../explore.html?{query}"
        ]


def test_links_come_and_go_with_it(explored: Tree, survey: Tree) -> None:
    def links(built: Built) -> int:
        return len(built.page("heads/retrieval").select(".survey-explore-link"))

    assert links(explored.build()) == 1
    explored.remove("docs/explore.md")
    explored.replace("docs/index.md", "explore\n", "")
    assert links(explored.build()) == 0
    explored.write("docs/explore.md", PAGE)
    explored.replace("docs/index.md", "chronology\n", "chronology\nexplore\n")
    again = explored.build()
    assert links(again) == 1
    clean = explored.build(fresh=True)
    assert {path: text for path, text in again.files.items() if path.endswith(("html", ".js"))} == {
        path: text for path, text in clean.files.items() if path.endswith(("html", ".js"))
    }


@pytest.mark.parametrize(
    ("path", "old", "new", "shown"),
    [
        ("docs/heads/memory.md", "name: Memory Head", "name: Recall Head", "Recall Head"),
        ("docs/papers/ahn2025memory.md", "A new idea.", "An old idea.", "An old idea."),
        ("references.bib", "Heads that Look Back", "Heads that Look", "Heads that Look"),
    ],
)
def test_it_follows_every_change(explored: Tree, path: str, old: str, new: str, shown: str) -> None:
    explored.build()
    explored.replace(path, old, new)
    if path == "references.bib":
        explored.replace("docs/papers/bell2023previous.md", old, new)
    if path.startswith("docs/heads"):
        explored.replace(path, "# Memory Head", "# Recall Head")
    built = explored.build()
    assert "explore" in built.read
    assert shown in built.page("explore").get_text()
    assert built.text("explore.html") == explored.build(fresh=True).text("explore.html")


def test_without_papers_it_says_so(tree: Tree, tmp_path: Path) -> None:
    tree.write("docs/explore.md", PAGE)
    tree.replace("docs/index.md", "chronology\n", "chronology\nexplore\n")
    built = tree.build()
    assert "There are no papers yet." in built.page("explore").get_text()
    assert not built.page("explore").select("form.survey-filters")
