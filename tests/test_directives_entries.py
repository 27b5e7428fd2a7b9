"""``{survey:taxonomy}``, ``{survey:index}`` and ``{survey:counts}``: the survey's entries at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from trees import Built, Tree, small_survey

from survey.catalogue.views import Index

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

PAGES = {
    "tree": "```{survey:taxonomy}\n```",
    "brief": "```{survey:taxonomy}\n:brief:\n```",
    "one": "```{survey:taxonomy}\n:stage: in-context-identification\n```",
    "one-brief": "```{survey:taxonomy}\n:stage: knowledge-recalling\n:brief:\n```",
    "heads": "```{survey:index} head\n```",
    "heads-brief": "```{survey:index} head\n:brief:\n```",
    "stages": "```{survey:index} stage\n```",
    "methods": "```{survey:index} method\n```",
    "models": "```{survey:index} model\n```",
    "counts": "```{survey:counts}\n```",
    "depths": "```{survey:depths}\n```",
}

HEADS = {
    "heads/memory.html": "Memory Head",
    "heads/retrieval.html": "Retrieval Head",
    "heads/previous-token.html": "Previous Token Head",
}


def words(part: Tag | None) -> str:
    """Return the text of a part of a page without its figures, whose content it has in words too."""
    assert part is not None
    texts = [str(text) for text in part.find_all(string=True) if text.find_parent("svg") is None]
    return " ".join(" ".join(texts).replace("¶", "").split())


def body(built: Built, docname: str) -> Tag:
    found = built.page(docname).select_one("section")
    assert found is not None
    return found


def headings(part: Tag) -> list[tuple[str | None, str]]:
    return [(item.name, words(item)) for item in part.select("h2, h3")]


def links(part: Tag, folder: str) -> dict[str, str]:
    return {str(item["href"]): words(item) for item in part.select(f"a[href^='{folder}/']")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = small_survey(tmp_path_factory.mktemp("entries"))
    tree.head(
        "memory",
        stage="knowledge-recalling",
        category="recall",
        text="A memory head of {cite:t}`vaswani2017attention` recalls 1.5 facts. A second sentence.\n\nMore.\n",
    )
    for key, read in (("wu2024retrieval", "[abstract, full]"), ("bell2023previous", "[abstract]")):
        tree.replace(f"docs/papers/{key}.md", "\n---\n\n#", f"\n  read: {read}\n---\n\n#")
    for name, directive in PAGES.items():
        tree.write(f"docs/{name}.md", f"---\norphan: true\n---\n\n# Page\n\n{directive}\n")
    built = tree.build()
    assert built.warnings == ""
    return built


def test_the_taxonomy_has_stages_in_their_order_with_their_categories(built: Built) -> None:
    assert headings(body(built, "tree")) == [
        ("h2", "Knowledge Recalling"),
        ("h3", "Recall"),
        ("h2", "In Context Identification"),
        ("h3", "Long Context Retrieval"),
        ("h3", "Overall Structure"),
    ]


@pytest.mark.parametrize("docname", ["tree", "brief"])
def test_the_taxonomy_links_to_every_stage_and_head(built: Built, docname: str) -> None:
    found = body(built, docname)
    assert links(found, "heads") == HEADS
    assert list(links(found, "stages")) == [
        "stages/knowledge-recalling.html",
        "stages/in-context-identification.html",
    ]


def test_the_taxonomy_defines_categories_and_says_what_each_head_does(built: Built) -> None:
    category = body(built, "tree").select_one("#long-context-retrieval")
    assert words(category) == (
        "Long Context Retrieval What long-context-retrieval means."
        " Retrieval Head 2 papers ●●●○● Retrieval Head: what it is."
    )


def test_the_brief_taxonomy_has_names_counts_and_marks_alone(built: Built) -> None:
    assert words(body(built, "brief")).endswith(
        " Knowledge Recalling Recall Memory Head (1) ●●●○○"
        " In Context Identification Long Context Retrieval Retrieval Head (2) ●●●○●"
        " Overall Structure Previous Token Head (1) ●●○○○"
    )


@pytest.mark.parametrize(
    ("docname", "shown"),
    [("one", ["heads/retrieval.html", "heads/previous-token.html"]), ("one-brief", ["heads/memory.html"])],
)
def test_the_taxonomy_of_one_stage_has_no_other(built: Built, docname: str, shown: list[str]) -> None:
    assert list(links(body(built, docname), "heads")) == shown
    assert len(links(body(built, docname), "stages")) == 1


def test_the_index_of_heads_goes_by_name_with_counts_and_first_sentences(built: Built) -> None:
    assert words(body(built, "heads")) == (
        "Page Memory Head 1 paper ●●●○○ rests on one paper · no head located"
        " A memory head of Vaswani and Shazeer (2017) recalls 1.5 facts."
        " Previous Token Head 1 paper ●●○○○ rests on one paper · no head located Previous Token Head: what it is."
        " Retrieval Head 2 papers ●●●○● Retrieval Head: what it is."
    )


def test_the_brief_index_has_names_counts_and_marks_alone(built: Built) -> None:
    assert words(body(built, "heads-brief")) == (
        "Page Memory Head (1) ●●●○○ Previous Token Head (1) ●●○○○ Retrieval Head (2) ●●●○●"
    )


def test_the_index_of_stages_keeps_their_order(built: Built) -> None:
    assert list(links(body(built, "stages"), "stages").values()) == ["Knowledge Recalling", "In Context Identification"]


def test_the_index_of_methods_has_a_section_for_each_group(built: Built) -> None:
    found = {words(item.select_one("h2")): links(item, "methods") for item in body(built, "methods").select("section")}
    assert found == {
        "Modeling-required": {"methods/probing.html": "Probing"},
        "Modeling-free": {"methods/zero-ablation.html": "Zero ablation"},
    }


def test_the_index_of_models_counts_the_papers_of_a_familys_members_once(built: Built) -> None:
    assert words(body(built, "models")) == "Page Llama 2 3 papers Llama 2: what it is."


@pytest.mark.parametrize("abbreviation", ["e.g.", "i.e.", "cf.", "vs.", "et al."])
def test_a_first_sentence_does_not_end_at_an_abbreviation(survey: Tree, abbreviation: str) -> None:
    sentence = f"It looks back, {abbreviation} at names."
    survey.head("a", name="A", stage="knowledge-recalling", category="recall", text=f"{sentence} A second.\n")
    ((_, cards),) = Index("head").select(survey.load())
    assert cards[0].lead is not None
    assert cards[0].lead.markdown == sentence


def test_an_index_is_no_page_that_cites_what_its_first_sentences_cite(built: Built) -> None:
    entry = built.page("bibliography").select_one("#cite-vaswani2017attention")
    assert entry is not None
    pages = {link["href"] for link in entry.select("a[href$='.html']")}
    assert pages == {"heads/memory.html", "papers/wu2024retrieval.html"}


def test_the_counts_say_how_much_the_survey_holds(built: Built) -> None:
    counts = [words(item) for item in body(built, "counts").select("li")]
    assert {"4 papers", "3 head types", "2 stages", "2 methods", "2 heads named by a source"} <= set(counts)


def test_the_counts_say_how_many_models_there_are(built: Built) -> None:
    assert "2 models" in [words(item) for item in body(built, "counts").select("li")]


def test_an_empty_survey_has_a_taxonomy_an_index_and_counts(tree: Tree) -> None:
    for name, directive in PAGES.items():
        if ":stage:" not in directive:
            tree.write(f"docs/{name}.md", f"---\norphan: true\n---\n\n# Page\n\n{directive}\n")
    built = tree.build()
    assert built.warnings == ""
    assert "0 papers" in words(body(built, "counts"))


def test_papers_are_counted_by_how_deeply_they_were_read(built: Built) -> None:
    rows = [[words(cell) for cell in row.select("th, td")] for row in body(built, "depths").select("tr")]
    assert rows == [
        ["The deepest that was read", "Papers", "Papers that rest on it, among other things"],
        ["Read in full", "1", "1"],
        ["Abstract", "1", "2"],
        ["Not recorded", "2", "2"],
        ["All", "4", ""],
    ]


def test_a_survey_without_papers_has_no_depths_to_count(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    tree.write("docs/depths.md", "---\norphan: true\n---\n\n# Page\n\n```{survey:depths}\n```\n")
    assert words(body(tree.build(), "depths")) == "Page There are no papers yet."
