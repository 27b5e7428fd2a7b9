"""The comparison as it is built: a page that lists all head types, and a script for each with what is shown of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from trees import Built, Tree

PAGE = "# Compare head types\n\n```{survey:compare}\n```\n"
TEXT = "Retrieval heads copy.\n\n## How it is recognized\n\nBy masking {cite:p}`wu2024retrieval`.\n\nBy more.\n"


@pytest.fixture
def compared(survey: Tree) -> Tree:
    """Return the small survey with a comparison."""
    survey.head(
        "retrieval",
        stage="in-context-identification",
        category="long-context-retrieval",
        reads="the token </script> to be written",
        writes="that token",
        first_described_in="wu2024retrieval",
        pattern={"tokens": ["a", "b"], "attends": [{"from": 1, "to": 0}], "caption": "Back <to> a."},
        text=TEXT,
    )
    survey.write("docs/compare.md", PAGE)
    survey.replace("docs/index.md", "chronology\n", "chronology\ncompare\n")
    return survey


def column(built: Built, head: str) -> dict[str, Any]:
    """Return what the script of a head type holds."""
    text = built.text(f"data/compare/{head}.js")
    match = re.fullmatch(rf'\(\(window\.surveyData \?\?= \{{\}}\)\.compare \?\?= \{{\}}\)\["{head}"\] = (.*);\n', text)
    assert match is not None
    found: dict[str, Any] = json.loads(match[1])
    return found


def cells(data: dict[str, Any]) -> dict[str, str]:
    """Return the rows of a column as text."""
    return {
        title: "".join(run if isinstance(run, str) else run[0] for run in runs) for _row, title, runs in data["rows"]
    }


def test_the_page_lists_all_head_types_by_stage(compared: Tree) -> None:
    built = compared.build()
    assert built.warnings == ""
    stages = built.page("compare").select("details")
    assert [stage.summary.get_text() for stage in stages] == [
        "Knowledge Recalling (1 head type)",
        "In Context Identification (2 head types)",
    ]
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in stages[1].select("tbody tr")]
    assert rows == [
        ["Previous Token Head", "", "", "1"],
        ["Retrieval Head", "the token </script> to be written", "that token", "2"],
    ]
    assert stages[1].select("td a")[1]["href"] == "heads/retrieval.html"


def test_what_is_compared_comes_from_the_head_and_its_papers(compared: Tree) -> None:
    data = column(compared.build(), "retrieval")
    assert (data["name"], data["url"]) == ("Retrieval Head", "heads/retrieval.html")
    assert cells(data) == {
        "What it is": "Retrieval heads copy.",
        "Reads": "the token </script> to be written",
        "Writes": "that token",
        "Test": "By masking (Wu and Wang, 2024).",
        "Layers": "35% to 52% of the depth; Llama-2-7B 11, 16 of 0–31",
        "Model families": "Llama 2",
        "Interventions": "Zero ablation (2)",
        "Observed by": "Probing (1)",
        "Stage": "In Context Identification · Long Context Retrieval",
        "Papers": "2 papers by 1 independent group: Ahn and Wu 2025, Wu and Wang 2024",
    }
    assert data["papers"] == ["ahn2025memory", "wu2024retrieval"]
    _title, drawing, caption = data["pattern"]
    assert drawing.startswith("<svg")
    assert "Back &lt;to&gt; a." in drawing
    assert caption == "Back <to> a."


def test_what_is_not_known_is_said_or_left_out(compared: Tree) -> None:
    found = cells(column(compared.build(), "previous-token"))
    assert found["Layers"] == "no position recorded"
    assert found["Interventions"] == "none: observed only"
    assert not found.keys() & {"Reads", "Writes", "Test"}


def test_scripts_of_removed_heads_go_and_without_the_page_there_are_none(compared: Tree) -> None:
    compared.build()
    compared.remove("docs/papers/bell2023previous.md")
    compared.remove("docs/heads/previous-token.md")
    assert {name for name in compared.build().files if name.startswith("data/compare/")} == {
        "data/compare/memory.js",
        "data/compare/retrieval.js",
    }
    compared.remove("docs/compare.md")
    compared.replace("docs/index.md", "compare\n", "")
    for built in (compared.build(), compared.build(fresh=True)):
        assert not [name for name in built.files if name.startswith("data/compare/")]
        assert built.page("heads/retrieval").select("a[href*=compare]") == []


def test_a_head_leads_to_its_comparison(compared: Tree) -> None:
    link = compared.build().page("heads/retrieval").select_one(".survey-glance a[href*=compare]")
    assert link["href"] == "../compare.html?head=retrieval"


def test_books_have_no_controls(compared: Tree) -> None:
    built = compared.build("text")
    assert built.warnings == ""
    assert "Add to the comparison" not in built.text("compare.txt")
