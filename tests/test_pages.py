"""A paper's page: what a reader finds above, in and below its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from trees import Built, Tree, small_survey

if TYPE_CHECKING:
    from bs4 import Tag

WU, AHN, BELL, COLE = (
    "papers/wu2024retrieval",
    "papers/ahn2025memory",
    "papers/bell2023previous",
    "papers/cole2022heads",
)


def words(part: Tag | None) -> str:
    assert part is not None
    return " ".join(part.get_text(" ").replace("¶", "").split())


def links(part: Tag | None) -> list[tuple[str, str]]:
    assert part is not None
    return [(words(item), str(item["href"])) for item in part.select("a:not(.headerlink)")]


def header(built: Built, docname: str) -> Tag:
    """Return what stands between the title of a page and its text."""
    found = built.page(docname).select_one("h1 ~ .survey-header")
    assert found is not None
    return found


def facts(built: Built, docname: str) -> dict[str, list[tuple[str, str]]]:
    """Return the links in the list of facts, by label."""
    terms = header(built, docname).select("dt")
    return {words(term).rstrip(" :"): links(term.find_next_sibling("dd")) for term in terms}


def rows(built: Built, docname: str) -> list[list[str]]:
    """Return the cells of the table of positions."""
    return [[words(cell) for cell in row.select("th, td")] for row in built.page(docname).select("#positions tr")]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    tree = small_survey(tmp_path_factory.mktemp("papers"))
    tree.write("docs/intro.md", "---\norphan: true\n---\n\n# Introduction\n\n{cite:t}`wu2024retrieval` began.\n")
    tree.paper(
        "dunn2025inferred",
        title="Where Heads Sit",
        heads=["retrieval", "memory"],
        published="2025-03",
        links={"code": ["https://example.org/one", "https://example.org/two"], "demo": ["https://example.org/demo"]},
        positions=[
            {"model": "llama-2-7b", "head": "memory", "at": ["3.1"], "source": "Table 1"},
            {
                "model": "llama-2-13b",
                "head": "retrieval",
                "at": ["5.10", "5.1"],
                "source": "Figure 3",
                "inferred": True,
            },
        ],
        bib={"author": "Dunn, Eve and van der Berg, Jo and others", "url": "https://example.org/paper"},
    )
    return tree


@pytest.fixture(scope="module")
def built(tree: Tree) -> Built:
    built = tree.build()
    (warning,) = built.warnings.splitlines()
    assert "more-authors" in warning  # a list that is cut short is shown as one
    return built


def test_the_authors_stand_below_the_title_in_their_order(built: Built) -> None:
    assert words(header(built, WU)).startswith("Wenhao Wu, Yizhong Wang Journal of Heads, 2024")


def test_authors_that_the_entry_leaves_out_are_hinted_at(built: Built) -> None:
    assert words(header(built, "papers/dunn2025inferred")).startswith("Eve Dunn, Jo van der Berg, et al.")


@pytest.mark.parametrize(
    ("docname", "said"),
    [
        (WU, "Journal of Heads, 2024 · published 24 April 2024"),
        (AHN, "Journal of Heads, 2025 · published 10 January 2025, first public version 1 December 2024"),
        (BELL, "Journal of Heads, 2023 · published May 2023"),
        (COLE, "Journal of Heads, 2022 · published 2022"),
    ],
    ids=["a day", "a first version", "a month", "a year"],
)
def test_venue_and_dates_are_given_as_precisely_as_known(built: Built, docname: str, said: str) -> None:
    assert said in [words(line) for line in header(built, docname).select("p")]


@pytest.mark.parametrize(
    ("docname", "expected"),
    [
        (WU, [("arXiv", "https://arxiv.org/abs/2404.15574"), ("Code", "https://example.org/retrieval")]),
        (BELL, [("DOI", "https://doi.org/10.1234/bell.2023")]),
        (
            "papers/dunn2025inferred",
            [
                ("Paper", "https://example.org/paper"),
                ("Code 1", "https://example.org/one"),
                ("Code 2", "https://example.org/two"),
                ("Demo", "https://example.org/demo"),
            ],
        ),
        (COLE, []),
    ],
    ids=["arXiv and code", "DOI", "several", "none"],
)
def test_identifiers_and_links_lead_out(built: Built, docname: str, expected: list[tuple[str, str]]) -> None:
    assert [link for link in links(header(built, docname)) if link[1].startswith("https")] == expected


def test_tags_lead_to_the_pages_of_what_they_name(built: Built) -> None:
    assert facts(built, AHN) == {
        "Stages": [
            ("Knowledge Recalling", "../stages/knowledge-recalling.html"),
            ("In Context Identification", "../stages/in-context-identification.html"),
        ],
        "Heads": [("Memory Head", "../heads/memory.html"), ("Retrieval Head", "../heads/retrieval.html")],
        "Methods": [("Probing", "../methods/probing.html"), ("Zero ablation", "../methods/zero-ablation.html")],
        "Model": [("Llama-2-13B", "../models/llama-2.html#llama-2-13b")],
    }


def test_tasks_are_named(built: Built) -> None:
    assert "Tasks : Needle-in-a-Haystack" in words(header(built, WU))


def test_background_papers_say_that_they_name_no_head(built: Built) -> None:
    assert "the paper names no head type" in words(header(built, COLE))


def test_the_summary_has_its_three_parts(built: Built) -> None:
    summary = header(built, WU).find_next_sibling("dl")
    assert summary is not None
    assert [words(item) for item in summary.select("dt, dd")] == [
        "Innovation",
        "A new idea.",
        "Tasks",
        "A task.",
        "Significant result",
        "A result of 42 %.",
    ]


def test_positions_are_given_with_model_head_and_source(built: Built) -> None:
    assert rows(built, WU) == [
        ["Model", "Head type", "Layer.head", "Source"],
        ["Llama-2-7B", "Retrieval Head", "11.15 , 16.19", "Figure 2"],
    ]
    assert "Layers and heads are counted from 0." in words(built.page(WU).select_one("#positions"))
    assert ("Llama-2-7B", "../models/llama-2.html#llama-2-7b") in links(built.page(WU).select_one("#positions"))


def test_inferred_positions_are_marked_and_stated_ones_are_not(built: Built) -> None:
    assert rows(built, "papers/dunn2025inferred")[1:] == [
        ["Llama-2-13B", "Retrieval Head", "5.1 , 5.10 (inferred)", "Figure 3"],
        ["Llama-2-7B", "Memory Head", "3.1", "Table 1"],
    ]


def test_a_paper_without_positions_has_no_section_for_them(built: Built) -> None:
    assert built.page(AHN).select_one("#positions") is None


@pytest.mark.parametrize("key", ["wu2024retrieval", "dunn2025inferred", "cole2022heads"])
def test_the_bibtex_entry_stands_there_as_written(built: Built, tree: Tree, key: str) -> None:
    block = built.page(f"papers/{key}").select_one("#cite pre")
    assert block is not None
    assert block.get_text() == tree.works[key].strip()


@pytest.mark.parametrize(
    ("docname", "said"),
    [
        (WU, "Wenhao Wu and Yizhong Wang. Retrieval Heads. Journal of Heads, 2024. arXiv:2404.15574."),
        (BELL, "Ada Bell. Heads that Look Back. Journal of Heads, 2023. doi:10.1234/bell.2023."),
    ],
    ids=["arXiv", "DOI"],
)
def test_the_reference_stands_there_as_plain_text(built: Built, docname: str, said: str) -> None:
    assert words(built.page(docname).select_one("#cite .survey-reference")) == said


def test_a_paper_says_where_the_survey_cites_it(built: Built) -> None:
    assert links(built.page(WU).select_one("#cited-on")) == [
        ("Ahn and Wu 2025", "ahn2025memory.html"),  # names it
        ("Introduction", "../intro.html"),
    ]


def test_a_paper_that_is_only_listed_says_so(built: Built) -> None:
    found = built.page(BELL).select_one("#cited-on")
    assert links(found) == []
    assert "Nowhere" in words(found)


def test_related_papers_share_heads_and_those_that_share_more_come_first(built: Built) -> None:
    def related(docname: str) -> list[str]:
        return [str(item["data-paper"]) for item in built.page(docname).select("#related [data-paper]")]

    assert related(AHN) == ["dunn2025inferred", "wu2024retrieval"]
    assert related(WU) == ["dunn2025inferred", "ahn2025memory"]
    assert related(BELL) == related(COLE) == []


@pytest.mark.parametrize(
    ("docname", "older", "newer"),
    [
        ("papers/dunn2025inferred", "Memory Heads and Retrieval Heads", None),
        (AHN, "Retrieval Heads", "Where Heads Sit"),
        (COLE, None, "Heads that Look Back"),
    ],
    ids=["the newest", "one between", "the oldest"],
)
def test_a_paper_leads_to_the_next_older_and_newer_one(
    built: Built, docname: str, older: str | None, newer: str | None
) -> None:
    text = words(built.page(docname).select_one("section"))
    for label, title in (("Older", older), ("Newer", newer)):
        assert (f"{label}: {title}" in text) if title else (f"{label}:" not in text)


def test_the_parts_of_a_page_are_in_its_table_of_contents(built: Built) -> None:
    anchors = [item["href"] for item in built.page(WU).select(".sphinxsidebar a[href^='#']")]
    assert anchors == ["#", "#positions", "#cite", "#cited-on", "#related"]


@pytest.mark.parametrize(
    ("problem", "old", "new"),
    [("bad-date", "published: '2022'", "published: soon"), ("unknown-field", "scope:", "scop:")],
)
def test_a_paper_that_cannot_be_used_shows_its_text_and_only_its_own_problem(
    survey: Tree, problem: str, old: str, new: str
) -> None:
    survey.replace("docs/papers/cole2022heads.md", old, new)
    built = survey.build()
    assert [line for line in built.warnings.splitlines() if f"[survey.{problem}]" not in line] == []
    assert "A result of 42 %." in words(built.page(COLE).select_one("section"))
