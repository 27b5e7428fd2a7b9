"""A head type's page: facts at a glance, how well it is attested, where it sits, and its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from trees import Built, Tree, small_survey

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import Tag

IDENTIFICATION = {"stage": "in-context-identification", "category": "overall-structure"}


def words(part: Tag | None) -> str:
    """Return the text of a part of a page without its figures, whose content it has in words too."""
    assert part is not None
    texts = [str(text) for text in part.find_all(string=True) if text.find_parent("svg") is None]
    return " ".join(" ".join(texts).replace("¶", "").split())


def links(part: Tag | None) -> list[tuple[str, str]]:
    assert part is not None
    return [(words(item), str(item["href"])) for item in part.select("a:not(.headerlink)")]


def glance(built: Built, key: str) -> dict[str, Tag]:
    """Return the facts beside a head's text, by label."""
    (box,) = built.page(f"heads/{key}").select("aside")
    return {words(term).rstrip(" :"): term.find_next_sibling("dd") for term in box.select("dt")}


def said(built: Built, key: str, label: str) -> str:
    return words(glance(built, key)[label])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = small_survey(tmp_path_factory.mktemp("heads"))
    tree.head(
        "retrieval",
        stage="in-context-identification",
        category="long-context-retrieval",
        aliases=["Needle Head", "retrieval-head", "Fetcher (wu2024retrieval)"],
        first_described_in="wu2024retrieval",
        related=["memory"],
        text="A retrieval head fetches.\n\nA second paragraph.\n\n## Mechanism\n\nHow it works.\n",
        positions=[
            {"model": "llama-2-13b", "at": ["2.3"], "source": "A notebook", "url": "https://example.org/a?b=1&c=2"},
            {"model": "llama-2-7b", "at": ["30.1", "4.10"], "source": "A table", "inferred": True},
        ],
    )
    tree.head("long", **IDENTIFICATION, parent="retrieval", text="## At once a heading\n\nThen text.\n")
    tree.head("short", **IDENTIFICATION, parent="retrieval", text="- a list\n")
    built = tree.build()
    assert built.warnings == ""
    return built


def test_what_a_head_does_is_said_before_what_is_known_of_it(built: Built) -> None:
    found = built.page("heads/retrieval").select_one("section")
    assert found is not None
    names = [(item.name, words(item).split(".")[0]) for item in found.find_all(recursive=False)[:5]]
    assert [name for name, _ in names] == ["h1", "p", "aside", "p", "section"]
    assert [text for _, text in names][1:4:2] == ["A retrieval head fetches", "A second paragraph"]


@pytest.mark.parametrize("key", ["long", "short"])
def test_the_facts_follow_the_title_where_no_paragraph_does(built: Built, key: str) -> None:
    assert built.page(f"heads/{key}").select_one("h1 + aside") is not None


def test_the_facts_are_labelled_for_those_who_hear_them(built: Built) -> None:
    assert built.page("heads/retrieval").select_one("aside[aria-label='Retrieval Head at a glance']") is not None


def test_a_head_has_its_place_in_the_taxonomy(built: Built) -> None:
    facts = glance(built, "retrieval")
    assert links(facts["Stage"]) == [("In Context Identification", "../stages/in-context-identification.html")]
    assert words(facts["Category"]) == "Long Context Retrieval"
    assert links(facts["Kinds"]) == [("Long Head", "long.html"), ("Short Head", "short.html")]
    assert links(glance(built, "long")["A kind of"]) == [("Retrieval Head", "retrieval.html")]


def test_other_names_are_given_with_the_paper_that_uses_them_but_not_other_spellings(built: Built) -> None:
    facts = glance(built, "retrieval")
    assert (
        words(facts["Also called"]).replace("( ", "(").replace(" )", ")") == "Needle Head, Fetcher (Wu and Wang 2024)"
    )
    assert links(facts["Also called"]) == [("Wu and Wang 2024", "../papers/wu2024retrieval.html")]
    described = built.page("heads/retrieval").select_one('script[type="application/ld+json"]').get_text()
    assert "Fetcher" in described
    assert "(wu2024retrieval)" not in described


def test_the_paper_that_first_described_a_head_is_linked(built: Built) -> None:
    assert links(glance(built, "retrieval")["First described in"]) == [
        ("Wu and Wang 2024", "../papers/wu2024retrieval.html")
    ]


def test_related_heads_are_linked_kinds_of_it_among_them(built: Built) -> None:
    assert links(built.page("heads/retrieval").select_one("#related")) == [
        ("Long Head", "long.html"),
        ("Short Head", "short.html"),
        ("Memory Head", "memory.html"),
    ]


def test_positions_are_given_by_model_with_their_sources(built: Built) -> None:
    table = built.page("heads/retrieval").select_one("#positions")
    assert table is not None
    assert [[words(cell) for cell in row.select("th, td")] for row in table.select("tr")] == [
        ["Model", "Layer.head", "Source"],
        ["Llama-2-13B", "2.3", "A notebook"],
        ["Llama-2-7B", "4.10 , 30.1 (inferred)", "A table"],
        ["Llama-2-7B", "11.15 , 16.19", "Wu and Wang 2024 : Figure 2"],
    ]
    assert ("A notebook", "https://example.org/a?b=1&c=2") in links(table)
    assert ("Llama-2-7B", "../models/llama-2.html#llama-2-7b") in links(table)
    assert ("Wu and Wang 2024", "../papers/wu2024retrieval.html") in links(table)


def test_stated_and_inferred_positions_are_counted_apart(built: Built) -> None:
    assert said(built, "retrieval", "Known heads") == "3 stated, 2 inferred"
    assert "Known heads" not in glance(built, "memory")


def test_papers_stand_there_newest_first_with_their_summaries(built: Built) -> None:
    listed = built.page("heads/retrieval").select("#papers [data-paper]")
    assert [item["data-paper"] for item in listed] == ["ahn2025memory", "wu2024retrieval"]
    for item in listed:
        assert "Innovation A new idea. Tasks A task. Significant result A result of 42 %." in words(item)


def test_a_head_without_papers_has_no_section_for_them(built: Built) -> None:
    assert said(built, "long", "Papers") == "0"
    assert built.page("heads/long").select_one("#papers") is None


def alone(tree: Tree) -> None:
    tree.paper("one2024a", heads=["copying"], published="2024-01", methods=["probing"], bib={"author": "One, Ann"})


def same_group(tree: Tree) -> None:
    alone(tree)
    tree.paper(
        "one2025b", heads=["copying"], published="2025-02", methods=["probing"], bib={"author": "Two, Bea and One, Ann"}
    )


def two_groups(tree: Tree) -> None:
    alone(tree)
    tree.paper(
        "two2025b", heads=["copying"], published="2025-02", methods=["zero-ablation"], bib={"author": "Two, Bea"}
    )


def joined_groups(tree: Tree) -> None:
    two_groups(tree)
    tree.paper(
        "both2025c",
        heads=["copying"],
        published="2025-03",
        methods=["zero-ablation"],
        bib={"author": "One, Ann and Two, Bea"},
    )


@pytest.mark.parametrize(
    ("papers", "count", "row", "missing", "tested"),
    [
        (alone, "1", "●●○○○", "intervened on, seen by a second group, located", None),
        (same_group, "2 by 1 independent group", "●●○○○", "intervened on, seen by a second group, located", None),
        (two_groups, "2 by 2 independent groups", "●●●●○", "located", "Two 2025"),
        (joined_groups, "3 by 1 independent group", "●●●●○", "located", "One and Two 2025 , Two 2025"),
    ],
    ids=["one paper", "one group twice", "two groups", "groups that write together"],
)
def test_the_evidence_is_put_in_marks_and_words_with_the_papers_that_tested_it(
    survey: Tree, papers: Callable[[Tree], None], count: str, row: str, missing: str, tested: str | None
) -> None:
    survey.head("copying", **IDENTIFICATION)
    papers(survey)
    facts = glance(survey.build(), "copying")
    assert words(facts["Papers"]) == count
    said = words(facts["Evidence"])
    assert said.startswith(f"{row} named, observed")
    assert said.endswith(f"; not yet: {missing}")
    assert (words(facts["Causally tested in"]) if tested else facts.get("Causally tested in")) == tested
    (meter,) = facts["Evidence"].select(".survey-meter")
    assert meter["aria-hidden"] == "true"  # the words beside it say the same


def shown(survey: Tree, says: str, number: int, **more: Any) -> None:
    """Add a paper that shows something of the memory head."""
    finding = {"head": "memory", "says": says, "result": f"result {number}", "models": ["llama-2-7b"], **more}
    survey.paper(f"doe{2000 + number}heads", heads=["memory"], published=str(2000 + number), findings=[finding])


def evidence(survey: Tree) -> list[str]:
    section = survey.build().page("heads/memory").select_one("#evidence")
    assert section is not None
    return [words(item) for item in section.select("li")]


def test_each_paper_says_what_it_did_and_what_came_of_it(survey: Tree) -> None:
    shown(survey, "supports", 1, methods=["probing"])
    shown(survey, "qualifies", 2, methods=["zero-ablation"])
    shown(survey, "disputes", 3)
    survey.replace("docs/papers/ahn2025memory.md", "\n---\n\n#", "\n  takeaway: Head A recalls.\n---\n\n#")
    assert [line.replace("( ", "(").replace(" )", ")") for line in evidence(survey)] == [
        "Doe 2003 disputes result 3 (Llama-2-7B)",
        "Doe 2002 qualifies, by intervention result 2 (Zero ablation ; Llama-2-7B)",
        "Doe 2001 supports result 1 (Probing ; Llama-2-7B)",
        "Ahn and Wu 2025 no finding on it recorded Head A recalls. (Probing , Zero ablation ; Llama-2-13B)",
    ]


def test_the_findings_of_a_paper_stand_together(survey: Tree) -> None:
    shown(survey, "supports", 1)
    more = "  - {head: memory, says: disputes, result: another}\n"
    survey.replace("docs/papers/doe2001heads.md", "  findings:\n", f"  findings:\n{more}")
    first = evidence(survey)[0]
    assert first.startswith("Doe 2001 disputes another supports result 1")


def test_what_is_beyond_a_few_papers_unfolds(survey: Tree) -> None:
    for number in range(1, 9):
        shown(survey, "supports", number)
    shown(survey, "disputes", 9)
    section = survey.build().page("heads/memory").select_one("#evidence")
    assert section is not None
    (folded,) = section.select("details")
    assert words(folded.summary) == "4 more papers"
    assert len(section.select("li")) == 10
    assert len(folded.select("li")) == 4
    assert not [item for item in folded.select("li") if "disputes" in words(item)]


def test_lists_say_how_far_each_type_has_got(built: Built) -> None:
    page = built.page("stages/knowledge-recalling")
    (term,) = [term for term in page.select("dl.survey-entries dt") if "Memory Head" in words(term)]
    assert words(term) == "Memory Head 1 paper ●●●○○ rests on one paper · no head located"
    assert "survey-tentative" in term["class"]
    (meter,) = term.select("[role=img]")
    label = "evidence, 3 of 5 marks: named, observed, intervened on; not yet: seen by a second group, located"
    assert (meter["aria-label"], meter["title"]) == (label, label)


def test_what_is_established_looks_so(built: Built) -> None:
    page = built.page("stages/in-context-identification")
    (term,) = [term for term in page.select("dl.survey-entries dt") if "Retrieval Head" in words(term)]
    assert words(term) == "Retrieval Head 2 papers ●●●○●"
    assert "survey-tentative" not in term.get("class", [])


def test_model_families_are_those_of_the_papers(built: Built) -> None:
    assert links(glance(built, "retrieval")["Model families"]) == [("Llama 2", "../models/llama-2.html")]
