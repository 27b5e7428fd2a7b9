"""The catalogue: every record with its indexes, in order, and never changed."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from survey.catalogue import Catalogue, PartialDate, newest_first
from survey.catalogue.views.cards import author_list, card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from trees import Tree

    from survey.catalogue import Paper


def keys(papers: Iterable[Paper]) -> list[str]:
    """Return the keys of papers in their order."""
    return [paper.key for paper in papers]


@pytest.mark.parametrize(
    ("kind", "key", "papers"),
    [
        ("head", "retrieval", ["ahn2025memory", "wu2024retrieval"]),
        ("head", "memory", ["ahn2025memory"]),
        ("head", "previous-token", ["bell2023previous"]),
        ("stage", "in-context-identification", ["ahn2025memory", "wu2024retrieval", "bell2023previous"]),
        ("stage", "knowledge-recalling", ["ahn2025memory"]),
        ("method", "zero-ablation", ["ahn2025memory", "wu2024retrieval"]),
        ("method", "probing", ["ahn2025memory", "bell2023previous"]),
        ("model", "llama-2", ["ahn2025memory", "wu2024retrieval", "bell2023previous"]),
        ("model", "llama-2-7b", ["wu2024retrieval", "bell2023previous"]),
        ("model", "llama-2-13b", ["ahn2025memory", "wu2024retrieval"]),
        ("head", "nobody", []),
        ("colour", "red", []),
    ],
)
def test_papers_are_found_by_what_they_name_newest_first(survey: Tree, kind: str, key: str, papers: list[str]) -> None:
    assert keys(survey.load().papers_of(kind, key)) == papers


def test_papers_are_found_by_year_newest_first(survey: Tree) -> None:
    found = survey.load().by_year
    assert list(found) == [2025, 2024, 2023, 2022]
    assert keys(found[2024]) == ["wu2024retrieval"]


def test_a_vaguer_date_counts_as_the_earlier_one(tree: Tree) -> None:
    dates = ["2024-12", "2024", "2024-04-24", "2025-01-01", "2024-04", "2023-12-31", "2024-04-01"]
    for number, date in enumerate(dates):
        tree.paper(f"doe{date[:4]}n{number}", published=date, scope="background")
    tree.paper("abe2024same", published="2024-04-24", scope="background")
    papers = tree.load().papers.values()
    assert [(paper.key, str(paper.published)) for paper in papers] == [
        ("doe2025n3", "2025-01-01"),
        ("doe2024n0", "2024-12"),
        ("abe2024same", "2024-04-24"),
        ("doe2024n2", "2024-04-24"),
        ("doe2024n6", "2024-04-01"),
        ("doe2024n4", "2024-04"),
        ("doe2024n1", "2024"),
        ("doe2023n5", "2023-12-31"),
    ]


@dataclasses.dataclass(frozen=True)
class Dated:
    """As much of a paper as has an order."""

    key: str
    published: PartialDate


dated = st.builds(
    Dated,
    key=st.text("ab", min_size=1, max_size=3),
    published=st.builds(PartialDate, st.integers(2020, 2022), st.integers(0, 2)),
)


@settings(max_examples=50)
@given(st.lists(dated, unique_by=lambda paper: paper.key), st.randoms())
def test_the_order_does_not_depend_on_the_order_of_reading(papers: list[Any], chance: Any) -> None:
    shuffled = list(papers)
    chance.shuffle(shuffled)
    assert newest_first(shuffled) == newest_first(papers)
    dates = [paper.published for paper in newest_first(papers)]
    assert dates == sorted(dates, reverse=True)


def test_each_paper_has_the_next_newer_and_the_next_older(survey: Tree) -> None:
    around = survey.load().neighbours
    assert around["ahn2025memory"] == (None, "wu2024retrieval")
    assert around["wu2024retrieval"] == ("ahn2025memory", "bell2023previous")
    assert around["cole2022heads"] == ("bell2023previous", None)


def test_a_paper_has_what_the_bibliography_and_its_file_say(survey: Tree) -> None:
    paper = survey.load().papers["wu2024retrieval"]
    assert (paper.title, str(paper.published), paper.is_background) == ("Retrieval Heads", "2024-04-24", False)
    assert paper.entry.arxiv == "2404.15574"
    assert {part: passage.text for part, passage in paper.summary.items()} == {
        "innovation": "A new idea.",
        "tasks": "A task.",
        "significant_result": "A result of 42 %.",
    }
    assert dict(paper.tags) == {
        "head": ("retrieval",),
        "stage": ("in-context-identification",),
        "method": ("zero-ablation",),
        "model": ("llama-2-7b", "llama-2-13b"),
    }


def test_stages_follow_from_heads_in_the_order_of_stages(survey: Tree) -> None:
    papers = survey.load().papers
    assert papers["ahn2025memory"].tags["stage"] == ("knowledge-recalling", "in-context-identification")
    assert papers["cole2022heads"].tags["stage"] == ()
    assert papers["cole2022heads"].is_background


def test_stages_come_in_their_order_and_others_by_name(survey: Tree) -> None:
    survey.head("zzz", name="a small head", stage="knowledge-recalling", category="recall")
    survey.stage("zz-first", categories=[], order=0)
    entries = survey.load().entries
    assert list(entries["stage"]) == ["zz-first", "knowledge-recalling", "in-context-identification"]
    assert list(entries["head"]) == ["zzz", "memory", "previous-token", "retrieval"]


def test_entries_are_found_by_id_or_by_a_member(survey: Tree) -> None:
    catalogue = survey.load()
    found = {key: catalogue.entry("model", key) for key in ("llama-2", "llama-2-7b", "nobody")}
    assert {key: entry and entry.id for key, entry in found.items()} == {
        "llama-2": "llama-2",
        "llama-2-7b": "llama-2",
        "nobody": None,
    }
    assert catalogue.entry("head", "llama-2-7b") is None
    assert [catalogue.name("model", key) for key in found] == ["Llama 2", "Llama-2-7B", "nobody"]
    assert catalogue.name("head", "retrieval") == "Retrieval Head"


def test_a_member_may_be_called_like_its_family(survey: Tree) -> None:
    survey.model("gpt2", name="GPT-2", members=["gpt2", "gpt2-xl"])
    survey.paper("dow2021small", heads=["memory"], published="2021-01", models=["gpt2"])
    survey.paper("eco2021large", heads=["memory"], published="2021-02", models=["gpt2-xl"])
    catalogue = survey.load()
    assert catalogue.problems == ()
    assert keys(catalogue.papers_of("model", "gpt2")) == ["eco2021large", "dow2021small"]
    assert keys(catalogue.papers_of_member("model", "gpt2")) == ["dow2021small"]
    assert keys(catalogue.papers_of_member("model", "gpt2-xl")) == ["eco2021large"]


def test_heads_are_found_by_category(survey: Tree) -> None:
    catalogue = survey.load()
    assert [head.id for head in catalogue.by_category["in-context-identification", "overall-structure"]] == [
        "previous-token"
    ]
    assert [category.id for category in catalogue.categories["in-context-identification"]] == [
        "long-context-retrieval",
        "overall-structure",
    ]


def test_positions_come_from_papers_and_from_the_heads_own_files_in_order(survey: Tree) -> None:
    group = {"model": "llama-2-13b", "at": ["9.0", "10.1"], "source": "README", "url": "https://example.org"}
    survey.head("previous-token", stage="in-context-identification", category="overall-structure", positions=[group])
    catalogue = survey.load()
    assert catalogue.problems == ()
    assert [(at.model, at.label, at.paper, at.url) for at in catalogue.places] == [
        ("llama-2-13b", "9.0", None, "https://example.org"),
        ("llama-2-13b", "10.1", None, "https://example.org"),
        ("llama-2-7b", "11.15", "wu2024retrieval", None),
        ("llama-2-7b", "16.19", "wu2024retrieval", None),
    ]
    assert [at.label for at in catalogue.positions_of("retrieval")] == ["11.15", "16.19"]
    assert [at.role for at in catalogue.places_in["wu2024retrieval"]] == ["retrieval", "retrieval"]
    assert [at.label for at in catalogue.places_on["llama-2-13b"]] == ["9.0", "10.1"]
    assert catalogue.positions_of("memory") == ()


def test_what_is_wrong_with_a_paper_costs_it_no_more_than_that(survey: Tree) -> None:
    survey.replace("docs/papers/wu2024retrieval.md", "- zero-ablation", "- zero-ablatoin")
    survey.replace("docs/papers/wu2024retrieval.md", "- llama-2-13b", "- llama-3")
    catalogue = survey.load()
    assert catalogue.papers["wu2024retrieval"].tags["method"] == ()
    assert catalogue.papers["wu2024retrieval"].tags["model"] == ("llama-2-7b",)
    assert catalogue.papers["wu2024retrieval"].tags["head"] == ("retrieval",)


@pytest.mark.parametrize(
    ("preprinted", "published"),
    [("2024-04", "2024-04-24"), ("2024", "2024-04"), ("2024-04-24", "2024-04"), ("2024-04-24", "2024")],
)
def test_a_first_version_may_be_earlier_as_far_as_the_dates_tell(survey: Tree, preprinted: str, published: str) -> None:
    survey.paper("doe2024first", heads=["memory"], preprinted=preprinted, published=published)
    assert survey.problems() == []


def test_an_empty_survey_has_all_indexes(tree: Tree) -> None:
    catalogue = tree.load()
    assert (catalogue.papers, catalogue.by_year, catalogue.neighbours, catalogue.places) == ({}, {}, {}, ())
    assert set(catalogue.entries) == {"head", "stage", "method", "model"}


@pytest.mark.parametrize(
    "change",
    [
        lambda catalogue: setattr(catalogue, "papers", {}),
        lambda catalogue: catalogue.papers.pop("wu2024retrieval"),
        lambda catalogue: catalogue.entries.update(head={}),
        lambda catalogue: catalogue.entries["head"].clear(),
        lambda catalogue: catalogue.bibliography.clear(),
        lambda catalogue: catalogue.problems.append(None),
        lambda catalogue: catalogue.by_year.clear(),
        lambda catalogue: catalogue.by_year[2024].append(None),
        lambda catalogue: catalogue.members.clear(),
        lambda catalogue: catalogue.places_on.clear(),
        lambda catalogue: setattr(catalogue.papers["wu2024retrieval"], "key", "x"),
        lambda catalogue: catalogue.papers["wu2024retrieval"].tags.update(head=()),
        lambda catalogue: catalogue.papers["wu2024retrieval"].summary.clear(),
        lambda catalogue: setattr(catalogue.papers["wu2024retrieval"].fields, "heads", ()),
        lambda catalogue: catalogue.papers["wu2024retrieval"].fields.heads.append("x"),
        lambda catalogue: catalogue.papers["wu2024retrieval"].entry.fields.clear(),
        lambda catalogue: setattr(catalogue.entries["head"]["retrieval"].fields, "name", "x"),
    ],
)
def test_nothing_in_it_can_be_changed(survey: Tree, change: Callable[[Catalogue], object]) -> None:
    catalogue = survey.load()
    with pytest.raises((AttributeError, TypeError, ValidationError)):
        change(catalogue)


LIST_OF_AUTHORS = [f"Author {letter}" for letter in "ABCDEFGH"]


@pytest.mark.parametrize(
    ("names", "in_full", "abridged"),
    [
        (["{Institute of Heads, Minds, and Machines}"], "Institute of Heads, Minds, and Machines", None),
        (LIST_OF_AUTHORS, ", ".join(LIST_OF_AUTHORS), None),
        ([*LIST_OF_AUTHORS, "others"], ", ".join([*LIST_OF_AUTHORS, "et al."]), None),
        (
            [*LIST_OF_AUTHORS, "{Minds, Inc.}"],
            ", ".join([*LIST_OF_AUTHORS, "Minds, Inc."]),
            ", ".join(LIST_OF_AUTHORS[:6]) + ", … Minds, Inc.",
        ),
        (
            [*LIST_OF_AUTHORS, "Author I", "others"],
            ", ".join([*LIST_OF_AUTHORS, "Author I", "et al."]),
            ", ".join(LIST_OF_AUTHORS[:6]) + ", … et al.",
        ),
    ],
    ids=["name with commas", "eight", "eight and others", "nine", "nine and others"],
)
def test_long_lists_of_authors_are_cut_between_names(
    survey: Tree, names: list[str], in_full: str, abridged: str | None
) -> None:
    survey.paper("dunn2024many", heads=["memory"], bib={"author": " and ".join(names)})
    catalogue = survey.load()
    card_ = card(catalogue.papers["dunn2024many"], catalogue)
    assert author_list(card_) == in_full
    assert author_list(card_, 8) == (abridged or in_full)
