"""Selections: any of the ids of one filter, all of the filters; then order, limit and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from survey.catalogue.records.selecting import ORDERS, Selection, select

if TYPE_CHECKING:
    from trees import Tree

AHN, WU, BELL, COLE = "ahn2025memory", "wu2024retrieval", "bell2023previous", "cole2022heads"


def selected(survey: Tree, selection: Selection) -> dict[str | None, list[str]]:
    """Return the keys of a selection by group."""
    return {group: [paper.key for paper in papers] for group, papers in select(survey.load(), selection)}


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        ({}, [AHN, WU, BELL, COLE]),
        ({"head": ["memory"]}, [AHN]),
        ({"head": ["memory", "previous-token"]}, [AHN, BELL]),
        ({"head": ["retrieval"], "method": ["probing"]}, [AHN]),
        ({"head": ["memory"], "year": ["2024"]}, []),
        ({"year": ["2022", "2025"]}, [AHN, COLE]),
        ({"stage": ["in-context-identification"], "year": ["2023", "2024"]}, [WU, BELL]),
        ({"model": ["llama-2"]}, [AHN, WU, BELL]),
        ({"model": ["llama-2-7b"]}, [WU, BELL]),
        ({"model": ["llama-2-7b"], "method": ["probing", "zero-ablation"], "head": ["retrieval"]}, [WU]),
        ({"head": ["nobody"]}, []),
        ({"head": []}, []),
    ],
)
def test_any_id_of_a_filter_and_all_filters(survey: Tree, filters: dict[str, list[str]], keys: list[str]) -> None:
    selection = Selection(filters=tuple((kind, tuple(ids)) for kind, ids in filters.items()))
    assert selected(survey, selection) == {None: keys}


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        ("date", [AHN, WU, BELL, COLE]),
        ("oldest", [COLE, BELL, WU, AHN]),
        ("title", [COLE, BELL, AHN, WU]),
        ("year", [AHN, WU, BELL, COLE]),
        ("venue", [WU, BELL, COLE, AHN]),
        ("key", [AHN, BELL, COLE, WU]),
    ],
)
def test_papers_are_sorted(survey: Tree, sort: str, keys: list[str]) -> None:
    survey.paper(AHN, title="memory heads", heads=["memory"], published="2025-01-10", bib={"journal": "the last"})
    assert selected(survey, Selection(sort=sort)) == {None: keys}


def test_every_order_is_tried_here() -> None:
    assert set(ORDERS) == {"date", "oldest", "title", "year", "venue", "key"}


@pytest.mark.parametrize(
    ("group_by", "groups"),
    [
        ("year", {"2025": [AHN], "2024": [WU], "2023": [BELL], "2022": [COLE]}),
        ("head", {"memory": [AHN], "previous-token": [BELL], "retrieval": [AHN, WU], "": [COLE]}),
        ("stage", {"knowledge-recalling": [AHN], "in-context-identification": [AHN, WU, BELL], "": [COLE]}),
        ("method", {"probing": [AHN, BELL], "zero-ablation": [AHN, WU], "": [COLE]}),
        ("model", {"llama-2": [AHN, WU, BELL], "": [COLE]}),
    ],
)
def test_papers_stand_in_every_group_that_they_belong_to_and_the_rest_last(
    survey: Tree, group_by: str, groups: dict[str, list[str]]
) -> None:
    found = selected(survey, Selection(group_by=group_by))
    assert found == groups
    assert list(found) == list(groups)


@pytest.mark.parametrize("sort", sorted({*ORDERS} - {"oldest"}))
def test_years_are_in_order_whatever_their_papers_are_sorted_by(survey: Tree, sort: str) -> None:
    years = ["2025", "2024", "2023", "2022"]
    assert list(selected(survey, Selection(group_by="year", sort=sort))) == years


def test_groups_by_year_follow_the_sort(survey: Tree) -> None:
    assert list(selected(survey, Selection(group_by="year", sort="oldest"))) == ["2022", "2023", "2024", "2025"]


@pytest.mark.parametrize(("limit", "count"), [(None, 4), (0, 0), (1, 1), (3, 3), (99, 4)])
def test_the_limit_counts_papers_after_sorting(survey: Tree, limit: int | None, count: int) -> None:
    assert selected(survey, Selection(limit=limit)) == {None: [AHN, WU, BELL, COLE][:count]}


def test_the_limit_counts_before_grouping(survey: Tree) -> None:
    assert selected(survey, Selection(limit=1, group_by="head")) == {"memory": [AHN], "retrieval": [AHN]}


def test_a_selection_leaves_the_catalogue_as_it_is(survey: Tree) -> None:
    catalogue = survey.load()
    before = list(catalogue.papers)
    for sort in ORDERS:
        select(catalogue, Selection(sort=sort))[0][1].clear()
    assert list(catalogue.papers) == before
