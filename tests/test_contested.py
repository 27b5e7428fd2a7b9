"""Claims with two sides: what stands on the page of contested claims, who links to it, and when it is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from trees import Tree

PAGE = "# Contested claims\n\n```{survey:contested}\n```\n"
HEAD = "heads/retrieval"


@pytest.fixture
def disputed(survey: Tree) -> Tree:
    """Return the small survey with a paper that speaks against another one, and a page that says so."""
    survey.replace(
        "docs/papers/wu2024retrieval.md",
        "  positions:",
        "  takeaway: Retrieval heads copy from the context.\n  findings:\n"
        "  - {head: retrieval, models: [llama-2-7b], methods: [zero-ablation], result: masked heads lose the needle}\n"
        "  positions:",
    )
    survey.paper(
        "dunn2026doubt",
        title="Doubts",
        heads=["retrieval", "memory"],
        published="2026-02-01",
        models=["llama-2-13b"],
        findings=[
            {
                "head": "retrieval",
                "models": ["llama-2-13b"],
                "methods": ["probing"],
                "says": "disputes",
                "result": "<b>masked</b> heads keep the needle",
            },
            {"head": "memory", "says": "qualifies", "result": "only in the larger model"},
        ],
        relations=[{"to": "wu2024retrieval", "kind": "qualifies", "about": "the larger model differs"}],
        positions=[{"model": "llama-2-7b", "head": "memory", "at": ["11.15"], "source": "Table 1"}],
        bib={"author": "Dunn, Eve"},
    )
    survey.write("docs/contested.md", PAGE)
    survey.replace("docs/index.md", "chronology\n", "chronology\ncontested\n")
    return survey


def section(page: BeautifulSoup, ident: str) -> Tag:
    """Return what stands under an anchor."""
    found = page.find(id=ident)
    assert found is not None
    return found


def links(of: Tag) -> list[str]:
    """Return where the links lead, without those of headings to themselves."""
    return [link["href"] for link in of.select("a:not(.headerlink)")]


def test_both_sides_of_a_head_type_stand_side_by_side(disputed: Tree) -> None:
    built = disputed.build()
    assert built.warnings == ""
    claimed, against = section(built.page("contested"), "retrieval").select(".survey-side")
    assert "masked heads lose the needle" in claimed.get_text()
    assert links(claimed) == [
        "papers/wu2024retrieval.html",
        "models/llama-2.html#llama-2-7b",
        "methods/zero-ablation.html",
    ]
    assert "<b>masked</b> heads keep the needle" in against.get_text()
    assert "disputes" in against.get_text()
    assert links(against) == ["papers/dunn2026doubt.html", "models/llama-2.html#llama-2-13b", "methods/probing.html"]


def test_one_reservation_is_a_line(disputed: Tree) -> None:
    entry = section(disputed.build().page("contested"), "memory")
    assert "only in the larger model" in entry.get_text()
    assert links(entry) == ["heads/memory.html", "papers/dunn2026doubt.html"]


def test_a_paper_stands_with_what_others_answer(disputed: Tree) -> None:
    claimed, against = section(disputed.build().page("contested"), "wu2024retrieval").select(".survey-side")
    assert "Retrieval heads copy from the context." in claimed.get_text()
    assert "the larger model differs" in against.get_text()
    assert "papers/dunn2026doubt.html" in links(against)


def test_a_head_with_several_roles_names_who_gives_them(disputed: Tree) -> None:
    rows = section(disputed.build().page("contested"), "roles").select("tbody tr")
    assert [cell.get_text(" ", strip=True) for cell in rows[0].select("td")][:2] == ["Llama-2-7B", "11.15"]
    assert set(links(rows[0])) >= {"papers/wu2024retrieval.html", "papers/dunn2026doubt.html", "heads/memory.html"}
    assert len(rows) == 1


@pytest.mark.parametrize("change", ["parent: retrieval", "automatic"])
def test_a_kind_of_the_other_role_and_what_a_score_chose_are_no_second_role(disputed: Tree, change: str) -> None:
    if change == "automatic":
        disputed.replace("docs/papers/dunn2026doubt.md", "source: Table 1", "source: Table 1\n    automatic: true")
    else:
        disputed.replace("docs/heads/memory.md", "  name:", f"  {change}\n  name:")
    assert disputed.build().page("contested").find(id="roles") is None


def test_a_contested_head_leads_there_and_another_does_not(disputed: Tree) -> None:
    built = disputed.build()
    link = built.page(HEAD).select_one(".survey-glance a[href^='../contested.html']")
    assert link["href"] == "../contested.html#retrieval"
    assert link.get_text() == "1 paper qualifies or disputes it"
    assert "Contested" not in built.page("heads/previous-token").select_one(".survey-glance").get_text()


def test_without_the_page_the_head_says_it_all_the_same(disputed: Tree) -> None:
    disputed.build()
    disputed.remove("docs/contested.md")
    disputed.replace("docs/index.md", "contested\n", "")
    for built in (disputed.build(), disputed.build(fresh=True)):
        glance = built.page(HEAD).select_one(".survey-glance")
        assert "1 paper qualifies or disputes it" in glance.get_text()
        assert glance.select("a[href*=contested]") == []


def test_the_page_is_read_again_when_what_it_shows_changes_and_only_then(disputed: Tree) -> None:
    disputed.build()
    disputed.replace("docs/papers/bell2023previous.md", "models:", "tasks: [Looking back]\n  models:")
    assert "contested" not in disputed.build().read
    disputed.replace("docs/papers/dunn2026doubt.md", "only in the larger model", "only in the smaller model")
    built = disputed.build()
    assert "contested" in built.read
    assert "only in the smaller model" in built.text("contested.html")


def test_a_survey_in_which_nothing_is_contested_says_so(survey: Tree) -> None:
    survey.write("docs/contested.md", f"---\norphan: true\n---\n\n{PAGE}")
    built = survey.build()
    assert built.warnings == ""
    assert "Nothing is contested so far." in built.page("contested").get_text()
