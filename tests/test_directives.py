"""``{survey:papers}`` and ``{survey:chronology}``: which papers a listing shows, in which order, and what of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from trees import Built, Tree, small_survey

if TYPE_CHECKING:
    from bs4 import Tag

ALL = ["ahn2025memory", "wu2024retrieval", "bell2023previous", "cole2022heads"]  # the newest first
AHN, WU, BELL, COLE = ALL

SELECTIONS = {
    "no option: every paper": ("", ALL),
    "one head": (":head: retrieval", [AHN, WU]),
    "either of two heads": (":head: memory, previous-token", [AHN, BELL]),
    "a stage, through its heads": (":stage: knowledge-recalling", [AHN]),
    "a method": (":method: probing", [AHN, BELL]),
    "a model": (":model: llama-2-13b", [AHN, WU]),
    "a family: all its models": (":model: llama-2", [AHN, WU, BELL]),
    "a year": (":year: 2023", [BELL]),
    "either of two years": (":year: 2022, 2025", [AHN, COLE]),
    "two options: both hold": (":head: retrieval\n:method: probing", [AHN]),
    "two options that exclude each other": (":head: memory\n:year: 2022", []),
    "an empty option: none": (":head:", ALL),
    "by date": (":sort: date", ALL),
    "the oldest first": (":sort: oldest", [COLE, BELL, WU, AHN]),
    "by title": (":sort: title", [COLE, BELL, AHN, WU]),
    "by year": (":sort: year", ALL),
    "by venue": (":sort: venue", [COLE, AHN, WU, BELL]),
    "by key": (":sort: key", [AHN, BELL, COLE, WU]),
    "at most so many": (":limit: 2", [AHN, WU]),
    "the limit comes after the order": (":sort: oldest\n:limit: 1", [COLE]),
}

GROUPS = {
    "year": [("2025", [AHN]), ("2024", [WU]), ("2023", [BELL]), ("2022", [COLE])],
    "head": [("Memory Head", [AHN]), ("Previous Token Head", [BELL]), ("Retrieval Head", [AHN, WU])],
    "stage": [("Knowledge Recalling", [AHN]), ("In Context Identification", [AHN, WU, BELL])],
    "method": [("Probing", [AHN, BELL]), ("Zero ablation", [AHN, WU])],
    "model": [("Llama 2", [AHN, WU, BELL])],
}

#: What tells that a part of a paper is shown.
SIGNS = {
    "date": "2024-04-24",
    "authors": "Wenhao Wu, Yizhong Wang",
    "summary": "A new idea.",
    "result": "A result of 42 %.",
    "tags": "In Context Identification",
    "links": "arXiv",
}

SHOWN = {
    "": {"date", "authors", "summary", "result", "tags", "links"},
    ":show: date": {"date"},
    ":show: authors": {"authors"},
    ":show: summary": {"summary", "result"},
    ":show: result": {"result"},
    ":show: tags": {"tags"},
    ":show: links": {"links"},
    ":show: links, date": {"date", "links"},
}


def name(kind: str, case: str) -> str:
    return f"{kind}-{''.join(letter if letter.isalnum() else '-' for letter in case)}"


def page(title: str, directive: str) -> str:
    return f"---\norphan: true\n---\n\n# {title}\n\nBefore.\n\n{directive}\n\nAfter.\n"


def papers(options: str) -> str:
    return f"```{{survey:papers}}\n{options}\n```"


def keys(part: Tag) -> list[str]:
    return [str(item["data-paper"]) for item in part.select("[data-paper]")]


def words(part: Tag) -> str:
    return " ".join(part.get_text(" ").split())


def sections(part: Tag) -> list[tuple[str, list[str]]]:
    """Return the headings below a page's title with the papers under each."""
    found = []
    for heading in part.select("h2"):
        assert heading.parent is not None
        found.append((heading.get_text().removesuffix("¶"), keys(heading.parent)))
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = small_survey(tmp_path_factory.mktemp("listings"))
    tree.paper(COLE, title="A Tour of Heads", published="2022", scope="background", bib={"journal": "Annals"})
    for case, (options, _) in SELECTIONS.items():
        tree.write(f"docs/{name('select', case)}.md", page(case, papers(options)))
    for kind in GROUPS:
        tree.write(f"docs/{name('group', kind)}.md", page(kind, papers(f":group-by: {kind}")))
    for options in SHOWN:
        tree.write(f"docs/{name('show', options)}.md", page("Shown", papers(f":year: 2024\n{options}")))
    built = tree.build()
    assert built.warnings == ""
    return built


@pytest.mark.parametrize("case", SELECTIONS)
def test_a_listing_shows_the_papers_that_its_options_name(built: Built, case: str) -> None:
    assert keys(built.page(name("select", case))) == SELECTIONS[case][1]


def test_a_listing_without_papers_says_so(built: Built) -> None:
    found = built.page(name("select", "two options that exclude each other"))
    assert "Before. There are no such papers yet. After." in words(found)


@pytest.mark.parametrize("kind", GROUPS)
def test_groups_stand_in_their_order_with_every_paper_that_belongs_to_them(built: Built, kind: str) -> None:
    found = sections(built.page(name("group", kind)))
    assert [group for group in found if group in GROUPS[kind]] == GROUPS[kind]


@pytest.mark.parametrize("kind", GROUPS)
def test_grouping_loses_no_paper(built: Built, kind: str) -> None:
    assert set(keys(built.page(name("group", kind)))) == set(ALL)


@pytest.mark.parametrize("options", SHOWN, ids=lambda options: options or "nothing asked for")
def test_a_listing_shows_the_parts_that_are_asked_for(built: Built, options: str) -> None:
    item = built.page(name("show", options)).select_one(f"[data-paper={WU}]")
    assert item is not None
    text = words(item)
    assert "Retrieval Heads" in text
    assert {part for part, sign in SIGNS.items() if sign in text} == SHOWN[options]


@pytest.mark.parametrize(
    "docname",
    ["chronology", "heads/retrieval", "stages/in-context-identification", "methods/probing", "models/llama-2"],
)
def test_each_paper_in_a_list_is_an_element_with_its_key_and_a_link_to_its_page(built: Built, docname: str) -> None:
    items = built.page(docname).select("[data-paper]")
    assert items
    for item in items:
        links = [str(link["href"]) for link in item.select("a") if "papers/" in str(link["href"])]
        assert links, item["data-paper"]
        assert links[0].endswith(f"papers/{item['data-paper']}.html")


def test_the_chronology_has_every_paper_by_year_with_the_newest_first(survey: Tree) -> None:
    survey.paper("dunn2024late", title="Late in the Year", heads=["memory"], published="2024-11")
    survey.paper("egan2024some", title="Some Time in the Year", heads=["memory"], published="2024")
    survey.paper("finn2024same", title="The Same Day", heads=["memory"], published="2024-04-24")
    found = survey.build().page("chronology")
    assert sections(found) == [
        ("2025", [AHN]),
        ("2024", ["dunn2024late", "finn2024same", WU, "egan2024some"]),
        ("2023", [BELL]),
        ("2022", [COLE]),
    ]
    assert [item["id"] for item in found.select("section section")] == [f"year-{at}" for at in (2025, 2024, 2023, 2022)]


def test_the_chronology_shows_date_title_summary_tags_and_links(survey: Tree) -> None:
    item = survey.build().page("chronology").select_one(f"[data-paper={WU}]")
    assert item is not None
    text = words(item)
    assert "Retrieval Heads" in text
    assert [sign for sign in SIGNS.values() if sign not in text] == []
    assert "Innovation A new idea. Tasks A task. Significant result A result of 42 %." in text
    addresses = [link["href"] for link in item.select("a")]
    assert addresses == [
        f"papers/{WU}.html",
        "stages/in-context-identification.html",
        "heads/retrieval.html",
        "https://arxiv.org/abs/2404.15574",
        "https://example.org/retrieval",
    ]


def test_a_chronology_takes_the_options_of_a_listing(survey: Tree) -> None:
    survey.write("docs/memory.md", page("Memory", "```{survey:chronology}\n:head: memory\n:show: date\n```"))
    found = survey.build().page("memory")
    assert sections(found) == [("2025", [AHN])]
    assert "A new idea." not in words(found)


def test_two_grouped_listings_on_one_page_have_anchors_of_their_own(survey: Tree) -> None:
    survey.write("docs/twice.md", page("Twice", f"{papers(':group-by: year')}\n\n{papers(':group-by: year')}"))
    built = survey.build()
    anchors = [item["id"] for item in built.page("twice").select("section section")]
    assert len(anchors) == len(set(anchors)) == 8
    assert built.warnings == ""
