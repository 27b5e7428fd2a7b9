"""Sphinx's own search: objects come in a sensible order, and a listing doesn't hide the page that it lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from trees import Built, small_survey

if TYPE_CHECKING:
    from collections.abc import Mapping

SUMMARY = {"Innovation": "A zebra.", "Tasks": "Giraffes in tasks.", "Significant result": "A hippopotamus."}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    tree = small_survey(tmp_path_factory.mktemp("search"))
    tree.paper("dunn2025zoo", title="Heads of the Okapi", heads=["memory"], published="2025-05-05", summary=SUMMARY)
    tree.head("lion", stage="knowledge-recalling", category="recall", text="It roars at the walrus.\n")
    tree.write("docs/index-of-heads.md", "---\norphan: true\n---\n\n# Heads\n\n```{survey:index} head\n```\n")
    built = tree.build()
    assert built.warnings == ""
    return built


@pytest.fixture(scope="module")
def index(built: Built) -> Mapping[str, Any]:
    text = built.text("searchindex.js")
    found: dict[str, Any] = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    return found


def pages(index: Mapping[str, Any], term: str, part: str = "terms") -> set[str]:
    """Return the pages that a search for a term finds."""
    found = index[part].get(term, [])
    return {index["docnames"][at] for at in (found if isinstance(found, list) else [found])}


def objects(index: Mapping[str, Any]) -> dict[str, tuple[str, int]]:
    """Return type and priority of every object, by its name; the lowest priority comes first."""
    return {
        item[4]: (index["objtypes"][str(item[1])], item[2]) for items in index["objects"].values() for item in items
    }


def test_every_object_of_the_survey_is_found_by_name(index: Mapping[str, Any]) -> None:
    assert {name: kind for name, (kind, _) in objects(index).items()} == {
        "Memory Head": "survey:head",
        "Retrieval Head": "survey:head",
        "Previous Token Head": "survey:head",
        "Lion Head": "survey:head",
        "Knowledge Recalling": "survey:stage",
        "In Context Identification": "survey:stage",
        "Zero ablation": "survey:method",
        "Probing": "survey:method",
        "Llama 2": "survey:model",
        "Llama-2-7B": "survey:model",
        "Llama-2-13B": "survey:model",
        "Retrieval Heads": "survey:paper",
        "Memory Heads and Retrieval Heads": "survey:paper",
        "Heads that Look Back": "survey:paper",
        "A Tour of Heads": "survey:paper",
        "Heads of the Okapi": "survey:paper",
    }


def test_heads_come_before_papers(index: Mapping[str, Any]) -> None:
    by_kind: dict[str, set[int]] = {}
    for kind, priority in objects(index).values():
        by_kind.setdefault(kind, set()).add(priority)
    assert max(by_kind["survey:head"]) < min(by_kind["survey:paper"])
    assert -1 not in {priority for priorities in by_kind.values() for priority in priorities}  # that would hide them


@pytest.mark.parametrize("term", ["zebra", "giraff", "hippopotamus"])
def test_a_summary_is_found_on_the_papers_page_and_in_no_listing(index: Mapping[str, Any], term: str) -> None:
    assert pages(index, term) == {"papers/dunn2025zoo"}


def test_a_title_is_found_on_the_papers_page_and_in_the_bibliography_alone(index: Mapping[str, Any]) -> None:
    assert pages(index, "okapi", "titleterms") == {"papers/dunn2025zoo"}
    assert pages(index, "okapi") <= {"papers/dunn2025zoo", "bibliography"}


# FAULT (pages/listings/entry_lists.py, entry_list): the first sentences of heads are in the index of every page that
# lists them (the taxonomy, a stage, an index), beside the head's own page.
def test_what_a_head_does_is_found_on_its_page_alone(index: Mapping[str, Any]) -> None:
    assert pages(index, "walrus") == {"heads/lion"}
