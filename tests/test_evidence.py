"""Evidence at a glance: counted from the papers, never written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.catalogue.views import testimony
from survey.catalogue.views.evidence import Evidence, of_head
from survey.catalogue.views.marks import Marks

if TYPE_CHECKING:
    from trees import Tree

NOTHING = Marks(named=False, observed=False, intervened=False, second_group=False, located=False)


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
        causal_papers=("ahn2025memory", "wu2024retrieval"),
        marks=Marks(named=True, observed=True, intervened=True, second_group=False, located=True),
    )


def test_a_head_that_no_paper_names_has_no_evidence(survey: Tree) -> None:
    survey.head("lonely", stage="knowledge-recalling", category="recall")
    evidence = of_head(survey.load(), "lonely")
    assert (evidence.papers, evidence.groups, evidence.causal, evidence.positions) == (0, 0, 0, 0)
    assert evidence.marks == NOTHING
    assert evidence.marks.row == "○○○○○"


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
    assert (evidence.papers, evidence.groups) == (len(authors), groups)


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


def mark(survey: Tree, name: str, head: str = "memory") -> bool:
    return dict(of_head(survey.load(), head).marks)[name]


def finding(says: str = "supports", *methods: str, head: str = "memory") -> dict[str, object]:
    return {"head": head, "says": says, "methods": list(methods), "result": f"what {says} it"}


def alone(survey: Tree, **more: object) -> None:
    """Leave one paper of the memory head."""
    survey.remove("docs/papers/ahn2025memory.md")
    survey.paper("doe2020heads", heads=["memory"], published="2020", bib={"author": "Doe, Jane"}, **more)


@pytest.mark.parametrize(
    ("more", "observed", "intervened"),
    [
        ({}, False, False),
        ({"methods": ["probing"]}, True, False),
        ({"methods": ["zero-ablation"]}, True, True),
        ({"methods": ["zero-ablation"], "findings": [finding()]}, True, False),
        ({"findings": [finding() | {"causal": True}]}, True, True),
        ({"methods": ["probing"], "findings": [finding("supports", "probing")]}, True, False),
        ({"methods": ["zero-ablation"], "findings": [finding("qualifies", "zero-ablation")]}, True, True),
        ({"methods": ["zero-ablation"], "findings": [finding("disputes", "zero-ablation")]}, False, True),
        ({"methods": ["zero-ablation"], "findings": [finding(head="retrieval")]}, True, False),
    ],
)
def test_findings_say_what_was_done_and_tags_only_where_there_are_none(
    survey: Tree, more: dict[str, object], observed: bool, intervened: bool
) -> None:
    alone(survey, **more)
    assert (mark(survey, "observed"), mark(survey, "intervened")) == (observed, intervened)


@pytest.mark.parametrize(
    ("author", "says", "seen"),
    [
        ("Roe, Rod", None, True),
        ("Roe, Rod", "qualifies", True),
        ("Roe, Rod", "disputes", False),
        ("DOE, Jane", None, False),
    ],
)
def test_a_second_group_shares_no_author_with_the_first_paper_and_bears_it_out(
    survey: Tree, author: str, says: str | None, seen: bool
) -> None:
    alone(survey)
    more = {"findings": [finding(says)]} if says is not None else {}
    survey.paper("roe2021heads", heads=["memory"], published="2021", bib={"author": author}, **more)
    assert mark(survey, "second_group") is seen


def test_the_first_paper_is_the_one_that_the_page_names(survey: Tree) -> None:
    alone(survey)
    for key, author in (("roe2021heads", "Roe, Rod"), ("poe2022heads", "Roe, Rod")):
        survey.paper(key, heads=["memory"], published=key[3:7], bib={"author": author})
    assert mark(survey, "second_group")
    survey.remove("docs/papers/doe2020heads.md")
    assert not mark(survey, "second_group")


def test_a_position_of_any_kind_locates(survey: Tree) -> None:
    alone(survey)
    assert not mark(survey, "located")
    at = {"model": "llama-2-7b", "head": "memory", "at": ["0.2"], "source": "Code", "automatic": True}
    survey.paper("roe2021heads", heads=["memory"], published="2021", positions=[at])
    assert mark(survey, "located")


def test_the_most_telling_papers_come_first(survey: Tree) -> None:
    alone(survey)
    said = {
        "roe2021a": [finding("supports", "probing")],
        "roe2022b": [finding("supports", "zero-ablation")],
        "roe2023c": [finding("disputes", "probing")],
        "roe2024d": [],
    }
    for key, findings in said.items():
        survey.paper(key, heads=["memory"], published=key[3:7], findings=findings)
    found = testimony.of_head(survey.load(), "memory")
    assert [at.paper.key for at in found] == ["roe2023c", "roe2022b", "roe2021a", "roe2024d", "doe2020heads"]


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        (Marks(True, True, True, True, True), "named, observed, intervened on, seen by a second group, located"),
        (
            Marks(True, False, False, True, False),
            "named, seen by a second group; not yet: observed, intervened on, located",
        ),
        (NOTHING, "not yet: named, observed, intervened on, seen by a second group, located"),
    ],
)
def test_marks_are_said_in_words(marks: Marks, words: str) -> None:
    assert marks.words == words
    assert marks.label == f"evidence, {marks.reached} of 5 marks: {words}"
