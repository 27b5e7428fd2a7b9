"""The survey's own files: sound, complete, and in words of their own."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from trees import ROOT

from survey.catalogue import Catalogue, load
from survey.catalogue.body import PARTS

#: So many words in a row that two summaries share are copied, not found twice.
RUN = 8
ROLE = re.compile(r"\{[\w:]+\}`([^`<]*)(?:<[^>]*>)?`")


@pytest.fixture(scope="module")
def corpus() -> Catalogue:
    """Return the catalogue of the real survey."""
    return load(ROOT)


def test_the_survey_has_no_problem(corpus: Catalogue) -> None:
    assert "\n".join(map(str, corpus.problems)) == ""


def test_every_paper_is_there(corpus: Catalogue) -> None:
    assert len(corpus.papers) == 178
    assert len(corpus.papers) == len(list((ROOT / "docs" / "papers").glob("[a-z]*[0-9]*.md")))


def test_every_paper_has_the_three_parts_of_its_summary(corpus: Catalogue) -> None:
    lacking = {key: set(PARTS.values()) - set(paper.summary) for key, paper in corpus.papers.items()}
    assert {key: parts for key, parts in lacking.items() if parts} == {}


@pytest.mark.parametrize("kind", ["head", "stage", "method", "model"])
def test_every_entry_is_named_by_a_paper(corpus: Catalogue, kind: str) -> None:
    assert [key for key in corpus.entries[kind] if not corpus.papers_of(kind, key)] == []


def test_every_member_of_a_family_is_named_by_a_paper_or_a_position(corpus: Catalogue) -> None:
    unnamed = [key for key in corpus.members if not corpus.papers_of_member("model", key)]
    assert [key for key in unnamed if key not in corpus.places_on] == []


def test_every_entry_says_what_it_is(corpus: Catalogue) -> None:
    entries = [entry for kind in corpus.entries.values() for entry in kind.values()]
    assert [entry.path for entry in entries if entry.lead is None or len(entry.lead.text.split()) < RUN] == []


def words(text: str) -> list[str]:
    """Return the words of a passage as a reader sees them."""
    return re.findall(r"\w+", ROLE.sub(r"\1", text).casefold())


def test_no_two_summaries_share_a_run_of_words(corpus: Catalogue) -> None:
    places: defaultdict[str, set[str]] = defaultdict(set)
    for key, paper in corpus.papers.items():
        for passage in paper.summary.values():
            found = words(passage.text)
            for start in range(len(found) - RUN + 1):
                places[" ".join(found[start : start + RUN])].add(key)
    assert {run: sorted(keys) for run, keys in places.items() if len(keys) > 1} == {}
