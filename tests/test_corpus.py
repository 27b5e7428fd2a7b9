"""The survey's own files are sound, and the checks that say so read all of them."""

from __future__ import annotations

import pytest
from trees import ROOT

from survey.catalogue import Catalogue, load
from survey.catalogue.checks.required import POLICIES


@pytest.fixture(scope="module")
def corpus() -> Catalogue:
    """Return the catalogue of the real survey."""
    return load(ROOT)


def test_the_survey_has_no_problem(corpus: Catalogue) -> None:
    assert "\n".join(map(str, corpus.problems)) == ""


def test_no_file_of_a_paper_is_passed_over(corpus: Catalogue) -> None:
    assert len(corpus.papers) == len(list((ROOT / "docs" / "papers").glob("[a-z]*[0-9]*.md")))


def test_the_survey_requires_all_that_can_be_required(corpus: Catalogue) -> None:
    assert corpus.layout.required == POLICIES.keys()
