"""Evidence at a glance: counted from the papers, never written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.catalogue.views.evidence import Evidence, of_head

if TYPE_CHECKING:
    from trees import Tree


def test_a_head_is_attested_by_its_papers(survey: Tree) -> None:
    assert of_head(survey.load(), "retrieval") == Evidence(
        papers=2,
        groups=1,
        families=("llama-2",),
        causal=2,
        full=0,
        positions=2,
        inferred_positions=0,
        automatic_positions=0,
        kv_positions=0,
    )


def test_a_head_that_no_paper_names_has_no_evidence(survey: Tree) -> None:
    survey.head("lonely", stage="knowledge-recalling", category="recall")
    evidence = of_head(survey.load(), "lonely")
    assert evidence == Evidence(
        papers=0,
        groups=0,
        families=(),
        causal=0,
        full=0,
        positions=0,
        inferred_positions=0,
        automatic_positions=0,
        kv_positions=0,
    )
    assert not evidence.seen_twice


@pytest.mark.parametrize(
    ("authors", "groups"),
    [
        (["Doe, Jane"], 1),
        (["Doe, Jane", "Doe, Jane and Roe, Rod"], 1),
        (["Doe, Jane", "Roe, Rod"], 2),
        (["Doe, Jane", "Doe, John"], 2),
        (["Doe, Jane", "DOE, jane"], 1),
        (["Doe, Jane", "Jane Doe"], 1),
        (["Doe, Jane", "Roe, Rod", "Doe, Jane and Roe, Rod"], 1),
        (["Doe, Jane and Poe, E.", "Roe, Rod and Zoe, Z.", "Poe, E. and Zoe, Z.", "Yeo, Y."], 2),
        (["Doe, Jane and others", "Roe, Rod and others"], 2),
    ],
)
def test_papers_that_share_an_author_are_one_group(survey: Tree, authors: list[str], groups: int) -> None:
    for number, names in enumerate(authors):
        survey.paper(f"doe2020n{number}", heads=["memory"], published=f"2020-0{number + 1}", bib={"author": names})
    survey.remove("docs/papers/ahn2025memory.md")
    evidence = of_head(survey.load(), "memory")
    assert (evidence.papers, evidence.groups, evidence.seen_twice) == (len(authors), groups, groups > 1)


def test_only_interventions_are_causal(survey: Tree) -> None:
    assert of_head(survey.load(), "previous-token").causal == 0
    survey.replace("docs/papers/bell2023previous.md", "- probing", "- probing\n  - zero-ablation")
    assert of_head(survey.load(), "previous-token").causal == 1


def test_families_count_once_and_come_by_name(survey: Tree) -> None:
    survey.model("gpt2", name="GPT-2", members=["gpt2-small"])
    survey.paper("doe2020heads", heads=["retrieval"], published="2020", models=["llama-2-7b", "gpt2-small"])
    assert of_head(survey.load(), "retrieval").families == ("gpt2", "llama-2")


def test_a_position_counts_once_and_inferred_ones_apart(survey: Tree) -> None:
    again = {"model": "llama-2-7b", "head": "retrieval", "at": ["16.19", "0.1"], "source": "Table 1"}
    inferred = {"model": "llama-2-7b", "head": "retrieval", "at": ["0.2"], "source": "Code", "inferred": True}
    survey.paper("doe2020heads", heads=["retrieval"], published="2020", positions=[again, inferred])
    evidence = of_head(survey.load(), "retrieval")
    assert (evidence.positions, evidence.inferred_positions) == (3, 1)


def test_papers_that_were_read_in_full_are_counted(survey: Tree) -> None:
    for number, read in enumerate((["full"], ["abstract", "full"], ["code"], [])):
        survey.paper(f"doe2020n{number}", heads=["memory"], published=f"2020-0{number + 1}", read=read)
    assert of_head(survey.load(), "memory").full == 2
    assert of_head(survey.load(), "retrieval").full == 0


def test_a_paper_without_models_or_methods_counts_all_the_same(survey: Tree) -> None:
    survey.paper("doe2020heads", heads=["previous-token"], published="2020", models=[], methods=[])
    evidence = of_head(survey.load(), "previous-token")
    assert (evidence.papers, evidence.families, evidence.causal) == (2, ("llama-2",), 0)
